/** Anything that runs SQL: the database, a transaction, a snapshot. */
export interface Runner {
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

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
    parts.push(`w${i} as (${sql.replaceAll('$1', `(select ${next(JSON.stringify(rows))}::json from gate)`)})`)
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
