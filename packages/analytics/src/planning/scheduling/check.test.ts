import { describe, expect, test } from 'vitest'
import { checkSchedule, type PlannedActivity, type Schedule, type SchedulingProblem, schedule, type Timetable } from './index.ts'
import { randomProblem } from './testing/instances.ts'

const problem: SchedulingProblem = {
  activities: [
    { id: 'dig', duration: 3, calendar: 'week', needs: [{ resource: 'crew', amount: 2 }] },
    {
      id: 'wall',
      duration: 2,
      needs: [{ resource: 'crew', amount: 1 }],
      materials: [{ material: 'brick', amount: 5 }],
      release: 4,
      deadline: 14,
    },
    { id: 'roof', duration: 2, needs: [{ resource: 'crew', amount: 2 }], fixedStart: 10 },
  ],
  lags: [
    { from: 'dig', to: 'wall', min: 1, max: 4 },
    { from: 'wall', to: 'roof', type: 'FS' },
  ],
  resources: [{ id: 'crew', capacity: 2, steps: [{ from: 20, capacity: 1 }] }],
  materials: [{ id: 'brick', stock: 2, arrivals: [{ at: 7, amount: 3 }] }],
  calendars: [{ id: 'week', cycle: { length: 7, working: [[0, 5]] } }],
}
const times = (dig: [number, number], wall: [number, number], roof: [number, number]): Schedule => {
  const rows = [
    { id: 'dig', start: dig[0], finish: dig[1] },
    { id: 'wall', start: wall[0], finish: wall[1] },
    { id: 'roof', start: roof[0], finish: roof[1] },
  ]
  return { activities: rows, end: Math.max(dig[1], wall[1], roof[1]), tardiness: 0 }
}
const codes = (schedule: Schedule) => checkSchedule(problem, schedule).map((v) => v.code)

describe('the checker', () => {
  test('accepts what is right', () => {
    expect(codes(times([2, 5], [7, 9], [10, 12]))).toEqual([])
    expect(codes(times([3, 8], [9, 11], [10, 12]))).not.toContain('calendar')
  })

  test.each([
    ['calendar', times([2, 6], [7, 9], [10, 12])],
    ['duration', times([3, 6], [7, 9], [10, 12])],
    ['calendar', times([5, 10], [11, 13], [10, 12])],
    ['start', times([2, 5], [3, 5], [10, 12])],
    ['start', times([2, 5], [7, 9], [11, 13])],
    ['deadline', times([9, 12], [13, 15], [10, 12])],
    ['minimal-lag', times([2, 5], [5, 7], [10, 12])],
    ['maximal-lag', times([0, 3], [8, 10], [10, 12])],
    ['minimal-lag', times([2, 5], [9, 11], [10, 12])],
    ['capacity', times([2, 5], [9, 11], [10, 12])],
    ['material', times([2, 5], [6, 8], [10, 12])],
    ['bad-times', times([2, 5], [7.5, 9.5], [10, 12])],
  ])('finds a broken %s', (code, schedule) => {
    expect(codes(schedule)).toContain(code)
  })

  test('finds missing, double and unknown rows and false figures', () => {
    const right = times([2, 5], [7, 9], [10, 12])
    const [dig, wall, roof] = right.activities
    if (!dig || !wall || !roof) throw new Error('three rows')
    expect(codes({ ...right, activities: [dig, wall] })).toContain('missing')
    expect(codes({ ...right, activities: [dig, wall, roof, roof] })).toContain('twice')
    expect(codes({ ...right, activities: [dig, wall, roof, { ...roof, id: 'x' }] })).toContain('unknown')
    expect(codes({ ...right, end: 11 })).toEqual(['figures'])
    expect(codes({ ...right, tardiness: 1 })).toEqual(['figures'])
  })

  test('looks at everything a plan says beside its rows', () => {
    const planned = schedule({ ...problem, projects: [{ id: 'hall' }] }, { iterations: 20 })
    if (!planned.ok) throw new Error(planned.refusal.en)
    const { plan } = planned
    const stated = (change: Partial<Timetable>) =>
      checkSchedule({ ...problem, projects: [{ id: 'hall' }] }, { ...plan, ...change }).map((v) => v.code)
    const rows = (k: number, change: Partial<PlannedActivity>) => ({
      activities: plan.activities.map((row, n) => (n === k ? { ...row, ...change } : row)),
    })
    expect(stated({})).toEqual([])
    expect(stated({ endBound: plan.end + 1 })).toEqual(['bound'])
    expect(stated({ endBound: -1 })).toEqual(['bound'])
    expect(stated({ tardinessBound: plan.tardiness + 1 })).toEqual(['bound'])
    expect(stated({ projects: [] })).toEqual(['project'])
    expect(stated({ projects: [{ id: 'hall', end: 3 }] })).toEqual(['project'])
    expect(stated({ projects: [...plan.projects, { id: 'ghost', end: 0 }] })).toEqual(['project'])
    plan.activities.forEach((row, k) => {
      expect(stated(rows(k, { critical: !row.critical }))).toContain('float')
      expect(stated(rows(k, { freeFloat: row.freeFloat + 1 }))).toContain('float')
      expect(stated(rows(k, { totalFloat: row.totalFloat + 1, critical: false }))).toContain('float')
      expect(stated(rows(k, { latestStart: row.latestStart + 1, totalFloat: row.totalFloat + 1, critical: false }))).toContain('float')
    })
  })

  test('accepts what plans say of themselves, whatever the problem holds', () => {
    for (let seed = 1; seed <= 64; seed++) {
      const wide = randomProblem(seed, 4 + (seed % 20), {
        calendars: (seed & 1) > 0,
        materials: (seed & 2) > 0,
        steps: (seed & 4) > 0,
        due: (seed & 8) > 0,
        maximalLags: (seed & 16) > 0,
        projects: seed % 3,
      })
      const planned = schedule(wide, { iterations: 6, seed })
      if (!planned.ok) continue
      expect(checkSchedule(wide, planned.plan)).toEqual([])
      for (const { id } of planned.plan.activities) {
        const activities = planned.plan.activities.map((row) =>
          row.id === id ? { ...row, totalFloat: row.totalFloat + 1, critical: false } : row,
        )
        expect(checkSchedule(wide, { ...planned.plan, activities }).map((v) => v.code)).toContain('float')
        // Without maximal lags the latest starts are the last ones too.
        if ((seed & 16) > 0) continue
        const early = planned.plan.activities.map((row) =>
          row.id === id && row.latestStart > row.start
            ? { ...row, latestStart: row.start, totalFloat: row.freeFloat, critical: row.freeFloat === 0 }
            : row,
        )
        const understated = planned.plan.activities.some((row) => row.id === id && row.latestStart > row.start)
        if (understated) expect(checkSchedule(wide, { ...planned.plan, activities: early }).map((v) => v.code)).toContain('float')
      }
    }
  })

  test('counts needs of one activity for one crew together', () => {
    const twice: SchedulingProblem = {
      activities: [
        {
          id: 'a',
          duration: 1,
          needs: [
            { resource: 'crew', amount: 1 },
            { resource: 'crew', amount: 1 },
          ],
        },
      ],
      resources: [{ id: 'crew', capacity: 1 }],
    }
    expect(checkSchedule(twice, { activities: [{ id: 'a', start: 0, finish: 1 }], end: 1, tardiness: 0 }).map((v) => v.code)).toEqual([
      'capacity',
    ])
  })
})
