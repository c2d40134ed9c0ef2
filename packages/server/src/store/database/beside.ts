import { type Connections, rolledBack } from './pool.ts'

/** Runs SQL with `$1…` parameters on one connection. */
export type Query = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>

/**
 * Runs `work` on a second connection that sees what the one of `query` sees now, and only reads. Where none is free it runs on that one itself:
 * whoever holds a connection and waits for another may wait for ever.
 */
export async function beside<T>(connections: Connections, query: Query, work: (query: Query) => Promise<T>): Promise<T> {
  const connection = await connections.takeSpare()
  if (!connection) return work(query)
  let whole = false
  try {
    const [row] = await query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
    await connection.run('start transaction isolation level repeatable read read only')
    await connection.run(`set transaction snapshot '${row?.snapshot}'`)
    const done = await work(async <Row>(sql: string, parameters?: readonly unknown[]) => {
      const { rows } = await connection.run(sql, parameters)
      return rows as Row[]
    })
    await connection.run('commit')
    whole = true
    return done
  } finally {
    const clean = whole || (await rolledBack(connection))
    connection.release(!clean)
  }
}
