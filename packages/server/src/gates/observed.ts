import type { Expression, RecordState } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { isFoundBy } from '../store/query/find.ts'
import type { Listed } from '../store/query/list.ts'
import { planned } from '../store/query/planned.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { type Held, heldAmong, NOBODY } from './clinic.ts'
import { AT_HOME, entriesFrom, isOpen, PERSON } from './entries.ts'
import { definition, KEPT, rowOf } from './register.ts'

/** Somebody of the register, and what keeps them in, by their ids. */
export interface Registered {
  readonly person: string
  /** Every entry of theirs, be it merged or the one that stays. */
  readonly entries: readonly string[]
  readonly household: string | null
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
  const [found] = await planned(
    store.db,
    sql<Found>`
    with recursive ${entriesFrom(sql`select id, id from ${PERSON} where ${isFoundBy(store.db, definition(store, 'person'), field, word)}`)},
    stays as (
      select e.key, s.id, s.path, s.household from entry e
        join ${each('person', 'id, path, household', sql`id = e.id and state = 'registered'`)} s on true
    ),
    kept as (
      select e.key, w.id, w.until, 0 as home from entry e join ${kept(sql`person = e.id`, KEPT)} w on true
      union all select s.key, w.id, w.until, 1 from stays s join ${kept(sql`household = s.household`, AT_HOME)} w on true
    )
    select s.id as person, k.id as watch, (select jsonb_agg(jsonb_build_object('key', key, 'id', id)) from entry) as entries,
      (select jsonb_agg(jsonb_build_object('key', key, 'id', id, 'household', household) order by path, id) from stays) as "all" from stays s
      left join kept k on k.key = s.key order by k.id is null, k.until desc nulls first, k.home, s.path, s.id, k.id limit 1`,
  )
  if (!found) return undefined
  const { watch, all } = found
  const held = watch === null ? await heldOf(store, found) : NOBODY
  const one = all.find(({ id, household }) => held.people.has(id) || (household !== null && held.homes.has(household)))
  const person = one?.id ?? found.person
  const theirs = all.filter(({ id }) => id === person)
  const entries = found.entries.flatMap(({ key, id }) => (theirs.some((stays) => stays.key === key) ? [id] : []))
  return {
    person,
    entries: [...new Set(entries)],
    household: theirs[0]?.household ?? null,
    watch,
    kept: watch !== null || one !== undefined,
    people: [...new Set(all.map(({ id }) => id))],
  }
}

/** Which of those found, and which of their homes, what the clinic found keeps in. */
const heldOf = (store: Store, { entries, all }: Found): Promise<Held> =>
  heldAmong(
    store,
    [...new Set(entries.map(({ id }) => id))],
    all.flatMap(({ household }) => household ?? []),
  )

interface Found extends Pick<Registered, 'person' | 'watch'> {
  /** Under the key of whom the word names by themselves. */
  readonly entries: readonly { readonly key: string; readonly id: string }[]
  readonly all: readonly { readonly key: string; readonly id: string; readonly household: string | null }[]
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
