import type { Connections } from '../pool.ts'

/** What one round of maintenance did. */
export interface MaintenanceReport {
  /** Whether the write-ahead log was folded into the data files. */
  readonly checkpoint: boolean
  /** Tables vacuumed and analysed, as schema.table. */
  readonly vacuumed: readonly string[]
  /** Tables only analysed. */
  readonly analysed: readonly string[]
}

/** When maintenance acts; the shares are PostgreSQL's own autovacuum defaults. */
const limits = {
  /** Bytes of write-ahead log since the last checkpoint: bounds disk use and the time to recover after a crash. */
  log: 64 * 1024 * 1024,
  vacuum: { rows: 50, share: 0.2 },
  vacuumInserted: { rows: 1000, share: 0.2 },
  analyse: { rows: 50, share: 0.1 },
}

const crowded = `
  select format('%I.%I', schemaname, relname) as name,
    n_dead_tup > $1 + $2::float8 * n_live_tup or n_ins_since_vacuum > $3 + $4::float8 * n_live_tup as vacuum
  from pg_stat_user_tables
  where n_dead_tup > $1 + $2::float8 * n_live_tup or n_ins_since_vacuum > $3 + $4::float8 * n_live_tup or n_mod_since_analyze > $5 + $6::float8 * n_live_tup
  order by 1`

/** Folds the write-ahead log into the data files when it has grown; the embedded database has no checkpointer of its own. */
export async function checkpointWhenDue(connections: Connections): Promise<boolean> {
  const { rows } = await connections.run(
    `select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > $1 as due from pg_control_checkpoint()`,
    [limits.log],
  )
  if (rows[0]?.due !== true) return false
  await connections.run('checkpoint')
  return true
}

/** Vacuums and analyses the tables that changed much; the embedded database has no autovacuum. Each table is one statement, others run between them. */
export async function vacuumWhereDue(connections: Connections): Promise<Omit<MaintenanceReport, 'checkpoint'>> {
  const { vacuum, vacuumInserted, analyse } = limits
  await connections.run('select pg_stat_force_next_flush()')
  const { rows } = await connections.run(crowded, [
    vacuum.rows,
    vacuum.share,
    vacuumInserted.rows,
    vacuumInserted.share,
    analyse.rows,
    analyse.share,
  ])
  const vacuumed: string[] = []
  const analysed: string[] = []
  for (const { name, vacuum: whole } of rows as { name: string; vacuum: boolean }[]) {
    await connections.run(whole ? `vacuum (analyze) ${name}` : `analyze ${name}`)
    if (whole) vacuumed.push(name)
    else analysed.push(name)
  }
  return { vacuumed, analysed }
}

const second = 1000

/** Keeps an embedded database in shape while the program runs: looks at the log every 5 s, at the tables every minute. Gives the function that ends it. */
export function scheduleMaintenance(connections: Connections, onProblem: (error: unknown) => void): () => Promise<void> {
  let current: Promise<unknown> = Promise.resolve()
  let busy = false
  const run = (work: () => Promise<unknown>): void => {
    if (busy) return
    busy = true
    current = work()
      .catch(onProblem)
      .finally(() => {
        busy = false
      })
  }
  const timers = [
    setInterval(() => run(() => checkpointWhenDue(connections)), 5 * second),
    setInterval(() => run(() => vacuumWhereDue(connections)), 60 * second),
  ]
  for (const timer of timers) timer.unref()
  return async () => {
    for (const timer of timers) clearInterval(timer)
    await current
  }
}
