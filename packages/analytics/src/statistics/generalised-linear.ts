import { devianceTerm } from './elementary.ts'
import { type LeastSquares, weightedLeastSquares } from './least-squares.ts'
import { negativeBinomialDeviance } from './negative-binomial-size.ts'
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
  return negativeBinomialDeviance(y, mu, family.size)
}

/**
 * Fits a generalised linear model by iteratively re-weighted least squares (P. McCullagh and J. A. Nelder, Generalized Linear Models, 1989,
 * section 2.5), halving a step that raises the deviance. Where the usual start, the counts themselves, leads astray (one count a hundred
 * times its neighbours), it begins again from a line through the logarithms. Throws NumericalProblem for dependent columns.
 */
export function fitGeneralisedLinear(input: GeneralisedLinearInput): GeneralisedLinearFit {
  const { response, design, columns } = input
  const n = response.length
  if (n === 0 || design.length !== n * columns)
    throw new NumericalProblem(`the design has ${design.length} numbers, expected ${n} × ${columns}`)
  let fit: GeneralisedLinearFit | undefined
  try {
    fit = iterate(input, undefined)
  } catch (problem) {
    if (!(problem instanceof NumericalProblem)) throw problem
  }
  if (fit?.converged === true) return fit
  const even = Float64Array.from({ length: n }, (_, i) => (input.weights === undefined || (input.weights[i] ?? 0) > 0 ? 1 : 0))
  const links = Float64Array.from({ length: n }, (_, i) => link(input.family, firstMean(input, i)) - (input.offset?.[i] ?? 0))
  return iterate(input, weightedLeastSquares(design, columns, even, links).coefficients)
}

function firstMean({ response, family, weights }: GeneralisedLinearInput, i: number): number {
  const y = response[i] ?? 0
  const trials = weights?.[i] ?? 1
  if (family.kind === 'binomial') return (trials * y + 0.5) / (trials + 1)
  return family.kind === 'poisson' ? y + 0.1 : y + (y === 0 ? 1 / 6 : 0)
}

/** `start`: coefficients to begin with instead of means. */
function iterate(input: GeneralisedLinearInput, start: Float64Array | undefined): GeneralisedLinearFit {
  const { response, design, columns: p, family } = input
  const n = response.length
  const tolerance = input.tolerance ?? 1e-12
  const maxIterations = input.maxIterations ?? 200
  const eta = new Float64Array(n)
  const mu = new Float64Array(n)
  const weights = new Float64Array(n)
  const working = new Float64Array(n)
  const prior = (i: number) => input.weights?.[i] ?? 1
  const offset = (i: number) => input.offset?.[i] ?? 0
  for (let i = 0; i < n; i += 1) {
    mu[i] = input.startMeans?.[i] ?? firstMean(input, i)
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
  // A deviance that rises by more than counts as standing still would let the steps swing around the minimum without end.
  const rise = Math.min(1e-9, tolerance)
  if (start !== undefined) place(start)
  let deviance = totalDeviance()
  let previous = start
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
    while (previous !== undefined && (!Number.isFinite(next) || next - deviance > rise * (Math.abs(deviance) + 0.1)) && halvings < 30) {
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
