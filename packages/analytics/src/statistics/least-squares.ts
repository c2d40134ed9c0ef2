import { NumericalProblem } from './root.ts'

/** The triangular factor and the solution of a weighted least-squares problem. */
export interface LeastSquares {
  readonly coefficients: Float64Array
  /** (XᵀWX)⁻¹, row by row, p × p. */
  readonly inverseGram: Float64Array
  /** The diagonal of the hat matrix W^½ X (XᵀWX)⁻¹ Xᵀ W^½, length n. */
  readonly leverage: Float64Array
}

/**
 * Minimises Σ w_i (z_i − x_iᵀ β)² by an orthogonal (QR) factorisation.
 * @param design n × p, row by row. @param weights length n, ≥ 0. @param response length n.
 * Throws NumericalProblem when the columns are linearly dependent.
 */
export function weightedLeastSquares(design: Float64Array, p: number, weights: Float64Array, response: Float64Array): LeastSquares {
  const n = response.length
  const q = new Float64Array(n * p)
  const rhs = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    const root = Math.sqrt(weights[i] ?? 0)
    rhs[i] = root * (response[i] ?? 0)
    for (let j = 0; j < p; j += 1) q[i * p + j] = root * (design[i * p + j] ?? 0)
  }
  const r = new Float64Array(p * p)
  // Modified Gram–Schmidt, twice (as good as Householder), keeps Q at hand for the leverages.
  for (let j = 0; j < p; j += 1) {
    const original = columnNorm(q, n, p, j)
    for (let pass = 0; pass < 2; pass += 1) {
      for (let k = 0; k < j; k += 1) {
        let dot = 0
        for (let i = 0; i < n; i += 1) dot += (q[i * p + k] ?? 0) * (q[i * p + j] ?? 0)
        r[k * p + j] = (r[k * p + j] ?? 0) + dot
        for (let i = 0; i < n; i += 1) q[i * p + j] = (q[i * p + j] ?? 0) - dot * (q[i * p + k] ?? 0)
      }
    }
    const norm = columnNorm(q, n, p, j)
    if (!(norm > 1e-11 * original) || !(original > 0)) throw new NumericalProblem(`column ${j} of the design depends on the ones before it`)
    r[j * p + j] = norm
    for (let i = 0; i < n; i += 1) q[i * p + j] = (q[i * p + j] ?? 0) / norm
  }
  const coefficients = new Float64Array(p)
  for (let j = 0; j < p; j += 1) {
    let dot = 0
    for (let i = 0; i < n; i += 1) dot += (q[i * p + j] ?? 0) * (rhs[i] ?? 0)
    coefficients[j] = dot
  }
  const inverse = invertUpper(r, p)
  const solved = new Float64Array(p)
  const inverseGram = new Float64Array(p * p)
  for (let a = 0; a < p; a += 1) {
    let sum = 0
    for (let k = a; k < p; k += 1) sum += (inverse[a * p + k] ?? 0) * (coefficients[k] ?? 0)
    solved[a] = sum
    for (let b = 0; b < p; b += 1) {
      let product = 0
      for (let k = Math.max(a, b); k < p; k += 1) product += (inverse[a * p + k] ?? 0) * (inverse[b * p + k] ?? 0)
      inverseGram[a * p + b] = product
    }
  }
  const leverage = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    let sum = 0
    for (let j = 0; j < p; j += 1) sum += (q[i * p + j] ?? 0) ** 2
    leverage[i] = sum
  }
  return { coefficients: solved, inverseGram, leverage }
}

function columnNorm(q: Float64Array, n: number, p: number, j: number): number {
  let sum = 0
  for (let i = 0; i < n; i += 1) sum += (q[i * p + j] ?? 0) ** 2
  return Math.sqrt(sum)
}

function invertUpper(r: Float64Array, p: number): Float64Array {
  const inverse = new Float64Array(p * p)
  for (let j = 0; j < p; j += 1) {
    inverse[j * p + j] = 1 / (r[j * p + j] ?? Number.NaN)
    for (let i = j - 1; i >= 0; i -= 1) {
      let sum = 0
      for (let k = i + 1; k <= j; k += 1) sum += (r[i * p + k] ?? 0) * (inverse[k * p + j] ?? 0)
      inverse[i * p + j] = -sum / (r[i * p + i] ?? Number.NaN)
    }
  }
  return inverse
}
