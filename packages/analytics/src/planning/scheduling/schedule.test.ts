import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchedule, criticalPath, type SchedulingProblem, schedule } from './index.ts'
import { randomProblem, tightProblem } from './testing/instances.ts'
import { bruteForce } from './testing/oracle.ts'

const found = (problem: SchedulingProblem, iterations: number, seed = 1) => {
  const planned = schedule(problem, { iterations, seed })
  if (!planned.ok) throw new Error(planned.refusal.en)
  return planned
}

const featuresOf = (seed: number) => ({
  calendars: (seed & 1) > 0,
  materials: (seed & 2) > 0,
  steps: (seed & 4) > 0,
  due: (seed & 8) > 0,
  releases: (seed & 16) > 0,
  fixed: (seed & 32) > 0,
})

describe('schedules', () => {
  test('are the best there are on problems small enough to try everything', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const problem = randomProblem(seed, 5, featuresOf(seed), 3)
      const best = bruteForce(problem, 26)
      if (best === null) throw new Error(`no schedule within 26 slots for seed ${seed}`)
      const { plan } = found(problem, 300, seed)
      expect({ seed, end: plan.end, tardiness: plan.tardiness }).toEqual({ seed, ...best })
      expect(plan.tardinessBound).toBeLessThanOrEqual(best.tardiness)
      if (best.tardiness === 0 && !problem.activities.some((a) => a.due !== undefined)) expect(plan.endBound).toBeLessThanOrEqual(best.end)
    }
  })

  test('with maximal lags keep every rule, and are refused only where nothing fits', () => {
    let kept = 0
    for (let seed = 1; seed <= 60; seed++) {
      const problem = randomProblem(seed, 5, { ...featuresOf(seed >> 1), maximalLags: true }, 3)
      const planned = schedule(problem, { iterations: 300, seed })
      const best = bruteForce(problem, 22)
      if (planned.ok) {
        kept++
        expect(checkSchedule(problem, planned.plan)).toEqual([])
        if (best && best.tardiness === 0) expect(planned.plan.endBound).toBeLessThanOrEqual(best.end)
      } else expect({ seed, best }).toEqual({ seed, best: null })
    }
    expect(kept).toBeGreaterThan(40)
  })

  test('with tight maximal lags are found wherever there are any', () => {
    let feasible = 0
    for (let seed = 1; seed <= 60; seed++) {
      const problem = tightProblem(seed, 5)
      const best = bruteForce(problem, 15)
      const planned = schedule(problem, { iterations: 300, seed })
      if (best) feasible++
      expect({ seed, end: planned.ok ? planned.plan.end : 'none' }).toEqual({ seed, end: best?.end ?? 'none' })
      if (planned.ok) expect(checkSchedule(problem, planned.plan)).toEqual([])
      else expect(planned.refusal.code).not.toBe('not-found')
    }
    expect(feasible).toBeGreaterThan(5)
  })

  test('with tight maximal lags and thirty activities are found or proven impossible', () => {
    const settled = Array.from({ length: 8 }, (_, k) => schedule(tightProblem(k + 1, 30), { iterations: 4000, seed: 1 })).filter(
      (planned) => planned.ok || planned.refusal.code !== 'not-found',
    )
    expect(settled).toHaveLength(8)
  })

  test('keep every rule, whatever the problem holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 2, max: 60 }), (seed, size) => {
        const problem = randomProblem(seed, size, featuresOf(seed))
        const planned = found(problem, 20, seed)
        expect(checkSchedule(problem, planned.plan)).toEqual([])
        expect(planned.bound).toBeLessThanOrEqual(planned.objective)
      }),
      { numRuns: 60 },
    )
  })

  test('repeat themselves from their seed', () => {
    const problem = randomProblem(11, 40)
    const rows = (seed: number) => found(problem, 200, seed).plan
    expect(rows(5)).toEqual(rows(5))
  })

  test('say how much was searched and stay within it', () => {
    const planned = found(randomProblem(4, 30, { due: true }), 100)
    expect(planned.iterations).toBeLessThanOrEqual(100)
  })

  test('get no worse from a plan to start with', () => {
    const problem = randomProblem(21, 40, { due: true, calendars: true })
    const first = found(problem, 150)
    const again = schedule(problem, { iterations: 10, seed: 9, from: first.plan })
    if (!again.ok) throw new Error(again.refusal.en)
    expect(again.objective).toBeLessThanOrEqual(first.objective)
  })

  test('keep every rule even when the plan to start with does not', () => {
    const problem = randomProblem(22, 30, { calendars: true, materials: true, due: true })
    const first = found(problem, 20)
    const longer = { ...problem, activities: problem.activities.map((a, j) => (j % 4 === 0 ? { ...a, duration: a.duration + 3 } : a)) }
    const again = schedule(longer, { iterations: 4, from: first.plan })
    if (!again.ok) throw new Error(again.refusal.en)
    expect(checkSchedule(longer, again.plan)).toEqual([])
  })

  test('tell each improvement once, always better', () => {
    const told: number[] = []
    const problem = randomProblem(8, 60)
    schedule(problem, { iterations: 400, onImprovement: ({ end }) => void told.push(end) })
    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual([...told].sort((a, b) => b - a))
  })

  test('keep started work where it is and count what remains from now', () => {
    const problem: SchedulingProblem = {
      now: 5,
      activities: [
        { id: 'begun', duration: 9, started: { at: 2, remaining: 4 }, needs: [{ resource: 'crew', amount: 1 }] },
        { id: 'next', duration: 2, needs: [{ resource: 'crew', amount: 1 }] },
      ],
      resources: [{ id: 'crew', capacity: 1 }],
    }
    const { plan } = found(problem, 20)
    expect(plan.activities.map(({ start, finish }) => [start, finish])).toEqual([
      [2, 9],
      [9, 11],
    ])
    expect(checkSchedule(problem, plan)).toEqual([])
  })

  test('go on from a later day with what has begun as a fact', () => {
    for (let seed = 1; seed <= 25; seed++) {
      const problem = randomProblem(seed, 25, { steps: seed % 2 === 0, due: seed % 3 === 0, releases: seed % 5 === 0 })
      const { plan } = found(problem, 10, seed)
      const now = Math.floor(plan.end / 3)
      const row = new Map(plan.activities.map((r) => [r.id, r]))
      const later: SchedulingProblem = {
        ...problem,
        now,
        activities: problem.activities.map((a) => {
          const { start, finish } = row.get(a.id) ?? { start: now, finish: now }
          return start >= now ? a : { ...a, started: { at: start, remaining: Math.max(0, finish - now) } }
        }),
      }
      const again = found(later, 10, seed).plan
      expect(checkSchedule(later, again)).toEqual([])
      for (const a of again.activities) if ((row.get(a.id)?.start ?? now) < now) expect(a.start).toBe(row.get(a.id)?.start)
    }
  })

  test('put urgent projects first when crews are shared', () => {
    const project = (id: string, priority: number) => ({
      project: { id, due: 3, priority },
      activity: { id: `${id}-work`, project: id, duration: 3, needs: [{ resource: 'crew', amount: 1 }] },
    })
    const slow = project('slow', 1)
    const urgent = project('urgent', 5)
    const { plan } = found(
      { activities: [slow.activity, urgent.activity], projects: [slow.project, urgent.project], resources: [{ id: 'crew', capacity: 1 }] },
      30,
    )
    expect(plan.projects).toEqual([
      { id: 'slow', end: 6 },
      { id: 'urgent', end: 3 },
    ])
    expect(plan.tardiness).toBe(3)
  })
})

describe('the critical path', () => {
  test('has floats as in the textbook network', () => {
    const work = (id: string, duration: number) => ({ id, duration })
    const path = criticalPath({
      activities: [work('a', 3), work('b', 2), work('c', 4), work('d', 1)],
      lags: [
        { from: 'a', to: 'c' },
        { from: 'b', to: 'd' },
        { from: 'c', to: 'd' },
      ],
    })
    if (!path.ok) throw new Error(path.refusal.en)
    expect(path.end).toBe(8)
    expect(path.rows.map((row) => [row.id, row.earliestStart, row.latestStart, row.totalFloat, row.freeFloat, row.critical])).toEqual([
      ['a', 0, 0, 0, 0, true],
      ['b', 0, 5, 5, 5, false],
      ['c', 3, 3, 0, 0, true],
      ['d', 7, 7, 0, 0, true],
    ])
  })

  test('pauses in the breaks of a calendar', () => {
    const path = criticalPath({
      activities: [{ id: 'a', duration: 6, calendar: 'week' }],
      calendars: [{ id: 'week', cycle: { length: 7, working: [[0, 5]] } }],
    })
    expect(path.ok && path.rows[0]?.earliestFinish).toBe(8)
  })

  test('is a bound for every schedule', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const problem = randomProblem(seed, 25, featuresOf(seed))
        const path = criticalPath(problem)
        const { plan } = found(problem, 6, seed)
        expect(path.ok && path.end <= plan.endBound && plan.endBound <= plan.end).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

describe('floats of a plan', () => {
  test('allow exactly the slip they state', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const problem = randomProblem(seed, 20, featuresOf(seed & 7))
      const { plan } = found(problem, 30, seed)
      for (const row of plan.activities.filter((r) => r.freeFloat > 0)) {
        const path = criticalPath({
          ...problem,
          lags: [],
          activities: problem.activities.map((a) => (a.id === row.id ? { ...a, release: row.start + row.freeFloat } : a)),
        })
        if (!path.ok) throw new Error(path.refusal.en)
        const slipped = path.rows.find((r) => r.id === row.id)
        const activities = plan.activities.map((a) =>
          a.id === row.id
            ? { id: a.id, start: slipped?.earliestStart ?? -1, finish: slipped?.earliestFinish ?? -1 }
            : { id: a.id, start: a.start, finish: a.finish },
        )
        expect(checkSchedule(problem, { ...plan, activities }).filter((v) => v.code !== 'figures')).toEqual([])
      }
      expect(plan.activities.some((row) => row.critical)).toBe(true)
    }
  })
})
