// Small pieces on which the accuracy of everything else rests.

/** log(1 + u) − u without cancellation, u > −1. Series in r = u / (2 + u): log(1 + u) = 2 (r + r³/3 + r⁵/5 + …). */
export function log1pMinus(u: number): number {
  if (u <= -0.5 || u >= 1) return Math.log1p(u) - u
  const r = u / (2 + u)
  const y = r * r
  let term = y
  let sum = 0
  for (let k = 3; k < 60; k += 2) {
    const piece = term / k
    sum += piece
    if (piece <= 1e-18 * sum) break
    term *= y
  }
  return r * (2 * sum - u)
}

/**
 * The deviance part x·log(x / m) + m − x ≥ 0, exact also where x is close to m.
 * `residue` is a known low-order part of m (m + residue is the true mean).
 * Source: C. Loader, Fast and accurate computation of binomial probabilities (2000).
 */
export function devianceTerm(x: number, m: number, residue = 0): number {
  if (x === 0) return m + residue
  const u = (m - x + residue) / x
  if (u <= -0.5 || u >= 1) return x * Math.log(x / m) + m - x + residue * (1 - x / m)
  return -x * log1pMinus(u)
}

/** Evaluates Σ c_n z^n, coefficients in ascending order. */
export function polynomial(coefficients: readonly number[], z: number): number {
  let sum = 0
  for (let n = coefficients.length - 1; n >= 0; n -= 1) sum = sum * z + (coefficients[n] ?? 0)
  return sum
}

/** Sum with Neumaier's compensation: the error does not grow with the number of terms. */
export function compensatedSum(values: Iterable<number>): number {
  let sum = 0
  let correction = 0
  for (const value of values) {
    const next = sum + value
    correction += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
  }
  return sum + correction
}

/** log(Σ exp(v_i)) without overflow; −∞ for an empty list. */
export function logSumExp(values: ArrayLike<number>): number {
  let top = Number.NEGATIVE_INFINITY
  for (let i = 0; i < values.length; i += 1) top = Math.max(top, values[i] ?? top)
  if (!Number.isFinite(top)) return top
  let sum = 0
  for (let i = 0; i < values.length; i += 1) sum += Math.exp((values[i] ?? Number.NEGATIVE_INFINITY) - top)
  return top + Math.log(sum)
}
