import { gates } from '@guatu/domains'
import {
  type AnyRecord,
  CORRECT,
  type Command,
  type DomainEvent,
  derivedId,
  EVERYTHING,
  instantMs,
  type RecordState,
  SYSTEM,
  stampOf,
} from '@guatu/kernel'
import { sql } from 'kysely'
import { waysOf } from '../store/identity/forms.ts'
import type { Receipt } from '../store/log/receipt.ts'
import { recordsOf } from '../store/query/list.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { withDrivers } from './lines.ts'
import { all, among, definition, everyEntry, is, rowsOf, text } from './register.ts'

/** Kinds of records by which lines are judged, with what is looked at of them. */
const JUDGED_BY = new Map(Object.values(gates.KEEPING_IN).map(({ record, sees }) => [record as string, sees as readonly string[]]))

/** An act that was done so much earlier than it became known is known late, milliseconds. */
const LATE_MS = 1_000
/** What was written so shortly before the last end may not have been looked at, milliseconds. */
const BEFORE_END_MS = 600_000

/**
 * Lines that name nobody are about whoever's vehicle it was, where that turns out to have been kept in: by an observation, or a finding of the clinic, that
 * becomes known after the line. A job of the clock, which hears of all that is written from now on, and looks once at what was written right before the
 * last end. Answers how many lines are linked.
 */
export function driversKnownLate(store: Store): () => Promise<number> {
  const waiting = new Map<string, RecordState>()
  store.writer.onCommitted((receipts) => {
    for (const { event, state } of receipts) if (saysLate(store, event)) waiting.set(state.id, state)
  })
  let begun = false
  return async () => {
    if (!begun) for (const state of await writtenLast(store)) waiting.set(state.id, state)
    begun = true
    const rows = [...waiting.values()]
    waiting.clear()
    return rows.length === 0 ? 0 : link(store, rows)
  }
}

function saysLate(store: Store, event: Receipt['event']): boolean {
  const sees = JUDGED_BY.get(event.record)
  return sees !== undefined && (event.action === CORRECT || (isLate(event) && says(definition(store, event.record), event, sees)))
}

const isLate = ({ happenedAt, recordedAt }: DomainEvent): boolean => (instantMs(recordedAt) ?? 0) - (instantMs(happenedAt) ?? 0) > LATE_MS

/** Does an act say anything of what lines are judged by? A reading does not. */
function says(def: AnyRecord, { action: name }: DomainEvent, sees: readonly string[]): boolean {
  const action = def.actions[name]
  return (
    action !== undefined &&
    (action.to !== 'same' ||
      sees.some((field) => [...(action.needs ?? []), ...(action.takes ?? []), ...Object.keys(action.with ?? {})].includes(field)))
  )
}

async function writtenLast(store: Store): Promise<readonly RecordState[]> {
  const [newest] = await store.db.query<{ at: Date | null }>('select max(recorded_at) as at from events')
  if (!newest?.at) return []
  const since = stampOf({ epochMilliseconds: newest.at.getTime() - BEFORE_END_MS })
  const found = await store.db.query<{ record: string; id: string }>(
    'select distinct record, record_id as id from events where recorded_at > $1 and record = any($2) and (action = $3 or happened_at < recorded_at)',
    [since, [...JUDGED_BY.keys()], CORRECT],
  )
  const rows = [...Map.groupBy(found, ({ record }) => record)].map(([record, of]) =>
    recordsOf(
      store.db,
      definition(store, record),
      EVERYTHING,
      of.map(({ id }) => id),
    ),
  )
  return (await Promise.all(rows)).flat()
}

/** Finds the lines of vehicles of those whom these are about, and of their homes, and has each say who was kept in at its moment. */
async function link(store: Store, rows: readonly RecordState[]): Promise<number> {
  const [since = ''] = rows.map(({ createdAt }) => createdAt).sort()
  const homes = [...new Set(rows.flatMap(({ fields }) => (typeof fields.household === 'string' ? [fields.household] : [])))]
  const mates = homes.length === 0 ? [] : await rowsOf(store, 'person', all(among('household', homes), is('state', 'registered')))
  const people = await everyEntry(store, [...new Set([...rows.map(({ fields }) => text(fields.person)), ...mates.map(({ id }) => id)])])
  let linked = 0
  for (const line of await withDrivers(store, SYSTEM, await linesOf(store, { people, homes, since }))) {
    const done = line.shown && (await store.writer.submit(line.command, SYSTEM, { shown: line.shown }))
    if (done?.ok) linked += 1
  }
  return linked
}

interface Vehicles {
  readonly people: readonly string[]
  readonly homes: readonly string[]
  readonly since: string
}

/** Lines out that name nobody, with the plate or the pass of a vehicle of theirs, as corrections that say nothing yet. */
async function linesOf(store: Store, { people, homes, since }: Vehicles): Promise<readonly Command[]> {
  const plates = await platesOf(store, people, homes)
  if (plates.length === 0) return []
  const said = (record: string) => {
    const def = definition(store, record)
    const tokens = (way: ReturnType<typeof waysOf>[number]) => plates.map((plate) => store.db.vault.finder.token(def, way, plate) ?? '')
    const [way] = waysOf(def).filter(({ field }) => field === 'plate')
    return way ? sql<boolean>`${sql.ref(way.column)} = any(${tokens(way)}::text[])` : sql<boolean>`false`
  }
  const numbers = sql`select "number" from ${sql.table(tableOf('pass'))} where kind = 'vehicle' and ${said('pass')}`
  const { rows } = await sql<{ id: string; event: string }>`
    select c.id, e.id as event from ${sql.table(tableOf('crossing'))} c join events e on e.record = 'crossing' and e.record_id = c.id and e.action = 'record'
      where c.crossed_at >= ${since}::timestamptz and c.direction = 'out' and c.person is null and c.state <> 'cancelled'
        and c.id in (select id from ${sql.table(tableOf('crossing'))} where ${said('crossing')}
          union select id from ${sql.table(tableOf('crossing'))} where pass_number in (${numbers}))`.execute(store.db.kysely)
  return rows.map(({ id, event }) => ({
    id: derivedId(`driver known late/${event}`),
    record: 'crossing',
    recordId: id,
    action: CORRECT,
    input: { event, reason: '事后得知出行时本人或同户在隔离观察，按车牌关联', input: {} },
  }))
}

/** Plates that these people have, and those of vehicles with a pass for them or their homes. */
async function platesOf(store: Store, people: readonly string[], homes: readonly string[]): Promise<readonly string[]> {
  const passes = (field: 'person' | 'household', values: readonly string[]) =>
    values.length === 0 ? [] : rowsOf(store, 'pass', all(is('kind', 'vehicle'), among(field, values)))
  const rows = await Promise.all([
    recordsOf(store.db, definition(store, 'person'), EVERYTHING, people),
    passes('person', people),
    passes('household', homes),
  ])
  return [...new Set(rows.flat().map(({ fields }) => text(fields.plate)))].filter((plate) => plate !== '')
}
