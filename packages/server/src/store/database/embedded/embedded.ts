import { join } from 'node:path'
import type pg from 'pg'
import { forgivingPool } from '../pool.ts'
import { columnTypes } from '../values.ts'
import { DatabaseHost } from './database-thread.ts'
import { lockFolder } from './folder-lock.ts'
import { WireStream } from './wire-stream.ts'

/** The embedded database, running in its own thread. */
export interface Embedded {
  readonly pool: pg.Pool
  /** The data folder; null when everything is in memory. */
  readonly folder: string | null
  close(): Promise<void>
}

/** Where the embedded database lives and how it starts. */
export interface EmbeddedOptions {
  /** The data folder; null keeps everything in memory. */
  readonly folder: string | null
  /** PostgreSQL settings, such as `{ work_mem: '16MB' }`. */
  readonly settings?: Readonly<Record<string, string>> | undefined
  /** Milliseconds that one statement may take; without limit unless told. */
  readonly statementLimit?: number | undefined
}

/** PostgreSQL's folder inside the data folder. */
const clusterFolder = (dataFolder: string): string => join(dataFolder, 'database')

/**
 * Locks the data folder, starts PGlite on it in a worker thread and gives a pool of one connection to it. Throws `folder-in-use`, `folder-unusable` or
 * `disk-full`; after any error the lock is free again.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const lock = options.folder === null ? undefined : lockFolder(options.folder)
  const folder = options.folder === null ? null : clusterFolder(options.folder)
  const host = new DatabaseHost({ folder, settings: options.settings ?? {} }, options.statementLimit)
  try {
    await host.worker()
  } catch (error) {
    lock?.release()
    throw error
  }
  const pool = forgivingPool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    types: columnTypes,
    stream: () => new WireStream(host),
  })
  return {
    pool,
    folder: options.folder,
    close: async () => {
      await pool.end()
      await host.close()
      lock?.release()
    },
  }
}
