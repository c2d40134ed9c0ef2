import { official } from '@guatu/domains'
import {
  AlignmentType,
  BorderStyle,
  type IParagraphOptions,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  type TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx'
import { font } from './fonts.ts'

const EDGE = { style: BorderStyle.SINGLE, size: 6, color: '000000' }

/** Rows between lines on all sides, over the whole width of the text. @param sizes widths of the columns, twips */
export const ruled = (sizes: readonly number[], rows: readonly TableRow[]): Table =>
  new Table({
    layout: TableLayoutType.FIXED,
    width: { size: official.TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: [...sizes],
    alignment: AlignmentType.CENTER,
    borders: { top: EDGE, bottom: EDGE, left: EDGE, right: EDGE, insideHorizontal: EDGE, insideVertical: EDGE },
    rows,
  })

interface CellStyle extends Pick<ITableCellOptions, 'margins' | 'columnSpan'> {
  /** Twips. */
  readonly width: number
  /** In the face of headings. */
  readonly black: boolean
  readonly centred: boolean
  /** Stands on one page with the row below. */
  readonly together: boolean
  /** Half-points; that of all cells when left out. */
  readonly size?: number
  readonly spacing?: IParagraphOptions['spacing']
}

/** One text between the lines, in the middle of its height. */
export const cell = (text: string, { width, black, centred, together, size, spacing, ...rest }: CellStyle): TableCell =>
  new TableCell({
    ...rest,
    width: { size: width, type: WidthType.DXA },
    verticalAlign: VerticalAlignTable.CENTER,
    children: [
      new Paragraph({
        style: 'Cell',
        ...(spacing ? { spacing } : {}),
        keepNext: together,
        alignment: centred ? AlignmentType.CENTER : AlignmentType.LEFT,
        children: [new TextRun({ text, ...(size === undefined ? {} : { size }), ...(black ? { font: font(official.FACES.black) } : {}) })],
      }),
    ],
  })
