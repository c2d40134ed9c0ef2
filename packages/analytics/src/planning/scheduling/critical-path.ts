import type { Infeasible } from '../anytime/index.ts'
import { findInfeasibility } from './infeasibility.ts'
import { compile } from './model/compile.ts'
import type { Network } from './model/network.ts'
import { finishAt, startDown, upperByArc } from './model/placing.ts'
import { earliestStarts, endOf, latestStarts } from './model/windows.ts'
import type { SchedulingProblem } from './types.ts'

/** Times of one activity by lags, dates and calendars alone, as if crews were without limit. All in slots. */
export interface CriticalPathRow {
  readonly id: string
  readonly earliestStart: number
  readonly earliestFinish: number
  readonly latestStart: number
  readonly latestFinish: number
  /** How far the start can slip without moving the end or breaking a deadline. */
  readonly totalFloat: number
  /** How far it can slip without moving any other activity's earliest start. */
  readonly freeFloat: number
  readonly critical: boolean
}

export interface CriticalPath {
  readonly ok: true
  readonly end: number
  readonly rows: readonly CriticalPathRow[]
}

/** Slip of each activity that leaves all others at their starts, by arcs alone. */
function freeFloats(net: Network, start: Int32Array, end: number): Int32Array {
  const float = new Int32Array(net.size)
  const latest = latestStarts(net, end)
  for (let j = 0; j < net.size; j++) {
    let high = latest[j] as number
    for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++)
      high = Math.min(high, startDown(net, j, upperByArc(net, j, e, start[net.outOf.other[e] as number] as number)))
    float[j] = Math.max(0, high - (start[j] as number))
  }
  return float
}

/**
 * Critical path method with generalised lags and calendars: the end that crews without limit would allow, and the floats.
 *
 * @throws InputError when the input cannot be read
 */
export function criticalPath(problem: SchedulingProblem): CriticalPath | Infeasible {
  const net = compile(problem)
  const earliest = earliestStarts(net)
  if (earliest.failed >= 0) {
    const reason = findInfeasibility(net)
    if (reason) return reason
  }
  const end = endOf(net, earliest.start)
  const latest = latestStarts(net, end)
  const free = freeFloats(net, earliest.start, end)
  const rows: CriticalPathRow[] = new Array(net.size)
  for (let j = 0; j < net.size; j++) {
    const early = earliest.start[j] as number
    const late = latest[j] as number
    const began = net.began[j] as number
    rows[net.input[j] as number] = {
      id: net.ids[j] as string,
      earliestStart: began >= 0 ? began : early,
      earliestFinish: finishAt(net, j, early),
      latestStart: began >= 0 ? began : late,
      latestFinish: finishAt(net, j, late),
      totalFloat: late - early,
      freeFloat: free[j] as number,
      critical: late <= early,
    }
  }
  return { ok: true, end, rows }
}
