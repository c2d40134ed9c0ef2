import { devianceTerm } from './elementary.ts'
import { lgamma, lgammaOnePlus, stirlingError } from './gamma-function.ts'
import { temmeApplies, temmeSmallerTail } from './temme.ts'

const TINY = 1e-300

/**
 * x^a e^−x / Γ(a + 1): the Poisson probability of a at mean x, for real a ≥ 0, x ≥ 0, by the saddle-point form
 * (C. Loader 2000), so that a large a does not cost figures.
 */
export function poissonKernel(a: number, x: number): number {
  if (x === 0) return a === 0 ? 1 : 0
  if (x === Number.POSITIVE_INFINITY) return 0
  if (a === 0) return Math.exp(-x)
  if (a < 10) {
    // Few factors: powers are exact to an ulp. Very small x would underflow, so go through logarithms there.
    if (x > 1e-30) return (x ** a * Math.exp(-x)) / Math.exp(lgamma(a + 1))
    return Math.exp(a * Math.log(x) - x - lgamma(a + 1))
  }
  return Math.exp(-stirlingError(a) - devianceTerm(a, x)) / Math.sqrt(2 * Math.PI * a)
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

/** The regularised lower incomplete gamma function P(a, x), a > 0, x ≥ 0; NaN outside. Relative error about 1e-14. DLMF 8.2.4. */
export function gammaP(a: number, x: number): number {
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

/** The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), computed directly wherever it is the smaller one. DLMF 8.2.4. */
export function gammaQ(a: number, x: number): number {
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
