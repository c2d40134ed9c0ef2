import { binaryRows, type Columns, type Row } from '../database/binary-rows.ts'
import type { RowType, RowTypes } from '../database/row-types.ts'

/** Anything that runs SQL: the database, a transaction, a snapshot. */
export interface Runner {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** Something that runs SQL and writes whole rows. */
export interface RowWriter extends Runner {
  readonly rowTypes: RowTypes
}

/** One statement that writes rows of one table; `$rows` in it stands for them, a source of rows as `from` takes it. */
export interface Piece {
  readonly table: string
  readonly sql: string
  /** How many rows; nothing is written where there are none. */
  readonly count: number
  /** The rows as the parameter that `unnest($1::"table"[])` takes. */
  encoded(type: RowType): Buffer
}

/** A statement that writes rows; with `columns` a row may be anything, else it is a plain object by the names of columns. */
export const pieceOf = <T extends Row>(table: string, sql: string, rows: readonly T[], columns?: Columns<T>): Piece => ({
  table,
  sql,
  count: rows.length,
  encoded: (type) => binaryRows(type, rows, columns),
})

/** Ids that must not be there yet, by table. */
export type Unknown = readonly { readonly table: string; readonly ids: readonly string[] }[]

/** What came of asking for a turn: the turn taken, or none, and the last turn as it was seen. */
export interface Passage {
  readonly taken: number | null
  readonly seen: number | null
}

/** Runs several writing statements as one: one way to the database and back, however many tables a batch touches. */
export async function writePieces(run: RowWriter, pieces: readonly Piece[]): Promise<void> {
  const all = pieces.filter((piece) => piece.count > 0)
  if (all.length === 0) return
  const parts = all.map(({ sql, table }, i) => `w${i} as (${sql.replaceAll('$rows', `unnest($${i + 1}::"${table}"[])`)})`)
  await run.query(`with ${parts.join(', ')} select 1`, await Promise.all(all.map((piece) => rowsOf(run, piece))))
}

/** Rows as the parameter that `unnest($1::"table"[])` takes. */
export async function rowsOf(run: RowWriter, piece: Pick<Piece, 'table' | 'encoded'>): Promise<Buffer> {
  return piece.encoded(await run.rowTypes.of(run, piece.table))
}

/** Several writing statements as one, ready to go; only the turn is missing. */
export interface Ready {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** How many rows go to which table. */
  readonly rows: readonly (readonly [table: string, count: number])[]
}

/** Ids as the text of an array: they hold nothing that would have to be escaped, and the driver escapes each of them letter by letter. */
export const idsAsArray = (ids: readonly string[]): string => `{${ids.join(',')}}`

/** Makes several writing statements one that writes all of them or none: nothing where one of the unknown ids is there already. */
export async function readyToWrite(run: RowWriter, unknown: Unknown, pieces: readonly Piece[]): Promise<Ready> {
  const parameters: unknown[] = []
  const next = (value: unknown) => `$${parameters.push(value) + 1}`
  // One look into the index for each id: asked as `id = any(…)` the planner may read the whole table for a first match that never comes.
  const absent = unknown
    .filter(({ ids }) => ids.length > 0)
    .map(
      ({ table, ids }) =>
        ` and not exists (select 1 from unnest(${next(idsAsArray(ids))}::uuid[]) as n(id), lateral (select 1 from ${table} t where t.id = n.id limit 1) as found)`,
    )
  const parts = [`gate as (update turns set taken = taken + 1 where one and taken = $1${absent.join('')} returning taken)`]
  const full = pieces.filter(({ count }) => count > 0)
  for (const [i, piece] of full.entries()) {
    const { sql, table } = piece
    const parameter = next(await rowsOf(run, piece))
    // Without a turn there is no row to join the others to.
    parts.push(`w${i} as (${sql.replaceAll('$rows', `(select n.* from gate, unnest(${parameter}::"${table}"[]) as n)`)})`)
  }
  return {
    sql: `with ${parts.join(', ')} select (select taken from gate) as taken, (select taken from turns where one) as seen`,
    parameters,
    rows: full.map(({ table, count }) => [table, count]),
  }
}

/**
 * Writes when the turn that is the last one taken is the given one. Whoever asks for the same turn at the same time waits for the row of turns and
 * then finds another number in it, so that of two processes only one writes on what it knows.
 */
export async function writeThrough(run: Runner, { sql, parameters }: Pick<Ready, 'sql' | 'parameters'>, turn: number): Promise<Passage> {
  const [row] = await run.query<Passage>(sql, [turn, ...parameters])
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

/** Takes a turn: nobody else writes from here to the end of the transaction, in whatever process, and who decided before decides again. */
export async function takeTurn(run: Runner): Promise<number> {
  const turn = (await lastTurn(run, true)) + 1
  await run.query('update turns set taken = $1 where one', [turn])
  return turn
}

/** Whoever records next learns the moment with the turn, and records after it. For the process that has the turn. */
export const fixMoment = (run: Runner, moment: Temporal.Instant): Promise<unknown> =>
  run.query('update turns set fixed = $1 where one', [moment.toString()])

/** The moment that was fixed last, by whatever process. */
export async function lastFixed(run: Runner): Promise<Date | null> {
  const [row] = await run.query<{ fixed: Date | null }>('select fixed from turns where one')
  return row?.fixed ?? null
}
