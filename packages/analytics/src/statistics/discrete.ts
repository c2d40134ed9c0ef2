import {
  add,
  type DoubleDouble,
  deviancePair,
  divide,
  exactSum,
  expPair,
  logPair,
  multiply,
  pair,
  productError,
  times,
} from './double-double.ts'
import { devianceTerm, log1pMinus } from './elementary.ts'
import { lgamma, logBeta, stirlingError } from './gamma-function.ts'
import { incompleteBeta } from './incomplete-beta.ts'
import { gammaP, gammaQ, poissonKernel } from './incomplete-gamma.ts'
import { standardNormalQuantile } from './normal.ts'

/** Pr(K = k), K Poisson with the given mean; 0 for a non-integer or negative k. */
export function poissonMass(k: number, mean: number): number {
  if (!(mean >= 0)) return Number.NaN
  if (k < 0 || !Number.isInteger(k)) return 0
  return poissonKernel(k, mean)
}

/** log Pr(K = k), K Poisson. */
export function poissonLogMass(k: number, mean: number): number {
  if (k < 0 || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  if (mean === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  if (k === 0) return -mean
  if (k < 10) return k * Math.log(mean) - mean - lgamma(k + 1)
  return -stirlingError(k) - devianceTerm(k, mean) - 0.5 * Math.log(2 * Math.PI * k)
}

/** Pr(K ≤ k), K Poisson. */
export function poissonCdf(k: number, mean: number): number {
  if (k < 0) return 0
  return mean === 0 ? 1 : gammaQ(Math.floor(k) + 1, mean)
}

/** Pr(K > k), K Poisson, without cancellation. */
export function poissonSurvival(k: number, mean: number): number {
  if (k < 0) return 1
  return mean === 0 ? 0 : gammaP(Math.floor(k) + 1, mean)
}

/** The least k with Pr(K ≤ k) ≥ p, K Poisson. */
export function poissonQuantile(p: number, mean: number): number {
  if (!(mean >= 0)) return Number.NaN
  return discreteQuantile(p, mean, mean, Number.POSITIVE_INFINITY, (k) => poissonCdf(k, mean))
}

/** Pr(K = k), K binomial of n trials with success probability p. */
export function binomialMass(k: number, n: number, p: number): number {
  if (!(p > 0 && p < 1 && k >= 0 && k <= n && Number.isInteger(k))) return Math.exp(binomialLogMass(k, n, p))
  return expPair(binomialLogPair(k, n, p))
}

/** log Pr(K = k), K binomial. C. Loader (2000). */
export function binomialLogMass(k: number, n: number, p: number): number {
  if (!(p >= 0 && p <= 1 && n >= 0)) return Number.NaN
  if (k < 0 || k > n || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  if (p === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  if (p === 1) return k === n ? 0 : Number.NEGATIVE_INFINITY
  const { high, low } = binomialLogPair(k, n, p)
  return high + low
}

/** log Pr(K = k) for 0 ≤ k ≤ n and 0 < p < 1 as a pair, whose low part matters once the tail is far. */
function binomialLogPair(k: number, n: number, p: number): DoubleDouble {
  const q = exactSum(1, -p)
  if (k === 0) return times(n, logPair(q))
  if (k === n) return times(n, logPair(pair(p)))
  const deviance = add(deviancePair(pair(k), { high: n * p, low: productError(n, p) }), deviancePair(pair(n - k), times(n, q)))
  const small = stirlingError(n) - stirlingError(k) - stirlingError(n - k) + 0.5 * Math.log(n / (2 * Math.PI * k * (n - k)))
  return add({ high: -deviance.high, low: -deviance.low }, pair(small))
}

/** Pr(K ≤ k), K binomial. */
export function binomialCdf(k: number, n: number, p: number): number {
  const whole = Math.floor(k)
  return whole < 0 ? 0 : whole >= n ? 1 : incompleteBeta(whole + 1, n - whole, p).upper
}

/** Pr(K > k), K binomial, without cancellation. */
export function binomialSurvival(k: number, n: number, p: number): number {
  const whole = Math.floor(k)
  return whole < 0 ? 1 : whole >= n ? 0 : incompleteBeta(whole + 1, n - whole, p).lower
}

/** The least k with Pr(K ≤ k) ≥ p, K binomial. */
export function binomialQuantile(probability: number, n: number, p: number): number {
  return discreteQuantile(probability, n * p, n * p * (1 - p), n, (k) => binomialCdf(k, n, p))
}

/** log(ratio) − u, where u = ratio − 1 is known better than by subtraction. */
const logMinus = (ratio: number, u: number) => (Math.abs(u) < 0.5 ? log1pMinus(u) : Math.log(ratio) - u)

/** log Pr(K = k), K negative binomial with the given mean and size (variance = mean + mean² / size); size = ∞ is Poisson. */
export function negativeBinomialLogMass(k: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0)) return Number.NaN
  if (size === Number.POSITIVE_INFINITY) return poissonLogMass(k, mean)
  if (k < 0 || !Number.isInteger(k)) return Number.NEGATIVE_INFINITY
  if (mean === 0) return k === 0 ? 0 : Number.NEGATIVE_INFINITY
  return negativeBinomialLog(k, mean, size)
}

function negativeBinomialLog(k: number, mean: number, size: number): number {
  if (k === 0) return -size * Math.log1p(mean / size)
  // Pr = size / (size + k) × the binomial kernel for real arguments. A size below one must not be added to k: it would lose its figures.
  const n = size + k
  if (size < 1) return -Math.log(n) - logBeta(size, k + 1) - size * Math.log1p(mean / size) - k * Math.log1p(size / mean)
  // The deviance terms through (k − mean) itself, so that a size of 10^15 costs nothing against the Poisson limit.
  const away = (k - mean) / (size + mean)
  const share = n / (size + mean)
  const deviance = size * logMinus(share, away) + k * logMinus(share * (mean / k), (-away * size) / k)
  const exponent = stirlingError(n) - stirlingError(k) - stirlingError(size) + deviance
  return exponent - 0.5 * Math.log(2 * Math.PI * k) - 0.5 * Math.log1p(k / size)
}

/** Pr(K = k), K negative binomial (mean, size). */
export function negativeBinomialMass(k: number, mean: number, size: number): number {
  const log = negativeBinomialLogMass(k, mean, size)
  if (!(log < -12 && log > -800) || size === Number.POSITIVE_INFINITY)
    return size === Number.POSITIVE_INFINITY ? poissonMass(k, mean) : Math.exp(log)
  return expPair(negativeBinomialFarLog(k, mean, size))
}

/** The same logarithm as a pair, for far tails: (size + k) log((size + k) / (size + mean)) + k log(mean / k), and small terms. */
function negativeBinomialFarLog(k: number, mean: number, size: number): DoubleDouble {
  const sum = exactSum(size, mean)
  if (k === 0) return times(size, logPair(divide(pair(size), sum)))
  if (size < 1) {
    const powers = add(times(size, logPair(divide(pair(size), sum))), times(k, logPair(divide(pair(mean), sum))))
    return add(powers, pair(-Math.log(size + k) - logBeta(size, k + 1)))
  }
  const n = exactSum(size, k)
  const powers = add(multiply(n, logPair(divide(n, sum))), times(k, logPair(divide(pair(mean), pair(k)))))
  const small =
    stirlingError(n.high) - stirlingError(k) - stirlingError(size) - 0.5 * Math.log(2 * Math.PI * k) - 0.5 * Math.log1p(k / size)
  return add(powers, pair(small))
}

/** Both tails at k, with what rounding takes from size / (size + mean) given along. */
function negativeBinomialTails(k: number, mean: number, size: number) {
  const sum = exactSum(size, mean)
  const x = divide(pair(size), sum)
  const y = divide(pair(mean), sum)
  return incompleteBeta(size, Math.floor(k) + 1, x.high, y.high, { x: x.low, y: y.low })
}

/** Pr(K ≤ k), K negative binomial (mean, size). */
export function negativeBinomialCdf(k: number, mean: number, size: number): number {
  if (size === Number.POSITIVE_INFINITY) return poissonCdf(k, mean)
  if (k < 0) return 0
  return mean === 0 ? 1 : negativeBinomialTails(k, mean, size).lower
}

/** Pr(K > k), K negative binomial (mean, size), without cancellation. */
export function negativeBinomialSurvival(k: number, mean: number, size: number): number {
  if (size === Number.POSITIVE_INFINITY) return poissonSurvival(k, mean)
  if (k < 0) return 1
  return mean === 0 ? 0 : negativeBinomialTails(k, mean, size).upper
}

/** The least k with Pr(K ≤ k) ≥ p, K negative binomial (mean, size). */
export function negativeBinomialQuantile(p: number, mean: number, size: number): number {
  if (!(mean >= 0 && size > 0)) return Number.NaN
  return discreteQuantile(p, mean, mean + (mean * mean) / size, Number.POSITIVE_INFINITY, (k) => negativeBinomialCdf(k, mean, size))
}

/** Finds the least k with cdf(k) ≥ p: a normal start, doubling steps to a bracket, then halving. */
function discreteQuantile(p: number, mean: number, variance: number, top: number, cdf: (k: number) => number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return 0
  if (p === 1) return top
  // A cdf value that should equal p may fall an ulp short of it.
  const target = p * (1 - 4e-16)
  const z = standardNormalQuantile(p)
  let high = Math.min(top, Math.max(0, Math.floor(mean + z * Math.sqrt(variance))))
  let low = high
  let step = Math.max(1, Math.floor(0.1 * Math.sqrt(variance)))
  if (cdf(high) >= target) {
    while (low > 0 && cdf(low) >= target) {
      high = low
      low = Math.max(-1, low - step)
      step *= 2
    }
    if (low <= 0 && cdf(0) >= target) return 0
  } else {
    while (high < top && cdf(high) < target) {
      low = high
      high = Math.min(top, high + step)
      step *= 2
    }
  }
  while (high - low > 1) {
    const middle = Math.floor(0.5 * (low + high))
    if (cdf(middle) >= target) high = middle
    else low = middle
  }
  return high
}
