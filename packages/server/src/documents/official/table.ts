import { official } from '@guatu/domains'
import { LineRuleType, type Table, TableRow } from 'docx'
import { cell, ruled } from './ruled.ts'

export interface TablePart extends official.TableWords {
  readonly kind: 'table'
}

/** A table as .docx; its head is repeated on every page, and no row is torn apart. */
export function table(part: TablePart): Table {
  const { columns, rows } = part
  const { sizes, size, line, around, centred, small } = official.setTable(part)
  const set = (text: string, i: number, header: boolean, together: boolean) =>
    cell(text, {
      width: sizes[i] ?? 0,
      black: header,
      centred: header || centred[i] === true,
      together,
      margins: { left: official.INSET, right: official.INSET },
      size,
      spacing: { line, lineRule: LineRuleType.EXACT, before: around, after: around },
    })
  return ruled(sizes, [
    new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((one, i) => set(one, i, true, true)) }),
    ...rows.map((row, n) => {
      const together = small && n < rows.length - 1
      return new TableRow({ cantSplit: true, children: row.map((one, i) => set(one, i, false, together)) })
    }),
  ])
}
