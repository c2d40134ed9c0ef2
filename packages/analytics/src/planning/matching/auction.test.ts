import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { minimumCostFlow, networkOf } from '../flows/index.ts'
import { planMatching } from './auction.ts'
import { checkMatching } from './checker.ts'
import { type MatchingMarket, marketOf } from './market.ts'
import { randomMarket } from './testing/random-market.ts'

/** Best total score by minimum-cost flow, an engine that shares nothing with the auction. */
function bestByFlow(market: MatchingMarket): number {
  const { workers, posts } = market
  const hub = workers + posts
  const arcs = Array.from({ length: workers }, (_, i) => ({ source: i, target: hub, cost: 0, capacity: 1 }))
  for (let i = 0; i < workers; i++) {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      arcs.push({ source: i, target: workers + (market.post[k] ?? 0), cost: -(market.score[k] ?? 0), capacity: 1 })
    }
  }
  market.capacity.forEach((capacity, j) => {
    arcs.push({ source: workers + j, target: hub, cost: 0, capacity })
  })
  const supply = Array.from({ length: hub + 1 }, (_, v) => (v < workers ? 1 : v === hub ? -workers : 0))
  const result = minimumCostFlow(networkOf(supply, arcs))
  if (result.status !== 'optimal') throw new Error(result.status)
  return 0 - result.objective
}

const smallMarket: fc.Arbitrary<MatchingMarket> = fc
  .record({
    capacity: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
    options: fc.array(
      fc.uniqueArray(fc.record({ post: fc.nat(4), score: fc.integer({ min: -2, max: 9 }) }), { selector: (o) => o.post, maxLength: 5 }),
      { maxLength: 9 },
    ),
  })
  .map(({ capacity, options }) =>
    marketOf(
      capacity,
      options.map((list) => list.filter((option) => option.post < capacity.length)),
    ),
  )

describe('the exact auction', () => {
  test('equals the optimum of the flow engine on any small market, and proves it', () => {
    fc.assert(
      fc.property(smallMarket, (market) => {
        const plan = planMatching(market)
        const best = bestByFlow(market)
        expect(plan.objective).toBe(best)
        expect(plan.bound).toBe(best)
        const check = checkMatching(market, plan.plan.assigned, plan.plan.price)
        expect(check.faults).toEqual([])
        expect(check.score).toBe(best)
        expect(Math.floor((check.bound ?? Number.NaN) + 1e-6)).toBe(best)
      }),
      { numRuns: 600, seed: 11 },
    )
  })

  test.each([
    ['too few openings', 0.7],
    ['as many openings as workers', 1],
    ['openings to spare', 1.4],
  ])('equals it with %s among 3,000 workers', (_, tightness) => {
    const market = randomMarket({ workers: 3000, posts: 150, options: 12, openingsPerWorker: tightness, seed: 5 })
    const plan = planMatching(market)
    expect(plan.objective).toBe(bestByFlow(market))
    expect(plan.bound).toBe(plan.objective)
  })
})

describe('the auction with a coarse increment', () => {
  const market = randomMarket({ workers: 5000, posts: 250, options: 15, openingsPerWorker: 0.9, seed: 6 })
  test('stays within its proven bound', () => {
    const exact = planMatching(market)
    const coarse = planMatching(market, { precision: 0.001 })
    expect(coarse.objective).toBeLessThanOrEqual(exact.objective)
    expect(coarse.bound).toBeGreaterThanOrEqual(exact.objective)
    expect(coarse.gap.numerator / coarse.gap.denominator).toBeLessThan(1e-3)
    expect(checkMatching(market, coarse.plan.assigned).valid).toBe(true)
  })

  test('gives a valid plan and bound whenever it is stopped, and better ones on the way', () => {
    const exact = planMatching(market)
    for (const iterations of [1, 5000, 20_000]) {
      const stopped = planMatching(market, { budget: { iterations } })
      expect(checkMatching(market, stopped.plan.assigned).valid).toBe(true)
      expect(stopped.plan.complete).toBe(false)
      expect(stopped.objective).toBeGreaterThan(0.5 * exact.objective)
      expect(stopped.bound).toBeGreaterThanOrEqual(exact.objective)
    }
    const seen: number[] = []
    planMatching(market, { budget: { iterations: 1e9, onImprovement: (step) => seen.push(step.bound - step.objective) } })
    expect(seen.at(-1)).toBe(0)
    expect(seen[0]).toBeGreaterThan(0)
  })
})

test('a market with a fault is refused', () => {
  const twice = marketOf([1], [[{ post: 0, score: 1 }]])
  expect(() => planMatching({ ...twice, capacity: Int32Array.of(-1) })).toThrow(InputError)
  expect(() => planMatching({ ...twice, post: Int32Array.of(4) })).toThrow(InputError)
  expect(() =>
    planMatching(
      marketOf(
        [1],
        [
          [
            { post: 0, score: 1 },
            { post: 0, score: 2 },
          ],
        ],
      ),
    ),
  ).toThrow(/already/)
})

test('the checker sees a full post, a missing option and a loss', () => {
  const market = marketOf([1], [[{ post: 0, score: 3 }], [{ post: 0, score: 2 }], [], [{ post: 0, score: -1 }]])
  expect(checkMatching(market, [0, -1, -1, -1])).toMatchObject({ valid: true, score: 3, matched: 1 })
  expect(checkMatching(market, [0, 0, -1, -1]).valid).toBe(false)
  expect(checkMatching(market, [-1, -1, 0, -1]).valid).toBe(false)
  expect(checkMatching(market, [-1, -1, -1, 0]).valid).toBe(false)
})
