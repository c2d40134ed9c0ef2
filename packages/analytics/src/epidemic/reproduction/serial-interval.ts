import { demand, InputError } from '../../outcome.ts'
import { compensatedSum } from '../../statistics/elementary.ts'
import { gammaP, gammaQ, poissonKernel } from '../../statistics/incomplete-gamma.ts'
import type { RandomStream } from '../../statistics/random.ts'

/**
 * The serial interval by day, w_0 … w_(length−1), for a gamma law with the given mean and standard deviation (days), shifted by one day:
 * w_k = ∫ (1 − |u − k|)⁺ f(u) du, where u − 1 is gamma with mean − 1 and sd. Not renormalised: what lies beyond the last day is left out.
 * Second differences of E[(k − X)⁺] below the mean and of E[(X − k)⁺] above it, so that the tail keeps its figures.
 * Source: A. Cori et al. 2013, web appendix 11, doi:10.1093/aje/kwt133. Errors: InputError for mean ≤ 1 or sd ≤ 0.
 */
export function discretisedSerialInterval(mean: number, sd: number, length = 100): Float64Array {
  demand(
    mean > 1 && Number.isFinite(mean),
    'serial-interval-mean',
    `代间隔均值须大于1天，收到${mean}`,
    `the mean serial interval must exceed 1 day, got ${mean}`,
  )
  demand(
    sd > 0 && Number.isFinite(sd),
    'serial-interval-sd',
    `代间隔标准差须大于0，收到${sd}`,
    `the standard deviation must be positive, got ${sd}`,
  )
  demand(
    Number.isInteger(length) && length > 0,
    'serial-interval-length',
    `长度须为正整数，收到${length}`,
    `the length must be a positive integer, got ${length}`,
  )
  const shape = ((mean - 1) / sd) ** 2
  const scale = (sd * sd) / (mean - 1)
  const expectation = shape * scale
  // The integrals are functions of k for the unshifted gamma at k − 1 … and vanish (or are linear) at negative arguments.
  const below = new Float64Array(length + 1)
  const above = new Float64Array(length + 1)
  for (let k = 0; k <= length; k += 1) {
    if (k === 0) {
      above[0] = expectation
      continue
    }
    const y = k / scale
    const kernel = poissonKernel(shape, y)
    if (k - 1 <= expectation) below[k] = (k - expectation) * gammaP(shape, y) + expectation * kernel
    if (k + 1 >= expectation - 1) above[k] = (expectation - k) * gammaQ(shape, y) + expectation * kernel
  }
  const weights = new Float64Array(length)
  for (let k = 1; k < length; k += 1) {
    const useBelow = k - 1 <= expectation
    const at = (i: number) => (i < 0 ? (useBelow ? 0 : expectation - i) : ((useBelow ? below[i] : above[i]) ?? 0))
    weights[k] = Math.max(0, at(k) - at(k - 1) - (at(k - 1) - at(k - 2)))
  }
  return weights
}

/** A serial interval as the estimators take it. */
export type SerialInterval =
  | { readonly kind: 'parametric'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'nonParametric'; readonly weights: ArrayLike<number> }
  /** One distribution by day for each draw of the interval's own uncertainty, all equally likely. */
  | { readonly kind: 'uncertain'; readonly samples: readonly ArrayLike<number>[] }

/** One distribution by day, ready for convolution, with its mean in days. */
export interface DailyWeights {
  readonly weights: Float64Array
  readonly mean: number
  /** Tolerance within which a window's end counts as equal to the mean: the rounding of a computed distribution. */
  readonly meanTolerance: number
}

/** Checks and reads a distribution by day: w_0 = 0, none negative, sum within 1 % of one (a shorter sum is a truncated tail). */
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

/** The distribution of a parametric interval over the days of a series. Its mean is the truncated sum, as in the reference. */
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

/** Draws distributions by day from doubt about mean and sd (each pair with sd < mean), for `estimateR` with an uncertain interval. */
export function sampleSerialIntervals(doubt: UncertainMoments, count: number, days: number, random: RandomStream): Float64Array[] {
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
    return discretisedSerialInterval(mean, sd, days)
  })
}
