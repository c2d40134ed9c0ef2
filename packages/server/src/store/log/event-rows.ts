import type { DomainEvent } from '@guatu/kernel'
import { openInput, subjectOf } from '../identity/codec.ts'
import type { Keeper } from '../identity/keeper.ts'
import type { Piece } from './statements.ts'

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

/** Appends events with their place in the chain. */
export function eventsPiece(events: readonly { event: DomainEvent; seq: number; hash: string }[]): Piece {
  const rows = events.map(({ event: e, seq, hash }) => ({
    county: e.county,
    seq,
    id: e.id,
    record: e.record,
    record_id: e.recordId,
    action: e.action,
    area: e.area,
    happened_at: e.happenedAt,
    recorded_at: e.recordedAt,
    day: e.day,
    actor: e.actor,
    unit: e.unit,
    authority: e.authority,
    corrects: e.corrects,
    cause: e.cause,
    input: e.input,
    hash,
  }))
  return {
    table: 'events',
    sql: `insert into events (${STORED_COLUMNS}) select ${STORED_COLUMNS} from $rows as t`,
    rows,
  }
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
