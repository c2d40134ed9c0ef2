import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gammaP, gammaPInverse, gammaQ, lgamma, logSumExp, poissonKernel, RandomStream } from '../../statistics/index.ts'
import { logGammaLaw } from '../../statistics/log-gamma-law.ts'
import { discretisedSerialInterval } from './discretised-interval.ts'
import { estimateR } from './estimate.ts'
import { gammaQuantiles } from './gamma-quantiles.ts'
import { gammaMixtureQuantiles } from './mixture.ts'

const PROBABILITIES = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975] as const

/** How far x is from solving the mixture's own equation, as a share of x: the sum over the components as it stands. */
function relativeError(shape: number, rates: Float64Array, x: number, p: number): number {
  let value = 0
  let density = 0
  for (const rate of rates) {
    value += p > 0.5 ? 1 - p - gammaQ(shape, rate * x) : gammaP(shape, rate * x) - p
    density += (shape * poissonKernel(shape, rate * x)) / x
  }
  // Where F is level its small tails tell where x is.
  return density * x < 1e-3 * rates.length ? relativeErrorByTails(shape, rates, x, p) : Math.abs(value / (density * x))
}

/** log P or log Q of a component and its slope on log x, by plain sums at any distance: the series, or Legendre's fraction from its far end. */
function logTail(shape: number, y: number, upper: boolean): { log: number; slope: number } {
  const kernel = shape * Math.log(y / shape) - (y - shape) + (shape * Math.log(shape) - shape - lgamma(shape + 1))
  let ratio = 1
  if (upper) {
    let fraction = 0
    for (let n = 20_000; n > 0; n -= 1) fraction = (n * (n - shape)) / (y + 2 * n + 1 - shape - fraction)
    ratio = shape / (y + 1 - shape - fraction)
  } else {
    for (let n = 1, term = y / (shape + 1); term > 1e-17 * ratio; n += 1, term *= y / (shape + n)) ratio += term
  }
  return { log: kernel + Math.log(ratio), slope: (upper ? -shape : shape) / ratio }
}

/** The same from the tails: those of the components above x exceed those below by p · n less the number of these. */
function relativeErrorByTails(shape: number, rates: Float64Array, x: number, p: number): number {
  const below = rates.filter((rate) => rate * x > shape)
  const above = rates.filter((rate) => rate * x <= shape)
  const excess = Math.round(1000 * p * rates.length) / 1000 - below.length
  const rising = Array.from(above, (rate) => logTail(shape, rate * x, false))
  const sinking = Array.from(below, (rate) => logTail(shape, rate * x, true))
  if (excess < 0) rising.push({ log: Math.log(-excess), slope: 0 })
  if (excess > 0) sinking.push({ log: Math.log(excess), slope: 0 })
  const sum = logSumExp(rising.map((tail) => tail.log))
  const other = logSumExp(sinking.map((tail) => tail.log))
  const slopes = rising.reduce((all, tail) => all + tail.slope * Math.exp(tail.log - sum), 0)
  const others = sinking.reduce((all, tail) => all + tail.slope * Math.exp(tail.log - other), 0)
  return Math.abs((sum - other) / (slopes - others))
}

describe('quantiles of a mixture of gamma laws', () => {
  it('solve the sum over all components, for every shape, spread and number of them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1.5, max: 6, noNaN: true }),
        fc.double({ min: -3, max: 0.3, noNaN: true }),
        fc.constantFrom(2, 3, 17, 60, 250),
        fc.nat(),
        (logShape, logSpread, count, seed) => {
          const random = new RandomStream(seed)
          const shape = 10 ** logShape
          const rates = Float64Array.from({ length: count }, () => 40 * Math.exp(random.normal(0, 10 ** logSpread)))
          const found = gammaMixtureQuantiles(shape, rates, PROBABILITIES)
          found.forEach((x, i) => {
            expect(relativeError(shape, rates, x, PROBABILITIES[i] ?? 0.5)).toBeLessThan(shape < 0.3 ? 2e-11 : 5e-12)
          })
        },
      ),
      { numRuns: 150 },
    )
  })
  it('of components that are alike are those of one law', () => {
    const alike = gammaMixtureQuantiles(7, Float64Array.from([3, 3 * (1 + 1e-14), 3]), PROBABILITIES)
    for (const [i, p] of PROBABILITIES.entries()) expect(Math.abs(((alike[i] ?? 0) * 3) / gammaPInverse(7, p) - 1)).toBeLessThan(1e-12)
    expect(gammaMixtureQuantiles(7, Float64Array.from([3, 3]), [0.5])[0]).toBeCloseTo(gammaPInverse(7, 0.5) / 3, 13)
  })
  it('between two humps drawn apart by many cases are those found with fifty figures', () => {
    const local = Array.from({ length: 20 }, (_, day) => Math.round(200 * 1.15 ** day))
    const samples = [4, 8].map((mean) => ({ mean, weights: Array.from(discretisedSerialInterval(mean, 2.5, 20)) }))
    const windows = [
      { start: 14, end: 20 },
      { start: 11, end: 17 },
    ]
    for (const draws of [samples, samples.toReversed()]) {
      const result = estimateR({ cases: { local }, serialInterval: { kind: 'uncertain', samples: draws }, windows, asOf: '2020-01-01' })
      if (!result.ok) throw new Error('refused')
      // mpmath: lower tail of the upper hump by its series = upper tail of the lower one by its continued fraction.
      for (const [k, exact] of [2.16264323424294, 2.17953109231936].entries()) {
        expect(Math.abs((result.windows[k]?.posterior?.median ?? 0) / exact - 1)).toBeLessThan(5e-15)
      }
    }
  })
  it('do not hang on the order of the components, nor on whether a share of them is whole but for rounding', () => {
    const random = new RandomStream(11)
    for (const count of [2, 20, 40, 100, 200]) {
      for (const shape of [30, 3000, 1e6, 1e8]) {
        const rates = Float64Array.from({ length: count }, () => 40 * Math.exp(random.normal(0, 0.4)))
        const found = gammaMixtureQuantiles(shape, rates, PROBABILITIES)
        const turned = gammaMixtureQuantiles(shape, rates.toReversed(), PROBABILITIES)
        const nudged = gammaMixtureQuantiles(
          shape,
          rates,
          PROBABILITIES.map((p) => p * (1 + Number.EPSILON)),
        )
        for (const [i, x] of found.entries()) {
          expect(Math.abs((turned[i] ?? 0) / x - 1)).toBeLessThan(2e-12)
          expect(Math.abs((nudged[i] ?? 0) / x - 1)).toBeLessThan(2e-12)
        }
      }
    }
  })
})

describe('quantiles of gamma laws at the same probabilities', () => {
  it('are those of the inverse function, for shapes from below one half to 10⁹', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 9, noNaN: true }), (logShape) => {
        const shape = 10 ** logShape
        gammaQuantiles(shape, PROBABILITIES).forEach((x, i) => {
          expect(Math.abs(x / gammaPInverse(shape, PROBABILITIES[i] ?? 0.5) - 1)).toBeLessThan(2e-13)
        })
      }),
      { numRuns: 200 },
    )
  })
})

describe('the law of the logarithm of a gamma variable', () => {
  it('has the characteristic function of its density (by the trapezoidal rule), and no more beyond its bounds than it says', () => {
    for (const shape of [0.4, 1, 3.7, 40, 900]) {
      const law = logGammaLaw(shape)
      const { from, to } = law.bounds(32)
      expect(gammaP(shape, law.reference * Math.exp(from))).toBeLessThan(Math.exp(-32))
      expect(gammaQ(shape, law.reference * Math.exp(to))).toBeLessThan(Math.exp(-32))
      const steps = 4000
      for (const frequency of [0.3, 2, 0.5 * Math.sqrt(shape), 3 * Math.sqrt(shape)]) {
        let [re, im] = [0, 0]
        for (let i = 0; i <= steps; i += 1) {
          const s = from + ((to - from) * i) / steps
          const y = law.reference * Math.exp(s)
          const weight = (Math.exp(shape * Math.log(y) - y - lgamma(shape)) * (to - from)) / steps
          re += weight * Math.cos(frequency * s)
          im += weight * Math.sin(frequency * s)
        }
        const out = new Float64Array(2)
        law.characteristic(frequency, out)
        expect(Math.hypot((out[0] ?? 0) - re, (out[1] ?? 0) - im)).toBeLessThan(2e-12)
      }
    }
  })
})
