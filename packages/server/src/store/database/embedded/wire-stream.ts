import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import { StoreProblem } from '../problem.ts'

/** What the main thread tells the database thread: bytes of the PostgreSQL wire protocol, a new session, or the end. */
export type ToDatabase = { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> } | { kind: 'session' } | { kind: 'close' }

/** What the database thread answers. */
export type FromDatabase =
  | { kind: 'ready' }
  | { kind: 'bytes'; bytes: Uint8Array<ArrayBuffer> }
  | { kind: 'failed'; message: string; code?: string | undefined }
  | { kind: 'closed' }

type Callback = (error?: Error | null) => void

/**
 * The socket of the embedded database: the driver writes the wire protocol into it as into a TCP socket, and each write travels to the database
 * thread as one message. The driver corks parse, bind, describe, execute and sync, so a query costs one message each way.
 */
export class WireStream extends Duplex {
  readonly #worker: Worker
  readonly #receive: (message: FromDatabase) => void
  readonly #stopped: () => void

  constructor(worker: Worker) {
    super({ allowHalfOpen: false })
    this.#worker = worker
    this.#receive = (message) => {
      if (message.kind === 'bytes') this.push(Buffer.from(message.bytes.buffer, message.bytes.byteOffset, message.bytes.byteLength))
      else if (message.kind === 'failed') this.destroy(databaseStopped(message.message))
    }
    this.#stopped = () => this.destroy(databaseStopped('thread ended'))
    worker.on('message', this.#receive)
    worker.once('exit', this.#stopped)
  }

  /** Called by the driver in place of a TCP connect. */
  connect(): this {
    this.#send({ kind: 'session' })
    queueMicrotask(() => this.emit('connect'))
    return this
  }

  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed as they come: the database thread sends only what was asked for.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, callback: Callback): void {
    this.#forward([chunk])
    callback()
  }

  override _writev(chunks: { chunk: Buffer }[], callback: Callback): void {
    this.#forward(chunks.map(({ chunk }) => chunk))
    callback()
  }

  override _final(callback: Callback): void {
    this.push(null)
    callback()
  }

  override _destroy(error: Error | null, callback: Callback): void {
    this.#worker.off('message', this.#receive)
    this.#worker.off('exit', this.#stopped)
    callback(error)
  }

  #forward(chunks: readonly Buffer[]): void {
    // A fresh copy, because the driver keeps some of its buffers (sync, flush) for ever and a transferred buffer is gone.
    const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
    let offset = 0
    for (const chunk of chunks) {
      bytes.set(chunk, offset)
      offset += chunk.byteLength
    }
    this.#send({ kind: 'bytes', bytes })
  }

  #send(message: ToDatabase): void {
    this.#worker.postMessage(message, message.kind === 'bytes' ? [message.bytes.buffer] : [])
  }
}

/** The embedded database stopped while it was in use. What it had confirmed is on disk. */
export function databaseStopped(reason: string): StoreProblem {
  return new StoreProblem('database-stopped', {
    zh: `内嵌数据库已停止（${reason}）。请重新启动程序；已确认的数据都在磁盘上，未确认的操作请重试。`,
    en: `The embedded database stopped (${reason}). Start the program again; what was confirmed is on disk, repeat what was not.`,
  })
}
