import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname, isAbsolute, join, normalize, sep } from 'node:path'
import { finished } from 'node:stream/promises'
import { checksum, type Migration, migrate } from '../../migrate/index.ts'
import type { Database, Session } from '../database.ts'
import { asStoreProblem, StoreProblem } from '../problem.ts'
import { quoted } from './backup.ts'
import { readTables } from './catalogue.ts'
import { type BackupPart, type BackupSummary, damaged, inspectBackup, readBackup, type TableShape } from './format.ts'

export interface RestoreOptions {
  /** The program's own steps: those of the backup make the tables, the newer ones are applied after its rows are in. */
  readonly migrations: readonly Migration[]
  /** Makes tables that are not made by `migrations`, such as those of a library; called after the steps of the backup, on an empty database. */
  readonly prepare?: () => Promise<void>
  /** The folder that attached files are written below; a backup with files is refused without it. */
  readonly filesRoot?: string
}

/**
 * Restores a backup into an empty database of either engine. The whole file is read and checked before anything is changed; then all rows are loaded in one
 * transaction, with foreign keys checked at its end, so that a failure leaves no half-restored data.
 * Throws `backup-damaged`, `backup-newer` (it has steps that this program does not know) or `target-not-empty`.
 */
export async function restore<Tables>(path: string, database: Database<Tables>, options: RestoreOptions): Promise<BackupSummary> {
  const summary = await inspectBackup(path)
  const known = options.migrations.slice(0, summary.header.migrations.length)
  refuseForeign(path, summary, known, options)
  await refuseFilled(database)
  await migrate(database, known)
  await options.prepare?.()
  try {
    await database.transaction(async (session) => {
      const keys = await dropForeignKeys(session)
      await emptyTables(session)
      await load(path, session, options.filesRoot)
      for (const { name, last } of summary.header.sequences)
        await session.query('select setval($1, $2::bigint)', [`public.${quoted(name)}`, last])
      for (const { relation, name, definition } of keys)
        await session.query(`alter table ${relation} add constraint ${quoted(name)} ${definition}`)
    })
  } catch (error) {
    throw asStoreProblem(error)
  }
  await migrate(database, options.migrations)
  return summary
}

function refuseForeign(path: string, { header, files }: BackupSummary, known: readonly Migration[], options: RestoreOptions): void {
  const fits = header.migrations.every(({ name, checksum: sum }, at) => {
    const own = known[at]
    return own !== undefined && own.name === name && checksum(own) === sum
  })
  if (!fits) throw otherSchema(path)
  if (files > 0 && options.filesRoot === undefined) throw new TypeError('this backup has attached files: say where they go (filesRoot)')
}

const otherSchema = (path: string): StoreProblem =>
  new StoreProblem('backup-newer', {
    zh: `备份文件 ${path} 的数据结构与本程序不符，没有恢复任何数据。请用生成它的版本或更新的版本恢复。`,
    en: `The backup ${path} has a schema that this program does not know; no data was restored. Restore it with the version that made it or a later one.`,
  })

async function refuseFilled<Tables>(database: Database<Tables>): Promise<void> {
  const tables = await database.snapshot((session) => readTables(session))
  for (const { name } of tables) {
    const [filled] = await database.query(`select 1 from public.${quoted(name)} limit 1`)
    if (filled === undefined) continue
    throw new StoreProblem('target-not-empty', {
      zh: `目标数据库已有数据（表 ${name}）。请恢复到新的数据目录或空数据库；未做任何改动。`,
      en: `The target database has data already (table ${name}). Restore into a new data folder or an empty database; nothing was changed.`,
    })
  }
}

interface ForeignKey {
  readonly relation: string
  readonly name: string
  readonly definition: string
}

/** Takes the foreign keys away for the time of loading, so that rows may come in any order; they are checked when they are put back. */
async function dropForeignKeys<Tables>(session: Session<Tables>): Promise<ForeignKey[]> {
  const keys = await session.query<ForeignKey>(`
    select format('%I.%I', n.nspname, r.relname) as relation, c.conname as name, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = r.relnamespace
    where c.contype = 'f' and n.nspname = 'public' and c.conparentid = 0`)
  for (const { relation, name } of keys) await session.query(`alter table ${relation} drop constraint ${quoted(name)}`)
  return keys
}

/** Removes what the migrations themselves wrote: the backup has it, perhaps changed since. */
async function emptyTables<Tables>(session: Session<Tables>): Promise<void> {
  for (const { name } of await readTables(session)) await session.query(`delete from public.${quoted(name)}`)
}

async function load<Tables>(path: string, session: Session<Tables>, filesRoot: string | undefined): Promise<void> {
  const inserts = new Map<string, string>()
  const files = new FileWriter(path, filesRoot)
  try {
    for await (const part of readBackup(path)) {
      if ('format' in part) for (const table of await ownTables(path, session, part.tables)) inserts.set(table.name, insertInto(table))
      else await take(part, session, inserts, files, path)
    }
    await files.close()
  } catch (error) {
    await files.abandon()
    throw error
  }
}

/** The announced tables as this database has them: names and types come from it, never from the file. */
async function ownTables<Tables>(path: string, session: Session<Tables>, announced: readonly TableShape[]): Promise<TableShape[]> {
  const own = new Map((await readTables(session)).map((table) => [table.name, table]))
  return announced.map(({ name, columns }) => {
    const table = own.get(name)
    const types = new Map(table?.columns.map((column) => [column.name, column.type]))
    if (table === undefined || columns.some((column) => types.get(column.name) !== column.type)) throw otherSchema(path)
    return { name, columns }
  })
}

async function take<Tables>(
  part: BackupPart,
  session: Session<Tables>,
  inserts: ReadonlyMap<string, string>,
  files: FileWriter,
  path: string,
): Promise<void> {
  if ('file' in part) return files.begin(part.file)
  if ('piece' in part) return files.write(Buffer.from(part.piece, 'base64'))
  const insert = inserts.get(part.table)
  if (insert === undefined) throw damaged(path, `rows of a table that is not announced: ${part.table}`)
  await session.query(insert, part.columns)
}

function insertInto({ name, columns }: TableShape): string {
  const names = columns.map((column) => quoted(column.name)).join(', ')
  const values = columns.map(({ type }, index) => `c${index}::${type}`).join(', ')
  const arrays = columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const aliases = columns.map((_, index) => `c${index}`).join(', ')
  return `insert into public.${quoted(name)} (${names}) overriding system value select ${values} from unnest(${arrays}) as t(${aliases})`
}

/** Writes the attached files one after the other, each under a draft name until it is whole. */
class FileWriter {
  readonly #backup: string
  readonly #root: string | undefined
  #open: { draft: string; path: string; stream: ReturnType<typeof createWriteStream> } | undefined

  constructor(backup: string, root: string | undefined) {
    this.#backup = backup
    this.#root = root
  }

  async begin(name: string): Promise<void> {
    await this.close()
    const clean = normalize(name)
    if (this.#root === undefined || isAbsolute(clean) || clean.split(sep).includes('..'))
      throw damaged(this.#backup, `a file that leads elsewhere: ${name}`)
    const path = join(this.#root, clean)
    await mkdir(dirname(path), { recursive: true })
    const draft = `${path}.part`
    const stream = createWriteStream(draft, { flush: true })
    // Errors are met where the stream is written or closed.
    stream.on('error', () => undefined)
    this.#open = { draft, path, stream }
  }

  async write(piece: Buffer): Promise<void> {
    const open = this.#open
    if (open === undefined) throw damaged(this.#backup, 'a piece of no file')
    await new Promise<void>((resolve, reject) => {
      open.stream.write(piece, (error) => (error ? reject(error) : resolve()))
    })
  }

  async close(): Promise<void> {
    const open = this.#open
    if (open === undefined) return
    open.stream.end()
    await finished(open.stream)
    await rename(open.draft, open.path)
    this.#open = undefined
  }

  async abandon(): Promise<void> {
    const open = this.#open
    if (open === undefined) return
    open.stream.destroy()
    await rm(open.draft, { force: true })
  }
}
