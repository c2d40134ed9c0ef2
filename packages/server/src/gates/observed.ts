import type { Expression, RecordState } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { expressionCondition } from '../store/query/conditions.ts'
import { isFoundBy } from '../store/query/find.ts'
import type { Listed } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { all, definition, is, KEPT, OBSERVED, rowOf } from './register.ts'

/** Somebody of the register, and what keeps them in, by their ids. */
export interface Registered {
  readonly person: string
  readonly watch: string | null
}

/**
 * Whoever is registered under a document or with a plate, wherever they stand; whoever was merged is the one that stays. Where several are, one who
 * is kept in, however many they are: a plate does not say who drives. What keeps somebody in is their own observation, under whichever of their
 * entries, or that of their home; of several the one that lasts longest.
 */
export async function registered(store: Store, word: string, field: 'documentNumber' | 'plate'): Promise<Registered | undefined> {
  const [person, watch] = [definition(store, 'person'), definition(store, 'watch')]
  // Each step asks an index by what the step before found: taken together, they would be guessed to be many, and whole tables be read.
  const each = (table: string, columns: string, which: RawBuilder<unknown>) =>
    sql`lateral (select ${sql.raw(columns)} from ${sql.table(tableOf(table))} where ${which} offset 0)`
  const kept = (which: RawBuilder<unknown>, kind: Expression) =>
    each('watch', 'id, until', sql`${which} and ${expressionCondition(watch, all(kind, OBSERVED))}`)
  const { rows } = await sql<Registered>`
    with recursive found as (
      select id, merged_into from ${sql.table(tableOf('person'))} where ${isFoundBy(store.db, person, field, word)}
      union select p.id, p.merged_into from found f join ${each('person', 'id, merged_into', sql`id = f.merged_into`)} p on true
    ),
    stays as (
      select p.id, p.path, p.household from found f join ${each('person', 'id, path, household', sql`id = f.id and state = 'registered'`)} p on true
    ),
    entry as (
      select id as stays, id from stays
      union select e.stays, p.id from entry e join ${each('person', 'id', sql`merged_into = e.id`)} p on true
    ),
    kept as (
      select e.stays, w.id, w.until, 0 as home from entry e join ${kept(sql`person = e.id`, KEPT)} w on true
      union all select s.id, w.id, w.until, 1 from stays s join ${kept(sql`household = s.household`, is('kind', 'home'))} w on true
    )
    select s.id as person, k.id as watch from stays s left join kept k on k.stays = s.id
      order by k.id is null, k.until desc nulls first, k.home, s.path, s.id, k.id limit 1`.execute(store.db.kysely)
  return rows[0]
}

/** The same as the register has them: the person where they stand today. */
export async function standing(
  store: Store,
  { person, watch }: Registered,
): Promise<{ readonly person: Listed; readonly watch: RecordState | undefined } | undefined> {
  const [who, keeps] = await Promise.all([rowOf(store, 'person', person), rowOf(store, 'watch', watch)])
  return who && { person: { ...who, path: store.areas.index.currentPath(who.area) ?? '' }, watch: keeps }
}
