import { gammaP, gammaQ, poissonKernel } from '../../statistics/incomplete-gamma.ts'
import { gammaQuantiles } from './gamma-quantiles.ts'
import { ALIKE, LEVEL, quantileInGap } from './mixture-gap.ts'
import { mixtureSeries } from './mixture-series.ts'

/** A component whose exponent lies so low adds nothing to a sum of doubles. */
const NOTHING = -45
/** A step this small, in units of the law's own width, leaves an error of its square. */
const CLOSE = 1e-7

/**
 * The quantiles of an equal mixture of gamma laws that share one shape: F(x) = mean_j P(shape, rate_j x). On the logarithm of x the
 * mixture's characteristic function is that of one law times mean_j rate_j^(−iω), and falls like a bell curve; so a Fourier series of a few
 * dozen terms gives the density, and its integral F, to rounding, at a few multiplications for each component and term. Where too many
 * terms were needed (components far apart for their width) the mixture itself is summed. Where F is level at p, as between two humps that
 * many cases have drawn apart, the small tails on both sides are balanced instead (`quantileInGap`). Exact to about 1e-12, relative. The
 * mixture is that of R. N. Thompson et al. 2019, doi:10.1016/j.epidem.2019.100356; the series is this library's own.
 *
 * @param shape Shape that all laws share.
 * @param rates Rate of each law.
 * @param probabilities Between 0 and 1.
 * @returns One quantile for each probability.
 * @throws Nothing for a shape and rates above 0.
 */
export function gammaMixtureQuantiles(shape: number, rates: Float64Array, probabilities: readonly number[]): number[] {
  let lowRate = Number.POSITIVE_INFINITY
  let highRate = 0
  for (const rate of rates) {
    lowRate = Math.min(lowRate, rate)
    highRate = Math.max(highRate, rate)
  }
  if (lowRate === highRate) return gammaQuantiles(shape, probabilities).map((unit) => unit / lowRate)
  const series = mixtureSeries(shape, rates, lowRate, highRate)
  const guesses = likeGamma(shape, rates, probabilities)
  const units = gammaQuantiles(shape, probabilities)
  return probabilities.map((p, i) => {
    const left = (units[i] ?? 1) / highRate
    const right = (units[i] ?? 1) / lowRate
    const guess = Math.min(Math.max(guesses[i] ?? 1, left), right)
    const found = series === null ? summed(shape, rates, p, guess, { left, right }) : series.quantile(p, guess)
    return found ?? quantileInGap(shape, rates, p, left, right)
  })
}

/** Quantiles of the gamma law that has the mixture's mean and variance: where the search begins. */
function likeGamma(shape: number, rates: Float64Array, probabilities: readonly number[]): number[] {
  let inverse = 0
  let square = 0
  for (const rate of rates) {
    inverse += 1 / rate
    square += 1 / (rate * rate)
  }
  const mean = (shape * inverse) / rates.length
  const variance = (shape * (shape + 1) * square) / rates.length - mean * mean
  const like = variance > 0 ? Math.max(0.25 * shape, (mean * mean) / variance) : shape
  return gammaQuantiles(like, probabilities).map((unit) => (unit * mean) / like)
}

/** Newton's method on the mixture itself, inside the bracket of its own components; the smaller tail is used. Null where F is level at p. */
function summed(shape: number, rates: Float64Array, p: number, guess: number, bracket: { left: number; right: number }): number | null {
  const upper = p > 0.5
  let { left, right } = bracket
  let x = guess
  for (let step = 0; step < 200; step += 1) {
    const { tail, slope } = tailAt(shape, rates, x, upper)
    const value = upper ? 1 - p - tail : tail - p
    const newton = value / slope
    const close = Math.abs(newton) * Math.sqrt(shape) < CLOSE * x
    if (slope * x < LEVEL && (close || Math.abs(value) < ALIKE)) return null
    if (close) return x - newton
    if (value > 0) right = x
    else left = x
    const next = x - newton
    x = next > left && next < right ? next : 0.5 * (left + right)
    if (right - left < 1e-15 * x) return x
  }
  return x
}

/** The mixture's tail and density at x. */
function tailAt(shape: number, rates: Float64Array, x: number, upper: boolean): { tail: number; slope: number } {
  let tail = 0
  let slope = 0
  for (const rate of rates) {
    const y = x * rate
    // All or nothing of a component that lies far off: its own tail is smaller than rounding.
    if (shape * (Math.log(y / shape) - (y / shape - 1)) < NOTHING) {
      if (y < shape === upper) tail += 1
      continue
    }
    tail += upper ? gammaQ(shape, y) : gammaP(shape, y)
    slope += poissonKernel(shape, y)
  }
  return { tail: tail / rates.length, slope: (shape * slope) / x / rates.length }
}
