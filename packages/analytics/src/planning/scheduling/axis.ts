import { demand } from '../../outcome.ts'
import type { WorkCalendar } from './types.ts'

/** How slots lie on the calendar of days: slot 0 begins `first`, every day has the same number of slots. */
export interface DayAxis {
  readonly first: Temporal.PlainDate
  readonly slotsPerDay: number
}

/** Which days are worked. What a government announces (holidays, make-up working days 调休) comes in as data. */
export interface WorkingDays {
  /** ISO days of the week, Monday is 1. */
  readonly weekdays: readonly number[]
  readonly holidays?: readonly Temporal.PlainDate[]
  readonly makeUpDays?: readonly Temporal.PlainDate[]
  /** Part of a day that is worked, in slots; the whole day when absent. */
  readonly shift?: { readonly from: number; readonly to: number }
}

/** Slot in which a day begins, or `part` slots later. Negative before the axis begins. */
export function slotOf(axis: DayAxis, day: Temporal.PlainDate, part = 0): number {
  return axis.first.until(day, { largestUnit: 'days' }).days * axis.slotsPerDay + part
}

/** Day and part of day of a slot. */
export function dayOf(axis: DayAxis, slot: number): { readonly day: Temporal.PlainDate; readonly part: number } {
  const days = Math.floor(slot / axis.slotsPerDay)
  return { day: axis.first.add({ days }), part: slot - days * axis.slotsPerDay }
}

/**
 * A calendar of working days on the axis.
 *
 * @throws InputError when the shift does not fit the day
 */
export function workingDays(id: string, axis: DayAxis, days: WorkingDays): WorkCalendar {
  const { slotsPerDay, first } = axis
  const shift = days.shift ?? { from: 0, to: slotsPerDay }
  demand(
    Number.isInteger(slotsPerDay) && slotsPerDay > 0 && shift.from >= 0 && shift.from < shift.to && shift.to <= slotsPerDay,
    'calendar-shift',
    `日历“${id}”的班次须在一天的 ${slotsPerDay} 个时段之内`,
    `The shift of calendar "${id}" must lie within the ${slotsPerDay} slots of a day`,
  )
  const working = Array.from({ length: 7 }, (_, k) => k)
    .filter((k) => days.weekdays.includes(first.add({ days: k }).dayOfWeek))
    .map((k) => [k * slotsPerDay + shift.from, k * slotsPerDay + shift.to] as const)
  const exception = (on: boolean) => (day: Temporal.PlainDate) => {
    const from = slotOf(axis, day, on ? shift.from : 0)
    return { from, to: from + (on ? shift.to - shift.from : slotsPerDay), working: on }
  }
  return {
    id,
    cycle: { length: 7 * slotsPerDay, working },
    exceptions: [...(days.holidays ?? []).map(exception(false)), ...(days.makeUpDays ?? []).map(exception(true))],
  }
}
