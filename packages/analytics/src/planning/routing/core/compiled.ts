/**
 * The problem as the search sees it: integers in typed arrays, no names. Built by `compile.ts` from the public model
 * and by the readers of benchmark files.
 *
 * Nodes 0..nodes-1 are stops that may be visited; node `nodes + r` stands for the start and the end of vehicle slot r.
 * Every node has a place, a row and column of the matrices.
 */
export interface Compiled {
  readonly nodes: number
  /** Number of places, the side of both matrices. */
  readonly places: number
  /** Cost of driving from place i to j at `i * places + j`. */
  readonly cost: Int32Array
  /** Time of driving; the same array as `cost` where time is cost. */
  readonly time: Int32Array
  /** Time matrix of each slot where vehicles differ in speed; undefined where `time` holds for all. */
  readonly timeOfSlot: readonly Int32Array[] | undefined
  /** True when both matrices are symmetric: allows stronger pruning. */
  readonly symmetric: boolean
  /** Place of each stop. */
  readonly place: Int32Array
  readonly demand: Int32Array
  /** Earliest and latest start of service, and its length; ignored unless `timed`. */
  readonly ready: Int32Array
  readonly due: Int32Array
  readonly service: Int32Array
  /** Whether time windows bind at all. */
  readonly timed: boolean
  /** Cost of leaving the stop out; `mandatoryPrize` for stops that must be served. */
  readonly prize: Float64Array
  readonly slots: number
  readonly capacity: Int32Array
  readonly startPlace: Int32Array
  readonly endPlace: Int32Array
  readonly open: Int32Array
  readonly close: Int32Array
  /** Cost of using the slot at all. */
  readonly fixed: Float64Array
  /** Multiplies the driving cost of the slot. */
  readonly rate: Float64Array
  /** Slots of one kind are interchangeable: only one empty slot of each kind is tried. */
  readonly kind: Int32Array
  /** Slots of one pool share a number of vehicles: `poolSize[pool[r]]` of them may be in use at once. */
  readonly pool: Int32Array
  readonly poolSize: Int32Array
  /** `fits[node * slots + r]` is 0 where slot r may not serve the stop; undefined where all may. */
  readonly fits: Uint8Array | undefined
  /** Cost added when stop c is served by slot r; undefined where there is none. */
  readonly surcharge: Surcharge | undefined
  /** Exact test of a whole route for rules that no constant-time test covers; undefined where there are none. */
  readonly routeAllowed: RouteRule | undefined
}

/** Costs that depend on who serves a stop rather than on the way. */
export interface Surcharge {
  /** Slot that should serve the stop, or -1; another slot costs `changeCost`. */
  readonly home: Int32Array
  readonly changeCost: number
  /** Cohesion group of each stop, or -1; each slot beyond the first that serves a group costs `splitCost`. */
  readonly group: Int32Array
  readonly groups: number
  readonly splitCost: number
}

/** Whether slot r may drive these stops in this order. `stops` holds `length` nodes. Must not keep the array. */
export type RouteRule = (slot: number, stops: Int32Array, length: number) => boolean

/** Cost of leaving out a stop that must be served: larger than any route, small enough to add up exactly. */
export const mandatoryPrize = 1e11

/** Longest leg beside an absent stop: so small that no insertion beside it can be cheap enough. */
export const outOfReach = -0x7fffffff

/** Upper end of the planning time, safely below 2^31. */
export const horizon = 1_000_000_000
