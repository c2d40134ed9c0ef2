import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RandomStream } from '../../statistics/index.ts'
import { finalSizeLaw, householdTransmission } from './index.ts'

/** One household played generation by generation (Reed and Frost), community infection first. */
function play(size: number, community: number, member: number, random: RandomStream): number {
  let fresh = 0
  for (let k = 0; k < size; k += 1) if (random.uniform() < community) fresh += 1
  let left = size - fresh
  let infected = fresh
  while (fresh > 0 && left > 0) {
    const spared = (1 - member) ** fresh
    fresh = 0
    for (let k = left; k > 0; k -= 1) if (random.uniform() >= spared) fresh += 1
    left -= fresh
    infected += fresh
  }
  return infected
}

describe('Longini and Koopman', () => {
  it('is a law for every size and chance', () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), chance, chance, (size, b, q) => {
        const law = finalSizeLaw(size, b, q)
        expect(law.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 9)
        expect(law[0]).toBeCloseTo(b ** size, 12)
        expect(Math.min(...law)).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  it('is the law of households played out generation by generation', () => {
    const random = new RandomStream(8)
    const runs = 40_000
    const seen = new Float64Array(5)
    for (let k = 0; k < runs; k += 1) {
      const infected = play(4, 0.15, 0.3, random)
      seen[infected] = (seen[infected] ?? 0) + 1 / runs
    }
    finalSizeLaw(4, 0.85, 0.7).forEach((mass, j) => {
      expect(Math.abs((seen[j] ?? 0) - mass)).toBeLessThan(4 * Math.sqrt(0.25 / runs))
    })
  })

  it.each(['all', 'affected'] as const)('finds the chances that made the households (%s sampled)', (sampled) => {
    const random = new RandomStream(5)
    const households = Array.from({ length: 3000 }, (_, k) => ({
      susceptible: 1 + (k % 5),
      infected: play(1 + (k % 5), 0.12, 0.25, random),
    }))
    const outcome = householdTransmission(sampled === 'all' ? households : households.filter((one) => one.infected > 0), {
      sampled,
      asOf: '2020-02-14',
    })
    if (!outcome.ok) throw new Error(outcome.refusal.en)
    for (const [interval, truth] of [
      [outcome.withinHousehold, 0.25],
      [outcome.fromCommunity, 0.12],
    ] as const) {
      expect(Math.abs(interval.estimate - truth)).toBeLessThan(0.03)
      expect(interval.lower).toBeLessThan(truth)
      expect(interval.upper).toBeGreaterThan(truth)
    }
  })

  it('refuses what tells nothing', () => {
    const code = (households: { susceptible: number; infected: number }[]) => {
      const outcome = householdTransmission(households, { sampled: 'all', asOf: '2020-02-14' })
      return outcome.ok ? 'fitted' : outcome.refusal.code
    }
    expect(code([{ susceptible: 3, infected: 1 }])).toBe('too-few-households')
    expect(code(new Array(12).fill({ susceptible: 1, infected: 1 }))).toBe('one-person-households')
    expect(code(new Array(12).fill({ susceptible: 3, infected: 0 }))).toBe('no-infection')
    expect(() => householdTransmission([{ susceptible: 2, infected: 0 }], { sampled: 'affected', asOf: '2020-02-14' })).toThrow(
      /Household 1/,
    )
  })
})
