import { monthsAfter, nearestSameWeekday, yearsBefore } from './calendar.ts'

/** What the baseline of one time point is made of. */
export interface ReferenceSet {
  /** Indices of the series that enter the regression. */
  readonly indices: readonly number[]
  /** Season of each index: `periods` for the windows around the same time in other years, 1 … periods − 1 for the stretches between. */
  readonly seasons: readonly number[]
}

export type SeriesCalendar =
  /** A year is a fixed number of steps, for example 52. */
  | { readonly kind: 'steps'; readonly stepsPerYear: number }
  /** Weeks that begin on the given day number, a week apart; years go by the date, to the nearest same weekday. */
  | { readonly kind: 'weeks'; readonly firstDay: number }
  /** Months that begin on the given day number; the trend goes by days. */
  | { readonly kind: 'months'; readonly firstDay: number }
  /** Days from the given day number on; years go by the date. */
  | { readonly kind: 'days'; readonly firstDay: number }

/** The indices of the same time in this year and the years before, newest first; null where the series does not reach. */
export function sameTimeOfYear(at: number, years: number, calendar: SeriesCalendar): readonly number[] | null {
  const found: number[] = []
  for (let back = 0; back <= years; back += 1) {
    const index = back === 0 ? at : indexBefore(at, back, calendar)
    if (!(index >= 0)) return null
    found.push(index)
  }
  return found
}

function indexBefore(at: number, back: number, calendar: SeriesCalendar): number {
  if (calendar.kind === 'steps') return at - back * calendar.stepsPerYear
  if (calendar.kind === 'months') return at - back * 12
  const step = calendar.kind === 'weeks' ? 7 : 1
  const today = calendar.firstDay + at * step
  const earlier = yearsBefore(today, back)
  const day = calendar.kind === 'weeks' ? nearestSameWeekday(earlier, today) : earlier
  return (day - calendar.firstDay) / step
}

/** Time of an index for the trend: steps, or for months their day in units of the series' first month. */
export function trendTime(index: number, calendar: SeriesCalendar): number {
  if (calendar.kind !== 'months') return index
  const first = calendar.firstDay
  return (monthsAfter(first, index) - first) / (monthsAfter(first, 1) - first)
}

/**
 * The baseline of A. Noufaily et al. 2013: windows of ±`halfWindow` around the same time in each earlier year, and, with `periods` > 1, all
 * time between them in periods − 1 stretches of nearly equal length. The newest `excluded` steps and today stay out, so that a starting
 * outbreak does not raise its own threshold. Null where the series is too short.
 */
export function referenceSet(
  at: number,
  options: { readonly years: number; readonly halfWindow: number; readonly periods: number; readonly excluded: number },
  calendar: SeriesCalendar,
): ReferenceSet | null {
  const { years, halfWindow: w, periods, excluded } = options
  const anchors = sameTimeOfYear(at, years, calendar)
  const oldest = anchors?.at(-1)
  if (anchors === null || oldest === undefined || oldest - w < 0) return null
  const season = new Map<number, number>()
  for (let i = at - w; i <= at; i += 1) season.set(i, periods)
  for (let year = 1; year <= years; year += 1) {
    const anchor = anchors[year] ?? 0
    for (let i = anchor - w; i <= anchor + w; i += 1) season.set(i, periods)
    if (periods === 1) continue
    const gap = (anchors[year - 1] ?? 0) - 2 * w - 1 - anchor
    const stretches = periods - 1
    const longer = gap % stretches
    let next = anchor + w + 1
    for (let stretch = 1; stretch <= stretches; stretch += 1) {
      const length = Math.floor(gap / stretches) + (stretch <= longer ? 1 : 0)
      for (let i = 0; i < length; i += 1, next += 1) season.set(next, stretch)
      // A year with fewer free steps than seasons: the reference program gives such a season the two steps around its empty place.
      if (length === 0) for (const i of [next, next - 1]) season.set(i, stretch)
    }
  }
  for (let i = at - excluded; i <= at; i += 1) season.delete(i)
  const indices = [...season.keys()].sort((a, b) => a - b)
  return { indices, seasons: indices.map((i) => season.get(i) ?? periods) }
}
