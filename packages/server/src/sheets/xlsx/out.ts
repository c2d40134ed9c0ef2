import { PassThrough, type Readable } from 'node:stream'
import type { Cell } from '@guatu/kernel'
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
      for (const [i, cell] of cells.entries()) {
        const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell)
        if (ruled) row.getCell(i + 1).style = boxed(text ? '@' : typeof cell === 'number' ? ruled[i]?.format : undefined, cell)
        else if (text) row.getCell(i + 1).numFmt = '@'
      }
      if (ruled) row.height = heightOf(cells, ruled)
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
  heading.font = HEADING
  if (ruled) {
    heading.eachCell((cell) => {
      cell.style = { ...boxed(undefined, null), font: HEADING }
    })
    heading.height = heightOf(table.heading, ruled)
  }
  heading.commit()
  return sheet
}

type Ruled = NonNullable<OutgoingTable['ruled']>

/** A column is never narrower than the longest word of its heading, which nothing can break. */
const widthOf = (width: number, head: string): number =>
  Math.max(width, ...[...head.matchAll(/[^\s\p{Script=Han}-]+/gu)].map(([word]) => word.length + 2))

const HEADING = { name: 'Calibri', size: 11, bold: true } as const
const LINE = { style: 'thin', color: { argb: 'FF999999' } } as const
const BOX = { top: LINE, left: LINE, bottom: LINE, right: LINE }
const boxes = new Map<string, Partial<exceljs.Style>>()

/** A box of a form: figures stand in the middle, words go on below each other. The same look is one object, which the writer knows again at once. */
function boxed(numFmt: string | undefined, cell: Cell): Partial<exceljs.Style> {
  const figure = typeof cell === 'number'
  const key = `${numFmt ?? ''} ${figure}`
  const known = boxes.get(key)
  if (known) return known
  const made: Partial<exceljs.Style> = {
    border: BOX,
    alignment: { wrapText: true, vertical: 'top', ...(figure ? { horizontal: 'center' } : {}) },
    ...(numFmt === undefined ? {} : { numFmt }),
  }
  boxes.set(key, made)
  return made
}

/** Not every program makes room by itself for words that go on below each other. Points. */
const heightOf = (cells: readonly Cell[], columns: Ruled): number =>
  LINE_POINTS * Math.max(1, ...cells.map((cell, i) => linesIn(cell, columns[i]?.width ?? WIDTH)))

const linesIn = (cell: Cell, width: number): number =>
  typeof cell === 'string' ? cell.split('\n').reduce((sum, line) => sum + Math.max(1, linesOfText(line, width)), 0) : 1
