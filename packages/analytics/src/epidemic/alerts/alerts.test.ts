import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError } from '../../outcome.ts'
import { normalQuantile, RandomStream } from '../../statistics/index.ts'
import { dayNumber, isoOf, nearestSameWeekday, yearsBefore } from './calendar.ts'
import { referenceSet, sameTimeOfYear } from './farrington-reference.ts'
import { cusum, ears, farrington, watchNewest } from './index.ts'

const asOf = '2020-02-01'

describe('EARS', () => {
  const counts = [3, 4, 2, 5, 3, 4, 3, 6, 2, 9, 30, 12]
  it('is the mean and deviation of the stated days, written out by hand', () => {
    for (const [method, guard] of [
      ['C1', 0],
      ['C2', 2],
    ] as const) {
      const result = ears({ counts, method, asOf })
      if (!result.ok) throw new Error('refused')
      for (const day of result.days) {
        const window = counts.slice(day.day - guard - 7, day.day - guard)
        const mean = window.reduce((a, b) => a + b) / 7
        const sd = Math.sqrt(window.reduce((a, b) => a + (b - mean) ** 2, 0) / 6)
        expect(day.bound).toBeCloseTo(normalQuantile(0.999, mean, sd), 10)
        expect(day.alarm).toBe(day.observed > day.bound)
      }
    }
  })
  it('C3 carries the evidence of two days, by the formula', () => {
    const c2 = ears({ counts, method: 'C2', alpha: 0.025, asOf })
    const c3 = ears({ counts, method: 'C3', asOf })
    if (!c2.ok || !c3.ok) throw new Error('refused')
    c3.days.forEach((day, i) => {
      const carried = c2.days.slice(Math.max(0, i - 2), i).reduce((sum, d) => sum + Math.max(0, (d.observed - d.mean) / d.sd - 1), 0)
      expect(day.carried).toBeCloseTo(carried, 10)
      expect(day.bound).toBeCloseTo(Math.max(0, day.mean + day.sd * (1.959963984540054 - carried)), 9)
    })
    expect(c3.days.at(-1)?.alarm).toBe(true)
  })
  it('works with ten days of history, says when it cannot, and does not mind when the series starts', () => {
    expect(ears({ counts: counts.slice(0, 10), method: 'C3', asOf }).ok).toBe(true)
    const short = ears({ counts: counts.slice(0, 7), method: 'C1', asOf })
    expect(short.ok ? '' : short.refusal.code).toBe('too-short')
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 12, maxLength: 40 }),
        fc.integer({ min: 1, max: 30 }),
        (series, shift) => {
          const late = ears({ counts: [...new Array<number>(shift).fill(7), ...series], method: 'C2', asOf })
          const early = ears({ counts: series, method: 'C2', asOf })
          if (!late.ok || !early.ok) throw new Error('refused')
          for (const day of early.days) expect(late.days.find((d) => d.day === day.day + shift)?.bound).toBe(day.bound)
        },
      ),
    )
  })
  it('a normal baseline raises false alarms about as often as promised', () => {
    const random = new RandomStream(8)
    const series = Array.from({ length: 20_000 }, () => Math.max(0, random.normal(100, 10)))
    const result = ears({ counts: series, method: 'C1', alpha: 0.01, asOf })
    if (!result.ok) throw new Error('refused')
    // With 7 estimated days the statistic is √(8/7)·t₆, so 1 % nominal is Pr(t₆ > 2.176) = 3.6 %.
    expect(result.days.filter((d) => d.alarm).length / result.days.length).toBeCloseTo(0.036, 2)
  })
  it('ten thousand days, ten million cases a day, no case at all', () => {
    const long = Array.from({ length: 10_000 }, (_, day) => 1e7 + ((day * 7919) % 101) * 1000)
    const result = ears({ counts: long, method: 'C3', asOf })
    if (!result.ok) throw new Error('refused')
    expect(result.days.length).toBe(10_000 - 9)
    const none = ears({ counts: new Array<number>(30).fill(0), method: 'C3', asOf })
    if (!none.ok) throw new Error('refused')
    expect(none.days.some((day) => day.alarm)).toBe(false)
  })
  it('a flat baseline alarms only above its mean; no days of minus cases, no gaps', () => {
    const flat = ears({ counts: [2, 2, 2, 2, 2, 2, 2, 2, 3], method: 'C1', asOf })
    if (!flat.ok) throw new Error('refused')
    expect(flat.days.map((d) => d.alarm)).toEqual([false, true])
    expect(() => ears({ counts: [1, 2, -3, 4, 5, 6, 7, 8, 9], method: 'C1', asOf })).toThrow(InputError)
  })
})

describe('CUSUM', () => {
  it('is the recursion written out, and its bound is the count that just raises the alarm', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 40 }),
        fc.double({ min: 1, max: 9, noNaN: true }),
        (counts, expected) => {
          for (const transform of ['standard', 'rossi', 'anscombe'] as const) {
            const result = cusum({ counts, expected, from: 0, transform, asOf })
            if (!result.ok) throw new Error('refused')
            let level = 0
            result.days.forEach((day, i) => {
              const before = level
              const m = expected
              const x = day.observed
              const z =
                transform === 'standard'
                  ? (x - m) / m ** 0.5
                  : transform === 'rossi'
                    ? (x - 3 * m + 2 * (x * m) ** 0.5) / (2 * m ** 0.5)
                    : ((x ** (2 / 3) - m ** (2 / 3)) * 1.5) / m ** (1 / 6)
              level = Math.max(0, level + z - 1.04)
              expect(day.cusum).toBeCloseTo(level, 9)
              if (before < 1.5 && Math.abs(day.cusum - 2.26) > 1e-9) expect(day.alarm).toBe(day.observed >= day.bound - 1e-9)
              expect(i).toBe(day.day)
            })
          }
        },
      ),
    )
  })
  it('sees a lasting small rise that EARS misses', () => {
    const random = new RandomStream(21)
    const counts = Array.from({ length: 60 }, (_, day) => random.poisson(day < 30 ? 10 : 15))
    const slow = cusum({ counts, from: 30, asOf })
    if (!slow.ok) throw new Error('refused')
    expect(slow.days.some((d) => d.alarm)).toBe(true)
  })
  it('refuses without expectation', () => {
    const result = cusum({ counts: [0, 0, 0, 0, 0, 0, 0, 4], asOf })
    expect(result.ok ? '' : result.refusal.code).toBe('nothing-expected')
    expect(cusum({ counts: [0, 0, 0, 4], expected: 0.3, asOf }).ok).toBe(true)
  })
})

describe('calendar arithmetic of the seasonal baseline', () => {
  it('turns dates to numbers and back, over leap years', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (n) => {
        expect(dayNumber(isoOf(n))).toBe(n)
      }),
    )
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('2020-02-29') - dayNumber('2020-02-28')).toBe(1)
    expect(isoOf(yearsBefore(dayNumber('2020-02-29'), 1))).toBe('2019-03-01')
    expect(isoOf(nearestSameWeekday(dayNumber('2012-12-24'), dayNumber('2013-12-23')))).toBe('2012-12-24')
    expect(() => dayNumber('2020-02-30')).toThrow(InputError)
  })
  it('windows and seasons cover every past step once, without today and the newest steps', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 4 }),
        (years, periods, halfWindow) => {
          const at = 52 * 6 + 60
          const set = referenceSet(at, { years, halfWindow, periods, excluded: 26 }, { kind: 'steps', stepsPerYear: 52 })
          if (set === null) throw new Error('too short')
          const anchors = sameTimeOfYear(at, years, { kind: 'steps', stepsPerYear: 52 }) ?? []
          expect(new Set(set.indices).size).toBe(set.indices.length)
          expect(Math.max(...set.indices)).toBeLessThan(at - 26)
          for (const anchor of anchors.slice(1)) expect(set.seasons[set.indices.indexOf(anchor)]).toBe(periods)
          if (periods > 1) expect(set.indices.length).toBe(at - 26 - (anchors.at(-1) ?? 0) + halfWindow)
          else expect(set.indices.length).toBe(years * (2 * halfWindow + 1))
        },
      ),
    )
  })
})

describe('Farrington', () => {
  const random = new RandomStream(5)
  const weekly = Array.from({ length: 52 * 7 }, (_, week) => random.poisson(20 + 10 * Math.sin((2 * Math.PI * week) / 52)))
  it('without trend and re-weighting, one period: the closed form of a constant quasi-Poisson mean', () => {
    const options = { years: 5, periods: 1, trend: false, weightsThreshold: null, alpha: 0.01 } as const
    const result = farrington({ counts: weekly, calendar: { stepsPerYear: 52 }, ...options, asOf })
    if (!result.ok) throw new Error('refused')
    for (const step of result.steps.slice(0, 20)) {
      const window = [1, 2, 3, 4, 5].flatMap((year) => weekly.slice(step.index - 52 * year - 3, step.index - 52 * year + 4))
      const mean = window.reduce((a, b) => a + b, 0) / window.length
      const raw = window.reduce((a, b) => a + (b - mean) ** 2 / mean, 0) / (window.length - 1)
      const phi = Math.max(1, raw)
      // Var(η̂) = φ / Σ μ, with the unclipped dispersion.
      const tau = phi + mean * (raw / (mean * window.length))
      const sd = Math.sqrt((4 / 9) * mean ** (1 / 3) * tau)
      expect(Math.abs((step.bound ?? 0) / normalQuantile(0.99, mean ** (2 / 3), sd) ** 1.5 - 1)).toBeLessThan(1e-7)
    }
  })
  it('works by months: a steady series keeps its level, a triple month stands out', () => {
    const monthly = Array.from({ length: 12 * 8 }, (_, month) => 40 + (month % 12) * 2 + ((month * 7) % 5))
    const planted = monthly.map((count, month) => (month === monthly.length - 1 ? count * 3 : count))
    const options = { calendar: { firstMonth: '2002-01-01' }, periods: 1, halfWindow: 1, from: 12 * 7, alpha: 0.001, asOf } as const
    const result = farrington({ counts: planted, ...options })
    if (!result.ok) throw new Error('refused')
    expect(result.steps.map((step) => step.alarm)).toEqual([...new Array<boolean>(11).fill(false), true])
  })
  it('finds a planted outbreak, keeps quiet before it, and refuses short histories', () => {
    const planted = weekly.map((count, week) => (week >= 52 * 7 - 3 ? count + 45 : count))
    const result = farrington({ counts: planted, calendar: { stepsPerYear: 52 }, from: 52 * 7 - 10, alpha: 0.001, asOf })
    if (!result.ok) throw new Error('refused')
    expect(result.steps.slice(-3).map((s) => s.alarm)).toEqual([true, true, true])
    expect(result.steps.slice(0, 7).filter((s) => s.alarm).length).toBeLessThanOrEqual(1)
    const short = farrington({ counts: weekly.slice(0, 10), calendar: { stepsPerYear: 52 }, asOf })
    expect(short.ok ? '' : short.refusal.code).toBe('too-short')
  })
})

describe('farrington after silence', () => {
  it('calls cases after years without any an alarm, and silence none', () => {
    const silent = new Array<number>(400).fill(0)
    const calendar = { firstWeek: '2010-01-04' }
    const newest = (counts: readonly number[], from = 399) => {
      const result = farrington({ counts, calendar, from, asOf })
      if (!result.ok) throw new Error('refused')
      return result.steps.at(-1)
    }
    expect(newest(silent)?.alarm).toBe(false)
    expect(newest([...silent.slice(1), 10])).toMatchObject({ expected: 0, bound: 0, alarm: true })
    expect(newest([...silent.slice(1), 2])).toMatchObject({ bound: null, alarm: false })
    expect(() => newest(silent, 390.5)).toThrow(/whole number/)
  })
})

describe('options that are no numbers', () => {
  const given = { counts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], asOf: '2020-03-01' }
  it.each([{ from: 2.5 }, { from: Number.NaN }, { decision: Number.POSITIVE_INFINITY }, { expected: Number.POSITIVE_INFINITY }])(
    'a chart refuses %o',
    (wrong) => {
      expect(() => cusum({ ...given, ...wrong })).toThrow(InputError)
    },
  )
  it('EARS refuses an endless standard deviation', () => {
    expect(() => ears({ ...given, method: 'C1', minSd: Number.POSITIVE_INFINITY })).toThrow(/finite/)
  })
})

describe('watchNewest', () => {
  it('answers with ten days of history and names what cannot', () => {
    const result = watchNewest({ counts: [1, 0, 2, 1, 0, 1, 1, 2, 0, 14], calendar: { firstDay: '2020-01-20' }, asOf })
    if (!result.ok) throw new Error('refused')
    expect(result.alarms).toBe(4)
    expect(result.opinions.at(-1)?.refusal?.code).toBe('too-short')
    expect(watchNewest({ counts: [1], asOf }).ok).toBe(false)
  })
})
