import { PassThrough, type Readable } from 'node:stream'
import type exceljs from 'exceljs'
import type { OutgoingTable } from '../outgoing.ts'
import { LINE_POINTS, linesOfText, ON_PAPER, PAPER_SIZES, pageNumbers } from './paper.ts'

/** Rows of data in one sheet; Excel takes 1,048,576 in all. The rest goes to further sheets. */
const ROWS_IN_SHEET = 1_000_000
const WIDTH = 18

/** A table as a workbook. Cells are typed: a text that looks like a formula is written as text and marked so that editing it keeps it one. */
export function xlsxStream(table: OutgoingTable): Readable {
  const out = new PassThrough({ highWaterMark: 1 << 18 })
  write(table, out).catch((error: unknown) => out.destroy(error instanceof Error ? error : new Error(String(error))))
  return out
}

async function write(table: OutgoingTable, out: PassThrough): Promise<void> {
  const { stream } = (await import('exceljs')).default
  const book = new stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false, useStyles: true })
  const ruled = table.ruled?.map((column, i) => ({ ...column, width: widthOf(column.width, table.heading[i] ?? '') }))
  let sheet = begin(book, table, 1, ruled)
  let inSheet = 0
  let sheets = 1
  for await (const rows of table.rows()) {
    if (inSheet + rows.length > ROWS_IN_SHEET) {
      sheet.commit()
      sheets += 1
      sheet = begin(book, table, sheets, ruled)
      inSheet = 0
    }
    for (const cells of rows) {
      const row = sheet.addRow([...cells])
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]
        if (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)) row.getCell(i + 1).numFmt = '@'
      }
      if (ruled) rule(row, ruled)
      row.commit()
    }
    inSheet += rows.length
    // The reader sets the pace: while it does not take the pieces away, no further page is asked for.
    while (out.writableLength > 4 << 20 && !out.destroyed) await new Promise((resolve) => setTimeout(resolve, 10))
    if (out.destroyed) return
  }
  sheet.commit()
  await book.commit()
}

function begin(book: exceljs.stream.xlsx.WorkbookWriter, table: OutgoingTable, number: number, ruled: Ruled | undefined) {
  const name = table.title.replace(/[\\/*?:[\]]/g, ' ').slice(0, 25)
  const above = [table.asOf, ...(table.facts ?? [])]
  const headingAt = above.length + 1
  const sheet = book.addWorksheet(number === 1 ? name : `${name} ${number}`, {
    views: [{ state: 'frozen', ySplit: headingAt }],
    pageSetup: {
      ...ON_PAPER,
      paperSize: PAPER_SIZES[table.paper ?? 'A4'],
      orientation: 'landscape',
      printTitlesRow: `1:${headingAt}`,
    },
    headerFooter: { oddFooter: pageNumbers(table.lang) },
  })
  sheet.columns = table.heading.map((_, i) => ({ width: ruled?.[i]?.width ?? WIDTH }))
  for (const line of above) sheet.addRow([line]).commit()
  const heading = sheet.addRow([...table.heading])
  heading.font = { name: 'Calibri', size: 11, bold: true }
  if (ruled) rule(heading, ruled)
  heading.commit()
  return sheet
}

type Ruled = NonNullable<OutgoingTable['ruled']>

/** A column is never narrower than the longest word of its heading, which nothing can break. */
const widthOf = (width: number, head: string): number =>
  Math.max(width, ...[...head.matchAll(/[^\s\p{Script=Han}-]+/gu)].map(([word]) => word.length + 2))

const LINE = { style: 'thin', color: { argb: 'FF999999' } } as const
const BOX = { top: LINE, left: LINE, bottom: LINE, right: LINE }

/** A line of a form: boxes, figures in the middle, words that go on below each other; not every program makes room for those by itself. */
function rule(row: exceljs.Row, columns: Ruled): void {
  const lines = columns.map(({ width, format }, i) => {
    const cell = row.getCell(i + 1)
    const { value } = cell
    cell.border = BOX
    cell.alignment = { wrapText: true, vertical: 'top', ...(typeof value === 'number' ? { horizontal: 'center' } : {}) }
    if (typeof value === 'number' && format) cell.numFmt = format
    return typeof value === 'string' ? value.split('\n').reduce((sum, line) => sum + Math.max(1, linesOfText(line, width)), 0) : 1
  })
  row.height = LINE_POINTS * Math.max(1, ...lines)
}
