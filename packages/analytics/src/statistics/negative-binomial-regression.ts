import { negativeBinomialLogMass, poissonLogMass } from './discrete.ts'
import { fitGeneralisedLinear, type GeneralisedLinearFit, type GeneralisedLinearInput } from './generalised-linear.ts'
import { negativeBinomialSize } from './negative-binomial-size.ts'

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
    const before = fit.fitted
    fit = fitGeneralisedLinear({ ...input, family: { kind: 'negativeBinomial', size }, startMeans: before })
    const next = negativeBinomialSize(input.response, fit.fitted, size)
    // The deviance stands still long before the means do: it is flat at its minimum.
    const change = fit.fitted.reduce(
      (most, mean, i) => Math.max(most, Math.abs(mean / (before[i] ?? 1) - 1)),
      Math.abs(next.size / size - 1),
    )
    size = next.size
    standardError = next.standardError
    if (!(change > 1e-11)) break
  }
  let logLikelihood = 0
  for (let i = 0; i < input.response.length; i += 1) {
    const y = input.response[i] ?? 0
    const m = fit.fitted[i] ?? 1
    logLikelihood += Number.isFinite(size) ? negativeBinomialLogMass(y, m, size) : poissonLogMass(y, m)
  }
  return { ...fit, size, sizeStandardError: standardError, logLikelihood }
}
