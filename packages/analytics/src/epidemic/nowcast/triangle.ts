import { demand, InputError } from '../../outcome.ts'

/** One report: the day of the event (onset, admission) and the day it was reported, as day numbers of one calendar. */
export interface DelayedReport {
  readonly event: number
  readonly report: number
}

/** Counts by event day and reporting delay, as known on `today`. */
export interface ReportingTriangle {
  readonly firstDay: number
  readonly today: number
  readonly maxDelay: number
  /** Row i is event day firstDay + i; column d is delay d days; the last column holds all longer delays too. */
  readonly counts: readonly Float64Array[]
}

const USUAL_LONGEST = 15
const GREATEST_LONGEST = 60
/** Reports slower than the usual longest delay that may be mistakes of dates. */
const FEW_SLOWER = 0.02

/** The longest delay to reckon with: 15 days, or where more than 2 % of the reports took longer, what 99 % of them took, at most 60. */
function longestDelay(reports: readonly DelayedReport[], today: number): number {
  const delays = Float64Array.from(
    reports.filter(({ report }) => report <= today),
    ({ event, report }) => report - event,
  ).sort()
  const slower = delays.reduce((sum, delay) => sum + (delay > USUAL_LONGEST ? 1 : 0), 0)
  if (!(slower > FEW_SLOWER * delays.length)) return USUAL_LONGEST
  return Math.min(GREATEST_LONGEST, delays[Math.ceil(0.99 * delays.length) - 1] ?? USUAL_LONGEST)
}

/**
 * Builds the triangle of reports known on `today`: later reports are left out, delays beyond `maxDelay` count as `maxDelay`. Without
 * `maxDelay` the reports say how long delays are, from 15 days up. Source: J. F. Lawless 1994, doi:10.2307/3315826.
 *
 * @param reports Day numbers of event and report.
 * @param today Day number.
 * @param maxDelay Longest delay kept apart, days.
 * @returns Reports by event day and delay.
 * @throws InputError `max-delay`; `report-before-event` naming the row (1 = first), also for a day that is not a whole number.
 */
export function reportingTriangle(
  reports: readonly DelayedReport[],
  today: number,
  maxDelay = longestDelay(reports, today),
): ReportingTriangle {
  demand(
    Number.isInteger(maxDelay) && maxDelay >= 1,
    'max-delay',
    '最大延迟须为正整数天',
    'the longest delay must be a positive whole number of days',
  )
  let firstDay = today
  reports.forEach(({ event, report }, index) => {
    if (!Number.isInteger(event) || !Number.isInteger(report) || report < event) {
      throw new InputError({
        code: 'report-before-event',
        zh: `第${index + 1}行：报告日${report}早于发生日${event}，或不是整数日`,
        en: `row ${index + 1}: reported on day ${report}, before its event on day ${event}, or not a whole day`,
      })
    }
    if (report <= today) firstDay = Math.min(firstDay, event)
  })
  const counts = Array.from({ length: today - firstDay + 1 }, () => new Float64Array(maxDelay + 1))
  for (const { event, report } of reports) {
    if (report > today) continue
    const row = counts[event - firstDay]
    const delay = Math.min(report - event, maxDelay)
    if (row !== undefined) row[delay] = (row[delay] ?? 0) + 1
  }
  return { firstDay, today, maxDelay, counts }
}

/** Cases reported with a delay of exactly x days and of at most x days, over the event days old enough to show delay x. */
export interface DelayCounts {
  readonly at: Float64Array
  readonly upTo: Float64Array
}

/**
 * Counts n_x and N_x of the reverse hazards, over the newest `window` event days that can show each delay. Source: J. F. Lawless 1994,
 * doi:10.2307/3315826.
 *
 * @param triangle Reports by event day and delay.
 * @param window Event days, the newest.
 * @returns n_x and N_x by delay in days.
 * @throws Nothing.
 */
export function delayCounts(triangle: ReportingTriangle, window = Number.POSITIVE_INFINITY): DelayCounts {
  const { counts, maxDelay } = triangle
  const at = new Float64Array(maxDelay + 1)
  const upTo = new Float64Array(maxDelay + 1)
  const newest = counts.length - 1
  for (let x = 0; x <= maxDelay; x += 1) {
    for (let row = Math.max(0, newest - x - window + 1); row <= newest - x; row += 1) {
      const cells = counts[row]
      if (cells === undefined) continue
      at[x] = (at[x] ?? 0) + (cells[x] ?? 0)
      for (let d = 0; d <= x; d += 1) upTo[x] = (upTo[x] ?? 0) + (cells[d] ?? 0)
    }
  }
  return { at, upTo }
}

/**
 * F(d) = Π_(x > d) (1 − g_x) from reverse hazards g. Source: J. F. Lawless 1994, doi:10.2307/3315826.
 *
 * @param hazards g_0, g_1, … by delay in days.
 * @returns F(0), F(1), …; the last is 1.
 * @throws Nothing.
 */
export function cdfFromHazards(hazards: ArrayLike<number>): Float64Array {
  const cdf = new Float64Array(hazards.length).fill(1)
  for (let d = hazards.length - 2; d >= 0; d -= 1) cdf[d] = (cdf[d + 1] ?? 1) * (1 - (hazards[d + 1] ?? 0))
  return cdf
}

/**
 * The distribution function of the delay corrected for right truncation: reverse hazards g_x = n_x / N_x, F(d) = Π_(x > d) (1 − g_x).
 * Source: J. F. Lawless 1994, doi:10.2307/3315826. Unstable where N_x is small: `nowcast` guards it with a prior.
 *
 * @param triangle Reports by event day and delay.
 * @param window Event days, the newest.
 * @returns F(0), F(1), … by delay in days.
 * @throws Nothing.
 */
export function lawlessDelayCdf(triangle: ReportingTriangle, window = Number.POSITIVE_INFINITY): Float64Array {
  const { at, upTo } = delayCounts(triangle, window)
  return cdfFromHazards(at.map((n, x) => ((upTo[x] ?? 0) > 0 ? n / (upTo[x] ?? 1) : 0)))
}
