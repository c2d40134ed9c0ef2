import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SearchRandom } from '../../anytime/random.ts'
import { Refuter } from '../bounds/destructive.ts'
import { compile } from '../model/compile.ts'
import { earliestStarts, latestStarts } from '../model/windows.ts'
import { Sampler } from '../search/priorities.ts'
import { randomProblem } from '../testing/instances.ts'
import { EventDecoder } from './events.ts'
import { GridDecoder, gridServes, pack } from './grid.ts'
import { KeySorter } from './sorting.ts'

const drawn = (seed: number, size: number) => {
  const net = compile(randomProblem(seed, size, { due: seed % 2 === 0, releases: seed % 3 === 0 }))
  const keys = new Int32Array(size)
  const random = new SearchRandom(seed)
  new Sampler(net, latestStarts(net, net.horizon)).draw(keys, () => random.unit())
  return { net, keys }
}

describe('decoders', () => {
  test('on a grid and on events build the same schedules', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 50 }), (seed, size) => {
        const { net, keys } = drawn(seed, size)
        expect(gridServes(net)).toBe(true)
        const grid = new GridDecoder(net)
        const events = new EventDecoder(net)
        const a = new Int32Array(size)
        const b = new Int32Array(size)
        expect(grid.build(keys, a)).toBe(events.build(keys, b))
        expect(a).toEqual(b)
        expect([grid.schedules, events.schedules]).toEqual([1, 1])
      }),
    )
  })

  test('justify without loss, and count two schedules for it', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const { net, keys } = drawn(seed, 40)
      for (const decoder of [new GridDecoder(net), new EventDecoder(net)]) {
        const start = new Int32Array(40)
        const cost = decoder.build(keys, start)
        expect(decoder.justify(start, cost, start)).toBeLessThanOrEqual(cost)
        expect(decoder.schedules).toBe(3)
      }
    }
  })

  test('pack many resources into several words', () => {
    const net = compile({
      activities: [
        { id: 'a', duration: 2, needs: [{ resource: 'r4', amount: 90 }] },
        { id: 'b', duration: 2, needs: [{ resource: 'r4', amount: 11 }] },
      ],
      resources: Array.from({ length: 6 }, (_, r) => ({ id: `r${r}`, capacity: 100 })),
    })
    expect(pack(net)?.words).toBe(2)
    const start = new Int32Array(2)
    expect(new GridDecoder(net).build(Int32Array.from([0, 1]), start)).toBe(4)
  })

  test('sort by keys, ties by number in either direction', () => {
    const sorter = new KeySorter(4, 100)
    sorter.sort(Int32Array.from([5, -1, 5, 0]), false)
    expect([...sorter.order]).toEqual([1, 3, 0, 2])
    sorter.sort(Int32Array.from([5, -1, 5, 0]), true)
    expect([...sorter.order]).toEqual([1, 3, 2, 0])
    sorter.sort(Int32Array.from([5e8, -1, 5e8, 0]), true)
    expect([...sorter.order]).toEqual([1, 3, 2, 0])
  })
})

describe('refutation', () => {
  test('never refutes an end that a schedule reaches', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 30 }), (seed, size) => {
        const features = { calendars: seed % 2 === 0, materials: seed % 3 === 0, steps: seed % 5 === 0, releases: seed % 7 === 0 }
        const net = compile(randomProblem(seed, size, features))
        const keys = new Int32Array(size)
        new Sampler(net, latestStarts(net, net.horizon)).draw(keys, null)
        const start = new Int32Array(size)
        const end = new EventDecoder(net).build(keys, start)
        expect(earliestStarts(net).failed).toBe(-1)
        expect(new Refuter(net).refutes(end)).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
