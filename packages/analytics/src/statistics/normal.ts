import { polynomial } from './elementary.ts'
import { erfc, erfcx, gaussian } from './error-function.ts'

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI)

/** The normal density. */
export function normalDensity(x: number, mean = 0, sd = 1): number {
  const z = (x - mean) / sd
  return gaussian(z, 0.5) / (sd * ROOT_TWO_PI)
}

/** Pr(X ≤ x), X normal; full relative accuracy in the lower tail. */
export function normalCdf(x: number, mean = 0, sd = 1): number {
  return upperTail(-(x - mean) / sd)
}

/** Pr(X > x), X normal; full relative accuracy in the upper tail. */
export function normalSurvival(x: number, mean = 0, sd = 1): number {
  return upperTail((x - mean) / sd)
}

function upperTail(z: number): number {
  if (Number.isNaN(z)) return Number.NaN
  if (z < 0.5) return 0.5 * erfc(z * Math.SQRT1_2)
  return z > 40 ? 0 : 0.5 * gaussian(z, 0.5) * erfcx(z * Math.SQRT1_2)
}

// A start for Newton's steps: Hastings' rational approximation, Abramowitz & Stegun 26.2.23, absolute error 4.5e-4.
const NUMERATOR: readonly number[] = [2.515517, 0.802853, 0.010328]
const DENOMINATOR: readonly number[] = [1, 1.432788, 0.189269, 0.001308]

/** The upper quantile z with Pr(Z > z) = q for 0 < q ≤ ½, by Halley's method on log Q. */
function upperQuantile(q: number): number {
  const t = Math.sqrt(-2 * Math.log(q))
  let z = t - polynomial(NUMERATOR, t) / polynomial(DENOMINATOR, t)
  for (let step = 0; step < 4; step += 1) {
    const tail = upperTail(z)
    const density = gaussian(z, 0.5) / ROOT_TWO_PI
    // log(tail / q) = 0: newton step u, corrected by the curvature of log Q.
    const hazard = density / tail
    const u = Math.log1p((tail - q) / q) / hazard
    const change = u / (1 - 0.5 * u * (z - hazard))
    z += change
    if (Math.abs(change) < 1e-9 * (1 + Math.abs(z))) break
  }
  return z
}

/** The standard normal quantile; ±∞ at 0 and 1, NaN outside [0, 1]. Relative error about 1e-15. */
export function standardNormalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (p === 0.5) return 0
  if (p > 0.4 && p < 0.6) return centralQuantile(p - 0.5)
  return p < 0.5 ? -upperQuantile(p) : upperQuantile(1 - p)
}

/** z with Φ(z) − ½ = d, |d| ≤ 0.1: Newton on the error function's odd series, so that z keeps its relative accuracy near zero. */
function centralQuantile(d: number): number {
  let z = d * ROOT_TWO_PI
  for (let step = 0; step < 20; step += 1) {
    let term = z
    let sum = z
    for (let n = 1; n < 30; n += 1) {
      term *= (-0.5 * z * z) / n
      const piece = term / (2 * n + 1)
      sum += piece
      if (Math.abs(piece) < 1e-18 * Math.abs(sum)) break
    }
    const change = (d * ROOT_TWO_PI - sum) * Math.exp(0.5 * z * z)
    z += change
    if (Math.abs(change) < 1e-16 * Math.abs(z)) break
  }
  return z
}

/** The x with Pr(X ≤ x) = p. */
export function normalQuantile(p: number, mean = 0, sd = 1): number {
  return mean + sd * standardNormalQuantile(p)
}

/** The x with Pr(X > x) = q; keeps its figures for tiny q. */
export function normalSurvivalQuantile(q: number, mean = 0, sd = 1): number {
  return mean - sd * standardNormalQuantile(q)
}
