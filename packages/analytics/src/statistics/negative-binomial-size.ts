import { log1pMinus, polynomial } from './elementary.ts'
import { digamma, trigamma } from './gamma-function.ts'

// Beyond so many times the mean (and 1) the variance μ + μ² / size is a Poisson variance to nine figures.
const NOT_OVERDISPERSED = 1e9
// From here on the asymptotic series are exact; below, the figures are large enough to be subtracted as they are.
const ASYMPTOTIC = 30

/**
 * Twice the log-likelihood that a negative binomial count y with mean μ lacks to a perfect fit, 2 (d(y, μ) − d(y + size, μ + size)) with the
 * Poisson terms d. Both terms are of the order of y where the difference is of the order of 1, so it is summed from parts that do not
 * cancel: with a = size (y − μ) / (μ (y + size)) and b = (y − μ) / (μ + size) it is 2 (y log(1 + a) − size log(1 + b)).
 */
export function negativeBinomialDeviance(y: number, mu: number, size: number): number {
  if (y === 0) return 2 * size * Math.log1p(mu / size)
  const gap = y - mu
  const a = (gap / mu) * (size / (y + size))
  const b = gap / (mu + size)
  const linear = (gap / mu) * (size / (y + size)) * (gap * (size / (mu + size)))
  return 2 * (linear + y * log1pMinus(a) - size * log1pMinus(b))
}

// log x − ψ(x) − 1 / 2x and ψ′(x) − 1 / x − 1 / 2x² in powers of x⁻². Abramowitz & Stegun 6.3.18, 6.4.12.
const DIGAMMA_REST: readonly number[] = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132]
const TRIGAMMA_REST: readonly number[] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66]

const digammaRest = (x: number) => {
  const z = 1 / (x * x)
  return z * polynomial(DIGAMMA_REST, z)
}
const trigammaRest = (x: number) => {
  const z = 1 / (x * x)
  return (z / x) * polynomial(TRIGAMMA_REST, z)
}

/** (ψ(k + y) − log(k + y)) − (ψ(k) − log k) and its negative derivative, without the cancellation at large k or y. */
function differences(k: number, y: number): { readonly first: number; readonly second: number } {
  if (y === 0) return { first: 0, second: 0 }
  const top = k + y
  if (k >= ASYMPTOTIC) {
    return {
      first: y / (2 * k * top) + digammaRest(k) - digammaRest(top),
      second: (y / k) * ((k + top) / top) * (0.5 / (k * top)) + trigammaRest(k) - trigammaRest(top),
    }
  }
  return {
    first: digamma(top) - Math.log(top) - (digamma(k) - Math.log(k)),
    second: trigamma(k) - 1 / k - (trigamma(top) - 1 / top),
  }
}

/**
 * The maximum-likelihood size of a negative binomial with known means, with its standard error; size = ∞ when the data are not overdispersed.
 * Newton's method on the logarithm of the size; score and information are written in the differences y − μ, so that they keep their figures
 * when counts and size are large.
 */
export function negativeBinomialSize(
  counts: ArrayLike<number>,
  means: ArrayLike<number>,
  start?: number,
): { readonly size: number; readonly standardError: number } {
  const n = counts.length
  let moment = 0
  let greatest = 1
  for (let i = 0; i < n; i += 1) {
    moment += ((counts[i] ?? 0) / (means[i] ?? 1) - 1) ** 2
    greatest = Math.max(greatest, means[i] ?? 1)
  }
  let size = start ?? (moment > 0 ? n / moment : 1)
  const derivatives = (k: number) => {
    let score = 0
    let information = 0
    for (let i = 0; i < n; i += 1) {
      const y = counts[i] ?? 0
      const m = means[i] ?? 1
      const gap = (y - m) / (m + k)
      const { first, second } = differences(k, y)
      score += log1pMinus(gap) + first
      information += second - (gap * gap) / (k + y)
    }
    return { score, information }
  }
  for (let step = 0; step < 200; step += 1) {
    const { score, information } = derivatives(size)
    // On the log scale the score is k·s and the curvature k²·i − k·s: positive near the maximum.
    const curvature = size * size * information - size * score
    const change = curvature > 0 ? (size * score) / curvature : Math.sign(score)
    size *= Math.exp(Math.max(-2, Math.min(2, change)))
    if (size > NOT_OVERDISPERSED * greatest) return { size: Number.POSITIVE_INFINITY, standardError: Number.POSITIVE_INFINITY }
    if (Math.abs(change) < 1e-12) break
  }
  return { size, standardError: 1 / Math.sqrt(Math.max(derivatives(size).information, 0)) }
}
