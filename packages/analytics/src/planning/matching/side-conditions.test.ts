import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planMatching } from './auction.ts'
import { bestOptions, type JobSeekers, type Openings } from './candidates.ts'
import { blockingPairs, checkMatching } from './checker.ts'
import { explainMatch } from './explain.ts'
import { planGroups } from './groups.ts'
import { type MatchingMarket, marketOf } from './market.ts'
import { planQuotas, type Quota } from './quotas.ts'
import { stableGroups } from './stable-groups.ts'

const smallMarket: fc.Arbitrary<MatchingMarket> = fc
  .record({
    capacity: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 4 }),
    options: fc.array(
      fc.uniqueArray(fc.record({ post: fc.nat(3), score: fc.integer({ min: 1, max: 9 }) }), { selector: (o) => o.post, maxLength: 4 }),
      { minLength: 1, maxLength: 6 },
    ),
  })
  .map(({ capacity, options }) =>
    marketOf(
      capacity,
      options.map((list) => list.filter((option) => option.post < capacity.length)),
    ),
  )

/** Best score over all matchings that pass a test, by trying all; undefined when none passes. */
function bestByTrying(market: MatchingMarket, passes: (assigned: readonly number[]) => boolean): number | undefined {
  const assigned = new Array<number>(market.workers).fill(-1)
  const left = Array.from(market.capacity)
  let best: number | undefined
  const place = (i: number, score: number) => {
    if (i === market.workers) {
      if (passes(assigned) && score > (best ?? -1)) best = score
      return
    }
    assigned[i] = -1
    place(i + 1, score)
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      if ((left[j] ?? 0) === 0) continue
      left[j] = (left[j] ?? 0) - 1
      assigned[i] = j
      place(i + 1, score + (market.score[k] ?? 0))
      assigned[i] = -1
      left[j] = (left[j] ?? 0) + 1
    }
  }
  place(0, 0)
  return best
}

const siteOf = [0, 0, 1, 1]
const together = (assigned: ArrayLike<number>, members: readonly number[]) =>
  new Set(members.map((i) => ((assigned[i] ?? -1) < 0 ? -1 : siteOf[assigned[i] ?? 0]))).size <= 1

describe('groups', () => {
  test('stay together, within the bound, and near the best of all plans', () => {
    let best = 0
    let reached = 0
    fc.assert(
      fc.property(smallMarket, (market) => {
        const groups = market.workers < 3 ? [] : [{ id: '夫妻', members: [0, 1] }]
        const planned = planGroups(market, groups, siteOf)
        if (!planned.ok) throw new Error(planned.refusal.en)
        const { assigned } = planned.plan
        expect(checkMatching(market, assigned)).toMatchObject({ valid: true, score: planned.objective })
        expect(groups.every((group) => together(assigned, group.members))).toBe(true)
        const optimum = bestByTrying(market, (all) => groups.every((group) => together(all, group.members))) ?? 0
        expect(planned.objective).toBeLessThanOrEqual(optimum)
        expect(planned.bound).toBeGreaterThanOrEqual(optimum)
        best += optimum
        reached += planned.objective
      }),
      { numRuns: 400, seed: 21 },
    )
    expect(reached / best).toBeGreaterThan(0.99)
  })

  test('in a stable matching stay together, and singles are left without blocking pairs they could use', () => {
    fc.assert(
      fc.property(smallMarket, (market) => {
        const groups = market.workers < 3 ? [] : [{ id: '夫妻', members: [0, 1] }]
        const rows = Int32Array.from(market.post, (_, k) => k)
        const ranked = { ...market, workerRank: market.score.map((score) => 10 - score), postRank: rows }
        const { assigned, blocking } = stableGroups(ranked, groups, siteOf)
        expect(groups.every((group) => together(assigned, group.members))).toBe(true)
        expect(blocking).toEqual(blockingPairs(ranked, assigned).filter((pair) => groups.length === 0 || pair.worker > 1))
        if (groups.length === 0) expect(blocking).toEqual([])
      }),
      { numRuns: 300, seed: 22 },
    )
  })

  test('a worker in two groups is refused', () => {
    const market = marketOf([1], [[{ post: 0, score: 1 }]])
    const twice = [
      { id: 'a', members: [0] },
      { id: 'b', members: [0] },
    ]
    expect(() => planGroups(market, twice, [0])).toThrow(/another group/)
  })
})

describe('quotas', () => {
  const quotaArbitrary: fc.Arbitrary<Quota[]> = fc.uniqueArray(
    fc.record({ class: fc.nat(1), post: fc.option(fc.nat(1), { nil: undefined }), minimum: fc.nat(2), spare: fc.nat(3) }).map((q) => ({
      class: q.class,
      ...(q.post === undefined ? {} : { post: q.post }),
      minimum: q.minimum,
      maximum: q.minimum + q.spare,
      name: { zh: `${q.class}类`, en: `class ${q.class}` },
    })),
    { selector: (q) => `${q.class} ${'post' in q ? q.post : ''}`, maxLength: 3 },
  )

  test('are kept at the best score, or the smallest conflict is named', () => {
    let refused = 0
    fc.assert(
      fc.property(smallMarket, quotaArbitrary, (market, quotas) => {
        const classOf = Array.from({ length: Math.max(2, market.workers) }, (_, i) => i % 2)
        const used = market.workers < 2 ? [] : quotas
        const passes = (all: ArrayLike<number>) =>
          used.every((quota) => {
            const count = Array.from(all).filter(
              (j, i) => j >= 0 && classOf[i] === quota.class && (quota.post === undefined || quota.post === j),
            ).length
            return count >= (quota.minimum ?? 0) && count <= (quota.maximum ?? 99)
          })
        const optimum = bestByTrying(market, passes)
        const sizes = [0, 1].map((c) => classOf.slice(0, market.workers).filter((x) => x === c).length)
        if (used.some((quota) => quota.post === undefined && (quota.minimum ?? 0) > (sizes[quota.class] ?? 0))) {
          expect(() => planQuotas(market, classOf, used)).toThrow(/more workers than/)
          return
        }
        const planned = planQuotas(market, classOf, used)
        if (optimum === undefined) {
          expect(planned).toMatchObject({ ok: false, refusal: { code: 'matching-quotas' } })
          refused++
          return
        }
        if (!planned.ok) throw new Error(planned.refusal.en)
        expect(planned.objective).toBe(optimum)
        expect(passes(planned.plan.assigned)).toBe(true)
        expect(checkMatching(market, planned.plan.assigned)).toMatchObject({ valid: true, score: optimum })
      }),
      { numRuns: 400, seed: 23 },
    )
    expect(refused).toBeGreaterThan(20)
  })
})

describe('candidates', () => {
  test('are exactly the best posts of each worker', () => {
    const place = fc.double({ min: 0, max: 40, noNaN: true })
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: place, y: place, skills: fc.array(fc.nat(2), { maxLength: 3 }), least: fc.nat(30) }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.array(fc.record({ x: place, y: place, skill: fc.integer({ min: -1, max: 2 }), wage: fc.nat(60) }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 5 }),
        (people, jobs, options) => {
          const firstSkill = [0]
          for (const person of people) firstSkill.push((firstSkill.at(-1) ?? 0) + person.skills.length)
          const seekers: JobSeekers = {
            x: Float64Array.from(people, (p) => p.x),
            y: Float64Array.from(people, (p) => p.y),
            firstSkill: Int32Array.from(firstSkill),
            skill: Int32Array.from(people.flatMap((p) => p.skills)),
            reservationWage: Float64Array.from(people, (p) => p.least),
          }
          const openings: Openings = {
            x: Float64Array.from(jobs, (j) => j.x),
            y: Float64Array.from(jobs, (j) => j.y),
            capacity: new Int32Array(jobs.length).fill(1),
            requiredSkill: Int32Array.from(jobs, (j) => j.skill),
            wage: Float64Array.from(jobs, (j) => j.wage),
          }
          const weights = { base: 100, perWageUnit: 3, perKilometre: 5, kilometreLimit: 25 }
          const market = bestOptions(seekers, openings, weights, options)
          people.forEach((person, i) => {
            const expected = jobs
              .map((job) => ({ job, away: Math.hypot(job.x - person.x, job.y - person.y) }))
              .filter(({ job, away }) => away <= 25 && job.wage >= person.least && (job.skill === -1 || person.skills.includes(job.skill)))
              .map(({ job, away }) => Math.round(100 + 3 * (job.wage - person.least) - 5 * away))
              .filter((points) => points >= 1)
              .sort((a, b) => b - a)
              .slice(0, options)
            const row = market.score.subarray(market.first[i], market.first[i + 1])
            expect([...row].sort((a, b) => b - a)).toEqual(expected)
          })
        },
      ),
      { numRuns: 200, seed: 24 },
    )
  })
})

test('a match is explained by score, alternative and price', () => {
  const market = marketOf(
    [1, 1],
    [
      [
        { post: 0, score: 10 },
        { post: 1, score: 8 },
      ],
      [{ post: 0, score: 9 }],
      [{ post: 0, score: 3 }],
      [],
    ],
  )
  const { plan } = planMatching(market)
  const names = {
    worker: (i: number) => ({ zh: `工人${i}`, en: `worker ${i}` }),
    post: (j: number) => ({ zh: `岗位${j}`, en: `post ${j}` }),
  }
  expect([...plan.assigned]).toEqual([1, 0, -1, -1])
  expect(explainMatch(market, plan, 0, names).zh).toMatch(/^工人0对接到岗位1（得分 8）。岗位0得分更高（10）/)
  expect(explainMatch(market, plan, 1, names).en).toBe('worker 1 goes to post 0 (score 9), the only suitable post.')
  expect(explainMatch(market, plan, 2, names).en).toMatch(/^worker 2 stays unmatched: post 0 \(score 3\) is full/)
  expect(explainMatch(market, plan, 3, names).zh).toBe('工人3没有合适的岗位。')
})
