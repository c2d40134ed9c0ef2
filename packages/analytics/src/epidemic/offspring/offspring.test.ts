import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { binomialCdf, binomialSurvival, negativeBinomialLogMass, RandomStream } from '../../statistics/index.ts'
import {
  casesBehind,
  extinctionChance,
  fitOffspring,
  householdTransmission,
  infectionsFrom,
  infectionsInClusters,
  proportion,
  riskRatio,
  secondaryAttackRate,
} from './index.ts'

const folder = '../shared/data/epi/other'
const asOf = '2020-02-14'
const table = (file: string) => {
  const [head = '', ...lines] = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k] ?? '', cell])))
}
const relative = (ours: number, theirs: number) => Math.abs(ours / theirs - 1)
const fit = (offspring: readonly number[]) => {
  const outcome = fitOffspring(offspring, { asOf })
  if (!outcome.ok) throw new Error(outcome.refusal.en)
  return outcome
}

describe('proportion', () => {
  it('Clopper–Pearson limits put exactly the tail beyond them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
        const x = Math.round(share * n)
        const { lower, upper } = proportion(x, n)
        if (x > 0) expect(1 - binomialCdf(x - 1, n, lower)).toBeCloseTo(0.025, 10)
        if (x < n) expect(1 - binomialSurvival(x, n, upper)).toBeCloseTo(0.025, 10)
        const wilson = proportion(x, n, 'wilson')
        expect(wilson.lower).toBeGreaterThanOrEqual(0)
        expect(wilson.upper).toBeLessThanOrEqual(1)
        const mirrored = proportion(n - x, n, 'wilson')
        expect(mirrored.lower).toBeCloseTo(1 - wilson.upper, 12)
      }),
    )
    expect(() => proportion(3, 2)).toThrow(/3\/2/)
  })

  it.skipIf(!existsSync(folder))('equals the published limits to 1e-12 (needs ../shared)', () => {
    for (const row of table('proportion_ci.csv')) {
      const [x, n] = [Number(row.x), Number(row.n)]
      for (const [method, key] of [
        ['clopper-pearson', 'cp'],
        ['wilson', 'wilson'],
        ['jeffreys', 'jeffreys'],
      ] as const) {
        const { lower, upper } = proportion(x, n, method)
        expect(Math.abs(lower - Number(row[`${key}_lo`]))).toBeLessThan(1e-12)
        expect(Math.abs(upper - Number(row[`${key}_hi`]))).toBeLessThan(1e-12)
      }
    }
  })
})

describe('fitOffspring', () => {
  it('sits on the top of the likelihood, and its limits at the right depth', () => {
    const random = new RandomStream(3)
    const offspring = Array.from({ length: 150 }, () => random.negativeBinomial(1.2, 0.4))
    const found = fit(offspring)
    const at = (mean: number, k: number) => offspring.reduce((sum, x) => sum + negativeBinomialLogMass(x, mean, k), 0)
    expect(found.logLikelihood).toBeCloseTo(at(found.reproduction.estimate, found.dispersion.estimate), 9)
    for (const factor of [0.99, 1.01]) {
      expect(at(found.reproduction.estimate * factor, found.dispersion.estimate)).toBeLessThan(found.logLikelihood)
      expect(at(found.reproduction.estimate, found.dispersion.estimate * factor)).toBeLessThan(found.logLikelihood)
    }
    const depth = 3.841458820694124 / 2
    for (const k of [found.dispersion.lower, found.dispersion.upper])
      expect(at(found.reproduction.estimate, k)).toBeCloseTo(found.logLikelihood - depth, 8)
    for (const mean of [found.reproduction.lower, found.reproduction.upper]) {
      const profile = Math.max(...Array.from({ length: 4000 }, (_, step) => at(mean, 0.1 + step * 0.0005)))
      expect(profile).toBeCloseTo(found.logLikelihood - depth, 4)
    }
  })

  it('does not depend on the order, and refuses thin or regular data', () => {
    const counts = [0, 0, 0, 0, 5, 1, 0, 0, 2, 0, 0, 9]
    expect(fit(counts)).toEqual(fit([...counts].reverse()))
    const code = (list: readonly number[]) => {
      const outcome = fitOffspring(list, { asOf })
      return outcome.ok ? 'fitted' : outcome.refusal.code
    }
    expect(code([1, 2])).toBe('too-few-cases')
    expect(code(new Array(20).fill(0))).toBe('no-transmission')
    expect(code(new Array(20).fill(2))).toBe('not-overdispersed')
    expect(fit([0, 1, 1, 2, 3, 0, 1, 2, 1, 4, 0, 1]).dispersion.upper).toBe(Number.POSITIVE_INFINITY)
    expect(() => fit([...counts, -1])).toThrow(/Row 13.*非负/)
  })

  it.skipIf(!existsSync(folder))('equals the published R and k to 1e-6 and their intervals to 1e-5 (needs ../shared)', () => {
    const inputs: Record<string, number[]> = JSON.parse(readFileSync(`${folder}/offspring_inputs.json`, 'utf8'))
    for (const row of table('offspring_negbin.csv')) {
      const found = fit(inputs[row.dataset ?? ''] ?? [])
      expect(relative(found.reproduction.estimate, Number(row.R))).toBeLessThan(1e-6)
      expect(relative(found.dispersion.estimate, Number(row.k))).toBeLessThan(1e-6)
      expect(relative(found.dispersion.lower, Number(row.k_lo))).toBeLessThan(1e-5)
      expect(relative(found.dispersion.upper, Number(row.k_hi))).toBeLessThan(1e-5)
      expect(relative(found.logLikelihood, Number(row.loglik))).toBeLessThan(1e-9)
      expect(relative(found.logLikelihoodPoisson, Number(row.loglik_poisson))).toBeLessThan(1e-9)
    }
    const pairs = table('offspring_xu2020_hist.csv').flatMap((row) => new Array<number>(Number(row.cases)).fill(Number(row.offspring)))
    const [wanted] = table('offspring_xu2020_pairs_only.csv')
    expect(relative(fit(pairs).dispersion.estimate, Number(wanted?.k))).toBeLessThan(1e-6)
  })
})

describe('superspreading', () => {
  it('extinction is a fixed point of the generating function, below 1 only above R = 1', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 8, noNaN: true }),
        fc.double({ min: 0.05, max: 20, noNaN: true }),
        (reproduction, dispersion) => {
          const s = extinctionChance(reproduction, dispersion)
          expect((1 + (reproduction * (1 - s)) / dispersion) ** -dispersion).toBeCloseTo(s, 10)
          expect(s < 1).toBe(reproduction > 1)
          expect(extinctionChance(reproduction, dispersion, 3)).toBeCloseTo(s ** 3, 12)
        },
      ),
    )
  })

  it.skipIf(!existsSync(folder))('equals the published shares (needs ../shared)', () => {
    for (const row of table('superspreading.csv')) {
      const [r, k] = [Number(row.R), Number(row.k)]
      expect(Math.abs(extinctionChance(r, k) - Number(row.p_extinct_1))).toBeLessThan(1e-9)
      expect(Math.abs(casesBehind(r, k) - Number(row.prop80))).toBeLessThan(1e-9)
      expect(Math.abs(infectionsFrom(k) - Number(row.t20))).toBeLessThan(1e-4)
      // The published figure is itself simulated.
      expect(Math.abs(infectionsInClusters(r, k, 5) - Number(row.prop_cluster_ge5))).toBeLessThan(0.01)
    }
  })
})

describe('secondaryAttackRate', () => {
  it('adds households up, and widens the interval where members share their fate', () => {
    const shared = Array.from({ length: 40 }, (_, k) => ({ exposed: 4, infected: k % 4 === 0 ? 4 : 0 }))
    const outcome = secondaryAttackRate(shared, { asOf })
    if (!outcome.ok) throw new Error('refused')
    expect(outcome.wilson).toMatchObject({ numerator: 40, denominator: 160, estimate: 0.25 })
    expect(outcome.clustered?.correlation).toBeGreaterThan(0.9)
    expect((outcome.clustered?.rate.upper ?? 0) - (outcome.clustered?.rate.lower ?? 0)).toBeGreaterThan(
      1.5 * (outcome.wilson.upper - outcome.wilson.lower),
    )
    expect(secondaryAttackRate([{ exposed: 0, infected: 0 }], { asOf })).toMatchObject({ ok: false, refusal: { code: 'nobody-exposed' } })
    expect(() => secondaryAttackRate([{ exposed: 1, infected: 2 }], { asOf })).toThrow(/Household 1/)
  })

  it('finds the law that made the households', () => {
    const random = new RandomStream(12)
    const households = Array.from({ length: 800 }, () => {
      const p = random.beta(0.3 * 4, 0.7 * 4)
      return { exposed: 3, infected: random.binomial(3, p) }
    })
    const outcome = secondaryAttackRate(households, { asOf })
    expect(outcome.ok && outcome.clustered?.rate.estimate).toBeCloseTo(0.3, 1)
    expect(outcome.ok && outcome.clustered?.correlation).toBeCloseTo(0.2, 1)
  })

  it('compares two groups', () => {
    expect(() => riskRatio({ exposed: 1, infected: 3 }, { exposed: 3, infected: 1 }, { asOf })).toThrow(/3 infected of 1/)
    const outcome = riskRatio({ exposed: 100, infected: 30 }, { exposed: 100, infected: 15 }, { asOf })
    expect(outcome).toMatchObject({
      ok: true,
      ratio: {
        estimate: 2,
        lower: expect.closeTo(2 / Math.exp(1.959964 * Math.sqrt(0.08)), 5),
        upper: expect.closeTo(2 * Math.exp(1.959964 * Math.sqrt(0.08)), 5),
      },
    })
  })

  it.skipIf(!existsSync(folder))('counts the households of Hagelloch (needs ../shared)', () => {
    const households = table('hagelloch_households.csv').map((row) => ({
      exposed: Number(row.size) - 1,
      infected: Number(row.secondary_same_hh),
    }))
    const outcome = secondaryAttackRate(households, { asOf })
    if (!outcome.ok) throw new Error('refused')
    expect(outcome.wilson.numerator).toBe(households.reduce((sum, one) => sum + one.infected, 0))
    expect(outcome.clopperPearson.lower).toBeLessThan(outcome.wilson.estimate)
  })
})

describe('one case behind all infections', () => {
  it('leaves the upper limit of R without meaning, and says so', () => {
    const one = fit([...Array<number>(999).fill(0), 1000])
    expect(one.reproduction.upper).toBeGreaterThan(1e6)
    expect(one.caution).toMatchObject({ code: 'reproduction-unbounded', zh: expect.stringMatching(/请勿引用/) })
    expect(fit([0, 0, 0, 1, 0, 2, 5, 0, 0, 1, 0, 3]).caution).toBeNull()
  })
})

describe('what every interval of spread asks for', () => {
  it('a coverage between 0 and 1', () => {
    for (const level of [0, 1, 1.5, 95, Number.NaN]) {
      const options = { asOf: '2020-02-14', level }
      for (const attempt of [
        () => proportion(3, 10, 'wilson', level),
        () => fitOffspring([0, 0, 0, 0, 5, 1, 0, 0, 2, 0, 0, 9], options),
        () => secondaryAttackRate([{ exposed: 3, infected: 1 }], options),
        () => riskRatio({ exposed: 10, infected: 5 }, { exposed: 10, infected: 4 }, options),
        () => householdTransmission([{ susceptible: 3, infected: 1 }], { ...options, sampled: 'all' }),
      ])
        expect(attempt).toThrow(expect.objectContaining({ name: 'InputError', code: 'level' }))
    }
  })
  it('a difference that can show: two groups all infected have no ratio with an interval of no width', () => {
    const outcome = riskRatio({ exposed: 10, infected: 10 }, { exposed: 10, infected: 10 }, { asOf: '2020-02-14' })
    expect(outcome).toMatchObject({ ok: false, refusal: { code: 'everybody-infected' } })
    const one = riskRatio({ exposed: 10, infected: 10 }, { exposed: 10, infected: 5 }, { asOf: '2020-02-14' })
    expect(one.ok && one.ratio.upper > one.ratio.lower).toBe(true)
  })
})
