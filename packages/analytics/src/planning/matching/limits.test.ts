/** Quotas that speak twice of one thing, groups that block, and the checker of both. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { blockingGroups, checkLimits } from './check-limits.ts'
import { blockingPairs, checkMatching, type RankedMarket } from './checker.ts'
import { type MatchingMarket, marketOf, totalScore } from './market.ts'
import { planQuotas, type Quota } from './quotas.ts'
import { stableGroups } from './stable-groups.ts'

const name = (text: string) => ({ zh: text, en: text })

/** Every matching of a small market. */
function* everyMatching(market: MatchingMarket): Generator<Int32Array> {
  const assigned = new Int32Array(market.workers).fill(-1)
  const left = market.capacity.slice()
  function* place(i: number): Generator<Int32Array> {
    if (i === market.workers) {
      yield assigned.slice()
      return
    }
    assigned[i] = -1
    yield* place(i + 1)
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? -1
      if ((left[j] ?? 0) === 0 || (market.score[k] ?? 0) <= 0) continue
      left[j] = (left[j] ?? 0) - 1
      assigned[i] = j
      yield* place(i + 1)
      left[j] = (left[j] ?? 0) + 1
      assigned[i] = -1
    }
  }
  yield* place(0)
}

describe('quotas that speak of one class and post more than once', () => {
  test('hold together: the optimum is that of trying all, and contradictions are refused', () => {
    const limit = fc.record({
      class: fc.nat(1),
      post: fc.option(fc.nat(1), { nil: undefined }),
      minimum: fc.option(fc.nat(1), { nil: undefined }),
      maximum: fc.option(fc.nat(2), { nil: undefined }),
    })
    const drawn = fc.tuple(
      fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }),
      fc.array(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 4 }),
      fc.array(limit, { minLength: 2, maxLength: 5 }),
    )
    fc.assert(
      fc.property(drawn, ([capacity, scores, limits]) => {
        const market = marketOf(
          capacity,
          scores.map((list) => list.map((score, post) => ({ post, score }))),
        )
        const classOf = scores.map((_, i) => i % 2)
        const quotas = limits.flatMap(({ class: kind, post, minimum, maximum }, k): Quota[] =>
          minimum !== undefined && maximum !== undefined && minimum > maximum
            ? []
            : [
                {
                  class: kind,
                  name: name(`q${k}`),
                  ...(post === undefined ? {} : { post }),
                  ...(minimum === undefined ? {} : { minimum }),
                  ...(maximum === undefined ? {} : { maximum }),
                },
              ],
        )
        let best = -1
        for (const assigned of everyMatching(market))
          if (checkLimits(assigned, { quotas, classOf }).length === 0) best = Math.max(best, totalScore(market, assigned))
        const answer = planQuotas(market, classOf, quotas)
        expect(answer.ok ? answer.objective : -1).toBe(best)
        if (!answer.ok) {
          expect(answer.refusal.en).not.toMatch(/-\d/)
          return
        }
        expect(checkLimits(answer.plan.assigned, { quotas, classOf })).toEqual([])
        expect(checkMatching(market, answer.plan.assigned).valid).toBe(true)
      }),
      { numRuns: 300, seed: 31 },
    )
  })

  test('that contradict each other are named', () => {
    const market = marketOf([2], [[{ post: 0, score: 5 }], [{ post: 0, score: 5 }]])
    const quotas = [
      { class: 0, post: 0, minimum: 2, name: name('two at least') },
      { class: 0, post: 0, maximum: 1, name: name('one at most') },
    ]
    expect(planQuotas(market, [0, 0], quotas)).toMatchObject({
      ok: false,
      cause: ['two at least', 'one at most'],
      refusal: { en: expect.stringContaining('at least 2 and at most 1') },
    })
  })
})

describe('the checker of side conditions', () => {
  test('sees a group torn apart and quotas broken at both ends', () => {
    const groups = [{ id: 'couple', members: [0, 1] }]
    const quotas = [
      { class: 0, maximum: 1, name: name('few') },
      { class: 1, post: 1, minimum: 1, name: name('some') },
    ]
    const limits = { groups, siteOf: [0, 1], quotas, classOf: [0, 0, 1] }
    expect(checkLimits([0, 1, -1], limits)).toEqual([
      'group couple is torn apart',
      'quota few holds 2, at most 1 are allowed',
      'quota some holds 0, at least 1 are asked for',
    ])
    expect(checkLimits([0, -1, 1], { ...limits, groups: [] })).toEqual([])
    expect(checkLimits([0, -1, 1], limits)).toEqual(['group couple is torn apart'])
  })
})

function rankedOf(
  capacity: readonly number[],
  lists: readonly (readonly (readonly [post: number, mine: number, theirs: number])[])[],
): RankedMarket {
  const market = marketOf(
    capacity,
    lists.map((list) => list.map(([post]) => ({ post, score: 1 }))),
  )
  const flat = lists.flat()
  return {
    ...market,
    workerRank: Int32Array.from(flat, ([, mine]) => mine),
    postRank: Int32Array.from(flat, ([, , theirs]) => theirs),
  }
}

describe('groups in a stable matching', () => {
  test('a pair that is too many for a post is refused, not called stable', () => {
    const market = rankedOf([1], [[[0, 0, 0]], [[0, 0, 1]]])
    expect(() => blockingPairs(market, [0, 0])).toThrow(/Post 0 holds 2 with 1 openings/)
    expect(() => blockingPairs(rankedOf([1], [[]]), [0])).toThrow(/no option for post 0/)
  })

  test('no group is left out where a site has free openings for all, and what blocks is named', () => {
    const rank = fc.nat(2)
    const choices = fc.array(fc.tuple(fc.nat(3), rank, rank), { maxLength: 4 })
    fc.assert(
      fc.property(
        fc.array(fc.nat(2), { minLength: 4, maxLength: 4 }),
        fc.array(choices, { minLength: 3, maxLength: 6 }),
        fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
        (capacity, drawn, siteOf) => {
          const lists = drawn.map((list) => list.filter(([post], k) => list.findIndex(([other]) => other === post) === k))
          const market = rankedOf(capacity, lists)
          const groups = [{ id: 'g', members: [0, 1] }, ...(lists.length > 4 ? [{ id: 'h', members: [2, 3] }] : [])]
          const { assigned, site, blockingGroups: blocking } = stableGroups(market, groups, siteOf)
          expect(checkLimits(assigned, { groups, siteOf })).toEqual([])
          expect(blocking).toEqual(blockingGroups(market, groups, siteOf, assigned))
          const free = [...capacity]
          for (const j of assigned) if (j >= 0) free[j] = (free[j] ?? 0) - 1
          expect(Math.min(...free)).toBeGreaterThanOrEqual(0)
          groups.forEach(({ members: [a = -1, b = -1] }, g) => {
            if ((assigned[a] ?? -1) >= 0) {
              expect(site[g]).toBe(siteOf[assigned[a] ?? -1])
              return
            }
            for (const [one] of lists[a] ?? [])
              for (const [other] of lists[b] ?? []) {
                const room = one === other ? (free[one] ?? 0) > 1 : (free[one] ?? 0) > 0 && (free[other] ?? 0) > 0
                expect(siteOf[one] === siteOf[other] && room).toBe(false)
              }
          })
        },
      ),
      { numRuns: 3000, seed: 53 },
    )
  })

  test('a group that a site would take instead of others blocks', () => {
    const market = rankedOf([2], [[[0, 0, 0]], [[0, 0, 0]], [[0, 0, 5]], [[0, 0, 5]]])
    const groups = [{ id: 'g', members: [0, 1] }]
    expect(blockingGroups(market, groups, [0], [-1, -1, 0, 0])).toEqual([{ group: 0, site: 0 }])
    expect(blockingGroups(market, groups, [0], [0, 0, -1, -1])).toEqual([])
  })
})
