/** Indicators of a daily report. Ratios stay numerator and denominator; what cannot be said is null, never 0. */
import { demand } from '../../outcome.ts'
import { dayNumber } from './days.ts'

/** A ratio before it is shown, for example per 100,000. */
export interface Ratio {
  readonly numerator: number
  readonly denominator: number
  /** numerator / denominator × `per`; null when the denominator is 0. */
  readonly value: number | null
  readonly per: number
}

/**
 * Ratio of two counts. numerator / denominator × per. A definition, which needs no source.
 *
 * @param per Base of the figure, such as 100,000.
 * @returns All three, and the value; null where the denominator is 0.
 * @throws Nothing.
 */
export function ratio(numerator: number, denominator: number, per = 1): Ratio {
  return { numerator, denominator, value: denominator === 0 ? null : (numerator / denominator) * per, per }
}

/**
 * Change of a daily count against an earlier day; null for the days before the first comparison. count(t) − count(t − d), and that over
 * count(t − d). A definition, which needs no source.
 *
 * @param counts Cases a day, oldest first.
 * @param daysBack d, days.
 * @returns One entry a day.
 * @throws Nothing.
 */
export function changeAgainst(
  counts: readonly number[],
  daysBack: number,
): ({ readonly difference: number; readonly relative: Ratio } | null)[] {
  return counts.map((count, day) => {
    const before = counts[day - daysBack]
    return before === undefined || daysBack < 1 ? null : { difference: count - before, relative: ratio(count - before, before) }
  })
}

/**
 * Mean over each day and the six before it, as a ratio (sum / 7); null for the first six days. A definition, which needs no source.
 *
 * @param counts Cases a day, oldest first; corrections may be negative.
 * @returns One entry a day, cases a day.
 * @throws Nothing.
 */
export function sevenDayMean(counts: readonly number[]): (Ratio | null)[] {
  let sum = 0
  return counts.map((count, day) => {
    sum += count - (counts[day - 7] ?? 0)
    return day < 6 ? null : ratio(sum, 7)
  })
}

/**
 * Cases per 100,000 people over each day and the `days - 1` before it (1-week incidence: 7); null where the series is shorter. 100,000 × Σ
 * counts / population. A definition, which needs no source.
 *
 * @param counts Cases a day, oldest first.
 * @param population People, above 0.
 * @param days Days that are added up.
 * @returns One entry a day, per 100,000 people.
 * @throws InputError `population-not-positive`.
 */
export function incidencePer100k(counts: readonly number[], population: number, days = 7): (Ratio | null)[] {
  demand(population > 0, 'population-not-positive', '人口数应大于 0', 'The population must be above 0')
  let sum = 0
  return counts.map((count, day) => {
    sum += count - (counts[day - days] ?? 0)
    return day < days - 1 ? null : ratio(sum, population, 100_000)
  })
}

/**
 * Share of tests that were positive: positive / tested. A definition, which needs no source.
 *
 * @param positive Tests.
 * @param tested Tests, the positive ones included.
 * @returns The ratio; its value is null where nothing was tested.
 * @throws InputError `more-positive-than-tested`.
 */
export function positivity(positive: number, tested: number): Ratio {
  demand(
    positive <= tested,
    'more-positive-than-tested',
    `阳性数 ${positive} 大于检测数 ${tested}`,
    `${positive} positive of only ${tested} tested`,
  )
  return ratio(positive, tested)
}

/** How long one step took, over many people. */
export interface Timeliness {
  /** People with both dates. */
  readonly complete: number
  /** People with at least one date missing. */
  readonly missing: number
  /** Rows whose second date lies before the first: counted apart, left out of the quantiles. */
  readonly reversed: readonly number[]
  /** Days; null when nobody has both dates. */
  readonly median: number | null
  readonly quartiles: readonly [number, number] | null
  readonly longest: number | null
  /** People whose step took at most `limitDays`. */
  readonly withinLimit: Ratio
}

/**
 * Days from one date to another (onset → report → isolation): median, quartiles (linear interpolation, type 7) and the share within a limit.
 * Source of the quantiles: doi:10.1080/00031305.1996.10473566.
 *
 * @param dates Pairs of ISO days; null where unknown.
 * @param limitDays Days that are in time.
 * @returns Figures in days, null without any pair; pairs the wrong way round by their number (0 = first), counted nowhere else.
 * @throws InputError `date-unreadable`.
 */
export function timeliness(dates: readonly (readonly [from: string | null, to: string | null])[], limitDays: number): Timeliness {
  const reversed: number[] = []
  const delays: number[] = []
  let missing = 0
  dates.forEach(([from, to], row) => {
    if (from === null || to === null) missing += 1
    else {
      const delay = dayNumber(to) - dayNumber(from)
      if (delay < 0) reversed.push(row)
      else delays.push(delay)
    }
  })
  delays.sort((a, b) => a - b)
  const some = delays.length > 0
  return {
    complete: delays.length,
    missing,
    reversed,
    median: some ? quantileOfSorted(delays, 0.5) : null,
    quartiles: some ? [quantileOfSorted(delays, 0.25), quantileOfSorted(delays, 0.75)] : null,
    longest: delays.at(-1) ?? null,
    withinLimit: ratio(delays.filter((delay) => delay <= limitDays).length, delays.length),
  }
}

/**
 * Sample quantile of sorted values by linear interpolation (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).
 *
 * @param sorted Values in ascending order.
 * @param share 0 to 1.
 * @returns In the unit of the values; NaN without any.
 * @throws Nothing.
 */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN
  return low + (position - below) * (high - low)
}
