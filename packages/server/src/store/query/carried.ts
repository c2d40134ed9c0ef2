import type { AnyRecord, Expression, Scope } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { fromStateRow, type StateRow, sqlOf } from '../log/state-rows.ts'
import { tableOf } from '../schema/model.ts'
import { every, expressionCondition, scopeCondition } from './conditions.ts'
import type { Listed } from './list.ts'

/** Rows for a phone: by condition, by ids, or the next ones in the order of places. */
export interface CarriedRequest {
  readonly where?: Expression
  readonly ids?: readonly string[]
  /** Goes on after this row of the order by path and id. */
  readonly after?: { readonly path: string; readonly id: string }
  readonly limit: number
}

/** Rows within a scope in the order of their places: neighbours stand together, and an index answers. */
export async function carriedRows(db: Database<unknown>, def: AnyRecord, scope: Scope, request: CarriedRequest): Promise<Listed[]> {
  const statement = sqlOf(def)
  const conditions: RawBuilder<boolean>[] = [scopeCondition(def, scope)]
  if (request.where) conditions.push(expressionCondition(def, request.where))
  if (request.ids) conditions.push(sql`id = any(${[...request.ids]}::uuid[])`)
  if (request.after) conditions.push(sql`(path, id) > (${request.after.path}, ${request.after.id}::uuid)`)
  const { rows } = await sql<StateRow>`select ${sql.raw(statement.columns)} from ${sql.table(tableOf(def.name))}
    where ${every(conditions)} order by path, id limit ${request.limit}`.execute(db.kysely)
  return rows.map((row) => ({ ...fromStateRow(db, statement, row), path: row.path }))
}

/** What happened in a county's book after a place in it: records touched, and those that moved. */
export interface Touched {
  readonly record: string
  readonly id: string
  readonly moved: boolean
}

export async function touchedSince(
  db: Database<unknown>,
  county: string,
  seq: number,
  records: readonly string[],
  most: number,
): Promise<Touched[]> {
  const rows = await db.query<{ record: string; record_id: string; moved: boolean }>(
    `select record, record_id, bool_or(action = 'moveArea') as moved from events
     where county = $1 and seq > $2 and record = any($3::text[]) group by record, record_id limit $4`,
    [county, seq, records, most],
  )
  return rows.map((row) => ({ record: row.record, id: row.record_id, moved: row.moved }))
}

/** How far the books of the counties are: the place from which changes are asked later. */
export async function chainHeads(db: Database<unknown>): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ county: string; seq: number }>('select county, seq from chains')
  return new Map(rows.map((row) => [row.county, Number(row.seq)]))
}
