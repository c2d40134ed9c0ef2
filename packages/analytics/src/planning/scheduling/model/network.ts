import type { WorkingTime } from './calendar.ts'

/** No limit on a time. Far from overflow when lags are added. */
export const NEVER = 0x3fffffff

/** Bits of an arc's kind: which end of an activity its lag is measured from and to. Only where a calendar keeps the ends apart. */
export const FROM_FINISH = 1
export const TO_FINISH = 2

/** Arcs by their head or tail: entries `first[j]..first[j+1]` belong to activity j. */
export interface Arcs {
  readonly first: Int32Array
  readonly other: Int32Array
  readonly lag: Int32Array
  readonly kind: Uint8Array
}

/** A material's arrivals, summed: from slot `at[k]` on `total[k]` units have come in. */
export interface Arrivals {
  readonly id: string
  readonly at: Int32Array
  readonly total: Float64Array
}

/**
 * The problem in typed arrays. Activities are numbered so that along arcs with a non-negative lag numbers grow (but for cycles
 * of lag 0). A maximal lag is an arc back with a negative lag.
 */
export interface Network {
  readonly size: number
  readonly ids: readonly string[]
  /** Position of internal activity j in the problem's list. */
  readonly input: Int32Array
  readonly duration: Int32Array
  /** Working time of each activity; null where every slot counts. */
  readonly time: readonly (WorkingTime | null)[]
  /** Fixed start or -1. */
  readonly fixed: Int32Array
  /** Start to report for started activities (their past), otherwise -1. */
  readonly began: Int32Array
  readonly release: Int32Array
  /** Latest allowed finish, `NEVER` without one. */
  readonly deadline: Int32Array
  readonly due: Int32Array
  readonly weight: Float64Array
  readonly hasDue: boolean
  /** Constraints on j from others: start(j) >= start(other) + lag where kind is 0. */
  readonly into: Arcs
  readonly outOf: Arcs
  readonly resourceIds: readonly string[]
  /** Capacity at slot 0 and its steps per resource. */
  readonly capacity: Int32Array
  readonly steps: readonly (readonly { readonly from: number; readonly capacity: number }[])[]
  /** Needs of j: entries `needFirst[j]..needFirst[j+1]`. */
  readonly needFirst: Int32Array
  readonly needResource: Int32Array
  readonly needAmount: Int32Array
  readonly materials: readonly Arrivals[]
  readonly takeFirst: Int32Array
  readonly takeMaterial: Int32Array
  readonly takeAmount: Float64Array
  readonly projectOf: Int32Array
  readonly projectIds: readonly string[]
  /** No schedule needs more slots. Calendars are known up to it. */
  readonly horizon: number
  /** True when nothing but releases, dues and minimal lags beside constant capacities is asked for: the fast decoder may be used. */
  readonly plain: boolean
}
