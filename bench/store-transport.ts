// node bench/store-transport.ts — what the way to the database costs: batches of 500 rows by unnest, and single-row reads, with CPU seconds beside wall time.
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { type Database, openDatabase } from '../packages/server/src/store/database/index.ts'
import { startPostgres } from '../testing/src/databases/index.ts'

interface Tables {
  event: { id: string; county: string; n: number; at: Date; body: unknown }
}

const batches = 100
const batchSize = 500
const reads = 3000

const makeTable =
  'create table event (id text primary key, county text not null, n int not null, at timestamptz not null, body jsonb not null)'
const insert =
  'insert into event select * from unnest($1::text[], $2::text[], $3::int[], $4::timestamptz[], $5::jsonb[]) on conflict do nothing'

function columns(batch: number): unknown[] {
  const numbers = Array.from({ length: batchSize }, (_, index) => index)
  return [
    numbers.map((n) => idOf(batch, n)),
    numbers.map(() => '511902'),
    numbers,
    numbers.map(() => '2020-02-14T08:00:00Z'),
    numbers.map((n) => JSON.stringify({ temperature: 36.5, n, place: '曾口镇' })),
  ]
}

const idOf = (batch: number, n: number): string => `0190-${batch}-${n}-8f4c-2b1d`

interface Way {
  readonly name: string
  readonly query: (text: string, parameters?: unknown[]) => Promise<unknown>
  readonly transaction: (text: string, parameters: unknown[]) => Promise<unknown>
  readonly kysely: Kysely<Tables>
  readonly close: () => Promise<void>
}

const ours = (name: string, database: Database<Tables>, close: () => Promise<void>): Way => ({
  name,
  query: (text, parameters) => database.query(text, parameters),
  transaction: (text, parameters) => database.transaction((session) => session.query(text, parameters)),
  kysely: database.kysely,
  close,
})

/** PGlite's own adapter in the main thread, without fsync: what we would have otherwise. */
async function adapter(folder: string): Promise<Way> {
  const pglite = await PGlite.create(folder)
  const pool = new pg.Pool(createPgConfig(pglite))
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  return {
    name: "PGlite's adapter, main thread, no fsync",
    query: (text, parameters) => pool.query(text, parameters),
    transaction: (text, parameters) =>
      kysely
        .transaction()
        .execute((session) => session.executeQuery({ sql: text, parameters, query: sql``.toOperationNode(), queryId: { queryId: '' } })),
    kysely,
    close: async () => {
      await kysely.destroy()
      await pglite.close()
    },
  }
}

async function measured(work: () => Promise<void>): Promise<{ wall: number; cpu: number; blocked: number }> {
  let blocked = 0
  let last = performance.now()
  const pulse = setInterval(() => {
    const now = performance.now()
    blocked = Math.max(blocked, now - last - 5)
    last = now
  }, 5)
  const before = process.cpuUsage()
  const begun = performance.now()
  await work()
  const wall = (performance.now() - begun) / 1000
  const { user, system } = process.cpuUsage(before)
  clearInterval(pulse)
  // A thread that was never free did not even run the pulse.
  blocked = Math.max(blocked, performance.now() - last - 5)
  return { wall, cpu: (user + system) / 1e6, blocked }
}

async function measure(way: Way): Promise<Record<string, string | number>> {
  await way.query(makeTable)
  const written = await measured(async () => {
    for (let batch = 0; batch < batches; batch += 1) await way.transaction(insert, columns(batch))
  })
  const raw = await measured(async () => {
    for (let n = 0; n < reads; n += 1) await way.query('select n, body from event where id = $1', [idOf(n % batches, n % batchSize)])
  })
  const built = await measured(async () => {
    for (let n = 0; n < reads; n += 1) {
      await way.kysely
        .selectFrom('event')
        .select(['n', 'body'])
        .where('id', '=', idOf(n % batches, n % batchSize))
        .execute()
    }
  })
  const whole = await measured(async () => {
    await way.query('select * from event')
  })
  await way.close()
  const rows = batches * batchSize
  return {
    way: way.name,
    'rows/s written': Math.round(rows / written.wall),
    'CPU µs/row': Number(((written.cpu / rows) * 1e6).toFixed(1)),
    'longest stall ms': Math.round(written.blocked),
    'raw read µs': Math.round((raw.wall / reads) * 1e6),
    'Kysely read µs': Math.round((built.wall / reads) * 1e6),
    [`${rows} rows read ms`]: Math.round(whole.wall * 1000),
  }
}

const folder = mkdtempSync(join(tmpdir(), 'guatu-bench-'))
const server = await startPostgres({ durable: true })
try {
  const embedded = await openDatabase<Tables>({ dir: join(folder, 'data') })
  const remote = await openDatabase<Tables>({ url: server.url('postgres') })
  const table = [
    await measure(ours('PGlite, own thread, fsync', embedded, () => embedded.close())),
    await measure(await adapter(join(folder, 'plain'))),
    await measure(ours(`PostgreSQL ${server.version}, fsync`, remote, () => remote.close())),
  ]
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${batches} transactions of ${batchSize} rows, ${reads} reads`,
  )
  console.table(table)
} finally {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
}
