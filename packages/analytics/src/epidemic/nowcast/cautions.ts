/** What in the shape of the reports makes a nowcast doubtful, beyond what its intervals can say. */
import type { Refusal } from '../../outcome.ts'
import type { ReportingTriangle } from './triangle.ts'

export const TOO_RECENT: Refusal = {
  code: 'too-recent',
  zh: '该日报告完成不足5%，无法估计',
  en: 'less than 5 % of that day has been reported: nothing can be said yet',
}
export const VERY_INCOMPLETE: Refusal = {
  code: 'very-incomplete',
  zh: '该日报告完成不足10%，仅供参考',
  en: 'less than 10 % of that day has been reported: take it as a hint',
}

/** Share of the reports in the last column of complete days from which the delays are plainly longer than the triangle. */
const MOST_TAIL = 0.02
const LEAST_REPORTS = 20
/** Weekdays that hold nearly all reports. */
const FEW_WEEKDAYS = 2
const NEARLY_ALL = 0.9
const LEAST_WEEKS = 2

const delaysCut = (maxDelay: number, share: number): Refusal => ({
  code: 'delays-cut',
  zh: `已报告者中有${(100 * share).toFixed(0)}%延迟达到或超过所设最长延迟${maxDelay}天：近期各日会被低估，请加大最长延迟`,
  en: `${(100 * share).toFixed(0)} % of the reports took the longest delay of ${maxDelay} days or more: recent days are underestimated, allow a longer delay`,
})
const WEEKLY_REPORTS: Refusal = {
  code: 'weekly-reports',
  zh: '报告几乎都集中在每周一两天：上次报告日之后的各日估计不可靠，请看最近一次报告日的截面，或按周汇总',
  en: 'nearly all reports come on one or two days of the week: do not trust the days since the last of them; look at the state of that day, or count by week',
}
const AFTER_BURST: Refusal = {
  code: 'after-burst',
  zh: '紧接在病例远多于以往的一天之后：尚无法分辨疫情是否持续，估计可能偏高很多',
  en: 'follows a day with far more events than before: whether it goes on cannot be told yet, the estimate may be far too high',
}
const BURST_DAY: Refusal = {
  code: 'burst',
  zh: '该日已报告数远多于以往：报告延迟主要得自少量旧病例或缺省值，补上的部分可能偏高很多；请给出已知的报告延迟',
  en: 'far more has been reported of that day than of those before: the delays are known from few events or by default only, and what is added may be far too much; give the delay that you know',
}

/** Cautions that hold for all days that are not complete. */
export function generalCautions(triangle: ReportingTriangle): Refusal[] {
  const { counts, maxDelay, firstDay } = triangle
  const byWeekday = new Float64Array(7)
  let [tail, old, all] = [0, 0, 0]
  counts.forEach((row, event) => {
    const complete = event + maxDelay < counts.length
    row.forEach((count, delay) => {
      all += count
      if (complete) old += count
      if (complete && delay === maxDelay) tail += count
      // The last column holds longer delays too: the day of those reports is not known.
      if (delay < maxDelay) {
        const weekday = (((firstDay + event + delay) % 7) + 7) % 7
        byWeekday[weekday] = (byWeekday[weekday] ?? 0) + count
      }
    })
  })
  const cautions: Refusal[] = []
  if (old >= LEAST_REPORTS && tail > MOST_TAIL * old) cautions.push(delaysCut(maxDelay, tail / old))
  const dated = byWeekday.reduce((sum, count) => sum + count, 0)
  const busiest = byWeekday
    .toSorted()
    .slice(7 - FEW_WEEKDAYS)
    .reduce((sum, count) => sum + count, 0)
  if (all >= LEAST_REPORTS && counts.length >= 7 * LEAST_WEEKS && busiest >= NEARLY_ALL * dated) cautions.push(WEEKLY_REPORTS)
  return cautions
}

const BURST = 5
const LEAST_BURST = 10
const DAYS_BEFORE = 14
const DAYS_AFTER = 5

/**
 * Whether a day's estimate rests on a sudden burst, its own or one of the last days': at least ten events reported and five times the mean
 * of the two weeks before; of a day after it far fewer than a level as high would have brought by now.
 */
export function burstCaution(reported: readonly number[], completeness: readonly number[], row: number): Refusal | null {
  const complete = completeness[row] ?? 1
  if (complete >= 0.9) return null
  for (let burst = row; burst >= Math.max(0, row - DAYS_AFTER); burst -= 1) {
    const seen = reported[burst] ?? 0
    const before = reported.slice(Math.max(0, burst - DAYS_BEFORE), burst)
    if (seen < LEAST_BURST || before.length === 0) continue
    const usual = before.reduce((sum, count) => sum + count, 0) / before.length
    if (burst === row && seen >= BURST * (usual + 1)) return BURST_DAY
    const level = seen / Math.max(0.05, completeness[burst] ?? 1)
    if (level >= BURST * (usual + 1) && (reported[row] ?? 0) < 0.5 * level * complete) return AFTER_BURST
  }
  return null
}
