import { demand } from '../../outcome.ts'
import type { RandomStream } from '../../statistics/random.ts'

/** The 23 probability levels at which forecasts are scored: 1 %, 2.5 %, 5 % … 95 %, 97.5 %, 99 %. */
export const SCORED_LEVELS: readonly number[] = [0.01, 0.025, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.975, 0.99]

/** Quantiles of a forecast at `SCORED_LEVELS`. */
export type ForecastQuantiles = ArrayLike<number>

/**
 * The weighted interval score of quantiles at `SCORED_LEVELS` against what came: the mean over the central intervals of width plus 2/α ×
 * miss, and the median's error; lower is better, in cases. Source: J. Bracher et al. 2021, doi:10.1371/journal.pcbi.1008618.
 *
 * @param quantiles 23 quantiles in cases, in the order of `SCORED_LEVELS`.
 * @param observed Cases that came.
 * @returns The score, in cases.
 * @throws InputError `quantiles` unless there are 23.
 */
export function weightedIntervalScore(quantiles: ForecastQuantiles, observed: number): number {
  const last = SCORED_LEVELS.length - 1
  demand(quantiles.length === last + 1, 'quantiles', `需要${last + 1}个分位数`, `${last + 1} quantiles are needed`)
  const middle = last / 2
  let score = 0.5 * Math.abs(observed - (quantiles[middle] ?? Number.NaN))
  for (let i = 0; i < middle; i += 1) {
    const alpha = 2 * (SCORED_LEVELS[i] ?? 0)
    const lower = quantiles[i] ?? Number.NaN
    const upper = quantiles[last - i] ?? Number.NaN
    const miss = Math.max(0, lower - observed) + Math.max(0, observed - upper)
    score += (alpha / 2) * (upper - lower) + miss
  }
  return score / (middle + 0.5)
}

/**
 * Quantiles at `SCORED_LEVELS` of a sample (type 7). The sample is sorted in place. Source: R. J. Hyndman and Y. Fan 1996,
 * doi:10.1080/00031305.1996.10473566.
 *
 * @param sample Draws in any order and unit.
 * @returns 23 quantiles in the unit of the sample.
 * @throws Nothing.
 */
export function quantilesOf(sample: Float64Array): Float64Array {
  sample.sort()
  return Float64Array.from(SCORED_LEVELS, (p) => {
    const position = p * (sample.length - 1)
    const below = Math.floor(position)
    const low = sample[below] ?? 0
    return low + (position - below) * ((sample[below + 1] ?? low) - low)
  })
}

/**
 * The limits between which a share of a sorted sample lies: no more than half of the rest is below, and no more than the rest outside.
 * Order statistics, which need no source.
 *
 * @param share Share that must lie between, 0 to 1.
 * @param sorted Sample in ascending order.
 * @returns Both limits in the unit of the sample; NaN for an empty one.
 * @throws Nothing.
 */
export function limitsHolding(share: number, sorted: Float64Array): { readonly lower: number; readonly upper: number } {
  const lower = sorted[Math.floor(((1 - share) / 2) * sorted.length)] ?? Number.NaN
  const below = sorted.findIndex((value) => value >= lower)
  return { lower, upper: sorted[Math.min(sorted.length, below + Math.ceil(share * sorted.length)) - 1] ?? Number.NaN }
}

/**
 * The persistence baseline: tomorrow and every day after is like today, with the scatter of the daily changes seen so far in both
 * directions, added up over the horizon, never below zero. A forecast that does not beat it is not worth showing. Source: E. Y. Cramer et
 * al. 2022 (the hub's baseline), doi:10.1073/pnas.2113561119.
 *
 * @param counts Cases a day, oldest first.
 * @param horizon Days ahead.
 * @returns 23 quantiles of cases for each day ahead.
 * @throws Nothing.
 */
export function persistenceForecast(counts: ArrayLike<number>, horizon: number, random: RandomStream, draws = 500): Float64Array[] {
  const last = counts[counts.length - 1] ?? 0
  const changes: number[] = []
  for (let i = 1; i < counts.length; i += 1) {
    const change = (counts[i] ?? 0) - (counts[i - 1] ?? 0)
    changes.push(change, -change)
  }
  const paths = Array.from({ length: horizon }, () => new Float64Array(draws))
  for (let draw = 0; draw < draws; draw += 1) {
    let level = last
    for (const day of paths) {
      level += changes.length > 0 ? (changes[random.integer(changes.length)] ?? 0) : 0
      day[draw] = level
    }
  }
  return paths.map((sample) => {
    const quantiles = quantilesOf(sample)
    // The median stays at today's count; the rest is cut at zero.
    const shift = last - (quantiles[(SCORED_LEVELS.length - 1) / 2] ?? last)
    return quantiles.map((q) => Math.max(0, q + shift))
  })
}
