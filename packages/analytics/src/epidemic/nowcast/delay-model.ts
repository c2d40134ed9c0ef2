import { gammaCdf } from '../../statistics/continuous.ts'
import { cdfFromHazards, delayCounts, type ReportingTriangle } from './triangle.ts'

/** What is believed about the delay before the first report: a gamma law in days, worth this many cases. */
export interface PriorDelay {
  readonly mean: number
  readonly sd: number
  readonly cases: number
}

export interface DelayModel {
  /** Parameters of the Beta law of each reverse hazard; entry x belongs to delay x, entry 0 is unused. */
  readonly alpha: Float64Array
  readonly beta: Float64Array
  /** Distribution function at the mean hazards. */
  readonly cdf: Float64Array
  /** How much more the triangle scatters than independent reports would: 1 is none. */
  readonly dispersion: number
}

/** Reverse hazards of the prior delay law, cut at the longest delay. */
function priorHazards(prior: PriorDelay, maxDelay: number): Float64Array {
  const shape = (prior.mean / prior.sd) ** 2
  const rate = prior.mean / (prior.sd * prior.sd)
  const hazards = new Float64Array(maxDelay + 1)
  for (let x = 1; x <= maxDelay; x += 1) {
    const upTo = gammaCdf(x + 1, shape, rate)
    hazards[x] = (upTo - gammaCdf(x, shape, rate)) / upTo
  }
  return hazards
}

// Beyond this the triangle says nothing any more, and the figure would only grow with the mismatch.
const MOST_DISPERSION = 20

/** Pearson's dispersion of the triangle's cells around binomial reverse hazards. */
function pearsonDispersion(triangle: ReportingTriangle, hazards: Float64Array, window: number): number {
  const { counts, maxDelay } = triangle
  const newest = counts.length - 1
  let sum = 0
  let cells = 0
  for (let x = 1; x <= maxDelay; x += 1) {
    const hazard = hazards[x] ?? 0
    for (let row = Math.max(0, newest - x - window + 1); row <= newest - x; row += 1) {
      let upTo = 0
      for (let d = 0; d <= x; d += 1) upTo += counts[row]?.[d] ?? 0
      const variance = upTo * hazard * (1 - hazard)
      if (variance <= 0.1) continue
      sum += ((counts[row]?.[x] ?? 0) - upTo * hazard) ** 2 / variance
      cells += 1
    }
  }
  return Math.min(MOST_DISPERSION, Math.max(1, sum / Math.max(1, cells - maxDelay)))
}

/**
 * Conjugate Bayes for the delay: reverse hazards have Beta laws centred on the prior delay's; counts enter with weight dispersion⁻⁴.
 * So where the triangle contradicts itself (a reporting system that has just started, reports in batches) the prior holds, and where it is
 * regular the data rule. This is the guard that the plain estimator lacks.
 */
export function delayModel(triangle: ReportingTriangle, prior: PriorDelay, window: number): DelayModel {
  const { at, upTo } = delayCounts(triangle, window)
  const before = priorHazards(prior, triangle.maxDelay)
  const unweighted = at.map((n, x) => (n + prior.cases * (before[x] ?? 0)) / ((upTo[x] ?? 0) + prior.cases))
  const dispersion = pearsonDispersion(triangle, unweighted, window)
  const weight = dispersion ** -4
  const alpha = at.map((n, x) => prior.cases * (before[x] ?? 0) + weight * n)
  const beta = at.map((n, x) => prior.cases * (1 - (before[x] ?? 0)) + weight * ((upTo[x] ?? 0) - n))
  const hazards = alpha.map((a, x) => (x === 0 ? 0 : a / (a + (beta[x] ?? 0))))
  return { alpha, beta, cdf: cdfFromHazards(hazards), dispersion }
}
