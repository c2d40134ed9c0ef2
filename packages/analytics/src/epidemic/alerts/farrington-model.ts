import { studentTSurvival } from '../../statistics/continuous.ts'
import { fitGeneralisedLinear, type GeneralisedLinearFit } from '../../statistics/generalised-linear.ts'
import { NumericalProblem } from '../../statistics/root.ts'
import { type ReferenceSet, type SeriesCalendar, trendTime } from './farrington-reference.ts'

export interface BaselineModel {
  /** log of the expected count now, its standard error, and the dispersion (at least 1). */
  readonly eta: number
  readonly etaError: number
  readonly dispersion: number
  /** Daily or weekly log slope, or null where no trend is kept. */
  readonly trend: number | null
}

interface Fitted {
  readonly fit: GeneralisedLinearFit
  readonly dispersion: number
  /** Dispersions that scale the standard errors of the trend and of the prediction. */
  readonly trendDispersion: number
  readonly errorDispersion: number
  readonly columns: number
}

// The reference program stops here; seasons without cases never converge further than the stopping rule, so it is part of the bound.
const AS_REFERENCE = { tolerance: 1e-8, maxIterations: 25, atLastStep: true } as const

/**
 * Anscombe's residuals of a Poisson fit, 3/2 (y^⅔ μ^(−1/6) − μ^½) / √(φ (1 − h)).
 * C. P. Farrington et al. 1996, doi:10.2307/2983331, section 3.6.
 */
function anscombeResiduals(response: Float64Array, fit: GeneralisedLinearFit, dispersion: number): Float64Array {
  return response.map((y, i) => {
    const mu = fit.fitted[i] ?? 1
    return (1.5 * (y ** (2 / 3) * mu ** (-1 / 6) - Math.sqrt(mu))) / Math.sqrt(dispersion * (1 - (fit.leverage[i] ?? 0)))
  })
}

/** Past outbreaks count less: residuals above the threshold get weights s^(−2), all scaled to sum to n. */
function outbreakWeights(residuals: Float64Array, threshold: number): Float64Array {
  const raw = residuals.map((s) => (s > threshold ? 1 / (s * s) : 1))
  const scale = raw.length / raw.reduce((a, b) => a + b, 0)
  return raw.map((weight) => weight * scale)
}

function fitOnce(response: Float64Array, design: Float64Array, columns: number, options: ModelOptions): Fitted | null {
  const threshold = options.weightsThreshold
  const run = (weights?: Float64Array) => {
    const input = { response, design, columns, family: { kind: 'poisson' } as const, ...AS_REFERENCE }
    return fitGeneralisedLinear(weights === undefined ? input : { ...input, weights })
  }
  let fit = run()
  if (!fit.converged) return null
  const degrees = fit.degreesOfFreedom
  let dispersion = Math.max(1, fit.pearson / degrees)
  const settled = (): Fitted => {
    const raw = fit.pearson / degrees
    return { fit, dispersion, trendDispersion: raw, errorDispersion: options.errors === 'classic' ? dispersion : raw, columns }
  }
  if (threshold === null) return settled()
  const weights = outbreakWeights(anscombeResiduals(response, fit, dispersion), threshold)
  fit = run(weights)
  dispersion = Math.max(1, fit.pearson / degrees)
  if (options.errors === 'classic') return settled()
  // The reference program scales standard errors by weighted squares of (y − μ) / μ, the residuals on the linear predictor's scale.
  let squares = 0
  response.forEach((y, i) => {
    const mu = fit.fitted[i] ?? 1
    squares += (weights[i] ?? 0) * ((y - mu) / mu) ** 2
  })
  return { fit, dispersion, trendDispersion: squares / degrees, errorDispersion: squares / degrees, columns }
}

export interface ModelOptions {
  readonly years: number
  readonly periods: number
  readonly trend: boolean
  readonly trendLevel: number
  readonly weightsThreshold: number | null
  readonly calendar: SeriesCalendar
  /** How standard errors are scaled: by the dispersion (1996), or as the flexible reference program does. */
  readonly errors: 'classic' | 'flexible'
}

/**
 * The quasi-Poisson baseline: intercept, linear trend, one level a season; re-fitted with past outbreaks weighted down. The trend stays only
 * with three years of history, when it is significant, and when it does not predict more than was ever seen. Null where nothing converges.
 */
export function fitBaseline(counts: Float64Array, at: number, reference: ReferenceSet, options: ModelOptions): BaselineModel | null {
  const { indices, seasons } = reference
  const response = Float64Array.from(indices, (i) => counts[i] ?? 0)
  const origin = trendTime(indices[0] ?? 0, options.calendar)
  const build = (trend: boolean) => {
    const columns = 1 + (trend ? 1 : 0) + options.periods - 1
    const design = new Float64Array(indices.length * columns)
    indices.forEach((index, row) => {
      let column = row * columns
      design[column] = 1
      column += 1
      if (trend) {
        design[column] = trendTime(index, options.calendar) - origin
        column += 1
      }
      const season = seasons[row] ?? options.periods
      // The windows around today's season are the reference level, so today's prediction needs no season column.
      if (season < options.periods) design[column + season - 1] = 1
    })
    return { design, columns }
  }
  const attempt = (trend: boolean): Fitted | null => {
    const { design, columns } = build(trend)
    if (indices.length <= columns) return null
    try {
      return fitOnce(response, design, columns, options)
    } catch (problem) {
      if (problem instanceof NumericalProblem) return null
      throw problem
    }
  }
  const now = trendTime(at, options.calendar) - origin
  if (options.trend) {
    const fitted = attempt(true)
    if (fitted !== null) {
      const slope = fitted.fit.coefficients[1] ?? 0
      const slopeError = Math.sqrt((fitted.fit.covariance[fitted.columns + 1] ?? 0) * fitted.trendDispersion)
      const significance = 2 * studentTSurvival(Math.abs(slope / slopeError), fitted.fit.degreesOfFreedom)
      const eta = (fitted.fit.coefficients[0] ?? 0) + slope * now
      const plausible = Math.exp(eta) <= response.reduce((a, b) => Math.max(a, b), 0)
      if (options.years >= 3 && significance < options.trendLevel && plausible) {
        const c = (i: number) => fitted.fit.covariance[i] ?? 0
        const variance = c(0) + 2 * now * c(1) + now * now * c(fitted.columns + 1)
        return { eta, etaError: Math.sqrt(variance * fitted.errorDispersion), dispersion: fitted.dispersion, trend: slope }
      }
    }
  }
  const flat = attempt(false)
  if (flat === null) return null
  const etaError = Math.sqrt((flat.fit.covariance[0] ?? 0) * flat.errorDispersion)
  return { eta: flat.fit.coefficients[0] ?? 0, etaError, dispersion: flat.dispersion, trend: null }
}
