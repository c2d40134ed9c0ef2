import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { estimateMatrix } from '../distances/greatCircle.ts'
import { checkRoutes } from './check.ts'
import { type CoachKind, type RoutingProblem, type RoutingRules, type TransportRequest, usableSeats } from './model.ts'
import { planRoutes } from './planRoutes.ts'

const hour = 3600
const terrain = { terrains: { hills: { detour: 1.4, metresPerSecond: 11 } }, defaultTerrain: 'hills' }
const at = (id: string, longitude: number, latitude: number) => ({ id, coordinates: { longitude, latitude } })
const villages = Array.from({ length: 12 }, (_, k) => at(`village ${k}`, 106.6 + (k % 4) * 0.05, 31.7 + Math.floor(k / 4) * 0.05))
const { matrix } = estimateMatrix(
  [at('depot', 106.75, 31.86), at('Chengdu', 104.07, 30.67), at('Chongqing', 106.55, 29.56), ...villages],
  [],
  terrain,
)

const rules: RoutingRules = {
  loadFactor: { numerator: 1, denominator: 2 },
  driving: { longestDriving: 4 * hour, restSeconds: 1200, dailyDrivingPerDriver: 8 * hour, changeSeconds: 600 },
  boardingSecondsPerPerson: 20,
  stopSeconds: 300,
  villageSplitCost: 0,
}
const coach: CoachKind = {
  id: 'coach',
  count: 20,
  approvedSeats: 50,
  reservedSeats: 9,
  depot: 'depot',
  ends: 'at-destination',
  shift: { from: 5 * hour, until: 29 * hour },
  fixedCost: 100_000,
  costPerMetre: 1,
  drivers: 2,
}
const request = (k: number, people: number, more: Partial<TransportRequest> = {}): TransportRequest => ({
  id: `r${k}`,
  from: `village ${k % villages.length}`,
  to: 'Chengdu',
  people,
  ...more,
})
const problem = (requests: TransportRequest[], more: Partial<RoutingProblem> = {}): RoutingProblem => ({
  matrix,
  requests,
  coaches: [coach],
  rules,
  ...more,
})
const planned = (input: RoutingProblem, iterations = 1500, more: Partial<Parameters<typeof planRoutes>[1]> = {}) => {
  const answer = planRoutes(input, { seed: 1, budget: { iterations }, ...more })
  if (!answer.ok) throw new Error(answer.refusal.en)
  expect(checkRoutes(input, answer.plan, more.previous)).toEqual([])
  expect(answer.bound).toBeLessThanOrEqual(answer.objective + 1e-6)
  return answer
}

describe('seats', () => {
  test('half of the approved seats, and never a reserved one', () => {
    expect(usableSeats(coach, rules)).toBe(25)
    expect(usableSeats({ ...coach, reservedSeats: 30 }, rules)).toBe(20)
    expect(usableSeats({ ...coach, approvedSeats: 51 }, rules)).toBe(25)
  })
})

describe('coach plans', () => {
  test('people of one village beyond a coach are split, and fill as few coaches as the bound', () => {
    const { plan } = planned(problem([request(0, 60), request(1, 15)]))
    expect(plan.coaches).toHaveLength(3)
    expect(plan.fewestCoaches).toBe(3)
  })

  test('two destinations are never mixed in one coach', () => {
    const { plan } = planned(
      problem([request(0, 5), request(1, 5, { to: 'Chongqing' }), request(2, 5), request(3, 5, { to: 'Chongqing' })]),
    )
    expect(plan.coaches.map(({ destination }) => destination).sort()).toEqual(['Chengdu', 'Chongqing'])
  })

  test('families travel together', () => {
    const { plan } = planned(problem([request(0, 40, { families: [9, 9, 9, 8] }), request(1, 10, { families: [10] })]))
    expect(
      plan.coaches.flatMap(({ calls }) => calls.filter((call) => call.request === 'r0').flatMap(({ families }) => families)).sort(),
    ).toEqual([0, 1, 2, 3])
  })

  test('a village shares coaches where splitting it costs', () => {
    const requests = Array.from({ length: 6 }, (_, k) => request(k, 8, { village: k % 2 === 0 ? 'even' : 'odd' }))
    const input = problem(requests, { rules: { ...rules, villageSplitCost: 500_000 } })
    const { plan } = planned(input, 3000)
    for (const village of ['even', 'odd']) {
      const carriers = plan.coaches.filter(({ calls }) =>
        calls.some((call) => requests.find(({ id }) => id === call.request)?.village === village),
      )
      expect(carriers).toHaveLength(1)
    }
  })

  test('needs decide the coach, and cheap coaches are preferred where either will do', () => {
    const lift = { ...coach, id: 'lift', offers: ['lift'], fixedCost: 900_000 }
    const { plan } = planned(problem([request(0, 3, { needs: ['lift'] }), request(1, 25)], { coaches: [lift, coach] }))
    expect(plan.coaches.find(({ kind }) => kind === 'lift')?.calls.map((call) => call.request)).toEqual(['r0'])
    expect(plan.coaches.find(({ kind }) => kind === 'coach')?.calls.map((call) => call.request)).toEqual(['r1'])
  })

  test('people may be left behind where carrying them costs more, dear ones last', () => {
    const { plan } = planned(problem([request(0, 2, { leavingCost: 10 }), request(1, 20, { leavingCost: 1e6 })]))
    expect(plan.leftBehind).toEqual([{ request: 'r0', people: 2 }])
  })

  test('long journeys have rests on the road', () => {
    const { plan } = planned(problem([request(0, 20)]))
    expect(plan.coaches[0]?.drivingSeconds).toBeGreaterThan(4 * hour)
    expect(plan.coaches[0]?.rests.length).toBeGreaterThan(0)
  })

  test('coaches that go home pay the way back', () => {
    const oneWay = planned(problem([request(0, 20)])).plan
    const home = planned(problem([request(0, 20)], { coaches: [{ ...coach, ends: 'at-depot', drivers: 3 }] })).plan
    const open = planned(problem([request(0, 20)], { coaches: [{ ...coach, ends: 'anywhere' }] })).plan
    expect(home.metres).toBeGreaterThan(1.8 * oneWay.metres)
    expect(open.metres).toBe(oneWay.metres)
  })

  test('all of it together passes the checker', () => {
    const people = fc.integer({ min: 1, max: 60 })
    const drawn = fc.record({
      people,
      to: fc.constantFrom('Chengdu', 'Chongqing'),
      family: fc.integer({ min: 0, max: 8 }),
      opens: fc.integer({ min: 5, max: 8 }),
      optional: fc.boolean(),
      windowed: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 10 }), fc.integer({ min: 0, max: 99 }), (list, seed) => {
        const requests = list.map((item, k) =>
          request(k, item.people, {
            to: item.to,
            families: item.family > 0 && item.family <= item.people ? [item.family] : [],
            village: `v${k % 3}`,
            ...(item.windowed ? { window: { from: item.opens * hour, until: (item.opens + 3) * hour } } : {}),
            ...(item.optional ? { leavingCost: 40_000 } : {}),
          }),
        )
        const coaches = [
          coach,
          {
            ...coach,
            id: 'minibus',
            approvedSeats: 20,
            reservedSeats: 4,
            fixedCost: 30_000,
            costPerMetre: 0.6,
            ends: 'at-depot' as const,
            drivers: 3,
          },
        ]
        const input = problem(requests, { coaches, rules: { ...rules, villageSplitCost: 10_000 } })
        const answer = planRoutes(input, { seed, budget: { iterations: 150 } })
        if (!answer.ok) throw new Error(answer.refusal.en)
        expect(checkRoutes(input, answer.plan)).toEqual([])
        expect(answer.bound).toBeLessThanOrEqual(answer.objective + 1e-6)
      }),
      { numRuns: 40 },
    )
  })

  test('a plan in force is changed as little as worth while', () => {
    const requests = Array.from({ length: 12 }, (_, k) => request(k, 6 + (k % 5)))
    const first = planned(problem(requests), 4000)
    const without = problem(requests.slice(1))
    const again = planned(without, 1500, { previous: first.plan, changeCost: 1e9, seed: 99 })
    expect(again.plan.changed).toEqual([])
    const later = problem([...requests, request(20, 9)])
    const grown = planned(later, 1500, { previous: first.plan, changeCost: 1e9, seed: 99 })
    expect(grown.plan.changed).toEqual(['r20'])
  })
})

describe('infeasible problems', () => {
  const reason = (input: RoutingProblem) => {
    const answer = planRoutes(input, { seed: 1, budget: { iterations: 300 } })
    if (answer.ok) throw new Error('a plan was found')
    return { code: answer.refusal.code, cause: answer.cause, en: answer.refusal.en, zh: answer.refusal.zh }
  }

  test('too few seats for one request', () => {
    const small = problem([request(1, 31, { id: '14', window: { from: 6 * hour, until: 9 * hour } })], {
      coaches: [{ ...coach, count: 1 }],
    })
    expect(reason(small)).toEqual({
      code: 'too-few-seats',
      cause: ['14'],
      en: 'request 14 needs 31 seats within the window, 25 can be had',
      zh: '需求 14：时间窗内需要 31 个座位，只能提供 25 个',
    })
  })

  test('too few seats for several names no more than it needs', () => {
    const input = problem([request(0, 20), request(1, 2), request(2, 20), request(3, 20)], { coaches: [{ ...coach, count: 2 }] })
    expect(reason(input)).toMatchObject({ code: 'too-few-seats', cause: ['r0', 'r2', 'r3'] })
  })

  test('coaches that only some may use are counted apart', () => {
    const lift = { ...coach, id: 'lift', count: 1, offers: ['lift'] }
    const input = problem([request(0, 20, { needs: ['lift'] }), request(1, 10, { needs: ['lift'] }), request(2, 3)], {
      coaches: [coach, lift],
    })
    expect(reason(input)).toMatchObject({ code: 'too-few-seats', cause: ['r1', 'r0'] })
  })

  test('a family larger than any coach, a need that nobody meets, a window out of reach, too long a drive', () => {
    expect(reason(problem([request(0, 30, { families: [26] })]))).toMatchObject({ code: 'family-too-large', cause: ['r0'] })
    expect(reason(problem([request(0, 3, { needs: ['wings'] })]))).toMatchObject({ code: 'no-suitable-coach' })
    expect(reason(problem([request(0, 3, { window: { from: 0, until: 5 * hour } })]))).toMatchObject({ code: 'out-of-reach' })
    expect(reason(problem([request(0, 3)], { rules: { ...rules, longestTour: 2 * hour } }))).toMatchObject({ code: 'out-of-reach' })
  })

  test('what only the search notices names the few that cannot go together', () => {
    const narrow = { from: 6 * hour, until: 6 * hour }
    const others = Array.from({ length: 5 }, (_, k) => request(k + 1, 2))
    const input = problem([...others, request(0, 5, { window: narrow }), request(11, 5, { window: narrow })], {
      coaches: [{ ...coach, count: 1 }],
    })
    expect(reason(input)).toMatchObject({ code: 'not-placed', cause: ['r0', 'r11'] })
  })

  test('senseless input is an error, not an answer', () => {
    expect(() => planRoutes(problem([request(0, 0)]), { seed: 1, budget: { iterations: 1 } })).toThrow(InputError)
    expect(() => planRoutes(problem([request(0, 3), request(0, 3)]), { seed: 1, budget: { iterations: 1 } })).toThrow(/used twice/)
    expect(() => planRoutes(problem([request(0, 3, { to: 'Atlantis' })]), { seed: 1, budget: { iterations: 1 } })).toThrow(/Atlantis/)
  })
})

describe('the checker of coach plans', () => {
  const input = problem([request(0, 20, { families: [4] }), request(1, 5, { window: { from: 6 * hour, until: 9 * hour } })])
  const { plan } = planned(input)
  const [first] = plan.coaches
  const codes = (coaches: typeof plan.coaches) => new Set(checkRoutes(input, { ...plan, coaches }).map(({ code }) => code))

  test('sees every kind of tampering', () => {
    if (first === undefined) throw new Error('a coach is needed')
    const call = first.calls[0]
    if (call === undefined) throw new Error('a call is needed')
    const withCall = (change: Partial<typeof call>) => [{ ...first, calls: [{ ...call, ...change }, ...first.calls.slice(1)] }]
    expect(codes([])).toContain('people')
    expect(codes(withCall({ people: call.people + 1 }))).toContain('people')
    expect(codes(withCall({ people: call.people + 9 }))).toContain('load')
    expect(codes(withCall({ begin: call.begin + 4 * hour }))).toContain('boarding')
    expect(codes(withCall({ arrive: call.arrive - 60 }))).toContain('leg-time')
    expect(codes([{ ...first, rests: [] }])).toContain('leg-time')
    expect(codes([{ ...first, metres: first.metres - 1 }])).toContain('sums')
    expect(codes([{ ...first, destination: 'Chongqing' }])).toContain('destination')
    expect(codes([first, first])).toContain('coach-twice')
    expect(
      codes([
        { ...first, number: 99 },
        { ...first, kind: 'airship' },
      ]),
    ).toContain('unknown-coach')
    expect(codes([{ ...first, depart: 0 }])).toContain('shift')
  })

  test('sees a rest that is too short and driving that is too long', () => {
    const strict = { ...input, rules: { ...rules, driving: { ...(rules.driving ?? fail()), longestDriving: hour, changeSeconds: 1200 } } }
    const found = new Set(checkRoutes(strict, plan).map(({ code }) => code))
    expect(found).toContain('continuous-driving')
    expect(found).toContain('short-rest')
  })
})

function fail(): never {
  throw new Error('rules of driving are set above')
}
