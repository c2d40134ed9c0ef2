import {
  type AnyRecord,
  type Expression,
  type Field,
  isId,
  no,
  ok,
  problem,
  type RecordState,
  type Result,
  type Scope,
} from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { fromStateRow, type StateRow, sqlOf } from '../log/state-rows.ts'
import { snake, tableOf } from '../schema/model.ts'
import { every, expressionCondition, inPath, scopeCondition } from './conditions.ts'
import { planned } from './planned.ts'

export interface ListRequest {
  readonly where?: Expression
  /** A further condition on the row, of the server's own making. */
  readonly also?: RawBuilder<boolean>
  /** Only records in or below this area, by its path. */
  readonly path?: string
  /** Words to be found in the record's searched fields. */
  readonly text?: string
  /** Field to sort by, `-` in front for falling; the list's own order when left out. */
  readonly sort?: string
  readonly limit?: number
  readonly cursor?: string
}

export interface Listed extends RecordState {
  readonly path: string
}

export interface Page {
  readonly rows: readonly Listed[]
  /** Opaque place to go on from; absent on the last page. */
  readonly next?: string
}

const MOST = 500

/**
 * One page of a record's list for somebody with this scope: keyset paging, no counting. The page is found first, by ids, which an index
 * can answer without the rows; only those that stand on it are read.
 */
export async function listRecords(db: Database<unknown>, def: AnyRecord, scope: Scope, request: ListRequest = {}): Promise<Result<Page>> {
  const limit = Math.min(Math.max(request.limit ?? 50, 1), MOST)
  const sort = request.sort ?? def.list.sort
  const falling = sort.startsWith('-')
  const name = sort.replace(/^-/, '')
  const field = Object.hasOwn(def.fields, name) ? def.fields[name] : undefined
  if (field ? field.column === 'jsonb' : name !== 'state')
    return no(
      problem('invalid', { field: 'sort', why: { zh: `没有“${name}”这一列。`, en: `there is no column “${name}”.` } }, { path: 'sort' }),
    )
  const column = sql.ref(snake(name))
  const cursor = readCursor(request.cursor, sort, field)
  if (request.cursor !== undefined && !cursor)
    return no(
      problem(
        'invalid',
        { field: 'cursor', why: { zh: '请从第一页重新开始。', en: 'start again from the first page.' } },
        { path: 'cursor' },
      ),
    )

  const statement = sqlOf(def)
  const conditions = [scopeCondition(def, scope)]
  if (request.path) conditions.push(inPath(request.path))
  if (request.where) conditions.push(expressionCondition(def, request.where))
  if (request.also) conditions.push(request.also)
  if (request.text) conditions.push(textCondition(def, request.text))
  if (cursor) conditions.push(after(column, field?.column ?? 'text', cursor, falling))
  const order = orderBy(sort)
  const table = sql.table(tableOf(def.name))
  const query = sql<StateRow>`select ${sql.raw(statement.columns)} from ${table}
    where id = any(array(select id from ${table} where ${every(conditions)} order by ${order} limit ${limit + 1})) order by ${order}`
  const { rows } = await query.execute(db.kysely)
  const listed = rows.slice(0, limit).map((row) => ({ ...fromStateRow(db, statement, row), path: row.path }))
  const last = rows.length > limit ? rows[limit - 1] : undefined
  return ok({ rows: listed, ...(last ? { next: writeCursor(sort, last[snake(name)], last.id) } : {}) })
}

/** Empty values stand last in both directions, so the keyset has to know about them. */
function orderBy(sort: string): RawBuilder<unknown> {
  const column = sql.ref(snake(sort.replace(/^-/, '')))
  return sort.startsWith('-') ? sql`${column} desc nulls last, id desc` : sql`${column} asc nulls last, id asc`
}

function after(column: RawBuilder<unknown>, type: string, cursor: { value: unknown; id: string }, falling: boolean): RawBuilder<boolean> {
  const cast = sql.raw(type)
  if (cursor.value === null)
    return falling ? sql`(${column} is null and id < ${cursor.id}::uuid)` : sql`(${column} is null and id > ${cursor.id}::uuid)`
  const value = sql`${cursor.value}::${cast}`
  return falling
    ? sql`(${column} < ${value} or ${column} is null or (${column} = ${value} and id < ${cursor.id}::uuid))`
    : sql`(${column} > ${value} or ${column} is null or (${column} = ${value} and id > ${cursor.id}::uuid))`
}

/** Plain "contains" over the text columns; the percent signs of a person are words, not wildcards. */
function textCondition(def: AnyRecord, text: string): RawBuilder<boolean> {
  const pattern = `%${text.trim().replace(/[\\%_]/g, (c) => `\\${c}`)}%`
  const columns = Object.entries(def.fields).filter(([, field]) => !field.sensitive && (field.kind === 'text' || field.kind === 'code'))
  if (columns.length === 0) return sql`false`
  return sql`(${sql.join(
    columns.map(([name]) => sql`${sql.ref(snake(name))} ilike ${pattern}`),
    sql` or `,
  )})`
}

const writeCursor = (sort: string, value: unknown, id: string) =>
  Buffer.from(JSON.stringify([sort, value instanceof Date ? value.toISOString() : (value ?? null), id])).toString('base64url')

function readCursor(cursor: string | undefined, sort: string, field: Field | undefined): { value: unknown; id: string } | undefined {
  if (cursor === undefined) return undefined
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(read) || read[0] !== sort || !isId(read[2])) return undefined
    const value: unknown = read[1]
    if (value === null) return { value, id: read[2] }
    if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined
    // What stands in it came from the column, so it must be a value that the column could hold.
    if (!field) return typeof value === 'string' && !value.includes('\0') ? { value, id: read[2] } : undefined
    return field.schema.safeParse(field.fromColumn(value)).success ? { value, id: read[2] } : undefined
  } catch {
    return undefined
  }
}

/** One record within the scope; outside of it there is nothing to be found. */
export async function getRecord(db: Database<unknown>, def: AnyRecord, scope: Scope, id: string): Promise<Listed | undefined> {
  const statement = sqlOf(def)
  const { rows } = await sql<StateRow>`select ${sql.raw(statement.columns)} from ${sql.table(tableOf(def.name))}
    where id = ${id}::uuid and ${scopeCondition(def, scope)}`.execute(db.kysely)
  const [row] = rows
  return row ? { ...fromStateRow(db, statement, row), path: row.path } : undefined
}

/** Records of a scope by their ids, in no order; of others there is nothing. */
export async function recordsOf(db: Database<unknown>, def: AnyRecord, scope: Scope, ids: readonly string[]): Promise<readonly Listed[]> {
  if (ids.length === 0) return []
  const statement = sqlOf(def)
  const { rows } = await sql<StateRow>`select ${sql.raw(statement.columns)} from ${sql.table(tableOf(def.name))}
    where id = any(${[...ids]}::uuid[]) and ${scopeCondition(def, scope)}`.execute(db.kysely)
  return rows.map((row) => ({ ...fromStateRow(db, statement, row), path: row.path }))
}

/**
 * Records by what stands in a field that points somewhere, wherever they stand, in the order of their list. It is asked by few fields, again and
 * again, and planned once for each.
 */
export async function recordsBy(db: Database<unknown>, def: AnyRecord, field: string, ids: readonly string[]): Promise<readonly Listed[]> {
  if (ids.length === 0) return []
  const statement = sqlOf(def)
  const rows = await planned(
    db,
    sql<StateRow>`select ${sql.raw(statement.columns)} from ${sql.table(tableOf(def.name))}
      where ${sql.ref(snake(field))} = any(${[...ids]}::uuid[]) order by ${orderBy(def.list.sort)}`,
  )
  return rows.map((row) => ({ ...fromStateRow(db, statement, row), path: row.path }))
}

/** Which of these records a scope sees. */
export async function seenOf(db: Database<unknown>, def: AnyRecord, scope: Scope, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`select id from ${sql.table(tableOf(def.name))}
    where id = any(${[...ids]}::uuid[]) and ${scopeCondition(def, scope)}`.execute(db.kysely)
  return new Set(rows.map((row) => row.id))
}

/** How many records a scope sees; asked for on purpose, never for a first paint. */
export async function countRecords(
  db: Database<unknown>,
  def: AnyRecord,
  scope: Scope,
  request: Pick<ListRequest, 'where' | 'path' | 'text'> = {},
): Promise<number> {
  const conditions = [scopeCondition(def, scope)]
  if (request.path) conditions.push(inPath(request.path))
  if (request.where) conditions.push(expressionCondition(def, request.where))
  if (request.text) conditions.push(textCondition(def, request.text))
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(tableOf(def.name))} where ${every(conditions)}`.execute(
    db.kysely,
  )
  return Number(rows[0]?.n ?? 0)
}

const MONTH = /\.month$/

/** One group of a summary: the values that make the group, and how many records are in it. */
export interface Group {
  readonly values: Readonly<Record<string, string | number | boolean | null>>
  readonly count: number
}

/**
 * Counts records by one to three of their plain fields (choices, units, flags, dates, the state), within the scope. A date field
 * followed by `.month` groups by calendar month, `YYYY-MM`.
 */
export async function groupRecords(
  db: Pick<Database<unknown>, 'kysely'>,
  def: AnyRecord,
  scope: Scope,
  by: readonly string[],
  request: Pick<ListRequest, 'where' | 'path' | 'text'> = {},
): Promise<Result<readonly Group[]>> {
  const plain = (name: string) =>
    name === 'state' ||
    name === 'area' ||
    (MONTH.test(name)
      ? def.fields[name.replace(MONTH, '')]?.column === 'date'
      : Object.hasOwn(def.fields, name) &&
        def.fields[name] !== undefined &&
        def.fields[name].column !== 'jsonb' &&
        !def.fields[name].sensitive)
  const wrong = by.find((name) => !plain(name))
  if (wrong !== undefined || by.length === 0 || by.length > 3) {
    return no(
      problem(
        'invalid',
        { field: 'by', why: { zh: '请给出一到三个可分组的字段。', en: 'name one to three fields that can be grouped by.' } },
        { path: 'by' },
      ),
    )
  }
  const conditions = [scopeCondition(def, scope)]
  if (request.path) conditions.push(inPath(request.path))
  if (request.where) conditions.push(expressionCondition(def, request.where))
  if (request.text) conditions.push(textCondition(def, request.text))
  const grouped = by.map((name) =>
    MONTH.test(name) ? sql`to_char(${sql.ref(snake(name.replace(MONTH, '')))}, 'YYYY-MM')` : sql.ref(snake(name)),
  )
  const columns = sql.join(grouped.map((expression, i) => sql`${expression} as ${sql.ref(`by_${i}`)}`))
  const places = sql.raw(by.map((_, i) => String(i + 1)).join())
  const { rows } = await sql<Record<string, unknown>>`select ${columns}, count(*) as group_count from ${sql.table(tableOf(def.name))}
    where ${every(conditions)} group by ${places} order by group_count desc limit 5000`.execute(db.kysely)
  return ok(
    rows.map((row) => ({
      values: Object.fromEntries(by.map((name, i) => [name, (row[`by_${i}`] ?? null) as Group['values'][string]])),
      count: Number(row.group_count),
    })),
  )
}
