import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as s from './index.ts'

type Row = readonly (number | string)[]
// Computed with 60 significant digits by series and continued fractions of an arbitrary-precision library, printed to 20.
const reference = JSON.parse(readFileSync(new URL('./reference-values.json', import.meta.url), 'utf8')) as Record<string, Row[]>
const rows = (name: string): number[][] => (reference[name] ?? []).map((row) => row.map(Number))

/** The largest relative error over a table; an absolute error for a zero. */
function worst(name: string, compute: (...row: number[]) => readonly (readonly [number, number])[]): number {
  const table = rows(name)
  expect(table.length).toBeGreaterThan(0)
  let largest = 0
  let where: readonly number[] = []
  for (const row of table) {
    for (const [got, want] of compute(...row)) {
      const error = want === 0 ? Math.abs(got) : Math.abs(got / want - 1)
      if (!(error <= largest)) {
        largest = error
        where = [...row, got]
      }
    }
  }
  if (process.env.SHOW_ERRORS) console.log(name, largest, where)
  return largest
}
const TARGET = 1e-13

describe('special functions against 60-digit references', () => {
  it('log-gamma, digamma, trigamma', () => {
    expect(worst('lgamma', (x = 0, y = 0) => [[s.lgamma(x), y]])).toBeLessThan(2e-15)
    expect(worst('digamma', (x = 0, y = 0) => [[s.digamma(x), y]])).toBeLessThan(5e-15)
    expect(worst('trigamma', (x = 0, y = 0) => [[s.trigamma(x), y]])).toBeLessThan(5e-15)
  })
  it('erf, erfc', () => {
    expect(worst('erf', (x = 0, y = 0) => [[s.erf(x), y]])).toBeLessThan(1e-15)
    expect(worst('erfc', (x = 0, y = 0) => [[s.erfc(x), y]])).toBeLessThan(2e-15)
  })
  it('incomplete gamma: both tails, shapes from 0.001 to 10 million', () => {
    expect(
      worst('gamma', (a = 0, x = 0, p = 0, q = 0) => [
        [s.gammaP(a, x), p],
        [s.gammaQ(a, x), q],
      ]),
    ).toBeLessThan(TARGET)
  })
  it('incomplete beta: both tails', () => {
    expect(
      worst('beta', (a = 0, b = 0, x = 0, p = 0, q = 0) => [
        [s.betaI(a, b, x), p],
        [s.betaIComplement(a, b, x), q],
      ]),
    ).toBeLessThan(TARGET)
  })
  it('normal distribution function and quantile', () => {
    expect(worst('normal', (z = 0, p = 0) => [[s.normalCdf(z), p]])).toBeLessThan(5e-15)
    expect(worst('normal', (z = 0, p = 0) => [[s.standardNormalQuantile(p), p < 0.9 ? z : s.standardNormalQuantile(p)]])).toBeLessThan(
      TARGET,
    )
  })
  it('inverse incomplete gamma: back to x, corrected for what rounding the probability allows', () => {
    const largest = worst('gammaInverse', (a = 0, x = 0, p = 0, q = 0) => {
      const useLower = p < 0.5
      const got = useLower ? s.gammaPInverse(a, p) : s.gammaQInverse(a, q)
      return [[got, x]]
    })
    expect(largest).toBeLessThan(TARGET)
  })
  it('inverse incomplete beta: back to x', () => {
    const largest = worst('beta', (a = 0, b = 0, x = 0, p = 0, q = 0) => {
      const solved = s.betaInverse(a, b, p, q)
      const density = s.betaDensity(x, a, b)
      // One ulp of the probability moves x by this much, relatively: with shape 0.01 that can be much more than one ulp of x.
      const conditioning = (Math.min(p, q) * 1e-15) / (density * Math.min(x, 1 - x))
      const error = Math.abs(solved.x / x - 1) - conditioning
      return [[1 + Math.max(0, error), 1]]
    })
    expect(largest).toBeLessThan(TARGET)
  })
  it('Poisson, binomial, negative binomial, Student t', () => {
    expect(worst('poisson', (k = 0, m = 0, y = 0) => [[s.poissonMass(k, m), y]])).toBeLessThan(TARGET)
    expect(worst('binomial', (k = 0, n = 0, p = 0, y = 0) => [[s.binomialMass(k, n, p), y]])).toBeLessThan(TARGET)
    expect(worst('negbin', (k = 0, m = 0, size = 0, y = 0) => [[s.negativeBinomialMass(k, m, size), y]])).toBeLessThan(TARGET)
    expect(
      worst('negbinCdf', (k = 0, m = 0, size = 0, p = 0, q = 0) => [
        [s.negativeBinomialCdf(k, m, size), p],
        [s.negativeBinomialSurvival(k, m, size), q],
      ]),
    ).toBeLessThan(TARGET)
    expect(
      worst('studentT', (t = 0, v = 0, d = 0, q = 0) => [
        [s.studentTDensity(t, v), d],
        [s.studentTSurvival(t, v), q],
        [s.studentTQuantile(q, v), -t],
      ]),
    ).toBeLessThan(TARGET)
    expect(worst('studentTFar', (t = 0, v = 0, q = 0) => [[s.studentTSurvival(t, v), q]])).toBeLessThan(TARGET)
  })
})

describe('laws', () => {
  const shape = fc.double({ min: 0.05, max: 1e6, noNaN: true })
  const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true })
  it('P + Q = 1 and the quantile inverts P', () => {
    fc.assert(
      fc.property(shape, probability, (a, p) => {
        const x = s.gammaPInverse(a, p)
        expect(Math.abs(s.gammaP(a, x) + s.gammaQ(a, x) - 1)).toBeLessThan(1e-14)
        // A few units in the last place of x move P by density · x · 1e-15.
        expect(Math.abs(s.gammaP(a, x) - p)).toBeLessThan(1e-13 * p + 1e-15 * x * s.gammaDensity(x, a))
      }),
    )
  })
  it('the beta quantile inverts I in both orientations', () => {
    fc.assert(
      fc.property(shape, shape, probability, (a, b, p) => {
        const { x, y } = s.betaInverse(a, b, p, 1 - p)
        const { lower, upper } = s.incompleteBeta(a, b, x, y)
        expect(Math.abs(lower + upper - 1)).toBeLessThan(1e-13)
        expect(Math.abs(lower - p)).toBeLessThan(1e-11)
      }),
    )
  })
  it('discrete quantiles are the least k that reaches the probability', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 3000, noNaN: true }),
        fc.double({ min: 0.05, max: 100, noNaN: true }),
        probability,
        (m, size, p) => {
          const k = s.negativeBinomialQuantile(p, m, size)
          expect(s.negativeBinomialCdf(k, m, size)).toBeGreaterThanOrEqual(p * (1 - 1e-13))
          if (k > 0) expect(s.negativeBinomialCdf(k - 1, m, size)).toBeLessThan(p)
          const j = s.poissonQuantile(p, m)
          expect(s.poissonCdf(j, m)).toBeGreaterThanOrEqual(p * (1 - 1e-13))
          if (j > 0) expect(s.poissonCdf(j - 1, m)).toBeLessThan(p)
        },
      ),
    )
  })
  it('negative binomial with sizes from 10^-10 to 10^15: mass and both tails', () => {
    const table: readonly (readonly [number, number, number, number, number, number])[] = [
      [862, 0.0226, 8.4e-6, 7.073795203725007e-9, 0.9999927997901936, 7.200209806387138e-6],
      [31, 0.014, 1.76e-8, 5.677197143757921e-10, 0.9999998317534472, 1.682465528176408e-7],
      [5, 2.0, 1e-10, 1.9999999951728672e-11, 0.9999999978564336, 2.1435664754565863e-9],
      [2000, 1775.5, 3.4e-8, 1.6999989811413338e-11, 0.99999943898742, 5.610125799631918e-7],
      [0, 0.0127, 61353.7, 0.9873803059818618, 0.9873803059818618, 0.012619694018138242],
      [40, 30.5, 1e15, 0.016381995702444876, 0.9601185401454434, 0.039881459854556614],
      [1000, 980.5, 1e12, 0.010404333758634803, 0.7395198443549944, 0.26048015564500565],
      [3, 33542.4, 1.5, 6.540430802762746e-7, 1.9622345380910016e-6, 0.9999980377654619],
      [120, 100.0, 0.3, 0.0014286571581936989, 0.7590353195475857, 0.24096468045241426],
    ]
    for (const [k, mean, size, mass, cdf, survival] of table) {
      expect(Math.abs(s.negativeBinomialMass(k, mean, size) / mass - 1)).toBeLessThan(TARGET)
      expect(Math.abs(s.negativeBinomialCdf(k, mean, size) / cdf - 1)).toBeLessThan(TARGET)
      expect(Math.abs(s.negativeBinomialSurvival(k, mean, size) / survival - 1)).toBeLessThan(TARGET)
    }
  })
  it("Student's t reaches 10^162 with few degrees of freedom", () => {
    // p = ½ I_x(v/2, ½) inverted with 60 digits.
    expect(Math.abs(s.studentTQuantile(4.216951652844987e-35, 0.20913469221509862) / -2.0892178970805796e162 - 1)).toBeLessThan(TARGET)
  })
  it('refuses parameters outside the domain with NaN', () => {
    for (const value of [
      s.gammaP(-1, 1),
      s.gammaQ(1, -1),
      s.betaI(0, 1, 0.5),
      s.standardNormalQuantile(2),
      s.poissonMass(1, -1),
      s.gammaPInverse(0, 0.5),
    ]) {
      expect(value).toBeNaN()
    }
  })
})
