import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../outcome.ts'
import { RandomStream } from '../../statistics/index.ts'
import { type DelayedReport, lawlessDelayCdf, nowcast, reportingTriangle } from './index.ts'

const asOf = '2011-05-26'

/** Days, delays and counts of the reports of haemolytic-uraemic syndrome known on 26 May 2011 (M. Höhle and M. an der Heiden 2014). */
const HUS: readonly (readonly [number, number, number])[] = [
  [7, 11, 1],
  [12, 13, 1],
  [13, 11, 2],
  [13, 12, 2],
  [14, 12, 1],
  [15, 9, 1],
  [15, 10, 2],
  [15, 11, 4],
  [16, 9, 2],
  [16, 10, 3],
  [17, 7, 5],
  [17, 8, 2],
  [17, 9, 6],
  [18, 6, 2],
  [18, 7, 1],
  [18, 8, 9],
  [19, 4, 1],
  [19, 5, 5],
  [19, 6, 5],
  [19, 7, 9],
  [20, 4, 4],
  [20, 5, 5],
  [20, 6, 4],
  [21, 3, 3],
  [21, 4, 6],
  [21, 5, 17],
  [22, 2, 2],
  [22, 3, 1],
  [22, 4, 11],
  [23, 2, 1],
  [23, 3, 9],
  [24, 1, 1],
  [24, 2, 8],
  [25, 0, 1],
]
const early: DelayedReport[] = HUS.flatMap(([event, delay, count]) =>
  Array.from({ length: count }, () => ({ event, report: event + delay })),
)

interface Outbreak {
  readonly level: number
  readonly growth: number
  /** Mean delay of events before the change and from then on. */
  readonly delays: readonly [number, number]
  /** Day of the change; 30 if left out. */
  readonly changed?: number
  /** Reports of Saturday and Sunday wait for Monday. */
  readonly weekends?: boolean
}

/** An outbreak of fifty days with a known delay law, and all its reports. */
function simulated(seed: number, outbreak: Outbreak): { reports: DelayedReport[]; today: number; truth: number[] } {
  const random = new RandomStream(seed)
  const today = 49
  const truth: number[] = []
  const reports: DelayedReport[] = []
  for (let event = 0; event <= today; event += 1) {
    const count = random.poisson(outbreak.level * Math.exp(outbreak.growth * (event - 25)))
    truth.push(count)
    const mean = event < (outbreak.changed ?? 30) ? outbreak.delays[0] : outbreak.delays[1]
    for (let i = 0; i < count; i += 1) {
      const day = event + Math.min(15, Math.floor(random.gamma(2, 2 / (mean + 0.5))))
      const weekday = day % 7
      reports.push({ event, report: outbreak.weekends === true && weekday >= 5 ? day + 7 - weekday : day })
    }
  }
  return { reports, today, truth }
}

describe('the reporting triangle', () => {
  it('holds every report known today once, and refuses reports before their event by row', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 30 })), { maxLength: 80 }), (pairs) => {
        const reports = pairs.map(([event, delay]) => ({ event, report: event + delay }))
        const triangle = reportingTriangle(reports, 35)
        const held = triangle.counts.reduce((sum, row) => sum + row.reduce((a, b) => a + b, 0), 0)
        expect(held).toBe(reports.filter((r) => r.report <= 35).length)
      }),
    )
    expect(() =>
      reportingTriangle(
        [
          { event: 1, report: 2 },
          { event: 5, report: 4 },
        ],
        9,
      ),
    ).toThrow(/row 2/)
    expect(() => reportingTriangle([{ event: 5.5, report: 6 }], 9)).toThrow(InputError)
  })
})

describe('Lawless delay distribution', () => {
  it('equals reverse hazards counted case by case', () => {
    const today = 26
    const cdf = lawlessDelayCdf(reportingTriangle(early, today))
    for (let d = 0; d < 15; d += 1) {
      let want = 1
      for (let x = d + 1; x <= 15; x += 1) {
        const old = early.filter(({ event, report }) => event <= today - x && report - event <= x)
        if (old.length > 0) want *= 1 - old.filter(({ event, report }) => report - event === x).length / old.length
      }
      expect(Math.abs((cdf[d] ?? 0) - want)).toBeLessThan(1e-12)
    }
    // Figures of surveillance 1.20.3 for this snapshot.
    expect(Math.abs((cdf[0] ?? 0) - 1.32216721658376e-6)).toBeLessThan(1e-18)
    expect(Math.abs((cdf[11] ?? 0) - 0.416666666666667)).toBeLessThan(1e-14)
  })
  it('recovers a known delay law from truncated data', () => {
    const { reports, today } = simulated(3, { level: 20, growth: 0.1, delays: [4, 4] })
    const seen = lawlessDelayCdf(reportingTriangle(reports, today))
    const whole = reports.filter((r) => r.report - r.event <= 3).length / reports.length
    expect(Math.abs((seen[3] ?? 0) - whole)).toBeLessThan(0.05)
  })
})

describe('nowcast', () => {
  it('does not blow up where the plain estimator does', () => {
    const result = nowcast({ triangle: reportingTriangle(early, 26), asOf })
    if (!result.ok) throw new Error('refused')
    const plain = lawlessDelayCdf(reportingTriangle(early, 26))
    expect(9 / (plain[2] ?? 1)).toBeGreaterThan(100_000)
    for (const { events } of result.days) {
      expect(events?.estimate ?? 0).toBeLessThan(80)
      expect(events?.upper ?? 0).toBeLessThan(400)
    }
    expect(result.batching).toBeGreaterThan(0.15)
  })
  it('adds nothing to days whose reports are complete, and never less than reported', () => {
    const { reports, today } = simulated(5, { level: 20, growth: 0, delays: [4, 4] })
    const result = nowcast({ triangle: reportingTriangle(reports, today), asOf })
    if (!result.ok) throw new Error('refused')
    for (const { day, events, reported } of result.days) {
      if (day <= today - 15) expect([events?.lower, events?.estimate, events?.upper]).toEqual([reported, reported, reported])
      expect(events?.lower ?? reported).toBeGreaterThanOrEqual(reported)
    }
  })
  const outbreaks: readonly (readonly [string, Outbreak])[] = [
    ['steady', { level: 20, growth: 0, delays: [4, 4] }],
    ['growing, fast reports', { level: 20, growth: 0.1, delays: [2, 2] }],
    ['growing, many cases', { level: 200, growth: 0.05, delays: [4, 4] }],
    ['falling', { level: 20, growth: -0.06, delays: [4, 4] }],
    ['few cases', { level: 5, growth: 0, delays: [4, 4] }],
    ['slow reports', { level: 20, growth: 0, delays: [8, 8] }],
    ['nobody reports at weekends', { level: 20, growth: 0, delays: [4, 4], weekends: true }],
    ['reports become twice as slow', { level: 20, growth: 0.05, delays: [4, 8] }],
    ['the same without growth', { level: 20, growth: 0, delays: [4, 8] }],
    ['reports become twice as fast', { level: 20, growth: 0.05, delays: [8, 4] }],
  ]
  it.each(outbreaks)('covers the truth of simulated outbreaks: %s', (_name, outbreak) => {
    let inside = 0
    let all = 0
    let error = 0
    let missing = 0
    for (let seed = 1; seed <= 20; seed += 1) {
      const { reports, today, truth } = simulated(seed, outbreak)
      const result = nowcast({ triangle: reportingTriangle(reports, today), draws: 200, asOf })
      if (!result.ok) throw new Error('refused')
      for (const { day, events, reported } of result.days.filter((d) => d.day > today - 9 && d.day < today)) {
        if (events === null) continue
        const total = truth[day] ?? 0
        all += 1
        if (events.lower <= total && total <= events.upper) inside += 1
        error += Math.abs(events.estimate - total)
        missing += total - reported
      }
    }
    expect(inside / all).toBeGreaterThanOrEqual(0.9)
    expect(error).toBeLessThan(missing)
  })
  it.each([
    ['twice as slow nine days ago', { level: 20, growth: 0, delays: [4, 8], changed: 41 }, 0.8],
    ['the same, many cases', { level: 200, growth: 0, delays: [4, 8], changed: 41 }, 0.9],
    ['three times as slow twelve days ago', { level: 20, growth: 0, delays: [3, 9], changed: 38 }, 0.9],
    ['twice as fast nine days ago', { level: 20, growth: 0, delays: [8, 4], changed: 41 }, 0.9],
  ] as const)('follows delays that changed of late: %s', (_name, outbreak, least) => {
    let inside = 0
    let all = 0
    let changed = 0
    for (let seed = 1; seed <= 15; seed += 1) {
      const { reports, today, truth } = simulated(seed, outbreak)
      const result = nowcast({ triangle: reportingTriangle(reports, today), draws: 200, asOf })
      if (!result.ok) throw new Error('refused')
      changed += result.delayChanged / 15
      for (const { day, events } of result.days.filter((d) => d.day > today - 9 && d.day < today)) {
        if (events === null) continue
        all += 1
        if (events.lower <= (truth[day] ?? 0) && (truth[day] ?? 0) <= events.upper) inside += 1
      }
    }
    expect(inside / all).toBeGreaterThanOrEqual(least)
    expect(changed).toBeGreaterThan(0.5)
  })
  describe('other shapes of reporting', () => {
    /** Days 1 to 8 (or as given) before today of twenty outbreaks with the given reports. */
    const judged = (
      days: number,
      level: (day: number) => number,
      delay: (day: number, random: RandomStream) => number,
      options: { readonly maxDelay?: number; readonly ages?: readonly [number, number] } = {},
    ) => {
      const random = new RandomStream(12)
      const [from, to] = options.ages ?? [1, 8]
      const sums = { days: 0, inside: 0, error: 0, missing: 0, codes: new Map<string, number>() }
      for (let run = 0; run < 20; run += 1) {
        const reports: DelayedReport[] = []
        for (let event = 0; event < days; event += 1)
          for (let k = random.poisson(level(event)); k > 0; k -= 1) reports.push({ event, report: event + delay(event, random) })
        const triangle = reportingTriangle(reports, days - 1, options.maxDelay)
        const result = nowcast({ triangle, draws: 300, asOf })
        if (!result.ok) throw new Error(result.refusal.en)
        for (const { day, events, reported, caution } of result.days) {
          if (events === null || days - 1 - day < from || days - 1 - day > to) continue
          const truth = reports.filter((report) => report.event === day).length
          sums.days += 1
          if (events.lower <= truth && truth <= events.upper) sums.inside += 1
          sums.error += Math.abs(events.estimate - truth)
          sums.missing += truth - reported
          if (caution !== null) sums.codes.set(caution.code, (sums.codes.get(caution.code) ?? 0) + 1)
        }
      }
      return sums
    }
    const onWednesdays = (day: number, random: RandomStream) => Math.ceil((day + random.poisson(2) - 3) / 7) * 7 + 3 - day
    it.each([57, 60, 63])('reports on one day of the week (%s days): nearer than the raw counts, covering, with a caution', (days) => {
      const weekly = judged(days, () => 10, onWednesdays)
      expect(weekly.error).toBeLessThan(weekly.missing)
      expect(weekly.inside / weekly.days).toBeGreaterThanOrEqual(0.9)
      const cautioned = (weekly.codes.get('weekly-reports') ?? 0) + (weekly.codes.get('very-incomplete') ?? 0)
      expect(cautioned).toBe(weekly.days)
      expect(
        judged(
          60,
          () => 20,
          (_day, random) => random.poisson(3),
        ).codes.size,
      ).toBe(0)
    })
    it('delays beyond the usual 15 days: the triangle grows with them, and one that is too short says so on every day', () => {
      const slow = (_day: number, random: RandomStream) => random.poisson(20)
      const grown = judged(60, () => 20, slow, { ages: [9, 30] })
      expect(grown.inside / grown.days).toBeGreaterThanOrEqual(0.85)
      expect(grown.error).toBeLessThan(0.6 * grown.missing)
      const cut = judged(60, () => 20, slow, { maxDelay: 15, ages: [1, 30] })
      expect((cut.codes.get('delays-cut') ?? 0) + (cut.codes.get('very-incomplete') ?? 0)).toBe(cut.days)
      expect(reportingTriangle(early, 26).maxDelay).toBe(15)
    })
    it('a burst does not live on in the quiet days after it, and carries a caution', () => {
      const after = judged(
        46,
        (day) => (day === 36 ? 60 : 0.3),
        (_day, random) => random.poisson(9),
        { ages: [1, 8] },
      )
      expect(after.codes.get('after-burst') ?? 0).toBeGreaterThan(0.5 * after.days)
      // The day after a burst two days ago, of which half would be known by now.
      const quiet = judged(
        46,
        (day) => (day === 43 ? 60 : 0.3),
        (_day, random) => random.poisson(1.5),
        { ages: [1, 1] },
      )
      expect((quiet.codes.get('after-burst') ?? 0) + (quiet.codes.get('very-incomplete') ?? 0)).toBe(quiet.days)
      expect(quiet.error / quiet.days).toBeLessThan(12)
      const burst = judged(
        46,
        (day) => (day === 43 ? 60 : 0.3),
        (_day, random) => random.poisson(1.5),
        { ages: [2, 2] },
      )
      expect(burst.codes.get('burst')).toBe(burst.days)
    })
  })
  it('takes ten million events a day, and a pause in the reports', () => {
    const counts = Array.from({ length: 30 }, (_, row) =>
      Float64Array.from({ length: 16 }, (_cell, d) => (row + d <= 29 ? Math.round((1e7 * (d + 1) * (16 - d)) / 816) : 0)),
    )
    const large = nowcast({ triangle: { firstDay: 0, today: 29, maxDelay: 15, counts }, draws: 100, asOf })
    if (!large.ok) throw new Error('refused')
    for (const { events } of large.days.slice(-10, -2)) expect(Math.abs((events?.estimate ?? 0) / 1e7 - 1)).toBeLessThan(0.05)
    const paused = nowcast({ triangle: reportingTriangle(early, 60), asOf })
    if (!paused.ok) throw new Error('refused')
    expect(paused.days.find((d) => d.day === 24)?.events?.estimate).toBe(9)
  })
  it('repeats with the seed, moves with the calendar, and refuses thin data', () => {
    const { reports, today } = simulated(2, { level: 20, growth: 0.05, delays: [4, 4] })
    const one = nowcast({ triangle: reportingTriangle(reports, today), seed: 4, asOf })
    const two = nowcast({
      triangle: reportingTriangle(
        reports.map((r) => ({ event: r.event + 700, report: r.report + 700 })),
        today + 700,
      ),
      seed: 4,
      asOf,
    })
    if (!one.ok || !two.ok) throw new Error('refused')
    expect(two.days.map((d) => d.events)).toEqual(one.days.map((d) => d.events))
    const thin = nowcast({ triangle: reportingTriangle(early.slice(0, 3), 26), asOf })
    expect(thin.ok ? '' : thin.refusal.code).toBe('too-few-reports')
    expect(() => nowcast({ triangle: reportingTriangle(early, 26), draws: 3, asOf })).toThrow(InputError)
  })
})
