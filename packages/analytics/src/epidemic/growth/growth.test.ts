import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negativeBinomialLogMass, RandomStream } from '../../statistics/index.ts'
import { numbers, readJson, readTable, SKIP_REASON } from '../reproduction/node/reference-data.ts'
import { type GrowthModel, growthRate, reproductionFromGrowth } from './index.ts'

const asOf = '2020-02-05'
// New confirmed cases in Bazhong, 21 January – 5 February 2020, by report date (Sichuan Health Commission's daily bulletins).
const BAZHONG = [0, 0, 0, 0, 0, 0, 0, 2, 2, 1, 3, 0, 4, 0, 3, 4]

function grown(counts: readonly number[], model: GrowthModel) {
  const result = growthRate({ counts, model, asOf })
  if (!result.ok) throw new Error(result.refusal.en)
  return result
}

describe.skipIf(SKIP_REASON !== '')(`against R's glm and glm.nb ${SKIP_REASON}`, () => {
  const models: Readonly<Record<string, GrowthModel>> = {
    poisson_glm: 'poisson',
    quasipoisson_glm: 'quasiPoisson',
    negbin_glm: 'negativeBinomial',
  }
  it('equals rates, standard errors, limits and dispersion', () => {
    const inputs = readJson<Record<string, { I: number[] }>>('other/growth_rates_inputs.json')
    let compared = 0
    for (const row of readTable('other/growth_rates.csv')) {
      const model = models[row.method ?? '']
      const counts = inputs[row.series ?? '']?.I
      if (model === undefined || counts === undefined) continue
      const got = grown(counts, model)
      const tolerance = model === 'negativeBinomial' ? 1e-5 : 1e-8
      const close = (value: number, name: string) =>
        expect(Math.abs(value / Number(row[name]) - 1), `${row.series} ${model} ${name}`).toBeLessThan(tolerance)
      close(got.rate.estimate, 'r')
      close(got.standardError, 'se')
      close(got.rate.lower, 'lo')
      close(got.rate.upper, 'hi')
      close(got.doubling.days, 'doubling')
      if (model === 'quasiPoisson') close(got.dispersion, 'extra')
      if (model === 'poisson') close(got.intercept, 'extra')
      if (got.size !== null && Number.isFinite(got.size)) expect(Math.abs(got.size / Number(row.extra) - 1)).toBeLessThan(1e-3)
      compared += 1
    }
    expect(compared).toBe(21)
  })
  it('equals R from r', () => {
    const table = readTable('other/growth_to_R_gamma.csv')
    const [rate, mean, sd, wanted] = ['r', 'mean', 'sd', 'R'].map((name) => numbers(table, name))
    wanted?.forEach((want, i) => {
      const got = reproductionFromGrowth(rate?.[i] ?? 0, mean?.[i] ?? 0, sd?.[i] ?? 0)
      if (Number.isNaN(want)) expect(got).toBe(0)
      else expect(Math.abs(got - want)).toBeLessThanOrEqual(1e-12 * Math.max(1, want))
    })
  })
})

describe('growth', () => {
  it('Bazhong: zero days kept, figures of R 4.2.2 glm', () => {
    expect(Math.abs(grown(BAZHONG, 'poisson').rate.estimate / 0.22828317450577187 - 1)).toBeLessThan(1e-10)
    expect(Math.abs(grown(BAZHONG, 'negativeBinomial').rate.estimate / 0.23291661141942449 - 1)).toBeLessThan(1e-6)
    expect(
      grown(
        BAZHONG.filter((c) => c > 0),
        'poisson',
      ).rate.estimate,
    ).toBeLessThan(0.15)
  })
  it('no other line has a higher negative binomial likelihood (grid oracle)', () => {
    const got = grown(BAZHONG, 'negativeBinomial')
    const likelihood = (level: number, rate: number, size: number) =>
      BAZHONG.reduce((sum, count, day) => sum + negativeBinomialLogMass(count, Math.exp(level + rate * day), size), 0)
    const best = likelihood(got.intercept, got.rate.estimate, got.size ?? 1)
    for (const [a, b, c] of [
      [0.01, 0, 1],
      [-0.01, 0, 1],
      [0, 0.001, 1],
      [0, -0.001, 1],
      [0, 0, 1.05],
      [0, 0, 0.95],
    ] as const) {
      expect(likelihood(got.intercept + a, got.rate.estimate + b, (got.size ?? 1) * c)).toBeLessThan(best)
    }
  })
  it('recovers an exact exponential, does not depend on the first date, and reverses with time', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.integer({ min: 8, max: 30 }), (rate, days) => {
        const counts = Array.from({ length: days }, (_, day) => 1000 * Math.exp(rate * day))
        expect(Math.abs(grown(counts, 'poisson').rate.estimate - rate)).toBeLessThan(1e-9)
      }),
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 6, maxLength: 30 }), (counts) => {
        fc.pre(counts.filter((c) => c > 0).length > 2 && counts.reduce((a, b) => a + b, 0) > 5)
        const forward = grown(counts, 'poisson').rate.estimate
        expect(Math.abs(grown(counts.toReversed(), 'poisson').rate.estimate + forward)).toBeLessThan(1e-6)
      }),
    )
  })
  it('claims no doubling when zero lies in the interval', () => {
    const flat = grown([5, 6, 4, 5, 6, 5, 4, 6], 'poisson')
    expect(flat.doubling.direction).toBe('undecided')
    expect(flat.doubling.longest).toBeNull()
    const rising = grown([1, 2, 4, 8, 16, 32, 64], 'poisson')
    expect(rising.doubling.direction).toBe('doubling')
    expect(Math.abs(rising.doubling.days - 1)).toBeLessThan(1e-6)
  })
  it('keeps the figures of R glm.nb (4.2.2, epsilon 1e-12) at ten million cases a day', () => {
    const fall = [
      20516030, 21870839, 14267637, 20875285, 15857044, 13236379, 9326119, 12104016, 12013959, 9817745, 8578362, 7512709, 6500000, 6100000,
      5000000, 4100000,
    ]
    for (const [counts, rate, standardError, size] of [
      [fall, -0.1044214368806981, 0.00730228188042803, 55.15776551373593],
      [[8e6, 22e6, 98e6, 412e6], 1.3287224400558584, 0.0539044304857006, 68.83084094324],
    ] as const) {
      const got = grown(counts, 'negativeBinomial')
      expect(Math.abs(got.rate.estimate / rate - 1)).toBeLessThan(1e-8)
      expect(Math.abs(got.standardError / standardError - 1)).toBeLessThan(1e-8)
      expect(Math.abs((got.size ?? 0) / size - 1)).toBeLessThan(1e-8)
    }
  })
  it('refuses none of many overdispersed series, however large their counts', () => {
    const random = new RandomStream(3)
    for (const base of [10, 1e3, 1e5, 1e6, 1e7])
      for (let i = 0; i < 40; i += 1) {
        const days = 7 + random.integer(40)
        const slope = random.uniform() * 0.4 - 0.2
        const size = 10 ** (random.uniform() * 2.5 - 0.5)
        const counts = Array.from({ length: days }, (_, d) =>
          random.negativeBinomial(base * Math.exp((slope * (d - days / 2) * 20) / days), size),
        )
        expect(growthRate({ counts, asOf }).ok, `${base} ${i}`).toBe(true)
      }
    // One day a hundred times its neighbours: the usual start of the fit leads astray (R's glm.nb stops with an error).
    const counts = [13458200, 244456, 11492, 111588, 317921, 56391, 79128, 92786, 11332, 309868]
    const spike = grown(counts, 'negativeBinomial')
    const score = (intercept: number, rate: number) =>
      counts.reduce((sum, count, day) => sum + day * (count / Math.exp(intercept + rate * day) - 1), 0)
    // Where the counts are far beyond the size, the score of the slope is Σ day (count / mean − 1).
    expect(Math.abs(score(spike.intercept, spike.rate.estimate))).toBeLessThan(0.01)
  })
  it('refuses what holds no slope, and takes counts of ten million', () => {
    const code = (counts: number[]) => {
      const result = growthRate({ counts, asOf })
      return result.ok ? 'ok' : result.refusal.code
    }
    expect(code([1, 9])).toBe('too-short')
    expect(code([0, 1, 0, 1, 0])).toBe('too-few-cases')
    expect(code([0, 0, 12, 0, 0])).toBe('one-day')
    expect(code([1e7, 1.1e7, 1.2e7, 1.35e7, 1.5e7])).toBe('ok')
    expect(() => growthRate({ counts: [3, -1, 5], asOf })).toThrow(/day 2/)
  })
  it('R from r is 1 at 0 and rises with r; a fixed interval gives exp(r m)', () => {
    expect(reproductionFromGrowth(0, 5, 3)).toBe(1)
    expect(reproductionFromGrowth(0.1, 5, 0)).toBeCloseTo(Math.exp(0.5), 12)
    expect(reproductionFromGrowth(-9, 5, 3)).toBe(0)
  })
})

describe('the date of the inputs', () => {
  it('is a date or said not to be known', () => {
    const counts = [5, 6, 7, 5, 5]
    for (const wrong of ['', 'x', '2020-2-4', '2020-13-01', '14.02.2020'])
      expect(() => growthRate({ counts, asOf: wrong })).toThrow(expect.objectContaining({ name: 'InputError', code: 'as-of' }))
    expect(() => reproductionFromGrowth(Number.NaN, 5, 2)).toThrow(/not a number/)
    expect(growthRate({ counts, asOf: 'not-stated' }).asOf).toBe('not-stated')
    expect(() => growthRate({ counts, asOf: '2020-02-14', level: 95 })).toThrow(/0\.95; got 95/)
  })
})
