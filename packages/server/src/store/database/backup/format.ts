import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { StoreProblem } from '../problem.ts'

/*
 * A backup is gzip over lines of JSON: a header, for each table its rows in batches, each attached file in pieces, and an end line with the counts and the
 * SHA-256 of all lines before it. Every value is PostgreSQL's own text of it, which any PostgreSQL reads back exactly.
 */

export const formatName = 'guatu-backup'
export const formatVersion = 1

const column = z.object({ name: z.string(), type: z.string() })

const tableShape = z.object({ name: z.string(), columns: z.array(column) })

const headerLine = z.object({
  format: z.literal(formatName),
  version: z.number().int(),
  made: z.string(),
  engine: z.enum(['pglite', 'postgres']),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  tables: z.array(tableShape),
  sequences: z.array(z.object({ name: z.string(), last: z.string() })),
})

/** One batch of a table's rows, column by column as `unnest` takes them. */
const rowsLine = z.object({ table: z.string(), columns: z.array(z.array(z.string().nullable())) })
const fileLine = z.object({ file: z.string(), bytes: z.number().int().nonnegative() })
const pieceLine = z.object({ piece: z.string() })
const endLine = z.object({
  end: z.object({ rows: z.record(z.string(), z.number().int()), files: z.number().int(), sha256: z.string() }),
})

const bodyLine = z.union([rowsLine, fileLine, pieceLine, endLine])

export type TableShape = z.infer<typeof tableShape>
export type BackupHeader = z.infer<typeof headerLine>
type BodyLine = z.infer<typeof bodyLine>

/** What the lines of a backup say, in their order; the end line has been checked against them. */
export type BackupPart = Exclude<BodyLine, z.infer<typeof endLine>>

/** What a whole and undamaged backup holds. */
export interface BackupSummary {
  readonly header: BackupHeader
  readonly rows: Readonly<Record<string, number>>
  readonly files: number
}

/** The backup at `path` is not whole: nothing was changed. */
export function damaged(path: string, reason: string, cause?: unknown): StoreProblem {
  return new StoreProblem(
    'backup-damaged',
    {
      zh: `备份文件 ${path} 不完整或已损坏（${reason}），未做任何改动。请使用另一份备份，或重新复制该文件。`,
      en: `The backup ${path} is incomplete or damaged (${reason}); nothing was changed. Use another backup, or copy the file again.`,
    },
    cause,
  )
}

/**
 * Reads a backup to its end, giving the header and then every part. Throws `backup-damaged` at whatever is wrong with it (at the latest at its end: read it once
 * with {@link inspectBackup} before acting on it), and `backup-newer` when a later program made it.
 */
export async function* readBackup(path: string): AsyncGenerator<BackupHeader | BackupPart, void, undefined> {
  const hash = createHash('sha256')
  const rows: Record<string, number> = {}
  let files = 0
  let missing = 0
  let header: BackupHeader | undefined
  let ended = false
  for await (const line of lines(path)) {
    if (ended) throw damaged(path, 'text after the end')
    if (header === undefined) {
      header = parseHeader(path, line)
      for (const { name } of header.tables) rows[name] = 0
      hash.update(line)
      yield header
      continue
    }
    const part = parseLine(path, line)
    if ('end' in part) {
      const same = part.end.sha256 === hash.digest('hex') && part.end.files === files && sameCounts(part.end.rows, rows)
      if (!same || missing !== 0) throw damaged(path, 'checksum or counts differ')
      ended = true
      continue
    }
    hash.update(line)
    if ('table' in part) rows[part.table] = (rows[part.table] ?? 0) + (part.columns[0]?.length ?? 0)
    else if (missing < 0) throw damaged(path, 'an attached file is longer than announced')
    else if ('file' in part) {
      if (missing !== 0) throw damaged(path, 'an attached file is cut short')
      files += 1
      missing = part.bytes
    } else missing -= Buffer.byteLength(part.piece, 'base64')
    yield part
  }
  if (!ended) throw damaged(path, 'the end is missing')
}

/** Reads the whole backup and gives what it holds. Throws `backup-damaged` or `backup-newer`. */
export async function inspectBackup(path: string): Promise<BackupSummary> {
  let header: BackupHeader | undefined
  const rows: Record<string, number> = {}
  let files = 0
  for await (const part of readBackup(path)) {
    if ('format' in part) header = part
    else if ('table' in part) rows[part.table] = (rows[part.table] ?? 0) + (part.columns[0]?.length ?? 0)
    else if ('file' in part) files += 1
  }
  if (header === undefined) throw damaged(path, 'empty')
  return { header, rows, files }
}

function sameCounts(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

function parseHeader(path: string, line: Buffer): BackupHeader {
  const value = parseJson(path, line)
  const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
  if (typeof version === 'number' && version > formatVersion) {
    throw new StoreProblem('backup-newer', {
      zh: `备份文件 ${path} 由更新版本的程序生成，请用该版本恢复；未做任何改动。`,
      en: `The backup ${path} was made by a newer program; restore it with that version. Nothing was changed.`,
    })
  }
  const { success, data } = headerLine.safeParse(value)
  if (!success) throw damaged(path, 'not a backup of this program')
  return data
}

function parseLine(path: string, line: Buffer): BodyLine {
  const { success, data } = bodyLine.safeParse(parseJson(path, line))
  if (!success) throw damaged(path, 'a line that is none of a backup')
  return data
}

function parseJson(path: string, line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'))
  } catch (error) {
    throw damaged(path, 'a line that is not JSON', error)
  }
}

const newline = 0x0a
const longestLine = 256 * 1024 * 1024

/** The lines of the file without their line ends. */
async function* lines(path: string): AsyncGenerator<Buffer, void, undefined> {
  const text = createGunzip()
  // The pipeline ends `text` with the error of whichever side failed, and the loop below meets it there.
  const reading = pipeline(createReadStream(path), text)
  reading.catch(() => undefined)
  let parts: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of text as AsyncIterable<Buffer>) {
      let start = 0
      for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, start)) {
        parts.push(chunk.subarray(start, at))
        yield Buffer.concat(parts)
        parts = []
        length = 0
        start = at + 1
      }
      parts.push(chunk.subarray(start))
      length += chunk.length - start
      if (length > longestLine) throw damaged(path, 'a line without end')
    }
  } catch (error) {
    if (error instanceof StoreProblem) throw error
    throw damaged(path, error instanceof Error ? error.message : String(error), error)
  }
  if (parts.some((part) => part.length > 0)) throw damaged(path, 'the last line is cut')
}
