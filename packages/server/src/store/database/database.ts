import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import { openEmbedded } from './embedded/embedded.ts'
import { asTransactionBody, type Connections, Connections as PooledConnections } from './pool.ts'
import { columnTypes } from './values.ts'

/** The engine behind a database. Both speak the same SQL; code may not branch on this except for what only one of them needs. */
export type Engine = 'pglite' | 'postgres'

/** Where the database is: a data folder (embedded), a PostgreSQL server, or the memory of this process (tests). */
export type DatabaseTarget = { readonly dir: string } | { readonly url: string } | { readonly memory: true }

export interface DatabaseOptions {
  /** Connections for reading on a PostgreSQL server; 8 unless told. The embedded database always has one. */
  readonly connections?: number
  /** Connections for writing on a PostgreSQL server; 2 unless told. */
  readonly writers?: number
  /** Embedded only: a PostgreSQL folder to begin a new database from. */
  readonly template?: string
  /** PostgreSQL settings for every session, such as `{ work_mem: '16MB' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** One transaction, or one snapshot: everything inside it goes through here. */
export interface Session<Tables> {
  readonly kysely: Transaction<Tables>
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
}

/** An open database. */
export interface Database<Tables> {
  readonly engine: Engine
  /** For reading and for everything that is not the write path. */
  readonly kysely: Kysely<Tables>
  /** For the write path: on a server its own connections, so that slow readers never keep a writer waiting. */
  readonly writer: Kysely<Tables>
  /** Runs SQL with `$1…` parameters; arrays go to `unnest($1::text[])`. Several statements are allowed without parameters. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** Runs `work` in one transaction on the writer; any error rolls all of it back. */
  transaction<T>(work: (session: Session<Tables>) => Promise<T>): Promise<T>
  /** Runs `work` on one unchanging, read-only view of the data. */
  snapshot<T>(work: (session: Session<Tables>) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Opens the database at `target`, making it when there is none. The same Kysely dialect and driver serve both engines.
 * Throws a StoreProblem: `folder-in-use`, `folder-unusable`, `disk-full`, `database-unreachable`.
 */
export async function openDatabase<Tables>(target: DatabaseTarget, options: DatabaseOptions = {}): Promise<Database<Tables>> {
  return 'url' in target ? openServer(target.url, options) : openFolder('dir' in target ? target.dir : null, options)
}

async function openFolder<Tables>(folder: string | null, options: DatabaseOptions): Promise<Database<Tables>> {
  const { template, settings } = options
  const embedded = await openEmbedded({
    folder,
    ...(template === undefined ? {} : { template }),
    ...(settings === undefined ? {} : { settings }),
  })
  const connections = new PooledConnections(embedded.pool, () => undefined)
  return assemble('pglite', connections, connections, () => embedded.close())
}

async function openServer<Tables>(url: string, options: DatabaseOptions): Promise<Database<Tables>> {
  const settings = { timezone: 'UTC', ...options.settings }
  const pool = (max: number, application_name: string): pg.Pool => {
    const made = new pg.Pool({
      connectionString: url,
      max,
      application_name,
      types: columnTypes,
      connectionTimeoutMillis: 30_000,
      options: Object.entries(settings)
        .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, String.raw`\$&`)}`)
        .join(' '),
    })
    // A connection that breaks while idle is replaced by the next statement; without a listener it would end the process.
    made.on('error', () => undefined)
    return made
  }
  const readers = new PooledConnections(pool(options.connections ?? 8, 'guatu'), () => undefined)
  const writers = new PooledConnections(pool(options.writers ?? 2, 'guatu-writer'), () => undefined)
  const end = async (): Promise<void> => {
    await Promise.all([readers.end(), writers.end()])
  }
  try {
    await readers.run('select 1')
  } catch (error) {
    await end()
    throw error
  }
  return assemble('postgres', readers, writers, end)
}

function assemble<Tables>(engine: Engine, readers: Connections, writers: Connections, end: () => Promise<void>): Database<Tables> {
  const kyselyOn = (connections: Connections): Kysely<Tables> =>
    new Kysely({ dialect: new PostgresDialect({ pool: connections.forKysely() }) })
  const kysely = kyselyOn(readers)
  const writer = writers === readers ? kysely : kyselyOn(writers)
  const inSession = async <T>(transaction: Transaction<Tables>, work: (session: Session<Tables>) => Promise<T>): Promise<T> =>
    asTransactionBody(() =>
      work({
        kysely: transaction,
        query: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
          const { rows } = await transaction.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))
          return rows
        },
      }),
    )
  let closing: Promise<void> | undefined
  return {
    engine,
    kysely,
    writer,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await readers.run(sql, parameters)
      return rows as Row[]
    },
    transaction: (work) => writer.transaction().execute((transaction) => inSession(transaction, work)),
    snapshot: (work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((transaction) => inSession(transaction, work)),
    close: () => {
      closing ??= end()
      return closing
    },
  }
}
