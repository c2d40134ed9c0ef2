import { add, type DoubleDouble, exactSum, expPair, logPair, multiply, pair, times } from './double-double.ts'
import { digamma, lgammaOnePlus, logBeta, stirlingError } from './gamma-function.ts'
import { expDeviance } from './incomplete-gamma.ts'

const TINY = 1e-300

/** x and y = 1 − x as pairs: the smaller one is taken as exact unless low-order parts are given; the larger is completed from it. */
function completed(x: number, y: number, lows: Lows | undefined): readonly [DoubleDouble, DoubleDouble] {
  if (lows !== undefined) return [exactSum(x, lows.x), exactSum(y, lows.y)]
  if (x > 0.5) return [add(pair(1), pair(-y)), pair(y)]
  return [pair(x), add(pair(1), pair(-x))]
}

/** What rounding took from x and y, where the caller knows it. */
interface Lows {
  readonly x: number
  readonly y: number
}

/** x^a y^b / B(a, b) with y = 1 − x, by the saddle-point form (C. Loader 2000). */
function betaKernel(a: number, b: number, x: number, y: number, lows?: Lows): number {
  const [xPair, yPair] = completed(x, y, lows)
  if (Math.min(a, b) < 1) {
    // One parameter is small: log B directly; the power of the other may still be large.
    const powers = add(times(a, logPair(xPair)), times(b, logPair(yPair)))
    return expPair(powers) * Math.exp(-logBeta(a, b))
  }
  const n = exactSum(a, b)
  const stirling = stirlingError(n.high) - stirlingError(a) - stirlingError(b)
  const tails = expDeviance(pair(a), multiply(n, xPair)) * expDeviance(pair(b), multiply(n, yPair))
  return Math.sqrt((a / n.high) * (b / (2 * Math.PI))) * Math.exp(stirling) * tails
}

/**
 * The even part of the continued fraction DLMF 8.17.22 by the modified Lentz method: I_x(a, b) = kernel × this.
 * A. R. Didonato and A. H. Morris, doi:10.1145/131766.131776, equation 9. Written in x and y so that neither side loses figures.
 */
function betaFraction(a: number, b: number, x: number, y: number): number {
  const lambda = a * y - b * x + 1
  let h = (a * lambda) / (a + 1)
  if (h === 0) h = TINY
  let c = h
  let d = 0
  for (let m = 1; m < 100_000; m += 1) {
    const e = a + 2 * m - 1
    const numerator = ((a + m - 1) / e) * ((a + b + m - 1) / e) * m * (b - m) * x * x
    const denominator = m + (m * (b - m) * x) / e + ((a + m) * (lambda + m * (1 + y))) / (e + 2)
    d = denominator + numerator * d
    if (Math.abs(d) < TINY) d = TINY
    c = denominator + numerator / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const delta = c * d
    h *= delta
    if (Math.abs(delta - 1) < 1e-16) break
  }
  return 1 / h
}

// Below this shape the complement is a small difference; above it subtraction costs little.
const SMALL_SHAPE = 0.5

// Gauss and Legendre's five points on (−1, 1), from the middle outwards.
const FIVE_POINTS: readonly (readonly [number, number])[] = [
  [0, 128 / 225],
  [Math.sqrt(5 - 2 * Math.sqrt(10 / 7)) / 3, (322 + 13 * Math.sqrt(70)) / 900],
  [Math.sqrt(5 + 2 * Math.sqrt(10 / 7)) / 3, (322 - 13 * Math.sqrt(70)) / 900],
]

/** log Γ(b + a) − log Γ(b) = ∫ ψ over (b, b + a) for a < ½, exact relative to a: Gauss's five points, after steps away from b = 0. */
function lgammaStep(b: number, a: number): number {
  if (b < 4) return lgammaStep(b + 1, a) - Math.log1p(a / b)
  let sum = 0
  for (const [node, weight] of FIVE_POINTS) {
    const far = digamma(b + 0.5 * a * (1 + node))
    sum += weight * (node === 0 ? far : far + digamma(b + 0.5 * a * (1 - node)))
  }
  return 0.5 * a * sum
}

/** 1 − I_x(a, b) for a < ½ and x ≤ (a + 1) / (a + b + 2): the power series DLMF 8.17.7, whose first term 1 is taken off by expm1. */
function complementSmallShape(a: number, b: number, x: number, y: number): number {
  const logLead = a * (x <= 0.5 ? Math.log(x) : Math.log1p(-y)) + lgammaStep(b, a) - lgammaOnePlus(a)
  let term = 1
  let sum = 0
  for (let n = 1; n < 10_000; n += 1) {
    term *= ((n - b) / n) * x
    const piece = (a * term) / (a + n)
    sum += piece
    if (Math.abs(piece) <= 1e-18 * Math.abs(sum)) break
  }
  return -Math.expm1(logLead) - Math.exp(logLead) * sum
}

/**
 * The regularised incomplete beta function and its complement: { lower: I_x(a, b), upper: 1 − I_x(a, b) }, each with full relative
 * accuracy where it is the smaller one. Give y = 1 − x where it is known more exactly than by subtraction, and what rounding took from
 * both (`lows`) where that is known: a large power of a rounded x loses figures.
 * a, b > 0, 0 ≤ x ≤ 1; NaN outside. Relative error about 1e-14. DLMF 8.17.
 */
export function incompleteBeta(
  a: number,
  b: number,
  x: number,
  y: number = 1 - x,
  lows?: Lows,
): { readonly lower: number; readonly upper: number } {
  if (!(a > 0 && b > 0 && x >= 0 && y >= 0 && Number.isFinite(a + b))) return { lower: Number.NaN, upper: Number.NaN }
  if (x === 0) return { lower: 0, upper: 1 }
  if (y === 0) return { lower: 1, upper: 0 }
  const kernel = betaKernel(a, b, x, y, lows)
  if (x <= (a + 1) / (a + b + 2)) {
    const lower = kernel * betaFraction(a, b, x, y)
    if (a < SMALL_SHAPE && lower > 0.5) {
      const upper = complementSmallShape(a, b, x, y)
      return { lower: 1 - upper, upper }
    }
    // A small shape puts nearly all weight at 0: then the complement would cancel, and its own fraction still converges.
    const upper = lower > 0.9 && x > 0.01 ? kernel * betaFraction(b, a, y, x) : 1 - lower
    return { lower, upper }
  }
  const upper = kernel * betaFraction(b, a, y, x)
  if (b < SMALL_SHAPE && upper > 0.5) {
    const lower = complementSmallShape(b, a, y, x)
    return { lower, upper: 1 - lower }
  }
  const lower = upper > 0.9 && y > 0.01 ? kernel * betaFraction(a, b, x, y) : 1 - upper
  return { lower, upper }
}

/** The regularised incomplete beta function I_x(a, b). */
export function betaI(a: number, b: number, x: number): number {
  return incompleteBeta(a, b, x).lower
}

/** 1 − I_x(a, b), without cancellation. */
export function betaIComplement(a: number, b: number, x: number): number {
  return incompleteBeta(a, b, x).upper
}

/** x^(a−1) (1−x)^(b−1) / B(a, b), with y = 1 − x. */
export function betaKernelDensity(a: number, b: number, x: number, y: number, lows?: Lows): number {
  return betaKernel(a, b, x, y, lows) / (x * y)
}
