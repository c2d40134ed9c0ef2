import { official } from '@guatu/domains'
import { type Table, TableRow } from 'docx'
import { cell, ruled } from './ruled.ts'

/** Facts of a form: a label and what stands behind it. Short ones stand two to a line, long ones alone. */
export interface FormPart {
  readonly kind: 'form'
  readonly rows: readonly (readonly [label: string, value: string])[]
}

/** Shares of a line: label, value, label, value. */
const SIZES = [0.16, 0.34, 0.16, 0.34].map((share) => Math.floor(official.TEXT_WIDTH * share))
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
  const set = (text: string, width: number, columnSpan: number, label: boolean, together: boolean) =>
    cell(text, { width, columnSpan, black: label, centred: label, together, margins: { left: 80, right: 80, top: 40, bottom: 40 } })
  const [label = 0, value = 0] = SIZES
  return ruled(
    SIZES,
    lines.map(([first, second], n) => {
      // Facts that fit on a page stand on one.
      const together = n < lines.length - 1
      return new TableRow({
        cantSplit: true,
        children: first
          ? [
              set(first[0], label, 1, true, together),
              ...(second
                ? [
                    set(first[1], value, 1, false, together),
                    set(second[0], label, 1, true, together),
                    set(second[1], value, 1, false, together),
                  ]
                : [set(first[1], official.TEXT_WIDTH - label, 3, false, together)]),
            ]
          : [],
      })
    }),
  )
}
