import { logGammaP, logGammaQ, logPoissonKernel } from '../../statistics/incomplete-gamma.ts'

/** Where x f(x), the slope of F on the logarithm of x, is below this, F is too level for doubles to tell x from it. */
export const LEVEL = 1e-3
/** F this near to p, where it is level, is p but for rounding. */
export const ALIKE = 1e-12

/** What p · n may differ from a whole number by rounding, for each component. */
const ROUNDING = 4 * Number.EPSILON
/** A tail smaller than the largest by this exponent adds nothing to their sum. */
const NOTHING = 45
/** A step this small, in units of one law's width, leaves an error of its square. */
const CLOSE = 1e-8

/** Tails added up: the logarithm of their sum, and its slope on the logarithm of x. */
interface Tails {
  readonly log: number
  readonly slope: number
}

/**
 * The quantile at p of the equal mixture of n gamma laws where F is level: between components far apart, and far out in a tail. With k the
 * whole number next to p · n, the k lowest components lie all but whole below x and the others above, and F(x) = p says that the others'
 * lower tails exceed the upper tails of those k by p · n − k: an equation of small numbers, which keep their figures. It is solved in
 * logarithms, so that tails may be e^−1,000,000; its left side rises with x, so there is one root. p · n is taken for whole where only
 * rounding keeps it from being so, as in 0.95 · 20. Independent of the order of the rates.
 */
export function quantileInGap(shape: number, rates: Float64Array, p: number, left: number, right: number): number {
  const falling = rates.toSorted().reverse()
  const n = falling.length
  const k = Math.round(p * n)
  const difference = k === n ? n * (p - 1) : p * n - k
  const excess = k > 0 && k < n && Math.abs(difference) <= ROUNDING * n ? 0 : difference
  const above = excess < 0 ? Math.log(-excess) : Number.NEGATIVE_INFINITY
  const below = excess > 0 ? Math.log(excess) : Number.NEGATIVE_INFINITY
  let low = Math.log(left)
  let high = Math.log(right)
  // The modes of the two components beside the gap, where there are two.
  let v = 0.5 * ((k > 0 ? Math.log(shape / (falling[k - 1] as number)) : low) + (k < n ? Math.log(shape / (falling[k] as number)) : high))
  if (!(v > low && v < high)) v = 0.5 * (low + high)
  for (let round = 0; round < 200; round += 1) {
    const x = Math.exp(v)
    const rising = withConstant(lowerTails(shape, falling, k, x), above)
    const sinking = withConstant(upperTails(shape, falling, k, x), below)
    const value = rising.log - sinking.log
    if (value > 0) high = v
    else low = v
    const newton = value / (rising.slope - sinking.slope)
    const next = v - newton
    if (Math.abs(newton) * Math.sqrt(shape) < CLOSE) return Math.exp(next)
    v = next > low && next < high ? next : 0.5 * (low + high)
    if (high - low < Number.EPSILON) break
  }
  return Math.exp(v)
}

/** Lower tails of the components from the k-th on, the nearest first. */
function lowerTails(shape: number, falling: Float64Array, k: number, x: number): Tails {
  let tails: Tails = { log: Number.NEGATIVE_INFINITY, slope: 0 }
  for (let j = k; j < falling.length; j += 1) {
    const y = x * (falling[j] as number)
    const log = logGammaP(shape, y)
    if (log < tails.log - NOTHING) break
    tails = joined(tails, { log, slope: Math.exp(Math.log(shape) + logPoissonKernel(shape, y) - log) })
  }
  return tails
}

/** Upper tails of the k lowest components, the nearest first. */
function upperTails(shape: number, falling: Float64Array, k: number, x: number): Tails {
  let tails: Tails = { log: Number.NEGATIVE_INFINITY, slope: 0 }
  for (let j = k - 1; j >= 0; j -= 1) {
    const y = x * (falling[j] as number)
    const log = logGammaQ(shape, y)
    if (log < tails.log - NOTHING) break
    tails = joined(tails, { log, slope: -Math.exp(Math.log(shape) + logPoissonKernel(shape, y) - log) })
  }
  return tails
}

function withConstant(tails: Tails, log: number): Tails {
  return log === Number.NEGATIVE_INFINITY ? tails : joined(tails, { log, slope: 0 })
}

/** The sum of both: logarithms through the larger one, slopes weighed by share. */
function joined(a: Tails, b: Tails): Tails {
  if (a.log === Number.NEGATIVE_INFINITY) return b
  if (b.log === Number.NEGATIVE_INFINITY) return a
  const most = Math.max(a.log, b.log)
  const partA = Math.exp(a.log - most)
  const partB = Math.exp(b.log - most)
  const sum = partA + partB
  return { log: most + Math.log(sum), slope: (partA * a.slope + partB * b.slope) / sum }
}
