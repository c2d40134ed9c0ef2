import type { AnyRecord, Field, RecordState } from '@guatu/kernel'
import type { Columns } from '../database/binary-rows.ts'
import { openFields, type SealedFields, sealFields, subjectOf } from '../identity/codec.ts'
import { waysOf } from '../identity/forms.ts'
import type { Keeper, Sealing } from '../identity/keeper.ts'
import { hasIdentity, snake, tableOf } from '../schema/model.ts'
import { idsAsArray, type Piece, pieceOf } from './statements.ts'

/** The SQL of one record type, made once from its definition. */
export interface RecordSql {
  readonly def: AnyRecord
  readonly table: string
  /** Its own fields that stand in clear: under which name, in which column, and what they are. */
  readonly fields: readonly (readonly [name: string, column: string, field: Field])[]
  /** What is read: its columns, and what it takes to open them; for `from` its table without another name. */
  readonly columns: string
  readonly identity: boolean
  /** Columns that are written, and how a state gives their values. */
  readonly written: readonly string[]
  readonly values: Columns<StoredState>
  /** Enters rows that are not there yet; the same for rows that may be. */
  readonly insert: string
  readonly upsert: string
}

/** A state with where it stands, and what of it is sealed. */
export interface StoredState {
  readonly state: RecordState
  readonly path: string
  readonly sealed?: Readonly<Record<string, unknown>>
}

const SYSTEM: readonly (readonly [string, (row: StoredState) => unknown])[] = [
  ['county', ({ state }) => state.county],
  ['id', ({ state }) => state.id],
  ['area', ({ state }) => state.area],
  ['path', ({ path }) => path],
  ['state', ({ state }) => state.state],
  ['version', ({ state }) => state.version],
  ['created_at', ({ state }) => state.createdAt],
  ['changed_at', ({ state }) => state.changedAt],
  ['last_event', ({ state }) => state.lastEvent],
]

function valuesOf(def: AnyRecord, fields: RecordSql['fields']): Columns<StoredState> {
  const own = fields.map(([name, column, field]) => {
    const read = ({ state }: StoredState) => {
      const value = state.fields[name]
      return value === undefined ? null : field.toColumn(value)
    }
    return [column, read] as const
  })
  const sealed = hasIdentity(def)
    ? ['sealed', 'sealed_names', ...waysOf(def).map((way) => way.column)].map(
        (column) => [column, (row: StoredState) => row.sealed?.[column]] as const,
      )
    : []
  return new Map<string, (row: StoredState) => unknown>([...SYSTEM, ...own, ...sealed])
}

const made = new WeakMap<AnyRecord, RecordSql>()

export function sqlOf(def: AnyRecord): RecordSql {
  const known = made.get(def)
  if (known) return known
  const table = `"${tableOf(def.name)}"`
  const fields = Object.entries(def.fields).flatMap(([name, field]) => (field.sensitive ? [] : [[name, snake(name), field] as const]))
  const identity = hasIdentity(def)
  const sealed = identity ? ['sealed', 'sealed_names', ...waysOf(def).map((way) => `"${way.column}"`)] : []
  const system = SYSTEM.map(([column]) => column)
  const named = [...fields.map(([, column]) => `"${column}"`), ...sealed]
  const columns = [...system, ...named].join(', ')
  const updated = [...system.slice(2), ...named]
  const key = `case when sealed is not null then (select k.wrapped from identity_keys k where k.id = ${table}.id and k.county = ${table}.county) end`
  const insert = `insert into ${table} (${columns}) select ${columns} from $rows as t`
  const sql: RecordSql = {
    def,
    table,
    fields,
    columns: identity ? `${columns}, ${key} as wrapped` : columns,
    identity,
    written: [...system, ...named],
    values: valuesOf(def, fields),
    insert,
    upsert: `${insert}
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
  for (const [name, column, field] of sql.fields) {
    const raw = row[column]
    if (raw !== null && raw !== undefined) fields[name] = field.fromColumn(raw)
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

/** States as they are stored: what of them is sensitive, sealed. */
export const sealedStates = (sql: RecordSql, states: readonly Omit<StoredState, 'sealed'>[], seals: Sealing): readonly StoredState[] =>
  sql.identity
    ? states.map(({ state, path }) => {
        const { id, county, fields } = state
        const sealed = sealFields(sql.def, fields, (hidden) => seals.sealText(sql.def.name, id, county)(hidden))
        return { state, path, sealed: { ...sealed, ...seals.finder.tokens(sql.def, fields) } }
      })
    : states

/** Writes states of one record type; `fresh` ones are known not to be there yet. */
export const statesPiece = (sql: RecordSql, states: readonly StoredState[], fresh = false): Piece =>
  pieceOf(tableOf(sql.def.name), fresh ? sql.insert : sql.upsert, states, sql.values)

export async function readStates(run: Keeper, sql: RecordSql, ids: readonly string[]): Promise<Map<string, RecordState>> {
  if (ids.length === 0) return new Map()
  const rows = await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where id = any($1::uuid[])`, [idsAsArray(ids)])
  return new Map(rows.map((row) => [row.id, fromStateRow(run, sql, row)]))
}
