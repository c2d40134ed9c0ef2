/** When a coach should leave so that its rests and the length of its tour work out, and what the checker makes of rests and of names. */
import { describe, expect, test } from 'vitest'
import { checkRoutes } from './check.ts'
import type { RoutingPlan, RoutingProblem } from './model.ts'
import { planRoutes } from './planRoutes.ts'

function matrixOf(places: readonly string[], seconds: readonly (readonly number[])[]) {
  const cells = Int32Array.from(seconds.flat())
  return { places, distance: cells, duration: cells }
}
const driving = { longestDriving: 14_400, restSeconds: 1200, dailyDrivingPerDriver: 36_000, changeSeconds: 300 }
const rules = { loadFactor: { numerator: 1, denominator: 1 }, driving, boardingSecondsPerPerson: 10, stopSeconds: 60, villageSplitCost: 0 }
const coach = {
  id: 'c',
  count: 1,
  approvedSeats: 20,
  depot: 'D',
  ends: 'at-destination' as const,
  shift: { from: 0, until: 86_400 },
  fixedCost: 100,
  costPerMetre: 1,
  drivers: 1,
}

function planned(problem: RoutingProblem): RoutingPlan {
  const answer = planRoutes(problem, { seed: 1, budget: { iterations: 500 } })
  if (!answer.ok) throw new Error(answer.refusal.en)
  expect(checkRoutes(problem, answer.plan)).toEqual([])
  return answer.plan
}
const codesOf = (problem: RoutingProblem, plan: RoutingPlan) => checkRoutes(problem, plan).map(({ code }) => code)

describe('departures', () => {
  test('a coach leaves early enough to rest at the stop before people board', () => {
    const plan = planned({
      matrix: matrixOf(
        ['D', 'A', 'Z'],
        [
          [0, 14_100, 14_100],
          [14_100, 0, 3600],
          [14_100, 3600, 0],
        ],
      ),
      requests: [{ id: '1', from: 'A', to: 'Z', people: 5, window: { from: 36_000, until: 36_000 } }],
      coaches: [{ ...coach, shift: { from: 0, until: 36_000 + 110 + 3600 } }],
      rules,
    })
    expect(plan.coaches[0]).toMatchObject({ depart: 20_700, rests: [{ from: 34_800, until: 36_000 }] })
  })

  test('a coach leaves later than its first stop allows where that keeps the tour short', () => {
    for (const until of [39_500, 43_200]) {
      const plan = planned({
        matrix: matrixOf(
          ['D', 'A', 'B', 'Z'],
          [
            [0, 600, 600, 600],
            [600, 0, 600, 600],
            [600, 600, 0, 600],
            [600, 600, 600, 0],
          ],
        ),
        requests: [
          { id: '1', from: 'A', to: 'Z', people: 5, window: { from: 28_800, until } },
          { id: '2', from: 'B', to: 'Z', people: 5, window: { from: 39_600, until: 43_200 } },
        ],
        coaches: [coach],
        rules: { ...rules, longestTour: 7200 },
      })
      const [tour] = plan.coaches
      expect((tour?.arrive ?? Infinity) - (tour?.depart ?? 0)).toBeLessThanOrEqual(7200)
    }
  })

  test('where the way over another stop is faster than the direct one nothing is proven out of reach', () => {
    const plan = planned({
      matrix: matrixOf(
        ['D', 'A', 'B', 'Z'],
        [
          [0, 600, 40_000, 900],
          [600, 0, 600, 900],
          [40_000, 600, 0, 900],
          [900, 900, 900, 0],
        ],
      ),
      requests: [
        { id: '1', from: 'A', to: 'Z', people: 5 },
        { id: '2', from: 'B', to: 'Z', people: 5, window: { from: 0, until: 7200 } },
      ],
      coaches: [coach],
      rules,
    })
    expect(plan.coaches[0]?.calls.map(({ request }) => request)).toEqual(['1', '2'])
  })
})

describe('the checker of coach plans', () => {
  const far: RoutingProblem = {
    matrix: matrixOf(
      ['D', 'A', 'Z'],
      [
        [0, 14_400, 14_400],
        [14_400, 0, 14_400],
        [14_400, 14_400, 0],
      ],
    ),
    requests: [{ id: '1', from: 'A', to: 'Z', people: 5 }],
    coaches: [coach],
    rules,
  }
  const plan = planned(far)
  const [tour] = plan.coaches
  const [call] = tour?.calls ?? []
  if (tour === undefined || call === undefined) throw new Error('a tour is needed')
  const withTour = (change: Partial<typeof tour>) => ({ ...plan, coaches: [{ ...tour, ...change }] })

  test('takes no rest while the coach is driven or people board', () => {
    const leave = call.begin + 110
    const rushed = { calls: [{ ...call, leave }], arrive: leave + 14_400 }
    expect(codesOf(far, withTour({ ...rushed, rests: [{ from: leave - 1, until: leave + 1199 }] }))).toContain('rest-place')
    expect(codesOf(far, withTour({ ...rushed, rests: [{ from: call.arrive - 5, until: leave + 1199 }] }))).toContain('rest-place')
    const [rest] = tour.rests
    if (rest === undefined) throw new Error('a rest is needed')
    expect(codesOf(far, withTour({ rests: [rest, rest] }))).toContain('rest-twice')
  })

  test('sees coaches that are not there, and people, seats and changes that are not so', () => {
    expect(codesOf(far, withTour({ number: 99 }))).toContain('coach-number')
    expect(codesOf(far, withTour({ people: 1 }))).toContain('seats-stated')
    expect(codesOf(far, withTour({ usableSeats: 3 }))).toContain('seats-stated')
    expect(codesOf(far, { ...plan, changed: ['1'] })).toContain('changed')
    expect(checkRoutes(far, plan, { ...plan, coaches: [] }).map(({ code }) => code)).toContain('changed')
    expect(checkRoutes(far, { ...plan, changed: ['1'] }, { ...plan, coaches: [] })).toEqual([])
  })

  test('sees people left behind who are nobody, fewer than nobody, or half of a family', () => {
    expect(codesOf(far, { ...plan, leftBehind: [{ request: 'nobody', people: 7 }] })).toContain('unknown-request')
    const more = { ...withTour({ calls: [{ ...call, people: 6 }], people: 6 }), leftBehind: [{ request: '1', people: -1 }] }
    expect(codesOf(far, more)).toContain('left-behind')
    const kin: RoutingProblem = {
      ...far,
      coaches: [{ ...coach, approvedSeats: 5 }],
      requests: [{ id: '1', from: 'A', to: 'Z', people: 8, families: [4, 4], leavingCost: 100_000 }],
    }
    const split = planned(kin)
    const [one] = split.coaches
    if (one === undefined) throw new Error('a tour is needed')
    expect(split.leftBehind).toEqual([{ request: '1', people: 4 }])
    const torn = { ...split, coaches: [{ ...one, calls: one.calls.map((stop) => ({ ...stop, families: [] })) }] }
    expect(codesOf(kin, torn)).toEqual(['family-torn'])
  })
})
