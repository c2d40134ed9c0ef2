import type { Expression, RecordState } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { isFoundBy } from '../store/query/find.ts'
import type { Listed } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { heldAmong } from './clinic.ts'
import { AT_HOME, entriesFrom, isOpen, PERSON } from './entries.ts'
import { definition, KEPT, rowOf } from './register.ts'

/** Somebody of the register, and what keeps them in, by their ids. */
export interface Registered {
  readonly person: string
  readonly watch: string | null
  /** Nobody lets them out: for the observation, or for what the clinic found of them or somebody of the home. */
  readonly kept: boolean
  /** All who are registered so. A document is one person's; a plate may be that of several. */
  readonly people: readonly string[]
}

/**
 * Whoever is registered under a document or with a plate, wherever they stand; whoever was merged is the one that stays. Where several are, one who
 * is kept in, however many they are: a plate does not say who drives. What keeps somebody in is their own observation, under whichever of their
 * entries, or that of their home, of several the one that lasts longest; or what the clinic found.
 */
export async function registered(store: Store, word: string, field: 'documentNumber' | 'plate'): Promise<Registered | undefined> {
  // Each step asks an index by what the step before found: taken together, they would be guessed to be many, and whole tables be read.
  const each = (table: string, columns: string, which: RawBuilder<unknown>) =>
    sql`lateral (select ${sql.raw(columns)} from ${sql.table(tableOf(table))} where ${which} offset 0)`
  const kept = (which: RawBuilder<unknown>, kind: Expression) => each('watch', 'id, until', sql`${which} and ${isOpen(store, kind)}`)
  const { rows } = await sql<Found>`
    with recursive ${entriesFrom(sql`select id, id from ${PERSON} where ${isFoundBy(store.db, definition(store, 'person'), field, word)}`)},
    stays as (
      select e.key, s.id, s.path, s.household from entry e
        join ${each('person', 'id, path, household', sql`id = e.id and state = 'registered'`)} s on true
    ),
    kept as (
      select e.key, w.id, w.until, 0 as home from entry e join ${kept(sql`person = e.id`, KEPT)} w on true
      union all select s.key, w.id, w.until, 1 from stays s join ${kept(sql`household = s.household`, AT_HOME)} w on true
    )
    select s.id as person, k.id as watch, (select jsonb_agg(distinct id) from entry) as entries,
      (select jsonb_agg(jsonb_build_object('id', id, 'household', household) order by path, id) from stays) as "all" from stays s
      left join kept k on k.key = s.key order by k.id is null, k.until desc nulls first, k.home, s.path, s.id, k.id limit 1`.execute(
    store.db.kysely,
  )
  const [found] = rows
  if (!found) return undefined
  const { person, watch, all } = found
  const people = [...new Set(all.map(({ id }) => id))]
  if (watch !== null) return { person, watch, kept: true, people }
  const held = await heldAmong(
    store,
    found.entries,
    all.flatMap(({ household }) => household ?? []),
  )
  const one = all.find(({ id, household }) => held.people.has(id) || (household !== null && held.homes.has(household)))
  return { person: one?.id ?? person, watch, kept: one !== undefined, people }
}

interface Found extends Pick<Registered, 'person' | 'watch'> {
  readonly entries: readonly string[]
  readonly all: readonly { readonly id: string; readonly household: string | null }[]
}

/** Whom a plate names by itself: the only one who is registered with it, and of several whoever is kept in and goes out; of others nobody can say who drives. */
export const namedByPlate = (people: readonly string[], keptIn: string | undefined): string | undefined =>
  people.length === 1 ? people[0] : keptIn

/** The same as the register has them: the person where they stand today. */
export async function standing(
  store: Store,
  { person, watch, kept }: Registered,
): Promise<{ readonly person: Listed; readonly watch: RecordState | undefined; readonly kept: boolean } | undefined> {
  const [who, keeps] = await Promise.all([rowOf(store, 'person', person), rowOf(store, 'watch', watch)])
  return who && { person: { ...who, path: store.areas.index.currentPath(who.area) ?? '' }, watch: keeps, kept }
}
