import { demand, InputError } from '../../outcome.ts'
import { compensatedSum } from '../../statistics/elementary.ts'
import type { RandomStream } from '../../statistics/random.ts'
import { discretisedSerialInterval } from './discretised-interval.ts'

/** A serial interval as the estimators take it. */
export type SerialInterval =
  | { readonly kind: 'parametric'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'nonParametric'; readonly weights: ArrayLike<number> }
  /** One distribution by day for each draw of the interval's own uncertainty, all equally likely. */
  | { readonly kind: 'uncertain'; readonly samples: readonly (ArrayLike<number> | SerialIntervalDraw)[] }

/**
 * A draw of an interval's mean and sd with its distribution by day. The weights may end with the series; the mean is that of the whole law,
 * so that a short series does not make the interval look shorter than it is.
 */
export interface SerialIntervalDraw {
  /** Days. */
  readonly mean: number
  /** Probability of day 0 (0), 1, 2, …; any length. */
  readonly weights: ArrayLike<number>
}

/** One distribution by day, ready for convolution, with its mean in days. */
export interface DailyWeights {
  readonly weights: Float64Array
  readonly mean: number
  /** Tolerance within which a window's end counts as equal to the mean: the rounding of a computed distribution. */
  readonly meanTolerance: number
}

/**
 * Checks and reads a distribution by day: w_0 = 0, none negative, sum within 1 % of one (a shorter sum is a truncated tail). As A. Cori et
 * al. 2013, doi:10.1093/aje/kwt133, ask of them.
 *
 * @param weights w_0, w_1, … by day.
 * @param strictSum Whether the sum must be one.
 * @returns The weights and their mean in days.
 * @throws InputError for a w_0 above 0, a negative weight or another sum.
 */
export function readWeights(weights: ArrayLike<number>, strictSum: boolean): DailyWeights {
  const copy = Float64Array.from(weights)
  demand(
    copy.length >= 2 && copy[0] === 0,
    'serial-interval-day-zero',
    '代间隔分布须从第0天开始且第0天概率为0',
    'a serial interval starts at day 0 with probability 0',
  )
  for (let k = 0; k < copy.length; k += 1) {
    if (!((copy[k] ?? Number.NaN) >= 0)) {
      throw new InputError({
        code: 'serial-interval-negative',
        zh: `代间隔第${k}天的概率不是非负数`,
        en: `the serial interval's probability of day ${k} is not a non-negative number`,
      })
    }
  }
  const total = compensatedSum(copy)
  demand(
    !strictSum || Math.abs(total - 1) <= 0.01,
    'serial-interval-sum',
    `代间隔概率之和为${total}，应为1`,
    `the serial interval's probabilities sum to ${total}, not 1`,
  )
  return { weights: copy, mean: compensatedSum(copy.map((w, k) => w * k)), meanTolerance: 0 }
}

/**
 * One draw of an uncertain interval. Windows count when they end after its mean: the drawn one (as `uncertain_si` of the reference
 * compares), or, of weights alone, the mean of all weights given (as `si_from_sample` does). Rule of R. N. Thompson et al. 2019,
 * doi:10.1016/j.epidem.2019.100356.
 *
 * @param draw Weights by day, with the drawn mean (days) where it is known.
 * @returns The weights and the mean in days.
 * @throws InputError as `readWeights`, and `serial-interval-mean` for a mean not above 0.
 */
export function readDraw(draw: ArrayLike<number> | SerialIntervalDraw): DailyWeights {
  if (!('weights' in draw)) return readWeights(draw, false)
  demand(draw.mean > 0, 'serial-interval-mean', `代间隔样本的均值为${draw.mean}，须为正数`, `a draw's mean is ${draw.mean}, not positive`)
  return { ...readWeights(draw.weights, false), mean: draw.mean }
}

/**
 * The distribution of a parametric interval over the days of a series. Its mean is the truncated sum, as in the reference.
 * `discretisedSerialInterval`, source there: doi:10.1093/aje/kwt133.
 *
 * @param mean Days, above 1.
 * @param sd Days, above 0.
 * @param days Days of the series.
 * @returns The weights and their mean in days.
 * @throws InputError for mean ≤ 1 or sd ≤ 0.
 */
export function parametricWeights(mean: number, sd: number, days: number): DailyWeights {
  const weights = discretisedSerialInterval(mean, sd, Math.max(2, days))
  return { weights, mean: compensatedSum(weights.map((w, k) => w * k)), meanTolerance: 1e-11 }
}

/** Doubt about a serial interval: mean and sd are normal, cut to ranges, with sd below the mean. All in days. */
export interface UncertainMoments {
  readonly mean: number
  readonly sdOfMean: number
  readonly minMean: number
  readonly maxMean: number
  readonly sd: number
  readonly sdOfSd: number
  readonly minSd: number
  readonly maxSd: number
}

/**
 * Draws distributions by day from doubt about mean and sd (each pair with sd < mean), for `estimateR` with an uncertain interval. Source:
 * A. Cori et al. 2013, doi:10.1093/aje/kwt133.
 *
 * @param days Length of each distribution, the length of the series being enough.
 * @returns One distribution by day for each draw, with its mean.
 * @throws InputError `serial-interval-mean`, `serial-interval-range` for limits between which no pair can be drawn.
 */
export function sampleSerialIntervals(doubt: UncertainMoments, count: number, days: number, random: RandomStream): SerialIntervalDraw[] {
  demand(doubt.minMean >= 1, 'serial-interval-mean', '均值下限须不小于1天', 'the lower limit of the mean must be at least 1 day')
  demand(
    doubt.minMean < doubt.maxMean && doubt.minSd < doubt.maxSd && doubt.minSd < doubt.maxMean,
    'serial-interval-range',
    '均值或标准差的取值范围为空',
    'the range of the mean or of the standard deviation is empty',
  )
  const inside = (centre: number, spread: number, low: number, high: number) => {
    for (let attempt = 0; attempt < 10_000; attempt += 1) {
      const value = random.normal(centre, spread)
      if (value > low && value < high) return value
    }
    throw new InputError({
      code: 'serial-interval-range',
      zh: '取值范围离均值太远',
      en: 'the range lies too far from the mean to draw from',
    })
  }
  return Array.from({ length: count }, () => {
    let mean = inside(doubt.mean, doubt.sdOfMean, doubt.minMean, doubt.maxMean)
    let sd = inside(doubt.sd, doubt.sdOfSd, doubt.minSd, doubt.maxSd)
    while (sd >= mean) {
      mean = inside(doubt.mean, doubt.sdOfMean, doubt.minMean, doubt.maxMean)
      sd = inside(doubt.sd, doubt.sdOfSd, doubt.minSd, doubt.maxSd)
    }
    return { mean, weights: discretisedSerialInterval(mean, sd, days) }
  })
}
