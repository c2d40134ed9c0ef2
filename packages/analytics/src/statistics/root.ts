/** Thrown when a root is not bracketed or a search did not end; its message says which figures were given. */
export class NumericalProblem extends Error {
  override readonly name = 'NumericalProblem'
}

/**
 * A zero of f between low and high, where f has opposite signs: Brent's method (inverse quadratic interpolation, secant, halving).
 * R. P. Brent, Algorithms for Minimization without Derivatives (1973), chapter 4. Throws NumericalProblem where there is no sign change.
 * @param tolerance absolute tolerance on x, beside 4 ulp of x.
 */
export function findRoot(f: (x: number) => number, low: number, high: number, tolerance = 0): number {
  let a = low
  let b = high
  let fa = f(a)
  let fb = f(b)
  if (fa === 0) return a
  if (fb === 0) return b
  if (!(fa * fb < 0) && !(Math.sign(fa) * Math.sign(fb) < 0)) {
    throw new NumericalProblem(`no sign change between ${low} (${fa}) and ${high} (${fb})`)
  }
  let c = a
  let fc = fa
  let d = b - a
  let e = d
  for (let step = 0; step < 400; step += 1) {
    if (Math.sign(fb) === Math.sign(fc)) {
      c = a
      fc = fa
      d = b - a
      e = d
    }
    if (Math.abs(fc) < Math.abs(fb)) {
      a = b
      b = c
      c = a
      fa = fb
      fb = fc
      fc = fa
    }
    const limit = 2 * Number.EPSILON * Math.abs(b) + 0.5 * tolerance
    const middle = 0.5 * (c - b)
    if (Math.abs(middle) <= limit || fb === 0) return b
    if (Math.abs(e) >= limit && Math.abs(fa) > Math.abs(fb)) {
      const s = fb / fa
      let p: number
      let q: number
      if (a === c) {
        p = 2 * middle * s
        q = 1 - s
      } else {
        const r = fb / fc
        const t = fa / fc
        p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
      }
      if (p > 0) q = -q
      else p = -p
      if (2 * p < Math.min(3 * middle * q - Math.abs(limit * q), Math.abs(e * q))) {
        e = d
        d = p / q
      } else {
        d = middle
        e = d
      }
    } else {
      d = middle
      e = d
    }
    a = b
    fa = fb
    b += Math.abs(d) > limit ? d : limit * Math.sign(middle)
    fb = f(b)
  }
  throw new NumericalProblem(`no root to the tolerance between ${low} and ${high}`)
}
