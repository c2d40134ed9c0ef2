import type { ValueOf } from '../kinds/field.ts'
import type { RecordDef } from '../records/define.ts'
import type { Fields } from '../records/row.ts'
import { ALWAYS, type Expression, type Scalar } from './expression.ts'

type Test<T> = [T] extends [Scalar] ? T | readonly T[] | { readonly from?: T; readonly to?: T } | null : null
/**
 * A condition as a domain writes it: every entry must hold. A value or a list of values, a range `{from, to}` (both ends
 * included), `null` for "not given".
 */
export type Where<F extends Fields, S extends string> = { readonly [K in keyof F]?: Test<ValueOf<F[K]>> } & {
  readonly state?: S | readonly S[]
}

export function toExpression(where: Readonly<Record<string, unknown>>): Expression {
  const of = Object.entries(where).map(([field, test]): Expression => {
    if (test === null) return { op: 'not', of: { op: 'given', field } }
    if (Array.isArray(test)) return { op: 'in', field, values: test }
    if (typeof test === 'object') {
      const { from, to } = test as { from?: number | string; to?: number | string }
      return { op: 'between', field, ...(from === undefined ? {} : { low: from }), ...(to === undefined ? {} : { high: to }) }
    }
    return { op: 'is', field, value: test as Scalar }
  })
  return of.length === 0 ? ALWAYS : of.length === 1 && of[0] ? of[0] : { op: 'every', of }
}

export const where = <F extends Fields, S extends string, A extends string>(_: RecordDef<F, S, A>, test: Where<F, S>): Expression =>
  toExpression(test as Readonly<Record<string, unknown>>)
