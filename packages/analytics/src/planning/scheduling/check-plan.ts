/** What a timetable says beside its rows: bounds, projects, floats, critical activities. Shares no code with the solvers. */
import { type Placed, TOLERANCE, type Violation } from './check-placing.ts'
import { LateRoom } from './check-room.ts'
import type { PlannedActivity, Timetable } from './plan.ts'
import type { Activity, Schedule, SchedulingProblem } from './types.ts'

type Report = (v: Violation) => void

function wrong(code: string, zh: string, en: string, activities: readonly string[] = []): Violation {
  return { code, zh, en, activities }
}

/** A bound is a promise about every plan, so this plan must keep it too. */
function checkBounds(stated: Partial<Timetable>, schedule: Schedule, report: Report): void {
  const { endBound, tardinessBound } = stated
  if (endBound !== undefined && !(Number.isInteger(endBound) && endBound >= 0 && endBound <= schedule.end))
    report(
      wrong(
        'bound',
        `所报最早完工下界 ${endBound} 与计划完工 ${schedule.end} 矛盾`,
        `The stated bound on the end ${endBound} contradicts the end ${schedule.end}`,
      ),
    )
  if (
    tardinessBound !== undefined &&
    !(tardinessBound >= 0 && tardinessBound <= schedule.tardiness + TOLERANCE * Math.max(1, schedule.tardiness))
  )
    report(
      wrong(
        'bound',
        `所报延误下界 ${tardinessBound} 与计划延误 ${schedule.tardiness} 矛盾`,
        `The stated bound on tardiness ${tardinessBound} contradicts the tardiness ${schedule.tardiness}`,
      ),
    )
}

function checkProjects(problem: SchedulingProblem, stated: Partial<Timetable>, placed: ReadonlyMap<string, Placed>, report: Report): void {
  if (stated.projects === undefined) return
  const ends = new Map((problem.projects ?? []).map((p) => [p.id, 0]))
  for (const { activity, row } of placed.values()) {
    const end = activity.project === undefined ? undefined : ends.get(activity.project)
    if (activity.project !== undefined && end !== undefined) ends.set(activity.project, Math.max(end, row.finish))
  }
  const seen = new Set<string>()
  for (const { id, end } of stated.projects) {
    const right = ends.get(id)
    if (right === undefined || seen.has(id))
      report(wrong('project', `计划所列工程“${id}”不在任务内或重复`, `Project "${id}" of the plan is not of the problem, or stands twice`))
    else if (right !== end)
      report(
        wrong('project', `工程“${id}”所报完工 ${end}，实际 ${right}`, `Project "${id}" is said to end at ${end}, its rows end at ${right}`),
      )
    seen.add(id)
  }
  for (const id of ends.keys()) if (!seen.has(id)) report(wrong('project', `计划缺工程“${id}”`, `Project "${id}" is missing in the plan`))
}

/** Latest finishes that count as no delay: the end, deadlines, and dues of what is in time. */
function limits(problem: SchedulingProblem, end: number): (activity: Activity, finish: number, keepDue: boolean) => number {
  const projects = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  return (a, finish, keepDue) => {
    const project = a.project === undefined ? undefined : projects.get(a.project)
    const deadline = Math.min(end, a.deadline ?? end, project?.deadline ?? end)
    return keepDue ? Math.max(finish, Math.min(deadline, a.due ?? end, project?.due ?? end)) : deadline
  }
}

/** True when minimal and maximal lags tie activities in a circle. */
function tied(problem: SchedulingProblem): boolean {
  const next = new Map<string, string[]>(problem.activities.map((a) => [a.id, []]))
  for (const lag of problem.lags ?? []) {
    if (lag.min !== undefined || lag.max === undefined) next.get(lag.from)?.push(lag.to)
    if (lag.max !== undefined) next.get(lag.to)?.push(lag.from)
  }
  const done = new Set<string>()
  for (let before = -1; before < done.size; ) {
    before = done.size
    for (const [id, list] of next) if (!done.has(id) && list.every((other) => done.has(other))) done.add(id)
  }
  return done.size < next.size
}

/**
 * Floats: alone each activity can slip by exactly its free float; all at their latest starts together keep every rule, the end and the
 * dues, and there nobody could go later; total float is what lies between, and critical is who has none.
 */
function checkFloats(
  problem: SchedulingProblem,
  schedule: Schedule,
  rows: readonly PlannedActivity[],
  placed: ReadonlyMap<string, Placed>,
  report: Report,
  broken: (late: Schedule) => readonly Violation[],
): void {
  const limit = limits(problem, schedule.end)
  const room = new LateRoom(problem, placed, schedule.end)
  const say = (row: PlannedActivity, zh: string, en: string) =>
    report(wrong('float', `工序“${row.id}”${zh}`, `Activity "${row.id}" ${en}`, [row.id]))
  for (const row of rows) {
    const { activity } = placed.get(row.id) as Placed
    const free = room.latest(row.id, limit(activity, row.finish, false)) - row.start
    if (free !== row.freeFloat)
      say(row, `所报自由机动 ${row.freeFloat}，实为 ${free}`, `is said to have ${row.freeFloat} of free float, it has ${free}`)
    const total = Math.max(free, row.latestStart - row.start)
    if (total !== row.totalFloat)
      say(row, `所报总机动 ${row.totalFloat}，实为 ${total}`, `is said to have ${row.totalFloat} of total float, it has ${total}`)
    if (row.critical !== (row.totalFloat === 0)) say(row, '的关键标记与总机动不符', 'is marked critical against its total float')
  }
  const late = rows.map((row) => ({ id: row.id, start: row.latestStart, finish: room.finishFrom(row.id, row.latestStart) }))
  const delayed = late.filter((row, k) => {
    const own = rows[k] as PlannedActivity
    const { activity } = placed.get(row.id) as Placed
    return row.start < own.start || row.finish > limit(activity, own.finish, true)
  })
  const faults = delayed.length > 0 ? [] : broken({ activities: late, end: schedule.end, tardiness: schedule.tardiness })
  if (delayed.length > 0 || faults.length > 0) {
    const ids = delayed.length > 0 ? delayed.map((row) => row.id) : (faults[0] as Violation).activities
    report(wrong('float', '所报最晚开工时刻不能同时成立', 'The stated latest starts cannot all stand together', ids))
    return
  }
  // Tied both ways, activities can go on together where none can alone: latest starts are then good, not last.
  if (tied(problem)) return
  for (const row of late) room.move(row.id, row.start)
  for (const [k, row] of late.entries()) {
    const { activity } = placed.get(row.id) as Placed
    const latest = room.latest(row.id, limit(activity, row.finish, true))
    if (latest > row.start)
      say(
        rows[k] as PlannedActivity,
        `所报最晚开工 ${row.start}，还可晚至 ${latest}`,
        `is said to start at ${row.start} at the latest, it could at ${latest}`,
      )
  }
}

/** Everything a plan states beside its rows; `broken` lists the rules that other rows would break. */
export function checkStated(
  problem: SchedulingProblem,
  schedule: Schedule,
  placed: ReadonlyMap<string, Placed>,
  report: Report,
  broken: (late: Schedule) => readonly Violation[],
): void {
  const stated = schedule as Schedule & Partial<Timetable>
  checkBounds(stated, schedule, report)
  checkProjects(problem, stated, placed, report)
  const rows = schedule.activities as readonly (Schedule['activities'][number] & Partial<PlannedActivity>)[]
  if (rows.every((row) => row.freeFloat === undefined && row.totalFloat === undefined && row.critical === undefined)) return
  if (rows.every(isPlanned)) checkFloats(problem, schedule, rows, placed, report, broken)
  else report(wrong('float', '机动时间不全', 'Floats are stated for some activities only, or not in slots'))
}

function isPlanned(row: Schedule['activities'][number] & Partial<PlannedActivity>): row is PlannedActivity {
  return [row.freeFloat, row.totalFloat, row.latestStart].every((value) => Number.isInteger(value)) && typeof row.critical === 'boolean'
}
