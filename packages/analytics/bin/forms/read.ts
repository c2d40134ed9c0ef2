/** Reads the sheets of a planning workbook by their definitions; every mistake is named with sheet, row and column. */
import { type FigureRange, fitsRange, rangeWords } from '../../src/planning/anytime/figures.ts'
import { FileProblem, type Place } from '../input/file-problem.ts'
import type { Table } from '../input/table-file.ts'
import { type Column, type RowOf, type Settings, type SettingValues, type Sheet, settingsSheet } from './form.ts'
import { READERS } from './value.ts'

export type Workbook = ReadonlyMap<string, Table>

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_\-（）()]/g, '')
const same = (written: string, one: { readonly zh: string; readonly en: string }) =>
  plain(written) === plain(one.zh) || plain(written) === plain(one.en)

function tableOf(workbook: Workbook, sheet: Sheet): Table | undefined {
  for (const [name, table] of workbook) if (same(name, sheet)) return table
  return undefined
}

/** @throws FileProblem where a sheet or a column is missing, or a cell does not have its meaning */
export function readSheet<S extends Sheet>(workbook: Workbook, sheet: S): RowOf<S>[] {
  const table = tableOf(workbook, sheet)
  if (!table) {
    if (sheet.optional) return []
    const there = [...workbook.keys()].join('、')
    throw new FileProblem(
      'sheet-missing',
      `缺少工作表“${sheet.zh}”（${sheet.en}），现有：${there}`,
      `the sheet "${sheet.en}" (${sheet.zh}) is missing or empty; the file has: ${there}`,
    )
  }
  const columns = Object.entries(sheet.columns).map(([key, column]) => ({ key, column, at: columnAt(table, sheet, column) }))
  return table.rows.map(({ row, cells }) => {
    const values: Record<string, unknown> = { row }
    for (const { key, column, at } of columns) {
      const value = meaningOf((cells[at] ?? '').trim(), column, placeOf(row, sheet, column))
      if (value !== undefined) values[key] = value
    }
    // The loop above has read every column by its meaning.
    return values as RowOf<S>
  })
}

type Named = { readonly zh: string; readonly en: string }

/** A cell, by sheet and column, in both languages. */
function placeOf(row: number, sheet: Named, column?: Named): Place {
  const join = (one: string, other: string | undefined) => (other === undefined ? one : `${one}·${other}`)
  return { row, column: join(sheet.zh, column?.zh), columnEn: join(sheet.en, column?.en) }
}

function columnAt(table: Table, sheet: Sheet, column: Column): number {
  const at = table.header.findIndex((name) => same(name, column))
  if (at < 0 && column.optional !== true)
    throw new FileProblem(
      'column-missing',
      `工作表“${sheet.zh}”缺少“${column.zh}”列（${column.en}），现有：${table.header.join('、')}`,
      `the sheet "${sheet.en}" lacks the column "${column.en}" (${column.zh}); it has: ${table.header.join(', ')}`,
    )
  return at
}

function meaningOf(text: string, column: Pick<Column, 'as' | 'optional' | 'range'>, place: Place): unknown {
  if (text === '') {
    if (column.optional) return undefined
    throw new FileProblem('cell-empty', '不能为空', 'it must not be empty', place)
  }
  const { read, zh, en } = READERS[column.as]
  const value = read(text)
  if (value === undefined) throw new FileProblem('cell-invalid', `“${text}”应为${zh}`, `"${text}" should be ${en}`, place)
  const range = { ...anyNumber, ...column.range }
  const misfit = numbersIn(value).find((number) => !fitsRange(number, range))
  if (misfit !== undefined) {
    const words = rangeWords(range)
    throw new FileProblem('cell-range', `“${text}”应为${words.zh}`, `"${text}" should be ${words.en}`, place)
  }
  return value
}

/** Beyond these a cell is a slip of the pen, whatever it counts. */
const anyNumber: FigureRange = { least: -1e9, most: 1e9 }

/** The numbers that a cell holds, alone, in a list or beside names. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.flatMap(numbersIn) : []
}

/** The settings of a workbook over their defaults. @throws FileProblem for an unknown name or a value that does not fit */
export function readSettings<S extends Settings>(workbook: Workbook, settings: S): SettingValues<S> {
  const given = readSheet(workbook, settingsSheet)
  for (const { name, row } of given)
    if (!Object.values(settings).some((one) => same(name, one))) {
      const known = Object.values(settings)
      throw new FileProblem(
        'setting-unknown',
        `没有参数“${name}”，可用：${known.map((one) => one.zh).join('、')}`,
        `there is no setting "${name}"; known are: ${known.map((one) => one.en).join(', ')}`,
        placeOf(row, settingsSheet),
      )
    }
  const values = Object.entries(settings).map(([key, setting]) => {
    const found = given.find(({ name }) => same(name, setting))
    return [key, meaningOf(found?.value ?? setting.value, setting, placeOf(found?.row ?? 0, settingsSheet, setting))]
  })
  // Every key of the definition is read, by its meaning.
  return Object.fromEntries(values) as SettingValues<S>
}

/** Index of a name among the rows of another sheet. `key` is the column where it stands. @throws FileProblem naming the cell that points nowhere */
export function positionIn<S extends Sheet>(
  names: ReadonlyMap<string, number>,
  name: string,
  sheet: S,
  row: number,
  target: Sheet,
  key: keyof S['columns'] & string,
): number {
  const at = names.get(name)
  if (at === undefined)
    throw new FileProblem(
      'name-unknown',
      `“${name}”不在工作表“${target.zh}”中`,
      `"${name}" is not in the sheet "${target.en}"`,
      placeOf(row, sheet, sheet.columns[key]),
    )
  return at
}

/** @throws FileProblem naming the second cell where a time or a date lies before the one that begins the span */
export function inOrder<S extends Sheet>(
  begin: number | undefined,
  end: number | undefined,
  sheet: S,
  row: number,
  key: keyof S['columns'] & string,
): void {
  if (begin !== undefined && end !== undefined && end < begin)
    throw new FileProblem('span-reversed', '早于起点', 'it lies before the beginning', placeOf(row, sheet, sheet.columns[key]))
}

/** @throws FileProblem naming the cell where a number is above that of another column of its row */
export function atMost<S extends Sheet>(
  value: number | undefined,
  most: number,
  sheet: S,
  row: number,
  key: keyof S['columns'] & string,
  other: Named,
): void {
  if (value !== undefined && value > most)
    throw new FileProblem(
      'cell-range',
      `${value} 大于“${other.zh}”${most}`,
      `${value} is above "${other.en}", ${most}`,
      placeOf(row, sheet, sheet.columns[key]),
    )
}

/** Names of rows to their position. @throws FileProblem where one stands twice */
export function positions(rows: readonly { readonly id: string; readonly row: number }[], sheet: Sheet): Map<string, number> {
  const map = new Map<string, number>()
  for (const { id, row } of rows) {
    if (map.has(id)) throw new FileProblem('name-repeated', `“${id}”出现两次`, `"${id}" stands twice`, placeOf(row, sheet))
    map.set(id, map.size)
  }
  return map
}
