/** Columns by meaning. */
import { type ColumnMeaning, columnNames } from './column-names.ts'
import { FileProblem } from './file-problem.ts'
import type { Table } from './table-file.ts'

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_\-（）()]/g, '')

/** Position of a column, or -1. `given` is a name from the command line and must exist. */
export function findColumn(table: Table, meaning: ColumnMeaning, given?: string): number {
  if (given !== undefined) {
    const at = headerAt(table, given)
    if (at < 0)
      throw new FileProblem(
        'column-missing',
        `表中没有“${given}”列，现有：${table.header.join('、')}`,
        `there is no column "${given}"; the file has: ${table.header.join(', ')}`,
      )
    return at
  }
  for (const wanted of columnNames[meaning]) {
    const at = headerAt(table, wanted)
    if (at >= 0) return at
  }
  return -1
}

/** Two columns of one name would leave it to chance which of them is read. */
function headerAt(table: Table, wanted: string): number {
  const at = table.header.findIndex((name) => plain(name) === plain(wanted))
  const again = at < 0 ? -1 : table.header.findIndex((name, column) => column > at && plain(name) === plain(wanted))
  if (again >= 0)
    throw new FileProblem(
      'column-twice',
      `表头有两个“${table.header[again]}”列（第 ${at + 1}、${again + 1} 列），请删去或改名其一`,
      `the header has "${table.header[again]}" twice (columns ${at + 1} and ${again + 1}): take one out or name it otherwise`,
      { row: table.headerRow, column: table.header[again] ?? '' },
    )
  return at
}

/** Position of a column that must be there. */
export function needColumn(table: Table, meaning: ColumnMeaning, given?: string): number {
  const at = findColumn(table, meaning, given)
  if (at >= 0) return at
  const names = columnNames[meaning]
  const chinese = names.find((name) => /\p{Script=Han}/u.test(name)) ?? names[0]
  throw new FileProblem(
    'column-missing',
    `缺少“${chinese}”列（${names[0]}），现有：${table.header.join('、')}；请补上该列或改列名`,
    `the column "${names[0]}" (${chinese}) is missing; the file has: ${table.header.join(', ')}. Add it, or name the column so`,
  )
}
