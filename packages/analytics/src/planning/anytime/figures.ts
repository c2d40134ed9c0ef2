/** Figures of a planner's input, looked at before anything is computed with them: finite, of the right sign, within their range. */
import { demand } from '../../outcome.ts'

/** What a figure may be; a figure is always finite unless `endless` says that no limit is a limit too. */
export interface FigureRange {
  readonly least?: number
  /** The figure lies strictly above this. */
  readonly above?: number
  readonly most?: number
  readonly whole?: boolean
  readonly endless?: boolean
}

/** Costs are of one unit throughout; sums of a plan stay far below what stands for "must be served". */
export const costRange: FigureRange = { least: 0, most: 1e9 }
/** Cost of one metre: a thousand kilometres at the dearest still cost less than what stands for "must be served". */
export const rateRange: FigureRange = { least: 0, most: 10_000 }
/** Whole seconds since an agreed start: thirty years, so that sums stay in 32 bits. */
export const timeRange: FigureRange = { least: 0, most: 1e9, whole: true }
/** When something must have begun; `Infinity` where it need not. */
export const untilRange: FigureRange = { least: 0, whole: true, endless: true }
/** Whole seconds that something takes: a year at most. */
export const lastingRange: FigureRange = { least: 0, most: 31_622_400, whole: true }
/** Whole things or people. */
export const countRange: FigureRange = { least: 0, most: 1_000_000, whole: true }

export function fitsRange(value: number, { least, above, most, whole, endless }: FigureRange): boolean {
  if (value === Number.POSITIVE_INFINITY) return endless === true
  return (
    Number.isFinite(value) &&
    value >= (least ?? Number.NEGATIVE_INFINITY) &&
    value <= (most ?? Number.POSITIVE_INFINITY) &&
    !(above !== undefined && value <= above) &&
    !(whole === true && !Number.isInteger(value))
  )
}

/** A range in words of both languages, such as 不小于 0、不大于 1 的整数. */
export function rangeWords({ least, above, most, whole }: FigureRange): { readonly zh: string; readonly en: string } {
  const zh = [
    ...(above === undefined ? [] : [`大于 ${above}`]),
    ...(least === undefined ? [] : [`不小于 ${least}`]),
    ...(most === undefined ? [] : [`不大于 ${most}`]),
  ]
  const en = [
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ]
  return {
    zh: `${zh.join('、')}${zh.length > 0 ? ' 的' : ''}${whole === true ? '整数' : '数'}`,
    en: [`a ${whole === true ? 'whole ' : ''}number`, en.join(' and ')].filter(Boolean).join(' '),
  }
}

/**
 * @param who the row, such as 车型 c / coach kind c
 * @param what the figure, such as 每车费用 / fixed cost
 * @throws InputError `figure` where the value is no finite number of the range
 */
export function demandFigure(
  value: number | undefined,
  range: FigureRange,
  who: { readonly zh: string; readonly en: string },
  what: { readonly zh: string; readonly en: string },
): void {
  if (value === undefined || fitsRange(value, range)) return
  const words = rangeWords(range)
  demand(false, 'figure', `${who.zh}：${what.zh}应为${words.zh}，得到 ${value}`, `${who.en}: ${what.en} must be ${words.en}, got ${value}`)
}
