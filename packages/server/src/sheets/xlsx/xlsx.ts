import { LIMITS, type OtherSheet, type Sheet, SheetRefused, type SheetRow } from '../sheet.ts'
import { type Archive, openArchive } from './archive.ts'
import { cellReader } from './cells.ts'
import { type BookSheet, readWorkbook, tagWatch, type Workbook } from './workbook.ts'

const BATCH = 1_000
/** Characters of XML after which rows are given out, however few they are. */
const HEAVY = 16_000_000

/** Words of eight characters in cells, kept from the first reading at most: some hundred thousand rows of a list, in less than 100 MB. */
const KEPT = 8_000_000

/**
 * Opens a workbook: checks the zip, unfolds and parses its sheets once from end to end, and only then gives rows out, so that nothing of a damaged
 * file is taken in. A sheet that is small enough is kept from that first reading, a larger one is read again. The first visible sheet that holds
 * something is the one; what is wrong with another one refuses nothing.
 */
export async function openXlsx(path: string): Promise<Sheet> {
  const archive = await openArchive(path)
  const room = { left: KEPT }
  try {
    const book = await readWorkbook(archive)
    let first: Sheet | undefined
    const others: OtherSheet[] = []
    for (const one of book.sheets) {
      const { name, hidden } = one
      const looked = look({ archive, path, book, one, room })
      const sheet = first ? await looked.catch(unread) : await looked
      if (!first && sheet && sheet.rows > 0) first = sheet
      else others.push({ name, hidden, ...(sheet ? { sheet } : {}) })
    }
    if (!first) throw new SheetRefused('sheet-empty')
    return others.length > 0 ? { ...first, others } : first
  } finally {
    archive.close()
  }
}

const unread = (error: unknown): undefined => {
  if (!(error instanceof SheetRefused)) throw error
}

interface Looking {
  readonly archive: Archive
  readonly path: string
  readonly book: Workbook
  readonly one: BookSheet
  /** Words that may still be kept, of all sheets of the workbook. */
  readonly room: { left: number }
}

/** Looks one sheet through. */
async function look({ archive, path, book, one: { name, part }, room }: Looking): Promise<Sheet> {
  let rows = 0
  const kept: (readonly SheetRow[])[] = []
  let all = true
  for await (const batch of readCells(archive, book, part)) {
    rows += batch.length
    if (rows > LIMITS.rows + 20) throw new SheetRefused('sheet-rows', { limit: LIMITS.rows.toLocaleString('en') })
    const weight = weightOf(batch)
    all &&= weight < room.left
    if (all) {
      room.left -= weight
      kept.push(batch)
    } else kept.length = 0
  }
  return { format: 'xlsx', rows, name, read: () => (all ? given(kept) : again(path, part)) }
}

/** A word for each cell, and one for every eight characters; shared texts count as often as they stand there. */
function weightOf(batch: readonly SheetRow[]): number {
  let weight = 0
  for (const { cells } of batch) for (const cell of cells) weight += typeof cell === 'string' ? cell.length / 8 + 1 : 1
  return weight
}

async function* given(batches: readonly (readonly SheetRow[])[]): AsyncGenerator<readonly SheetRow[], void, undefined> {
  for (const batch of batches) yield batch
}

async function* again(path: string, part: string): AsyncGenerator<readonly SheetRow[], void, undefined> {
  const archive = await openArchive(path)
  try {
    yield* readCells(archive, await readWorkbook(archive), part)
  } finally {
    archive.close()
  }
}

async function* readCells(archive: Archive, book: Workbook, part: string): AsyncGenerator<readonly SheetRow[], void, undefined> {
  let batch: SheetRow[] = []
  const parser = cellReader(book, (row) => batch.push(row))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const watch = tagWatch(part)
  let weight = 0
  const write = (text: string) => {
    weight += text.length
    try {
      watch(text)
      parser.write(text)
    } catch (error) {
      throw error instanceof SheetRefused ? error : new SheetRefused('sheet-damaged', { part })
    }
  }
  const decoded = (piece?: Buffer) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      throw new SheetRefused('sheet-damaged', { part })
    }
  }
  for await (const piece of archive.read(part)) {
    write(decoded(piece))
    if (batch.length < BATCH && weight < HEAVY) continue
    const full = batch
    batch = []
    weight = 0
    yield full
  }
  write(decoded())
  try {
    parser.close()
  } catch {
    throw new SheetRefused('sheet-damaged', { part })
  }
  if (batch.length > 0) yield batch
}
