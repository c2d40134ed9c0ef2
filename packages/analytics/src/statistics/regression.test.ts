import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as s from './index.ts'

/** Rows (1, t) for t = 0 … n − 1. */
function trend(n: number): Float64Array {
  return Float64Array.from({ length: 2 * n }, (_, i) => (i % 2 === 0 ? 1 : i >> 1))
}

describe('findRoot', () => {
  it('finds simple and flat roots, and refuses without a change of sign', () => {
    expect(Math.abs(s.findRoot((x) => x * x - 2, 0, 2) - Math.SQRT2)).toBeLessThan(1e-15)
    expect(Math.abs(s.findRoot((x) => (x - 1) ** 9, 0, 5) - 1)).toBeLessThan(1e-1)
    expect(Math.abs(s.findRoot(Math.cos, 0, 3) - Math.PI / 2)).toBeLessThan(1e-15)
    expect(() => s.findRoot((x) => x * x + 1, -1, 1)).toThrow(s.NumericalProblem)
  })
})

describe('minimisers', () => {
  it('reach the bottom of a curved valley', () => {
    const found = s.nelderMead((x) => 100 * ((x[1] ?? 0) - (x[0] ?? 0) ** 2) ** 2 + (1 - (x[0] ?? 0)) ** 2, [-1.2, 1])
    expect(Math.abs((found.x[0] ?? 0) - 1)).toBeLessThan(1e-6)
    expect(found.converged).toBe(true)
    expect(s.minimiseOnInterval((x) => (x - 0.3) ** 2, -2, 5).x).toBeCloseTo(0.3, 8)
  })
})

describe('generalised linear models', () => {
  it('satisfy the score equations Σ (y − μ) x = 0 of the canonical links', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 5, maxLength: 40 }), (counts) => {
        fc.pre(counts.filter((c) => c > 0).length > 2)
        const fit = s.fitGeneralisedLinear({ response: counts, design: trend(counts.length), columns: 2, family: { kind: 'poisson' } })
        const total = counts.reduce((a, b) => a + b, 0)
        let level = 0
        let slope = 0
        counts.forEach((c, i) => {
          level += c - (fit.fitted[i] ?? 0)
          slope += (c - (fit.fitted[i] ?? 0)) * i
        })
        expect(Math.abs(level)).toBeLessThan(1e-5 * total)
        expect(Math.abs(slope)).toBeLessThan(1e-5 * total * counts.length)
      }),
    )
  })
  it('a two-group logit has the log odds ratio, with its closed-form variance', () => {
    const fit = s.fitGeneralisedLinear({
      response: [12 / 40, 30 / 50],
      weights: [40, 50],
      design: Float64Array.from([1, 0, 1, 1]),
      columns: 2,
      family: { kind: 'binomial' },
    })
    expect(Math.abs((fit.coefficients[1] ?? 0) - Math.log(30 / 20 / (12 / 28)))).toBeLessThan(1e-10)
    expect(Math.abs((fit.covariance[3] ?? 0) - (1 / 12 + 1 / 28 + 1 / 30 + 1 / 20))).toBeLessThan(1e-10)
  })
  it('a constant negative binomial has the sample mean, and its size makes the score zero', () => {
    const counts = [0, 3, 1, 12, 0, 0, 7, 2, 25, 1]
    const fit = s.fitNegativeBinomial({ response: counts, design: new Float64Array(10).fill(1), columns: 1 })
    expect(Math.abs(Math.exp(fit.coefficients[0] ?? 0) - 5.1)).toBeLessThan(1e-9)
    const logLikelihood = (size: number) => counts.reduce((sum, k) => sum + s.negativeBinomialLogMass(k, 5.1, size), 0)
    const slope = (logLikelihood(fit.size * 1.0001) - logLikelihood(fit.size / 1.0001)) / 0.0002
    expect(Math.abs(slope)).toBeLessThan(1e-6)
    expect(Math.abs(fit.logLikelihood - logLikelihood(fit.size))).toBeLessThan(1e-10)
  })
  it('says when counts are not overdispersed, and when columns depend', () => {
    expect(s.negativeBinomialSize([5, 5, 5, 5], [5, 5, 5, 5]).size).toBe(Number.POSITIVE_INFINITY)
    expect(() =>
      s.fitGeneralisedLinear({
        response: [1, 2, 3],
        design: Float64Array.from([1, 2, 1, 2, 1, 2]),
        columns: 2,
        family: { kind: 'poisson' },
      }),
    ).toThrow(s.NumericalProblem)
  })
})
