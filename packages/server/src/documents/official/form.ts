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

/** Facts of a form: a label and what stands behind it. Short ones stand two to a line, long ones alone. */
export interface FormPart {
  readonly kind: 'form'
  readonly rows: readonly (readonly [label: string, value: string])[]
}

const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' }
const WHOLE = page.width - page.margin.left - page.margin.right
/** Shares of a line: label, value, label, value. */
const SIZES = [0.16, 0.34, 0.16, 0.34].map((share) => Math.floor(WHOLE * share))
/** A value with more characters than this does not fit into half a line. */
const HALF_LINE = 12

const long = (value: string) => [...value].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0) > HALF_LINE

/** Pairs in the order given, two to a line where both are short. */
export function formLines(rows: FormPart['rows']): readonly FormPart['rows'][] {
  const lines: FormPart['rows'][number][][] = []
  let open: FormPart['rows'][number][] | undefined
  for (const row of rows) {
    if (long(row[1])) {
      open = undefined
      lines.push([row])
    } else if (open) {
      open.push(row)
      open = undefined
    } else {
      open = [row]
      lines.push(open)
    }
  }
  return lines
}

export function form({ rows }: FormPart): Table {
  const lines = formLines(rows)
  // Facts that fit on a page stand on one.
  const cell = (text: string, width: number, span: number, label: boolean, together: boolean) =>
    new TableCell({
      width: { size: width, type: WidthType.DXA },
      columnSpan: span,
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 80, right: 80, top: 40, bottom: 40 },
      children: [
        new Paragraph({
          style: 'Cell',
          keepNext: together,
          alignment: label ? AlignmentType.CENTER : AlignmentType.LEFT,
          children: [new TextRun(label ? { text, font: font(FACES.black) } : { text })],
        }),
      ],
    })
  const [label = 0, value = 0] = SIZES
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: WHOLE, type: WidthType.DXA },
    columnWidths: SIZES,
    alignment: AlignmentType.CENTER,
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE },
    rows: lines.map(([first, second], n) => {
      const together = n < lines.length - 1
      return new TableRow({
        cantSplit: true,
        children: first
          ? [
              cell(first[0], label, 1, true, together),
              ...(second
                ? [
                    cell(first[1], value, 1, false, together),
                    cell(second[0], label, 1, true, together),
                    cell(second[1], value, 1, false, together),
                  ]
                : [cell(first[1], WHOLE - label, 3, false, together)]),
            ]
          : [],
      })
    }),
  })
}
