import type { AnyRecord, DomainEvent, RecordState } from '@guatu/kernel'
import { openFields, openInput, type SealedFields, sealFields, subjectOf } from '../identity/codec.ts'
import { waysOf } from '../identity/forms.ts'
import type { Keeper, Sealing } from '../identity/keeper.ts'
import { hasIdentity, snake, tableOf } from '../schema/model.ts'

/** Anything that runs SQL: the database, a transaction, a snapshot. */
export interface Runner {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

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

const EVENT_SHAPE =
  'county text, seq bigint, id uuid, record text, record_id uuid, action text, area text, happened_at timestamptz, recorded_at timestamptz, day date, actor text, unit text, authority text, corrects uuid, cause uuid, input jsonb, hash text'

/** One writing statement with one JSON parameter, `$1`. */
export interface Piece {
  readonly sql: string
  readonly rows: readonly unknown[]
}

/** The condition under which anything is written at all. */
export interface Gate {
  /** The turn that must be the last one taken. */
  readonly turn: number
  /** Ids that must not be there yet, by table. */
  readonly unknown: readonly { readonly table: string; readonly ids: readonly string[] }[]
}

/** What came of asking for a turn: the turn taken, or none, and the last turn as it was seen. */
export interface Passage {
  readonly taken: number | null
  readonly seen: number | null
}

/** Runs several writing statements as one: one way to the database and back, however many tables a batch touches. */
export async function writePieces(run: Runner, pieces: readonly Piece[]): Promise<void> {
  const all = pieces.filter((piece) => piece.rows.length > 0)
  if (all.length === 0) return
  const parts = all.map((piece, i) => `w${i} as (${piece.sql.replaceAll('$1', `$${i + 1}`)})`)
  await run.query(
    `with ${parts.join(', ')} select 1`,
    all.map((piece) => JSON.stringify(piece.rows)),
  )
}

/**
 * Runs several writing statements as one, all of them or none, when the turn is ours. Whoever asks for the same turn at the same time waits for
 * the row of turns and then finds another number in it, so that of two processes only one writes on what it knows.
 */
export async function writeThrough(run: Runner, gate: Gate, pieces: readonly Piece[]): Promise<Passage> {
  const parameters: unknown[] = [gate.turn]
  const next = (value: unknown) => `$${parameters.push(value)}`
  // One look into the index for each id: asked as `id = any(…)` the planner may read the whole table for a first match that never comes.
  const absent = gate.unknown
    .filter(({ ids }) => ids.length > 0)
    .map(
      ({ table, ids }) =>
        ` and not exists (select 1 from unnest(${next(ids)}::uuid[]) as n(id), lateral (select 1 from ${table} t where t.id = n.id limit 1) as found)`,
    )
  const parts = [`gate as (update turns set taken = taken + 1 where one and taken = $1${absent.join('')} returning taken)`]
  for (const [i, { sql, rows }] of pieces.filter((piece) => piece.rows.length > 0).entries()) {
    // Without a turn the parameter is null, and a null list has no rows.
    parts.push(`w${i} as (${sql.replaceAll('$1', `(select ${next(JSON.stringify(rows))}::jsonb from gate)`)})`)
  }
  const [row] = await run.query<Passage>(
    `with ${parts.join(', ')} select (select taken from gate) as taken, (select taken from turns where one) as seen`,
    parameters,
  )
  return row ?? { taken: null, seen: null }
}

/** The last turn taken; with `lock`, nobody takes the next one before the end of the transaction. */
export async function lastTurn(run: Runner, lock = false): Promise<number> {
  const read = () => run.query<{ taken: number }>(`select taken from turns where one${lock ? ' for update' : ''}`)
  const [found] = await read()
  if (found) return found.taken
  await run.query('insert into turns (one, taken) values (true, 0) on conflict do nothing')
  return (await read())[0]?.taken ?? 0
}

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
    sql: `insert into events (${STORED_COLUMNS}) select ${STORED_COLUMNS} from jsonb_to_recordset($1::jsonb) as t(${EVENT_SHAPE})`,
    rows,
  }
}

/** The SQL of one record type, made once from its definition. */
export interface RecordSql {
  readonly def: AnyRecord
  readonly table: string
  /** `[field name, column name]` of its own fields that stand in clear. */
  readonly fields: readonly (readonly [string, string])[]
  /** What is read: its columns, and what it takes to open them; for `from` its table without another name. */
  readonly columns: string
  readonly identity: boolean
  readonly upsert: string
}

const made = new WeakMap<AnyRecord, RecordSql>()

export function sqlOf(def: AnyRecord): RecordSql {
  const known = made.get(def)
  if (known) return known
  const table = `"${tableOf(def.name)}"`
  const fields = Object.entries(def.fields).flatMap(([name, field]) => (field.sensitive ? [] : [[name, snake(name)] as const]))
  const identity = hasIdentity(def)
  const sealed = identity ? ['sealed text', 'sealed_names jsonb', ...waysOf(def).map((way) => `"${way.column}" text`)] : []
  const system = ['county', 'id', 'area', 'path', 'state', 'version', 'created_at', 'changed_at', 'last_event']
  const types = ['text', 'uuid', 'text', 'text', 'text', 'integer', 'timestamptz', 'timestamptz', 'uuid']
  const own = fields.map(([name, column]) => `"${column}" ${def.fields[name]?.column}`)
  const named = [...fields.map(([, column]) => `"${column}"`), ...sealed.map((column) => column.split(' ')[0] ?? '')]
  const columns = [...system, ...named].join(', ')
  const shape = [...system.map((column, i) => `${column} ${types[i]}`), ...own, ...sealed].join(', ')
  const updated = [...system.slice(2), ...named].filter((c) => c !== 'created_at')
  const key = `case when sealed is not null then (select k.wrapped from identity_keys k where k.id = ${table}.id and k.county = ${table}.county) end`
  const sql: RecordSql = {
    def,
    table,
    fields,
    columns: identity ? `${columns}, ${key} as wrapped` : columns,
    identity,
    upsert: `insert into ${table} (${columns}) select ${columns} from jsonb_to_recordset($1::jsonb) as t(${shape})
      on conflict (county, id) do update set ${updated.map((c) => `${c} = excluded.${c}`).join(', ')}`,
  }
  made.set(def, sql)
  return sql
}

export type StateRow = Record<string, unknown> &
  Partial<SealedFields> & { county: string; id: string; path: string; wrapped?: string | null }

/** The state that a row tells, its identity in clear. */
export function fromStateRow({ vault }: Pick<Keeper, 'vault'>, sql: RecordSql, row: StateRow): RecordState {
  const fields: Record<string, unknown> = {}
  for (const [name, column] of sql.fields) {
    const raw = row[column]
    const field = sql.def.fields[name]
    if (raw !== null && raw !== undefined && field) fields[name] = field.fromColumn(raw)
  }
  return {
    id: row.id,
    county: row.county,
    area: String(row.area),
    state: String(row.state),
    version: Number(row.version),
    createdAt: (row.created_at as Date).toISOString(),
    changedAt: (row.changed_at as Date).toISOString(),
    lastEvent: String(row.last_event),
    fields: sql.identity
      ? {
          ...fields,
          ...openFields(
            vault,
            { sealed: row.sealed ?? null, sealed_names: row.sealed_names ?? null },
            subjectOf(sql.def.name, row.id),
            row.wrapped,
          ),
        }
      : fields,
  }
}

/** Writes states of one record type. */
export function statesPiece(sql: RecordSql, states: readonly { state: RecordState; path: string }[], seals: Sealing): Piece {
  const rows = states.map(({ state, path }) => {
    const row: Record<string, unknown> = {
      county: state.county,
      id: state.id,
      area: state.area,
      path,
      state: state.state,
      version: state.version,
      created_at: state.createdAt,
      changed_at: state.changedAt,
      last_event: state.lastEvent,
    }
    for (const [name, column] of sql.fields) {
      const value = state.fields[name]
      if (value !== undefined) row[column] = sql.def.fields[name]?.toColumn(value)
    }
    if (!sql.identity) return row
    const { id, county, fields } = state
    return Object.assign(row, sealFields(sql.def, fields, seals.sealText(sql.def.name, id, county)), seals.finder.tokens(sql.def, fields))
  })
  return { sql: sql.upsert, rows }
}

export const writeStates = (
  run: Runner,
  sql: RecordSql,
  states: readonly { state: RecordState; path: string }[],
  seals: Sealing,
): Promise<void> => writePieces(run, [statesPiece(sql, states, seals), seals.piece()])

export async function readStates(run: Keeper, sql: RecordSql, ids: readonly string[]): Promise<Map<string, RecordState>> {
  if (ids.length === 0) return new Map()
  const rows = await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where id = any($1::uuid[])`, [ids])
  return new Map(rows.map((row) => [row.id, fromStateRow(run, sql, row)]))
}

/** Whole history of one record, in the order of the log. */
export async function readHistory(run: Keeper, record: string, id: string): Promise<DomainEvent[]> {
  const rows = await run.query<EventRow>(`select ${EVENT_COLUMNS} from events where record = $1 and record_id = $2 order by seq`, [
    record,
    id,
  ])
  return rows.map((row) => fromEventRow(run, row))
}
