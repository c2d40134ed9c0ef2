/** Tables from CSV and Excel files: a header and rows that know their place in the file. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { CsvError, parse } from 'csv-parse/sync'
import ExcelJS from 'exceljs'
import { FileProblem, type Place } from './file-problem.ts'

export interface TableRow {
  /** Row in the file, counted from 1, titles and header included. */
  readonly row: number
  readonly cells: readonly string[]
}

export interface Table {
  readonly file: string
  readonly header: readonly string[]
  /** Row of the header in the file. */
  readonly headerRow: number
  readonly rows: readonly TableRow[]
}

/**
 * Reads the first sheet of an .xlsx file, or a CSV file in UTF-8, UTF-16 with its mark (Excel's "Unicode text") or GB 18030 (what Excel
 * writes on a Chinese computer).
 *
 * @throws FileProblem naming the file, and the row where the structure breaks.
 */
export async function readTable(file: string): Promise<Table> {
  const bytes = await bytesOf(file)
  return tableOf(file, extname(file).toLowerCase() === '.xlsx' ? await firstSheetRows(bytes, file) : csvRows(bytes))
}

/**
 * Reads every sheet of an .xlsx file that has rows below a header, by its name.
 *
 * @throws FileProblem as {@link readTable}
 */
export async function readWorkbook(file: string): Promise<ReadonlyMap<string, Table>> {
  if (extname(file).toLowerCase() !== '.xlsx')
    throw new FileProblem('xlsx-needed', `需要 Excel 工作簿（.xlsx），得到 ${file}`, `An Excel workbook (.xlsx) is needed, got ${file}`)
  const workbook = await openWorkbook(await bytesOf(file), file)
  const filled = workbook.worksheets.map((sheet) => [sheet.name.trim(), sheetRows(sheet)] as const).filter(([, rows]) => rows.length > 1)
  return new Map(filled.map(([name, rows]) => [name, tableOf(name, rows)]))
}

function tableOf(file: string, rows: readonly TableRow[]): Table {
  const [head, ...body] = rows.slice(titleRows(rows))
  if (head === undefined || head.cells.every((cell) => cell === ''))
    throw new FileProblem(
      'file-empty',
      `文件 ${file} 没有表头，请在首行写列名`,
      `The file ${file} has no header: name the columns in the first row`,
    )
  const filled = body.filter((row) => row.cells.some((cell) => cell !== ''))
  if (filled.length === 0)
    throw new FileProblem(
      'file-empty',
      `文件 ${file} 没有数据行，请在表头下填写`,
      `The file ${file} has no rows below the header: fill them in`,
    )
  for (const row of filled) {
    const extra = row.cells.findIndex((cell, column) => column >= head.cells.length && cell !== '')
    if (extra >= 0)
      throw new FileProblem(
        'row-too-long',
        `该行有 ${row.cells.length} 格，表头只有 ${head.cells.length} 列：请删去多出的“${row.cells[extra]}”，或给文字中的逗号加引号`,
        `the row has ${row.cells.length} cells, the header only ${head.cells.length}: take out "${row.cells[extra]}", or put text with commas in quotes`,
        { row: row.row, column: String(extra + 1) },
      )
  }
  return { file, header: head.cells, headerRow: head.row, rows: filled }
}

/** Rows among which the header is looked for, below the title of an office's sheet. */
const TITLE_ROWS = 10
const NUMBER_OR_DAY = /^[-+]?[\d.,]+%?$|^\d{4}[-/.年]/

/**
 * How many rows stand above the header: titles, units, who filled it in. Such a row says less than half as many different things as the widest row,
 * and the row below the last of them says at least two and holds neither numbers nor days; where no row is like that, the first is the header.
 */
function titleRows(rows: readonly TableRow[]): number {
  const said = rows.slice(0, TITLE_ROWS + 1).map(({ cells }) => new Set(cells.filter((cell) => cell !== '')))
  const widest = said.reduce((most, { size }) => Math.max(most, size), 0)
  const head = said.findIndex(({ size }) => size >= 2 && size * 2 >= widest)
  return head > 0 && ![...(said[head] ?? [])].some((cell) => NUMBER_OR_DAY.test(cell)) ? head : 0
}

const bytesOf = (file: string): Promise<Uint8Array> =>
  readFile(file).catch((problem: NodeJS.ErrnoException) => {
    throw new FileProblem(
      'file-unreadable',
      `无法读取文件 ${file}（${problem.code}），请核对路径和权限`,
      `The file ${file} cannot be read (${problem.code}): check its path and that it may be read`,
    )
  })

function decode(bytes: Uint8Array): string {
  const mark = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)
  if (mark === 0xff_fe) return new TextDecoder('utf-16le').decode(bytes)
  if (mark === 0xfe_ff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function csvRows(bytes: Uint8Array): TableRow[] {
  const text = decode(bytes).replace(/^\uFEFF/, '')
  const [firstLine = ''] = text.split('\n', 1)
  const top = text.split('\n', TITLE_ROWS + 1).join('\n')
  const found = (mark: string) => top.split(mark).length
  const delimiter = [',', '\t', ';', '，'].reduce((best, mark) => (found(mark) > found(best) ? mark : best))
  try {
    const records: readonly unknown[] = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      trim: true,
      skip_empty_lines: false,
    })
    return records.filter(isRecord).map(({ record, info }) => ({ row: info.lines, cells: record }))
  } catch (problem) {
    if (problem instanceof CsvError) {
      if (problem.code === 'CSV_QUOTE_NOT_CLOSED')
        throw new FileProblem(
          'quote-open',
          '此处的引号没有闭合，请补上或删去',
          'the quote that opens here is never closed: close it or take it out',
          openQuote(text, delimiter, firstLine),
        )
      const row = 'lines' in problem && typeof problem.lines === 'number' ? { row: problem.lines } : {}
      const column =
        'column' in problem && typeof problem.column === 'number' ? { column: nameOf(problem.column, delimiter, firstLine) } : {}
      throw new FileProblem(
        'csv-broken',
        '引号或分隔符有误，无法解析；请从 Excel 另存为 CSV UTF-8',
        `the quotes or separators are broken (${problem.code}): save it from Excel as CSV UTF-8`,
        {
          ...row,
          ...column,
        },
      )
    }
    throw problem
  }
}

const nameOf = (column: number, delimiter: string, firstLine: string): string =>
  firstLine.split(delimiter)[column]?.replaceAll('"', '').trim() || String(column + 1)

/** Where the quote stands that is open at the end of the text. */
function openQuote(text: string, delimiter: string, firstLine: string): Place {
  let [row, column, inside] = [1, 0, false]
  let opened: Place = {}
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at]
    if (letter === '"') {
      inside = !inside
      if (inside) opened = { row, column: nameOf(column, delimiter, firstLine) }
    } else if (letter === '\n') {
      row += 1
      if (!inside) column = 0
    } else if (letter === delimiter && !inside) column += 1
  }
  return opened
}

/** With `info` every record comes with its line; the parser's types do not say so. */
function isRecord(value: unknown): value is { readonly record: string[]; readonly info: { readonly lines: number } } {
  return typeof value === 'object' && value !== null && 'record' in value && 'info' in value
}

async function openWorkbook(bytes: Uint8Array, file: string): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook()
  try {
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer)
  } catch {
    throw new FileProblem(
      'xlsx-broken',
      `文件 ${file} 不是有效的 Excel 工作簿，请用 Excel 打开并另存为 .xlsx`,
      `The file ${file} is not a valid Excel workbook: open it in Excel and save it as .xlsx`,
    )
  }
  return workbook
}

async function firstSheetRows(bytes: Uint8Array, file: string): Promise<TableRow[]> {
  const [sheet] = (await openWorkbook(bytes, file)).worksheets
  return sheet === undefined ? [] : sheetRows(sheet)
}

function sheetRows(sheet: ExcelJS.Worksheet): TableRow[] {
  const rows: TableRow[] = []
  sheet.eachRow({ includeEmpty: false }, (row, number) => {
    const cells: string[] = []
    row.eachCell({ includeEmpty: true }, (cell, column) => {
      cells[column - 1] = cellText(cell.value)
    })
    rows.push({ row: number, cells: Array.from(cells, (cell) => cell ?? '') })
  })
  return rows
}

/** Excel keeps days as instants at midnight UTC. */
function cellText(value: ExcelJS.CellValue): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    const text = value.toISOString()
    return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ')
  }
  if (typeof value === 'object') {
    if ('error' in value) return String(value.error)
    if ('formula' in value || 'sharedFormula' in value)
      return value.result === undefined || value.result === null ? `=${value.formula ?? ''}` : cellText(value.result)
    if ('richText' in value) return value.richText.map((part) => part.text).join('')
    if ('text' in value) return String(value.text)
    return ''
  }
  return String(value).trim()
}
