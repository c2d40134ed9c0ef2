import { PassThrough, type Readable } from 'node:stream'
import type exceljs from 'exceljs'
import type { OutgoingTable } from '../export.ts'

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
  const sheet = book.addWorksheet(number === 1 ? name : `${name} ${number}`, { views: [{ state: 'frozen', ySplit: 2 }] })
  sheet.columns = table.heading.map(() => ({ width: WIDTH }))
  sheet.addRow([table.asOf]).commit()
  const heading = sheet.addRow([...table.heading])
  heading.font = { bold: true }
  heading.commit()
  return sheet
}
