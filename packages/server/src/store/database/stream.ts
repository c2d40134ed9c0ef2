import type { Engine } from './engine.ts'
import { type Connection, type Connections, rolledBack } from './pool.ts'

let cursors = 0

/**
 * The rows of a query in batches, for exports and rebuilds: memory holds one batch, and the rows are those of one moment.
 * On a server a connection is kept for the time of reading. The embedded database has only one, so there the result is first set aside by the engine (a
 * cursor WITH HOLD) and then fetched between other people's statements: a slow reader holds nobody up.
 */
export async function* streamRows<Row>(
  engine: Engine,
  connections: Connections,
  sql: string,
  parameters: readonly unknown[],
  batch: number,
): AsyncGenerator<Row[], void, undefined> {
  cursors += 1
  const cursor = `stream_${cursors}`
  if (engine === 'postgres') yield* fromTransaction<Row>(connections, cursor, sql, parameters, batch)
  else yield* fromHeldCursor<Row>(connections, cursor, sql, parameters, batch)
}

async function* fromTransaction<Row>(
  connections: Connections,
  cursor: string,
  sql: string,
  parameters: readonly unknown[],
  batch: number,
): AsyncGenerator<Row[], void, undefined> {
  const connection = await connections.take()
  let whole = false
  try {
    await connection.run('start transaction read only')
    await connection.run(`declare ${cursor} no scroll cursor for ${sql}`, parameters)
    yield* batches<Row>((text) => connection.run(text), cursor, batch)
    await connection.run('commit')
    whole = true
  } finally {
    // A reader that stopped in the middle leaves a transaction open: it is rolled back, and a broken connection is thrown away.
    const clean = whole || (await rolledBack(connection))
    connection.release(!clean)
  }
}

async function* fromHeldCursor<Row>(
  connections: Connections,
  cursor: string,
  sql: string,
  parameters: readonly unknown[],
  batch: number,
): AsyncGenerator<Row[], void, undefined> {
  await connections.run(`declare ${cursor} no scroll cursor with hold for ${sql}`, parameters)
  try {
    yield* batches<Row>((text) => connections.run(text), cursor, batch)
  } finally {
    await connections.run(`close ${cursor}`)
  }
}

async function* batches<Row>(
  run: (text: string) => ReturnType<Connection['run']>,
  cursor: string,
  batch: number,
): AsyncGenerator<Row[], void, undefined> {
  for (;;) {
    const { rows } = await run(`fetch ${batch} from ${cursor}`)
    if (rows.length === 0) return
    yield rows as Row[]
    if (rows.length < batch) return
  }
}
