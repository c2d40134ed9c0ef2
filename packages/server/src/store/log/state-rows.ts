import type { AnyRecord, RecordState } from '@guatu/kernel'
import { openFields, type SealedFields, sealFields, subjectOf } from '../identity/codec.ts'
import { waysOf } from '../identity/forms.ts'
import type { Keeper, Sealing } from '../identity/keeper.ts'
import { hasIdentity, snake, tableOf } from '../schema/model.ts'
import type { Piece } from './statements.ts'

/** The SQL of one record type, made once from its definition. */
export interface RecordSql {
  readonly def: AnyRecord
  readonly table: string
  /** `[field name, column name]` of its own fields that stand in clear. */
  readonly fields: readonly (readonly [string, string])[]
  /** What is read: its columns, and what it takes to open them; for `from` its table without another name. */
  readonly columns: string
  readonly identity: boolean
  /** Columns that are written. */
  readonly written: readonly string[]
  /** Enters rows that are not there yet; the same for rows that may be. */
  readonly insert: string
  readonly upsert: string
}

const made = new WeakMap<AnyRecord, RecordSql>()

export function sqlOf(def: AnyRecord): RecordSql {
  const known = made.get(def)
  if (known) return known
  const table = `"${tableOf(def.name)}"`
  const fields = Object.entries(def.fields).flatMap(([name, field]) => (field.sensitive ? [] : [[name, snake(name)] as const]))
  const identity = hasIdentity(def)
  const sealed = identity ? ['sealed', 'sealed_names', ...waysOf(def).map((way) => `"${way.column}"`)] : []
  const system = ['county', 'id', 'area', 'path', 'state', 'version', 'created_at', 'changed_at', 'last_event']
  const named = [...fields.map(([, column]) => `"${column}"`), ...sealed]
  const columns = [...system, ...named].join(', ')
  const updated = [...system.slice(2), ...named].filter((c) => c !== 'created_at')
  const key = `case when sealed is not null then (select k.wrapped from identity_keys k where k.id = ${table}.id and k.county = ${table}.county) end`
  const insert = `insert into ${table} (${columns}) select ${columns} from $rows as t`
  const sql: RecordSql = {
    def,
    table,
    fields,
    columns: identity ? `${columns}, ${key} as wrapped` : columns,
    identity,
    written: [...system, ...named],
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

/** Writes states of one record type; `fresh` ones are known not to be there yet. */
export function statesPiece(sql: RecordSql, states: readonly { state: RecordState; path: string }[], seals: Sealing, fresh = false): Piece {
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
  return { table: tableOf(sql.def.name), sql: fresh ? sql.insert : sql.upsert, rows }
}

export async function readStates(run: Keeper, sql: RecordSql, ids: readonly string[]): Promise<Map<string, RecordState>> {
  if (ids.length === 0) return new Map()
  const rows = await run.query<StateRow>(`select ${sql.columns} from ${sql.table} where id = any($1::uuid[])`, [ids])
  return new Map(rows.map((row) => [row.id, fromStateRow(run, sql, row)]))
}
