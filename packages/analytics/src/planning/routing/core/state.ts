/**
 * Routes as linked lists over typed arrays, with earliest and latest service starts for the constant-time insertion test
 * (Savelsbergh 1992), group counts, and an undo log of the routes touched since `begin`.
 */
import type { Compiled } from './compiled.ts'
import { insertTimes, refreshTimes } from './times.ts'

/** Reach of an absent stop: no insertion beside it can be cheap enough. */
export const outOfReach = -0x7fffffff

export class RouteState {
  readonly problem: Compiled
  readonly next: Int32Array
  readonly prev: Int32Array
  /** Slot that serves the node, or -1. For start/end nodes their own slot. */
  readonly route: Int32Array
  readonly row: Int32Array
  readonly column: Int32Array
  /** Cost of the leg into the node; for a start/end node the leg home. */
  readonly legIn: Int32Array
  /** Longer of the legs into and out of a served stop; `outOfReach` while it is absent. */
  readonly reach: Int32Array
  /** Earliest service start; for a start/end node the earliest departure. */
  readonly earliest: Int32Array
  /** Latest service start that keeps the rest of the route in time; for a start/end node the latest return. */
  readonly latest: Int32Array
  readonly service: Int32Array
  /** Amount carried from each node; equal to the demand unless deliveries are split. */
  readonly amount: Int32Array
  readonly load: Int32Array
  readonly size: Int32Array
  readonly absent: Int32Array
  absentCount = 0
  /** Slots in use. */
  used = 0
  /** Vehicles of each pool that are not in use. */
  readonly poolLeft: Int32Array
  /** Objective of the current routes and absences. */
  cost = 0
  /** Stops of a cohesion group in a slot, at `group * slots + r`. */
  readonly together: Int32Array
  /** Slots that serve the group. */
  readonly groupSlots: Int32Array
  private readonly touched: Uint8Array
  private readonly logSlots: Int32Array
  private readonly logStart: Int32Array
  private logCount = 0
  private logFill = 0
  private readonly logNodes: Int32Array
  private readonly logLegs: Int32Array
  private readonly logEarliest: Int32Array
  private readonly logLatest: Int32Array
  private readonly logAmounts: Int32Array
  private readonly savedAbsent: Int32Array
  private savedAbsentCount = 0
  private savedCost = 0

  constructor(problem: Compiled) {
    this.problem = problem
    const { nodes, slots, places } = problem
    const all = nodes + slots
    const ints = () => new Int32Array(all)
    this.next = ints()
    this.prev = ints()
    this.route = new Int32Array(all).fill(-1)
    this.row = ints()
    this.column = ints()
    this.legIn = ints()
    this.reach = ints().fill(outOfReach)
    this.earliest = ints()
    this.latest = ints()
    this.service = ints()
    this.amount = ints()
    this.amount.set(problem.demand)
    this.poolLeft = new Int32Array(problem.poolSize.length)
    this.load = new Int32Array(slots)
    this.size = new Int32Array(slots)
    this.absent = new Int32Array(nodes)
    this.savedAbsent = new Int32Array(nodes)
    this.touched = new Uint8Array(slots)
    this.logSlots = new Int32Array(slots)
    this.logStart = new Int32Array(slots + 1)
    this.logNodes = ints()
    this.logLegs = ints()
    this.logEarliest = ints()
    this.logLatest = ints()
    this.logAmounts = ints()
    const groups = problem.surcharge?.groups ?? 0
    this.together = new Int32Array(groups * slots)
    this.groupSlots = new Int32Array(groups)
    for (let v = 0; v < nodes; v++) {
      const place = problem.place[v] as number
      this.row[v] = place * places
      this.column[v] = place
      this.service[v] = problem.service[v] as number
    }
    for (let r = 0; r < slots; r++) {
      this.row[nodes + r] = (problem.startPlace[r] as number) * places
      this.column[nodes + r] = problem.endPlace[r] as number
      this.route[nodes + r] = r
    }
    this.clear()
  }

  /** Whether taking out stops since `begin` made somebody too late: the direct way was longer than the way over them. */
  delayed = false

  /** Empties all routes; every node is absent. */
  clear(): void {
    const { nodes, slots, open, close } = this.problem
    this.cost = 0
    this.used = 0
    this.poolLeft.set(this.problem.poolSize)
    for (let r = 0; r < slots; r++) {
      const s = nodes + r
      this.next[s] = s
      this.prev[s] = s
      this.legIn[s] = 0
      this.earliest[s] = open[r] as number
      this.latest[s] = close[r] as number
      this.load[r] = 0
      this.size[r] = 0
    }
    for (let v = 0; v < nodes; v++) {
      this.route[v] = -1
      this.reach[v] = outOfReach
      this.absent[v] = v
      this.cost += this.problem.prize[v] as number
    }
    this.absentCount = nodes
    this.together.fill(0)
    this.groupSlots.fill(0)
    this.begin()
  }

  /** Forgets the undo log: what stands now is what `undo` returns to. */
  begin(): void {
    this.delayed = false
    for (let k = 0; k < this.logCount; k++) this.touched[this.logSlots[k] as number] = 0
    this.logCount = 0
    this.logFill = 0
    this.savedAbsentCount = this.absentCount
    for (let k = 0; k < this.absentCount; k++) this.savedAbsent[k] = this.absent[k] as number
    this.savedCost = this.cost
  }

  /** Notes the route before its first change since `begin`. */
  touch(r: number): void {
    if (this.touched[r] !== 0) return
    this.touched[r] = 1
    const { next, legIn, amount, earliest, latest, logNodes, logLegs, logAmounts, logEarliest, logLatest } = this
    const s = this.problem.nodes + r
    let fill = this.logFill
    this.logSlots[this.logCount] = r
    this.logStart[this.logCount++] = fill
    let v = s
    do {
      logNodes[fill] = v
      logLegs[fill] = legIn[v] as number
      logAmounts[fill] = amount[v] as number
      logEarliest[fill] = earliest[v] as number
      logLatest[fill++] = latest[v] as number
      v = next[v] as number
    } while (v !== s)
    this.logFill = fill
    this.logStart[this.logCount] = fill
  }

  /** Slots changed since `begin`. */
  changedSlots(): Int32Array {
    return this.logSlots.subarray(0, this.logCount)
  }

  /** Nodes of the routes changed since `begin`, as they were. */
  changedNodes(): Int32Array {
    return this.logNodes.subarray(0, this.logFill)
  }

  /** Cost since `begin`. */
  get gain(): number {
    return this.cost - this.savedCost
  }

  /** Stops that were absent at `begin`. */
  get absentBefore(): number {
    return this.savedAbsentCount
  }

  /** Whether all stands as it did at `begin`: often stops go back to where they were. */
  unchanged(): boolean {
    if (this.cost !== this.savedCost || this.absentCount !== this.savedAbsentCount) return false
    const { next, amount, logNodes, logAmounts, logStart } = this
    for (let k = 0; k < this.logCount; k++) {
      const to = logStart[k + 1] as number
      const from = logStart[k] as number
      for (let i = from; i < to; i++) {
        const v = logNodes[i] as number
        if (next[v] !== logNodes[i + 1 < to ? i + 1 : from] || amount[v] !== logAmounts[i]) return false
      }
    }
    return true
  }

  /** Returns to the routes that stood at `begin`. */
  undo(): void {
    const { next, prev, route, legIn, reach, earliest, latest, logNodes, logLegs, logEarliest, logLatest, logSlots, logStart } = this
    const grouped = this.groupSlots.length > 0
    for (let k = 0; k < this.logCount; k++) {
      const s = this.problem.nodes + (logSlots[k] as number)
      for (let v = next[s] as number; v !== s; v = next[v] as number) {
        route[v] = -1
        reach[v] = outOfReach
        if (grouped) this.leaveGroup(v, logSlots[k] as number)
      }
    }
    for (let k = 0; k < this.logCount; k++) {
      const r = logSlots[k] as number
      const s = this.problem.nodes + r
      const from = logStart[k] as number
      const to = logStart[k + 1] as number
      let load = 0
      let before = s
      for (let i = from; i < to; i++) {
        const v = logNodes[i] as number
        legIn[v] = logLegs[i] as number
        earliest[v] = logEarliest[i] as number
        latest[v] = logLatest[i] as number
        if (i === from) continue
        next[before] = v
        prev[v] = before
        route[v] = r
        const legOut = logLegs[i + 1 < to ? i + 1 : from] as number
        const leg = logLegs[i] as number
        reach[v] = Math.max(leg, legOut)
        const amount = this.logAmounts[i] as number
        this.amount[v] = amount
        load += amount
        if (grouped) this.joinGroup(v, r)
        before = v
      }
      next[before] = s
      prev[s] = before
      this.load[r] = load
      this.countUse(r, (to - from > 1 ? 1 : 0) - ((this.size[r] as number) > 0 ? 1 : 0))
      this.size[r] = to - from - 1
    }
    this.absentCount = this.savedAbsentCount
    for (let k = 0; k < this.absentCount; k++) this.absent[k] = this.savedAbsent[k] as number
    this.cost = this.savedCost
    this.begin()
  }

  /** Counts slot r as taken into use (1) or out of use (-1). */
  countUse(r: number, by: number): void {
    if (by === 0) return
    const pool = this.problem.pool[r] as number
    this.used += by
    this.poolLeft[pool] = (this.poolLeft[pool] as number) - by
  }

  /** Counts stop v to its cohesion group in slot r. */
  joinGroup(v: number, r: number): void {
    const g = this.problem.surcharge?.group[v] ?? -1
    if (g < 0) return
    const at = g * this.problem.slots + r
    if (this.together[at] === 0) this.groupSlots[g] = (this.groupSlots[g] as number) + 1
    this.together[at] = (this.together[at] as number) + 1
  }

  leaveGroup(v: number, r: number): void {
    const g = this.problem.surcharge?.group[v] ?? -1
    if (g < 0) return
    const at = g * this.problem.slots + r
    this.together[at] = (this.together[at] as number) - 1
    if (this.together[at] === 0) this.groupSlots[g] = (this.groupSlots[g] as number) - 1
  }

  /** Surcharge of serving absent stop v with slot r, besides driving. */
  surchargeOf(v: number, r: number): number {
    const extra = this.problem.surcharge
    if (extra === undefined) return 0
    const home = extra.home[v] as number
    let sum = home >= 0 && home !== r ? extra.changeCost : 0
    const g = extra.group[v] as number
    if (g >= 0 && this.together[g * this.problem.slots + r] === 0 && (this.groupSlots[g] as number) > 0) sum += extra.splitCost
    return sum
  }

  /** Puts an absent stop after node p. The caller removes it from the list of the absent. */
  insertAfter(v: number, p: number): void {
    const { next, prev, legIn, row, column, problem } = this
    const { cost, rate, fixed } = problem
    const r = this.route[p] as number
    this.touch(r)
    const x = next[p] as number
    const wasEmpty = this.size[r] === 0
    const into = cost[(row[p] as number) + (column[v] as number)] as number
    const out = cost[(row[v] as number) + (column[x] as number)] as number
    const driving = into + out - (wasEmpty ? 0 : (legIn[x] as number))
    this.cost += driving * (rate[r] as number) + (wasEmpty ? (fixed[r] as number) : 0) - (problem.prize[v] as number)
    if (problem.surcharge !== undefined) {
      this.cost += this.surchargeOf(v, r)
      this.joinGroup(v, r)
    }
    legIn[v] = into
    legIn[x] = out
    this.reach[v] = Math.max(into, out)
    next[p] = v
    prev[v] = p
    next[v] = x
    prev[x] = v
    this.measureReach(p)
    this.measureReach(x)
    this.route[v] = r
    this.load[r] = (this.load[r] as number) + (this.amount[v] as number)
    if (wasEmpty) this.countUse(r, 1)
    this.size[r] = (this.size[r] as number) + 1
    if (problem.timed) insertTimes(this, v, p, x)
  }

  /** Carries more of a served stop on the same call; costs nothing. For split deliveries only. */
  enlarge(v: number, by: number): void {
    const r = this.route[v] as number
    this.touch(r)
    this.amount[v] = (this.amount[v] as number) + by
    this.load[r] = (this.load[r] as number) + by
  }

  /** Takes out the chain first..last of one route; its stops become absent. */
  removeChain(first: number, last: number): void {
    const { next, prev, route, legIn, problem } = this
    const r = route[first] as number
    this.touch(r)
    const p = prev[first] as number
    const x = next[last] as number
    let gone = 0
    let driving = legIn[x] as number
    let count = 0
    for (let v = first; v !== x; v = next[v] as number) {
      driving += legIn[v] as number
      gone += this.amount[v] as number
      this.cost += problem.prize[v] as number
      route[v] = -1
      this.reach[v] = outOfReach
      this.absent[this.absentCount++] = v
      count++
      if (problem.surcharge !== undefined) {
        this.leaveGroup(v, r)
        this.cost -= this.surchargeOf(v, r)
      }
    }
    this.load[r] = (this.load[r] as number) - gone
    const left = (this.size[r] as number) - count
    this.size[r] = left
    if (left === 0) this.countUse(r, -1)
    const leg = left === 0 ? 0 : (problem.cost[(this.row[p] as number) + (this.column[x] as number)] as number)
    this.cost += (leg - driving) * (problem.rate[r] as number) - (left === 0 ? (problem.fixed[r] as number) : 0)
    next[p] = x
    prev[x] = p
    legIn[x] = leg
    this.measureReach(p)
    this.measureReach(x)
    if (!problem.timed) return
    refreshTimes(this, p, x)
    const arrive =
      (this.earliest[p] as number) +
      (this.service[p] as number) +
      (this.timesOf(r)[(this.row[p] as number) + (this.column[x] as number)] as number)
    if (arrive > (this.latest[x] as number)) this.delayed = true
  }

  private measureReach(v: number): void {
    if (v >= this.problem.nodes) return
    const into = this.legIn[v] as number
    const out = this.legIn[this.next[v] as number] as number
    this.reach[v] = Math.max(into, out)
  }

  /** Driving times of a slot. */
  timesOf(r: number): Int32Array {
    const { timeOfSlot, time } = this.problem
    return timeOfSlot === undefined ? time : (timeOfSlot[r] as Int32Array)
  }

  /** Writes the stops of slot r into `into` and returns their number. */
  copyRoute(r: number, into: Int32Array): number {
    const s = this.problem.nodes + r
    let length = 0
    for (let v = this.next[s] as number; v !== s; v = this.next[v] as number) into[length++] = v
    return length
  }
}
