import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Classical, planarMatrix } from '../classical/compile.ts'
import { readSolomon } from '../formats/solomon.ts'
import { assignmentBound, legAllowed } from './assignment.ts'
import { forestBound } from './forest.ts'
import { cheapestWays, radialBound, treeBound } from './radial.ts'
import { walkBound, walkLimits } from './walkBound.ts'

const customer = fc.record({
  x: fc.integer({ min: 0, max: 60 }),
  y: fc.integer({ min: 0, max: 60 }),
  amount: fc.integer({ min: 1, max: 6 }),
  ready: fc.integer({ min: 0, max: 150 }),
  length: fc.integer({ min: 0, max: 120 }),
})

function instanceOf(
  customers: readonly { x: number; y: number; amount: number; ready: number; length: number }[],
  capacity: number,
): Classical {
  const x = Float64Array.from([30, ...customers.map((c) => c.x)])
  const y = Float64Array.from([30, ...customers.map((c) => c.y)])
  const matrix = planarMatrix(x, y, Math.ceil)
  const windows = {
    ready: Int32Array.from([0, ...customers.map((c) => c.ready)]),
    // Every customer can be reached alone, so that there is a plan.
    due: Int32Array.from([1000, ...customers.map((c, k) => Math.max(c.ready + c.length, matrix[k + 1] as number))]),
    service: new Int32Array(x.length).fill(5),
  }
  return {
    places: x.length,
    matrix,
    demand: Int32Array.from([0, ...customers.map((c) => c.amount)]),
    capacity,
    vehicles: x.length,
    windows,
  }
}

/** The optimum by trying every sequence of customers and returns. */
function optimum({ matrix, places, demand, capacity, windows }: Classical): number {
  const go = (here: number, clock: number, load: number, left: readonly number[]): number => {
    let least = left.length === 0 ? (matrix[here * places] as number) : Infinity
    for (const next of left) {
      const rest = left.filter((other) => other !== next)
      for (const from of here === 0 ? [0] : [here, 0]) {
        const fresh = from === 0
        const begin = Math.max((fresh ? 0 : clock) + (matrix[from * places + next] as number), windows?.ready[next] ?? 0)
        const aboard = (fresh ? 0 : load) + (demand[next] as number)
        if (begin > (windows?.due[next] ?? Infinity) || aboard > capacity) continue
        const home = fresh && here !== 0 ? (matrix[here * places] as number) : 0
        least = Math.min(
          least,
          home + (matrix[from * places + next] as number) + go(next, begin + (windows?.service[next] ?? 0), aboard, rest),
        )
      }
    }
    return least
  }
  return go(
    0,
    0,
    0,
    Array.from({ length: places - 1 }, (_, k) => k + 1),
  )
}

describe('bounds', () => {
  test('never exceed the optimum', () => {
    fc.assert(
      fc.property(fc.array(customer, { minLength: 1, maxLength: 5 }), fc.integer({ min: 6, max: 14 }), (customers, capacity) => {
        const instance = instanceOf(customers, capacity)
        const best = optimum(instance)
        const fewest = Math.ceil(instance.demand.reduce((sum, amount) => sum + amount, 0) / capacity)
        expect(assignmentBound(instance, fewest)).toBeLessThanOrEqual(best)
        expect(
          forestBound({ places: instance.places, cost: instance.matrix, fewestRoutes: fewest, mostRoutes: instance.vehicles }, best),
        ).toBeLessThanOrEqual(best)
        expect(radialBound(instance.places, instance.matrix, instance.demand, capacity)).toBeLessThanOrEqual(best)
        expect(treeBound(instance.places, instance.matrix)).toBeLessThanOrEqual(best)
      }),
      { numRuns: 60 },
    )
  })

  test('priced walks never exceed the optimum, with and without windows, however coarse the resource is', () => {
    fc.assert(
      fc.property(
        fc.array(customer, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 6, max: 14 }),
        fc.integer({ min: 3, max: 400 }),
        fc.boolean(),
        (customers, capacity, resolution, timed) => {
          const { windows, ...plain } = instanceOf(customers, capacity)
          const instance = timed && windows !== undefined ? { ...plain, windows } : plain
          const alone = customers.map((_, k) => [k + 1])
          for (const limit of walkLimits(instance)) {
            const bound = walkBound(instance, limit, { routes: alone, effort: { resolution, width: 2, steps: 15, proofs: 2 } })
            expect(bound).toBeLessThanOrEqual(optimum(instance))
          }
        },
      ),
      { numRuns: 80 },
    )
  })

  test('priced walks come close where routes are short', () => {
    // Three pairs of neighbours far from each other, two to a vehicle: the plan is plain, and so is its proof.
    const { windows: _, ...instance } = instanceOf(
      [0, 1, 20, 21, 40, 41].map((x) => ({ x, y: 0, amount: 3, ready: 0, length: 1000 })),
      6,
    )
    const pairs = [
      [1, 2],
      [3, 4],
      [5, 6],
    ]
    expect(walkBound(instance, 'load', { routes: pairs })).toBeGreaterThan(0.97 * optimum(instance))
  })

  test('the assignment is exact where windows leave one order only', () => {
    const far = (x: number, ready: number) => ({ x, y: 30, amount: 1, ready, length: 0 })
    const instance = instanceOf([far(40, 100), far(50, 120), far(20, 100)], 10)
    expect(legAllowed(instance, 1, 2)).toBe(true)
    expect(legAllowed(instance, 2, 1)).toBe(false)
    expect(assignmentBound(instance, 1)).toBe(optimum(instance))
  })

  test('the forest is exact for one customer and for a string of pearls', () => {
    const line = planarMatrix(Float64Array.of(0, 10, 20, 30), new Float64Array(4), Math.round)
    expect(forestBound({ places: 2, cost: Int32Array.of(0, 7, 7, 0), fewestRoutes: 1, mostRoutes: 1 }, 14)).toBe(14)
    expect(forestBound({ places: 4, cost: line, fewestRoutes: 1, mostRoutes: 3 }, 60)).toBe(60)
  })

  test('cheapest ways go through other places where that is shorter', () => {
    expect([...cheapestWays(3, Int32Array.of(0, 9, 2, 9, 0, 3, 2, 3, 0), 0)]).toEqual([0, 5, 2])
  })

  test.skipIf(!existsSync('../shared/data/routing'))('tight windows of a published instance leave less than 3 %', () => {
    const { x, y, demand, capacity, vehicles, ready, due, service } = readSolomon(
      readFileSync('../shared/data/routing/vrptw/R101.txt', 'utf8'),
    )
    const scaled = (values: Float64Array) => Int32Array.from(values, (value) => 10 * value)
    const matrix = planarMatrix(x, y, (distance) => Math.floor(10 * distance + 1e-9))
    const windows = { ready: scaled(ready), due: scaled(due), service: scaled(service) }
    const bound = assignmentBound({ places: x.length, matrix, demand, capacity, vehicles, windows }, 8) ?? 0
    expect(bound).toBeLessThanOrEqual(16_377)
    expect(bound).toBeGreaterThan(0.97 * 16_377)
  })
})
