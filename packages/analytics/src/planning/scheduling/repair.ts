import { type Infeasible, infeasible } from '../anytime/index.ts'
import { checkSchedule } from './check.ts'
import { settle } from './clauses/question.ts'
import { findInfeasibility } from './infeasibility.ts'
import { type Mended, type MoveReason, PatientMender, pushOn, reasonsFor } from './mending.ts'
import { compile } from './model/compile.ts'
import type { Network } from './model/network.ts'
import { scheduleOf, startsOf } from './plan.ts'
import { explainNone } from './reasons/core.ts'
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

/** Activities up to which a repair is searched for where mending fails, and conflicts of one search. */
const SEARCHED = 120
const CONFLICTS = 400

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
 * moves fewer activities is taken, unless the other moves few more (at most twice as many and three) and the plan by fewer slots in all.
 * Where both fail, a small problem is searched through. Activities move only to later slots, and in the result no activity
 * that moved could stand at its old start while the others stand where they are. The checker has the last word: what it does not accept
 * is no repair; where there is no schedule at all the reason is the one that scheduling anew would give.
 *
 * @throws InputError when the input cannot be read
 */
export function repair(problem: SchedulingProblem, current: Schedule): Repair | Infeasible {
  const net = compile(problem)
  const old = startsOf(net, current)
  const failed: number[] = []
  for (const mended of inOrder(net, old, new PatientMender(net, old).run(), pushOn(net, old))) {
    const fits = mended.failed < 0 ? told(problem, net, current, mended.start) : null
    if (fits) return fits
    if (mended.failed >= 0) failed.push(mended.failed)
  }
  const reason = findInfeasibility(net)
  if (reason) return reason
  const searched = searchRepair(net, old)
  const found = searched === null ? null : told(problem, net, current, searched)
  if (found) return found
  if (net.size <= SEARCHED && settle(net, null, CONFLICTS, () => false) === 'none') return explainNone(problem, () => false)
  const ids = failed.slice(0, 1).map((j) => net.ids[j] as string)
  return infeasible(
    'repair-not-possible',
    `小范围调整不能让${ids.length > 0 ? `工序“${ids[0]}”` : '计划'}守住限期、时距或固定开工时刻：请重新排程`,
    `A small change cannot keep the deadlines, lags or fixed starts${ids.length > 0 ? ` of activity "${ids[0]}"` : ''}: schedule anew`,
    ids,
  )
}

/** The repair in words and moves, or null where the checker finds a broken rule. */
function told(problem: SchedulingProblem, net: Network, current: Schedule, start: Int32Array): Repair | null {
  const schedule = scheduleOf(net, start)
  if (checkSchedule(problem, schedule).length > 0) return null
  const old = startsOf(net, current)
  const was = new Map(current.activities.map((row) => [row.id, row.start]))
  const changed: number[] = []
  for (let j = 0; j < net.size; j++) if (start[j] !== old[j]) changed.push(j)
  const reasons = new Map([...reasonsFor(net, old, start, changed)].map(([j, reason]) => [net.ids[j] as string, reason]))
  const moved = schedule.activities.flatMap((row): Move[] => {
    const from = was.get(row.id) ?? -1
    return from === row.start ? [] : [{ id: row.id, from, to: row.start, reason: reasons.get(row.id) ?? { kind: 'date' } }]
  })
  return { ok: true, schedule, moved }
}

/**
 * Starts near the old ones by clause search, nobody earlier than before; then one after the other whoever moved is held at home as long as
 * the others find a way. Null where nothing is found or the problem is too large.
 */
function searchRepair(net: Network, old: Int32Array): Int32Array | null {
  if (net.size > SEARCHED) return null
  const release = Int32Array.from(net.release, (t, j) => Math.max(t, old[j] as number))
  const fixed = Int32Array.from(net.fixed)
  const near = Int32Array.from(old, (t, j) => Math.max(t, net.release[j] as number))
  let best = settle({ ...net, release }, near, CONFLICTS, () => false)
  if (typeof best === 'string') return null
  for (let j = 0; j < net.size; j++) {
    if ((old[j] as number) < 0 || best[j] === old[j]) continue
    fixed[j] = old[j] as number
    const held = settle({ ...net, release, fixed }, best, CONFLICTS, () => false)
    if (typeof held === 'string') fixed[j] = net.fixed[j] as number
    else best = held
  }
  return best
}

/** What fits first: the mending that moves less. */
function inOrder(net: Network, old: Int32Array, a: Mended, b: Mended): readonly Mended[] {
  if (a.failed >= 0 || b.failed >= 0) return a.failed >= 0 ? [b, a] : [a, b]
  const first = disturbance(net, old, a.start)
  const second = disturbance(net, old, b.start)
  const [fewer, more, least, other] = first.count <= second.count ? [first, second, a, b] : [second, first, b, a]
  return more.count <= 2 * fewer.count + 3 && more.slots < fewer.slots ? [other, least] : [least, other]
}
