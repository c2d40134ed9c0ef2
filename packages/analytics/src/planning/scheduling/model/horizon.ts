import { demand } from '../../../outcome.ts'
import type { SchedulingProblem, WorkCalendar } from '../types.ts'
import { commonWorkingTime, type WorkingTime } from './calendar.ts'

/** More slots than this are refused: a coarser slot serves better. */
const MOST_SLOTS = 1 << 22

/** Names of all calendars that bind each activity: its own and those of its crews. */
function bindingCalendars(problem: SchedulingProblem): string[][] {
  const ofResource = new Map((problem.resources ?? []).map((r) => [r.id, r.calendar]))
  return problem.activities.map((a) => {
    const names = new Set<string>()
    if ((a.started?.remaining ?? a.duration) > 0) {
      if (a.calendar !== undefined) names.add(a.calendar)
      for (const need of a.needs ?? []) {
        const name = need.amount > 0 ? ofResource.get(need.resource) : undefined
        if (name !== undefined) names.add(name)
      }
    }
    return [...names].sort()
  })
}

/** The last slot that any date of the problem names. */
function lastDate(problem: SchedulingProblem): number {
  let last = problem.now ?? 0
  const reach = (t: number | undefined) => {
    if (t !== undefined && t > last) last = t
  }
  for (const a of problem.activities) {
    reach(a.release)
    reach(a.fixedStart)
  }
  for (const r of problem.resources ?? []) for (const s of r.steps ?? []) reach(s.from)
  for (const m of problem.materials ?? []) for (const a of m.arrivals ?? []) reach(a.at)
  for (const p of problem.projects ?? []) reach(p.release)
  for (const c of problem.calendars ?? []) for (const e of c.exceptions ?? []) reach(e.to)
  return last
}

/**
 * A horizon behind which no schedule need reach, and the working time of each activity up to it.
 *
 * @throws InputError when a calendar has too little working time or the horizon is beyond reason
 */
export function buildTimes(
  problem: SchedulingProblem,
  length: Int32Array,
  calendars: ReadonlyMap<string, WorkCalendar>,
): { horizon: number; times: (WorkingTime | null)[] } {
  const work = length.reduce((sum, p) => sum + p, 0)
  const longest = new Map<string, number>()
  for (const lag of problem.lags ?? []) {
    // A maximal lag below zero makes the first wait for the second.
    if ((lag.min ?? 0) > (longest.get(lag.to) ?? 0)) longest.set(lag.to, lag.min ?? 0)
    if (-(lag.max ?? 0) > (longest.get(lag.from) ?? 0)) longest.set(lag.from, -(lag.max ?? 0))
  }
  let waiting = 0
  for (const span of longest.values()) waiting += span
  const start = lastDate(problem)
  let horizon = start + work + waiting + 1
  const names = bindingCalendars(problem)
  if (names.every((list) => list.length === 0)) {
    demand(horizon <= 0x1fffffff, 'horizon', '计划跨度过长，请使用更大的时间单位', 'The plan spans too many slots: use a coarser time unit')
    return { horizon, times: names.map(() => null) }
  }
  let short = ''
  for (;;) {
    demand(
      horizon <= MOST_SLOTS,
      'calendar-without-work',
      `日历“${short}”的工作时间不足以完成工序，或时间单位过细：请补充工作日或使用更大的时间单位`,
      `The calendar "${short}" has too little working time for the work, or the slots are too fine: add working days or use a coarser unit`,
    )
    const built = new Map<string, WorkingTime>()
    short = ''
    for (const list of names) {
      const key = list.join('\n')
      if (list.length === 0 || built.has(key)) continue
      const time = commonWorkingTime(
        list.map((name) => calendars.get(name) as WorkCalendar),
        horizon,
      )
      built.set(key, time)
      const after = (time.done[horizon] as number) - (time.done[Math.min(horizon, start + waiting)] as number)
      if (after < work) short = list.join(' + ')
    }
    if (short === '') return { horizon, times: names.map((list) => built.get(list.join('\n')) ?? null) }
    horizon = start + waiting + 2 * (horizon - start - waiting) + 64
  }
}
