import { once } from 'node:events'
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { diskFull, StoreProblem } from '../problem.ts'
import type { FromDatabase, ToDatabase } from './messages.ts'
import type { DatabaseThread } from './worker.ts'

/** Room that starting and recovering need at the very least: one segment of write-ahead log and the end-of-recovery checkpoint. */
const roomToStart = 32 * 1024 * 1024

/** The engine, compiled: what one thread has run, the next one finds fast from its first statement. */
let engine: WebAssembly.Module | undefined

/**
 * The thread that the embedded database runs in. It is started on demand and started again after the database had to stop (a full disk in the wrong
 * moment, a defect): opening then recovers from the write-ahead log, as PostgreSQL does after a crash, so that nothing confirmed is lost.
 */
export class DatabaseHost {
  /** Milliseconds after which an unanswered statement ends the thread; undefined waits for ever. */
  readonly statementLimit: number | undefined
  readonly #settings: DatabaseThread
  #running: Promise<Worker> | undefined
  #closed = false

  constructor(settings: DatabaseThread, statementLimit: number | undefined) {
    this.#settings = settings
    this.statementLimit = statementLimit
  }

  /** The running thread; starts it when there is none. */
  worker(): Promise<Worker> {
    if (this.#closed) return Promise.reject(databaseStopped('closed'))
    this.#running ??= this.#start()
    return this.#running
  }

  /** Shuts the database down in good order. */
  async close(): Promise<void> {
    this.#closed = true
    const worker = await this.#running?.catch(() => undefined)
    if (worker === undefined || worker.threadId === -1) return
    const ended = once(worker, 'exit')
    worker.postMessage({ kind: 'close' } satisfies ToDatabase)
    await ended
  }

  #start(): Promise<Worker> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      workerData: { ...this.#settings, engine } satisfies DatabaseThread,
      name: 'database',
    })
    // The thread ends by 'exit' in every case; an uncaught error in it must not end the whole process.
    let failure = 'thread ended'
    worker.on('error', (error: unknown) => {
      failure = String(error)
    })
    return new Promise((resolve, reject) => {
      worker.once('exit', () => {
        this.#running = undefined
        reject(this.#didNotStart(failure))
      })
      worker.once('message', (message: FromDatabase) => {
        if (message.kind === 'ready') {
          engine = message.engine
          return resolve(worker)
        }
        if (message.kind === 'failed') failure = message.message
        void worker.terminate()
      })
    })
  }

  #didNotStart(reason: string): StoreProblem {
    const { folder } = this.#settings
    if (folder !== null && freeBytes(folder) < roomToStart) return diskFull(new Error(reason))
    const place = folder ?? 'memory'
    return new StoreProblem('folder-unusable', {
      zh: `内嵌数据库无法在 ${place} 启动（${reason}）。请检查目录权限和磁盘空间；如目录已损坏，请从备份恢复。`,
      en: `The embedded database did not start in ${place} (${reason}). Check permissions and disk space; if the folder is damaged, restore a backup.`,
    })
  }
}

/** Free bytes for this user on the disk of a folder that exists or whose parent does. */
export function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch (error) {
    const parent = dirname(folder)
    if (parent === folder) throw error
    return freeBytes(parent)
  }
}

/** The embedded database stopped while it was in use. What it had confirmed is on disk. */
export function databaseStopped(reason: string): StoreProblem {
  return new StoreProblem('database-stopped', {
    zh: `内嵌数据库中断（${reason}）。已确认的数据都在磁盘上；未确认的操作请重试，数据库会自动重新打开。`,
    en: `The embedded database stopped (${reason}). What was confirmed is on disk; repeat what was not: the database opens again by itself.`,
  })
}
