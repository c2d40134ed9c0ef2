import { randomBytes } from 'node:crypto'
import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Vault } from '../identity/vault.ts'
import { beside, type Query } from './beside.ts'
import { diskGuard } from './embedded/disk-guard.ts'
import { type Embedded, openEmbedded } from './embedded/embedded.ts'
import { checkpointWhenDue, type MaintenanceReport, scheduleMaintenance, vacuumWhereDue } from './embedded/maintenance.ts'
import type { Engine } from './engine.ts'
import { asTransactionBody, Connections } from './pool.ts'
import { RowTypes } from './row-types.ts'
import { openServerPools } from './server.ts'
import { streamRows } from './stream.ts'

/** Where the database is: a data folder (embedded), an embedded one that is open already, a PostgreSQL server, or the memory of this process (tests). */
export type DatabaseTarget = { readonly dir: string } | Embedded | { readonly url: string } | { readonly memory: true }

export interface DatabaseOptions {
  /** Connections for reading on a PostgreSQL server; 8 unless told. The embedded database always has one. */
  readonly connections?: number
  /** Connections for writing on a PostgreSQL server; 2 unless told. */
  readonly writers?: number
  /** PostgreSQL settings for every session, such as `{ work_mem: '16MB' }`. */
  readonly settings?: Readonly<Record<string, string>>
  /**
   * Milliseconds that one statement may take before it is ended; without limit unless told. A server cancels the statement alone. The embedded engine can only be
   * stopped and opened again (well under a second), which also ends a transaction that is under way.
   */
  readonly statementLimit?: number
  /** Embedded only: free disk space in bytes below which writing is refused; 64 MiB unless told. */
  readonly reserve?: number
  /** Embedded only: whether maintenance runs by itself from time to time; it does unless told. */
  readonly upkeep?: boolean
  /** Embedded only: told what went wrong in maintenance, which tries again by itself; ignored unless told. */
  readonly onProblem?: (error: unknown) => void
  /** The master key of identity at rest, 32 bytes; when left out one of its own, and what is sealed with it is lost with the process. */
  readonly identityKey?: Uint8Array
}

/** One transaction, or one snapshot: everything inside it goes through here. */
export interface Session<Tables> {
  readonly kysely: Transaction<Tables>
  readonly vault: Vault
  readonly rowTypes: RowTypes
  readonly query: Query
  /**
   * Runs `work` beside this session, only reading, on what was committed for it: on a server on a connection of its own where one is free, so
   * that both are busy at once. Else it is this session that reads. What the session itself changed is not to be asked for there.
   */
  beside<T>(work: (query: Query) => Promise<T>): Promise<T>
}

/** An open database. */
export interface Database<Tables> {
  readonly engine: Engine
  /** Seals and opens what is sensitive; the database itself never sees it. */
  readonly vault: Vault
  /** What whole rows are written as. */
  readonly rowTypes: RowTypes
  /** For reading and for everything that is not the write path. */
  readonly kysely: Kysely<Tables>
  /** For the write path: on a server its own connections, so that slow readers never keep a writer waiting. */
  readonly writer: Kysely<Tables>
  /** Runs SQL with `$1…` parameters; arrays go to `unnest($1::text[])`. Several statements are allowed without parameters. */
  query<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** The same for one of few questions that come again and again: it is planned once. */
  read<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** The same for the write path: one statement on the writer's connections, one of few that come again and again; it is planned once. */
  write<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>
  /** Runs `work` in one transaction on the writer; any error rolls all of it back. */
  transaction<T>(work: (session: Session<Tables>) => Promise<T>): Promise<T>
  /** Runs `work` on one unchanging, read-only view of the data. */
  snapshot<T>(work: (session: Session<Tables>) => Promise<T>): Promise<T>
  /** The rows of a query in batches (1000 unless told), for exports and rebuilds; a slow reader holds up neither engine. */
  stream<Row>(sql: string, parameters?: readonly unknown[], batch?: number): AsyncGenerator<Row[], void, undefined>
  /** Does now what the embedded database otherwise does by itself from time to time: CHECKPOINT, VACUUM, ANALYZE where due. A server does so alone. */
  maintain(): Promise<MaintenanceReport>
  close(): Promise<void>
}

/**
 * Opens the database at `target`, making it when there is none. The same Kysely dialect and driver serve both engines.
 * Throws a StoreProblem: `folder-in-use`, `folder-unusable`, `disk-full`, `database-unreachable`.
 */
export async function openDatabase<Tables>(target: DatabaseTarget, options: DatabaseOptions = {}): Promise<Database<Tables>> {
  if ('url' in target) return openServer(target.url, options)
  if ('pool' in target) return overEmbedded(target, options)
  const { settings, statementLimit } = options
  return overEmbedded(await openEmbedded({ folder: 'dir' in target ? target.dir : null, settings, statementLimit }), options)
}

const defaultReserve = 64 * 1024 * 1024

function overEmbedded<Tables>(embedded: Embedded, options: DatabaseOptions): Database<Tables> {
  const guard = embedded.folder === null ? () => undefined : diskGuard(embedded.folder, options.reserve ?? defaultReserve)
  const connections = new Connections(embedded.pool, guard)
  const endMaintenance = options.upkeep === false ? undefined : scheduleMaintenance(connections, options.onProblem ?? (() => undefined))
  const maintain = async (): Promise<MaintenanceReport> => {
    const tables = await vacuumWhereDue(connections)
    return { ...tables, checkpoint: await checkpointWhenDue(connections) }
  }
  const end = async (): Promise<void> => {
    await endMaintenance?.()
    await embedded.close()
  }
  return assemble({ engine: 'pglite', readers: connections, writers: connections, maintain, end, vault: vaultOf(options) })
}

async function openServer<Tables>(url: string, options: DatabaseOptions): Promise<Database<Tables>> {
  const pools = await openServerPools(url, options)
  const unguarded = (): void => undefined
  const readers = new Connections(pools.readers, unguarded)
  const writers = new Connections(pools.writers, unguarded)
  const maintain = async (): Promise<MaintenanceReport> => ({ checkpoint: false, vacuumed: [], analysed: [] })
  return assemble({ engine: 'postgres', readers, writers, maintain, end: () => pools.end(), vault: vaultOf(options) })
}

const vaultOf = (options: DatabaseOptions) => new Vault(options.identityKey ?? randomBytes(32))

interface Parts {
  readonly engine: Engine
  readonly vault: Vault
  readonly readers: Connections
  readonly writers: Connections
  readonly maintain: () => Promise<MaintenanceReport>
  readonly end: () => Promise<void>
}

function assemble<Tables>({ engine, readers, writers, maintain, end, vault }: Parts): Database<Tables> {
  const kyselyOn = (connections: Connections): Kysely<Tables> =>
    new Kysely({ dialect: new PostgresDialect({ pool: connections.forKysely() }) })
  const kysely = kyselyOn(readers)
  const writer = writers === readers ? kysely : kyselyOn(writers)
  const rowTypes = new RowTypes()
  const inSession = async <T>(transaction: Transaction<Tables>, work: (session: Session<Tables>) => Promise<T>): Promise<T> => {
    const query: Query = async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await transaction.executeQuery<Row>(CompiledQuery.raw(sql, [...parameters]))
      return rows
    }
    const session = { kysely: transaction, vault, rowTypes, query }
    return asTransactionBody(() => work({ ...session, beside: (reading) => beside(readers, query, reading) }))
  }
  let closing: Promise<void> | undefined
  return {
    engine,
    vault,
    rowTypes,
    kysely,
    writer,
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await readers.run(sql, parameters)
      return rows as Row[]
    },
    read: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await readers.runPrepared(sql, parameters)
      return rows as Row[]
    },
    write: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
      const { rows } = await writers.runPrepared(sql, parameters)
      return rows as Row[]
    },
    transaction: (work) => writer.transaction().execute((transaction) => inSession(transaction, work)),
    snapshot: (work) =>
      kysely
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute((transaction) => inSession(transaction, work)),
    stream: (sql, parameters = [], batch = 1000) => streamRows(engine, readers, sql, parameters, batch),
    maintain,
    close: () => {
      closing ??= end()
      return closing
    },
  }
}

/** A database of which everything is read by one session; what it would write or stream is refused there as any nested use is. */
export const readingBy = <Tables>(db: Database<Tables>, session: Session<Tables>): Database<Tables> => ({
  ...db,
  kysely: session.kysely,
  query: session.query,
  read: session.query,
  snapshot: (work) => work(session),
})
