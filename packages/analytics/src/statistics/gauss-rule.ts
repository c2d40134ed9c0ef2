/** Nodes and positive weights (summing to one) of a quadrature rule. */
export interface QuadratureRule {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * The Gauss rule of an equally weighted sample: `size` nodes whose weighted averages equal the sample's for every polynomial of degree
 * 2·size − 1, so that the average of a smooth function over hundreds of points costs a dozen evaluations. Stieltjes' procedure for the
 * recurrence, then Golub and Welsch. Sources: W. Gautschi, Orthogonal Polynomials (2004), sections 2.2.3 and 3.1; G. H. Golub and
 * J. H. Welsch 1969, doi:10.1090/S0025-5718-69-99647-1. Fewer nodes come back where the sample has fewer distinct points.
 */
export function gaussRuleOfSample(sample: Float64Array, size: number): QuadratureRule {
  const count = sample.length
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const x of sample) {
    low = Math.min(low, x)
    high = Math.max(high, x)
  }
  const centre = 0.5 * (low + high)
  const half = 0.5 * (high - low)
  if (!(half > 0)) return { nodes: Float64Array.of(centre), weights: Float64Array.of(1) }
  const t = sample.map((x) => (x - centre) / half)
  const diagonal = new Float64Array(size)
  const offDiagonal = new Float64Array(size)
  let previous = new Float64Array(count)
  let current = new Float64Array(count).fill(1 / Math.sqrt(count))
  let used = 0
  // Orthonormal polynomials on the sample: β p_(k+1) = (t − α) p_k − β_k p_(k−1).
  for (let k = 0; k < size; k += 1) {
    let alpha = 0
    for (let i = 0; i < count; i += 1) alpha += (t[i] ?? 0) * (current[i] ?? 0) ** 2
    diagonal[k] = alpha
    used = k + 1
    const beta = offDiagonal[k - 1] ?? 0
    const next = new Float64Array(count)
    let norm = 0
    for (let i = 0; i < count; i += 1) {
      const value = ((t[i] ?? 0) - alpha) * (current[i] ?? 0) - (k > 0 ? beta : 0) * (previous[i] ?? 0)
      next[i] = value
      norm += value * value
    }
    const length = Math.sqrt(norm)
    if (k === size - 1 || length < 1e-10) break
    offDiagonal[k] = length
    for (let i = 0; i < count; i += 1) next[i] = (next[i] ?? 0) / length
    previous = current
    current = next
  }
  return { ...scaled(jacobiRule(diagonal.slice(0, used), offDiagonal.slice(0, used)), centre, half) }
}

function scaled(rule: QuadratureRule, centre: number, half: number): QuadratureRule {
  return { nodes: rule.nodes.map((x) => centre + half * x), weights: rule.weights }
}

/** Eigenvalues of the symmetric tridiagonal matrix and squared first components of its eigenvectors, by implicit QL steps. */
function jacobiRule(diagonal: Float64Array, offDiagonal: Float64Array): QuadratureRule {
  const n = diagonal.length
  const d = Float64Array.from(diagonal)
  const e = Float64Array.from(offDiagonal)
  const first = new Float64Array(n)
  first[0] = 1
  if (n > 0) e[n - 1] = 0
  for (let l = 0; l < n; l += 1) {
    for (let sweep = 0; sweep < 60; sweep += 1) {
      let m = l
      while (m < n - 1 && Math.abs(e[m] ?? 0) > Number.EPSILON * (Math.abs(d[m] ?? 0) + Math.abs(d[m + 1] ?? 0))) m += 1
      if (m === l) break
      let g = ((d[l + 1] ?? 0) - (d[l] ?? 0)) / (2 * (e[l] ?? 1))
      g = (d[m] ?? 0) - (d[l] ?? 0) + (e[l] ?? 0) / (g + Math.sign(g || 1) * Math.hypot(g, 1))
      let s = 1
      let c = 1
      let p = 0
      for (let i = m - 1; i >= l; i -= 1) {
        const f = s * (e[i] ?? 0)
        const b = c * (e[i] ?? 0)
        const r = Math.hypot(f, g)
        e[i + 1] = r
        if (r === 0) {
          d[i + 1] = (d[i + 1] ?? 0) - p
          e[m] = 0
          break
        }
        s = f / r
        c = g / r
        const shifted = (d[i + 1] ?? 0) - p
        const q = ((d[i] ?? 0) - shifted) * s + 2 * c * b
        p = s * q
        d[i + 1] = shifted + p
        g = c * q - b
        const z = first[i + 1] ?? 0
        first[i + 1] = s * (first[i] ?? 0) + c * z
        first[i] = c * (first[i] ?? 0) - s * z
      }
      d[l] = (d[l] ?? 0) - p
      e[l] = g
      e[m] = 0
    }
  }
  return { nodes: d, weights: first.map((z) => z * z) }
}
