/** Columns by meaning: the names people use for them in Chinese and English, and cells read with their place. */
import { dayNumber, isoDay } from '../../src/epidemic/linelist/index.ts'
import { FileProblem } from './file-problem.ts'
import type { Table, TableRow } from './table-file.ts'

/** Names of a column, the first of each language being the one we advise. Compared without case, spaces and underscores. */
export const columnNames = {
  date: ['date', 'day', 'date_report', '日期', '报告日期', '统计日期'],
  cases: [
    'cases',
    'new_confirmed',
    'count',
    'new_cases',
    'n',
    'i',
    'incidence',
    'local',
    'observed',
    '新增',
    '新增确诊',
    '新增病例',
    '病例数',
    '本地病例',
  ],
  imported: ['imported', 'imported_cases', '输入', '境外输入', '输入病例'],
  deaths: ['deaths', 'new_dead', 'new_deaths', '死亡', '新增死亡'],
  group: ['group', 'city_zh', 'city', 'area', 'district', 'region', '地区', '城市', '区县', '县区'],
  onset: ['onset', 'date_onset', 'onset_date', 'dhosp', '发病', '发病日期', '起病日期'],
  report: ['reported', 'report', 'date_report', 'report_date', 'date', 'dreport', '报告', '报告日期', '确诊日期'],
  id: ['id', 'case_id', 'case', '编号', '病例编号', '病例号'],
  importedFlag: ['imported', 'is_imported', '是否输入', '输入'],
  place: ['place', 'name', 'area', 'township', 'location', 'city', 'city_en', 'id', '地点', '地区', '乡镇', '名称'],
  x: ['x', 'lon', 'lng', 'longitude', '经度'],
  y: ['y', 'lat', 'latitude', '纬度'],
  population: ['population', 'pop', '人口', '常住人口'],
  expected: ['expected', '期望', '期望病例'],
  offspring: ['offspring', 'secondary', 'secondary_cases', '续发数', '二代病例数', '传染人数'],
  infector: ['infector', 'infector_id', 'source', '传染源', '感染来源'],
  exposed: ['exposed', 'contacts', 'susceptible', '暴露人数', '密接人数', '家庭成员数'],
  size: ['size', 'household_size', '户人数', '家庭人数'],
  infected: ['infected', 'secondary', 'secondary_same_hh', '续发', '续发人数'],
  firstFrom: ['el', 'exposure_from', 'exposed_from', '暴露开始', '暴露起'],
  firstTo: ['er', 'exposure_to', 'exposed_to', '暴露结束', '暴露止'],
  secondFrom: ['sl', 'onset_from', 'symptom_from', '发病开始', '发病起'],
  secondTo: ['sr', 'onset_to', 'symptom_to', '发病结束', '发病止'],
  infectorOnset: ['infector_onset', 'onset_infector', '传染源发病', '传染源发病日期'],
  infecteeOnset: ['infectee_onset', 'onset_infectee', '被传染者发病', '被传染者发病日期'],
  admissions: ['admissions', 'admitted', 'cases', 'new_confirmed', '收治', '新收治', '入院'],
  a: ['a', 'from', 'case_a', 'infector', '病例a', '甲'],
  b: ['b', 'to', 'case_b', 'infectee', '病例b', '乙'],
  kind: ['kind', 'class', 'category', 'type', 'setting', '类别', '管控类别', '接触方式'],
  hours: ['hours', '小时', '时长'],
  entered: ['entered', 'start', 'in', '进入', '纳管日期', '开始'],
  left: ['left', 'end', 'out', '离开', '解除日期', '结束'],
  reason: ['reason', '原因', '解除原因'],
  person: ['person', 'person_id', 'name', '姓名', '人员', '证件号'],
  arrived: ['start', 'arrived', 'from', '到达', '到达时间', '进入时间'],
  departed: ['end', 'departed', 'to', '离开', '离开时间'],
  seatRow: ['seat_row', 'row', '排', '座位排'],
  seatColumn: ['seat_column', 'seat', '座', '座位列'],
  stock: ['stock', '存量', '现有', '正在观察'],
  entries: ['entries', 'new', '增量', '新增', '当日新增'],
  exits: ['exits', 'released', '减少', '解除', '当日解除'],
} as const satisfies Readonly<Record<string, readonly string[]>>

export type ColumnMeaning = keyof typeof columnNames

const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_\-（）()]/g, '')

/** Position of a column, or -1. `given` is a name from the command line and must exist. */
export function findColumn(table: Table, meaning: ColumnMeaning, given?: string): number {
  if (given !== undefined) {
    const at = table.header.findIndex((name) => plain(name) === plain(given))
    if (at < 0)
      throw new FileProblem(
        'column-missing',
        `表中没有“${given}”列，现有：${table.header.join('、')}`,
        `there is no column "${given}"; the file has: ${table.header.join(', ')}`,
      )
    return at
  }
  for (const wanted of columnNames[meaning]) {
    const at = table.header.findIndex((name) => plain(name) === plain(wanted))
    if (at >= 0) return at
  }
  return -1
}

/** Position of a column that must be there. */
export function needColumn(table: Table, meaning: ColumnMeaning, given?: string): number {
  const at = findColumn(table, meaning, given)
  if (at >= 0) return at
  const names = columnNames[meaning]
  const chinese = names.find((name) => /\p{Script=Han}/u.test(name)) ?? names[0]
  throw new FileProblem(
    'column-missing',
    `缺少“${chinese}”列（${names[0]}），现有：${table.header.join('、')}`,
    `the column "${names[0]}" (${chinese}) is missing; the file has: ${table.header.join(', ')}`,
  )
}

export const textAt = (row: TableRow, column: number): string => row.cells[column] ?? ''

const place = (table: Table, row: TableRow, column: number) => ({ row: row.row, column: table.header[column] ?? String(column + 1) })

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

/** A finite number. */
export function numberAt(table: Table, row: TableRow, column: number): number {
  const text = textAt(row, column).replaceAll(',', '')
  const value = Number(text)
  if (text === '' || !Number.isFinite(value)) {
    const hint = formulaHint(text)
    throw new FileProblem('not-a-number', `“${text}”不是数字${hint.zh}`, `"${text}" is not a number${hint.en}`, place(table, row, column))
  }
  return value
}

/** A whole number; negative ones only where corrections may stand. */
export function countAt(table: Table, row: TableRow, column: number, allow: 'corrections' | 'none' = 'none'): number {
  const value = numberAt(table, row, column)
  if (!Number.isInteger(value))
    throw new FileProblem('not-a-count', `“${value}”不是整数`, `"${value}" is not a whole number`, place(table, row, column))
  if (value < 0 && allow === 'none')
    throw new FileProblem('negative-count', `“${value}”为负数`, `"${value}" is negative`, place(table, row, column))
  return value
}

/** A calendar day as a day number: 2020-02-14, 2020/2/14, 2020.2.14, 2020年2月14日, 20200214, with or without a time of day. */
export function dayAt(table: Table, row: TableRow, column: number): number {
  const text = textAt(row, column)
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  try {
    if (parts !== null) return dayNumber(`${parts[1]}-${String(parts[2]).padStart(2, '0')}-${String(parts[3]).padStart(2, '0')}`)
  } catch {
    // An impossible day such as 30 February is reported below with its place.
  }
  const hint = /^\d{5}(\.\d+)?$/.test(text) ? serialHint(Number(text)) : formulaHint(text)
  throw new FileProblem(
    'not-a-date',
    `“${text}”不是日期，请写成 2020-02-14${hint.zh}`,
    `"${text}" is not a date: write 2020-02-14${hint.en}`,
    place(table, row, column),
  )
}

/** A day number or null where the cell is empty. */
export const dayOrNullAt = (table: Table, row: TableRow, column: number): number | null =>
  column < 0 || textAt(row, column) === '' || textAt(row, column) === 'NA' ? null : dayAt(table, row, column)

/** A time in days: a plain number, or a date (eight digits are a date). */
export const timeAt = (table: Table, row: TableRow, column: number): number => {
  const text = textAt(row, column)
  return /^-?\d+(\.\d+)?$/.test(text) && !/^\d{8}$/.test(text) ? numberAt(table, row, column) : dayAt(table, row, column)
}

/** A moment as minutes on the calendar: 2020-02-14 08:30; a bare date is its midnight. */
export function minuteAt(table: Table, row: TableRow, column: number): number {
  const text = textAt(row, column)
  const time = /[ T](\d{1,2}):(\d{2})(?::\d{2})?$/.exec(text)
  const minutes = time === null ? 0 : Number(time[1]) * 60 + Number(time[2])
  if (minutes > 1440)
    throw new FileProblem(
      'not-a-time',
      `“${text}”不是时间，请写成 2020-02-14 08:30`,
      `"${text}" is not a time: write 2020-02-14 08:30`,
      place(table, row, column),
    )
  return dayAt(table, row, column) * 1440 + minutes
}

/** Yes or no in either language; null where empty. */
export function flagAt(table: Table, row: TableRow, column: number): boolean | null {
  const text = textAt(row, column).toLowerCase()
  if (column < 0 || text === '' || text === 'na' || text === '不详') return null
  if (['1', 'yes', 'y', 'true', '是', '输入', 'imported'].includes(text)) return true
  if (['0', 'no', 'n', 'false', '否', '本地', 'local'].includes(text)) return false
  throw new FileProblem('not-a-flag', `“${text}”应为 是 或 否`, `"${text}" should be yes or no`, place(table, row, column))
}
