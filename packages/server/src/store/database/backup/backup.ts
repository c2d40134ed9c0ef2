import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { toDisk } from '../../to-disk.ts'
import type { Database, Session } from '../database.ts'
import { asStoreProblem } from '../problem.ts'
import { readSequences, readTables, sameText } from './catalogue.ts'
import { type BackupHeader, type BackupSummary, formatName, formatVersion, type TableShape } from './format.ts'

/** Files that belong to the data but lie outside the database, such as evidence: `names` are paths below `root`. */
export interface BackupFiles {
  readonly root: string
  readonly names: Iterable<string> | AsyncIterable<string>
}

export interface BackupOptions {
  readonly files?: BackupFiles
  /** When the backup is made, for its header. */
  readonly now: Temporal.Instant
}

const batch = 500
const pieceBytes = 192 * 1024

/**
 * Writes all tables of the schema `public`, as of one moment, and the given files into `path`. Engine-neutral: what PGlite wrote PostgreSQL reads, and the other
 * way round. The file appears under its name only when it is whole and on disk. With the embedded database others wait while it reads.
 */
export async function backup<Tables>(database: Database<Tables>, path: string, options: BackupOptions): Promise<BackupSummary> {
  const draft = `${path}.part`
  try {
    const summary = await write(database, draft, options)
    await toDisk(draft)
    await rename(draft, path)
    await toDisk(dirname(path))
    return summary
  } catch (error) {
    await rm(draft, { force: true })
    throw asStoreProblem(error)
  }
}

async function write<Tables>(database: Database<Tables>, draft: string, options: BackupOptions): Promise<BackupSummary> {
  const gzip = createGzip({ level: 6 })
  const file = createWriteStream(draft, { mode: 0o600 })
  const finished = once(file, 'close')
  // An error of the file is told by what waits for it; nobody waits here when the file cannot even be opened.
  finished.catch(() => undefined)
  gzip.pipe(file)
  const failed = new Promise<never>((_, reject) => {
    file.once('error', reject)
    gzip.once('error', reject)
  })
  const lines = new LineWriter(gzip, failed)
  const work = async (): Promise<BackupSummary> => {
    const { header, rows } = await database.snapshot((session) => writeTables(session, database.engine, lines, options.now))
    const files = options.files === undefined ? 0 : await writeFiles(lines, options.files)
    await lines.end({ rows, files })
    await finished
    return { header, rows, files }
  }
  try {
    return await Promise.race([work(), failed])
  } finally {
    gzip.destroy()
    file.destroy()
  }
}

/** Writes lines with a running checksum, waiting whenever the disk is slower than the database. */
class LineWriter {
  readonly #to: Writable
  readonly #failed: Promise<never>
  readonly #hash = createHash('sha256')

  constructor(to: Writable, failed: Promise<never>) {
    this.#to = to
    this.#failed = failed
  }

  async line(value: unknown): Promise<void> {
    const text = JSON.stringify(value)
    this.#hash.update(text)
    if (!this.#to.write(`${text}\n`)) await Promise.race([once(this.#to, 'drain'), this.#failed])
  }

  async end(counts: { rows: Record<string, number>; files: number }): Promise<void> {
    this.#to.end(`${JSON.stringify({ end: { ...counts, sha256: this.#hash.digest('hex') } })}\n`)
  }
}

async function writeTables<Tables>(
  session: Session<Tables>,
  engine: BackupHeader['engine'],
  lines: LineWriter,
  now: Temporal.Instant,
): Promise<{ header: BackupHeader; rows: Record<string, number> }> {
  await session.query(sameText)
  const tables = await readTables(session)
  const header: BackupHeader = {
    format: formatName,
    version: formatVersion,
    made: now.toString(),
    engine,
    migrations: await readMigrations(session),
    tables: tables.map(({ name, columns }) => ({ name, columns })),
    sequences: await readSequences(session),
  }
  await lines.line(header)
  const rows: Record<string, number> = {}
  for (const table of tables) rows[table.name] = await writeRows(session, lines, table)
  return { header, rows }
}

async function readMigrations<Tables>(session: Session<Tables>): Promise<BackupHeader['migrations']> {
  const [found] = await session.query<{ there: boolean }>(`select to_regclass('public.schema_migration') is not null as there`)
  if (found?.there !== true) return []
  return session.query('select name, checksum from public.schema_migration order by name collate "C"')
}

async function writeRows<Tables>(session: Session<Tables>, lines: LineWriter, table: TableShape): Promise<number> {
  if (table.columns.length === 0) return 0
  const columns = table.columns.map(({ name }, index) => `${quoted(name)}::text as c${index}`).join(', ')
  await session.query(`declare backup_rows no scroll cursor for select ${columns} from public.${quoted(table.name)}`)
  let count = 0
  for (;;) {
    const rows = await session.query<Record<string, string | null>>(`fetch ${batch} from backup_rows`)
    if (rows.length === 0) break
    await lines.line({ table: table.name, columns: table.columns.map((_, index) => rows.map((row) => row[`c${index}`] ?? null)) })
    count += rows.length
  }
  await session.query('close backup_rows')
  return count
}

async function writeFiles(lines: LineWriter, { root, names }: BackupFiles): Promise<number> {
  let count = 0
  for await (const name of names) {
    const path = join(root, name)
    const { size } = await stat(path)
    await lines.line({ file: name, bytes: size })
    if (size > 0) {
      for await (const piece of createReadStream(path, { highWaterMark: pieceBytes, end: size - 1 }) as AsyncIterable<Buffer>) {
        await lines.line({ piece: piece.toString('base64') })
      }
    }
    count += 1
  }
  return count
}

/** An identifier as SQL takes it, whatever is in it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
