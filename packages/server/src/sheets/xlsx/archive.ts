import { open } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, openPromise, type ZipFile } from 'yauzl'
import { LIMITS, SheetRefused } from '../sheet.ts'

/** The parts of a workbook's zip, by name, found sound in kind and size. */
export interface Archive {
  readonly names: readonly string[]
  has(name: string): boolean
  /** The unfolded bytes of a part; the checksum is compared at its end. */
  read(name: string): AsyncGenerator<Buffer, void, undefined>
  /** A small part as text; undefined when it is not there. */
  text(name: string): Promise<string | undefined>
  close(): void
}

const MOST_PARTS = 2_000
/** Sheets repeat themselves: their XML folds to a tenth or a thirtieth. What folds to far less is made to harm. */
const STEEPEST = 400
const SMALL = 64 * 1024 * 1024
const LARGEST_TEXT = 32 * 1024 * 1024

/** Opens the zip of a workbook and refuses what is no workbook, holds macros or outside links, or would unfold without end. */
export async function openArchive(path: string): Promise<Archive> {
  await refuseOld(path)
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }).catch(() => {
    throw new SheetRefused('sheet-damaged', { part: 'zip' })
  })
  try {
    const entries = await entriesOf(zip)
    refuseHostile(entries)
    return archive(zip, entries)
  } catch (error) {
    zip.close()
    throw error instanceof SheetRefused ? error : new SheetRefused('sheet-damaged', { part: 'zip' })
  }
}

async function refuseOld(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(8)
    await file.read(head, 0, 8, 0)
    if (head.toString('hex') === 'd0cf11e0a1b11ae1') throw new SheetRefused('sheet-old')
  } finally {
    await file.close()
  }
}

async function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>()
  let unfolded = 0
  await new Promise<void>((resolve, reject) => {
    zip.on('entry', (entry) => {
      unfolded += entry.uncompressedSize
      const steep = entry.uncompressedSize > SMALL && entry.uncompressedSize > entry.compressedSize * STEEPEST
      if (entries.size >= MOST_PARTS || unfolded > LIMITS.unfolded || steep)
        return reject(new SheetRefused('sheet-bomb', { part: entry.fileName }))
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.once('end', resolve)
    zip.once('error', reject)
    zip.readEntry()
  })
  return entries
}

function refuseHostile(entries: ReadonlyMap<string, Entry>): void {
  for (const name of entries.keys()) {
    if (/vbaProject|\/macrosheets\/|xlmMacro/i.test(name)) throw new SheetRefused('sheet-macro')
    if (/^xl\/externalLinks\//i.test(name)) throw new SheetRefused('sheet-external')
  }
  if (!entries.has('xl/workbook.xml')) throw new SheetRefused('sheet-damaged', { part: 'xl/workbook.xml' })
}

function archive(zip: ZipFile, entries: ReadonlyMap<string, Entry>): Archive {
  async function* read(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = entries.get(name)
    if (!entry) throw new SheetRefused('sheet-damaged', { part: name })
    let sum = 0
    try {
      const stream: Readable = await zip.openReadStreamPromise(entry)
      for await (const piece of stream as AsyncIterable<Buffer>) {
        sum = crc32(piece, sum)
        yield piece
      }
    } catch (error) {
      throw error instanceof SheetRefused ? error : new SheetRefused('sheet-damaged', { part: name })
    }
    if (sum >>> 0 !== entry.crc32 >>> 0) throw new SheetRefused('sheet-damaged', { part: name })
  }
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    read,
    text: async (name) => {
      const entry = entries.get(name)
      if (!entry) return undefined
      if (entry.uncompressedSize > LARGEST_TEXT) throw new SheetRefused('sheet-bomb', { part: name })
      const pieces: Buffer[] = []
      for await (const piece of read(name)) pieces.push(piece)
      return Buffer.concat(pieces).toString('utf8')
    },
    close: () => zip.close(),
  }
}
