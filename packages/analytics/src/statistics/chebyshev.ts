/** cos(π m / 2N) for m = 0 … 4N − 1, by N. */
const cosines = new Map<number, Float64Array>()

function cosinesOf(size: number): Float64Array {
  const known = cosines.get(size)
  if (known !== undefined) return known
  const table = Float64Array.from({ length: 4 * size }, (_, m) => Math.cos((Math.PI * m) / (2 * size)))
  cosines.set(size, table)
  return table
}

/** The `size` zeros of Chebyshev's polynomial T_size on (−1, 1), from the right. */
export function chebyshevPoints(size: number): Float64Array {
  const table = cosinesOf(size)
  const points = new Float64Array(size)
  for (let i = 0; i < size; i += 1) points[i] = table[2 * i + 1] as number
  return points
}

/**
 * Coefficients c_k of the interpolant Σ c_k T_k(t) of values at `chebyshevPoints(values.length)`. Where the last ones are rounding alone, the
 * interpolant is the function. Source: L. N. Trefethen, Approximation Theory and Approximation Practice (2013), chapters 2 and 3.
 */
export function chebyshevCoefficients(values: Float64Array): Float64Array {
  const size = values.length
  const table = cosinesOf(size)
  const round = 4 * size
  const coefficients = new Float64Array(size)
  for (let k = 0; k < size; k += 1) {
    let sum = 0
    let at = k
    const step = 2 * k
    for (let i = 0; i < size; i += 1) {
      sum += (values[i] as number) * (table[at] as number)
      at += step
      if (at >= round) at -= round
    }
    coefficients[k] = (2 * sum) / size
  }
  coefficients[0] = 0.5 * (coefficients[0] ?? 0)
  return coefficients
}

/** Σ c_k T_k(t) by Clenshaw's recurrence. */
export function chebyshevSum(coefficients: Float64Array, t: number): number {
  const twice = 2 * t
  let next = 0
  let afterNext = 0
  for (let k = coefficients.length - 1; k > 0; k -= 1) {
    const here = twice * next - afterNext + (coefficients[k] as number)
    afterNext = next
    next = here
  }
  return t * next - afterNext + (coefficients[0] ?? 0)
}
