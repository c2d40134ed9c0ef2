import { gaussRuleOfSample, type QuadratureRule } from '../../statistics/gauss-rule.ts'
import { gammaP, gammaQ, poissonKernel } from '../../statistics/incomplete-gamma.ts'
import { gammaPInverse } from '../../statistics/inverse.ts'

// Mixtures of fewer components than this are summed as they are.
const FEW_COMPONENTS = 40
const COARSE_NODES = 6
/** A step this small leaves an error of its square, times the steepness of the law. */
const CLOSE = 1e-8
const AGREEMENT = 5e-14

/** Weighted components exp(node) with the mixture's tail and density at x. */
function tailAt(shape: number, rule: QuadratureRule, x: number, upper: boolean): number {
  let sum = 0
  for (let j = 0; j < rule.nodes.length; j += 1) {
    const y = x * Math.exp(rule.nodes[j] ?? 0)
    sum += (rule.weights[j] ?? 0) * (upper ? gammaQ(shape, y) : gammaP(shape, y))
  }
  return sum
}

function densityAt(shape: number, rule: QuadratureRule, x: number): number {
  let sum = 0
  for (let j = 0; j < rule.nodes.length; j += 1) sum += (rule.weights[j] ?? 0) * poissonKernel(shape, x * Math.exp(rule.nodes[j] ?? 0))
  return (shape * sum) / x
}

/** Newton's method inside a bracket; the smaller tail is used. */
function solve(shape: number, rule: QuadratureRule, p: number, start: number, low: number, high: number): number {
  const upper = p > 0.5
  let left = low
  let right = high
  let x = Math.min(Math.max(start, left), right)
  for (let step = 0; step < 200; step += 1) {
    const tail = tailAt(shape, rule, x, upper)
    const value = upper ? 1 - p - tail : tail - p
    if (value > 0) right = x
    else left = x
    const newton = value / densityAt(shape, rule, x)
    if (Math.abs(newton) < CLOSE * x) return x - newton
    const next = x - newton
    x = next > left && next < right ? next : 0.5 * (left + right)
    if (right - left < 1e-15 * x) return x
  }
  return x
}

/**
 * The quantiles of an equal mixture of gamma laws that share one shape: F(x) = mean_j P(shape, rate_j x). F is smooth in the logarithm of
 * the rate, so large mixtures go through the Gauss rule of the log rates; the full sum then confirms the outer and the middle quantile, and
 * takes over where they differ. Exact to about 1e-12.
 */
export function gammaMixtureQuantiles(shape: number, rates: Float64Array, probabilities: readonly number[]): number[] {
  let lowRate = Number.POSITIVE_INFINITY
  let highRate = 0
  let inverseSum = 0
  for (const rate of rates) {
    lowRate = Math.min(lowRate, rate)
    highRate = Math.max(highRate, rate)
    inverseSum += 1 / rate
  }
  if (lowRate === highRate) return probabilities.map((p) => gammaPInverse(shape, p) / lowRate)
  const whole: QuadratureRule = { nodes: rates.map(Math.log), weights: new Float64Array(rates.length).fill(1 / rates.length) }
  const units = probabilities.map((p) => gammaPInverse(shape, p))
  const by = (rule: QuadratureRule, starts: readonly number[]) =>
    probabilities.map((p, i) => solve(shape, rule, p, starts[i] ?? 1, (units[i] ?? 1) / highRate, (units[i] ?? 1) / lowRate))
  const starts = units.map((unit) => (unit * inverseSum) / rates.length)
  if (rates.length < FEW_COMPONENTS) return by(whole, starts)
  // The integrand changes over 1 / √shape on the log scale: nodes grow with the spread in that unit.
  const spread = 0.5 * Math.log(highRate / lowRate) * Math.sqrt(shape)
  const size = Math.ceil(10 + 4 * spread)
  // Where the sum itself is short, a coarse rule still saves it most of its steps.
  if (size > rates.length / 3) return by(whole, by(gaussRuleOfSample(whole.nodes, COARSE_NODES), starts))
  const rule = gaussRuleOfSample(whole.nodes, size)
  const found = by(rule, starts)
  const checks = [0, probabilities.length >> 1, probabilities.length - 1]
  const agrees = checks.every((i) => {
    const x = found[i] ?? 1
    const upper = (probabilities[i] ?? 0) > 0.5
    return Math.abs(tailAt(shape, whole, x, upper) - tailAt(shape, rule, x, upper)) < AGREEMENT
  })
  return agrees ? found : by(whole, found)
}
