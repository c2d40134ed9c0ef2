import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { FACES, font, page } from './layout.ts'

export interface TablePart {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Relative widths of the columns. */
  readonly widths?: readonly number[]
}

/** A table of so few rows stands on one page. */
const SMALL = 8
const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' }

/** Sets a table over the whole width; its head is repeated on every page, and no row is torn apart. */
export function table({ columns, rows, widths }: TablePart): Table {
  const whole = page.width - page.margin.left - page.margin.right
  const shares = widths ?? columns.map((_, i) => (i === 0 ? 2 : 1))
  const sum = shares.reduce((a, b) => a + b, 0)
  const sizes = shares.map((share) => Math.floor((whole * share) / sum))
  const small = rows.length <= SMALL
  const cell = (text: string, i: number, header: boolean, together = false) =>
    new TableCell({
      width: { size: sizes[i] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 60, right: 60 },
      children: [
        new Paragraph({
          style: 'Cell',
          keepNext: together,
          alignment: header || text.length < 8 ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [new TextRun(header ? { text, font: font(FACES.black) } : { text })],
        }),
      ],
    })
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: whole, type: WidthType.DXA },
    columnWidths: sizes,
    alignment: AlignmentType.CENTER,
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE },
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((one, i) => cell(one, i, true, true)) }),
      ...rows.map((row, n) => {
        const together = small && n < rows.length - 1
        return new TableRow({ cantSplit: true, children: row.map((one, i) => cell(one, i, false, together)) })
      }),
    ],
  })
}
