import { gates } from '@guatu/domains'
import { dayOf, type RecordState, type Relation, today } from '@guatu/kernel'
import { sql } from 'kysely'
import type { Moment } from '../store/log/related.ts'
import { relatedThen } from '../store/query/related-now.ts'
import type { Store } from '../store/store.ts'
import { overOn, TRANSFER } from './clinic.ts'
import { entriesFrom, PERSON, WATCH } from './entries.ts'
import { text } from './register.ts'
import { type Drive, holdersThen } from './vehicles.ts'

interface Candidate {
  /** Number of the drive. */
  readonly key: string
  readonly id: string
  readonly county: string
  readonly area: string
}

/** The day of a line. */
export const dayAt = (store: Store, at: Moment | undefined): string =>
  at ? dayOf(Temporal.Instant.from(at.happenedAt), store.clock.zone) : today(store.clock)

/** What keeps somebody in, with how long it lasts. */
const KEEPING: Readonly<Record<string, Relation>> = Object.fromEntries(
  Object.entries(gates.KEEPING_IN).map(([name, relation]) => [
    name,
    relation.record === 'watch' ? { ...relation, sees: [...relation.sees, 'until'] } : relation,
  ]),
)

/**
 * Who of those whose vehicle it was was kept in when it went out: by plates and passes, observations, what the clinic found, entries and homes as their
 * histories have them at that moment. Of several the one whose observation lasts longest, and whose own it is.
 */
export async function keptInDrivers(store: Store, drives: readonly Drive[]): Promise<readonly (string | undefined)[]> {
  if (drives.length === 0) return []
  const candidates = await everObserved(store, drives)
  const asked = drives.flatMap(({ at }, drive) =>
    (candidates.get(String(drive)) ?? []).map(({ id, county, area }) => ({ drive, at, row: { id, county, area, fields: { person: id } } })),
  )
  const found: ({ readonly person: string; readonly lasts: string } | undefined)[] = drives.map(() => undefined)
  for (const [i, related] of (await relatedThen(store, asked, KEEPING)).entries()) {
    const one = asked[i]
    const lasts = one && lasting(related, overOn(store, dayAt(store, one.at)))
    if (one && lasts !== undefined && lasts > (found[one.drive]?.lasts ?? '')) found[one.drive] = { person: one.row.id, lasts }
  }
  return found.map((one) => one?.person)
}

const WITHOUT_END = '9999-12-31'

/**
 * How long somebody is kept in, in the order in which lines choose: an observation before what the clinic found, the later end, then their own.
 * Undefined for nobody.
 */
const lasting = (related: Readonly<Record<string, readonly RecordState[]>>, over: ReturnType<typeof overOn>): string | undefined =>
  gates
    .keepersIn(related, over)
    .map(({ by, watch }) => `${watch ? text(watch.fields.until) || WITHOUT_END : ''} ${by === 'own' ? 1 : 0}`)
    .sort()
    .at(-1)

/**
 * Those whose vehicle each was who may have been kept in at that moment: an entry of theirs, or somebody of their home, was observed or asked for at the
 * clinic at some time; or they were there already and something about them has changed since, as the home they had then. By where they live.
 */
async function everObserved(store: Store, drives: readonly Drive[]): Promise<ReadonlyMap<string, readonly Candidate[]>> {
  const moments = drives.flatMap(({ at }) => at?.happenedAt ?? []).sort()
  const [since = 'infinity', until = 'infinity'] = [moments[0], moments.length === drives.length ? moments.at(-1) : undefined]
  const holders = (await holdersThen(store, drives)).flatMap((ids, drive) => ids.map((id) => ({ drive, id })))
  if (holders.length === 0) return new Map()
  const seed = sql`select * from unnest(${holders.map(({ drive }) => String(drive))}::text[], ${holders.map(({ id }) => id)}::uuid[])`
  // Each step asks an index by what the step before found, as where one is looked up at a gate.
  const { rows } = await sql<Candidate>`with recursive ${entriesFrom(seed)},
    stays as (
      select distinct e.key, s.* from entry e join lateral (
        select id, county, area, path, household, created_at, changed_at from ${PERSON} where id = e.id and state = 'registered' offset 0) s on true
    ),
    seen as (
      select e.key from entry e join lateral (select 1 from ${WATCH} where person = e.id limit 1) w on true
      union select s.key from stays s join lateral (select 1 from ${WATCH} where household = s.household limit 1) w on true
      union select e.key from entry e join lateral (select 1 from ${TRANSFER} where person = e.id limit 1) t on true
      union select s.key from stays s join lateral (select 1 from ${TRANSFER} where household = s.household limit 1) t on true
      union select key from stays where changed_at > ${since}::timestamptz and created_at <= ${until}::timestamptz
    )
    select key, id, county, area from stays where key in (select key from seen) order by path, id`.execute(store.db.kysely)
  return Map.groupBy(rows, ({ key }) => key)
}
