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
    expect(checkRounds(problem, answer.plan, before.plan)).toEqual([])
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

describe('where the direct way is not the fastest', () => {
  const roads = fc.record({
    metres: fc.array(fc.nat(4000), { minLength: 36, maxLength: 36 }),
    seconds: fc.array(fc.nat(3000), { minLength: 36, maxLength: 36 }),
    visits: fc.array(
      fc.record({ at: fc.nat(5), serviceSeconds: fc.nat(1500), from: fc.nat(8000), length: fc.nat(3000), leavingCost: fc.nat(5000) }),
      { minLength: 2, maxLength: 6 },
    ),
    until: fc.integer({ min: 4000, max: 12_000 }),
  })

  test('plans keep their windows, and the objective is the sum of what is stated', () => {
    fc.assert(
      fc.property(roads, fc.nat(99), ({ metres: cells, seconds, visits, until }, seed) => {
        const table = (values: readonly number[]) => Int32Array.from(values, (value, k) => (k % 7 === 0 ? 0 : value))
        const problem: VisitsProblem = {
          matrix: { places: ['a', 'b', 'c', 'd', 'e', 'f'], distance: table(cells), duration: table(seconds) },
          visits: visits.map(({ at, from, length, ...rest }, k) => ({
            ...rest,
            id: `v${k}`,
            place: 'abcdef'[at] ?? 'a',
            window: { from, until: from + length },
          })),
          workers: [
            { id: 'w0', start: 'a', shift: { from: 0, until }, costPerMetre: 1.3 },
            { id: 'w1', start: 'b', end: 'c', shift: { from: 1000, until } },
          ],
        }
        const answer = planVisits(problem, { seed, budget: { iterations: 400 } })
        if (!answer.ok) throw new Error(answer.refusal.en)
        expect(checkRounds(problem, answer.plan)).toEqual([])
        const rate = new Map(problem.workers.map(({ id, costPerMetre }) => [id, costPerMetre ?? 1]))
        const off = problem.visits.filter(({ id }) => answer.plan.putOff.includes(id))
        const sum =
          answer.plan.rounds.reduce((total, round) => total + round.metres * (rate.get(round.worker) ?? 1), 0) +
          off.reduce((total, { leavingCost }) => total + (leavingCost ?? 0), 0)
        expect(answer.objective).toBe(sum)
      }),
      { numRuns: 400, seed: 338 },
    )
  })

  test('a household that only the way over another reaches in time is no proof that nobody can come', () => {
    const distance = Int32Array.from([0, 10_000, 200_000, 10_000, 0, 10_000, 200_000, 10_000, 0])
    const problem: VisitsProblem = {
      matrix: { places: ['S', 'B', 'C'], distance, duration: distance.map((value) => value / 10) },
      visits: [
        { id: 'b', place: 'B', serviceSeconds: 600 },
        { id: 'c', place: 'C', serviceSeconds: 600 },
      ],
      workers: [{ id: 'w', start: 'S', shift: { from: 0, until: 14_400 } }],
    }
    expect(planned(problem).plan.rounds[0]?.visits.map(({ visit: id }) => id)).toEqual(['b', 'c'])
    const alone = planVisits({ ...problem, visits: problem.visits.slice(1) }, { seed: 1, budget: { iterations: 100 } })
    expect(alone).toMatchObject({ ok: false, refusal: { code: 'visit-not-placed' } })
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
    expect(checkRounds(problem, { ...plan, putOff: ['ghost'] })).toEqual(['ghost: put off, but unknown or twice'])
    expect(checkRounds(problem, { ...plan, moved: ['h1'] })).toEqual(['h1: said to have moved, but did not'])
    const before = { ...plan, rounds: [{ ...round, worker: 'w1' }] }
    const both = { ...problem, workers: [...problem.workers, worker(1)] }
    expect(checkRounds(both, plan, before)).toHaveLength(6)
    expect(checkRounds(both, { ...plan, moved: problem.visits.map(({ id }) => id) }, before)).toEqual([])
    expect(checkRounds(problem, { ...plan, rounds: [{ ...round, metres: 0 }] })).toEqual([`w0: ${round.metres} metres, not 0`])
    expect(checkRounds(problem, { ...plan, rounds: [{ ...round, visits: [...round.visits].reverse() }] }).length).toBeGreaterThan(0)
  })
})
