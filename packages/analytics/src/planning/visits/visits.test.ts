import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InputError } from '../../outcome.ts'
import { checkRounds } from './check.ts'
import type { HouseholdVisit, VisitsProblem, VisitWorker } from './model.ts'
import { planVisits, replanVisits } from './planVisits.ts'

const hour = 3600
const side = 8
const places = Array.from({ length: side * side }, (_, k) => `p${k}`)
const metres = (i: number, j: number) => 300 * (Math.abs((i % side) - (j % side)) + Math.abs(Math.floor(i / side) - Math.floor(j / side)))
const distance = Int32Array.from({ length: places.length ** 2 }, (_, k) => metres(Math.floor(k / places.length), k % places.length))
const matrix = { places, distance, duration: distance.map((value) => Math.round(value / 8)) }
const shift = { from: 8 * hour, until: 12 * hour }
const worker = (k: number, more: Partial<VisitWorker> = {}): VisitWorker => ({ id: `w${k}`, start: 'p0', end: 'p0', shift, ...more })
const visit = (k: number, more: Partial<HouseholdVisit> = {}): HouseholdVisit => ({
  id: `h${k}`,
  place: `p${(k * 7) % places.length}`,
  serviceSeconds: 900,
  ...more,
})
const range = <T>(count: number, make: (k: number) => T) => Array.from({ length: count }, (_, k) => make(k))

function planned(problem: VisitsProblem, iterations = 800) {
  const answer = planVisits(problem, { seed: 1, budget: { iterations } })
  if (!answer.ok) throw new Error(answer.refusal.en)
  expect(checkRounds(problem, answer.plan)).toEqual([])
  expect(answer.bound).toBeLessThanOrEqual(answer.objective + 1e-6)
  return answer
}

describe('rounds of visits', () => {
  test('pass the checker whatever the mix of windows, skills, paces and priorities', () => {
    const drawn = fc.record({
      opens: fc.integer({ min: 8, max: 11 }),
      windowed: fc.boolean(),
      nurse: fc.boolean(),
      leavingCost: fc.integer({ min: 0, max: 5000 }),
    })
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 1, maxLength: 30 }), fc.integer({ min: 0, max: 99 }), (list, seed) => {
        const visits = list.map((item, k) =>
          visit(k, {
            leavingCost: item.leavingCost,
            ...(item.windowed ? { window: { from: item.opens * hour, until: (item.opens + 1) * hour } } : {}),
            ...(item.nurse ? { needs: ['nurse'] } : {}),
          }),
        )
        const workers = [worker(0, { skills: ['nurse'], secondsPerMetre: 0.8, costPerMetre: 2 }), { id: 'w1', start: 'p63', shift }]
        const problem = { matrix, visits, workers }
        const answer = planVisits(problem, { seed, budget: { iterations: 150 } })
        if (!answer.ok) throw new Error(answer.refusal.en)
        expect(checkRounds(problem, answer.plan)).toEqual([])
        expect(answer.bound).toBeLessThanOrEqual(answer.objective + 1e-6)
      }),
      { numRuns: 40 },
    )
  })

  test('when hours run short the visits of low priority are put off', () => {
    const visits = range(50, (k) => visit(k, { leavingCost: k < 12 ? 1000 : 100_000 }))
    const { plan } = planned({ matrix, visits, workers: range(3, (k) => worker(k)) }, 2000)
    expect(plan.putOff.length).toBeGreaterThan(0)
    expect(plan.putOff.every((id) => Number(id.slice(1)) < 12)).toBe(true)
  })

  test('when a worker falls out the others keep their visits', () => {
    const visits = range(30, (k) => visit(k, { leavingCost: 50_000 }))
    const workers = range(4, (k) => worker(k))
    const before = planned({ matrix, visits, workers })
    const problem = { matrix, visits, workers: workers.slice(1) }
    const answer = replanVisits(problem, before.plan, { seed: 2, budget: { iterations: 300 }, changeCost: 100_000 })
    if (!answer.ok) throw new Error(answer.refusal.en)
    expect(checkRounds(problem, answer.plan)).toEqual([])
    expect(answer.plan.moved).toEqual([])
    const kept = new Map(answer.plan.rounds.flatMap((round) => round.visits.map((step) => [step.visit, round.worker] as const)))
    for (const round of before.plan.rounds)
      for (const step of round.visits) if (round.worker !== 'w0' && kept.has(step.visit)) expect(kept.get(step.visit)).toBe(round.worker)
    expect(kept.size).toBeGreaterThan(before.plan.rounds.filter((round) => round.worker !== 'w0').flatMap((round) => round.visits).length)
  })

  test('the same seed gives the same rounds', () => {
    const problem = { matrix, visits: range(30, (k) => visit(k, { leavingCost: 2000 })), workers: range(3, (k) => worker(k)) }
    const run = (seed: number) => planVisits(problem, { seed, budget: { iterations: 300 } })
    expect(run(4)).toEqual(run(4))
  })
})

describe('impossible days', () => {
  const reason = (problem: VisitsProblem) => {
    const answer = planVisits(problem, { seed: 1, budget: { iterations: 200 } })
    if (answer.ok) throw new Error('rounds were found')
    return { code: answer.refusal.code, cause: answer.cause }
  }

  test('say which visit cannot be made and why', () => {
    expect(reason({ matrix, visits: [visit(1, { needs: ['nurse'] })], workers: [worker(0)] })).toEqual({
      code: 'no-skilled-worker',
      cause: ['h1'],
    })
    expect(reason({ matrix, visits: [visit(1, { window: { from: 0, until: hour } })], workers: [worker(0)] })).toEqual({
      code: 'out-of-reach',
      cause: ['h1'],
    })
    expect(reason({ matrix, visits: range(17, (k) => visit(k)), workers: [worker(0)] })).toMatchObject({ code: 'too-few-hours' })
    expect(reason({ matrix, visits: range(15, (k) => visit(k)), workers: [worker(0)] })).toMatchObject({ code: 'visit-not-placed' })
  })

  test('senseless input is an error', () => {
    expect(() =>
      planVisits({ matrix, visits: [visit(1), visit(1)], workers: [worker(0)] }, { seed: 1, budget: { iterations: 1 } }),
    ).toThrow(InputError)
    expect(() =>
      planVisits({ matrix, visits: [visit(1, { place: 'nowhere' })], workers: [] }, { seed: 1, budget: { iterations: 1 } }),
    ).toThrow(/nowhere/)
  })
})

describe('the checker of rounds', () => {
  test('sees tampering', () => {
    const problem = { matrix, visits: range(6, (k) => visit(k)), workers: [worker(0)] }
    const { plan } = planned(problem)
    const [round] = plan.rounds
    if (round === undefined) throw new Error('a round is needed')
    expect(checkRounds(problem, { ...plan, rounds: [] })).toHaveLength(6)
    expect(checkRounds(problem, { ...plan, putOff: ['h0'] })).toEqual(['h0: made 1 times and put off', 'h0: must be made'])
    expect(checkRounds(problem, { ...plan, rounds: [{ ...round, metres: 0 }] })).toEqual([`w0: ${round.metres} metres, not 0`])
    expect(checkRounds(problem, { ...plan, rounds: [{ ...round, visits: [...round.visits].reverse() }] }).length).toBeGreaterThan(0)
  })
})
