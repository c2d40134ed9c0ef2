import { EVERYTHING, type Scope } from '@guatu/kernel'
import { sql } from 'kysely'
import { scopeCondition } from '../store/query/conditions.ts'
import type { Listed } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { all, among, definition, everyEntry, KEPT, OBSERVED, rowsOf } from './register.ts'

/** Persons asked for in one query. */
const BATCH = 500

/**
 * Observations that keep somebody in, of whom a gate of this scope is to know: those that stand in it, and those that stand elsewhere while the
 * home, or the person under whichever entry, is registered here.
 */
export async function keptIn(store: Store, scope: Scope): Promise<readonly Listed[]> {
  const found = await Promise.all([
    rowsOf(store, 'watch', all(OBSERVED, KEPT), scope),
    ...(scope.all ? [] : [of(store, scope, 'household'), of(store, scope, 'person'), ofMerged(store, scope)]),
  ])
  return [...new Map(found.flat().map((row) => [row.id, row])).values()]
}

const inScope = (store: Store, scope: Scope, record: string) => scopeCondition(definition(store, record), scope)

/** Observations that stand outside a scope, of its homes or of its persons. */
function of(store: Store, scope: Scope, record: 'household' | 'person'): Promise<readonly Listed[]> {
  const ours = sql`${sql.ref(record)} in (select id from ${sql.table(tableOf(record))} where ${inScope(store, scope, record)})`
  return rowsOf(store, 'watch', all(OBSERVED, KEPT), EVERYTHING, sql`(not ${inScope(store, scope, 'watch')} and ${ours})`)
}

/** Observations of persons of whom one entry is registered in a scope and another was merged with it from elsewhere. */
async function ofMerged(store: Store, scope: Scope): Promise<readonly Listed[]> {
  const [table, here] = [sql.table(tableOf('person')), inScope(store, scope, 'person')]
  const { rows } = await sql<{ id: string }>`
    with merged as (select id, merged_into, ${here} as here from ${table} where merged_into is not null)
    select m.id from merged m join (select id, ${here} as here from ${table}) s on s.id = m.merged_into where m.here <> s.here`.execute(
    store.db.kysely,
  )
  const entries = await everyEntry(
    store,
    rows.map(({ id }) => id),
  )
  const found: Listed[] = []
  for (let start = 0; start < entries.length; start += BATCH)
    found.push(...(await rowsOf(store, 'watch', all(among('person', entries.slice(start, start + BATCH)), OBSERVED, KEPT))))
  return found
}
