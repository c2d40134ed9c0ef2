import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { diskFull, StoreProblem } from '../problem.ts'
import { columnTypes } from '../values.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { type FromDatabase, type ToDatabase, WireStream } from './wire-stream.ts'
import type { DatabaseThread } from './worker.ts'

/** The embedded database, running in its own thread. */
export interface Embedded {
  readonly pool: pg.Pool
  /** PostgreSQL's own folder, or null in memory. */
  readonly folder: string | null
  close(): Promise<void>
}

/** Where the embedded database lives and how it starts. */
export interface EmbeddedOptions {
  /** The data folder; null keeps everything in memory. */
  readonly folder: string | null
  /** A PostgreSQL folder to start a new database from, instead of making one. */
  readonly template?: string
  /** PostgreSQL settings, such as `{ work_mem: '16MB' }`. */
  readonly settings?: Readonly<Record<string, string>>
}

/** PostgreSQL's folder inside the data folder. */
export const clusterFolder = (dataFolder: string): string => join(dataFolder, 'database')

/**
 * Locks the data folder, starts PGlite on it in a worker thread and gives a pool of one connection to it. Throws `folder-in-use`, `folder-unusable` or
 * `disk-full`; after any error the lock is free again.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const lock = options.folder === null ? undefined : lockFolder(options.folder)
  try {
    return await start(options, lock)
  } catch (error) {
    lock?.release()
    throw error
  }
}

async function start(options: EmbeddedOptions, lock: FolderLock | undefined): Promise<Embedded> {
  const folder = options.folder === null ? null : clusterFolder(options.folder)
  const workerData: DatabaseThread = { folder, template: options.template ?? null, settings: options.settings ?? {} }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData, name: 'database' })
  await ready(worker, options.folder)
  const pool = new pg.Pool({
    max: 1,
    idleTimeoutMillis: 0,
    user: 'postgres',
    database: 'postgres',
    types: columnTypes,
    stream: () => new WireStream(worker),
  })
  // An idle connection that breaks is reported by the next statement; without a listener it would end the process.
  pool.on('error', () => undefined)
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await pool.end()
    const ended = once(worker, 'exit')
    worker.postMessage({ kind: 'close' } satisfies ToDatabase)
    await ended
    lock?.release()
  }
  return {
    pool,
    folder,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

function ready(worker: Worker, folder: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string, code?: string): void => {
      void worker.terminate()
      reject(code === 'ENOSPC' ? diskFull() : didNotStart(folder, reason))
    }
    worker.once('message', (message: FromDatabase) => {
      if (message.kind === 'ready') resolve()
      else fail(message.kind === 'failed' ? message.message : message.kind, message.kind === 'failed' ? message.code : undefined)
    })
    worker.once('error', (error: unknown) => fail(String(error)))
  })
}

function didNotStart(folder: string | null, reason: string): StoreProblem {
  const place = folder ?? 'memory'
  return new StoreProblem('folder-unusable', {
    zh: `内嵌数据库无法在 ${place} 启动（${reason}）。请检查目录权限和磁盘空间；如目录已损坏，请从备份恢复。`,
    en: `The embedded database did not start in ${place} (${reason}). Check permissions and disk space; if the folder is damaged, restore a backup.`,
  })
}
