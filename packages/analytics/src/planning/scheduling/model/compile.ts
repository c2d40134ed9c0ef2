import type { Activity, Lag, Material, SchedulingProblem, WorkCalendar } from '../types.ts'
import { gather, groupRows } from './arrays.ts'
import { alignUp, type WorkingTime } from './calendar.ts'
import { buildTimes } from './horizon.ts'
import { type Arcs, type Arrivals, FROM_FINISH, NEVER, type Network, TO_FINISH } from './network.ts'
import { topologicalNumbers } from './order.ts'
import { validate } from './validate.ts'

/** One constraint between activities by their position in the problem: end(to) >= end(from) + lag. */
export interface RawArc {
  readonly from: number
  readonly to: number
  readonly lag: number
  readonly kind: number
}

/** A lag as one or two constraints (a maximal lag points back). */
function rawArcs(lag: Lag, index: ReadonlyMap<string, number>): RawArc[] {
  const from = index.get(lag.from) as number
  const to = index.get(lag.to) as number
  const type = lag.type ?? 'FS'
  const fromFinish = type === 'FS' || type === 'FF'
  const toFinish = type === 'FF' || type === 'SF'
  const arcs: RawArc[] = []
  const min = lag.min ?? (lag.max === undefined ? 0 : undefined)
  if (min !== undefined) arcs.push({ from, to, lag: min, kind: (fromFinish ? FROM_FINISH : 0) | (toFinish ? TO_FINISH : 0) })
  if (lag.max !== undefined)
    arcs.push({ from: to, to: from, lag: -lag.max, kind: (toFinish ? FROM_FINISH : 0) | (fromFinish ? TO_FINISH : 0) })
  return arcs
}

function arrivals(material: Material): Arrivals {
  const rows = [{ at: 0, amount: material.stock ?? 0 }, ...(material.arrivals ?? [])].sort((a, b) => a.at - b.at)
  let sum = 0
  return { id: material.id, at: Int32Array.from(rows, (r) => r.at), total: Float64Array.from(rows, (r) => (sum += r.amount)) }
}

function arcsBy(arcs: readonly RawArc[], size: number, end: 'from' | 'to'): Arcs {
  const { first, order } = groupRows(
    arcs.map((a) => a[end]),
    size,
  )
  const other = end === 'from' ? 'to' : 'from'
  return {
    first,
    other: gather(
      arcs.map((a) => a[other]),
      order,
    ),
    lag: gather(
      arcs.map((a) => a.lag),
      order,
    ),
    kind: Uint8Array.from(order, (row) => (arcs[row] as RawArc).kind),
  }
}

/** Folds the parts of a lag that do not depend on calendars into start-to-start form. */
function startToStart(arc: RawArc, duration: Int32Array, time: readonly (WorkingTime | null)[], past: Int32Array): RawArc {
  let { lag, kind } = arc
  if (kind & FROM_FINISH) {
    if (time[arc.from] === null) {
      lag += duration[arc.from] as number
      kind &= ~FROM_FINISH
    }
  } else lag -= past[arc.from] as number
  if (kind & TO_FINISH) {
    if (time[arc.to] === null) {
      lag -= duration[arc.to] as number
      kind &= ~TO_FINISH
    }
  } else lag += past[arc.to] as number
  return { from: arc.from, to: arc.to, lag, kind }
}

/**
 * Turns the problem into typed arrays.
 *
 * @throws InputError when the input cannot be read
 */
export function compile(problem: SchedulingProblem): Network {
  validate(problem)
  const list = problem.activities
  const size = list.length
  const now = problem.now ?? 0
  const index = new Map(list.map((a, k) => [a.id, k]))
  const projects = new Map((problem.projects ?? []).map((p, k) => [p.id, { ...p, k }]))
  const project = (a: Activity) => (a.project === undefined ? undefined : projects.get(a.project))
  const resources = problem.resources ?? []
  const resourceIndex = new Map(resources.map((r, k) => [r.id, k]))
  const materialIndex = new Map((problem.materials ?? []).map((m, k) => [m.id, k]))
  const calendars = new Map<string, WorkCalendar>((problem.calendars ?? []).map((c) => [c.id, c]))
  const length = Int32Array.from(list, (a) => a.started?.remaining ?? a.duration)
  const { horizon, times } = buildTimes(problem, length, calendars)
  // What has started is counted from its next working slot; lags from its start reach back to when it began.
  const resumed = list.map((_, k) => {
    const time = times[k]
    return time && (length[k] as number) > 0 ? alignUp(time, now) : now
  })
  const past = Int32Array.from(list, (a, k) => (a.started ? (resumed[k] as number) - a.started.at : 0))
  // What has started is a fact, also where it began out of sequence: lags to it no longer bind.
  const begun = new Set(list.filter((a) => a.started).map((a) => a.id))
  const raw = (problem.lags ?? [])
    .filter((lag) => !begun.has(lag.to))
    .flatMap((lag) => rawArcs(lag, index))
    .map((arc) => startToStart(arc, length, times, past))
  const number = topologicalNumbers(raw, size, length)
  const arcs = raw.map((a) => ({ ...a, from: number[a.from] as number, to: number[a.to] as number }))
  const input = new Int32Array(size)
  number.forEach((internal, k) => {
    input[internal] = k
  })
  const ordered = Array.from(input, (k) => list[k] as Activity)
  const needRows = ordered.flatMap((a, j) =>
    (length[input[j] as number] as number) === 0
      ? []
      : (a.needs ?? [])
          .filter((need) => need.amount > 0)
          .map((need) => [j, resourceIndex.get(need.resource) as number, need.amount] as const),
  )
  const needs = groupRows(
    needRows.map((r) => r[0]),
    size,
  )
  const takeRows = ordered.flatMap((a, j) =>
    a.started
      ? []
      : (a.materials ?? []).filter((m) => m.amount > 0).map((m) => [j, materialIndex.get(m.material) as number, m.amount] as const),
  )
  const takes = groupRows(
    takeRows.map((r) => r[0]),
    size,
  )
  const limit = (own: number | undefined, common: number | undefined) => Math.min(own ?? NEVER, common ?? NEVER)
  const due = Int32Array.from(ordered, (a) => limit(a.due, project(a)?.due))
  const fixed = Int32Array.from(ordered, (a, j) => (a.started ? (resumed[input[j] as number] as number) : (a.fixedStart ?? -1)))
  const deadline = Int32Array.from(ordered, (a) => limit(a.deadline, project(a)?.deadline))
  const time = Array.from(input, (k) => times[k] as WorkingTime | null)
  const hasDue = due.some((d) => d < NEVER)
  const steps = resources.map((r) => [...(r.steps ?? [])].sort((a, b) => a.from - b.from))
  return {
    size,
    ids: ordered.map((a) => a.id),
    input,
    duration: Int32Array.from(input, (k) => length[k] as number),
    time,
    fixed,
    began: Int32Array.from(ordered, (a) => a.started?.at ?? -1),
    release: Int32Array.from(ordered, (a) => (a.started ? now : Math.max(now, a.release ?? 0, project(a)?.release ?? 0))),
    deadline,
    due,
    weight: Float64Array.from(ordered, (a) => (a.priority ?? 1) * (project(a)?.priority ?? 1)),
    hasDue,
    into: arcsBy(arcs, size, 'to'),
    outOf: arcsBy(arcs, size, 'from'),
    resourceIds: resources.map((r) => r.id),
    capacity: Int32Array.from(resources, (r) => r.capacity),
    steps,
    needFirst: needs.first,
    needResource: gather(
      needRows.map((r) => r[1]),
      needs.order,
    ),
    needAmount: gather(
      needRows.map((r) => r[2]),
      needs.order,
    ),
    materials: (problem.materials ?? []).map(arrivals),
    takeFirst: takes.first,
    takeMaterial: gather(
      takeRows.map((r) => r[1]),
      takes.order,
    ),
    takeAmount: Float64Array.from(takes.order, (row) => (takeRows[row] as readonly [number, number, number])[2]),
    projectOf: Int32Array.from(ordered, (a) => project(a)?.k ?? -1),
    projectIds: (problem.projects ?? []).map((p) => p.id),
    horizon,
    plain:
      time.every((t) => t === null) &&
      takeRows.length === 0 &&
      steps.every((s) => s.length === 0) &&
      fixed.every((f) => f < 0) &&
      deadline.every((d) => d >= NEVER) &&
      arcs.every((a) => a.lag >= 0 && a.from < a.to),
  }
}
