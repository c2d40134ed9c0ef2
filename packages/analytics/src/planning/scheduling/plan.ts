import { EventDecoder } from './decode/events.ts'
import type { Network } from './model/network.ts'
import { tiedBothWays } from './model/order.ts'
import { finishAt } from './model/placing.ts'
import { endOf } from './model/windows.ts'
import type { Schedule, ScheduledActivity } from './types.ts'

/** Passes to the right where maximal lags tie activities to each other. */
const MOST_PASSES = 4

/** One activity of a plan with its slack among the crews as they are used. */
export interface PlannedActivity extends ScheduledActivity {
  /** How far it can go back when everything behind it also goes as late as it can: 0 on the critical chain. Slots. */
  readonly totalFloat: number
  /** Its start where everything goes as late as it can without moving the end or making anything late. Slots. */
  readonly latestStart: number
  /** How far it can slip alone, nothing else moving. Slots. */
  readonly freeFloat: number
  readonly critical: boolean
}

/** End and weighted tardiness of one project. */
export interface ProjectOutcome {
  readonly id: string
  readonly end: number
}

/** A timetable with what an office asks of it. */
export interface Timetable extends Schedule {
  readonly activities: readonly PlannedActivity[]
  readonly projects: readonly ProjectOutcome[]
  /** Proven: nothing can end everything earlier. */
  readonly endBound: number
  /** Proven: no less weighted tardiness is possible. */
  readonly tardinessBound: number
  /**
   * Schedules generated: one for every `size` placements. A serial pass and each justification pass count 1, a decision of the clause
   * search counts as one placement.
   */
  readonly schedules: number
}

/** Weighted tardiness of starts. */
export function tardinessOf(net: Network, start: Int32Array): number {
  let sum = 0
  for (let j = 0; j < net.size; j++) {
    const late = finishAt(net, j, start[j] as number) - (net.due[j] as number)
    if (late > 0) sum += late * (net.weight[j] as number)
  }
  return sum
}

/** Rows in the order of the problem. */
export function rowsOf(net: Network, start: Int32Array): ScheduledActivity[] {
  const rows: ScheduledActivity[] = new Array(net.size)
  for (let j = 0; j < net.size; j++) {
    const began = net.began[j] as number
    const from = start[j] as number
    rows[net.input[j] as number] = { id: net.ids[j] as string, start: began >= 0 ? began : from, finish: finishAt(net, j, from) }
  }
  return rows
}

/** The schedule alone, as the checker reads it. */
export function scheduleOf(net: Network, start: Int32Array): Schedule {
  return { activities: rowsOf(net, start), end: endOf(net, start), tardiness: tardinessOf(net, start) }
}

/** Starts in the network's numbering from a schedule; activities it does not name get -1. */
export function startsOf(net: Network, schedule: Schedule): Int32Array {
  const at = new Map(schedule.activities.map((row) => [row.id, row.start]))
  return Int32Array.from({ length: net.size }, (_, j) => {
    const fixed = net.fixed[j] as number
    return fixed >= 0 ? fixed : (at.get(net.ids[j] as string) ?? -1)
  })
}

/** The whole timetable with floats and bounds. */
export function timetableOf(
  net: Network,
  start: Int32Array,
  proven: { readonly endBound: number; readonly tardinessBound: number; readonly schedules: number },
): Timetable {
  const end = endOf(net, start)
  const decoder = new EventDecoder(net)
  decoder.load(start)
  const free = new Int32Array(net.size)
  for (let j = 0; j < net.size; j++) free[j] = decoder.latestAlone(j, end, start) - (start[j] as number)
  const late = Int32Array.from(start)
  const order = Array.from({ length: net.size }, (_, j) => j).sort(
    (a, b) => finishAt(net, b, start[b] as number) - finishAt(net, a, start[a] as number) || b - a,
  )
  // Who goes later may leave room for one that went before. Activities tied both ways would creep on together: they get so many passes.
  let passes = tiedBothWays(net) ? MOST_PASSES : Number.POSITIVE_INFINITY
  for (let moved = true; moved && passes-- > 0; ) {
    moved = false
    for (const j of order) moved = decoder.moveRight(j, end, late) || moved
  }
  const rows = rowsOf(net, start)
  const activities: PlannedActivity[] = new Array(net.size)
  const ends = new Int32Array(net.projectIds.length)
  for (let j = 0; j < net.size; j++) {
    const k = net.input[j] as number
    const row = rows[k] as ScheduledActivity
    const totalFloat = Math.max(free[j] as number, (late[j] as number) - (start[j] as number))
    const latestStart = row.start + (late[j] as number) - (start[j] as number)
    activities[k] = { ...row, latestStart, totalFloat, freeFloat: free[j] as number, critical: totalFloat === 0 }
    const project = net.projectOf[j] as number
    if (project >= 0) ends[project] = Math.max(ends[project] as number, row.finish)
  }
  const projects = net.projectIds.map((id, k) => ({ id, end: ends[k] as number }))
  return { activities, projects, end, tardiness: tardinessOf(net, start), ...proven }
}
