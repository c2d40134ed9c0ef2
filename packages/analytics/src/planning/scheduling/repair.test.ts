import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchedule, compareSchedules, repair, type Schedule, type SchedulingProblem, schedule } from './index.ts'
import { randomProblem, tightProblem } from './testing/instances.ts'

const planOf = (problem: SchedulingProblem, seed: number): Schedule => {
  const planned = schedule(problem, { iterations: 20, seed })
  if (!planned.ok) throw new Error(planned.refusal.en)
  return planned.plan
}

const lengthen = (problem: SchedulingProblem, k: number, by: number): SchedulingProblem => ({
  ...problem,
  activities: problem.activities.map((a, j) => (j === k ? { ...a, duration: a.duration + by } : a)),
})

const features = (seed: number) => ({
  calendars: (seed & 1) > 0,
  materials: (seed & 2) > 0,
  steps: (seed & 4) > 0,
  maximalLags: (seed & 24) === 24,
  releases: (seed & 32) > 0,
})

describe('a repair', () => {
  test('keeps every rule and moves nobody who could have stayed', () => {
    let movedInAll = 0
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 4, max: 40 }), (seed, size) => {
        const problem = randomProblem(seed, size, features(seed))
        const planned = schedule(problem, { iterations: 10, seed })
        if (!planned.ok) return
        const slipped = seed % size
        const changed = lengthen(problem, slipped, 1 + (seed % 5))
        const repaired = repair(changed, planned.plan)
        if (!repaired.ok) return
        expect(checkSchedule(changed, repaired.schedule)).toEqual([])
        const before = new Map(planned.plan.activities.map((row) => [row.id, row]))
        for (const { id, from, to } of repaired.moved) {
          movedInAll++
          expect(to).toBeGreaterThan(from)
          if (id === `a${slipped}`) continue
          const back = repaired.schedule.activities.map((row) => (row.id === id ? (before.get(id) ?? row) : row))
          const broken = checkSchedule(changed, { ...repaired.schedule, activities: back }).filter((v) => v.code !== 'figures')
          expect({ id, broken: broken.length > 0 }).toEqual({ id, broken: true })
        }
        const names = new Set(repaired.moved.map((m) => m.id))
        for (const row of repaired.schedule.activities) if (!names.has(row.id)) expect(row.start).toBe(before.get(row.id)?.start)
      }),
      { numRuns: 80 },
    )
    expect(movedInAll).toBeGreaterThan(20)
  })

  test('leaves projects alone that share neither crew nor lag with what slipped', () => {
    const north = randomProblem(3, 20)
    const rename = (id: string) => `south-${id}`
    const south = randomProblem(4, 20)
    const both: SchedulingProblem = {
      activities: [
        ...north.activities,
        ...south.activities.map((a) => ({
          ...a,
          id: rename(a.id),
          needs: (a.needs ?? []).map((n) => ({ ...n, resource: rename(n.resource) })),
        })),
      ],
      lags: [...(north.lags ?? []), ...(south.lags ?? []).map((l) => ({ ...l, from: rename(l.from), to: rename(l.to) }))],
      resources: [...(north.resources ?? []), ...(south.resources ?? []).map((r) => ({ ...r, id: rename(r.id) }))],
    }
    const plan = planOf(both, 1)
    for (let k = 0; k < 20; k++) {
      const repaired = repair(lengthen(both, k, 4), plan)
      if (!repaired.ok) throw new Error(repaired.refusal.en)
      expect(repaired.moved.filter(({ id }) => id.startsWith('south-'))).toEqual([])
    }
  })

  test('changes nothing when nothing slipped', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const problem = randomProblem(seed, 30, features(seed & 7))
      const plan = planOf(problem, seed)
      expect(repair(problem, plan)).toMatchObject({ ok: true, moved: [], schedule: { end: plan.end } })
    }
  })

  test('says what pushed each activity, and places what is new', () => {
    const crew = [{ resource: 'crew', amount: 1 }]
    const problem: SchedulingProblem = {
      activities: [
        { id: 'dig', duration: 2, needs: crew },
        { id: 'pour', duration: 2, needs: crew },
        { id: 'cure', duration: 3 },
      ],
      lags: [{ from: 'pour', to: 'cure' }],
      resources: [{ id: 'crew', capacity: 1 }],
    }
    const before: Schedule = {
      activities: [
        { id: 'dig', start: 0, finish: 2 },
        { id: 'pour', start: 2, finish: 4 },
        { id: 'cure', start: 4, finish: 7 },
      ],
      end: 7,
      tardiness: 0,
    }
    const after = lengthen(problem, 0, 2)
    const repaired = repair({ ...after, activities: [...after.activities, { id: 'clean', duration: 1, needs: crew }] }, before)
    if (!repaired.ok) throw new Error(repaired.refusal.en)
    expect(repaired.moved).toEqual([
      { id: 'pour', from: 2, to: 4, reason: { kind: 'resource', by: 'dig' } },
      { id: 'cure', from: 4, to: 6, reason: { kind: 'lag', by: 'pour' } },
      { id: 'clean', from: -1, to: 6, reason: { kind: 'new' } },
    ])
  })

  test('refuses where a deadline would be missed, and says which', () => {
    const problem: SchedulingProblem = {
      activities: [
        { id: 'a', duration: 3 },
        { id: 'b', duration: 2, deadline: 6 },
      ],
      lags: [{ from: 'a', to: 'b' }],
    }
    const repaired = repair(lengthen(problem, 0, 2), planOf(problem, 1))
    expect(repaired).toMatchObject({ ok: false, cause: ['a', 'b'], refusal: { code: 'deadline-before-earliest-finish' } })
  })
})

describe('a repair where rules are at odds', () => {
  const crew = [{ resource: 'crew', amount: 1 }]
  const resources = [{ id: 'crew', capacity: 1 }]
  const cases: readonly (readonly [string, SchedulingProblem, (p: SchedulingProblem) => SchedulingProblem])[] = [
    [
      'a promised start and a later delivery',
      {
        activities: [
          { id: 'a', duration: 2, fixedStart: 3, materials: [{ material: 'steel', amount: 5 }] },
          { id: 'b', duration: 3 },
        ],
        lags: [{ from: 'a', to: 'b' }],
        materials: [{ id: 'steel', arrivals: [{ at: 3, amount: 5 }] }],
      },
      (p) => ({ ...p, materials: [{ id: 'steel', arrivals: [{ at: 4, amount: 5 }] }] }),
    ],
    [
      'two promised starts on one crew',
      {
        activities: [
          { id: 'a', duration: 2, fixedStart: 0, needs: crew },
          { id: 'b', duration: 3, fixedStart: 2, needs: crew },
        ],
        resources,
      },
      (p) => lengthen(p, 0, 1),
    ],
    [
      'two promised starts joined by a lag',
      {
        activities: [
          { id: 'a', duration: 2, fixedStart: 0 },
          { id: 'b', duration: 3, fixedStart: 2 },
        ],
        lags: [{ from: 'a', to: 'b' }],
      },
      (p) => lengthen(p, 0, 1),
    ],
    [
      'a crew that shrinks before the material comes',
      {
        activities: [{ id: 'a', duration: 3, needs: [{ resource: 'crew', amount: 2 }], materials: [{ material: 'steel', amount: 1 }] }],
        resources: [{ id: 'crew', capacity: 2, steps: [{ from: 5, capacity: 1 }] }],
        materials: [{ id: 'steel', arrivals: [{ at: 2, amount: 1 }] }],
      },
      (p) => ({ ...p, materials: [{ id: 'steel', arrivals: [{ at: 3, amount: 1 }] }] }),
    ],
  ]

  test.each(cases)('says of %s what scheduling anew says', (_, problem, slip) => {
    const after = slip(problem)
    const repaired = repair(after, planOf(problem, 1))
    const anew = schedule(after, { iterations: 50 })
    expect(repaired.ok).toBe(false)
    expect(repaired).toEqual(anew)
  })

  test('finds the way round a maximal lag that pushing on does not, and moves nobody without need', () => {
    let repaired = 0
    for (let seed = 1; seed <= 120; seed++) {
      const problem = tightProblem(seed, 4)
      const planned = schedule(problem, { iterations: 100, seed })
      if (!planned.ok) continue
      const after = lengthen(problem, seed % 4, 1)
      const mended = repair(after, planned.plan)
      const anew = schedule(after, { iterations: 200, seed })
      if (mended.ok) {
        repaired++
        expect(checkSchedule(after, mended.schedule)).toEqual([])
      } else if (mended.refusal.code !== 'repair-not-possible') expect(anew.ok).toBe(false)
    }
    expect(repaired).toBeGreaterThan(3)
  })

  test('keeps every rule or refuses, also where starts are promised', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 12 }), (seed, size) => {
        const problem = randomProblem(seed, size, { ...features(seed), fixed: true })
        const planned = schedule(problem, { iterations: 10, seed })
        if (!planned.ok) return
        const promised = {
          ...problem,
          activities: problem.activities.map((a, j) =>
            (seed + j) % 3 === 0 ? { ...a, fixedStart: planned.plan.activities[j]?.start ?? 0 } : a,
          ),
        }
        const after = lengthen(promised, seed % size, 1 + (seed % 3))
        const mended = repair(after, planned.plan)
        if (mended.ok) expect(checkSchedule(after, mended.schedule)).toEqual([])
        else expect(mended.refusal.zh.length).toBeGreaterThan(5)
      }),
      { numRuns: 80 },
    )
  })
})

describe('what-if', () => {
  test('names what differs and the projects that end later', () => {
    const problem = randomProblem(6, 24, { projects: 2, due: true })
    const plan = planOf(problem, 1)
    const changed = lengthen(problem, 2, 9)
    const repaired = repair(changed, plan)
    if (!repaired.ok) throw new Error(repaired.refusal.en)
    const comparison = compareSchedules(changed, plan, repaired.schedule)
    expect(comparison.changed.length + comparison.unchanged).toBe(24)
    expect(comparison.endShift).toBe(repaired.schedule.end - plan.end)
    expect(comparison.projects.find((p) => p.id === 'p0')?.after).toBeGreaterThan(
      comparison.projects.find((p) => p.id === 'p0')?.before ?? 0,
    )
    for (const { id } of repaired.moved) expect(comparison.changed.map((c) => c.id)).toContain(id)
  })
})
