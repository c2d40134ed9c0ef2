import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputError, type Outcome } from '../outcome.ts'
import { cusum, ears, watchNewest } from './alerts/index.ts'
import { forecast } from './forecast/index.ts'
import { growthRate } from './growth/index.ts'
import { estimateR, wallingaTeunis } from './reproduction/index.ts'

// What every method on daily counts has to keep, whatever it computes.
const asOf = '2020-02-14'
const serialInterval = { kind: 'parametric', mean: 5.2, sd: 4.1 } as const
const methods: readonly (readonly [string, (counts: readonly number[]) => Outcome<object>])[] = [
  ['R', (local) => estimateR({ cases: { local }, serialInterval, asOf })],
  ['cohorts', (local) => wallingaTeunis({ cases: { local }, serialInterval, asOf })],
  ['growth', (counts) => growthRate({ counts, asOf })],
  ['EARS', (counts) => ears({ counts, method: 'C3', asOf })],
  ['CUSUM', (counts) => cusum({ counts, asOf })],
  ['newest day', (counts) => watchNewest({ counts, asOf })],
  ['forecast', (counts) => forecast({ counts, serialInterval, draws: 100, asOf })],
]

/** Every number of a result, however deep. */
function figures(value: unknown): number[] {
  if (typeof value === 'number') return [value]
  if (value instanceof Float64Array) return [...value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(figures)
  return []
}

describe.each(methods)('%s', (name, method) => {
  it('says its method and the date of its inputs, or refuses with a reason in both languages', () => {
    for (const counts of [
      [1, 2, 0, 3, 4, 2, 5, 6, 4, 7, 8, 9],
      [0, 0, 1],
      new Array<number>(30).fill(0),
      [1, ...new Array<number>(29).fill(0)],
    ]) {
      const result = method(counts)
      expect(result.asOf).toBe(asOf)
      expect(result.method.length).toBeGreaterThan(5)
      if (!result.ok) {
        expect(result.refusal.zh).toMatch(/\p{Script=Han}/u)
        expect(result.refusal.en).toMatch(/[a-z]/)
      }
    }
  })
  it('never answers out of nothing', () => {
    const none = method(new Array<number>(40).fill(0))
    // An alarm method may say that a silent day is in order; nothing else has anything to say.
    if (none.ok) expect(['cohorts', 'EARS', 'newest day']).toContain(name)
    else expect(none.refusal.code.length).toBeGreaterThan(3)
  })
  it('names the day of a gap and of a negative correction', () => {
    const good = [1, 2, 0, 3, 4, 2, 5, 6, 4, 7, 8, 9, 3, 4]
    for (const bad of [Number.NaN, -3, Number.POSITIVE_INFINITY]) {
      const counts = good.map((count, day) => (day === 4 ? bad : count))
      expect(() => method(counts)).toThrow(InputError)
      expect(() => method(counts)).toThrow(/\b5\b/)
    }
  })
  it('takes ten thousand days and counts of ten million, with finite figures', () => {
    const long = method(Array.from({ length: 10_000 }, (_, day) => 20 + ((day * 7919) % 13)))
    expect(long.ok).toBe(true)
    const large = method(Array.from({ length: 40 }, (_, day) => 1e7 + ((day * 104_729) % 90_001)))
    expect(large.ok).toBe(true)
    for (const result of [long, large]) expect(figures(result).some(Number.isNaN)).toBe(false)
  })
  it('gives the same answer twice', () => {
    const counts = [1, 2, 0, 3, 4, 2, 5, 6, 4, 7, 8, 9, 3, 4]
    expect(method(counts)).toEqual(method(counts))
  })
})

describe('moving and adding', () => {
  const series = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 14, maxLength: 40 })
  it('alarms move with the calendar', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 1, max: 10 }), (counts, shift) => {
        const before = ears({ counts: [...counts.slice(0, shift).reverse(), ...counts], method: 'C2', asOf })
        const plain = ears({ counts, method: 'C2', asOf })
        if (!before.ok || !plain.ok) throw new Error('refused')
        expect(before.days.slice(-plain.days.length).map(({ bound, alarm }) => [bound, alarm])).toEqual(
          plain.days.map(({ bound, alarm }) => [bound, alarm]),
        )
      }),
    )
  })
  it('growth of two like districts together is the growth of one, and turning time round turns its sign', () => {
    fc.assert(
      fc.property(series, (counts) => {
        const rate = (of: readonly number[]) => {
          const result = growthRate({ counts: of, model: 'poisson', asOf })
          return result.ok ? result.rate.estimate : null
        }
        const one = rate(counts)
        fc.pre(one !== null)
        expect(rate(counts.map((count) => 3 * count)) ?? 0).toBeCloseTo(one ?? 1, 7)
        expect(rate([...counts].reverse()) ?? 0).toBeCloseTo(-(one ?? 1), 7)
      }),
      { numRuns: 60 },
    )
  })
  it('a forecast does not depend on the days without cases before the first one', () => {
    const counts = [1, 2, 0, 3, 4, 2, 5, 6, 4, 7, 8, 9, 3, 4]
    const ahead = (zeros: number) => {
      const result = forecast({ counts: [...new Array<number>(zeros).fill(0), ...counts], serialInterval, draws: 200, asOf })
      return result.ok ? result.days.map((day) => day.cases) : []
    }
    expect(ahead(40)).toEqual(ahead(30))
  })
})
