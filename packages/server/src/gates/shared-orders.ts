import { EVERYTHING, type Scope, within } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { scopeCondition } from '../store/query/conditions.ts'
import { type Listed, recordsOf } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import type { Held } from './clinic.ts'
import { AT_HOME, entriesFrom, keptEntries, observations, ofPlates } from './entries.ts'
import { definition, text } from './register.ts'

/** Does what stands at a path, an order or a key, concern a gate of this scope: does it lie in the scope, or above it? */
export const isNear = (scope: Scope, path: string): boolean =>
  scope.all || scope.paths.some((one) => path.startsWith(one) || one.startsWith(path))

export const isWithin = (scope: Scope, { path }: Pick<Listed, 'path'>): boolean => within(scope, { path, units: [] })

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
  orders: readonly Listed[],
  asOf: string,
): Promise<RawBuilder<boolean> | undefined> {
  if (scope.all || orders.length === 0) return undefined
  const outside = (of: readonly string[]) =>
    sql<boolean>`(${holding(of, asOf)} and not ${scopeCondition(definition(store, 'pass'), scope)})`
  const { rows } = await sql<{
    closure: string
  }>`select distinct closure from ${sql.table(tableOf('pass'))} where ${outside(orders.map(({ id }) => id))}`.execute(store.db.kysely)
  return rows.length === 0 ? undefined : outside(rows.map(({ closure }) => closure))
}

/**
 * The condition on passes, wherever they stand, whose holders may live outside a scope: those of orders that reach out of it, or that close no areas,
 * so that whoever works in their places may live anywhere. Undefined where there are none.
 */
export function passesReachingOut(scope: Scope, orders: readonly Listed[], asOf: string): RawBuilder<boolean> | undefined {
  const closesAreas = ({ fields: { areas } }: Listed) => Array.isArray(areas) && areas.length > 0
  const reaching = scope.all ? [] : orders.filter((order) => !isWithin(scope, order) || !closesAreas(order))
  return reaching.length === 0
    ? undefined
    : holding(
        reaching.map(({ id }) => id),
        asOf,
      )
}

const holding = (orders: readonly string[], asOf: string) =>
  sql<boolean>`(closure = any(${[...orders]}::uuid[]) and valid_to >= ${asOf}::timestamptz)`

/** Household passes and those for work among these whose home or holder is isolated, wherever holder and observation stand. */
export async function isolatedAmong(store: Store, which: RawBuilder<boolean>, held: Held): Promise<readonly Listed[]> {
  const theirs = sql`theirs as materialized (select id, household, person, kind from ${sql.table(tableOf('pass'))}
    where kind in ('household', 'worker') and ${which})`
  const seed = sql`select id::text, person from theirs where kind = 'worker' and person is not null`
  const { rows } = await sql<{ key: string }>`with recursive ${theirs}, ${entriesFrom(seed)} ${keptEntries(store, held)}
    union select theirs.id::text from theirs join ${observations(store, AT_HOME)} w on w.household = theirs.household
    union select theirs.id::text from theirs where household = any(${[...held.homes]}::uuid[])`.execute(store.db.kysely)
  return recordsOf(
    store.db,
    definition(store, 'pass'),
    EVERYTHING,
    rows.map(({ key }) => key),
  )
}

/** Which of these plates are those of somebody who is kept in, wherever they are registered. */
export async function platesKeptIn(store: Store, plates: readonly string[], held: Held): Promise<ReadonlySet<string>> {
  if (plates.length === 0) return new Set()
  const kept = await ofPlates(store, plates, (entries) => sql<{ key: string }>`with recursive ${entries} ${keptEntries(store, held)}`)
  return new Set(kept.map(({ plate }) => plate))
}
