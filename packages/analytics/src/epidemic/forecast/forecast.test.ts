import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../outcome.ts'
import { RandomStream } from '../../statistics/index.ts'
import { nowcast, reportingTriangle } from '../nowcast/index.ts'
import { DEFAULT_MODEL, forecast, persistenceForecast, quantilesOf, SCORED_LEVELS, weightedIntervalScore } from './index.ts'
import { recentTransmission } from './transmission.ts'

const asOf = '2020-02-05'
const serialInterval = { kind: 'parametric', mean: 5.2, sd: 4.1 } as const
/** New confirmed cases of Bazhong, 21 January – 19 February 2020, by report date. */
const BAZHONG = [0, 0, 0, 0, 0, 0, 0, 2, 2, 1, 3, 0, 4, 0, 3, 4, 1, 0, 1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0]

function ahead(counts: readonly number[], options: Partial<Parameters<typeof forecast>[0]> = {}) {
  const result = forecast({ counts, serialInterval, asOf, ...options })
  if (!result.ok) throw new Error(result.refusal.en)
  return result
}

describe('the weighted interval score', () => {
  it('is twice the mean pinball loss of its quantiles (the textbook identity)', () => {
    const sorted = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 23, maxLength: 23 }).map((q) => q.toSorted((a, b) => a - b))
    fc.assert(
      fc.property(sorted, fc.integer({ min: 0, max: 600 }), (quantiles, observed) => {
        const pinball = SCORED_LEVELS.map((p, i) => 2 * ((observed <= (quantiles[i] ?? 0) ? 1 : 0) - p) * ((quantiles[i] ?? 0) - observed))
        expect(weightedIntervalScore(quantiles, observed)).toBeCloseTo(pinball.reduce((a, b) => a + b, 0) / 23, 8)
      }),
    )
  })
  it('is zero for a certain and right forecast, the distance for a certain and wrong one', () => {
    expect(weightedIntervalScore(new Array<number>(23).fill(7), 7)).toBe(0)
    expect(weightedIntervalScore(new Array<number>(23).fill(7), 10)).toBeCloseTo(3, 12)
  })
})

describe('persistence', () => {
  it('keeps today as its median, widens, and never falls below zero', () => {
    const days = persistenceForecast(BAZHONG.slice(0, 16), 14, new RandomStream(1))
    for (const day of days) {
      expect(day[11]).toBe(4)
      expect(day[0]).toBeGreaterThanOrEqual(0)
    }
    expect((days[13]?.[22] ?? 0) - (days[13]?.[11] ?? 0)).toBeGreaterThan((days[0]?.[22] ?? 0) - (days[0]?.[11] ?? 0))
  })
})

describe('forecast', () => {
  it('equals the closed form one day ahead when nothing is uncertain but the count', () => {
    // A fixed R = 2 (a sharp prior), a one-day interval, no trend, no response: tomorrow is negative binomial around 2 × today.
    const model = { priorShape: 2e9, priorRate: 1e9, trendShare: 0, response: 0, dailySd: 0, background: 0, size: 5, sizeCases: 1e12 }
    const result = ahead([8, 10, 9, 11, 10, 9, 10, 11, 10, 50], {
      serialInterval: { kind: 'nonParametric', weights: [0, 1] },
      model,
      draws: 20_000,
      horizon: 2,
    })
    expect(Math.abs((result.days[0]?.mean ?? 0) - 100)).toBeLessThan(1.5)
    expect(Math.abs((result.days[1]?.mean ?? 0) - 200)).toBeLessThan(5)
    const sample = Float64Array.from(result.paths, (path) => path[0] ?? 0)
    const variance = sample.reduce((a, x) => a + (x - 100) ** 2, 0) / sample.length
    expect(Math.abs(variance / (100 + 100 ** 2 / 5) - 1)).toBeLessThan(0.06)
  })
  it('starts from the posterior of R that Cori gives for the newest week', () => {
    const history = Float64Array.from([...new Array<number>(8).fill(5), 6, 7, 8, 9, 10, 11, 12])
    const pressure = history.map((_, day) => 5 + day / 2)
    const start = recentTransmission(history, pressure, DEFAULT_MODEL)
    expect(start.shape).toBeCloseTo(DEFAULT_MODEL.priorShape + 63, 10)
    expect(start.rate).toBeCloseTo(DEFAULT_MODEL.priorRate + pressure.slice(-7).reduce((a, b) => a + b, 0), 10)
  })
  it('falls after a decline, is wider further ahead, has quantiles in order', () => {
    const counts = [1, 3, 8, 20, 40, 55, 60, 52, 44, 36, 30, 24, 19, 15, 12, 9]
    const result = ahead(counts)
    expect(result.days[13]?.cases.estimate ?? 99).toBeLessThan(9)
    expect(result.reproduction.upper).toBeLessThan(1)
    for (const { quantiles } of result.days) expect(Array.from(quantiles)).toEqual(Array.from(quantiles).sort((a, b) => a - b))
  })
  it('carries the doubt of a nowcast: different histories widen the interval', () => {
    const counts = [2, 4, 6, 9, 12, 16, 20, 24, 26, 28, 30, 30]
    const random = new RandomStream(3)
    const histories = Array.from({ length: 100 }, () =>
      counts.map((count, day) => (day < 9 ? count : random.negativeBinomial(count * 1.4, 4))),
    )
    const plain = ahead(counts).days[6]?.cases
    const doubtful = ahead(counts, { histories }).days[6]?.cases
    expect((doubtful?.upper ?? 0) - (doubtful?.lower ?? 0)).toBeGreaterThan((plain?.upper ?? 0) - (plain?.lower ?? 0))
  })
  it('starts from the draws of a nowcast: reported counts that fall off at the end are no decline', () => {
    const random = new RandomStream(11)
    const reports = Array.from({ length: 40 }, (_, event) =>
      Array.from({ length: random.poisson(20) }, () => ({ event, report: event + Math.floor(random.gamma(2, 0.4)) })),
    ).flat()
    const seen = nowcast({ triangle: reportingTriangle(reports, 39), asOf })
    if (!seen.ok) throw new Error('refused')
    const reported = seen.days.map((day) => day.reported)
    const naive = ahead(reported)
    const carried = ahead(reported, { histories: seen.draws })
    expect(naive.days[2]?.cases.estimate ?? 99).toBeLessThan(12)
    expect(Math.abs((carried.days[2]?.mean ?? 0) - 20)).toBeLessThan(6)
    expect(carried.days[2]?.cases.upper ?? 0).toBeGreaterThan(20)
  })
  it('repeats with the seed, does not depend on the first date, and takes large counts', () => {
    expect(ahead(BAZHONG.slice(0, 16), { seed: 5 }).days).toEqual(ahead(BAZHONG.slice(0, 16), { seed: 5 }).days)
    const shifted = ahead([0, 0, 0, 0, 0, ...BAZHONG.slice(0, 16)], { seed: 5 })
    expect(shifted.days[3]?.cases.estimate).toBe(ahead(BAZHONG.slice(0, 16), { seed: 5 }).days[3]?.cases.estimate)
    const large = ahead(Array.from({ length: 30 }, () => 1e7))
    expect((large.days[6]?.mean ?? 0) / 1e7).toBeCloseTo(1, 0)
  })
  it('says when data are thin and refuses what carries nothing', () => {
    expect(ahead(BAZHONG).caution?.code).toBe('few-cases')
    const none = forecast({ counts: new Array<number>(20).fill(0), serialInterval, asOf })
    expect(none.ok ? '' : none.refusal.code).toBe('no-cases')
    const short = forecast({ counts: [1, 2, 3], serialInterval, asOf })
    expect(short.ok ? '' : short.refusal.code).toBe('too-short')
    // Nobody known can still infect, and a nowcast that sees cases behind late reports says otherwise.
    const over = [...BAZHONG, ...new Array<number>(20).fill(0)]
    const quiet = forecast({ counts: over, serialInterval, asOf })
    expect(quiet.ok ? '' : quiet.refusal.code).toBe('no-recent-cases')
    expect(quiet.ok ? '' : quiet.refusal.en).toMatch(/no case in the last 1[34] days/)
    const behind = over.map((count, day) => (day === over.length - 3 ? 2 : count))
    expect(forecast({ counts: over, histories: [behind, behind, over], serialInterval, asOf }).ok).toBe(true)
    expect(forecast({ counts: over, histories: [behind, over, over], serialInterval, asOf }).ok).toBe(false)
    expect(() => forecast({ counts: BAZHONG, serialInterval, horizon: 0, asOf })).toThrow(InputError)
    expect(() => forecast({ counts: BAZHONG, histories: [[1, 2]], serialInterval, asOf })).toThrow(InputError)
  })
  it('its intervals hold 95 % of the paths and no more than they must, at zero as elsewhere', () => {
    for (const counts of [BAZHONG.slice(0, 16), Array.from({ length: 30 }, (_, day) => 20 + day)]) {
      const { days, paths } = ahead(counts, { seed: 3 })
      days.forEach(({ cases }, h) => {
        const share = (low: number, high: number) =>
          paths.filter((path) => low <= (path[h] ?? 0) && (path[h] ?? 0) <= high).length / paths.length
        expect(share(cases.lower, cases.upper)).toBeGreaterThanOrEqual(0.95)
        expect(share(cases.lower, cases.upper - 1)).toBeLessThan(0.95)
        expect(share(Number.NEGATIVE_INFINITY, cases.lower - 1)).toBeLessThanOrEqual(0.025)
      })
    }
  })
  it('its 95 % intervals hold what simulated outbreaks of its own kind do', () => {
    const random = new RandomStream(17)
    let inside = 0
    let all = 0
    for (let run = 0; run < 60; run += 1) {
      const weights = [0, 0.2, 0.3, 0.25, 0.15, 0.1]
      const series = [10, 10, 10, 10, 10]
      for (let day = 5; day < 44; day += 1) {
        const pressure = weights.reduce((sum, w, s) => sum + w * (series[day - s] ?? 0), 0)
        series.push(random.negativeBinomial(pressure * (day < 20 ? 1.3 : 0.9), 8))
      }
      const result = forecast({
        counts: series.slice(0, 30),
        serialInterval: { kind: 'nonParametric', weights },
        draws: 300,
        seed: run,
        asOf,
      })
      if (!result.ok) continue
      result.days.forEach(({ cases }, h) => {
        const observed = series[30 + h] ?? 0
        all += 1
        if (cases.lower <= observed && observed <= cases.upper) inside += 1
      })
    }
    expect(inside / all).toBeGreaterThan(0.85)
  })
  it('quantiles of a sample are its order statistics', () => {
    expect(quantilesOf(Float64Array.from({ length: 101 }, (_, i) => 100 - i))[11]).toBe(50)
  })
})
