import type { Field } from '../kinds/field.ts'
import type { Label } from '../label.ts'
import type { RecordDef } from '../records/define.ts'
import type { Fields, RecordState } from '../records/row.ts'
import { type Expression, tester } from './expression.ts'
import { toExpression, type Where } from './where.ts'

/**
 * What is counted. A stock looks at records as they stand; a flow looks at acts. The value is 1 per row, or a whole-number
 * field. Ratios are two measures (design law 12).
 */
export interface Measure {
  readonly type: 'stock' | 'flow'
  readonly record: string
  readonly sum?: string
  readonly where: Expression
  /** Flows only: which actions count. */
  readonly actions?: readonly string[]
  /** Flows only, instead of actions: the date field of the record whose day it is counted on, whenever it becomes known. */
  readonly on?: string
}

export interface Indicator {
  readonly label: Label
  readonly value: Measure
  /** Denominator of a ratio. */
  readonly per?: Measure
  /** Which direction is better; `none` for plain facts. */
  readonly good: 'up' | 'down' | 'none'
  readonly unit?: Label
  /** Stands among the large figures of the wall. */
  readonly headline?: boolean
  /** Shown as an alarm at or beyond this value. */
  readonly alert?: { readonly above: number }
  /** One sentence: what exactly is counted, for those who publish the figure. */
  readonly meaning?: Label
}

type CountFields<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _T, boolean, 'count'> ? K : never }[keyof F] & string
type DateFields<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer _T, boolean, 'date'> ? K : never }[keyof F] & string
const whereOf = (test: object) => toExpression(test as Readonly<Record<string, unknown>>)

/** Stock: how many records satisfy the condition. */
export const count = <F extends Fields, S extends string, A extends string>(
  record: RecordDef<F, S, A>,
  test: Where<F, S> = {},
): Measure => ({
  type: 'stock',
  record: record.name,
  where: whereOf(test),
})

/** Stock: sum of a whole-number field over the records that satisfy the condition. */
export const sum = <F extends Fields, S extends string, A extends string>(
  record: RecordDef<F, S, A>,
  field: CountFields<F>,
  test: Where<F, S> = {},
): Measure => ({ type: 'stock', record: record.name, sum: field, where: whereOf(test) })

/** Flow: how many times something was done; the condition looks at the record after the act. */
export const times = <F extends Fields, S extends string, A extends string>(
  record: RecordDef<F, S, A>,
  actions: readonly NoInfer<A>[],
  test: Where<F, S> = {},
): Measure => ({ type: 'flow', record: record.name, actions, where: whereOf(test) })

/**
 * Flow: how many records that satisfy the condition have this day in a date field, as an arrival is one of the day of arriving and not of the
 * day on which somebody told of it. What is corrected or withdrawn is taken back on that day, in the area where it stands.
 */
export const countOn = <F extends Fields, S extends string, A extends string>(
  record: RecordDef<F, S, A>,
  on: NoInfer<DateFields<F>>,
  test: Where<F, S> = {},
): Measure => ({ type: 'flow', record: record.name, on, where: whereOf(test) })

/** Flow: sum of a whole-number field over the records that have this day in a date field, as the cases of a count are those of its day. */
export const sumOn = <F extends Fields, S extends string, A extends string>(
  record: RecordDef<F, S, A>,
  field: CountFields<F>,
  on: NoInfer<DateFields<F>>,
  test: Where<F, S> = {},
): Measure => ({ ...countOn(record, on, test), sum: field })

const valuers = new WeakMap<Measure, (state: RecordState) => number>()

/** A measure as a function of one record, made once. */
export function valuerOf(measure: Measure): (state: RecordState) => number {
  const known = valuers.get(measure)
  if (known) return known
  const test = tester(measure.where)
  const { sum: field } = measure
  const made =
    field === undefined
      ? ({ fields, state }: RecordState) => (test(fields, state) ? 1 : 0)
      : ({ fields, state }: RecordState) => (test(fields, state) ? Number(fields[field] ?? 0) : 0)
  valuers.set(measure, made)
  return made
}

/** Value of a stock measure for one record; 0 for a record that does not exist (yet). */
export function stockOf(measure: Measure, state: RecordState | undefined): number {
  return state ? valuerOf(measure)(state) : 0
}

/** By how much a record counts for more in a stock measure than it did. */
export function stockChange(measure: Measure, before: RecordState | undefined, after: RecordState | undefined): number {
  const value = valuerOf(measure)
  return (after ? value(after) : 0) - (before ? value(before) : 0)
}

/** The day on which a record counts for a flow by its date, and how much; undefined where it does not count. */
export function datedOf(measure: Measure, state: RecordState | undefined): { readonly day: string; readonly amount: number } | undefined {
  const day = state && measure.on !== undefined ? state.fields[measure.on] : undefined
  const amount = state && typeof day === 'string' ? valuerOf(measure)(state) : 0
  return amount === 0 ? undefined : { day: String(day), amount }
}

/** Value of a flow measure for one act. */
export function flowOf(measure: Measure, action: string, after: RecordState): number {
  return measure.actions?.includes(action) ? valuerOf(measure)(after) : 0
}
