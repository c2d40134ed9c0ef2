import { type Infeasible, infeasible } from '../anytime/index.ts'
import { findInfeasibility } from './infeasibility.ts'
import { type Mended, type MoveReason, PatientMender, pushOn, reasonsFor } from './mending.ts'
import { compile } from './model/compile.ts'
import type { Network } from './model/network.ts'
import { scheduleOf, startsOf } from './plan.ts'
import type { Schedule, SchedulingProblem } from './types.ts'

/** One activity that had to move. `from` is -1 for an activity that was not in the plan. */
export interface Move {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly reason: MoveReason
}

export interface Repair {
  readonly ok: true
  readonly schedule: Schedule
  /** In the order of the problem. Whoever is not named keeps its start. */
  readonly moved: readonly Move[]
}

/** Activities of the old plan that move, and the slots by which they do. */
function disturbance(net: Network, old: Int32Array, start: Int32Array): { readonly count: number; readonly slots: number } {
  let count = 0
  let slots = 0
  for (let j = 0; j < net.size; j++) {
    if ((old[j] as number) < 0 || start[j] === old[j]) continue
    count++
    slots += (start[j] as number) - (old[j] as number)
  }
  return { count, slots }
}

/**
 * Fits a plan to a changed problem (something slipped, takes longer, arrives later) and moves only what it must. Two ways are tried:
 * only what is broken moves, around those who can stay; and everybody keeps the order, later ones giving way. The one that
 * moves fewer activities is taken, unless the other moves few more (at most twice as many and three) and the plan by fewer slots in all. Activities move only to later slots, and in the result no activity
 * that moved could stand at its old start while the others stand where they are.
 *
 * @throws InputError when the input cannot be read
 */
export function repair(problem: SchedulingProblem, current: Schedule): Repair | Infeasible {
  const net = compile(problem)
  const old = startsOf(net, current)
  const patient = new PatientMender(net, old).run()
  const chosen = better(net, old, patient, pushOn(net, old))
  if (chosen.failed >= 0) {
    const id = net.ids[chosen.failed] as string
    return (
      findInfeasibility(net) ??
      infeasible(
        'repair-not-possible',
        `小范围调整不能让工序“${id}”守住限期或固定开工时刻：请重新排程`,
        `A small change cannot keep the deadline or fixed start of activity "${id}": schedule anew`,
        [id],
      )
    )
  }
  const { start } = chosen
  const was = new Map(current.activities.map((row) => [row.id, row.start]))
  const schedule = scheduleOf(net, start)
  const changed: number[] = []
  for (let j = 0; j < net.size; j++) if (start[j] !== old[j]) changed.push(j)
  const reasons = new Map([...reasonsFor(net, old, start, changed)].map(([j, reason]) => [net.ids[j] as string, reason]))
  const moved = schedule.activities.flatMap((row): Move[] => {
    const from = was.get(row.id) ?? -1
    return from === row.start ? [] : [{ id: row.id, from, to: row.start, reason: reasons.get(row.id) ?? { kind: 'date' } }]
  })
  return { ok: true, schedule, moved }
}

function better(net: Network, old: Int32Array, a: Mended, b: Mended): Mended {
  if (a.failed >= 0 || b.failed >= 0) return a.failed >= 0 ? b : a
  const first = disturbance(net, old, a.start)
  const second = disturbance(net, old, b.start)
  const [fewer, more, least, other] = first.count <= second.count ? [first, second, a, b] : [second, first, b, a]
  return more.count <= 2 * fewer.count + 3 && more.slots < fewer.slots ? other : least
}
