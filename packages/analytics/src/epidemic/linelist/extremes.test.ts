import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backproject } from '../backprojection/index.ts'
import { occupiedBeds, stayCurve } from '../beds/index.ts'
import { reconstructChains } from '../chains/index.ts'
import { orderByDistance, scanSpaceTime } from '../clusters/index.ts'
import { caseFatality } from '../fatality/index.ts'
import { fitOffspring, proportion } from '../offspring/index.ts'
import { incidencePer100k, incrementsOf, isoDay, sevenDayMean, stockAndFlows } from './index.ts'

const asOf = '2020-02-14'
const days = 10_000
const large = 10_000_000

describe('ten thousand days and ten million a day', () => {
  const wave = Array.from({ length: days }, (_, day) => Math.round((large / 2) * (1 + Math.sin(day / 40))))
  const delay = [0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1]

  it('fatality stays exact', () => {
    const deaths = wave.map((count) => Math.round(count / 50))
    const outcome = caseFatality({ cases: wave, deaths, delay }, { asOf })
    if (!outcome.ok) throw new Error(outcome.refusal.en)
    expect(outcome.fatality.estimate).toBeCloseTo(0.02, 5)
    expect(outcome.fatality.upper - outcome.fatality.lower).toBeLessThan(1e-5)
    expect(outcome.fatality.lower).toBeLessThan(outcome.fatality.estimate)
  })

  it('beds keep their balance', () => {
    const stay = stayCurve(delay)
    const { occupied } = occupiedBeds(wave, stay)
    const bedDays = occupied.reduce((sum, beds) => sum + beds, 0)
    const admitted = wave.slice(0, -7).reduce((sum, count) => sum + count, 0)
    expect(bedDays / (admitted * stay.meanDays)).toBeCloseTo(1, 2)
    expect(Math.max(...occupied)).toBeLessThan(large * 8)
  })

  it('indicators stay whole', () => {
    expect(sevenDayMean(wave).at(-1)?.numerator).toBe(wave.slice(-7).reduce((sum, count) => sum + count, 0))
    expect(incidencePer100k(wave, 1_400_000_000).at(-1)?.numerator).toBe(wave.slice(-7).reduce((sum, count) => sum + count, 0))
    const cumulative = wave.map((count, day) => count + day)
    expect(incrementsOf(cumulative).reduce((sum, one) => sum + one.increment, 0)).toBe(cumulative.at(-1))
    expect(isoDay(days)).toBe('1997-05-19')
    expect(
      stockAndFlows([{ area: 'a', kind: 'k', entered: isoDay(0), left: isoDay(days), reason: 'released' }], isoDay(0), isoDay(days)).at(-1),
    ).toMatchObject({ stockBefore: 1, exits: 1, stock: 0 })
  })

  it('shares of ten million keep narrow limits', () => {
    for (const method of ['wilson', 'clopper-pearson', 'jeffreys'] as const) {
      const { lower, upper } = proportion(large / 5, large, method)
      expect(upper - lower).toBeCloseTo(2 * 1.959964 * Math.sqrt(0.16 / large), 6)
    }
  })

  it('back-projection of large counts scales with them', () => {
    const small = wave.slice(0, 120).map((count) => count / large)
    const run = (counts: number[]) => {
      const outcome = backproject(counts, delay, { asOf, samples: 0 })
      if (!outcome.ok) throw new Error(outcome.refusal.en)
      return outcome.infections
    }
    const [one, many] = [run(small.map((share) => share * 1000)), run(small.map((share) => share * large))]
    many.forEach((infections, day) => {
      expect(infections / 10_000).toBeCloseTo(one[day] ?? 0, 6)
    })
  })
})

describe('nothing, one, and moved', () => {
  it('no case and one case are refused with a reason, never answered with a number', () => {
    const places = orderByDistance([
      { x: 0, y: 0 },
      { x: 1, y: 0 },
      { x: 0, y: 1 },
    ])
    const none = [new Array(20).fill(0), new Array(20).fill(0), new Array(20).fill(0)]
    const codes = [
      caseFatality({ cases: [0, 0, 0], deaths: [0, 0, 0], delay: [1] }, { asOf }),
      caseFatality({ cases: [1, 0, 0], deaths: [0, 0, 0], delay: [1] }, { asOf }),
      backproject(new Array(30).fill(0), [0, 1], { asOf }),
      backproject([1, ...new Array(29).fill(0)], [0, 1], { asOf }),
      fitOffspring([], { asOf }),
      fitOffspring([0], { asOf }),
      reconstructChains([], { serialInterval: { firstLag: 1, pmf: [1] }, asOf }),
      reconstructChains([{ id: 'a', onset: 3, imported: null }], { serialInterval: { firstLag: 1, pmf: [1] }, asOf }),
      scanSpaceTime({ neighbourhoods: places, counts: none }, { asOf, seed: 1, model: 'permutation' }),
      scanSpaceTime(
        { neighbourhoods: places, counts: [[...new Array(19).fill(0), 1], ...none.slice(1)] },
        { asOf, seed: 1, model: 'permutation' },
      ),
    ].map((outcome) => (outcome.ok ? 'answered' : outcome.refusal.code))
    expect(codes).toEqual([
      'no-cases',
      'too-few-outcomes',
      'too-few-onsets',
      'too-few-onsets',
      'too-few-cases',
      'too-few-cases',
      'too-few-cases',
      'too-few-cases',
      'too-few-cases',
      'too-few-cases',
    ])
  })

  it('the scan does not care where the map begins, which way is north, or in which order places are listed', () => {
    const point = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 400 }) })
    fc.assert(
      fc.property(
        fc.uniqueArray(point, { minLength: 3, maxLength: 9, selector: ({ x, y }) => `${x} ${y}` }),
        fc.infiniteStream(fc.nat(5)),
        fc.nat(1000),
        (points, stream, shift) => {
          const counts = points.map(() => [...stream.take(6)])
          fc.pre(counts.flat().reduce((sum, count) => sum + count, 0) > 1)
          // Equal distances may be ordered differently after turning; only maps without ties are compared.
          const gaps = points.map((a) => points.map((b) => (a.x - b.x) ** 2 + (a.y - b.y) ** 2))
          fc.pre(gaps.every((row) => new Set(row).size === row.length))
          const best = (where: { x: number; y: number }[], rows: number[][]) => {
            const outcome = scanSpaceTime(
              { neighbourhoods: orderByDistance(where), counts: rows },
              { asOf, seed: 1, replicates: 0, model: 'permutation', maximalDays: 2 },
            )
            return outcome.ok ? (outcome.clusters[0]?.llr ?? 0) : outcome.refusal.code
          }
          const plain = best(points, counts)
          const turned = best(
            points.map(({ x, y }) => ({ x: -y + shift, y: x - shift })),
            counts,
          )
          const reversed = best([...points].reverse(), [...counts].reverse())
          for (const other of [turned, reversed]) {
            if (typeof plain === 'number') expect(other).toBeCloseTo(plain, 9)
            else expect(other).toBe(plain)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
