import { CsvError, type Info, Parser } from 'csv-parse'
import { type Sheet, SheetRefused, type SheetRow } from '../sheet.ts'
import { type Encoding, encodingOf, textOfFile } from './encoding.ts'
import { delimiterOf, type Scan, Scanner } from './scan.ts'

/** Opens a CSV file: finds its encoding and delimiter and looks through all of it before the first row is given out. */
export async function openCsv(path: string): Promise<Sheet> {
  const encoding = await encodingOf(path)
  const scan = await lookThrough(path, encoding)
  if (scan.rows === 0) throw new SheetRefused('sheet-empty')
  const read = scan.simple ? lines : rows
  return { format: 'csv', rows: scan.rows, read: () => read(path, encoding, scan.delimiter) }
}

async function lookThrough(path: string, encoding: Encoding): Promise<Scan> {
  let scanner: Scanner | undefined
  let delimiter: Scan['delimiter'] = ','
  try {
    for await (const text of textOfFile(path, encoding)) {
      if (!scanner) {
        delimiter = delimiterOf(text.slice(0, 20_000))
        scanner = new Scanner(delimiter)
      }
      scanner.take(text)
    }
  } catch (error) {
    if (error instanceof TypeError) throw new SheetRefused('sheet-encoding', { where: encoding })
    throw error
  }
  return { ...(scanner?.end() ?? { rows: 0, simple: true }), delimiter }
}

/** A file without quotes: split, which is many times faster than parsing. */
async function* lines(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<readonly SheetRow[], void, undefined> {
  let rest = ''
  let line = 0
  const rowsOf = (whole: readonly string[]): SheetRow[] => {
    const batch: SheetRow[] = []
    for (const ended of whole) {
      line += 1
      const text = ended.endsWith('\r') ? ended.slice(0, -1) : ended
      if (text !== '') batch.push({ line, cells: text.split(delimiter).map(cellOf) })
    }
    return batch
  }
  for await (const text of textOfFile(path, encoding)) {
    const whole = (rest + text).split('\n')
    rest = whole.pop() ?? ''
    const batch = rowsOf(whole)
    if (batch.length > 0) yield batch
  }
  const batch = rowsOf([rest])
  if (batch.length > 0) yield batch
}

async function* rows(path: string, encoding: Encoding, delimiter: string): AsyncGenerator<readonly SheetRow[], void, undefined> {
  let batch: SheetRow[] = []
  const parser = new Parser({ delimiter, relax_column_count: true, info: true, skip_empty_lines: true })
  parser.on('readable', () => {
    for (let one = parser.read() as Parsed | null; one !== null; one = parser.read() as Parsed | null) batch.push(rowOf(one))
  })
  let failed: unknown
  parser.on('error', (error) => {
    failed = error
  })
  const ended = new Promise<void>((resolve) => {
    parser.once('end', resolve)
    parser.once('close', resolve)
  })
  for await (const text of textOfFile(path, encoding)) {
    await new Promise<void>((resolve) => parser.write(text, () => resolve()))
    if (failed) throw refused(failed)
    if (batch.length > 0) {
      const full = batch
      batch = []
      yield full
    }
  }
  parser.end()
  await ended
  if (failed) throw refused(failed)
  if (batch.length > 0) yield batch
}

interface Parsed {
  readonly record: string[]
  readonly info: Info
}

/** `info.lines` counts the lines up to the end of the record: that is where a person finds its last line. */
function rowOf({ record, info }: Parsed): SheetRow {
  return { line: info.lines, cells: record.map(cellOf) }
}

const APOSTROPHE = 39

/** The apostrophe that an export puts before what a spreadsheet would take for a formula. */
const plain = (cell: string) => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

const cellOf = (cell: string): string | null => (cell === '' ? null : cell.charCodeAt(0) === APOSTROPHE ? plain(cell) : cell)

function refused(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error
  return new SheetRefused('sheet-quote', { line: Number((error as CsvError & { lines?: number }).lines ?? 0) })
}
