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
  let sheet = begin(book, table, 1)
  let inSheet = 0
  let sheets = 1
  for await (const rows of table.rows()) {
    if (inSheet + rows.length > ROWS_IN_SHEET) {
      sheet.commit()
      sheets += 1
      sheet = begin(book, table, sheets)
      inSheet = 0
    }
    for (const cells of rows) {
      const row = sheet.addRow([...cells])
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i]
        if (typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)) row.getCell(i + 1).numFmt = '@'
      }
      breakLines(row, table.widths)
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

function begin(book: exceljs.stream.xlsx.WorkbookWriter, table: OutgoingTable, number: number) {
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
  sheet.columns = table.heading.map((_, i) => ({ width: table.widths?.[i] ?? WIDTH }))
  for (const line of above) sheet.addRow([line]).commit()
  const heading = sheet.addRow([...table.heading])
  heading.font = { bold: true }
  breakLines(heading, table.widths)
  heading.commit()
  return sheet
}

/** Words go on below each other in columns of a set width; not every program makes room for them by itself. */
function breakLines(row: exceljs.Row, widths: readonly number[] | undefined): void {
  if (!widths) return
  const lines = widths.map((width, i) => {
    const cell = row.getCell(i + 1)
    cell.alignment = { wrapText: true, vertical: 'top' }
    return typeof cell.value === 'string' ? cell.value.split('\n').reduce((sum, line) => sum + Math.max(1, linesOfText(line, width)), 0) : 1
  })
  row.height = LINE_POINTS * Math.max(1, ...lines)
}
