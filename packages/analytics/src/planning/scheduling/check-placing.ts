/** How the checker lays activities out in time. Shares no code with the solvers. */
import type { Activity, Schedule, ScheduledActivity, SchedulingProblem, WorkCalendar } from './types.ts'

/** One broken rule, in both languages. */
export interface Violation {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly activities: readonly string[]
}

export const TOLERANCE = 1e-6

/** True when the calendar works in slot t. */
export function works(calendar: WorkCalendar, t: number): boolean {
  let on = true
  if (calendar.cycle) {
    const phase = t % calendar.cycle.length
    on = calendar.cycle.working.some(([from, to]) => phase >= from && phase < to)
  }
  for (const exception of calendar.exceptions ?? []) if (t >= exception.from && t < exception.to) on = exception.working
  return on
}

/** Everything the checks need to know of one activity. */
export interface Placed {
  readonly activity: Activity
  readonly row: ScheduledActivity
  readonly calendars: readonly WorkCalendar[]
  /** Slots in which it holds its crews: spans without breaks. */
  readonly spans: readonly (readonly [from: number, to: number])[]
}

function spansOf(
  activity: Activity,
  row: ScheduledActivity,
  calendars: readonly WorkCalendar[],
  now: number,
): (readonly [number, number])[] {
  const from = activity.started ? now : row.start
  if (calendars.length === 0) return from < row.finish ? [[from, row.finish]] : []
  const spans: (readonly [number, number])[] = []
  let begin = -1
  for (let t = from; t <= row.finish; t++) {
    const on = t < row.finish && calendars.every((c) => works(c, t))
    if (on && begin < 0) begin = t
    if (!on && begin >= 0) {
      spans.push([begin, t])
      begin = -1
    }
  }
  return spans
}

/** What is placed, by activity; reports rows that are missing, double or not of the problem. */
export function placedBy(problem: SchedulingProblem, schedule: Schedule, report: (v: Violation) => void): Map<string, Placed> {
  const rows = new Map<string, ScheduledActivity>()
  for (const row of schedule.activities) {
    if (rows.has(row.id))
      report({ code: 'twice', zh: `工序“${row.id}”出现两次`, en: `Activity "${row.id}" occurs twice`, activities: [row.id] })
    rows.set(row.id, row)
  }
  const calendars = new Map((problem.calendars ?? []).map((c) => [c.id, c]))
  const resourceCalendar = new Map((problem.resources ?? []).map((r) => [r.id, r.calendar]))
  const placed = new Map<string, Placed>()
  for (const activity of problem.activities) {
    const row = rows.get(activity.id)
    if (!row) {
      report({
        code: 'missing',
        zh: `工序“${activity.id}”未排入计划`,
        en: `Activity "${activity.id}" is not scheduled`,
        activities: [activity.id],
      })
      continue
    }
    const names = new Set<string>(activity.calendar === undefined ? [] : [activity.calendar])
    for (const need of activity.needs ?? []) {
      const name = need.amount > 0 ? resourceCalendar.get(need.resource) : undefined
      if (name !== undefined) names.add(name)
    }
    const own = [...names].flatMap((name) => calendars.get(name) ?? [])
    placed.set(activity.id, { activity, row, calendars: own, spans: spansOf(activity, row, own, problem.now ?? 0) })
  }
  for (const row of schedule.activities)
    if (!placed.has(row.id))
      report({ code: 'unknown', zh: `计划中的“${row.id}”不在任务内`, en: `"${row.id}" is not part of the problem`, activities: [row.id] })
  return placed
}
