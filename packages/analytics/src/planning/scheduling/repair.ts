import { type Infeasible, infeasible } from '../anytime/index.ts'
import { Profile } from './decode/profile.ts'
import { Stores } from './decode/stores.ts'
import { findInfeasibility } from './infeasibility.ts'
import { compile } from './model/compile.ts'
import type { Network } from './model/network.ts'
import { finishAt, lowerByArc, startUp, upperByArc } from './model/placing.ts'
import { scheduleOf, startsOf } from './plan.ts'
import type { Schedule, SchedulingProblem } from './types.ts'

/** Why an activity could not keep its start. `by` is the activity, resource or material that stands in the way. */
export interface MoveReason {
  readonly kind: 'date' | 'lag' | 'resource' | 'material' | 'new'
  readonly by?: string
}

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

/** Changes one plan as little as it can. */
class Mender {
  private readonly net: Network
  private readonly old: Int32Array
  private readonly start: Int32Array
  private readonly profile: Profile
  private readonly stores: Stores
  private readonly reasons = new Map<number, MoveReason>()
  private readonly queue: number[] = []
  private readonly queued: Uint8Array
  private steps = 0

  constructor(net: Network, old: Int32Array) {
    this.net = net
    this.old = old
    this.start = Int32Array.from(old)
    this.profile = new Profile(net)
    this.stores = new Stores(net)
    this.queued = new Uint8Array(net.size)
  }

  /** Repairs; the failing activity or -1, and the starts. */
  run(): { failed: number; start: Int32Array; reasons: ReadonlyMap<number, MoveReason> } {
    const { net, start } = this
    for (let j = 0; j < net.size; j++) if ((start[j] as number) >= 0) this.hold(j, 1)
    for (let j = 0; j < net.size; j++) {
      if ((start[j] as number) < 0) this.enqueue(j, { kind: 'new' })
      else this.inspect(j)
    }
    let failed = this.drain()
    for (let shortage = this.shortage(0); shortage && failed < 0; shortage = this.shortage(shortage.slot)) {
      if (shortage.mover < 0) return { failed: shortage.user, start, reasons: this.reasons }
      this.enqueue(shortage.mover, shortage.reason)
      failed = this.drain()
    }
    if (failed < 0) this.returnHome()
    for (let j = 0; j < net.size && failed < 0; j++) if (finishAt(net, j, start[j] as number) > (net.deadline[j] as number)) failed = j
    return { failed, start, reasons: this.reasons }
  }

  private hold(j: number, sign: 1 | -1): void {
    this.profile.add(j, this.start[j] as number, sign)
    this.stores.add(j, this.start[j] as number, sign)
  }

  private enqueue(j: number, reason: MoveReason): void {
    if (!this.reasons.has(j)) this.reasons.set(j, reason)
    if (this.queued[j]) return
    this.queued[j] = 1
    this.queue.push(j)
  }

  /** Queues j when its own dates or the lags to it are broken. */
  private inspect(j: number): void {
    const { net } = this
    const now = this.start[j] as number
    if ((net.fixed[j] as number) >= 0) return
    const date = startUp(net, j, net.release[j] as number)
    if (now < date || startUp(net, j, now) !== now) this.enqueue(j, { kind: 'date' })
    for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
      const i = net.into.other[e] as number
      if ((this.start[i] as number) < 0) continue
      if (startUp(net, j, lowerByArc(net, j, e, this.start[i] as number)) > now) this.enqueue(j, { kind: 'lag', by: net.ids[i] as string })
    }
  }

  private lower(j: number): number {
    const { net } = this
    let low = net.release[j] as number
    for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
      const other = this.start[net.into.other[e] as number] as number
      if (other >= 0) low = Math.max(low, lowerByArc(net, j, e, other))
    }
    return low
  }

  /** Moves what is queued, earliest first, to the first place that disturbs nobody who may stay. */
  private drain(): number {
    const { net, start, queue } = this
    while (queue.length > 0) {
      let pick = 0
      for (let k = 1; k < queue.length; k++) if ((start[queue[k] as number] as number) < (start[queue[pick] as number] as number)) pick = k
      const j = queue[pick] as number
      queue[pick] = queue.at(-1) as number
      queue.pop()
      this.queued[j] = 0
      if ((net.fixed[j] as number) >= 0 || this.steps++ > 50 * net.size + 1000) return j
      if ((start[j] as number) >= 0) this.hold(j, -1)
      const least = Math.max(this.lower(j), start[j] as number, this.stores.earliest(j))
      const to = least > net.horizon ? -1 : this.profile.earliest(j, least, net.horizon)
      if (to < 0 || finishAt(net, j, to) > (net.deadline[j] as number)) return j
      start[j] = to
      this.hold(j, 1)
      for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++) {
        const next = net.outOf.other[e] as number
        if ((start[next] as number) < 0) continue
        if ((start[next] as number) >= 0 && upperByArc(net, j, e, start[next] as number) < to)
          this.enqueue(next, { kind: 'lag', by: net.ids[j] as string })
      }
    }
    return -1
  }

  /** The next overdrawn slot and who should give way: of its users the one that starts last. */
  private shortage(from: number): { slot: number; mover: number; user: number; reason: MoveReason } | null {
    const { net, start } = this
    const crew = this.profile.overdrawn(from)
    if (crew) {
      const { mover, user, other } = this.lastUser(crew.slot, (j) => {
        const time = net.time[j]
        if (time && time.done[crew.slot + 1] === time.done[crew.slot]) return false
        if ((start[j] as number) > crew.slot || finishAt(net, j, start[j] as number) <= crew.slot) return false
        for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++)
          if (net.needResource[e] === crew.resource) return true
        return false
      })
      if (user >= 0) {
        const by = other >= 0 ? (net.ids[other] as string) : (net.resourceIds[crew.resource] as string)
        return { slot: crew.slot, mover, user, reason: { kind: 'resource', by } }
      }
      return this.shortage(crew.slot + 1)
    }
    const store = this.stores.overdrawn()
    if (!store) return null
    const { mover, user } = this.lastUser(store.slot, (j) => {
      if ((start[j] as number) > store.slot) return false
      for (let e = net.takeFirst[j] as number; e < (net.takeFirst[j + 1] as number); e++)
        if (net.takeMaterial[e] === store.material) return true
      return false
    })
    return { slot: from, mover, user, reason: { kind: 'material', by: net.materials[store.material]?.id as string } }
  }

  private lastUser(_slot: number, uses: (j: number) => boolean): { mover: number; user: number; other: number } {
    const { net, start } = this
    let mover = -1
    let user = -1
    let other = -1
    for (let j = 0; j < net.size; j++) {
      if (!uses(j)) continue
      user = j
      if ((net.fixed[j] as number) >= 0) {
        other = j
        continue
      }
      if (mover < 0 || (start[j] as number) >= (start[mover] as number)) {
        if (mover >= 0) other = mover
        mover = j
      } else other = j
    }
    return { mover, user, other }
  }

  /** Sends back whoever can stand at its old start, or nearer to it, after all. */
  private returnHome(): void {
    const { start, old } = this
    const moved = [...this.reasons.keys()]
      .filter((j) => (old[j] as number) >= 0)
      .sort((a, b) => (start[a] as number) - (start[b] as number))
    for (const j of moved) {
      this.hold(j, -1)
      const least = Math.max(this.lower(j), old[j] as number, this.stores.earliest(j))
      const now = start[j] as number
      const to = least < now ? this.profile.earliest(j, least, now) : now
      start[j] = to < 0 ? now : to
      this.hold(j, 1)
      if (start[j] === old[j]) this.reasons.delete(j)
    }
  }
}

/**
 * Fits a plan to a changed problem (something slipped, takes longer, arrives later) and moves only what it must: an activity moves
 * when its dates, a lag or a shortage forces it, only to later slots, to the first place that disturbs nobody who may stay; among the
 * users of an overdrawn crew or store the one that starts last gives way. In the result no moved activity could stand at its old start.
 *
 * @throws InputError when the input cannot be read
 */
export function repair(problem: SchedulingProblem, current: Schedule): Repair | Infeasible {
  const net = compile(problem)
  const before = startsOf(net, current)
  const mender = new Mender(net, before)
  const { failed, start, reasons } = mender.run()
  if (failed >= 0) {
    const id = net.ids[failed] as string
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
  const was = new Map(current.activities.map((row) => [row.id, row.start]))
  const schedule = scheduleOf(net, start)
  const reasonOf = new Map([...reasons].map(([j, reason]) => [net.ids[j] as string, reason]))
  const moved = schedule.activities.flatMap((row): Move[] => {
    const from = was.get(row.id) ?? -1
    return from === row.start ? [] : [{ id: row.id, from, to: row.start, reason: reasonOf.get(row.id) ?? { kind: 'date' } }]
  })
  return { ok: true, schedule, moved }
}
