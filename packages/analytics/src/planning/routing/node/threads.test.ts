import { describe, expect, test } from 'vitest'
import { SearchRandom } from '../../anytime/random.ts'
import { checkClassical } from '../classical/check.ts'
import { planarMatrix } from '../classical/compile.ts'
import { cutIntoParts, rejoin } from '../classical/parts.ts'
import { solveClassical, solveSplit } from './threads.ts'

const random = new SearchRandom(5)
const n = 80
const x = Float64Array.from({ length: n }, () => 1000 * random.unit())
const y = Float64Array.from({ length: n }, () => 1000 * random.unit())
const demand = Int32Array.from({ length: n }, (_, k) => (k === 0 ? 0 : 1 + random.below(20)))
const shape = { x, y, demand, capacity: 60, vehicles: 30 }
const instance = { ...shape, places: n, matrix: planarMatrix(x, y, Math.round) }

describe('several threads', () => {
  test('parts hold every customer once, and put together give the routes again', () => {
    const routes = Array.from({ length: 16 }, (_, r) => Array.from({ length: 5 }, (_, k) => 1 + r * 5 + k).filter((place) => place < n))
    for (const turn of [0, 0.3, 0.77]) {
      const parts = cutIntoParts(instance, routes, x, y, 3, turn)
      const again = parts.flatMap((part) => rejoin(part, part.start))
      expect(new Set(again.map((route) => route.join()))).toEqual(new Set(routes.map((route) => route.join())))
      expect(parts.reduce((sum, part) => sum + part.instance.vehicles, 0)).toBeLessThanOrEqual(instance.vehicles)
    }
  })

  test('give a plan of whole demands that the checker accepts', async () => {
    const plan = await solveClassical(instance, { seed: 1, seconds: 0.3, threads: 2 })
    if (!plan.ok) throw new Error(plan.refusal.en)
    const routes = plan.plan.map((route) => route.map((customer) => ({ customer, amount: demand[customer] as number })))
    expect(checkClassical({ ...shape, measure: Math.round, routes, claimedCost: plan.objective })).toEqual([])
    expect(plan.bound).toBeLessThanOrEqual(plan.objective)
  })

  test('give a plan of split demands that the checker accepts', async () => {
    const plan = await solveSplit(instance, { seed: 1, seconds: 0.1, threads: 2 })
    if (!plan.ok) throw new Error(plan.refusal.en)
    expect(checkClassical({ ...shape, measure: Math.round, routes: plan.plan, claimedCost: plan.objective })).toEqual([])
  })
})
