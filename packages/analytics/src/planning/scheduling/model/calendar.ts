import { demand } from '../../../outcome.ts'
import type { WorkCalendar } from '../types.ts'

/**
 * Working slots of one calendar up to a horizon, counted so that every question takes constant time
 * (calendarisation after Franck, Neumann & Schwindt 2001, doi:10.1007/s002910100089).
 */
export interface WorkingTime {
  /** `done[t]`: working slots before slot t, for t in 0..horizon. */
  readonly done: Int32Array
  /** `slotOf[k]`: the k-th working slot. */
  readonly slotOf: Int32Array
}

/** True in every slot of `working` that the calendar works. */
function mark(calendar: WorkCalendar, working: Uint8Array): void {
  const { cycle, exceptions } = calendar
  if (cycle) {
    demand(
      Number.isInteger(cycle.length) && cycle.length > 0,
      'calendar-cycle',
      `日历“${calendar.id}”的循环长度须为正整数`,
      `The cycle of calendar "${calendar.id}" needs a positive whole length`,
    )
    const pattern = new Uint8Array(cycle.length)
    for (const [from, to] of cycle.working) pattern.fill(1, Math.max(0, from), to)
    for (let t = 0; t < working.length; t++) working[t] = pattern[t % cycle.length] as number
  } else working.fill(1)
  for (const { from, to, working: on } of exceptions ?? []) working.fill(on ? 1 : 0, Math.max(0, from), Math.max(0, to))
}

/** Working slots common to all the calendars, up to the horizon. */
export function commonWorkingTime(calendars: readonly WorkCalendar[], horizon: number): WorkingTime {
  const all = new Uint8Array(horizon).fill(1)
  const one = new Uint8Array(horizon)
  for (const calendar of calendars) {
    mark(calendar, one)
    for (let t = 0; t < horizon; t++) all[t] = (all[t] as number) & (one[t] as number)
  }
  const done = new Int32Array(horizon + 1)
  for (let t = 0; t < horizon; t++) done[t + 1] = (done[t] as number) + (all[t] as number)
  const slotOf = new Int32Array(done[horizon] as number)
  for (let t = 0, k = 0; t < horizon; t++) if (all[t]) slotOf[k++] = t
  return { done, slotOf }
}

/** The last horizon + 1 entries exist; later slots answer as the horizon. */
function doneAt(time: WorkingTime, t: number): number {
  const { done } = time
  return done[t < 0 ? 0 : t < done.length ? t : done.length - 1] as number
}

/** The k-th working slot, or the horizon when the calendar has fewer. */
function slot(time: WorkingTime, k: number): number {
  return k < time.slotOf.length ? (time.slotOf[Math.max(0, k)] as number) : time.done.length - 1
}

/** First working slot at or after t. */
export function alignUp(time: WorkingTime, t: number): number {
  return slot(time, doneAt(time, t))
}

/** Last working slot at or before t, or -1. */
export function alignDown(time: WorkingTime, t: number): number {
  const k = doneAt(time, t + 1) - 1
  return k < 0 ? -1 : slot(time, k)
}

/** Finish of `duration` > 0 working slots that begin in working slot `start`. */
export function finishOf(time: WorkingTime, start: number, duration: number): number {
  return slot(time, doneAt(time, start) + duration - 1) + 1
}

/** First start whose finish is at `finish` or later. */
export function earliestStartFor(time: WorkingTime, finish: number, duration: number): number {
  return slot(time, doneAt(time, finish - 1) - duration + 1)
}

/** Last start whose finish is at `finish` or earlier, or -1. */
export function latestStartFor(time: WorkingTime, finish: number, duration: number): number {
  const k = doneAt(time, finish) - duration
  return k < 0 ? -1 : slot(time, k)
}
