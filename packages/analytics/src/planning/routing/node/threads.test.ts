import { describe, expect, test } from 'vitest'
import { SearchRandom } from '../../anytime/random.ts'
import { checkRoutes } from '../check.ts'
import { checkClassical } from '../classical/check.ts'
import { planarMatrix } from '../classical/compile.ts'
import type { RoutingProblem } from '../model.ts'
import { startCoachPlan } from './coaches.ts'
import { solveClassical, solveSplit } from './threads.ts'

const random = new SearchRandom(5)
const n = 80
const x = Float64Array.from({ length: n }, () => 1000 * random.unit())
const y = Float64Array.from({ length: n }, () => 1000 * random.unit())
const demand = Int32Array.from({ length: n }, (_, k) => (k === 0 ? 0 : 1 + random.below(20)))
const shape = { x, y, demand, capacity: 60, vehicles: 30 }
const instance = { ...shape, places: n, matrix: planarMatrix(x, y, Math.round) }

describe('several threads', () => {
  test('give a plan of whole demands that the checker accepts', async () => {
    const plan = await solveClassical(instance, { seed: 1, seconds: 0.3, threads: 2 })
    if (!plan.ok) throw new Error(plan.refusal.en)
    const routes = plan.plan.map((route) => route.map((customer) => ({ customer, amount: demand[customer] as number })))
    expect(checkClassical({ ...shape, measure: Math.round, routes, claimedCost: plan.objective })).toEqual([])
    expect(plan.bound).toBeLessThanOrEqual(plan.objective)
  })

  test('that count steps give the same plan in every run', async () => {
    const once = () => solveClassical(instance, { seed: 3, seconds: 60, threads: 2, iterations: 3000 })
    const [plan, again] = [await once(), await once()]
    if (!plan.ok || !again.ok) throw new Error('refused')
    expect(again.plan).toEqual(plan.plan)
    expect(plan.iterations).toBeGreaterThanOrEqual(3000)
    expect(plan.iterations).toBeLessThan(3300)
  })

  test('give a plan of split demands that the checker accepts', async () => {
    const plan = await solveSplit(instance, { seed: 1, seconds: 0.1, threads: 2 })
    if (!plan.ok) throw new Error(plan.refusal.en)
    expect(checkClassical({ ...shape, measure: Math.round, routes: plan.plan, claimedCost: plan.objective })).toEqual([])
  })
})

describe('coach plans beside the thread', () => {
  const places = Array.from({ length: 30 }, (_, k) => `p${k}`)
  const distance = Int32Array.from({ length: 900 }, (_, k) => instance.matrix[Math.floor(k / 30) * n + (k % 30)] as number)
  const problem: RoutingProblem = {
    matrix: { places, distance, duration: distance },
    requests: places.slice(2).map((from, k) => ({ id: `r${k}`, from, to: 'p1', people: 3 + (k % 9) })),
    coaches: [
      {
        id: 'coach',
        count: 20,
        approvedSeats: 40,
        depot: 'p0',
        ends: 'at-destination',
        shift: { from: 0, until: 100_000 },
        fixedCost: 100,
        costPerMetre: 1,
        drivers: 1,
      },
    ],
    rules: { loadFactor: { numerator: 1, denominator: 2 }, boardingSecondsPerPerson: 5, stopSeconds: 10, villageSplitCost: 0 },
  }

  test('can be stopped, and then give the best plan so far', async () => {
    const costs: number[] = []
    const run = startCoachPlan(problem, { seed: 1, seconds: 60, threads: 2, onImprovement: (cost) => costs.push(cost) })
    setTimeout(() => run.stop(), 300)
    const answer = await run.result
    if (!answer.ok) throw new Error(answer.refusal.en)
    expect(checkRoutes(problem, answer.plan)).toEqual([])
    expect(costs.every((cost, k) => k === 0 || cost < (costs[k - 1] as number))).toBe(true)
    expect(answer.elapsed).toBeLessThan(30)
  })

  test('tell why there is none', async () => {
    const run = startCoachPlan(
      { ...problem, coaches: problem.coaches.map((kind) => ({ ...kind, count: 1 })) },
      { seed: 1, seconds: 5, threads: 1 },
    )
    expect(await run.result).toMatchObject({ ok: false, refusal: { code: 'too-few-seats' } })
  })
})
