import { describe, expect, test } from 'vitest'
import { type SchedulingProblem, schedule } from './index.ts'

const reason = (problem: SchedulingProblem) => {
  const planned = schedule(problem, { iterations: 10 })
  if (planned.ok) throw new Error('a schedule was found')
  expect(planned.refusal.zh.length).toBeGreaterThan(5)
  return { code: planned.refusal.code, cause: planned.cause, en: planned.refusal.en }
}
const work = (id: string, duration: number, more: object = {}) => ({ id, duration, ...more })

describe('a problem without a schedule', () => {
  test('names the cycle of positive length and nothing beside it', () => {
    const { code, cause } = reason({
      activities: [work('x', 2), work('a', 3), work('b', 2), work('c', 1)],
      lags: [
        { from: 'x', to: 'a' },
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'a', to: 'c', max: 1 },
      ],
    })
    expect(code).toBe('positive-cycle')
    expect([...cause].sort()).toEqual(['a', 'b', 'c'])
  })

  test('names the chain that runs past a deadline', () => {
    const { code, cause, en } = reason({
      activities: [work('a', 3), work('b', 4, { deadline: 6 }), work('c', 9)],
      lags: [{ from: 'a', to: 'b' }],
    })
    expect(code).toBe('deadline-before-earliest-finish')
    expect(cause).toEqual(['a', 'b'])
    expect(en).toContain('cannot finish before 7')
  })

  test('names a start that was promised too early', () => {
    const { code, cause } = reason({ activities: [work('a', 3), work('b', 1, { fixedStart: 2 })], lags: [{ from: 'a', to: 'b' }] })
    expect(code).toBe('fixed-start')
    expect(cause).toEqual(['a', 'b'])
  })

  test('names a need above what the crew ever has', () => {
    const { code, cause } = reason({
      activities: [work('a', 1, { needs: [{ resource: 'crane', amount: 3 }] })],
      resources: [{ id: 'crane', capacity: 1, steps: [{ from: 9, capacity: 2 }] }],
    })
    expect(code).toBe('need-above-capacity')
    expect(cause).toEqual(['a', 'crane'])
  })

  test('names the crew that shrinks before the material comes, and comes to its end whatever limits it', () => {
    const problem: SchedulingProblem = {
      activities: [
        work('a', 3, {
          needs: [
            { resource: 'crew', amount: 2 },
            { resource: 'crane', amount: 1 },
          ],
          materials: [{ material: 'steel', amount: 2 }],
        }),
      ],
      resources: [
        { id: 'crew', capacity: 3, steps: [{ from: 4, capacity: 1 }] },
        { id: 'crane', capacity: 1 },
      ],
      materials: [{ id: 'steel', arrivals: [{ at: 3, amount: 5 }] }],
    }
    const { code, cause, en } = reason(problem)
    expect(code).toBe('no-room-in-time')
    expect(cause).toEqual(['a', 'crew', 'steel'])
    expect(en).toContain('cannot begin before slot 3 (when material "steel" has come)')
    let now = 0
    const timed = schedule(problem, { seconds: 1, clock: () => (now += 0.001) })
    expect(timed).toMatchObject({ ok: false, cause: ['a', 'crew', 'steel'] })
  })

  test('is proven by search where no rule of thumb sees it, and told by its smallest part', () => {
    const crew = [{ resource: 'crew', amount: 1 }]
    const problem: SchedulingProblem = {
      activities: [
        work('a', 2, { needs: crew }),
        work('b', 2, { needs: crew }),
        work('c', 2, { needs: crew }),
        work('elsewhere', 4),
        work('after', 1, { needs: crew }),
      ],
      lags: [
        { from: 'a', to: 'b', type: 'SS', min: -3, max: 3 },
        { from: 'b', to: 'c', type: 'SS', min: -3, max: 3 },
        { from: 'a', to: 'c', type: 'SS', min: -3, max: 3 },
        { from: 'elsewhere', to: 'after' },
      ],
      resources: [{ id: 'crew', capacity: 1 }],
    }
    const { code, cause, en } = reason(problem)
    expect(code).toBe('cannot-go-together')
    expect(cause).toEqual(['a', 'b', 'c', 'crew'])
    expect(en).not.toContain('elsewhere')
  })

  test('ends when it is told to stop, also where no list gives a schedule', () => {
    let asked = 0
    const crew = [{ resource: 'crew', amount: 1 }]
    const activities = Array.from({ length: 40 }, (_, k) => work(`a${k}`, 2, { needs: crew }))
    const lags = activities.flatMap((a, i) =>
      activities.slice(i + 1).map((b) => ({ from: a.id, to: b.id, type: 'SS' as const, min: -76, max: 76 })),
    )
    const planned = schedule({ activities, lags, resources: [{ id: 'crew', capacity: 1 }] }, { iterations: 1e9, stop: () => ++asked > 30 })
    expect(planned.ok).toBe(false)
    expect(asked).toBeLessThan(500)
  }, 60_000)

  test('names a material that never suffices, and one that comes too late', () => {
    const take = (id: string, amount: number, more: object = {}) => work(id, 1, { materials: [{ material: 'steel', amount }], ...more })
    const materials = [{ id: 'steel', stock: 1, arrivals: [{ at: 8, amount: 4 }] }]
    expect(reason({ activities: [take('a', 3), take('b', 3)], materials })).toMatchObject({
      code: 'material-never-enough',
      cause: ['steel', 'a', 'b'],
    })
    expect(reason({ activities: [take('a', 3, { deadline: 5 }), take('b', 2)], materials })).toMatchObject({
      code: 'material-too-late',
      cause: ['steel', 'a'],
    })
  })

  test('names fixed work that overlaps', () => {
    const fixed = (id: string, at: number) => work(id, 4, { fixedStart: at, needs: [{ resource: 'crew', amount: 1 }] })
    const { code, cause } = reason({ activities: [fixed('a', 0), fixed('b', 2), fixed('c', 9)], resources: [{ id: 'crew', capacity: 1 }] })
    expect(code).toBe('fixed-overload')
    expect([...cause].sort()).toEqual(['a', 'b'])
  })

  test('names only the deadlines and crews that clash', () => {
    const urgent = (id: string) => work(id, 3, { deadline: 7, needs: [{ resource: 'crew', amount: 1 }] })
    const { code, cause } = reason({
      activities: [urgent('a'), urgent('b'), urgent('c'), work('d', 2, { deadline: 40, needs: [{ resource: 'van', amount: 1 }] })],
      resources: [
        { id: 'crew', capacity: 1 },
        { id: 'van', capacity: 1 },
      ],
    })
    expect(code).toBe('capacity-before-deadline')
    expect([...cause].sort()).toEqual(['a', 'b', 'c', 'crew'])
  })

  test('names a stretch of work that no calendar holds', () => {
    const { code, cause } = reason({
      activities: [work('a', 3, { needs: [{ resource: 'crew', amount: 2 }], deadline: 12 })],
      resources: [
        {
          id: 'crew',
          capacity: 2,
          steps: [
            { from: 2, capacity: 1 },
            { from: 10, capacity: 2 },
          ],
        },
      ],
    })
    expect(code).toBe('no-room')
    expect(cause).toEqual(['a'])
  })

  test('names the calendars that leave no working time together', () => {
    const problem: SchedulingProblem = {
      activities: [work('a', 2, { calendar: 'days', needs: [{ resource: 'crew', amount: 1 }] })],
      resources: [{ id: 'crew', capacity: 1, calendar: 'nights' }],
      calendars: [
        { id: 'days', cycle: { length: 2, working: [[0, 1]] } },
        { id: 'nights', cycle: { length: 2, working: [[1, 2]] } },
      ],
    }
    expect(() => schedule(problem, { iterations: 1 })).toThrow(/"days \+ nights"/)
  })

  test('is never claimed for nothing to do', () => {
    expect(schedule({ activities: [] }, { iterations: 1 })).toMatchObject({ ok: true, objective: 0, bound: 0 })
    expect(schedule({ activities: [work('a', 0)] }, { iterations: 1 })).toMatchObject({ ok: true, objective: 0 })
  })

  test('cannot be read at all when it names what is not there', () => {
    expect(() => schedule({ activities: [work('a', 1, { calendar: 'x' })] }, { iterations: 1 })).toThrow(/“x”/)
    expect(() => schedule({ activities: [work('a', 1), work('a', 2)] }, { iterations: 1 })).toThrow(/twice/)
    expect(() => schedule({ activities: [work('a', 1.5)] }, { iterations: 1 })).toThrow(/whole number/)
  })
})
