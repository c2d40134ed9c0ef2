import { lgamma, logBeta } from './gamma-function.ts'
import { betaKernelDensity, incompleteBeta } from './incomplete-beta.ts'
import { gammaP, gammaQ, poissonKernel } from './incomplete-gamma.ts'
import { standardNormalQuantile } from './normal.ts'

/**
 * log(tail(x) / target) and its slope by log x; the lower tail rises, the upper tail falls. `bend` is second derivative / slope, where known.
 */
type LogCurve = (x: number) => { readonly value: number; readonly slope: number; readonly bend?: number }

/** Newton's method, or Halley's where the bend is known, in log x inside a bracket that every evaluation narrows; a step that leaves it is replaced by halving (in log x). */
function solveLogCurve(curve: LogCurve, start: number, rising: boolean, low: number, high: number): number {
  let left = low
  let right = high
  let x = Math.min(Math.max(start, left), right)
  for (let step = 0; step < 300; step += 1) {
    const { value, slope, bend } = curve(x)
    if (value === 0) return x
    if (value > 0 === rising) right = x
    else left = x
    const newton = value / slope
    // Cubic or quadratic convergence: after a step this small the next one is below rounding.
    if (bend !== undefined && Math.abs(value) < 1e-5) return x * Math.exp(-newton / (1 - 0.5 * newton * bend))
    if (Math.abs(newton) < 1e-9) return x * (1 - newton)
    const halley = bend === undefined ? 1 : Math.max(0.5, 1 - 0.5 * newton * bend)
    let next = x * Math.exp(-newton / halley)
    if (!(next > left && next < right)) next = left > 0 ? Math.sqrt(left) * Math.sqrt(right) : 0.5 * right
    if (next === left || next === right) return x
    x = next
  }
  return x
}

/** The x with P(a, x) = p and Q(a, x) = q, where p + q = 1; the smaller of the two is used, so a tiny tail keeps its figures. */
function gammaInverse(a: number, p: number, q: number): number {
  if (!(a > 0 && p >= 0 && q >= 0 && Number.isFinite(a))) return Number.NaN
  if (p === 0) return 0
  if (q === 0) return Number.POSITIVE_INFINITY
  const lower = p <= q
  const z = lower ? standardNormalQuantile(p) : -standardNormalQuantile(q)
  // Wilson and Hilferty (1931), or the leading term of P where that start is not positive.
  const cube = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))
  const logLead = (Math.log(p) + lgamma(a + 1)) / a
  if (lower && logLead < -740) return Math.exp(logLead)
  let start = cube > 0.1 ? a * cube ** 3 : Math.exp(logLead)
  if (a < 1 && lower) start = Math.exp(logLead)
  const curve: LogCurve = lower
    ? (x) => {
        const tail = gammaP(a, x)
        const slope = (a * poissonKernel(a, x)) / tail
        return { value: Math.log1p((tail - p) / p), slope, bend: a - x - slope }
      }
    : (x) => {
        const tail = gammaQ(a, x)
        const slope = (-a * poissonKernel(a, x)) / tail
        return { value: Math.log1p((tail - q) / q), slope, bend: a - x - slope }
      }
  return solveLogCurve(curve, start, lower, 0.3 * Math.min(Math.exp(logLead), start), a + 800 + 40 * Math.sqrt(a))
}

/** The x with P(a, x) = p. Relative error about 1e-14. */
export function gammaPInverse(a: number, p: number): number {
  return gammaInverse(a, p, 1 - p)
}

/** The x with Q(a, x) = q. Relative error about 1e-14, also for tiny q. */
export function gammaQInverse(a: number, q: number): number {
  return gammaInverse(a, 1 - q, q)
}

/** The pair (x, 1 − x) with I_x(a, b) = p = 1 − q, both with full relative accuracy. */
export function betaInverse(a: number, b: number, p: number, q: number): { readonly x: number; readonly y: number } {
  if (!(a > 0 && b > 0 && p >= 0 && q >= 0)) return { x: Number.NaN, y: Number.NaN }
  if (p === 0) return { x: 0, y: 1 }
  if (q === 0) return { x: 1, y: 0 }
  const half = incompleteBeta(a, b, 0.5)
  const inLowerHalf = p <= q ? p <= half.lower : q >= half.upper
  if (inLowerHalf) return betaInverseBelowHalf(a, b, p, q)
  const mirrored = betaInverseBelowHalf(b, a, q, p)
  return { x: mirrored.y, y: mirrored.x }
}

/** As betaInverse, for a solution x ≤ ½: solved in log x, so that a tiny x keeps its figures. */
function betaInverseBelowHalf(a: number, b: number, p: number, q: number): { readonly x: number; readonly y: number } {
  const lower = p <= q
  const logLead = (Math.log(p) + Math.log(a) + logBeta(a, b)) / a
  if (logLead < -740) return { x: Math.exp(logLead), y: 1 }
  const mean = a / (a + b)
  const z = lower ? standardNormalQuantile(p) : -standardNormalQuantile(q)
  const normalStart = mean * Math.exp(z * Math.sqrt(b / (a * (a + b + 1))))
  const start = Math.min(a < 1 ? Math.exp(logLead) : normalStart, 0.5)
  const curve: LogCurve = (x) => {
    const tails = incompleteBeta(a, b, x)
    const density = x * betaKernelDensity(a, b, x, 1 - x)
    return lower
      ? { value: Math.log1p((tails.lower - p) / p), slope: density / tails.lower }
      : { value: Math.log1p((tails.upper - q) / q), slope: -density / tails.upper }
  }
  const x = solveLogCurve(curve, start, lower, Math.min(Math.exp(logLead), start) * 1e-17, 0.5 + 1e-15)
  return { x, y: 1 - x }
}
