import { Duplex } from 'node:stream'
import type { Worker } from 'node:worker_threads'
import { type DatabaseHost, databaseStopped } from './database-thread.ts'
import type { FromDatabase, ToDatabase } from './messages.ts'

type Callback = (error?: Error | null) => void

/**
 * The socket of the embedded database: the driver writes the wire protocol into it as into a TCP socket, and each write travels to the database
 * thread as one message. The driver corks parse, bind, describe, execute and sync, so a query costs one message each way.
 */
export class WireStream extends Duplex {
  readonly #host: DatabaseHost
  #worker: Worker | undefined
  readonly #receive = (message: FromDatabase): void => {
    if (message.kind === 'bytes') this.#take(message)
    else if (message.kind === 'failed') this.destroy(databaseStopped(message.message))
  }
  readonly #stopped = (): void => {
    this.destroy(databaseStopped(this.#reason))
  }
  #reason = 'thread ended'
  /** Messages that the database has not answered to their end. */
  #open = 0
  #limit: NodeJS.Timeout | undefined

  constructor(host: DatabaseHost) {
    super({ allowHalfOpen: false })
    this.#host = host
  }

  /** Called by the driver in place of a TCP connect. */
  connect(): this {
    this.#host.worker().then(
      (worker) => {
        this.#worker = worker
        worker.on('message', this.#receive)
        worker.once('exit', this.#stopped)
        this.#send({ kind: 'session' })
        this.emit('connect')
      },
      (error: Error) => this.destroy(error),
    )
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
    this.#limit?.close()
    this.#worker?.off('message', this.#receive)
    this.#worker?.off('exit', this.#stopped)
    callback(error)
  }

  #take({ bytes, last }: Extract<FromDatabase, { kind: 'bytes' }>): void {
    if (last) {
      this.#open -= 1
      if (this.#open === 0) this.#limit?.close()
      else this.#limit?.refresh()
    }
    if (bytes.byteLength > 0) this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  }

  /** A statement cannot be cancelled from outside its thread: when it takes too long the thread is ended, and the database recovers. */
  #watch(): void {
    this.#open += 1
    const { statementLimit } = this.#host
    if (statementLimit === undefined || this.#open > 1) return
    this.#limit = setTimeout(() => {
      this.#reason = `a statement took longer than ${statementLimit} ms`
      void this.#worker?.terminate()
    }, statementLimit)
  }

  #forward(chunks: readonly Buffer[]): void {
    // A fresh copy, because the driver keeps some of its buffers (sync, flush) for ever and a transferred buffer is gone.
    const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0))
    let offset = 0
    for (const chunk of chunks) {
      bytes.set(chunk, offset)
      offset += chunk.byteLength
    }
    this.#watch()
    this.#send({ kind: 'bytes', bytes })
  }

  #send(message: ToDatabase): void {
    this.#worker?.postMessage(message, message.kind === 'bytes' ? [message.bytes.buffer] : [])
  }
}
