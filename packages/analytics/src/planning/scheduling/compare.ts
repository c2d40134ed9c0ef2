import type { Schedule, SchedulingProblem } from './types.ts'

/** One activity that differs between two plans; `null` where a plan does not hold it. */
export interface Difference {
  readonly id: string
  readonly before: { readonly start: number; readonly finish: number } | null
  readonly after: { readonly start: number; readonly finish: number } | null
  /** Slots by which the finish moves; positive is later. Null where one side is missing. */
  readonly finishShift: number | null
}

/** What a change of plan means: what-if. */
export interface Comparison {
  readonly endShift: number
  readonly tardinessShift: number
  readonly changed: readonly Difference[]
  readonly unchanged: number
  readonly projects: readonly { readonly id: string; readonly before: number; readonly after: number }[]
  /** Activities with a deadline or due slot that only one of the plans keeps. */
  readonly newlyLate: readonly string[]
  readonly nowInTime: readonly string[]
}

/** Compares two plans; the problem names projects and due slots, of the second plan where they differ. */
export function compareSchedules(problem: SchedulingProblem, before: Schedule, after: Schedule): Comparison {
  const old = new Map(before.activities.map((row) => [row.id, row]))
  const now = new Map(after.activities.map((row) => [row.id, row]))
  const changed: Difference[] = []
  let unchanged = 0
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const a = old.get(id) ?? null
    const b = now.get(id) ?? null
    if (a && b && a.start === b.start && a.finish === b.finish) {
      unchanged++
      continue
    }
    const times = (row: typeof a) => (row ? { start: row.start, finish: row.finish } : null)
    changed.push({ id, before: times(a), after: times(b), finishShift: a && b ? b.finish - a.finish : null })
  }
  const projects = (problem.projects ?? []).map(({ id }) => {
    const members = problem.activities.filter((a) => a.project === id)
    const end = (rows: typeof old) => members.reduce((latest, a) => Math.max(latest, rows.get(a.id)?.finish ?? 0), 0)
    return { id, before: end(old), after: end(now) }
  })
  const project = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  const newlyLate: string[] = []
  const nowInTime: string[] = []
  for (const a of problem.activities) {
    const p = a.project === undefined ? undefined : project.get(a.project)
    const limit = Math.min(a.deadline ?? Infinity, a.due ?? Infinity, p?.deadline ?? Infinity, p?.due ?? Infinity)
    const wasLate = (old.get(a.id)?.finish ?? 0) > limit
    const isLate = (now.get(a.id)?.finish ?? 0) > limit
    if (isLate && !wasLate) newlyLate.push(a.id)
    if (wasLate && !isLate) nowInTime.push(a.id)
  }
  return {
    endShift: after.end - before.end,
    tardinessShift: after.tardiness - before.tardiness,
    changed,
    unchanged,
    projects,
    newlyLate,
    nowInTime,
  }
}
