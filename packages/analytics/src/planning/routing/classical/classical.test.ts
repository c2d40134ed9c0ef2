import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../../outcome.ts'
import { SearchRandom } from '../../anytime/random.ts'
import { readCvrplib, readSolutionCost } from '../formats/cvrplib.ts'
import { readSolomon } from '../formats/solomon.ts'
import { readSplitDelivery } from '../formats/splitDelivery.ts'
import { checkClassical } from './check.ts'
import { type Classical, planarMatrix } from './compile.ts'
import { classicalBound, planClassical as tryClassical, planSplit as trySplit } from './plan.ts'

/** The plan, where there must be one. */
function planClassical(...given: Parameters<typeof tryClassical>) {
  const answer = tryClassical(...given)
  if (!answer.ok) throw new Error(answer.refusal.en)
  return answer
}

function planSplit(...given: Parameters<typeof trySplit>) {
  const answer = trySplit(...given)
  if (!answer.ok) throw new Error(answer.refusal.en)
  return answer
}

const shared = '../shared/data/routing'
const withShared = test.skipIf(!existsSync(shared))

interface Drawn {
  readonly points: readonly (readonly [number, number, number])[]
  readonly capacity: number
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  points: fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 10 })), {
    minLength: 2,
    maxLength: 14,
  }),
  capacity: fc.integer({ min: 10, max: 30 }),
})

/** As many vehicles as any plan could need. */
function instanceOf({ points, capacity }: Drawn) {
  const x = Float64Array.from([50, ...points.map(([px]) => px)])
  const y = Float64Array.from([50, ...points.map(([, py]) => py)])
  const demand = Int32Array.from([0, ...points.map(([, , amount]) => amount)])
  const vehicles = x.length + Math.ceil(demand.reduce((sum, amount) => sum + amount, 0) / capacity)
  const classical: Classical = { places: x.length, matrix: planarMatrix(x, y, Math.round), demand, capacity, vehicles }
  return { x, y, classical, check: { x, y, demand, capacity, vehicles, measure: Math.round } }
}

const callsOf = (routes: readonly (readonly number[])[], demand: Int32Array) =>
  routes.map((route) => route.map((customer) => ({ customer, amount: demand[customer] ?? 0 })))

/** Cheapest plan by trying every order and every cut of it; for up to six customers. */
function cheapestByTrying({ matrix, places, demand, capacity }: Classical): number {
  const leg = (a: number, b: number) => matrix[a * places + b] ?? 0
  const best = (here: number, load: number, left: readonly number[]): number => {
    if (left.length === 0) return leg(here, 0)
    let least = Infinity
    for (const next of left) {
      const rest = left.filter((other) => other !== next)
      const amount = demand[next] ?? 0
      if (load + amount <= capacity) least = Math.min(least, leg(here, next) + best(next, load + amount, rest))
      if (here !== 0) least = Math.min(least, leg(here, 0) + leg(0, next) + best(next, amount, rest))
    }
    return least
  }
  return best(
    0,
    0,
    Array.from({ length: places - 1 }, (_, k) => k + 1),
  )
}

describe('whole demands', () => {
  test('every plan passes the checker and lies above its bound', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 1000 }), (input, seed) => {
        const { classical, check } = instanceOf(input)
        const plan = planClassical(classical, seed, { iterations: 200 })
        expect(checkClassical({ ...check, routes: callsOf(plan.plan, classical.demand), claimedCost: plan.objective })).toEqual([])
        expect(plan.bound).toBeLessThanOrEqual(plan.objective)
      }),
      { numRuns: 60 },
    )
  })

  test('small instances are solved to the optimum, which the bound never exceeds', () => {
    fc.assert(
      fc.property(drawn, (input) => {
        const { classical } = instanceOf({ ...input, points: input.points.slice(0, 6) })
        const optimum = cheapestByTrying(classical)
        const planned = planClassical(classical, 1, { iterations: 2000 })
        expect(planned.objective).toBe(optimum)
        expect(classicalBound(classical, planned.plan, {})).toBeLessThanOrEqual(optimum)
      }),
      { numRuns: 25 },
    )
  })

  test('the same seed gives the same plan', () => {
    const { classical } = instanceOf({
      points: Array.from({ length: 40 }, (_, k) => [(k * 37) % 101, (k * 53) % 97, 1 + (k % 9)] as const),
      capacity: 25,
    })
    const run = (seed: number) => planClassical(classical, seed, { iterations: 1500 })
    expect(run(5).plan).toEqual(run(5).plan)
    expect(run(5).plan).not.toEqual(run(6).plan)
  })

  test('better plans are reported with falling cost', () => {
    const { classical } = instanceOf({
      points: Array.from({ length: 40 }, (_, k) => [(k * 37) % 101, (k * 53) % 97, 1 + (k % 9)] as const),
      capacity: 25,
    })
    const costs: number[] = []
    const plan = planClassical(classical, 1, { iterations: 3000, onImprovement: (cost) => costs.push(cost) })
    expect(costs.length).toBeGreaterThan(0)
    expect(costs.every((cost, k) => k === 0 || cost < (costs[k - 1] as number))).toBe(true)
    expect(costs.at(-1)).toBe(plan.objective)
  })

  withShared('a published instance of 100 customers comes within 3 % in a moment', () => {
    const instance = readCvrplib(readFileSync(`${shared}/cvrp/X-n101-k25.vrp`, 'utf8'))
    const best = readSolutionCost(readFileSync(`${shared}/cvrp/X-n101-k25.sol`, 'utf8'))
    const { x, y, demand, capacity } = instance
    const plan = planClassical({ places: 101, matrix: planarMatrix(x, y, Math.round), demand, capacity, vehicles: 30 }, 1, {
      iterations: 20_000,
    })
    const routes = callsOf(plan.plan, demand)
    expect(checkClassical({ x, y, demand, capacity, vehicles: 30, measure: Math.round, routes, claimedCost: plan.objective })).toEqual([])
    expect(plan.objective / (best ?? 0)).toBeLessThan(1.03)
    expect(plan.bound).toBeLessThanOrEqual(best ?? 0)
  })
})

describe('time windows', () => {
  withShared('a published instance is solved to its best known value', () => {
    const { x, y, demand, capacity, vehicles, ...times } = readSolomon(readFileSync(`${shared}/vrptw/C101.txt`, 'utf8'))
    const tenths = (distance: number) => Math.floor(10 * distance + 1e-9)
    const scaled = (values: Float64Array) => Int32Array.from(values, (value) => 10 * value)
    const windows = { ready: scaled(times.ready), due: scaled(times.due), service: scaled(times.service) }
    const plan = planClassical({ places: x.length, matrix: planarMatrix(x, y, tenths), demand, capacity, vehicles, windows }, 1, {
      iterations: 10_000,
    })
    const routes = callsOf(plan.plan, demand)
    expect(checkClassical({ x, y, demand, capacity, vehicles, measure: tenths, windows, routes, claimedCost: plan.objective })).toEqual([])
    expect(plan.objective).toBe(8273)
  })
})

describe('split demands', () => {
  test('every plan passes the checker and lies above its bound', () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 0, max: 1000 }), (input, seed) => {
        const { classical, check } = instanceOf({ ...input, capacity: Math.ceil(input.capacity / 2) })
        const plan = planSplit(classical, seed, { iterations: 300 })
        expect(checkClassical({ ...check, capacity: classical.capacity, routes: plan.plan, claimedCost: plan.objective })).toEqual([])
        expect(plan.bound).toBeLessThanOrEqual(plan.objective)
      }),
      { numRuns: 60 },
    )
  })

  test('splitting saves a journey: three demands of two thirds need two vehicles', () => {
    const { classical } = instanceOf({
      points: [
        [50, 80, 6],
        [50, 82, 6],
        [50, 84, 6],
      ],
      capacity: 9,
    })
    expect(planClassical(classical, 1, { iterations: 500 }).plan).toHaveLength(3)
    expect(planSplit(classical, 1, { iterations: 2000 }).plan).toHaveLength(2)
  })

  test('a demand larger than a vehicle is carried in several', () => {
    const { classical, check } = instanceOf({
      points: [
        [60, 50, 35],
        [70, 50, 4],
      ],
      capacity: 10,
    })
    const plan = planSplit(classical, 1, { iterations: 500 })
    expect(checkClassical({ ...check, capacity: 10, routes: plan.plan, claimedCost: plan.objective })).toEqual([])
    expect(plan.plan).toHaveLength(4)
  })

  withShared('a published instance is solved to its best known value', () => {
    const { x, y, demand, capacity } = readSplitDelivery('SD1', readFileSync(`${shared}/sdvrp/SD1.txt`, 'utf8'))
    const plan = planSplit({ places: x.length, matrix: planarMatrix(x, y, Math.round), demand, capacity, vehicles: 8 }, 1, {
      iterations: 30_000,
    })
    expect(
      checkClassical({ x, y, demand, capacity, vehicles: 8, measure: Math.round, routes: plan.plan, claimedCost: plan.objective }),
    ).toEqual([])
    expect(plan.objective).toBe(22_828)
  })
})

describe('a fleet that is too small', () => {
  const { classical } = instanceOf({
    points: [
      [60, 50, 6],
      [70, 50, 6],
      [80, 50, 6],
    ],
    capacity: 10,
  })

  test('is refused with both numbers, and never leaves a demand out in silence', () => {
    for (const attempt of [tryClassical, trySplit]) {
      expect(attempt({ ...classical, vehicles: 1 }, 1, { iterations: 50 })).toMatchObject({
        ok: false,
        refusal: { code: 'too-few-vehicles', en: 'the demand of 18 is more than 1 vehicles hold together, 10' },
      })
    }
    // Two vehicles hold the sum, but not three whole demands.
    expect(tryClassical({ ...classical, vehicles: 2 }, 1, { iterations: 50 })).toMatchObject({ ok: false, refusal: { code: 'not-placed' } })
    expect(trySplit({ ...classical, vehicles: 2 }, 1, { iterations: 50 })).toMatchObject({ ok: true })
  })
})

describe('a fleet without a seat to spare', () => {
  test('is packed to the last seat', () => {
    // Without counters of absence this instance is not packed in so many steps.
    const random = new SearchRandom(13)
    const loads = Array.from({ length: 14 }, () => {
      const parts: number[] = []
      for (let left = 60; left > 0; left -= parts.at(-1) ?? 0) parts.push(Math.min(left, 4 + random.below(12)))
      return parts
    })
    const points = loads.flat().map((amount) => [random.below(100), random.below(100), amount] as const)
    const { classical, check } = instanceOf({ points, capacity: 60 })
    const plan = planClassical({ ...classical, vehicles: 14 }, 3, { iterations: 15_000 })
    const routes = callsOf(plan.plan, classical.demand)
    expect(checkClassical({ ...check, vehicles: 14, routes, claimedCost: plan.objective })).toEqual([])
    expect(plan.plan).toHaveLength(14)
  })
})

describe('the checker of benchmark plans', () => {
  test('sees overload, lateness, missing and false cost', () => {
    const { x, y, check, classical } = instanceOf({
      points: [
        [60, 50, 5],
        [70, 50, 6],
      ],
      capacity: 10,
    })
    const calls = callsOf([[1, 2]], classical.demand)
    expect(checkClassical({ ...check, x, y, routes: calls, claimedCost: 40 })).toEqual(['route 1 carries 11 of 10'])
    expect(checkClassical({ ...check, routes: callsOf([[1]], classical.demand), claimedCost: 20 })).toEqual(['customer 2 gets 0 of 6'])
    const windows = { ready: Int32Array.of(0, 0, 0), due: Int32Array.of(100, 5, 100), service: Int32Array.of(0, 0, 0) }
    expect(checkClassical({ ...check, windows, routes: callsOf([[1], [2]], classical.demand), claimedCost: 61 })).toEqual([
      'route 1 is late at 1',
      'cost is 60, not 61',
    ])
  })
})

describe('readers', () => {
  test('refuse what is not theirs', () => {
    expect(() => readCvrplib('NAME : a\nEDGE_WEIGHT_TYPE : GEO\n')).toThrow(InputError)
    expect(() => readSolomon('1 2 3')).toThrow(InputError)
    expect(() => readSplitDelivery('x', '3 100 1 2')).toThrow(InputError)
  })
})
