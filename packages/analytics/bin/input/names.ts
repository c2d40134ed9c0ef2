/** Names and ids: there, given once, and known where another table gives them. */
import { cellProblem, textAt } from './cells.ts'
import { findColumn } from './columns.ts'
import type { Table, TableRow } from './table-file.ts'

/** A name or number of somebody or something, which must be there. */
export function nameAt(table: Table, row: TableRow, column: number): string {
  const text = textAt(row, column)
  if (text === '') throw cellProblem(table, row, column, 'name-missing', '此格为空，请补上', 'the cell is empty: fill it in')
  return text
}

/** Refuses what may stand in a column only once, and names the row where it stood first. */
export function onlyOnce(table: Table, column: number, code: string, zh: string, en: string) {
  const rows = new Map<string, number>()
  return (row: TableRow, key: string, shown = key): void => {
    const before = rows.get(key)
    if (before !== undefined)
      throw cellProblem(table, row, column, code, `${shown} 已在第 ${before} 行出现：${zh}`, `${shown} is already in row ${before}: ${en}`)
    rows.set(key, row.row)
  }
}

/** For a line list: refuses a case in two rows, where the file names its cases; ids are those of one group, such as a county, where one is given. */
export function oneRowACase(table: Table): (row: TableRow, group?: string) => void {
  const id = findColumn(table, 'caseId')
  const once = onlyOnce(
    table,
    id,
    'id-twice',
    '同一病例请只留一行，不同病例请用不同编号',
    'keep one row of a case, or give the cases different ids',
  )
  return (row, group = '') => {
    const text = textAt(row, id)
    if (text !== '') once(row, `${group} ${text}`, text)
  }
}

const KNOWN = {
  case: { code: 'id-unknown', zh: ['病例', '编号'], en: ['case', 'id'] },
  place: { code: 'place-unknown', zh: ['地点', '名称'], en: ['place', 'name'] },
} as const

/** The number of a case or place that its own table names. */
export function numberAtName(
  table: Table,
  row: TableRow,
  column: number,
  numbers: ReadonlyMap<string, number>,
  what: keyof typeof KNOWN,
): number {
  const name = nameAt(table, row, column)
  const number = numbers.get(name)
  if (number !== undefined) return number
  const { code, zh, en } = KNOWN[what]
  throw cellProblem(
    table,
    row,
    column,
    code,
    `${zh[0]}“${name}”不在${zh[0]}表中，请改正${zh[1]}或在${zh[0]}表中补上`,
    `the ${en[0]} "${name}" is not in the table of ${en[0]}s: mend the ${en[1]}, or add the ${en[0]} there`,
  )
}
