import type { Field } from '../kinds/field.ts'
import type { Label } from '../label.ts'
import type { Fields, RecordDef, RecordState } from '../records/define.ts'
import { type Expression, type Test, tester } from './expression.ts'
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

const tests = new WeakMap<Expression, Test>()

/** The condition of a measure as a function, made once. */
const testOf = ({ where }: Measure): Test => {
  const known = tests.get(where)
  if (known) return known
  const made = tester(where)
  tests.set(where, made)
  return made
}

const amount = (measure: Measure, test: Test, { fields, state }: RecordState): number => {
  if (!test(fields, state)) return 0
  return measure.sum === undefined ? 1 : Number(fields[measure.sum] ?? 0)
}

/** Value of a stock measure for one record; 0 for a record that does not exist (yet). */
export function stockOf(measure: Measure, state: RecordState | undefined): number {
  return state ? amount(measure, testOf(measure), state) : 0
}

/** Value of a flow measure for one act. */
export function flowOf(measure: Measure, action: string, after: RecordState): number {
  return measure.actions?.includes(action) ? amount(measure, testOf(measure), after) : 0
}
