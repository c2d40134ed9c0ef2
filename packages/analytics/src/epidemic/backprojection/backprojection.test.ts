import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backproject } from './index.ts'

const folder = '../shared/data/epi/other'
const asOf = '2020-02-14'
const column = (file: string, at: number) =>
  readFileSync(`${folder}/${file}`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => Number(line.split(',')[at]))
const project = (onsets: number[], incubation: number[], options: Partial<Parameters<typeof backproject>[2]> = {}) => {
  const outcome = backproject(onsets, incubation, { asOf, samples: 0, ...options })
  if (!outcome.ok) throw new Error(outcome.refusal.en)
  return outcome
}

describe('backproject', () => {
  it('with a fixed incubation and no smoothing only moves the onsets back', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 8, maxLength: 40 }), fc.nat(4), (counts, lag) => {
        fc.pre(counts.slice(lag).reduce((sum, n) => sum + n, 0) >= 10)
        // Onsets before the first possible infection have no source and are left unexplained.
        const found = project(counts, [...new Array(lag).fill(0), 1], { smoothing: 0 })
        for (let day = 0; day + lag < counts.length; day += 1) expect(found.infections[day]).toBeCloseTo(counts[day + lag] ?? 0, 6)
      }),
    )
  })

  it('finds smooth infections again from the onsets that they cause', () => {
    const truth = Array.from({ length: 60 }, (_, day) => 200 * Math.exp(-(((day - 25) / 9) ** 2)))
    const incubation = [0, 0.1, 0.2, 0.3, 0.2, 0.1, 0.1]
    const onsets = truth.map((_, day) => incubation.reduce((sum, chance, lag) => sum + chance * (truth[day - lag] ?? 0), 0))
    const found = project(onsets, incubation, { tolerance: 1e-7 })
    for (let day = 12; day < 45; day += 1) expect(Math.abs((found.infections[day] ?? 0) - (truth[day] ?? 0))).toBeLessThan(0.04 * 200)
    expect(found.converged).toBe(true)
    expect(found.seenShare[59]).toBe(0)
    expect(found.seenShare[58]).toBeCloseTo(0.1, 12)
  })

  it('gives an interval around the estimate that repeats with the seed', () => {
    const onsets = Array.from({ length: 30 }, (_, day) => Math.round(20 * Math.exp(-(((day - 15) / 6) ** 2))))
    const run = () => project(onsets, [0, 0.5, 0.5], { samples: 60, seed: 4 })
    const found = run()
    expect(run()).toEqual(found)
    expect(found.lower[14]).toBeLessThan(found.infections[14] ?? 0)
    expect(found.upper[14]).toBeGreaterThan(found.infections[14] ?? 0)
  })

  it('refuses thin data and wrong input', () => {
    const code = (onsets: number[], incubation: number[]) => {
      const outcome = backproject(onsets, incubation, { asOf })
      return outcome.ok ? 'projected' : outcome.refusal.code
    }
    expect(code([1, 2, 3], [0, 1])).toBe('too-few-onsets')
    expect(code([20, 20], [0, 0, 0, 1])).toBe('series-too-short')
    expect(() => backproject([5, -1, 9], [0, 1], { asOf })).toThrow(/day 2.*更正|更正.*day 2|settle corrections/)
    expect(() => backproject([5, 9], [0, 1], { asOf, smoothing: 3 })).toThrow(/even/)
    expect(() => backproject([5, 9], [0.1], { asOf })).toThrow(/add up/)
  })

  it.skipIf(!existsSync(folder))('equals the published estimate of the 2011 HUS outbreak to 1e-6 (needs ../shared)', () => {
    const wanted = column('backprojNP_hus.csv', 2)
    const found = project(column('backprojNP_hus.csv', 1), column('backprojNP_pmf.csv', 1))
    wanted.forEach((value, day) => {
      expect(Math.abs((found.infections[day] ?? 0) - value)).toBeLessThan(1e-6)
    })
    expect(found.steps).toBe(34)
  })
})
