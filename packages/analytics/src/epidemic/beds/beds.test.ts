import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { admissionsFromCases, occupiedBeds, projectBeds, stayCurve, stayCurveFrom } from './index.ts'

const pmf = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }).map((weights) => {
  const total = weights.reduce((sum, w) => sum + w, 0)
  return weights.map((w) => w / total)
})
const admissions = fc.array(fc.nat(40), { minLength: 1, maxLength: 40 })

describe('occupied beds', () => {
  it('is every patient followed one by one, when stays are fixed', () => {
    fc.assert(
      fc.property(admissions, fc.nat(9), (admitted, length) => {
        const fixed = stayCurve([...new Array(length).fill(0), 1])
        const beds = occupiedBeds(admitted, fixed)
        admitted.forEach((_, t) => {
          // A stay of d days is seen at 24:00 on d days.
          const there = admitted.slice(Math.max(0, t - length + 1), length === 0 ? 0 : t + 1).reduce((sum, n) => sum + n, 0)
          expect(beds.occupied[t]).toBe(there)
        })
      }),
    )
  })

  it('balances every day, and bed days equal admissions times mean stay', () => {
    fc.assert(
      fc.property(admissions, pmf, (admitted, chances) => {
        const stay = stayCurve(chances)
        const long = [...admitted, ...new Array(chances.length).fill(0)]
        const { occupied, leaving } = occupiedBeds(long, stay)
        long.forEach((entering, t) => {
          expect((occupied[t - 1] ?? 0) + entering - (leaving[t] ?? 0)).toBeCloseTo(occupied[t] ?? 0, 9)
          expect(leaving[t]).toBeGreaterThan(-1e-9)
        })
        const bedDays = occupied.reduce((sum, beds) => sum + beds, 0)
        const total = admitted.reduce((sum, n) => sum + n, 0)
        expect(bedDays).toBeCloseTo(total * stay.meanDays, 8)
        expect(leaving.reduce((sum, n) => sum + n, 0)).toBeCloseTo(total, 8)
      }),
    )
  })

  it('is additive and moves with the calendar', () => {
    fc.assert(
      fc.property(admissions, pmf, fc.nat(5), (admitted, chances, shift) => {
        const stay = stayCurve(chances)
        const plain = occupiedBeds([...admitted, ...new Array(shift).fill(0)], stay).occupied
        const moved = occupiedBeds([...new Array(shift).fill(0), ...admitted], stay).occupied
        const doubled = occupiedBeds(
          admitted.map((n) => 2 * n),
          stay,
        ).occupied
        admitted.forEach((_, t) => {
          expect(moved[t + shift]).toBe(plain[t])
          expect(doubled[t]).toBe(2 * (plain[t] ?? 0))
        })
      }),
    )
  })

  it('splitting a run at any day changes nothing', () => {
    const stay = stayCurve([0.1, 0.2, 0.3, 0.25, 0.15])
    const whole = occupiedBeds([5, 0, 0, 0], stay).occupied
    const present = [0, 0, 0, 0, 0]
    const later = occupiedBeds([0, 0, 0], stay, present).occupied
    for (let t = 0; t < 3; t += 1) expect((later[t] ?? 0) * 0.9).toBeCloseTo(whole[t + 1] ?? 0, 12)
  })
})

describe('length of stay', () => {
  it('counts those still there as longer', () => {
    const stay = stayCurveFrom([
      { days: 2, left: true },
      { days: 3, left: false },
      { days: 4, left: true },
    ])
    expect([...stay.survival].map((chance) => Number(chance.toFixed(12)))).toEqual([1, 1, 0.666666666667, 0.666666666667, 0])
    expect(() => stayCurveFrom([{ days: 2, left: false }])).toThrow(/住院日/)
    expect(() => stayCurve([0.5, 0.4])).toThrow(/add up to 1/)
    const oneDay = stayCurve([0, 1])
    for (const wrong of [Number.NaN, -1, Number.POSITIVE_INFINITY])
      expect(() => occupiedBeds([1, wrong, 2], oneDay)).toThrow(expect.objectContaining({ code: 'admissions-invalid', index: 1 }))
  })
})

describe('projection', () => {
  it('surrounds the expectation, names the day the beds run out, and repeats bit for bit', () => {
    const stay = stayCurve([0, 0, 0.25, 0.5, 0.25])
    const draws = Array.from({ length: 400 }, () => [4, 8, 12, 16, 20, 24])
    const run = () => projectBeds(draws, stay, { asOf: '2020-02-14', seed: 5, present: [0, 1, 1], capacity: 40 })
    const projection = run()
    expect(run()).toEqual(projection)
    if (!projection.ok) throw new Error('refused')
    const mean = occupiedBeds(draws[0] ?? [], stay, [0, 1, 1]).occupied
    projection.days.forEach((day, t) => {
      expect(day.beds.estimate).toBeCloseTo(mean[t] ?? 0, 9)
      expect(day.beds.lower).toBeLessThanOrEqual(day.beds.estimate)
      expect(day.beds.upper).toBeGreaterThanOrEqual(day.beds.estimate)
    })
    expect(projection.fullOn).toBe(mean.findIndex((beds) => beds > 40))
    expect(projectBeds(draws.slice(0, 5), stay, { asOf: '2020-02-14', seed: 5 })).toMatchObject({
      ok: false,
      refusal: { code: 'too-few-draws' },
    })
  })

  it('turns cases by age into admissions, nobody lost inside the horizon', () => {
    const groups = [
      { cases: [10, 20, 0, 0, 0], share: 0.1, delay: [0.5, 0.5] },
      { cases: [2, 0, 4, 0, 0], share: 0.5, delay: [0, 0, 1] },
    ]
    const admitted = admissionsFromCases(groups, 5)
    expect([...admitted].map((n) => Number(n.toFixed(12)))).toEqual([0.5, 1.5, 2, 0, 2])
  })
})
