import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { gammaP, gammaPInverse, gammaQ, lgamma, poissonKernel, RandomStream } from '../../statistics/index.ts'
import { logGammaLaw } from '../../statistics/log-gamma-law.ts'
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
  // Between components far apart F is level: there every x solves the equation, and only F itself can be compared.
  if (density * x < 1e-3 * rates.length) return Math.abs(value) / rates.length
  return Math.abs(value / (density * x))
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
