import { normalCdf } from '../../statistics/normal.ts'
import type { RandomStream } from '../../statistics/random.ts'
import { limitsHolding } from './scores.ts'

/** Draws futures from a history as known on its last day: paths[i][h] is path i on day h + 1 ahead. */
export type DrawFutures = (history: Float64Array, horizon: number, draws: number, random: RandomStream) => readonly Float64Array[]

/** Weeks between today and the newest forecast that is looked back at, and between one and the next. */
const DAYS_BETWEEN = 7
const LOOKS_BACK = 3
const PAST_DRAWS = 120
/** A forecast made from less is chance, and tells nothing about the method. */
const LEAST_CASES = 10
const LEAST_RECENT_CASES = 3
/** The belief that the intervals are right as they are, worth so many days of past forecasts. */
const BELIEVED_DAYS = 14
const WIDEST = 2
const OUTSIDE = 0.05
/** Half a 95 % interval is never taken for less than this many cases: small counts jump. */
const LEAST_HALF_WIDTH = 1
/** How quickly the widening grows from the median to the limits: the middle of the forecast stays as it is. */
const TOWARDS_LIMITS = 8
/** The limits lie this far out among the ranks, or further: at zero the upper one is the 95 % quantile. */
const LIMITS_FROM = 0.9
const REACH_OF_95 = 1.959963984540054

/**
 * How far the days that have come since lay from forecasts made one, two and three weeks ago, each with what was known then, in units of
 * half their own 95 % interval: above 1 is outside.
 */
export function pastMisses(history: Float64Array, horizon: number, draw: DrawFutures, random: RandomStream): number[] {
  const misses: number[] = []
  const today = history.length - 1
  for (let back = 1; back <= LOOKS_BACK; back += 1) {
    const then = today - DAYS_BETWEEN * back
    if (then < 0) break
    const known = history.slice(0, then + 1)
    const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)
    if (sum(known) < LEAST_CASES || sum(known.slice(-DAYS_BETWEEN)) < LEAST_RECENT_CASES) continue
    const days = Math.min(horizon, DAYS_BETWEEN * back)
    const paths = draw(known, days, PAST_DRAWS, random)
    for (let h = 0; h < days; h += 1) {
      const sample = Float64Array.from(paths, (path) => path[h] ?? 0).sort()
      const { lower, upper } = limitsHolding(1 - OUTSIDE, sample)
      const median = sample[sample.length >> 1] ?? 0
      const distance = (history[then + 1 + h] ?? 0) - median
      const limit = distance > 0 ? upper - median : median - lower
      misses.push(Math.abs(distance) / Math.max(LEAST_HALF_WIDTH, limit))
    }
  }
  return misses
}

/**
 * The factor, 1 to 2, by which the limits must move out so that one in twenty of the past days, together with the days of the belief that
 * all is well, lies outside: split conformal prediction with a prior. After R. J. Tibshirani et al. 2019 (weighted conformal prediction,
 * arXiv:1904.06019). Never below 1: a few quiet weeks are no reason for certainty.
 */
export function wideningOf(misses: readonly number[]): number {
  let [low, high] = [1, WIDEST]
  for (let step = 0; step < 30; step += 1) {
    const factor = (low + high) / 2
    const believed = BELIEVED_DAYS * 2 * (1 - normalCdf(REACH_OF_95 * factor))
    const outside = misses.filter((miss) => miss > factor).length + believed
    if (outside > OUTSIDE * (misses.length + BELIEVED_DAYS)) low = factor
    else high = factor
  }
  return low <= 1 + 1e-6 ? 1 : high
}

/** Moves each day's outer values away from its median by `factor` at the limits, hardly at all in the middle. In place; order is kept. */
export function widen(paths: readonly Float64Array[], factor: number): void {
  const horizon = paths[0]?.length ?? 0
  for (let h = 0; h < horizon && factor > 1; h += 1) {
    const ranked = paths.toSorted((a, b) => (a[h] ?? 0) - (b[h] ?? 0))
    const median = ranked[Math.floor(ranked.length / 2)]?.[h] ?? 0
    ranked.forEach((path, rank) => {
      const outward = Math.min(1, Math.abs((2 * rank + 1) / ranked.length - 1) / LIMITS_FROM)
      const stretch = 1 + (factor - 1) * outward ** TOWARDS_LIMITS
      path[h] = Math.max(0, Math.round(median + stretch * ((path[h] ?? 0) - median)))
    })
  }
}
