import type { AnyRecord, Expression, Scope } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { snake } from '../schema/model.ts'

type Condition = RawBuilder<boolean>
const TRUE: Condition = sql`true`
const FALSE: Condition = sql`false`

export const every = (of: readonly Condition[]): Condition => (of.length === 0 ? TRUE : sql`(${sql.join([...of], sql` and `)})`)
export const some = (of: readonly Condition[]): Condition => (of.length === 0 ? FALSE : sql`(${sql.join([...of], sql` or `)})`)

/** The first text after all texts that start with `prefix`, in byte order: turns "starts with" into a range of an index. */
export const endOfPrefix = (prefix: string): string =>
  `${prefix.slice(0, -1)}${String.fromCharCode(prefix.charCodeAt(prefix.length - 1) + 1)}`

export const inPath = (path: string): Condition => sql`(path >= ${path} and path < ${endOfPrefix(path)})`

const ref = (name: string) => sql.ref(name)

/** A scope as SQL: path ranges and units, never a join per row. */
export function scopeCondition(def: AnyRecord, { drafts, ...scope }: Scope): Condition {
  if (drafts) {
    const out: Condition = sql`state <> all(${[...drafts.states]}::text[])`
    return every([scopeCondition(def, scope), some([out, scopeCondition(def, drafts.scope)])])
  }
  if (scope.all) return TRUE
  const units = [...scope.units]
  const byUnit =
    units.length === 0
      ? []
      : (def.units ?? []).map((name) => {
          const column = ref(snake(name))
          return def.fields[name]?.column === 'jsonb'
            ? (sql`coalesce(jsonb_exists_any(${column}, ${units}::text[]), false)` as Condition)
            : (sql`${column} = any(${units}::text[])` as Condition)
        })
  const above: Condition[] = scope.above === undefined || scope.above.length === 0 ? [] : [sql`path = any(${[...scope.above]}::text[])`]
  return some([...scope.paths.map(inPath), ...above, ...byUnit])
}

/**
 * An expression as SQL with the meaning of the kernel's reference evaluator: an absent value satisfies only `not`. Where nothing is
 * turned round, "unknown" excludes a row like "false", so a plain equality serves and an index can answer it.
 */
export function expressionCondition(def: AnyRecord, expression: Expression, straight = true): Condition {
  switch (expression.op) {
    case 'every':
      return every(expression.of.map((one) => expressionCondition(def, one, straight)))
    case 'some':
      return some(expression.of.map((one) => expressionCondition(def, one, straight)))
    case 'not':
      return sql`not ${expressionCondition(def, expression.of, false)}`
    case 'given':
      return def.fields[expression.field]?.sensitive
        ? sql`coalesce(jsonb_exists(sealed_names, ${expression.field}), false)`
        : sql`(${columnRef(def, expression.field)} is not null)`
    case 'is': {
      const equal: Condition = sql`${columnRef(def, expression.field)} = ${typed(def, expression.field, expression.value)}`
      return straight ? sql`(${equal})` : sql`coalesce(${equal}, false)`
    }
    case 'in':
      if (expression.values.length > FEW && columnOf(def, expression.field) !== 'jsonb')
        return amongMany(def, expression.field, expression.values, straight)
      return some(expression.values.map((value) => expressionCondition(def, { op: 'is', field: expression.field, value }, straight)))
    case 'between': {
      const column = columnRef(def, expression.field)
      const bounds: Condition[] = []
      if (expression.low !== undefined) bounds.push(sql`${column} >= ${typed(def, expression.field, expression.low)}`)
      if (expression.high !== undefined) bounds.push(sql`${column} <= ${typed(def, expression.field, expression.high)}`)
      return sql`(${column} is not null and ${every(bounds)})`
    }
  }
}

const columnRef = (def: AnyRecord, field: string) => {
  if (field !== 'state' && field !== 'area' && !def.fields[field]) throw new RangeError(`${def.name} has no field ${field}`)
  if (def.fields[field]?.sensitive) throw new RangeError(`${def.name}.${field} is sensitive: the database cannot compare it`)
  return ref(snake(field))
}

/** More values than this are looked up together: a row that is met on the way is not compared with each of them. */
const FEW = 8

function amongMany(def: AnyRecord, field: string, values: readonly unknown[], straight: boolean): Condition {
  const equal: Condition = sql`${columnRef(def, field)} = any(${[...values]}::${sql.raw(columnOf(def, field))}[])`
  return straight ? sql`(${equal})` : sql`coalesce(${equal}, false)`
}

const columnOf = (def: AnyRecord, field: string): string => def.fields[field]?.column ?? 'text'

/** A parameter with the type of its column, so that the index is used and nothing is compared as text by accident. */
const typed = (def: AnyRecord, field: string, value: unknown) => sql`${value}::${sql.raw(columnOf(def, field))}`
