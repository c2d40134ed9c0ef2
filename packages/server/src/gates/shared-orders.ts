import { EVERYTHING, type Expression, type Scope, within } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { waysOf } from '../store/identity/forms.ts'
import { expressionCondition, scopeCondition } from '../store/query/conditions.ts'
import { type Listed, recordsOf } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { all, definition, is, KEPT, OBSERVED, text } from './register.ts'

/** Does what stands at a path, an order or a key, concern a gate of this scope: does it lie in the scope, or above it? */
export const isNear = (scope: Scope, path: string): boolean =>
  scope.all || scope.paths.some((one) => path.startsWith(one) || one.startsWith(path))

export const isWithin = (scope: Scope, { path }: Listed): boolean => within(scope, { path, units: [] })

/** Those passes of which a gate is told: of its scope, and of the orders that it carries, wherever they stand. */
export async function passesFor(store: Store, scope: Scope, passes: readonly Listed[]): Promise<readonly Listed[]> {
  const mine = (pass: Listed) => isWithin(scope, pass)
  const shared = [...new Set(passes.flatMap((pass) => (mine(pass) ? [] : [text(pass.fields.closure)])))].filter((id) => id !== '')
  const orders = await recordsOf(store.db, definition(store, 'closure'), EVERYTHING, shared)
  const near = new Set(orders.flatMap(({ id, path }) => (isNear(scope, path) ? [id] : [])))
  return passes.filter((pass) => mine(pass) || near.has(text(pass.fields.closure)))
}

/** The condition on passes of these orders that stand outside a scope and hold at a moment; undefined where there are none. */
export async function passesOutside(
  store: Store,
  scope: Scope,
  orders: readonly string[],
  asOf: string,
): Promise<RawBuilder<boolean> | undefined> {
  if (scope.all || orders.length === 0) return undefined
  const outside = (of: readonly string[]) =>
    sql<boolean>`(closure = any(${[...of]}::uuid[]) and valid_to >= ${asOf}::timestamptz and not ${scopeCondition(definition(store, 'pass'), scope)})`
  const { rows } = await sql<{
    closure: string
  }>`select distinct closure from ${sql.table(tableOf('pass'))} where ${outside(orders)}`.execute(store.db.kysely)
  return rows.length === 0 ? undefined : outside(rows.map(({ closure }) => closure))
}

/** Household passes and those for work among these whose home or holder is isolated, wherever the observation stands. */
export async function isolatedAmong(store: Store, which: RawBuilder<boolean>): Promise<readonly Listed[]> {
  const theirs = sql`theirs as materialized (select id, household, person, kind from ${sql.table(tableOf('pass'))}
    where state = 'issued' and kind in ('household', 'worker') and ${which})`
  const seed = sql`select id::text, person from theirs where kind = 'worker' and person is not null`
  const { rows } = await sql<{ key: string }>`with recursive ${theirs}, ${entriesFrom(seed)} ${keptEntries(store)}
    union select theirs.id::text from theirs join ${observations(store, AT_HOME)} w on w.household = theirs.household`.execute(
    store.db.kysely,
  )
  return recordsOf(
    store.db,
    definition(store, 'pass'),
    EVERYTHING,
    rows.map(({ key }) => key),
  )
}

/** Which of these plates are those of somebody who is kept in, wherever they are registered. */
export async function platesKeptIn(store: Store, plates: readonly string[]): Promise<ReadonlySet<string>> {
  const def = definition(store, 'person')
  const kept = await Promise.all(
    waysOf(def)
      .filter(({ field }) => field === 'plate')
      .map(async (way) => {
        const byToken = new Map(plates.flatMap((plate) => [[store.db.vault.finder.token(def, way, plate) ?? '', plate] as const]))
        const column = sql.ref(way.column)
        const seed = sql`select ${column}, id from ${PERSON} where ${column} = any(${[...byToken.keys()]})`
        const found = await sql<{ key: string }>`with recursive ${entriesFrom(seed)} ${keptEntries(store)}`.execute(store.db.kysely)
        return found.rows.flatMap(({ key }) => byToken.get(key) ?? [])
      }),
  )
  return new Set(kept.flat())
}

const PERSON = sql.table(tableOf('person'))
const AT_HOME = is('kind', 'home')

/** Open observations of a kind. */
const observations = (store: Store, kind: Expression) =>
  sql`(select person, household from ${sql.table(tableOf('watch'))} where ${expressionCondition(definition(store, 'watch'), all(kind, OBSERVED))})`

/** Every entry of those whom a query names, each with the key that it gives them. */
const entriesFrom = (seed: RawBuilder<unknown>) => sql`entry(key, id) as (
  select * from (${seed}) seed
  union select entry.key, same.id from entry cross join lateral (
    select merged_into as id from ${PERSON} where id = entry.id and merged_into is not null
    union all select id from ${PERSON} where merged_into = entry.id) same)`

/** Keys of those of whom an entry is observed, or lives where somebody is isolated. */
const keptEntries = (store: Store) => sql`select key from entry join ${observations(store, KEPT)} w on w.person = entry.id
  union select key from entry join ${PERSON} p on p.id = entry.id join ${observations(store, AT_HOME)} w on w.household = p.household
    where p.state = 'registered'`
