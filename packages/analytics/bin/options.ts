/** Option values with clear errors. */
import type { Options } from './command.ts'
import { FileProblem } from './input/file-problem.ts'

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
    const range = `${allow.whole ? (options.language === 'zh' ? '整数 ' : 'whole number ') : ''}${allow.least ?? '-∞'} … ${allow.most ?? '∞'}`
    throw new FileProblem(
      'option-invalid',
      `--${name} 需要数字（${range}），得到“${text ?? ''}”`,
      `--${name} needs a number (${range}), got "${text ?? ''}"`,
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

/** The options of daily counts that were given. */
export function countOptionsOf(options: Options) {
  const given: Record<string, string> = {}
  for (const name of Object.keys(countOptions)) {
    const value = options.values[name]
    if (value !== undefined) given[name] = value
  }
  return given
}

/** The date of the inputs: given, or the last day in the file. */
export const asOfOption = (options: Options, lastDay: string): string => options.values['as-of'] ?? lastDay
