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
