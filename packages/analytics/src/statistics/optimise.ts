export interface Minimum {
  readonly x: Float64Array
  readonly value: number
  readonly evaluations: number
  readonly converged: boolean
}

/**
 * Minimises f without derivatives (J. A. Nelder and R. Mead, doi:10.1093/comjnl/7.4.308), restarted at the best point until a restart gains
 * nothing, because a collapsed simplex may stop early. f may return +∞ or NaN outside its domain.
 */
export function nelderMead(
  f: (x: Float64Array) => number,
  start: ArrayLike<number>,
  options: { readonly step?: ArrayLike<number>; readonly tolerance?: number; readonly maxEvaluations?: number } = {},
): Minimum {
  const n = start.length
  const tolerance = options.tolerance ?? 1e-12
  const maxEvaluations = options.maxEvaluations ?? 4000 * (n + 1)
  let evaluations = 0
  const evaluate = (x: Float64Array) => {
    evaluations += 1
    const value = f(x)
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value
  }
  let best: Vertex = { x: Float64Array.from(start), value: evaluate(Float64Array.from(start)) }
  let converged = false
  for (let restart = 0; restart < 20 && evaluations < maxEvaluations; restart += 1) {
    const before = best.value
    const run = simplexSearch(evaluate, best, options.step, tolerance, () => evaluations < maxEvaluations, restart)
    if (run.value <= best.value) best = run
    if (Math.abs(before - best.value) <= tolerance * (Math.abs(best.value) + tolerance) && restart > 0) {
      converged = true
      break
    }
  }
  return { x: best.x, value: best.value, evaluations, converged }
}

interface Vertex {
  x: Float64Array
  value: number
}

function simplexSearch(
  evaluate: (x: Float64Array) => number,
  origin: Vertex,
  steps: ArrayLike<number> | undefined,
  tolerance: number,
  mayGoOn: () => boolean,
  restart: number,
): Vertex {
  const n = origin.x.length
  const simplex: Vertex[] = [origin]
  for (let j = 0; j < n; j += 1) {
    const x = Float64Array.from(origin.x)
    const size = steps?.[j] ?? (x[j] === 0 ? 0.1 : 0.1 * Math.abs(x[j] ?? 0))
    x[j] = (x[j] ?? 0) + (restart % 2 === 0 ? size : -size) / (1 + restart)
    simplex.push({ x, value: evaluate(x) })
  }
  const at = (i: number): Vertex => simplex[i] ?? origin
  while (mayGoOn()) {
    simplex.sort((a, b) => a.value - b.value)
    const top = at(n)
    const low = at(0)
    let diameter = 0
    for (let j = 0; j < n; j += 1)
      diameter = Math.max(diameter, Math.abs((top.x[j] ?? 0) - (low.x[j] ?? 0)) / (1 + Math.abs(low.x[j] ?? 0)))
    if (Math.abs(top.value - low.value) <= tolerance * (Math.abs(low.value) + tolerance) && diameter < Math.sqrt(tolerance)) break
    if (diameter < 1e-15) break
    const centre = new Float64Array(n)
    for (let i = 0; i < n; i += 1) for (let j = 0; j < n; j += 1) centre[j] = (centre[j] ?? 0) + (at(i).x[j] ?? 0) / n
    const along = (factor: number): Vertex => {
      const x = centre.map((c, j) => c + factor * ((top.x[j] ?? 0) - c))
      return { x, value: evaluate(x) }
    }
    const reflected = along(-1)
    if (reflected.value < low.value) {
      const expanded = along(-2)
      simplex[n] = expanded.value < reflected.value ? expanded : reflected
    } else if (reflected.value < at(n - 1).value) {
      simplex[n] = reflected
    } else {
      const contracted = reflected.value < top.value ? along(-0.5) : along(0.5)
      if (contracted.value < Math.min(reflected.value, top.value)) simplex[n] = contracted
      else {
        for (let i = 1; i <= n; i += 1) {
          const x = at(i).x.map((value, j) => 0.5 * (value + (low.x[j] ?? 0)))
          simplex[i] = { x, value: evaluate(x) }
        }
      }
    }
  }
  simplex.sort((a, b) => a.value - b.value)
  return at(0)
}

/** The minimum of f on [low, high] by Brent's method (golden section and parabolas; Algorithms for Minimization without Derivatives, 1973, chapter 5). */
export function minimiseOnInterval(f: (x: number) => number, low: number, high: number, tolerance = 1e-10): { x: number; value: number } {
  const GOLDEN = 0.5 * (3 - Math.sqrt(5))
  let a = low
  let b = high
  let x = a + GOLDEN * (b - a)
  let w = x
  let v = x
  let fx = f(x)
  let fw = fx
  let fv = fx
  let d = 0
  let e = 0
  for (let step = 0; step < 500; step += 1) {
    const middle = 0.5 * (a + b)
    const limit = tolerance * Math.abs(x) + 1e-300 + tolerance * 1e-3
    if (Math.abs(x - middle) <= 2 * limit - 0.5 * (b - a)) break
    let parabola = false
    if (Math.abs(e) > limit) {
      const r = (x - w) * (fx - fv)
      let q = (x - v) * (fx - fw)
      let p = (x - v) * q - (x - w) * r
      q = 2 * (q - r)
      if (q > 0) p = -p
      q = Math.abs(q)
      if (Math.abs(p) < Math.abs(0.5 * q * e) && p > q * (a - x) && p < q * (b - x)) {
        e = d
        d = p / q
        const u = x + d
        if (u - a < 2 * limit || b - u < 2 * limit) d = x < middle ? limit : -limit
        parabola = true
      }
    }
    if (!parabola) {
      e = x < middle ? b - x : a - x
      d = GOLDEN * e
    }
    const u = Math.abs(d) >= limit ? x + d : x + Math.sign(d) * limit
    const fu = f(u)
    if (fu <= fx) {
      if (u < x) b = x
      else a = x
      v = w
      fv = fw
      w = x
      fw = fx
      x = u
      fx = fu
    } else {
      if (u < x) a = u
      else b = u
      if (fu <= fw || w === x) {
        v = w
        fv = fw
        w = u
        fw = fu
      } else if (fu <= fv || v === x || v === w) {
        v = u
        fv = fu
      }
    }
  }
  return { x, value: fx }
}
