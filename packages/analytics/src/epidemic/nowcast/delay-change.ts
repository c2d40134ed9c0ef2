import { type DelayModel, delayModel, type PriorDelay, priorHazards, startOfReporting } from './delay-model.ts'
import type { ReportingTriangle } from './triangle.ts'

/** One belief about the newest delays: as before, or stretched by a factor from some event day on. */
export interface DelayRegime {
  /** First row of the triangle with the new delays; beyond the last row where nothing has changed. */
  readonly from: number
  /** Delays of those rows are this many times as long as before. */
  readonly factor: number
  readonly model: DelayModel
  readonly weight: number
}

/** Chance that the delay has not changed within the last weeks. */
const UNCHANGED = 0.5
/** A change may have begun with the events of so many days ago. */
const BEGINNINGS: readonly number[] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]
const FACTORS: readonly number[] = [0.33, 0.4, 0.48, 0.57, 0.69, 0.83, 1.1, 1.2, 1.32, 1.45, 1.6, 1.75, 1.92, 2.1, 2.35, 2.65, 3]
/** Standard deviation of the logarithm of the factor before anything is seen. */
const FACTOR_DEVIATION = 0.5
/** Offices that report in batches do so across event days too: the measured correlation is taken this many times. */
const BATCHING_BETWEEN = 3
const LEAST_OLD_REPORTS = 30
/** Days of reporting before the change: the first weeks of an outbreak have delays of their own. */
const LEAST_OLD_DAYS = 10
const LEAST_BATCHING = 0.01
const LEAST_NEW_REPORTS = 8
const LEAST_WEIGHT = 1e-3

/** F of delays `factor` times as long, at whole days: a delay of x days ends within day x + 1. The longest delay stays the longest. */
export function stretched(cdf: Float64Array, factor: number, delay: number): number {
  const longest = cdf.length - 1
  if (delay >= longest) return 1
  const position = (delay + 1) / factor - 1
  if (position >= longest) return 1
  const below = Math.floor(position)
  const low = below < 0 ? 0 : (cdf[below] ?? 1)
  return low + (position - below) * ((cdf[below + 1] ?? 1) - low)
}

/** log Pr of the delays seen so far on the rows from `from` on, given that they are seen; batches count as few. */
function fit(triangle: ReportingTriangle, from: number, cdf: Float64Array, factor: number, batching: number): number {
  const newest = triangle.counts.length - 1
  let sum = 0
  for (let row = from; row <= newest; row += 1) {
    const age = Math.min(triangle.maxDelay, newest - row)
    const seen = Math.max(1e-9, stretched(cdf, factor, age))
    let [part, reports, before] = [0, 0, 0]
    for (let delay = 0; delay <= age; delay += 1) {
      const upTo = stretched(cdf, factor, delay)
      const count = triangle.counts[row]?.[delay] ?? 0
      if (count > 0) part += count * Math.log(Math.max(1e-9, upTo - before) / seen)
      reports += count
      before = upTo
    }
    if (reports > 0) sum += part / (1 + (reports - 1) * batching)
  }
  return sum
}

const plausible = (factor: number) => Math.exp(-0.5 * (Math.log(factor) / FACTOR_DEVIATION) ** 2)
const plausibleInAll = FACTORS.reduce((sum, factor) => sum + plausible(factor), 0)
const priorOf = (factor: number) => plausible(factor) / plausibleInAll

const withoutNewest = (triangle: ReportingTriangle, from: number): ReportingTriangle => ({
  ...triangle,
  counts: triangle.counts.map((row, k) => (k < from ? row : new Float64Array(row.length))),
})

/** All reports of the given rows. */
function reportsOf(triangle: ReportingTriangle, from: number, to: number): number {
  let sum = 0
  for (const row of triangle.counts.slice(from, to)) for (const count of row) sum += count
  return sum
}

/**
 * Whether the newest events are reported slower or faster than those before: for some beginnings and factors the delays seen so far are
 * compared with the older ones stretched by the factor, and each belief is weighed by Bayes' rule. Delays that have not been seen yet (a
 * report can take two weeks, the change may be one week old) follow from the stretch, which is what the plain estimators miss. Evidence
 * counts as much as its reports are independent, and as the older record can carry.
 * After the change-point posterior of D. Barry and J. A. Hartigan 1993, doi:10.1080/01621459.1993.10594323.
 */
export function delayRegimes(triangle: ReportingTriangle, prior: PriorDelay, halfLife: number): readonly DelayRegime[] {
  const before = priorHazards(prior, triangle.maxDelay)
  const whole = delayModel(triangle, prior, halfLife, before)
  const rows = triangle.counts.length
  const unchanged: DelayRegime = { from: rows, factor: 1, model: whole, weight: UNCHANGED }
  const started = Math.max(0, startOfReporting(triangle))
  const changes: DelayRegime[] = []
  for (const age of BEGINNINGS) {
    const from = rows - age
    if (from - started < LEAST_OLD_DAYS) continue
    const [older, newer] = [reportsOf(triangle, 0, from), reportsOf(triangle, from, rows)]
    if (older < LEAST_OLD_REPORTS || newer < LEAST_NEW_REPORTS) continue
    const model = delayModel(withoutNewest(triangle, from), prior, 2 * halfLife, before)
    const batching = Math.min(1, BATCHING_BETWEEN * Math.max(LEAST_BATCHING, whole.batching, model.batching))
    const carried = older / (older + newer)
    const same = fit(triangle, from, model.cdf, 1, batching)
    for (const factor of FACTORS) {
      const gain = carried * (fit(triangle, from, model.cdf, factor, batching) - same)
      const share = ((1 - UNCHANGED) * (1 - batching) * priorOf(factor)) / BEGINNINGS.length
      changes.push({ from, factor, model, weight: share * Math.exp(Math.min(600, gain)) })
    }
  }
  const all = [unchanged, ...changes]
  const total = all.reduce((sum, regime) => sum + regime.weight, 0)
  const kept = all.filter((regime) => regime.weight > LEAST_WEIGHT * total)
  const sum = kept.reduce((total, regime) => total + regime.weight, 0)
  return kept.map((regime) => ({ ...regime, weight: regime.weight / sum }))
}
