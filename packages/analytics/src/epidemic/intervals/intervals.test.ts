import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../statistics/index.ts'
import { type CensoredPair, compareFamilies, type FamilyName, families, fitIntervals, pairLikelihood } from './index.ts'

const folder = '../shared/data/epi/other'
const asOf = '2020-02-14'
const names: FamilyName[] = ['gamma', 'lognormal', 'weibull', 'normal']
const table = (file: string) => {
  const [head = '', ...lines] = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, k) => [head.split(',')[k] ?? '', cell])))
}
const fit = (pairs: readonly CensoredPair[], family: FamilyName) => {
  const outcome = fitIntervals(pairs, { family, asOf })
  if (!outcome.ok) throw new Error(outcome.refusal.en)
  return outcome
}
const exact = (days: number): CensoredPair => ({ firstFrom: 0, firstTo: 0, secondFrom: days, secondTo: days })

/** The double integral by the midpoint rule, as slow and plain as can be. */
function likelihoodBySums(pair: CensoredPair, density: (x: number) => number, cells = 500): number {
  const [de, ds] = [(pair.firstTo - pair.firstFrom) / cells, (pair.secondTo - pair.secondFrom) / cells]
  let sum = 0
  for (let i = 0; i < cells; i += 1)
    for (let j = 0; j < cells; j += 1) sum += density(pair.secondFrom + (j + 0.5) * ds - pair.firstFrom - (i + 0.5) * de) * de * ds
  return sum
}

describe('pairLikelihood', () => {
  it.each(names)('%s: closed form and plain double sum agree, overlapping windows too', (name) => {
    const law = families[name].law(...families[name].byMoments(5, 2.5))
    for (const pair of [
      { firstFrom: 0, firstTo: 1, secondFrom: 4, secondTo: 5 },
      { firstFrom: -6, firstTo: 3, secondFrom: 2, secondTo: 4 },
      { firstFrom: 0, firstTo: 0.5, secondFrom: 12, secondTo: 20 },
    ])
      expect(pairLikelihood(pair, law) / likelihoodBySums(pair, law.density)).toBeCloseTo(1, 3)
  })

  it('wide truncation changes nothing, narrow truncation raises the chance', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.integer({ min: 0, max: 30 }).map((tenths) => tenths / 10),
        fc.double({ min: 4, max: 9, noNaN: true }),
        (name, width, second) => {
          const law = families[name].law(...families[name].byMoments(5, 2.5))
          const pair = { firstFrom: 0, firstTo: width, secondFrom: second, secondTo: second + 1 }
          const plain = pairLikelihood(pair, law)
          expect(pairLikelihood({ ...pair, seenUntil: 10_000 }, law) / plain).toBeCloseTo(1, 8)
          expect(pairLikelihood({ ...pair, seenUntil: second + 1.5 }, law)).toBeGreaterThanOrEqual(plain)
        },
      ),
    )
  })

  it('stays positive far in the tail', () => {
    const law = families.gamma.law(4, 1)
    const far = { firstFrom: 0, firstTo: 1, secondFrom: 60, secondTo: 61 }
    expect(pairLikelihood(far, law)).toBeGreaterThanOrEqual(0)
  })
})

describe('fitIntervals', () => {
  it('moves with the calendar and scales with the unit', () => {
    const random = new RandomStream(1)
    const pairs = Array.from({ length: 60 }, (): CensoredPair => {
      const days = random.gamma(4, 0.8)
      return { firstFrom: -1, firstTo: 0, secondFrom: Math.floor(days), secondTo: Math.floor(days) + 1 }
    })
    const plain = fit(pairs, 'gamma')
    const moved = fit(
      pairs.map((p) => ({
        firstFrom: p.firstFrom + 99,
        firstTo: p.firstTo + 99,
        secondFrom: p.secondFrom + 99,
        secondTo: p.secondTo + 99,
      })),
      'gamma',
    )
    const hours = fit(
      pairs.map((p) => ({
        firstFrom: p.firstFrom * 24,
        firstTo: p.firstTo * 24,
        secondFrom: p.secondFrom * 24,
        secondTo: p.secondTo * 24,
      })),
      'gamma',
    )
    expect(moved.mean.estimate).toBeCloseTo(plain.mean.estimate, 6)
    expect(hours.mean.estimate / 24).toBeCloseTo(plain.mean.estimate, 5)
    expect(hours.parameters.shape?.estimate).toBeCloseTo(plain.parameters.shape?.estimate ?? 0, 4)
    expect(plain.mean.lower).toBeLessThan(5)
    expect(plain.mean.upper).toBeGreaterThan(4.5)
    const draws = plain.draws(4000, 2).map((draw) => draw.mean)
    expect(draws.reduce((sum, mean) => sum + mean, 0) / draws.length).toBeCloseTo(plain.mean.estimate, 1)
    expect(plain.draws(5, 2)).toEqual(plain.draws(5, 2))
  })

  it('recovers the truth of a growing epidemic within 5 %, where ignoring truncation cannot', () => {
    const random = new RandomStream(7)
    const pairs: CensoredPair[] = []
    const end = 30
    while (pairs.length < 1500) {
      // Infections grow by 20 % a day up to the end; only onsets before the end are seen.
      const infected = end + Math.log(random.openUniform()) / 0.18
      const onset = infected + random.gamma(5, 0.8)
      if (infected < 0 || onset >= end) continue
      pairs.push({
        firstFrom: Math.floor(infected),
        firstTo: Math.floor(infected) + 1,
        secondFrom: Math.floor(onset),
        secondTo: Math.floor(onset) + 1,
        seenUntil: end,
      })
    }
    const aware = fit(pairs, 'gamma')
    const naive = fit(
      pairs.map(({ seenUntil, ...pair }) => pair),
      'gamma',
    )
    expect(Math.abs(aware.mean.estimate / 6.25 - 1)).toBeLessThan(0.05)
    expect(Math.abs(aware.sd.estimate / Math.sqrt(5 / 0.64) - 1)).toBeLessThan(0.07)
    expect(naive.mean.estimate).toBeLessThan(0.9 * 6.25)
    expect(aware.method).toContain('truncation')
  }, 30_000)

  it('exact normal intervals give mean and standard deviation in closed form, negative ones allowed', () => {
    const days = [-3, 0, 1, 4, 5, 7, 8, 12]
    const found = fit(days.map(exact), 'normal')
    const mean = days.reduce((a, b) => a + b) / days.length
    expect(found.parameters.mean?.estimate).toBeCloseTo(mean, 6)
    expect(found.parameters.sd?.estimate).toBeCloseTo(Math.sqrt(days.reduce((sum, d) => sum + (d - mean) ** 2, 0) / days.length), 6)
    expect(found.standardErrors.mean).toBeCloseTo((found.parameters.sd?.estimate ?? 0) / Math.sqrt(8), 5)
  })

  it('refuses thin data and names the pair that is impossible', () => {
    expect(fitIntervals([1, 2, 3].map(exact), { family: 'gamma', asOf })).toMatchObject({ ok: false, refusal: { code: 'too-few-pairs' } })
    const vague = new Array(8).fill({ firstFrom: 0, firstTo: 30, secondFrom: 30, secondTo: 31 })
    expect(fitIntervals(vague, { family: 'lognormal', asOf }).ok).toBe(false)
    expect(() => fitIntervals([3, 4, -1].map(exact), { family: 'gamma', asOf })).toThrow(/Pair 3.*use normal.*后一事件/)
    expect(() => fitIntervals([{ firstFrom: 2, firstTo: 1, secondFrom: 3, secondTo: 4 }], { family: 'gamma', asOf })).toThrow(/ends before/)
  })
})

describe('pairs without spread', () => {
  it('are refused: one and the same interval explains them all', () => {
    const same = Array.from({ length: 10 }, (_, k) => ({ firstFrom: k, firstTo: k + 1, secondFrom: k + 4, secondTo: k + 5 }))
    expect(fitIntervals(same, { family: 'gamma', asOf: '2020-03-01' })).toMatchObject({ ok: false, refusal: { code: 'windows-too-wide' } })
  })
})

describe('the end of observation', () => {
  const pairs: CensoredPair[] = Array.from({ length: 30 }, (_, i) => ({
    firstFrom: i % 5,
    firstTo: (i % 5) + 1,
    secondFrom: (i % 5) + 1 + ((i * 7) % 9),
    secondTo: (i % 5) + 2 + ((i * 7) % 9),
  }))
  it.each([13.5, 12.2, 11])('cuts a second window that reaches beyond it (day %d)', (seenUntil) => {
    const kept = pairs.filter((pair) => pair.secondFrom < seenUntil)
    const asGiven = fitIntervals(
      kept.map((pair) => ({ ...pair, seenUntil })),
      { family: 'gamma', asOf: '2020-02-14' },
    )
    const cut = fitIntervals(
      kept.map((pair) => ({ ...pair, secondTo: Math.min(pair.secondTo, seenUntil), seenUntil })),
      { family: 'gamma', asOf: '2020-02-14' },
    )
    if (!asGiven.ok || !cut.ok) throw new Error('refused')
    expect(asGiven.mean).toEqual(cut.mean)
    expect(asGiven.logLikelihood).toBe(cut.logLikelihood)
  })
  it('gives no pair more chance than 1, and the whole of it to a window up to the end', () => {
    const law = families.gamma.law(2, 0.5)
    const whole = pairLikelihood({ firstFrom: 0, firstTo: 0, secondFrom: 0, secondTo: 9, seenUntil: 6 }, law)
    expect(whole).toBeCloseTo(1, 12)
    const over = pairLikelihood({ firstFrom: 0, firstTo: 1, secondFrom: 5, secondTo: 7, seenUntil: 6 }, law)
    expect(over).toBe(pairLikelihood({ firstFrom: 0, firstTo: 1, secondFrom: 5, secondTo: 6, seenUntil: 6 }, law))
  })
  it('refuses events after it, naming the row', () => {
    const late = [...pairs, { firstFrom: 5, firstTo: 6, secondFrom: 13.5, secondTo: 14.5 }].map((pair) => ({ ...pair, seenUntil: 13.5 }))
    expect(() => fitIntervals(late, { family: 'gamma', asOf: '2020-02-14' })).toThrow(
      expect.objectContaining({ code: 'pair-invalid', index: 30 }),
    )
    const after = pairs.map((pair, k) =>
      k === 3 ? { ...pair, firstFrom: 9, firstTo: 12, secondFrom: 7, secondTo: 14, seenUntil: 8 } : pair,
    )
    expect(() => fitIntervals(after, { family: 'gamma', asOf: '2020-02-14' })).toThrow(expect.objectContaining({ index: 3 }))
  })
  it('a comparison keeps the families that refused, with their reasons', () => {
    const wide = Array.from({ length: 6 }, () => ({ firstFrom: 0, firstTo: 60, secondFrom: 0, secondTo: 60 }))
    const compared = compareFamilies(wide, ['gamma', 'lognormal'], { asOf: '2020-02-14' })
    expect(compared.fits.length + compared.refused.length).toBe(2)
    expect(compared.refused.map((one) => one.refusal.code)).toContain('windows-too-wide')
  })
})

describe('a heavy tail', () => {
  it('is answered with a caution that names mean and sd, not the windows', () => {
    const days = [27, 628, 1, 3, 38, 48, 16, 19, 22, 6, 58, 30, 2, 8, 3]
    const pairs = days.map((day) => ({ firstFrom: 0, firstTo: 1, secondFrom: day, secondTo: day + 1 }))
    const fit = fitIntervals(pairs, { family: 'lognormal', asOf: '2020-03-01' })
    if (!fit.ok) throw new Error(fit.refusal.en)
    expect(fit.caution).toMatchObject({ code: 'spread-not-known', en: expect.stringMatching(/median/) })
    const median = fit.quantiles.find(({ share }) => share === 0.5)?.days
    const logs = days.map(Math.log)
    const meanLog = logs.reduce((sum, log) => sum + log, 0) / logs.length
    // The windows are a day wide: nearly the fit to exact days.
    expect(Math.abs((median?.estimate ?? 0) / Math.exp(meanLog) - 1)).toBeLessThan(0.1)
    const short = pairs.filter((pair) => pair.secondTo < 60)
    const tame = fitIntervals(short, { family: 'lognormal', asOf: '2020-03-01' })
    expect(tame).toMatchObject({ ok: true, caution: null })
  })
})

describe.skipIf(!existsSync(folder))('against published fits (needs ../shared)', () => {
  const windows = (file: string): CensoredPair[] =>
    table(file).map((row) => ({ firstFrom: Number(row.EL), firstTo: Number(row.ER), secondFrom: Number(row.SL), secondTo: Number(row.SR) }))

  it.each([
    ['incubation_lauer2020_intervals.csv', 'lauer2020', 'L', 'lognormal'],
    ['incubation_lauer2020_intervals.csv', 'lauer2020', 'W', 'weibull'],
    ['input_fluA.inc.per.csv', 'fluA.inc.per', 'L', 'lognormal'],
    ['input_fluA.inc.per.csv', 'fluA.inc.per', 'W', 'weibull'],
  ] as const)('%s by %s/%s', (file, data, code, family) => {
    const found = fit(windows(file), family)
    const rows = table(`dicfit__${data}__${code}.csv`)
    // Published to three decimals.
    for (const row of rows.slice(0, 2)) {
      const name = { meanlog: 'meanLog', sdlog: 'sdLog' }[row.par ?? ''] ?? row.par ?? ''
      expect(Math.abs((found.parameters[name]?.estimate ?? 0) - Number(row.est))).toBeLessThan(6e-4)
      expect(Math.abs((found.standardErrors[name] ?? 0) - Number(row.StdErr))).toBeLessThan(6e-4)
      expect(Math.abs(found.logLikelihood - Number(row.loglik))).toBeLessThan(1e-4)
    }
    for (const row of rows.slice(2, 5)) {
      const share = Number((row.par ?? '').slice(1)) / 100
      expect(Math.abs((found.quantiles.find((one) => one.share === share)?.days.estimate ?? 0) - Number(row.est))).toBeLessThan(2e-3)
    }
  })

  it('serial intervals of MERS in Korea, exact and to the day, to 1e-4', () => {
    const days: number[] = JSON.parse(readFileSync(`${folder}/si_fit_inputs.json`, 'utf8')).mers_korea_diff_onset
    for (const row of table('si_fit_mers.csv')) {
      const half = row.kind === 'exact' ? 0 : 0.5
      const family = ({ gamma: 'gamma', weibull: 'weibull', lnorm: 'lognormal' } as const)[row.dist as 'gamma' | 'weibull' | 'lnorm']
      const found = fit(
        days.map((d) => ({ firstFrom: 0, firstTo: 0, secondFrom: d - half, secondTo: d + half })),
        family,
      )
      const [a, b] = Object.values(found.parameters)
      expect(Math.abs((a?.estimate ?? 0) / Number(row.p1) - 1)).toBeLessThan(1e-4)
      expect(Math.abs((b?.estimate ?? 0) / Number(row.p2) - 1)).toBeLessThan(1e-4)
      expect(Math.abs(found.aic - Number(row.aic))).toBeLessThan(1e-5)
    }
    expect(compareFamilies(days.map(exact), ['gamma', 'lognormal', 'weibull'], { asOf }).fits[0]?.family).toBe('weibull')
  })
})
