/** Every engine refuses figures that nothing can be computed with, at its door and in both languages. */
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { allocateSupplies } from '../allocation/index.ts'
import { planTransportation, type TransportationProblem } from '../flows/index.ts'
import { bestOptions, marketOf, planMatching, planQuotas } from '../matching/index.ts'
import { planRoutes, type RoutingOptions, type RoutingProblem } from '../routing/index.ts'
import { planVisits, replanVisits, type VisitsProblem } from '../visits/index.ts'

const legs = Int32Array.from([0, 600, 600, 0])
const matrix = { places: ['D', 'A'], distance: legs, duration: legs }
const budget = { iterations: 20 }
const [request] = [{ id: '1', from: 'A', people: 3 }]
const coach = {
  id: 'c',
  count: 1,
  approvedSeats: 9,
  depot: 'D',
  ends: 'anywhere' as const,
  shift: { from: 0, until: 86_400 },
  fixedCost: 0,
  costPerMetre: 1,
  drivers: 1,
}
const driving = { longestDriving: 14_400, restSeconds: 1200, dailyDrivingPerDriver: 36_000, changeSeconds: 300 }
const rules = { loadFactor: { numerator: 1, denominator: 1 }, driving, boardingSecondsPerPerson: 1, stopSeconds: 1, villageSplitCost: 0 }
const routing: RoutingProblem = { matrix, requests: [request], coaches: [coach], rules }

/** The refusal of what was asked; it always speaks both languages. */
function refused(ask: () => unknown): string {
  try {
    ask()
  } catch (problem) {
    if (!(problem instanceof InputError)) throw problem
    expect(problem.zh).toMatch(/[\u4e00-\u9fff]/)
    return problem.en
  }
  throw new Error('nothing was refused')
}

describe('figures that nothing can be planned with', () => {
  const routes = (change: Partial<RoutingProblem>, more: Partial<RoutingOptions> = {}) =>
    refused(() => planRoutes({ ...routing, ...change }, { seed: 1, budget, ...more }))
  const law = (change: Partial<typeof driving>) => routes({ rules: { ...rules, driving: { ...driving, ...change } } })
  const fleet = (change: Partial<typeof coach>) => routes({ coaches: [{ ...coach, ...change }] })

  test('coaches: rules of driving', () => {
    for (const longestDriving of [0, -1, 1e-9, Number.NaN, Infinity])
      expect(law({ longestDriving })).toMatch(/longest driving.*at least 60/)
    expect(law({ restSeconds: -1 })).toMatch(/rest in seconds/)
    expect(law({ dailyDrivingPerDriver: 1e9 })).toMatch(/at most 86400, got 1000000000/)
    expect(law({ changeSeconds: 0.5 })).toMatch(/whole number/)
  })

  test('coaches: costs, seats, people, times, rates', () => {
    for (const cost of [-5000, Number.NaN, Infinity]) {
      expect(fleet({ fixedCost: cost })).toMatch(/coach kind c: the fixed cost must be a number at least 0/)
      expect(fleet({ costPerMetre: cost })).toMatch(/the cost of a metre/)
      expect(routes({ requests: [{ ...request, leavingCost: cost }] })).toMatch(/request 1: the cost of leaving one person behind/)
      expect(routes({ rules: { ...rules, villageSplitCost: cost } })).toMatch(/splitting a village/)
      expect(routes({}, { changeCost: cost })).toMatch(/cost of a change/)
    }
    expect(routes({ coaches: [{ ...coach, reservedSeats: -10 }] })).toMatch(/reserved seats/)
    expect(routes({ coaches: [{ ...coach, reservedSeats: 10 }] })).toMatch(/reserved seats must be a whole number at least 0 and at most 9/)
    expect(fleet({ drivers: 0 })).toMatch(/drivers/)
    expect(fleet({ shift: { from: 0.5, until: 8000 } })).toMatch(/whole number/)
    expect(routes({ requests: [{ ...request, people: 2.5 }] })).toMatch(/people must be a whole number/)
    expect(routes({ requests: [{ ...request, window: { from: 0, until: Number.NaN } }] })).toMatch(/the end of the window/)
    for (const numerator of [-0.5, 2, Number.NaN])
      expect(routes({ rules: { ...rules, loadFactor: { numerator, denominator: 1 } } })).toMatch(/the numerator of the load factor/)
    expect(routes({ rules: { ...rules, boardingSecondsPerPerson: Number.NaN } })).toMatch(/boarding seconds/)
    expect(routes({ rules: { ...rules, longestTour: 0 } })).toMatch(/longest tour/)
    expect(routes({ requests: [{ ...request, people: 1000, leavingCost: 1e9 }] })).toMatch(/larger unit of cost/)
  })

  test('a window without an end is one', () => {
    for (const until of [Infinity, Number.MAX_SAFE_INTEGER]) {
      const answer = planRoutes({ ...routing, requests: [{ ...request, window: { from: 3600, until } }] }, { seed: 1, budget })
      expect(answer.ok && answer.plan.coaches[0]?.calls[0]?.begin).toBe(3600)
      const visit = { id: 'v', place: 'A', serviceSeconds: 60, window: { from: 3600, until } }
      const rounds = planVisits({ matrix, visits: [visit], workers: [{ id: 'w', start: 'D', shift: coach.shift }] }, { seed: 1, budget })
      expect(rounds.ok && rounds.plan.rounds[0]?.visits[0]?.begin).toBe(3600)
    }
  })

  test('visits', () => {
    const visit = { id: 'v', place: 'A', serviceSeconds: 60 }
    const worker = { id: 'w', start: 'D', shift: coach.shift }
    const ask = (v: Partial<VisitsProblem['visits'][number]>, w: Partial<VisitsProblem['workers'][number]> = {}) =>
      refused(() => planVisits({ matrix, visits: [{ ...visit, ...v }], workers: [{ ...worker, ...w }] }, { seed: 1, budget }))
    for (const bad of [-5, Number.NaN, Infinity]) {
      expect(ask({ leavingCost: bad })).toMatch(/visit v: the cost of putting it off/)
      expect(ask({ serviceSeconds: bad })).toMatch(/its seconds/)
      expect(ask({}, { secondsPerMetre: bad })).toMatch(/worker w: the seconds a metre/)
      expect(ask({}, { costPerMetre: bad })).toMatch(/the cost of a metre/)
      const problem = { matrix, visits: [visit], workers: [worker] }
      const none = { rounds: [], putOff: [], moved: [] }
      expect(refused(() => replanVisits(problem, none, { seed: 1, budget, changeCost: bad }))).toMatch(/cost of a change/)
    }
    expect(ask({ window: { from: Number.NaN, until: 5 } })).toMatch(/the beginning/)
  })

  test('matching', () => {
    const market = marketOf([1], [[{ post: 0, score: 5 }]])
    const name = { zh: '甲', en: 'A' }
    for (const bad of [-1, 0.5, Number.NaN]) {
      expect(refused(() => planQuotas(market, [0], [{ class: 0, minimum: bad, name }]))).toMatch(/quota "A": the minimum/)
      expect(refused(() => planQuotas(market, [0], [{ class: 0, maximum: bad, name }]))).toMatch(/the maximum/)
    }
    for (const precision of [0, -1, 2, Number.NaN]) expect(refused(() => planMatching(market, { precision }))).toMatch(/precision/)
    const one = Float64Array.of(0)
    const seekers = { x: one, y: one, firstSkill: Int32Array.of(0, 0), skill: new Int32Array(0), reservationWage: one }
    const openings = { x: one, y: one, capacity: Int32Array.of(1), requiredSkill: Int32Array.of(-1), wage: one }
    const weights = { base: 5, perWageUnit: 1, perKilometre: 1, kilometreLimit: 9 }
    expect(refused(() => bestOptions(seekers, openings, { ...weights, base: Number.NaN }, 5))).toMatch(/points/)
    expect(refused(() => bestOptions(seekers, openings, weights, 1.5))).toMatch(/options a worker/)
    expect(refused(() => bestOptions(seekers, { ...openings, wage: Float64Array.of(Number.NaN) }, weights, 5))).toMatch(/wage of post 0/)
    expect(refused(() => bestOptions(seekers, { ...openings, wage: Float64Array.of(9e8) }, { ...weights, perWageUnit: 9 }, 5))).toMatch(
      /score of worker 0/,
    )
  })

  test('flows and supplies', () => {
    const end = (id: string) => ({ id, name: { zh: id, en: id }, amount: 1 })
    const lane = { origin: 0, destination: 0, cost: 1 }
    const flows: TransportationProblem = {
      origins: [end('A')],
      destinations: [end('B')],
      lanes: [lane],
      unit: { zh: '车', en: 'truck' },
      costUnit: { zh: '元', en: 'yuan' },
    }
    expect(refused(() => planTransportation({ ...flows, lanes: [{ ...lane, cost: Number.NaN }] }))).toMatch(/lane 1: its cost/)
    expect(refused(() => planTransportation({ ...flows, lanes: [{ ...lane, capacity: -1 }] }))).toMatch(/lane 1: its capacity/)
    expect(refused(() => planTransportation({ ...flows, shortageCost: -1 }))).toMatch(/shortage: its cost/)
    const none = { periods: 1, items: [], sources: [], places: [], lots: [], lanes: [], demands: [], transport: [], holding: 0 }
    const solver = () => {
      throw new Error('nothing is to be solved')
    }
    for (const memoryLimit of [Number.NaN, 0, -1, Infinity])
      expect(refused(() => allocateSupplies(none, solver, { memoryLimit }))).toMatch(/memory limit/)
  })

  test('distances beyond all roads', () => {
    const far = { ...matrix, distance: Int32Array.from([0, 2 ** 31 - 1, 600, 0]) }
    expect(routes({ matrix: far })).toMatch(/Distances and durations must lie between/)
  })
})
