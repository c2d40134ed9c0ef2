import { areasOf, type Command, dayOf, instantMs, type Registry, smallestOver, today } from '@guatu/kernel'
import type { AreaIndex } from '../store/log/places.ts'
import { sqlOf } from '../store/log/state-rows.ts'
import type { Store } from '../store/store.ts'

/** Where an act of the box lies: whoever may decide on acts of this path sees it. */
export interface Place {
  readonly area: string
  readonly path: string
}

type Places = Pick<Store, 'db' | 'registry' | 'areas' | 'clock'>

/**
 * Where an act lies that nobody could place it into a record: where the record stands, else where the act says, else where an earlier act on the record
 * was done, in the same delivery (`delivered`) or in the box, else where its sender worked last, and at the very least in the city.
 */
export async function placeOf(at: Places, act: Command, account: string, delivered?: string): Promise<Place> {
  const { index } = at.areas
  const ways = [
    () => areaOfRecord(at, act),
    async () => act.area,
    async () => delivered,
    () => areaInBox(at, act),
    () => lastJurisdiction(at, account, dayOfAct(at, act)),
  ]
  for (const way of ways) {
    const area = await way()
    const path = area === undefined ? undefined : index.currentPath(area)
    if (area !== undefined && path !== undefined) return { area, path }
  }
  return city(at)
}

/** The city day of an act; today where it does not say. */
export function dayOfAct({ clock }: Pick<Places, 'clock'>, { happenedAt }: Pick<Command, 'happenedAt'>): string {
  const ms = happenedAt === undefined ? undefined : instantMs(happenedAt)
  return ms === undefined ? today(clock) : dayOf({ epochMilliseconds: ms }, clock.zone)
}

async function areaOfRecord({ db, registry }: Places, { record, recordId }: Command): Promise<string | undefined> {
  const def = registry.records.get(record)
  if (!def) return undefined
  const [row] = await db.query<{ area: string }>(`select area from ${sqlOf(def).table} where id = $1::uuid`, [recordId])
  return row?.area
}

async function areaInBox({ db }: Places, { record, recordId }: Command): Promise<string | undefined> {
  const [row] = await db.query<{ area: string }>(
    `select area from handed_over where record = $1 and record_id = $2::uuid and path <> '' order by happened_at, id limit 1`,
    [record, recordId],
  )
  return row?.area
}

interface Jurisdiction {
  readonly area: string
  readonly from_day: string
  readonly to_day: string | null
}

/** The smallest area that holds every area in which an account worked on a day, or else when it last worked at all. */
async function lastJurisdiction(at: Places, account: string, day: string): Promise<string | undefined> {
  const grants = await at.db.query<Jurisdiction>('select area, from_day::text, to_day::text from grants where account = $1', [account])
  const then = grants.filter(({ from_day, to_day }) => from_day <= day && (to_day === null || to_day >= day))
  const last = grants
    .map(({ to_day }) => to_day ?? OPEN)
    .sort()
    .at(-1)
  const meant = then.length > 0 ? then : grants.filter(({ to_day }) => (to_day ?? OPEN) === last)
  return smallestOver(meant.flatMap(({ area }) => at.areas.index.currentPath(area) ?? []).map(areasOf))
}

const OPEN = '9999-12-31'

function city({ areas, clock }: Places): Place {
  const view = areas.tree.asOf(today(clock))
  const area = [...view.nodes()].find(({ level }) => level === 'city')?.id ?? view.roots()[0]?.id ?? ''
  return { area, path: areas.index.currentPath(area) ?? '' }
}

/** What waits goes along: with the record that it is about, and to the heir of an area that a reform ended. */
export async function goAlong({ db, registry, areas }: Places): Promise<void> {
  await withRecords(db, registry)
  const waiting = await db.query<Place>(`select distinct area, path from handed_over where state = 'waiting' and path <> ''`)
  const gone = waiting.flatMap(({ area, path }) => {
    const to = standingNow(areas.index, area)
    const now = areas.index.currentPath(to)
    return now === undefined || (to === area && now === path) ? [] : [{ area, path, to, now }]
  })
  if (gone.length === 0) return
  await db.query(
    `update handed_over h set area = n."to", path = n.now from jsonb_to_recordset($1::jsonb) as n(area text, path text, "to" text, now text)
     where h.state = 'waiting' and h.area = n.area and h.path = n.path`,
    [JSON.stringify(gone)],
  )
}

function standingNow(index: AreaIndex, area: string): string {
  let to = area
  for (let heir = index.heir(to); heir; heir = index.heir(to)) to = heir.area
  return to
}

async function withRecords(db: Store['db'], registry: Registry): Promise<void> {
  const kinds = await db.query<{ record: string }>(`select distinct record from handed_over where state = 'waiting'`)
  for (const { record } of kinds) {
    const def = registry.records.get(record)
    if (!def) continue
    await db.query(
      `update handed_over h set area = r.area, path = r.path from ${sqlOf(def).table} r
       where h.state = 'waiting' and h.record = $1 and r.id = h.record_id and r.path <> h.path`,
      [record],
    )
  }
}
