import type { DomainEvent } from '@guatu/kernel'
import type { Columns } from '../database/binary-rows.ts'
import { openInput, subjectOf } from '../identity/codec.ts'
import type { Keeper } from '../identity/keeper.ts'
import type { Link } from './chain.ts'
import { type Piece, pieceOf } from './statements.ts'

export interface EventRow {
  readonly county: string
  readonly seq: number
  readonly id: string
  readonly record: string
  readonly record_id: string
  readonly action: string
  readonly area: string
  readonly happened_at: Date
  readonly recorded_at: Date
  readonly day: string
  readonly actor: string
  readonly unit: string | null
  readonly authority: string | null
  readonly corrects: string | null
  readonly cause: string | null
  readonly input: Record<string, unknown>
  readonly hash: string
  /** The record's key, sealed, where the input has a sealed part. */
  readonly wrapped?: string | null
}

/** An event as it is stored and chained. */
export const STORED_COLUMNS =
  'county, seq, id, record, record_id, action, area, happened_at, recorded_at, day, actor, unit, authority, corrects, cause, input, hash'

/** An event with what it takes to open it; for `from events` without another name. */
export const EVENT_COLUMNS = `${STORED_COLUMNS}, case when jsonb_exists(input, '@sealed') then
  (select k.wrapped from identity_keys k where k.id = events.record_id and k.county = events.county) end as wrapped`

/** The event that a row tells, its identity in clear. */
export function fromEventRow({ vault }: Pick<Keeper, 'vault'>, row: EventRow): DomainEvent {
  const event = storedEvent(row)
  return { ...event, input: openInput(vault, event.input, subjectOf(row.record, row.record_id), row.wrapped) }
}

/** The event as it was chained: identity stays sealed. */
export const storedEvent = (row: EventRow): DomainEvent => ({
  id: row.id,
  county: row.county,
  record: row.record,
  recordId: row.record_id,
  action: row.action,
  area: row.area,
  happenedAt: row.happened_at.toISOString(),
  recordedAt: row.recorded_at.toISOString(),
  day: row.day,
  actor: row.actor,
  unit: row.unit,
  authority: row.authority,
  corrects: row.corrects,
  cause: row.cause,
  input: row.input,
})

const COLUMNS: Columns<Link> = new Map<string, (link: Link) => unknown>([
  ['county', ({ event }) => event.county],
  ['seq', ({ seq }) => seq],
  ['id', ({ event }) => event.id],
  ['record', ({ event }) => event.record],
  ['record_id', ({ event }) => event.recordId],
  ['action', ({ event }) => event.action],
  ['area', ({ event }) => event.area],
  ['happened_at', ({ event }) => event.happenedAt],
  ['recorded_at', ({ event }) => event.recordedAt],
  ['day', ({ event }) => event.day],
  ['actor', ({ event }) => event.actor],
  ['unit', ({ event }) => event.unit],
  ['authority', ({ event }) => event.authority],
  ['corrects', ({ event }) => event.corrects],
  ['cause', ({ event }) => event.cause],
  ['input', ({ event }) => event.input],
  ['hash', ({ hash }) => hash],
])

/** Appends events with their place in the chain. */
export const eventsPiece = (links: readonly Link[]): Piece =>
  pieceOf('events', `insert into events (${STORED_COLUMNS}) select ${STORED_COLUMNS} from $rows as t`, links, COLUMNS)

/** Events by their ids, in no order; ids of none are left out. */
export async function readEvents(run: Keeper, ids: readonly string[]): Promise<DomainEvent[]> {
  const rows = await run.query<EventRow>(`select ${EVENT_COLUMNS} from events where id = any($1::uuid[])`, [ids])
  return rows.map((row) => fromEventRow(run, row))
}

/** Whole history of one record, in the order of the log. */
export async function readHistory(run: Keeper, record: string, id: string): Promise<DomainEvent[]> {
  const rows = await run.query<EventRow>(`select ${EVENT_COLUMNS} from events where record = $1 and record_id = $2 order by seq`, [
    record,
    id,
  ])
  return rows.map((row) => fromEventRow(run, row))
}

/** Whole histories of several records of one kind, each in the order of the log. */
export async function readHistories(run: Keeper, record: string, ids: readonly string[]): Promise<Map<string, DomainEvent[]>> {
  const rows = await run.query<EventRow>(
    `select ${EVENT_COLUMNS} from events where record = $1 and record_id = any($2::uuid[]) order by seq`,
    [record, ids],
  )
  return Map.groupBy(
    rows.map((row) => fromEventRow(run, row)),
    (event) => event.recordId,
  )
}
