/** Daily counts from a table of days, or counted from a line list. */
import { isoDay } from '../../src/epidemic/linelist/index.ts'
import { type Redistributed, redistributeCorrections } from '../../src/epidemic/reproduction/index.ts'
import { dayOption } from '../options.ts'
import { cellProblem, countAt, dayAt, dayOrNullAt, flagAt, textAt } from './cells.ts'
import { findColumn, needColumn } from './columns.ts'
import { FileProblem, type Place, placed } from './file-problem.ts'
import { oneRowACase, onlyOnce } from './names.ts'
import type { Table } from './table-file.ts'

export interface DailyCounts {
  readonly firstDay: number
  readonly lastDay: number
  /** Days from one count to the next: 1, or 7 where weekly counts are allowed. */
  readonly step: 1 | 7
  /** ISO days, one for each count. */
  readonly days: readonly string[]
  /** Cases infected here; all cases where none are known to be imported. */
  readonly cases: readonly number[]
  readonly imported: readonly number[] | null
  /** Local and imported together. */
  readonly total: readonly number[]
  readonly deaths: readonly number[] | null
  /** Group that was chosen, or null when all were added up. */
  readonly group: string | null
  /** Where the count of a day (0 = first) stands in the file; without a row where the day has none of its own. */
  place(day: number, of: 'cases' | 'imported' | 'deaths'): Place
}

/**
 * Counts with their corrections taken back from the days before.
 *
 * @throws FileProblem with the row of a correction that takes back more than was ever reported
 */
export function settledCounts(counts: Pick<DailyCounts, 'total' | 'place'>): Redistributed
export function settledCounts(counts: DailyCounts, of: 'cases' | 'imported'): Redistributed
export function settledCounts(
  counts: Pick<DailyCounts, 'total' | 'place'> & Partial<DailyCounts>,
  of: 'total' | 'cases' | 'imported' = 'total',
): Redistributed {
  return placed(
    (day) => counts.place(day, of === 'imported' ? 'imported' : 'cases'),
    () => redistributeCorrections(counts[of] ?? []),
  )
}

export interface CountOptions {
  /** Name of the column with the counts. */
  readonly column?: string
  /** Only rows of this group (city, district, …). */
  readonly group?: string
  /** For line lists: count by `onset` or by `report`. */
  readonly by?: string
  /** Missing days: `error` or `zero`. */
  readonly gaps?: string
  /** Whether the column of cases holds all cases (`total`) or those infected here (`local`), where imported cases have a column of their own. */
  readonly counts?: string
  readonly from?: string
  readonly to?: string
  /** Negative counts are corrections of days before, unless the counts can have none. */
  readonly corrections?: 'refused'
}

/**
 * Reads daily counts. Groups are added up unless one is chosen; a day twice in one group is an error, a missing day too unless gaps are
 * said to be zero.
 *
 * @param weekly Whether a series with one count every seventh day may be read as weeks.
 */
export function readDailyCounts(table: Table, options: CountOptions, weekly: 'no weeks' | 'weeks too' = 'no weeks'): DailyCounts {
  const dateColumn = findColumn(table, 'date')
  const isLineList =
    options.by !== undefined || (findColumn(table, 'cases', options.column) < 0 && findColumn(table, 'onset') >= 0) || dateColumn < 0
  const groupColumn = findColumn(table, 'group')
  if (options.group !== undefined && groupColumn < 0) needColumn(table, 'group')
  const rows = options.group === undefined ? table.rows : table.rows.filter((row) => row.cells.includes(options.group ?? ''))
  if (rows.length === 0) throw new FileProblem('group-unknown', `没有“${options.group}”的数据`, `there are no rows of "${options.group}"`)
  const cells = isLineList ? countLines(table, rows, options) : readDays(table, rows, options, dateColumn, groupColumn)
  if (cells.size === 0)
    throw cellProblem(
      table,
      rows[0] ?? { row: table.headerRow, cells: [] },
      needColumn(table, options.by === 'report' ? 'report' : 'onset', options.column),
      'days-missing',
      '该列没有任何日期，请至少填一例的日期',
      'the column holds no date at all: fill in that of one case at least',
    )
  const bound = (name: string, text: string | undefined, fallback: number) => (text === undefined ? fallback : dayOption(name, text))
  const known = [...cells.keys()]
  const firstDay = bound(
    'from',
    options.from,
    known.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY),
  )
  const lastDay = bound(
    'to',
    options.to,
    known.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY),
  )
  if (lastDay < firstDay)
    throw new FileProblem(
      'period-reversed',
      `结束日期 ${isoDay(lastDay)} 早于开始日期 ${isoDay(firstDay)}，请核对 --from、--to`,
      `the period ends on ${isoDay(lastDay)} before it begins on ${isoDay(firstDay)}: check --from and --to`,
    )
  const weeks = known.length > 3 && known.every((day) => (day - firstDay) % 7 === 0)
  if (weeks && weekly === 'no weeks' && options.gaps !== 'zero')
    throw new FileProblem(
      'weekly-counts',
      '该文件是周数据，此命令需要逐日数据；若其余各日确实为 0，请加 --gaps zero',
      'the file holds weekly counts, this command needs daily ones; say --gaps zero if the days between had none',
    )
  const step = weeks && weekly === 'weeks too' ? 7 : 1
  const numbers = Array.from({ length: Math.floor((lastDay - firstDay) / step) + 1 }, (_, k) => firstDay + k * step)
  const missing = numbers.find((day) => !cells.has(day))
  if (missing !== undefined && !isLineList && options.gaps !== 'zero') {
    const next = numbers.find((day) => day > missing && cells.has(day))
    throw new FileProblem(
      'day-missing',
      `缺少 ${isoDay(missing)} 的数据；补上该日，或确认当日为 0 后加 --gaps zero`,
      `${isoDay(missing)} is missing${next === undefined ? '' : ' before this row'}: add the day, or say --gaps zero if nothing was reported`,
      { ...rowOf(next === undefined ? undefined : cells.get(next)), column: table.header[dateColumn] ?? '' },
    )
  }
  const column = (of: (cell: DayCell) => number) => numbers.map((day) => of(cells.get(day) ?? noCases))
  const headers = {
    cases: findColumn(table, isLineList ? 'onset' : 'cases', isLineList ? undefined : options.column),
    imported: findColumn(table, 'imported'),
    deaths: findColumn(table, 'deaths'),
  }
  return {
    firstDay,
    lastDay,
    step,
    days: numbers.map(isoDay),
    cases: column((cell) => cell.cases),
    total: column((cell) => cell.cases + cell.imported),
    imported:
      !isLineList && findColumn(table, 'imported') >= 0
        ? column((cell) => cell.imported)
        : isLineList && findColumn(table, 'importedFlag') >= 0
          ? column((cell) => cell.imported)
          : null,
    deaths: findColumn(table, 'deaths') >= 0 ? column((cell) => cell.deaths) : null,
    group: options.group ?? null,
    place: (day, of) => ({ ...rowOf(cells.get(numbers[day] ?? Number.NaN)), column: table.header[headers[of]] ?? '' }),
  }
}

interface DayCell {
  cases: number
  imported: number
  deaths: number
  /** Row that the day was last read from; null where many lines make one day. */
  row: number | null
}

const noCases: DayCell = { cases: 0, imported: 0, deaths: 0, row: null }

const rowOf = (cell: DayCell | undefined): Place => (cell === undefined || cell.row === null ? {} : { row: cell.row })

function readDays(table: Table, rows: Table['rows'], options: CountOptions, dateColumn: number, groupColumn: number): Map<number, DayCell> {
  const caseColumn = needColumn(table, 'cases', options.column)
  const importedColumn = findColumn(table, 'imported')
  const deathColumn = findColumn(table, 'deaths')
  const cells = new Map<number, DayCell>()
  const once = onlyOnce(table, dateColumn, 'day-twice', '请合并或删去其一', 'add them up, or take one out')
  // "Local cases" say so in their name; any other column of cases beside imported ones is the bulletin's total.
  const inTotal =
    importedColumn >= 0 && (options.counts ?? (/local|本地|本土/i.test(table.header[caseColumn] ?? '') ? 'local' : 'total')) === 'total'
  for (const row of rows) {
    const day = dayAt(table, row, dateColumn)
    once(row, `${day} ${groupColumn < 0 ? '' : textAt(row, groupColumn)}`, isoDay(day))
    const cell = cells.get(day) ?? { ...noCases }
    cell.row = row.row
    cell.cases += countAt(table, row, caseColumn, options.corrections === 'refused' ? {} : 'corrections')
    if (importedColumn >= 0) {
      const imported = countAt(table, row, importedColumn, 'corrections')
      const local = countAt(table, row, caseColumn, 'corrections') - imported
      if (inTotal && local < 0 && imported > 0)
        throw new FileProblem(
          'more-imported-than-cases',
          `输入病例多于病例总数；若该列只含本地病例，请加 --counts local`,
          `more imported cases than cases; say --counts local if the column holds local cases only`,
          {
            row: row.row,
            column: table.header[importedColumn] ?? '',
          },
        )
      cell.imported += imported
      if (inTotal) cell.cases -= imported
    }
    if (deathColumn >= 0) cell.deaths += countAt(table, row, deathColumn, 'corrections')
    cells.set(day, cell)
  }
  return cells
}

function countLines(table: Table, rows: Table['rows'], options: CountOptions): Map<number, DayCell> {
  const column = needColumn(table, options.by === 'report' ? 'report' : 'onset', options.column)
  const flag = findColumn(table, 'importedFlag')
  const group = findColumn(table, 'group')
  const once = oneRowACase(table)
  const cells = new Map<number, DayCell>()
  for (const row of rows) {
    once(row, textAt(row, group))
    const day = dayOrNullAt(table, row, column)
    if (day === null) continue
    const cell = cells.get(day) ?? { ...noCases }
    const imported = flagAt(table, row, flag) === true
    if (imported) cell.imported += 1
    else cell.cases += 1
    cells.set(day, cell)
  }
  return cells
}
