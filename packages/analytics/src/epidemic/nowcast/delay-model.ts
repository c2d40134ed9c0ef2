import { gammaCdf } from '../../statistics/continuous.ts'
import { cdfFromHazards, type ReportingTriangle } from './triangle.ts'

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
  /** How much reports of one event day hang together: 0 independent, 1 all at once. */
  readonly batching: number
  /** How little the record says, from 0 (long or regular) to 1 (young and in batches). */
  readonly doubt: number
}

/** Reverse hazards of the prior delay law, cut at the longest delay. */
export function priorHazards(prior: PriorDelay, maxDelay: number): Float64Array {
  const shape = (prior.mean / prior.sd) ** 2
  const rate = prior.mean / (prior.sd * prior.sd)
  const hazards = new Float64Array(maxDelay + 1)
  for (let x = 1; x <= maxDelay; x += 1) {
    const upTo = gammaCdf(x + 1, shape, rate)
    hazards[x] = (upTo - gammaCdf(x, shape, rate)) / upTo
  }
  return hazards
}

/** One event day's reports with delay exactly x among those with delay at most x, and how much its age lets it count. */
interface Cell {
  readonly delay: number
  readonly at: number
  readonly upTo: number
  readonly freshness: number
}

const LEAST_FRESHNESS = 1e-3
const STARTED = 0.05

/** The row of the day by which a twentieth of all known reports had been made: events before it waited for the reporting to begin. */
export function startOfReporting({ counts }: ReportingTriangle): number {
  const byReportDay = new Float64Array(counts.length)
  let total = 0
  counts.forEach((row, event) => {
    row.forEach((count, delay) => {
      const day = Math.min(event + delay, counts.length - 1)
      byReportDay[day] = (byReportDay[day] ?? 0) + count
      total += count
    })
  })
  let sum = 0
  return byReportDay.findIndex((count) => {
    sum += count
    return sum > STARTED * total
  })
}

function cellsOf(triangle: ReportingTriangle, halfLife: number): Cell[] {
  const { counts, maxDelay } = triangle
  const newest = counts.length - 1
  const cells: Cell[] = []
  for (let row = Math.max(0, startOfReporting(triangle)); row <= newest; row += 1) {
    let upTo = counts[row]?.[0] ?? 0
    for (let delay = 1; delay <= Math.min(maxDelay, newest - row); delay += 1) {
      const at = counts[row]?.[delay] ?? 0
      upTo += at
      const freshness = 0.5 ** ((newest - delay - row) / halfLife)
      if (upTo > 0 && freshness >= LEAST_FRESHNESS) cells.push({ delay, at, upTo, freshness })
    }
  }
  return cells
}

// Reports of one office day fall into many cells at once, so cells hang together as well: their measured correlation is taken this many times.
const BETWEEN_CELLS = 4
const MOST_BATCHING = 0.95
// The prior gains weight where the triangle is irregular, but for draws it stays as vague as this many times its cases.
const PRIOR_GAIN = 40
const PRIOR_FOR_DRAWS = 1

/** Effective counts with delay x and with delay up to x, each cell counting N / (1 + (N − 1) ρ) cases. */
function effectiveCounts(cells: readonly Cell[], batching: number, maxDelay: number): { at: Float64Array; upTo: Float64Array } {
  const at = new Float64Array(maxDelay + 1)
  const upTo = new Float64Array(maxDelay + 1)
  for (const cell of cells) {
    const weight = cell.freshness / (1 + (cell.upTo - 1) * batching)
    at[cell.delay] = (at[cell.delay] ?? 0) + weight * cell.at
    upTo[cell.delay] = (upTo[cell.delay] ?? 0) + weight * cell.upTo
  }
  return { at, upTo }
}

/** The moment estimate of the beta-binomial's correlation, given the hazards. */
function correlation(cells: readonly Cell[], hazards: Float64Array): number {
  let excess = 0
  let pairs = 0
  for (const { delay, at, upTo, freshness } of cells) {
    const hazard = hazards[delay] ?? 0
    const variance = hazard * (1 - hazard)
    if (variance <= 0) continue
    excess += (freshness * ((at - upTo * hazard) ** 2 / variance - upTo)) / upTo
    pairs += freshness * (upTo - 1)
  }
  return pairs > 0 ? Math.min(MOST_BATCHING, Math.max(0, excess / pairs)) : 0
}

/**
 * Conjugate Bayes for the delay: reverse hazards have Beta laws centred on the prior delay's. Older event days count for less (half as much
 * every `halfLife` days), so the delay may change. Three guards that the plain estimator lacks: events from before the reporting began are
 * left out, because their delays are the office's, not the disease's; a cell of N reports counts as N / (1 + (N − 1) ρ) cases, with ρ the
 * beta-binomial correlation of the triangle itself (batches); and in a young record the prior gains weight with ρ.
 * `before` are the prior's reverse hazards, for callers that ask for several models.
 * Source for the effective size: L. Kish, Survey Sampling (1965), section 5.4.
 */
export function delayModel(
  triangle: ReportingTriangle,
  prior: PriorDelay,
  halfLife: number,
  before = priorHazards(prior, triangle.maxDelay),
): DelayModel {
  const { maxDelay } = triangle
  const cells = cellsOf(triangle, halfLife)
  let measured = 0
  let { at, upTo } = effectiveCounts(cells, 0, maxDelay)
  for (let round = 0; round < 5; round += 1) {
    const hazards = at.map((n, x) => (n + prior.cases * (before[x] ?? 0)) / ((upTo[x] ?? 0) + prior.cases))
    measured = correlation(cells, hazards)
    ;({ at, upTo } = effectiveCounts(cells, measured, maxDelay))
  }
  const batching = Math.min(MOST_BATCHING, BETWEEN_CELLS * measured)
  ;({ at, upTo } = effectiveCounts(cells, batching, maxDelay))
  // A long record settles the delay even when it comes in batches.
  const record = triangle.counts.length - Math.max(0, startOfReporting(triangle))
  const youth = Math.min(1, (maxDelay / Math.max(1, record)) ** 2)
  const doubt = batching * youth
  const weight = prior.cases * (1 + PRIOR_GAIN * doubt)
  const means = at.map((n, x) => (x === 0 ? 0 : (n + weight * (before[x] ?? 0)) / ((upTo[x] ?? 0) + weight)))
  const certainty = upTo.map((n) => n + PRIOR_FOR_DRAWS * prior.cases)
  return {
    alpha: means.map((mean, x) => mean * (certainty[x] ?? 1)),
    beta: means.map((mean, x) => (1 - mean) * (certainty[x] ?? 1)),
    cdf: cdfFromHazards(means),
    batching: measured,
    doubt,
  }
}
