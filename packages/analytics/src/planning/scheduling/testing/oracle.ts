import { checkSchedule } from '../check.ts'
import type { Activity, Schedule, SchedulingProblem } from '../types.ts'

/** Slots in which the activity may work, by the problem's own words. */
function workingSlots(problem: SchedulingProblem, activity: Activity, limit: number): boolean[] {
  const names = new Set<string>()
  if (activity.calendar !== undefined) names.add(activity.calendar)
  for (const need of activity.needs ?? []) {
    const name = need.amount > 0 ? problem.resources?.find((r) => r.id === need.resource)?.calendar : undefined
    if (name !== undefined) names.add(name)
  }
  return Array.from({ length: limit }, (_, t) =>
    [...names].every((name) => {
      const calendar = problem.calendars?.find((c) => c.id === name)
      if (!calendar) return true
      let on =
        !calendar.cycle ||
        calendar.cycle.working.some(([a, b]) => t % (calendar.cycle?.length ?? 1) >= a && t % (calendar.cycle?.length ?? 1) < b)
      for (const e of calendar.exceptions ?? []) if (t >= e.from && t < e.to) on = e.working
      return on
    }),
  )
}

/**
 * The least weighted tardiness and, within it, the least end, by trying every start of every activity: only for a handful of
 * activities. Feasibility is judged by the checker alone. Null when nothing ends by `limit`.
 */
export function bruteForce(problem: SchedulingProblem, limit: number): { end: number; tardiness: number } | null {
  const rows: { id: string; start: number; finish: number }[] = []
  const places = problem.activities.map((activity) => {
    const works = workingSlots(problem, activity, limit)
    const found: { id: string; start: number; finish: number }[] = []
    for (let start = 0; start < limit; start++) {
      if (activity.duration > 0 && !works[start]) continue
      let left = activity.duration
      let t = start
      for (; left > 0 && t < limit; t++) if (works[t]) left--
      if (left === 0) found.push({ id: activity.id, start, finish: t })
    }
    return found
  })
  let best: { end: number; tardiness: number } | null = null
  const projects = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  const figures = () => {
    let end = 0
    let tardiness = 0
    problem.activities.slice(0, rows.length).forEach((a, k) => {
      const finish = rows[k]?.finish ?? 0
      const project = a.project === undefined ? undefined : projects.get(a.project)
      const due = Math.min(a.due ?? Infinity, project?.due ?? Infinity)
      end = Math.max(end, finish)
      tardiness += Math.max(0, finish - due) * (a.priority ?? 1) * (project?.priority ?? 1)
    })
    return { end, tardiness }
  }
  const visit = (k: number) => {
    const now = figures()
    if (best && (now.tardiness > best.tardiness || (now.tardiness === best.tardiness && now.end >= best.end))) return
    const names = new Set(rows.map((r) => r.id))
    const part: SchedulingProblem = {
      ...problem,
      activities: problem.activities.slice(0, k),
      lags: (problem.lags ?? []).filter((l) => names.has(l.from) && names.has(l.to)),
    }
    const schedule: Schedule = { activities: rows, ...now }
    if (checkSchedule(part, schedule).length > 0) return
    if (k === problem.activities.length) {
      best = now
      return
    }
    for (const row of places[k] ?? []) {
      rows.push(row)
      visit(k + 1)
      rows.pop()
    }
  }
  visit(0)
  return best
}
