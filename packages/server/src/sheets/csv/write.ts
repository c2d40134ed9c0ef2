import type { Cell } from '@guatu/kernel'

/** A cell that a spreadsheet would take for a formula begins with one of these; a plain negative number does not count. */
const FORMULA = /^[=+\-@\t\r]/
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** Text that stays text wherever it is opened: what looks like a formula gets an apostrophe in front, as Excel writes it. */
export const neutral = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text)

function quoted(cell: Cell): string {
  if (cell === null) return ''
  const text = cell instanceof Date ? cell.toISOString() : typeof cell === 'string' ? neutral(cell) : String(cell)
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One line of a CSV file (RFC 4180), with its line end. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(quoted).join(',')}\r\n`
