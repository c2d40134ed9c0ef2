import type { Expression } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { waysOf } from '../store/identity/forms.ts'
import { expressionCondition } from '../store/query/conditions.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import type { Held } from './clinic.ts'
import { all, definition, is, KEPT, OBSERVED } from './register.ts'

export const PERSON = sql.table(tableOf('person'))
export const WATCH = sql.table(tableOf('watch'))
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

/** Keys of those of whom an entry is observed or held by the clinic, or lives where somebody is isolated or the home is held. */
export const keptEntries = (
  store: Store,
  held: Held,
) => sql`select key from entry join ${observations(store, KEPT)} w on w.person = entry.id
  union select key from entry join ${PERSON} p on p.id = entry.id join ${observations(store, AT_HOME)} w on w.household = p.household
    where p.state = 'registered'
  union select key from entry where id = any(${[...held.people]}::uuid[])
  union select key from entry join ${PERSON} p on p.id = entry.id where p.state = 'registered' and p.household = any(${[...held.homes]}::uuid[])`

/** Open observations of a kind. */
export const observations = (store: Store, kind: Expression) => sql`(select person, household from ${WATCH} where ${isOpen(store, kind)})`

/** What a query over the entries of those who are registered with one of these plates finds, under the plate of each. */
export async function ofPlates<Row extends { readonly key: string }>(
  store: Store,
  plates: readonly string[],
  query: (entries: RawBuilder<unknown>) => RawBuilder<Row>,
): Promise<readonly (Row & { readonly plate: string })[]> {
  const def = definition(store, 'person')
  const found = await Promise.all(
    waysOf(def)
      .filter(({ field }) => field === 'plate')
      .map(async (way) => {
        const byToken = new Map(plates.map((plate) => [store.db.vault.finder.token(def, way, plate) ?? '', plate]))
        const column = sql.ref(way.column)
        const entries = entriesFrom(sql`select ${column}, id from ${PERSON} where ${column} = any(${[...byToken.keys()]})`)
        const { rows } = await query(entries).execute(store.db.kysely)
        return rows.flatMap((row) => {
          const plate = byToken.get(row.key)
          return plate === undefined ? [] : [{ ...row, plate }]
        })
      }),
  )
  return found.flat()
}
