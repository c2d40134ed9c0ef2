import { add, divide, exactSum, pair, productError } from './double-double.ts'
import { logBeta } from './gamma-function.ts'
import { betaKernelDensity, incompleteBeta } from './incomplete-beta.ts'
import { gammaP, gammaQ, poissonKernel } from './incomplete-gamma.ts'
import { betaInverse, gammaPInverse, gammaQInverse } from './inverse.ts'

/** Gamma density at x; shape and rate (1/scale) positive. */
export function gammaDensity(x: number, shape: number, rate = 1): number {
  if (!(shape > 0 && rate > 0)) return Number.NaN
  if (x < 0) return 0
  if (x === 0) return shape > 1 ? 0 : shape === 1 ? rate : Number.POSITIVE_INFINITY
  return (poissonKernel(shape, x * rate, 0, productError(x, rate)) * shape) / x
}

/** Pr(X ≤ x), X gamma. */
export function gammaCdf(x: number, shape: number, rate = 1): number {
  return x <= 0 ? 0 : gammaP(shape, x * rate, productError(x, rate))
}

/** Pr(X > x), X gamma, without cancellation. */
export function gammaSurvival(x: number, shape: number, rate = 1): number {
  return x <= 0 ? 1 : gammaQ(shape, x * rate, productError(x, rate))
}

/** The x with Pr(X ≤ x) = p. */
export function gammaQuantile(p: number, shape: number, rate = 1): number {
  return gammaPInverse(shape, p) / rate
}

/** The x with Pr(X > x) = q. */
export function gammaSurvivalQuantile(q: number, shape: number, rate = 1): number {
  return gammaQInverse(shape, q) / rate
}

/** Beta density at x. */
export function betaDensity(x: number, a: number, b: number): number {
  if (!(a > 0 && b > 0)) return Number.NaN
  if (x < 0 || x > 1) return 0
  if (x === 0) return a > 1 ? 0 : a === 1 ? b : Number.POSITIVE_INFINITY
  if (x === 1) return b > 1 ? 0 : b === 1 ? a : Number.POSITIVE_INFINITY
  return betaKernelDensity(a, b, x, 1 - x)
}

/** Pr(X ≤ x), X beta. */
export function betaCdf(x: number, a: number, b: number): number {
  return x <= 0 ? 0 : x >= 1 ? 1 : incompleteBeta(a, b, x).lower
}

/** Pr(X > x), X beta, without cancellation. */
export function betaSurvival(x: number, a: number, b: number): number {
  return x <= 0 ? 1 : x >= 1 ? 0 : incompleteBeta(a, b, x).upper
}

/** The x with Pr(X ≤ x) = p. */
export function betaQuantile(p: number, a: number, b: number): number {
  return betaInverse(a, b, p, 1 - p).x
}

/** The x with Pr(X > x) = q. */
export function betaSurvivalQuantile(q: number, a: number, b: number): number {
  return betaInverse(a, b, 1 - q, q).x
}

/** x = v / (v + t²) and y = t² / (v + t²), with what rounding took from them. */
function studentTArgument(t: number, v: number) {
  const square = t * t
  if (!Number.isFinite(square) || square === 0) return { x: v / (v + square), y: square / (v + square), lows: { x: 0, y: 0 } }
  const exact = { high: square, low: productError(t, t) }
  const total = add(pair(v), exact)
  const x = divide(pair(v), total)
  const y = divide(exactSum(exact.high, exact.low), total)
  return { x: x.high, y: y.high, lows: { x: x.low, y: y.low } }
}

/** Student's t density with the given degrees of freedom. */
export function studentTDensity(t: number, degreesOfFreedom: number): number {
  const v = degreesOfFreedom
  if (!(v > 0)) return Number.NaN
  if (t === 0) t = 0
  // f(t) = kernel(½, v/2; x) / |t| with x = t² / (v + t²); at 0 the limit through y alone.
  const { x: y, y: x, lows } = studentTArgument(t, v)
  if (x < 1e-300) return betaKernelDensity(0.5, v / 2, 1e-300, 1) * Math.sqrt(1e-300 / v)
  return (betaKernelDensity(0.5, v / 2, x, y, { x: lows.y, y: lows.x }) * x * y) / Math.abs(t)
}

/** Pr(T > |t|), the single upper tail, without cancellation. */
function studentTTail(t: number, v: number): number {
  const { x, y, lows } = studentTArgument(t, v)
  return 0.5 * incompleteBeta(v / 2, 0.5, x, y, lows).lower
}

/** Pr(T ≤ t). */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  const tail = studentTTail(t, degreesOfFreedom)
  return t <= 0 ? tail : 1 - tail
}

/** Pr(T > t), without cancellation. */
export function studentTSurvival(t: number, degreesOfFreedom: number): number {
  return studentTCdf(-t, degreesOfFreedom)
}

/** The t with Pr(T ≤ t) = p. */
export function studentTQuantile(p: number, degreesOfFreedom: number): number {
  if (!(p >= 0 && p <= 1)) return Number.NaN
  if (p === 0.5) return 0
  if (p > 0.5) return -studentTQuantile(1 - p, degreesOfFreedom)
  const { x, y } = betaInverse(degreesOfFreedom / 2, 0.5, 2 * p, 1 - 2 * p)
  // Few degrees of freedom and a tiny p: x underflows where t does not. There the tail is its leading power.
  if (x < 1e-290 && p > 0) {
    const half = degreesOfFreedom / 2
    return -Math.exp(0.5 * Math.log(degreesOfFreedom) - (Math.log(2 * p) + Math.log(half) + logBeta(half, 0.5)) / degreesOfFreedom)
  }
  return -Math.sqrt((degreesOfFreedom * y) / x)
}
