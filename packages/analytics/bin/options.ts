/** Option values with clear errors. */
import { dayNumber, isoDay } from '../src/epidemic/linelist/index.ts'
import { UNDATED } from '../src/outcome.ts'
import type { Language, Options } from './command.ts'
import { FileProblem } from './input/file-problem.ts'
import type { Table } from './input/table-file.ts'

export function numberOption(
  options: Options,
  name: string,
  allow: { readonly least?: number; readonly most?: number; readonly whole?: boolean } = {},
): number {
  const text = options.values[name]
  const value = Number(text)
  const fits =
    text !== undefined &&
    text !== '' &&
    Number.isFinite(value) &&
    value >= (allow.least ?? -Infinity) &&
    value <= (allow.most ?? Infinity) &&
    (allow.whole !== true || Number.isInteger(value))
  if (!fits) {
    const range = `${allow.least ?? '-∞'} … ${allow.most ?? '∞'}`
    const whole = allow.whole === true
    throw new FileProblem(
      'option-invalid',
      `--${name} 需要${whole ? '整数' : '数字'}（${range}），得到“${text ?? ''}”`,
      `--${name} needs a ${whole ? 'whole number' : 'number'} (${range}), got "${text ?? ''}"`,
    )
  }
  return value
}

export function choiceOption<Choice extends string>(options: Options, name: string, choices: readonly Choice[]): Choice {
  const text = options.values[name]
  const found = choices.find((choice) => choice === text)
  if (found === undefined)
    throw new FileProblem(
      'option-invalid',
      `--${name} 只能是 ${choices.join('、')}，得到“${text ?? ''}”`,
      `--${name} must be one of ${choices.join(', ')}, got "${text ?? ''}"`,
    )
  return found
}

/** Options that read daily counts; shared by most commands. */
export const countOptions = {
  column: { zh: '病例数所在列名', en: 'name of the column with the counts' },
  group: { zh: '只取某地区（列中出现的值）', en: 'only rows of this area (a value found in the row)' },
  by: { zh: '个案表按 onset（发病）或 report（报告）日期计数', en: 'line lists: count by onset or by report' },
  gaps: { zh: '缺日：error 报错，zero 当作 0', en: 'missing days: error, or zero', fallback: 'error' },
  counts: {
    zh: '另有输入病例列时，病例列是 total（总数）还是 local（本地）；缺省按列名判断',
    en: 'beside a column of imported cases: the cases are total or local; by default judged by the name',
  },
  from: { zh: '起始日期', en: 'first day' },
  to: { zh: '结束日期', en: 'last day' },
} as const

const countChoices = { by: ['onset', 'report'], gaps: ['error', 'zero'], counts: ['total', 'local'] } as const

/** The options of daily counts that were given. */
export function countOptionsOf(options: Options) {
  for (const [name, choices] of Object.entries(countChoices))
    if (options.values[name] !== undefined) choiceOption<string>(options, name, choices)
  const given: Record<string, string> = {}
  for (const name of Object.keys(countOptions)) {
    const value = options.values[name]
    if (value !== undefined) given[name] = value
  }
  return given
}

/** A day of the calendar given as an option, as a day number. */
export function dayOption(name: string, text: string): number {
  try {
    return dayNumber(text)
  } catch {
    throw new FileProblem(
      'option-invalid',
      `--${name} 需要日期（如 2020-02-14），得到“${text}”`,
      `--${name} needs a date such as 2020-02-14, got "${text}"`,
    )
  }
}

/** The date of the inputs: given, or the last day in the file. */
export function asOfOption(options: Options, lastDay: string): string {
  const given = options.values['as-of']
  return given === undefined ? lastDay : isoDay(dayOption('as-of', given))
}

/** The date of inputs that need no date: given, or the newest day in any cell, or `not-stated`. */
export function asOfTable(options: Options, table: Table): string {
  let newest = ''
  for (const { cells } of table.rows)
    for (const cell of cells) {
      const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T].*)?$/.exec(cell)
      const iso = parts === null ? '' : `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`
      if (iso > newest) newest = iso
    }
  return asOfOption(options, newest === '' ? UNDATED : newest)
}

/** The words below a picture that date it. */
export function asOfWords(language: Language, asOf: string): string {
  if (asOf === UNDATED) return language === 'zh' ? '数据截止日未注明（可用 --as-of 给出）' : 'Date of the data not stated (give --as-of)'
  return language === 'zh' ? `数据截至 ${asOf}` : `Data as of ${asOf}`
}
