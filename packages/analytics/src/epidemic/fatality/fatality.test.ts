import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../outcome.ts'
import { gammaDensity, normalDensity, RandomStream } from '../../statistics/index.ts'
import { caseFatality, discretiseDelay, fatalityUnderDelays, outcomesDue, rollingFatality } from './index.ts'

const folder = '../shared/data/epi/other'
const asOf = '2020-02-14'
const table = (file: string) => {
  const [head = '', ...lines] = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k] ?? '', cell])))
}
const relative = (ours: number, theirs: number) => Math.abs(ours / theirs - 1)
const estimate = (cases: number[], deaths: number[], delay: number[]) => {
  const outcome = caseFatality({ cases, deaths, delay }, { asOf })
  if (!outcome.ok) throw new Error(outcome.refusal.en)
  return outcome
}

describe('caseFatality', () => {
  it('is D / u with limits where the likelihood has dropped by the χ² quantile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 51, max: 5000 }), (died, total) => {
        const { fatality } = estimate([total], [died], [1])
        expect(fatality.estimate).toBe(died / total)
        const at = (p: number) => (died === 0 ? 0 : died * Math.log(p)) + (total - died) * Math.log1p(-p)
        const depth = 3.841458820694124 / 2
        if (died > 0) expect(at(died / total) - at(fatality.lower)).toBeCloseTo(depth, 8)
        expect(at(died / total) - at(fatality.upper)).toBeCloseTo(depth, 8)
      }),
    )
  })

  it('moves with the calendar, adds up, and equals the naive share when all outcomes are in', () => {
    const cases = [10, 20, 40, 80]
    const deaths = [0, 1, 2, 5]
    const delay = [0.1, 0.3, 0.4]
    const moved = estimate([0, 0, ...cases], [0, 0, ...deaths], delay)
    expect(moved.fatality).toEqual(estimate(cases, deaths, delay).fatality)
    const over = estimate([...cases, 0, 0, 0], [...deaths, 0, 0, 3], [0.2, 0.3, 0.5])
    expect(over.outcomesDue).toBeCloseTo(150, 10)
    expect(over.fatality.estimate).toBeCloseTo(over.naive.estimate, 12)
    const due = outcomesDue(cases, delay)
    expect(due.reduce((sum, u) => sum + u, 0)).toBeCloseTo(10 * 0.8 + 20 * 0.8 + 40 * 0.4 + 80 * 0.1, 12)
  })

  it('refuses what is too early or impossible', () => {
    const code = (cases: number[], deaths: number[], delay: number[]) => {
      const outcome = caseFatality({ cases, deaths, delay }, { asOf })
      return outcome.ok ? 'estimated' : outcome.refusal.code
    }
    expect(code([0, 0], [0, 0], [1])).toBe('no-cases')
    expect(code([24, 0], [0, 0], [0, 0.1])).toBe('too-few-outcomes')
    expect(code([100, 0], [0, 60], [0.1, 0.4])).toBe('more-deaths-than-due')
    expect(() => caseFatality({ cases: [1], deaths: [1, 2], delay: [1] }, { asOf })).toThrow(/differ in length/)
    expect(() => caseFatality({ cases: [1], deaths: [1], delay: [0.7, 0.7] }, { asOf })).toThrow(/时滞/)
  })

  it('says what is wrong with the columns, in both languages and with the day', () => {
    const cases = [10, 20, 30, 40, 50, 20, 10, 10]
    const delay = [0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.05, 0.05]
    const wrong: [string, number | null, number[], number[], number | undefined][] = [
      ['deaths-below-zero', 7, cases, [0, 0, 0, 0, 0, 0, 0, -1], undefined],
      ['deaths-below-zero', 1, cases, [0, -1, 3, 0, 0, 0, 0, 0], undefined],
      ['count-missing', 2, [10, 20, Number.NaN, 40, 50, 20, 10, 10], [0, 0, 1, 0, 0, 0, 0, 1], undefined],
      ['count-missing', 4, cases, [0, 0, 1, 0, Number.NaN, 0, 0, 1], undefined],
      ['series-ragged', null, cases, [0, 1], undefined],
      ['level', null, cases, [0, 0, 1, 0, 0, 0, 0, 0], 95],
      ['level', null, cases, [0, 0, 1, 0, 0, 0, 0, 0], 1],
      ['level', null, cases, [0, 0, 1, 0, 0, 0, 0, 0], Number.NaN],
    ]
    for (const [code, index, ill, deaths, level] of wrong)
      for (const run of [caseFatality, rollingFatality]) {
        const options = level === undefined ? { asOf } : { asOf, level }
        const attempt = () => run({ cases: ill, deaths, delay }, options)
        expect(attempt).toThrow(InputError)
        expect(attempt).toThrow(expect.objectContaining({ code, index, zh: expect.stringMatching(/\p{Script=Han}/u) }))
      }
    expect(() => caseFatality({ cases, deaths: [0, 0, 0, 0, 0, 0, 0, -1], delay }, { asOf })).toThrow(/lies before this period.*时段之前/)
    expect(() => fatalityUnderDelays({ cases, deaths: cases.map(() => 0), delays: [] }, { asOf })).toThrow(/No delay/)
    // A correction of a death that the series holds is settled by itself.
    expect(estimate(cases, [0, 0, 2, 0, -1, 0, 0, 0], delay).deaths).toBe(1)
  })

  it('day by day says method, date and why a day has no figure', () => {
    const rolling = rollingFatality({ cases: [10, 10, 10], deaths: [0, 8, 0], delay: [0.3, 0.5] }, { asOf })
    if (!rolling.ok) throw new Error(rolling.refusal.en)
    expect(rolling).toMatchObject({ asOf, method: expect.stringContaining('10.1371/journal.pone.0006852') })
    expect(rolling.days.map((day) => day.refusal?.code ?? null)).toEqual(['too-few-outcomes', null, null])
    expect(rolling.days.map((day) => day.fatality?.estimate ?? null)).toEqual([null, 8 / 11, 8 / 19])
    const none = rollingFatality({ cases: [0, 0], deaths: [0, 0], delay: [1] }, { asOf })
    expect(none).toMatchObject({ ok: false, refusal: { code: 'no-cases' }, asOf })
  })

  it('is wider when the delay is in doubt, and the same when all delays agree', () => {
    const data = { cases: [100, 200, 300, 200], deaths: [0, 5, 10, 20] }
    const one = [0.2, 0.3, 0.3]
    const sure = caseFatality({ ...data, delay: one }, { asOf })
    const agreed = fatalityUnderDelays({ ...data, delays: [one, one, one] }, { asOf })
    const doubt = fatalityUnderDelays({ ...data, delays: [one, [0.4, 0.3, 0.3], [0.1, 0.2, 0.3]] }, { asOf })
    if (!sure.ok || !agreed.ok || !doubt.ok) throw new Error('refused')
    expect(agreed.fatality.lower).toBeCloseTo(sure.fatality.lower, 10)
    expect(agreed.fatality.upper).toBeCloseTo(sure.fatality.upper, 10)
    expect(doubt.fatality.upper - doubt.fatality.lower).toBeGreaterThan(sure.fatality.upper - sure.fatality.lower)
  })

  it('discretised delays add up to 1 and keep the mean', () => {
    for (const delay of [
      { law: 'gamma', shape: 2.4, rate: 0.3 },
      { law: 'lognormal', meanLog: 2.577, sdLog: 0.44 },
      { law: 'weibull', shape: 2, scale: 9 },
    ] as const) {
      const pmf = discretiseDelay(delay, 400)
      expect(pmf.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 8)
      const random = new RandomStream(4)
      if (delay.law === 'gamma') {
        expect(pmf.reduce((sum, p, d) => sum + p * d, 0)).toBeCloseTo(8, 6)
        const draws = Array.from({ length: 20_000 }, () => Math.floor(random.uniform() + random.gamma(2.4, 0.3)))
        const three = draws.filter((d) => d === 3).length / draws.length
        expect(Math.abs(three - (pmf[3] ?? 0))).toBeLessThan(0.01)
      }
    }
  })
})

describe('where all or nearly all die', () => {
  // With n of n dead the likelihood is pⁿ: the limit is where −2 n log p = χ².
  const quantile = 3.841458820694124
  it('has 1 as estimate and upper limit, and the root of the profile below', () => {
    for (const [count, delay] of [
      [7, Array<number>(10).fill(0.1)],
      [10, [0.7, 0.1, 0.2]],
      [30, Array<number>(30).fill(1 / 30)],
    ] as const) {
      const cases = [count, ...Array<number>(39).fill(0)]
      const deaths = cases.toReversed()
      const { fatality } = estimate(cases, deaths, [...delay])
      expect(fatality.estimate).toBeCloseTo(1, 14)
      expect(fatality.upper).toBe(1)
      expect(relative(fatality.lower, Math.exp(-quantile / (2 * count)))).toBeLessThan(1e-12)
      const rolling = rollingFatality({ cases, deaths, delay }, { asOf })
      if (!rolling.ok) throw new Error(rolling.refusal.en)
      expect(rolling.days.at(-1)?.fatality?.upper).toBe(1)
      expect(rolling.days.at(-2)?.fatality?.estimate).toBe(0)
      const unsure = fatalityUnderDelays({ cases, deaths, delays: [delay, [1]] }, { asOf })
      if (!unsure.ok) throw new Error(unsure.refusal.en)
      expect(relative(unsure.fatality.lower, fatality.lower)).toBeLessThan(1e-12)
    }
  })
  it('is neither refused nor an error for any delay whose chances add up to 1 but for rounding', () => {
    const chances = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 2, maxLength: 14 })
    fc.assert(
      fc.property(chances, fc.integer({ min: 5, max: 30 }), fc.integer({ min: 0, max: 20 }), (weights, first, second) => {
        const total = weights.reduce((sum, weight) => sum + weight, 0)
        const cases = [first, second, ...Array<number>(28).fill(0)]
        const { fatality } = estimate(
          cases,
          [...Array<number>(29).fill(0), first + second],
          weights.map((weight) => weight / total),
        )
        expect(fatality.estimate).toBeCloseTo(1, 12)
        expect(fatality.upper).toBe(1)
      }),
    )
  })
  it('keeps its figures with millions of deaths among hardly more outcomes', () => {
    const due = 4116607.0607
    const { fatality } = estimate([due], [4116607], [1])
    expect(fatality.upper).toBe(1)
    expect(relative(1 - fatality.estimate, 0.0607 / due)).toBeLessThan(1e-6)
    const half = estimate([2 ** 23], [2 ** 22], [1]).fatality
    expect(relative(half.lower + half.upper, 1)).toBeLessThan(1e-15)
  })
})

/** Deaths, outcomes due under equally likely delays, and estimate, lower and upper limit of the profile of the mean likelihood. */
const MIXTURES: readonly (readonly [number, readonly number[], readonly [number, number, number]])[] = [
  [12, [40, 60, 90], [0.299880037977799, 0.172870254359958, 0.451354686902637]],
  [3, [5, 20, 100], [0.599998067132924, 0.196183900409074, 0.91926862456143]],
  [40, [41, 44, 97, 98.5], [0.975608720214973, 0.896940309176787, 0.998592069779608]],
  [20, [20.5, 21, 100], [0.972222222222222, 0.837237530898211, 0.999742642898764]],
]

describe('doubt about the delay is carried exactly', () => {
  it('equals the profile of the mean likelihood (mpmath, 30 digits) to 1e-9', () => {
    for (const [died, due, figures] of MIXTURES) {
      const outcome = fatalityUnderDelays({ cases: [100], deaths: [died], delays: due.map((u) => [u / 100]) }, { asOf })
      if (!outcome.ok) throw new Error(outcome.refusal.en)
      const { estimate, lower, upper } = outcome.fatality
      for (const [k, ours] of [estimate, lower, upper].entries())
        expect(relative(ours, figures[k] as number), `${died} ${k}`).toBeLessThan(1e-9)
    }
  })
})

describe.skipIf(!existsSync(folder))('against published fatality figures (needs ../shared)', () => {
  const ebola = existsSync(folder) ? table('input_ebola1976.csv') : []
  const uk = existsSync(folder) ? table('input_covid_uk_2020H1.csv') : []
  const column = (rows: Record<string, string>[], key: string) => rows.map((row) => Number(row[key]))
  // The reference reads the density at whole days; that is a property of its delay, not of the method.
  const ebolaDelay = Float64Array.from({ length: 400 }, (_, d) => (d === 0 ? 0 : gammaDensity(d, 2.4, 1 / 3.33)))
  const ukDelay = Float64Array.from({ length: 400 }, (_, d) => (d === 0 ? 0 : normalDensity(Math.log(d), 2.577, 0.44) / d))
  const sets: Record<string, { cases: number[]; deaths: number[]; delay: Float64Array }> = {
    ebola_full: { cases: column(ebola, 'cases'), deaths: column(ebola, 'deaths'), delay: ebolaDelay },
    ebola_first30: { cases: column(ebola, 'cases').slice(0, 30), deaths: column(ebola, 'deaths').slice(0, 30), delay: ebolaDelay },
    uk: { cases: column(uk, 'cases'), deaths: column(uk, 'deaths'), delay: ukDelay },
  }

  it('outcomes due by day', () => {
    const due = outcomesDue(sets.ebola_full?.cases ?? [], ebolaDelay)
    table('cfr_outcomes_ebola1976.csv').forEach((row, day) => {
      expect(Math.abs((due[day] ?? 0) - Number(row.estimated_outcomes))).toBeLessThan(1e-9)
    })
  })

  it('exact profile intervals to 1e-9, the grid of the reference to 1e-4', () => {
    const grid = table('cfr_static.csv')
    for (const row of table('cfr_exact_binomial_profile.csv')) {
      const set = sets[row.case ?? '']
      if (set === undefined) throw new Error(row.case)
      const outcome = caseFatality(set, { asOf })
      if (!outcome.ok) throw new Error(outcome.refusal.en)
      expect(relative(outcome.outcomesDue, Number(row.outcomes))).toBeLessThan(1e-9)
      expect(outcome.deaths).toBe(Number(row.deaths))
      expect(relative(outcome.fatality.estimate, Number(row.cfr))).toBeLessThan(1e-9)
      expect(relative(outcome.fatality.lower, Number(row.lo))).toBeLessThan(1e-9)
      expect(relative(outcome.fatality.upper, Number(row.hi))).toBeLessThan(1e-9)
      const [delayed, naive] = ['delay', 'naive'].map((kind) => grid.find((one) => one.case?.startsWith(`${row.case}_${kind}`)))
      for (const [ours, theirs] of [
        [outcome.fatality.estimate, delayed?.severity_estimate],
        [outcome.fatality.lower, delayed?.severity_low],
        [outcome.fatality.upper, delayed?.severity_high],
      ] as const)
        expect(Math.abs(ours - Number(theirs))).toBeLessThan(1.1e-4)
      expect(Math.abs(outcome.naive.lower - Number(naive?.severity_low))).toBeLessThan(1e-9)
      expect(Math.abs(outcome.naive.upper - Number(naive?.severity_high))).toBeLessThan(1e-9)
    }
  })

  it('day by day', () => {
    const ours = rollingFatality(sets.ebola_full ?? { cases: [], deaths: [], delay: [] }, { asOf })
    if (!ours.ok) throw new Error(ours.refusal.en)
    let compared = 0
    table('cfr_rolling_ebola1976_delay.csv').forEach((row, day) => {
      const mine = ours.days[day]?.fatality
      if (!mine || mine.estimate > 0.999) return
      compared += 1
      expect(Math.abs(mine.estimate - Number(row.severity_estimate))).toBeLessThan(1.1e-4)
      // The reference takes the first grid point inside, its threshold being rounded to 1.92.
      expect(Math.abs(mine.lower - Number(row.severity_low))).toBeLessThan(2.1e-4)
    })
    expect(compared).toBeGreaterThan(40)
  })
})
