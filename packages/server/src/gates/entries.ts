import type { Expression } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { expressionCondition } from '../store/query/conditions.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { all, definition, is, KEPT, OBSERVED } from './register.ts'

export const PERSON = sql.table(tableOf('person'))
export const AT_HOME = is('kind', 'home')

/** What makes a row of the table of observations an open one of a kind. */
export const isOpen = (store: Store, kind: Expression): RawBuilder<boolean> =>
  expressionCondition(definition(store, 'watch'), all(kind, OBSERVED))

/** Every entry of those whom a query names, be it merged or the one that stays, each with the key that the query gives them. */
export const entriesFrom = (seed: RawBuilder<unknown>) => sql`entry(key, id) as (
  select * from (${seed}) seed
  union select entry.key, same.id from entry cross join lateral (
    select merged_into as id from ${PERSON} where id = entry.id and merged_into is not null
    union all select id from ${PERSON} where merged_into = entry.id) same)`

/** Keys of those of whom an entry is observed, or lives where somebody is isolated. */
export const keptEntries = (store: Store) => sql`select key from entry join ${observations(store, KEPT)} w on w.person = entry.id
  union select key from entry join ${PERSON} p on p.id = entry.id join ${observations(store, AT_HOME)} w on w.household = p.household
    where p.state = 'registered'`

/** Open observations of a kind. */
export const observations = (store: Store, kind: Expression) =>
  sql`(select person, household from ${sql.table(tableOf('watch'))} where ${isOpen(store, kind)})`
