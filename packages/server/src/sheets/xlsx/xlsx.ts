import { LIMITS, type Sheet, SheetRefused, type SheetRow } from '../sheet.ts'
import { type Archive, openArchive } from './archive.ts'
import { cellReader } from './cells.ts'
import { readWorkbook, tagWatch, type Workbook } from './workbook.ts'

const BATCH = 1_000
/** Characters of XML after which rows are given out, however few they are. */
const HEAVY = 16_000_000

/** Words of eight characters in cells, kept from the first reading at most: some hundred thousand rows of a list, in less than 100 MB. */
const KEPT = 8_000_000

/**
 * Opens a workbook: checks the zip, unfolds and parses the first sheet once from end to end, and only then gives rows out, so that nothing of
 * a damaged file is taken in. A sheet that is small enough is kept from that first reading, a larger one is read again.
 */
export async function openXlsx(path: string): Promise<Sheet> {
  const archive = await openArchive(path)
  let rows = 0
  let room = KEPT
  const kept: (readonly SheetRow[])[] = []
  try {
    const book = await readWorkbook(archive)
    for await (const batch of readCells(archive, book)) {
      rows += batch.length
      if (rows > LIMITS.rows + 20) throw new SheetRefused('sheet-rows', { limit: LIMITS.rows.toLocaleString('en') })
      if (room > 0) room -= weightOf(batch)
      if (room > 0) kept.push(batch)
      else kept.length = 0
    }
    if (rows === 0) throw new SheetRefused('sheet-empty')
  } finally {
    archive.close()
  }
  return { format: 'xlsx', rows, read: () => (room > 0 ? given(kept) : again(path)) }
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

async function* again(path: string): AsyncGenerator<readonly SheetRow[], void, undefined> {
  const archive = await openArchive(path)
  try {
    yield* readCells(archive, await readWorkbook(archive))
  } finally {
    archive.close()
  }
}

async function* readCells(archive: Archive, book: Workbook): AsyncGenerator<readonly SheetRow[], void, undefined> {
  let batch: SheetRow[] = []
  const parser = cellReader(book, (row) => batch.push(row))
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const watch = tagWatch(book.sheet)
  let weight = 0
  const write = (text: string) => {
    weight += text.length
    try {
      watch(text)
      parser.write(text)
    } catch (error) {
      throw error instanceof SheetRefused ? error : new SheetRefused('sheet-damaged', { part: book.sheet })
    }
  }
  const decoded = (piece?: Buffer) => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode()
    } catch {
      throw new SheetRefused('sheet-damaged', { part: book.sheet })
    }
  }
  for await (const piece of archive.read(book.sheet)) {
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
    throw new SheetRefused('sheet-damaged', { part: book.sheet })
  }
  if (batch.length > 0) yield batch
}
