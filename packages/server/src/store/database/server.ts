import type pg from 'pg'
import { forgivingPool } from './pool.ts'
import { asStoreProblem, StoreProblem } from './problem.ts'
import { columnTypes } from './values.ts'

/** Connections to a PostgreSQL server: some for reading, and some that only the write path uses. */
export interface ServerPools {
  readonly readers: pg.Pool
  readonly writers: pg.Pool
  end(): Promise<void>
}

interface ServerOptions {
  readonly connections?: number
  readonly writers?: number
  readonly settings?: Readonly<Record<string, string>>
  readonly statementLimit?: number
}

const oldestVersion = 150_000
const patience = 30_000

/** Opens pools to the database at `url` and checks that it will do: PostgreSQL 15 or later, UTF-8. Throws `database-unreachable` or `database-unsuitable`. */
export async function openServerPools(url: string, options: ServerOptions): Promise<ServerPools> {
  // Compiling a question would take longer than any of ours should.
  const settings = Object.entries({
    timezone: 'UTC',
    jit: 'off',
    statement_timeout: String(options.statementLimit ?? 0),
    ...options.settings,
  })
  const pool = (max: number, application_name: string): pg.Pool => {
    return forgivingPool({
      connectionString: url,
      max,
      application_name,
      types: columnTypes,
      connectionTimeoutMillis: patience,
      keepAlive: true,
      options: settings.map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`).join(' '),
    })
  }
  const readers = pool(options.connections ?? 8, 'guatu')
  const writers = pool(options.writers ?? 2, 'guatu-writer')
  const end = async (): Promise<void> => {
    await Promise.all([readers.end(), writers.end()])
  }
  try {
    await check(readers)
  } catch (error) {
    await end()
    throw asStoreProblem(error)
  }
  return { readers, writers, end }
}

async function check(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ version: string; encoding: string }>(
    `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
  )
  const [server] = rows
  if (server !== undefined && Number(server.version) >= oldestVersion && server.encoding === 'UTF8') return
  const found = `${server?.version ?? ''} ${server?.encoding ?? ''}`
  throw new StoreProblem('database-unsuitable', {
    zh: `数据库服务器不合要求（${found}）：需要 PostgreSQL 15 或更高版本，编码 UTF8。请升级服务器，或用 UTF8 编码新建数据库。`,
    en: `The database server does not fit (${found}): PostgreSQL 15 or later with encoding UTF8 is needed. Upgrade it, or create a database with that encoding.`,
  })
}
