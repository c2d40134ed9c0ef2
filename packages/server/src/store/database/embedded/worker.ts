import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { toDisk } from '../../to-disk.ts'
import { errorCode } from '../problem.ts'
import { DurableFiles, syncDirectory } from './durable-files.ts'
import type { FromDatabase, ToDatabase } from './messages.ts'

/** What the database thread is started with; `folder` is PostgreSQL's own folder, null means in memory. */
export interface DatabaseThread {
  readonly folder: string | null
  readonly settings: Readonly<Record<string, string>>
  /** The engine as an earlier thread of this process compiled it. */
  readonly engine?: WebAssembly.Module | undefined
}

const pieceBytes = 256 * 1024
/** Files of a new cluster that are synced at a time. */
const atOnce = 64
const { folder, settings, engine: compiled } = workerData as DatabaseThread
const port = parentPort
if (port === null) throw new Error('the database thread runs only as a worker')

const send = (message: FromDatabase): void => port.postMessage(message, message.kind === 'bytes' ? [message.bytes.buffer] : [])

const tuning = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])

/** Start parameters with fsync on: fdatasync is a no-op in PGlite's C library, fsync is not. */
const durable = [...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'), '-c', 'wal_sync_method=fsync', ...tuning]

/** A new cluster is made beside its place and renamed into it, so that a crash while making it leaves no half database. */
async function makeCluster(place: string): Promise<void> {
  const draft = `${place}.new`
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(dirname(place), { recursive: true })
  mkdirSync(draft)
  // Not a file is waited for until all are there.
  const fresh = await PGlite.create({ fs: new NodeFS(draft) })
  await fresh.close()
  await syncTree(draft)
  renameSync(draft, place)
  syncDirectory(dirname(place))
}

/** Everything below a folder to the disk; many at once, which a disk does in few turns. */
async function syncTree(path: string): Promise<void> {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true }).filter((one) => one.isFile() || one.isDirectory())
  const paths = [path, ...entries.map((one) => join(one.parentPath, one.name))]
  for (let k = 0; k < paths.length; k += atOnce) await Promise.all(paths.slice(k, k + atOnce).map(toDisk))
}

const readEngine = () => readFileSync(new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite')))

async function open(engine: WebAssembly.Module): Promise<PGlite> {
  const pgliteWasmModule = engine
  if (folder === null)
    return PGlite.create({ dataDir: 'memory://', pgliteWasmModule, startParams: [...PGlite.defaultStartParams, ...tuning] })
  if (!existsSync(join(folder, 'PG_VERSION'))) await makeCluster(folder)
  return PGlite.create({ fs: new DurableFiles(folder), pgliteWasmModule, startParams: durable })
}

/** Gathers answers into pieces, so that a large result costs few messages and does not wait for its end. */
async function answer(database: PGlite, bytes: Uint8Array): Promise<void> {
  let parts: Uint8Array[] = []
  let size = 0
  const flush = (last: boolean): void => {
    const piece = new Uint8Array(size)
    let offset = 0
    for (const part of parts) {
      piece.set(part, offset)
      offset += part.byteLength
    }
    send({ kind: 'bytes', bytes: piece, last })
    parts = []
    size = 0
  }
  const onRawData = (data: Uint8Array): void => {
    // A copy: the bytes lie in the database's own memory and change with the next row.
    parts.push(data.slice())
    size += data.byteLength
    const over = isEnd(data)
    if (over || size >= pieceBytes) flush(over)
    if (over) process.exit(1)
  }
  await database.execProtocolRawStream(bytes, { syncToFs: false, onRawData })
  flush(true)
}

const ends = ['PANIC', 'FATAL'].map((severity) => Buffer.from(`\0V${severity}\0`))

/**
 * Whether the database just said that it cannot go on. PGlite would then try the same message for ever, so the thread ends here and a new one recovers.
 * Only errors hold a NUL before a severity; text in rows cannot.
 */
function isEnd(data: Uint8Array): boolean {
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength)
  return ends.some((end) => bytes.includes(end))
}

/** A new session finds no transaction and no settings of the one before. */
async function resetSession(database: PGlite): Promise<void> {
  if (database.isInTransaction()) await database.exec('rollback')
  await database.exec('discard all')
}

function fail(error: unknown): void {
  send({ kind: 'failed', message: error instanceof Error ? error.message : String(error), code: errorCode(error) })
}

/** What escapes from the engine leaves it in an unknown state: this thread ends, the next one recovers. */
function stop(error: unknown): void {
  fail(error)
  process.exit(1)
}

try {
  const engine = compiled ?? (await WebAssembly.compile(readEngine()))
  const database = await open(engine)
  let sessions = 0
  const obey = async (message: ToDatabase): Promise<void> => {
    if (message.kind === 'bytes') return answer(database, message.bytes)
    if (message.kind === 'session') {
      sessions += 1
      if (sessions > 1) await resetSession(database)
      return
    }
    await database.close()
    send({ kind: 'closed' })
    port.close()
  }
  let last = Promise.resolve()
  port.on('message', (message: ToDatabase) => {
    last = last.then(() => obey(message)).catch(stop)
  })
  send({ kind: 'ready', engine })
} catch (error) {
  fail(error)
  port.close()
}
