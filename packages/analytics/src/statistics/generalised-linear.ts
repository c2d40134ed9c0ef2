import { devianceTerm } from './elementary.ts'
import { digamma, lgamma, trigamma } from './gamma-function.ts'
import { type LeastSquares, weightedLeastSquares } from './least-squares.ts'
import { NumericalProblem } from './root.ts'

/** The response's family; the links are log for counts and logit for proportions. */
export type Family =
  | { readonly kind: 'poisson' }
  | { readonly kind: 'negativeBinomial'; readonly size: number }
  | { readonly kind: 'binomial' }

export interface GeneralisedLinearInput {
  readonly response: ArrayLike<number>
  /** n × p, row by row; include a column of ones for an intercept. */
  readonly design: Float64Array
  readonly columns: number
  readonly family: Family
  /** Prior weights; for the binomial family the numbers of trials. Default 1. */
  readonly weights?: ArrayLike<number>
  /** Added to the linear predictor. Default 0. */
  readonly offset?: ArrayLike<number>
  /** Fitted means to start from (a former fit). */
  readonly startMeans?: ArrayLike<number>
  /** Relative change of the deviance at which iterations stop. Default 1e-12 (near rounding). */
  readonly tolerance?: number
  readonly maxIterations?: number
  /** Report covariance and leverage of the last weighted step, as R's glm does, instead of one more step at the final means. Default false. */
  readonly atLastStep?: boolean
}

export interface GeneralisedLinearFit {
  readonly coefficients: Float64Array
  /** (XᵀWX)⁻¹, p × p by rows: the covariance when the dispersion is 1. */
  readonly covariance: Float64Array
  readonly fitted: Float64Array
  readonly linearPredictor: Float64Array
  readonly leverage: Float64Array
  readonly deviance: number
  /** Σ w (y − μ)² / V(μ): divided by the degrees of freedom it is the quasi-likelihood's dispersion. */
  readonly pearson: number
  readonly degreesOfFreedom: number
  readonly iterations: number
  readonly converged: boolean
}

function variance(family: Family, mu: number): number {
  if (family.kind === 'poisson') return mu
  if (family.kind === 'binomial') return mu * (1 - mu)
  return mu + (mu * mu) / family.size
}

/** d μ / d η: for the log link μ, for the logit link μ (1 − μ). */
function slope(family: Family, mu: number): number {
  return family.kind === 'binomial' ? mu * (1 - mu) : mu
}

function inverseLink(family: Family, eta: number): number {
  if (family.kind === 'binomial') return 1 / (1 + Math.exp(-eta))
  return Math.max(Math.exp(Math.min(eta, 700)), Number.EPSILON)
}

function link(family: Family, mu: number): number {
  return family.kind === 'binomial' ? Math.log(mu / (1 - mu)) : Math.log(mu)
}

/** Twice the log-likelihood that one observation lacks to a perfect fit, through terms that do not cancel near it. */
function unitDeviance(family: Family, y: number, mu: number): number {
  if (family.kind === 'poisson') return 2 * devianceTerm(y, mu)
  if (family.kind === 'binomial') return 2 * (devianceTerm(y, mu) + devianceTerm(1 - y, 1 - mu))
  return 2 * (devianceTerm(y, mu) - devianceTerm(y + family.size, mu + family.size))
}

/**
 * Fits a generalised linear model by iteratively re-weighted least squares (P. McCullagh and J. A. Nelder, Generalized Linear Models, 1989,
 * section 2.5), halving a step that raises the deviance. Throws NumericalProblem for dependent columns.
 */
export function fitGeneralisedLinear(input: GeneralisedLinearInput): GeneralisedLinearFit {
  const { response, design, columns: p, family } = input
  const n = response.length
  if (n === 0 || design.length !== n * p) throw new NumericalProblem(`the design has ${design.length} numbers, expected ${n} × ${p}`)
  const tolerance = input.tolerance ?? 1e-12
  const maxIterations = input.maxIterations ?? 200
  const eta = new Float64Array(n)
  const mu = new Float64Array(n)
  const weights = new Float64Array(n)
  const working = new Float64Array(n)
  const prior = (i: number) => input.weights?.[i] ?? 1
  const offset = (i: number) => input.offset?.[i] ?? 0
  for (let i = 0; i < n; i += 1) {
    const y = response[i] ?? 0
    const trials = prior(i)
    mu[i] =
      input.startMeans?.[i] ??
      (family.kind === 'binomial' ? (trials * y + 0.5) / (trials + 1) : family.kind === 'poisson' ? y + 0.1 : y + (y === 0 ? 1 / 6 : 0))
    eta[i] = link(family, mu[i] ?? 1)
  }
  const totalDeviance = () => {
    let sum = 0
    for (let i = 0; i < n; i += 1) if (prior(i) > 0) sum += prior(i) * unitDeviance(family, response[i] ?? 0, mu[i] ?? 1)
    return sum
  }
  const place = (beta: ArrayLike<number>) => {
    for (let i = 0; i < n; i += 1) {
      let sum = offset(i)
      for (let j = 0; j < p; j += 1) sum += (design[i * p + j] ?? 0) * (beta[j] ?? 0)
      eta[i] = sum
      mu[i] = inverseLink(family, sum)
    }
  }
  const solve = () => {
    for (let i = 0; i < n; i += 1) {
      const m = mu[i] ?? 1
      const s = slope(family, m)
      weights[i] = (prior(i) * s * s) / variance(family, m)
      working[i] = (eta[i] ?? 0) - offset(i) + ((response[i] ?? 0) - m) / s
    }
    return weightedLeastSquares(design, p, weights, working)
  }
  let deviance = totalDeviance()
  let previous: Float64Array | undefined
  let converged = false
  let iterations = 0
  let step = solve()
  let reported: LeastSquares | undefined
  let reportedWeights = weights
  while (iterations < maxIterations) {
    iterations += 1
    const target = step.coefficients
    place(target)
    let next = totalDeviance()
    let halvings = 0
    while (previous !== undefined && (!Number.isFinite(next) || next > deviance * (1 + 1e-9) + 1e-9) && halvings < 30) {
      for (let j = 0; j < p; j += 1) target[j] = 0.5 * ((target[j] ?? 0) + (previous[j] ?? 0))
      place(target)
      next = totalDeviance()
      halvings += 1
    }
    previous = target
    const used = step
    const usedWeights = Float64Array.from(weights)
    step = solve()
    if (input.atLastStep === true) {
      reported = used
      reportedWeights = usedWeights
    }
    const change = Math.abs(next - deviance) / (Math.abs(next) + 0.1)
    deviance = next
    if (change < tolerance) {
      converged = true
      break
    }
  }
  const coefficients = previous ?? step.coefficients
  let pearson = 0
  for (let i = 0; i < n; i += 1) {
    const m = mu[i] ?? 1
    // w · ((y − μ) / (dμ/dη))² is prior weight · (y − μ)² / V(μ) once the weights have settled.
    pearson += (reportedWeights[i] ?? 0) * (((response[i] ?? 0) - m) / slope(family, m)) ** 2
  }
  return {
    coefficients,
    covariance: (reported ?? step).inverseGram,
    fitted: mu,
    linearPredictor: eta,
    leverage: (reported ?? step).leverage,
    deviance,
    pearson,
    degreesOfFreedom: n - p,
    iterations,
    converged,
  }
}

/** The maximum-likelihood size of a negative binomial with known means, with its standard error; size = ∞ when the data are not overdispersed. */
export function negativeBinomialSize(
  counts: ArrayLike<number>,
  means: ArrayLike<number>,
  start?: number,
): { readonly size: number; readonly standardError: number } {
  const n = counts.length
  let moment = 0
  for (let i = 0; i < n; i += 1) moment += ((counts[i] ?? 0) / (means[i] ?? 1) - 1) ** 2
  let size = start ?? (moment > 0 ? n / moment : 1)
  const derivatives = (k: number) => {
    let score = 0
    let information = 0
    for (let i = 0; i < n; i += 1) {
      const y = counts[i] ?? 0
      const m = means[i] ?? 1
      score += digamma(k + y) - digamma(k) + Math.log(k / (k + m)) + 1 - (k + y) / (m + k)
      information += trigamma(k) - trigamma(k + y) - 1 / k + 2 / (m + k) - (y + k) / (m + k) ** 2
    }
    return { score, information }
  }
  for (let step = 0; step < 200; step += 1) {
    const { score, information } = derivatives(size)
    // On the log scale the score is k·s and the curvature k²·i − k·s: positive near the maximum.
    const curvature = size * size * information - size * score
    const change = curvature > 0 ? (size * score) / curvature : Math.sign(score)
    size *= Math.exp(Math.max(-2, Math.min(2, change)))
    if (size > 1e9) return { size: Number.POSITIVE_INFINITY, standardError: Number.POSITIVE_INFINITY }
    if (Math.abs(change) < 1e-12) break
  }
  return { size, standardError: 1 / Math.sqrt(Math.max(derivatives(size).information, 0)) }
}

export interface NegativeBinomialFit extends GeneralisedLinearFit {
  readonly size: number
  readonly sizeStandardError: number
  readonly logLikelihood: number
}

/** A log-linear negative binomial regression, its size by maximum likelihood, alternating both until neither moves. Falls back to Poisson (size ∞). */
export function fitNegativeBinomial(input: Omit<GeneralisedLinearInput, 'family'>): NegativeBinomialFit {
  let fit = fitGeneralisedLinear({ ...input, family: { kind: 'poisson' } })
  let { size, standardError } = negativeBinomialSize(input.response, fit.fitted)
  for (let round = 0; round < 100 && Number.isFinite(size); round += 1) {
    fit = fitGeneralisedLinear({ ...input, family: { kind: 'negativeBinomial', size }, startMeans: fit.fitted })
    const next = negativeBinomialSize(input.response, fit.fitted, size)
    const change = Math.abs(next.size - size) / size
    size = next.size
    standardError = next.standardError
    if (!(change > 1e-11)) break
  }
  let logLikelihood = 0
  for (let i = 0; i < input.response.length; i += 1) {
    const y = input.response[i] ?? 0
    const m = fit.fitted[i] ?? 1
    logLikelihood += Number.isFinite(size)
      ? lgamma(size + y) - lgamma(size) - lgamma(y + 1) + size * Math.log(size / (size + m)) + (y > 0 ? y * Math.log(m / (size + m)) : 0)
      : y * Math.log(m) - m - lgamma(y + 1)
  }
  return { ...fit, size, sizeStandardError: standardError, logLikelihood }
}
