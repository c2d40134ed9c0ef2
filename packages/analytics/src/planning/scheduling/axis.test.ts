import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkSchedule, type DayAxis, dayOf, schedule, slotOf, workingDays } from './index.ts'

const date = (text: string) => Temporal.PlainDate.from(text)
const axis: DayAxis = { first: date('2020-02-19'), slotsPerDay: 1 }

describe('the axis of days', () => {
  test('goes from days to slots and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -400, max: 4000 }), fc.integer({ min: 1, max: 24 }), (slot, slotsPerDay) => {
        const own = { ...axis, slotsPerDay }
        const { day, part } = dayOf(own, slot)
        expect(part).toBeGreaterThanOrEqual(0)
        expect(slotOf(own, day, part)).toBe(slot)
      }),
    )
  })

  test('knows weekends, holidays and make-up days', () => {
    // 2020-02-19 was a Wednesday; the weekend of 22 and 23 is worked in part, Monday 24 is a holiday here.
    const calendar = workingDays('office', axis, {
      weekdays: [1, 2, 3, 4, 5],
      holidays: [date('2020-02-24')],
      makeUpDays: [date('2020-02-22')],
    })
    const problem = { activities: [{ id: 'form', duration: 5, calendar: 'office' }], calendars: [calendar] }
    const planned = schedule(problem, { iterations: 5 })
    if (!planned.ok) throw new Error(planned.refusal.en)
    expect(checkSchedule(problem, planned.plan)).toEqual([])
    const finish = planned.plan.activities[0]?.finish ?? 0
    expect(dayOf(axis, finish - 1).day.toString()).toBe('2020-02-25')
  })

  test('knows shifts within a day', () => {
    const hours: DayAxis = { first: date('2020-02-19'), slotsPerDay: 24 }
    const calendar = workingDays('day-shift', hours, { weekdays: [1, 2, 3, 4, 5, 6, 7], shift: { from: 8, to: 16 } })
    const problem = { activities: [{ id: 'weld', duration: 10, calendar: 'day-shift' }], calendars: [calendar] }
    const planned = schedule(problem, { iterations: 5 })
    expect(planned.ok && planned.plan.activities[0]).toMatchObject({ start: 8, finish: 34 })
    expect(() => workingDays('x', hours, { weekdays: [1], shift: { from: 20, to: 26 } })).toThrow(/班次/)
  })
})
