import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { startBudget } from './budget.ts'
import { threadCpuClock } from './node/clocks.ts'
import { deriveSeed, SearchRandom } from './random.ts'

describe('a budget', () => {
  test('ends with whichever limit comes first', () => {
    let now = 5
    const budget = startBudget({ clock: () => now, seconds: 10, iterations: 100 })
    expect(budget.progress(10)).toBeCloseTo(0.1)
    now = 10
    expect(budget.progress(10)).toBeCloseTo(0.5)
    expect(budget.expired(99)).toBe(false)
    expect(budget.expired(100)).toBe(true)
  })

  test('never runs backwards', () => {
    let now = 0
    const budget = startBudget({ clock: () => now, seconds: 10 })
    now = 8
    budget.progress(0)
    now = 3
    expect(budget.progress(0)).toBeCloseTo(0.8)
  })

  test('can be stopped from outside', () => {
    let stop = false
    const budget = startBudget({ iterations: 1e9, stop: () => stop })
    expect(budget.expired(1)).toBe(false)
    stop = true
    expect(budget.expired(1)).toBe(true)
  })

  test('refuses to start without a limit or without the clock that a limit needs', () => {
    expect(() => startBudget({})).toThrow(InputError)
    expect(() => startBudget({ seconds: 1 })).toThrow(/clock/)
    expect(() => startBudget({ iterations: -1 })).toThrow(InputError)
  })

  test('can count CPU seconds of the thread', () => {
    const before = threadCpuClock()
    let sum = 0
    for (let k = 0; k < 3e6; k++) sum += Math.sqrt(k)
    expect(sum).toBeGreaterThan(0)
    expect(threadCpuClock()).toBeGreaterThan(before)
  })
})

describe('the generator of searches', () => {
  test('repeats itself from its seed and differs between seeds', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 8 },
        (
          (random) => () =>
            random.bits()
        )(new SearchRandom(seed)),
      )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (seed) => {
        expect(draw(seed)).toEqual(draw(seed))
        expect(draw(seed)).not.toEqual(draw(seed + 1))
      }),
    )
    expect(deriveSeed(1, 0)).not.toBe(deriveSeed(1, 1))
  })

  test('fills the unit interval evenly', () => {
    const random = new SearchRandom(7)
    const cells = new Array<number>(16).fill(0)
    for (let k = 0; k < 160_000; k++) {
      const cell = random.below(16)
      cells[cell] = (cells[cell] ?? 0) + 1
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)
    expect(chiSquare).toBeLessThan(37.7) // 99.9 % point of chi-square with 15 degrees of freedom
  })

  test('shuffles into a permutation', () => {
    const items = Int32Array.from({ length: 50 }, (_, k) => k)
    new SearchRandom(3).shuffle(items)
    expect([...items].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, k) => k))
    expect([...items]).not.toEqual(Array.from({ length: 50 }, (_, k) => k))
  })
})
