import { type DoubleDouble, deviancePair, expPair } from './double-double.ts'
import { devianceTerm } from './elementary.ts'
import { lgamma, lgammaOnePlus, stirlingError } from './gamma-function.ts'
import { temmeApplies, temmeSmallerTail } from './temme.ts'

const TINY = 1e-300

/** From this exponent on, doubles alone would cost more than 1e-14 of the result. */
const FAR = 12

/** exp(−(a·log(a / x) + x − a)) for a mean x, a and x > 0: with pairs of doubles where the exponent is large. */
export function expDeviance(a: DoubleDouble, x: DoubleDouble): number {
  const plain = devianceTerm(a.high, x.high, x.low - a.low)
  if (!(plain > FAR) || plain > 800 || !Number.isFinite(x.high)) return Math.exp(-plain)
  const { high, low } = deviancePair(a, x)
  return expPair({ high: -high, low: -low })
}

/**
 * x^a e^−x / Γ(a + 1): the Poisson probability of a at mean x, for real a ≥ 0, x ≥ 0, by the saddle-point form
 * (C. Loader 2000), so that a large a does not cost figures. Low-order parts of a and x may be given.
 */
export function poissonKernel(a: number, x: number, aLow = 0, xLow = 0): number {
  if (x === 0) return a === 0 ? 1 : 0
  if (x === Number.POSITIVE_INFINITY) return 0
  if (a === 0) return Math.exp(-x)
  if (a < 10) {
    const correction = aLow === 0 && xLow === 0 ? 1 : 1 + aLow * Math.log(x / (a + 0.5)) + xLow * (a / x - 1)
    // Few factors: powers are exact to an ulp. Very small x would underflow, so go through logarithms there.
    if (x > 1e-30) return ((x ** a * Math.exp(-x)) / Math.exp(lgamma(a + 1))) * correction
    return Math.exp(a * Math.log(x) - x - lgamma(a + 1)) * correction
  }
  return (expDeviance({ high: a, low: aLow }, { high: x, low: xLow }) * Math.exp(-stirlingError(a))) / Math.sqrt(2 * Math.PI * a)
}

/** P(a, x) / kernel by the power series, DLMF 8.11.4; best for x < a + 1. */
function lowerSeries(a: number, x: number): number {
  let term = 1
  let sum = 1
  for (let n = 1; n < 100_000; n += 1) {
    term *= x / (a + n)
    sum += term
    if (term < 1e-17 * sum) break
  }
  return sum
}

/** Q(a, x) / (x^a e^−x / Γ(a)) by Legendre's continued fraction (modified Lentz), DLMF 8.9.2; best for x > a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let n = 1; n < 100_000; n += 1) {
    const an = -n * (n - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + an / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const delta = d * c
    h *= delta
    if (Math.abs(delta - 1) < 1e-16) break
  }
  return h
}

/** The rest r of the same fraction after its first term, Q(a, x) = kernel · a / (x + 1 − a + r), x > a. */
export function upperFractionRest(a: number, x: number): number {
  let b = x + 3 - a
  let c = b
  let d = 0
  let h = b
  for (let n = 2; n < 100_000; n += 1) {
    const an = -n * (n - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < TINY) d = TINY
    c = b + an / c
    if (Math.abs(c) < TINY) c = TINY
    d = 1 / d
    const delta = d * c
    h *= delta
    if (Math.abs(delta - 1) < 1e-16) break
  }
  return (a - 1) / h
}

/**
 * Q(a, x) for small a and x < 1.1, where Q may be small although x < a + 1: DLMF 8.7.3 rearranged as
 * Q = [1 − x^a / Γ(a + 1)] − x^a / Γ(a + 1) · Σ a (−x)^n / ((a + n) n!), with the bracket through expm1.
 */
function upperSmallShape(a: number, x: number): number {
  const logLead = a * Math.log(x) - lgammaOnePlus(a)
  let term = 1
  let sum = 0
  for (let n = 1; n < 200; n += 1) {
    term *= -x / n
    const piece = (a * term) / (a + n)
    sum += piece
    if (Math.abs(piece) < 1e-18 * Math.abs(sum)) break
  }
  return -Math.expm1(logLead) - Math.exp(logLead) * sum
}

function valid(a: number, x: number): boolean {
  return a > 0 && x >= 0 && Number.isFinite(a)
}

/** What a low-order part of x adds to P: the density of the gamma law times it. */
function densityStep(a: number, x: number, xLow: number): number {
  return xLow === 0 || x === 0 || x === Number.POSITIVE_INFINITY ? 0 : ((poissonKernel(a, x) * a) / x) * xLow
}

/**
 * The regularised lower incomplete gamma function P(a, x + xLow), a > 0, x ≥ 0; NaN outside. Relative error about 1e-14. DLMF 8.2.4.
 * xLow is what rounding took from x, where that is known.
 */
export function gammaP(a: number, x: number, xLow = 0): number {
  return lowerAt(a, x) + densityStep(a, x, xLow)
}

/** The regularised upper incomplete gamma function Q = 1 − P, computed directly wherever it is the smaller one. DLMF 8.2.4. */
export function gammaQ(a: number, x: number, xLow = 0): number {
  return upperAt(a, x) - densityStep(a, x, xLow)
}

function lowerAt(a: number, x: number): number {
  if (!valid(a, x)) return Number.NaN
  if (x === 0) return 0
  if (x === Number.POSITIVE_INFINITY) return 1
  if (temmeApplies(a, x)) {
    const { tail, isUpper } = temmeSmallerTail(a, x)
    return isUpper ? 1 - tail : tail
  }
  if (x < a + 1) return poissonKernel(a, x) * lowerSeries(a, x)
  return 1 - poissonKernel(a, x) * a * upperFraction(a, x)
}

function upperAt(a: number, x: number): number {
  if (!valid(a, x)) return Number.NaN
  if (x === 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  if (temmeApplies(a, x)) {
    const { tail, isUpper } = temmeSmallerTail(a, x)
    return isUpper ? tail : 1 - tail
  }
  if (x >= Math.min(a + 1, a < 1 ? 1.1 : Number.POSITIVE_INFINITY)) return poissonKernel(a, x) * a * upperFraction(a, x)
  if (a < 1) return upperSmallShape(a, x)
  return 1 - poissonKernel(a, x) * lowerSeries(a, x)
}

/** Down to here a tail is the logarithm of a double; below, it is added up as a logarithm. */
const LEAST_TAIL = 1e-250

/** log P(a, x) for x > 0, also where P is too small for a double. */
export function logGammaP(a: number, x: number): number {
  const tail = gammaP(a, x)
  return tail > LEAST_TAIL ? Math.log(tail) : logPoissonKernel(a, x) + Math.log(lowerSeries(a, x))
}

/** log Q(a, x) for x > 0, also where Q is too small for a double. */
export function logGammaQ(a: number, x: number): number {
  const tail = gammaQ(a, x)
  return tail > LEAST_TAIL ? Math.log(tail) : logPoissonKernel(a, x) + Math.log(a * upperFraction(a, x))
}

/** The logarithm of poissonKernel, which does not underflow. */
export function logPoissonKernel(a: number, x: number): number {
  if (a < 10) return a * Math.log(x) - x - lgamma(a + 1)
  return -devianceTerm(a, x) - stirlingError(a) - 0.5 * Math.log(2 * Math.PI * a)
}
