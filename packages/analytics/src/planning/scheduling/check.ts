/**
 * The independent checker: reads the problem as stated and a schedule, and lists everything that is wrong. Shares no code with the
 * solvers; whoever accepts a plan asks it first.
 */

import { type Placed, placedBy, TOLERANCE, type Violation } from './check-placing.ts'
import { checkStated } from './check-plan.ts'
import type { Lag, Project, Schedule, SchedulingProblem } from './types.ts'

export type { Violation } from './check-placing.ts'

function checkOwnDates(placed: Placed, now: number, project: Project | undefined, report: (v: Violation) => void): void {
  const { activity: a, row } = placed
  const wrong = (code: string, zh: string, en: string) =>
    report({ code, zh: `工序“${a.id}”${zh}`, en: `Activity "${a.id}" ${en}`, activities: [a.id] })
  if (!Number.isInteger(row.start) || !Number.isInteger(row.finish) || row.finish < row.start) {
    wrong('bad-times', '的起止时刻不是整数或颠倒', 'has broken start or finish slots')
    return
  }
  const length = placed.spans.reduce((sum, [from, to]) => sum + to - from, 0)
  if (a.started) {
    if (row.start !== a.started.at) wrong('started-moved', '已开工，不得改动开工时刻', 'has started and must keep its start')
  } else {
    const release = Math.max(now, a.release ?? 0, project?.release ?? 0)
    if (a.fixedStart === undefined ? row.start < release : row.start !== a.fixedStart)
      wrong('start', '的开工时刻早于允许时刻或偏离已定时刻', 'starts before it may, or away from its fixed start')
  }
  const asked = a.started?.remaining ?? a.duration
  if (length !== asked) wrong('duration', `工作时长为 ${length}，应为 ${asked}`, `works ${length} slots instead of ${asked}`)
  if (asked > 0) {
    const last = placed.spans.at(-1)?.[1]
    const first = placed.spans[0]?.[0]
    if (last !== row.finish || (!a.started && first !== row.start))
      wrong('calendar', '的起止时刻落在非工作时间', 'starts or finishes in non-working time')
  }
  const deadline = Math.min(a.deadline ?? Number.POSITIVE_INFINITY, project?.deadline ?? Number.POSITIVE_INFINITY)
  if (row.finish > deadline) wrong('deadline', `完工晚于限期 ${deadline}`, `finishes behind its deadline ${deadline}`)
}

function checkLag(lag: Lag, from: Placed, to: Placed, report: (v: Violation) => void): void {
  const type = lag.type ?? 'FS'
  const begin = type[0] === 'F' ? from.row.finish : from.row.start
  const end = type[1] === 'F' ? to.row.finish : to.row.start
  const least = lag.min ?? (lag.max === undefined ? 0 : Number.NEGATIVE_INFINITY)
  const most = lag.max ?? Number.POSITIVE_INFINITY
  const apart = end - begin
  if (apart >= least && apart <= most) return
  report({
    code: apart < least ? 'minimal-lag' : 'maximal-lag',
    zh: `“${lag.from}”与“${lag.to}”的时距为 ${apart}，超出允许范围`,
    en: `The lag from "${lag.from}" to "${lag.to}" is ${apart}, outside what is allowed`,
    activities: [lag.from, lag.to],
  })
}

function checkResources(problem: SchedulingProblem, placed: readonly Placed[], report: (v: Violation) => void): void {
  for (const resource of problem.resources ?? []) {
    const events: { at: number; change: number; id?: string }[] = [{ at: 0, change: resource.capacity }]
    let units = resource.capacity
    for (const step of [...(resource.steps ?? [])].sort((a, b) => a.from - b.from)) {
      events.push({ at: step.from, change: step.capacity - units })
      units = step.capacity
    }
    for (const { activity, spans } of placed) {
      let amount = 0
      for (const need of activity.needs ?? []) if (need.resource === resource.id) amount += need.amount
      if (amount === 0) continue
      for (const [from, to] of spans) {
        events.push({ at: from, change: -amount, id: activity.id }, { at: to, change: amount, id: activity.id })
      }
    }
    events.sort((a, b) => a.at - b.at)
    let free = 0
    const busy = new Map<string, number>()
    for (let k = 0; k < events.length; ) {
      const at = (events[k] as { at: number }).at
      for (; k < events.length && events[k]?.at === at; k++) {
        const { change, id } = events[k] as { change: number; id?: string }
        free += change
        if (id !== undefined) busy.set(id, (busy.get(id) ?? 0) - change)
      }
      if (free >= 0) continue
      const users = [...busy].filter(([, used]) => used > 0).map(([id]) => id)
      if (users.length === 0) continue
      report({
        code: 'capacity',
        zh: `时刻 ${at} 班组“${resource.id}”超用 ${-free}`,
        en: `At slot ${at} resource "${resource.id}" is short of ${-free}`,
        activities: users,
      })
      break
    }
  }
}

function checkMaterials(problem: SchedulingProblem, placed: readonly Placed[], report: (v: Violation) => void): void {
  for (const material of problem.materials ?? []) {
    const events: { at: number; change: number; id: string }[] = [{ at: 0, change: material.stock ?? 0, id: '' }]
    for (const arrival of material.arrivals ?? []) events.push({ at: arrival.at, change: arrival.amount, id: '' })
    for (const { activity, row } of placed) {
      if (activity.started) continue
      for (const take of activity.materials ?? [])
        if (take.material === material.id) events.push({ at: row.start, change: -take.amount, id: activity.id })
    }
    events.sort((a, b) => a.at - b.at || b.change - a.change)
    let level = 0
    const takers: string[] = []
    for (const event of events) {
      level += event.change
      if (event.change < 0) takers.push(event.id)
      if (level >= -TOLERANCE) continue
      report({
        code: 'material',
        zh: `时刻 ${event.at} 材料“${material.id}”缺 ${-level}`,
        en: `At slot ${event.at} material "${material.id}" is short of ${-level}`,
        activities: [...takers],
      })
      break
    }
  }
}

/** Breaks of the rules by the rows alone. */
function checkRows(problem: SchedulingProblem, schedule: Schedule, report: (v: Violation) => void): Map<string, Placed> {
  const placed = placedBy(problem, schedule, report)
  const projects = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  for (const one of placed.values()) checkOwnDates(one, problem.now ?? 0, projects.get(one.activity.project ?? ''), report)
  for (const lag of problem.lags ?? []) {
    const from = placed.get(lag.from)
    const to = placed.get(lag.to)
    // A lag to something that has started is history, not a rule any more.
    if (from && to && !to.activity.started) checkLag(lag, from, to, report)
  }
  checkResources(problem, [...placed.values()], report)
  checkMaterials(problem, [...placed.values()], report)
  return placed
}

/**
 * Every rule of the problem that the schedule breaks, and everything it says about itself that is not so: end, tardiness, and where it
 * states them bounds, projects, floats and critical activities. Empty when it may be accepted.
 */
export function checkSchedule(problem: SchedulingProblem, schedule: Schedule): Violation[] {
  const found: Violation[] = []
  const report = (v: Violation) => void found.push(v)
  const placed = checkRows(problem, schedule, report)
  checkFigures(problem, schedule, report)
  // What hangs on the rows is looked at only where they stand.
  if (found.length > 0) return found
  checkStated(problem, schedule, placed, report, (late) => {
    const broken: Violation[] = []
    checkRows(problem, late, (v) => void broken.push(v))
    return broken
  })
  return found
}

/** The figures the schedule states about itself must be those of its rows. */
function checkFigures(problem: SchedulingProblem, schedule: Schedule, report: (v: Violation) => void): void {
  const finish = new Map(schedule.activities.map((row) => [row.id, row.finish]))
  const projects = new Map((problem.projects ?? []).map((p) => [p.id, p]))
  const end = schedule.activities.reduce((latest, row) => Math.max(latest, row.finish), 0)
  let tardiness = 0
  for (const a of problem.activities) {
    const project = a.project === undefined ? undefined : projects.get(a.project)
    const due = Math.min(a.due ?? Number.POSITIVE_INFINITY, project?.due ?? Number.POSITIVE_INFINITY)
    tardiness += Math.max(0, (finish.get(a.id) ?? 0) - due) * (a.priority ?? 1) * (project?.priority ?? 1)
  }
  if (end === schedule.end && Math.abs(tardiness - schedule.tardiness) <= TOLERANCE * Math.max(1, tardiness)) return
  report({
    code: 'figures',
    zh: `计划所报完工 ${schedule.end}、延误 ${schedule.tardiness} 与实际（${end}、${tardiness}）不符`,
    en: `The schedule states end ${schedule.end} and tardiness ${schedule.tardiness}, its rows say ${end} and ${tardiness}`,
    activities: [],
  })
}
