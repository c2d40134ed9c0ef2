/** Cells read with their place: what a cell cannot mean is refused there, with what to do about it. */
import { dayNumber, isoDay } from '../../src/epidemic/linelist/index.ts'
import { FileProblem, type Place } from './file-problem.ts'
import type { Table, TableRow } from './table-file.ts'

export const textAt = (row: TableRow, column: number): string => row.cells[column] ?? ''

/** Where a cell stands in the file. */
export const cellPlace = (table: Table, row: TableRow, column: number): Place => ({
  row: row.row,
  column: table.header[column] || String(column + 1),
})

/** What is wrong with one cell. */
export const cellProblem = (table: Table, row: TableRow, column: number, code: string, zh: string, en: string): FileProblem =>
  new FileProblem(code, zh, en, cellPlace(table, row, column))

/** What a cell of a workbook says that holds no value. */
function formulaHint(text: string): { readonly zh: string; readonly en: string } {
  if (text.startsWith('#'))
    return { zh: '：该单元格的公式出错，请在 Excel 中改正', en: ': the formula of this cell fails, mend it in Excel' }
  if (text.startsWith('='))
    return {
      zh: '：该公式没有保存结果，请用 Excel 打开并重新保存',
      en: ': this formula was saved without its value, open and save it in Excel',
    }
  return { zh: '', en: '' }
}

/** Excel counts days from 30 December 1899; in a column that is not formatted as dates the bare number stands in the cell. */
function serialHint(serial: number): { readonly zh: string; readonly en: string } {
  const day = isoDay(dayNumber('1899-12-30') + Math.floor(serial))
  return {
    zh: `。看来是 Excel 的日期序号（${day}）：请把该列的单元格格式设为“日期”后保存`,
    en: `. It looks like Excel's number of a day (${day}): format the column as dates and save`,
  }
}

/** A finite number within bounds. */
export function numberAt(
  table: Table,
  row: TableRow,
  column: number,
  bounds: { readonly least?: number; readonly most?: number } = {},
): number {
  const text = textAt(row, column).replaceAll(',', '')
  const value = Number(text)
  if (text === '')
    throw cellProblem(
      table,
      row,
      column,
      'not-a-number',
      '此格为空，请填数字（确实没有则填 0）',
      'the cell is empty: write a number, 0 if there was none',
    )
  if (!Number.isFinite(value)) {
    const hint = formulaHint(text)
    throw cellProblem(
      table,
      row,
      column,
      'not-a-number',
      `“${text}”不是数字${hint.zh === '' ? '，请改为数字' : hint.zh}`,
      `"${text}" is not a number${hint.en === '' ? ': write digits' : hint.en}`,
    )
  }
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = bounds
  if (value < least || value > most) {
    const range = {
      zh: most === Number.POSITIVE_INFINITY ? `不小于 ${least}` : `在 ${least} 与 ${most} 之间`,
      en: most === Number.POSITIVE_INFINITY ? `${least} or more` : `between ${least} and ${most}`,
    }
    throw cellProblem(
      table,
      row,
      column,
      'out-of-range',
      `“${text}”不可能，应${range.zh}，请核对`,
      `"${text}" is impossible, it must be ${range.en}: check it`,
    )
  }
  return value
}

/** A whole number; negative ones only where corrections may stand. */
export function countAt(
  table: Table,
  row: TableRow,
  column: number,
  allow: 'corrections' | { readonly least?: number; readonly most?: number } = {},
): number {
  const value = numberAt(table, row, column)
  if (!Number.isSafeInteger(value))
    throw cellProblem(
      table,
      row,
      column,
      'not-a-count',
      `“${value}”不是整数，请填整数`,
      `"${value}" is not a whole number: write a whole one`,
    )
  if (allow === 'corrections') return value
  if (value < 0)
    throw cellProblem(
      table,
      row,
      column,
      'negative-count',
      `“${value}”为负数，请填 0 或正整数`,
      `"${value}" is negative: write 0 or a whole number above`,
    )
  return numberAt(table, row, column, { least: 0, ...allow })
}

/** Years that a file of this work can mean; others are slips of the pen. */
const YEARS = { first: 1900, last: 2099 }

/** A calendar day as a day number: 2020-02-14, 2020/2/14, 2020.2.14, 2020年2月14日, 20200214, with or without a time of day. */
export function dayAt(table: Table, row: TableRow, column: number): number {
  const text = textAt(row, column)
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const year = Number(parts?.[1])
  try {
    if (parts !== null && year >= YEARS.first && year <= YEARS.last)
      return dayNumber(`${parts[1]}-${String(parts[2]).padStart(2, '0')}-${String(parts[3]).padStart(2, '0')}`)
  } catch {
    // An impossible day such as 30 February is reported below with its place.
  }
  if (text === '')
    throw cellProblem(
      table,
      row,
      column,
      'not-a-date',
      '此格为空，请填日期，如 2020-02-14',
      'the cell is empty: write a date such as 2020-02-14',
    )
  const hint = /^\d{5}(\.\d+)?$/.test(text) ? serialHint(Number(text)) : formulaHint(text)
  throw cellProblem(
    table,
    row,
    column,
    'not-a-date',
    `“${text}”不是日期，请写成 2020-02-14${hint.zh}`,
    `"${text}" is not a date: write 2020-02-14${hint.en}`,
  )
}

/** A day number or null where the cell is empty. */
export const dayOrNullAt = (table: Table, row: TableRow, column: number): number | null =>
  column < 0 || textAt(row, column) === '' || textAt(row, column) === 'NA' ? null : dayAt(table, row, column)

/**
 * Reads times in days, all of them plain numbers or all of them dates (eight digits are a date): a number beside a date would lie half a
 * century away from it.
 */
export function timeReader(table: Table): (row: TableRow, column: number) => number {
  let first: 'numbers' | 'dates' | null = null
  return (row, column) => {
    const text = textAt(row, column)
    const kind = /^-?\d+(\.\d+)?$/.test(text) && !/^\d{8}$/.test(text) ? 'numbers' : 'dates'
    const value = kind === 'numbers' ? numberAt(table, row, column) : dayAt(table, row, column)
    first ??= kind
    if (kind !== first)
      throw cellProblem(
        table,
        row,
        column,
        'times-mixed',
        `“${text}”与前面的写法不同：请全部写日期，或全部写天数`,
        `"${text}" is written otherwise than the times before it: write dates everywhere, or numbers of days everywhere`,
      )
    return value
  }
}

/** A moment as minutes on the calendar: 2020-02-14 08:30; a bare date is its midnight. */
export function minuteAt(table: Table, row: TableRow, column: number): number {
  const text = textAt(row, column)
  const day = dayAt(table, row, column)
  const clock = /[ T](.+)$/.exec(text)?.[1]
  if (clock === undefined) return day * 1440
  const parts = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(clock.trim())
  const [hours, minutes] = [Number(parts?.[1]), Number(parts?.[2])]
  if (parts === null || minutes > 59 || hours * 60 + minutes > 1440)
    throw cellProblem(
      table,
      row,
      column,
      'not-a-time',
      `“${text}”不是时间，请写成 2020-02-14 08:30`,
      `"${text}" is not a time: write 2020-02-14 08:30`,
    )
  return day * 1440 + hours * 60 + minutes
}

/** Yes or no in either language; null where empty. */
export function flagAt(table: Table, row: TableRow, column: number): boolean | null {
  const text = textAt(row, column).toLowerCase()
  if (column < 0 || text === '' || text === 'na' || text === '不详') return null
  if (['1', 'yes', 'y', 'true', '是', '输入', 'imported'].includes(text)) return true
  if (['0', 'no', 'n', 'false', '否', '本地', 'local'].includes(text)) return false
  throw cellProblem(table, row, column, 'not-a-flag', `“${text}”应为“是”或“否”，请改正`, `"${text}" is neither: write yes or no`)
}
