/**
 * Routes as linked lists over typed arrays, with earliest and latest service starts for the constant-time insertion test
 * (Savelsbergh 1992), group counts, and an undo log of the routes touched since `begin`.
 */
import { Cohesion } from './cohesion.ts'
import { type Compiled, outOfReach } from './compiled.ts'
import { insertTimes, refreshTimes } from './times.ts'
import { UndoLog } from './undoLog.ts'

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
  readonly cohesion: Cohesion
  /** What changed since `begin`. */
  readonly log: UndoLog

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
    this.cohesion = new Cohesion(problem)
    this.log = new UndoLog(problem)
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
    this.cohesion.clear()
    this.begin()
  }

  /** What stands now is what `undo` returns to. */
  begin(): void {
    this.delayed = false
    this.log.begin(this)
  }

  /** Returns to the routes that stood at `begin`. */
  undo(): void {
    this.log.undo(this)
    this.begin()
  }

  /** Counts slot r as taken into use (1) or out of use (-1). */
  countUse(r: number, by: number): void {
    if (by === 0) return
    const pool = this.problem.pool[r] as number
    this.used += by
    this.poolLeft[pool] = (this.poolLeft[pool] as number) - by
  }

  /** Puts an absent stop after node p. The caller removes it from the list of the absent. */
  insertAfter(v: number, p: number): void {
    const { next, prev, legIn, row, column, problem } = this
    const { cost, rate, fixed } = problem
    const r = this.route[p] as number
    this.log.note(this, r)
    const x = next[p] as number
    const wasEmpty = this.size[r] === 0
    const into = cost[(row[p] as number) + (column[v] as number)] as number
    const out = cost[(row[v] as number) + (column[x] as number)] as number
    const driving = into + out - (wasEmpty ? 0 : (legIn[x] as number))
    this.cost += driving * (rate[r] as number) + (wasEmpty ? (fixed[r] as number) : 0) - (problem.prize[v] as number)
    if (problem.surcharge !== undefined) {
      this.cost += this.cohesion.surchargeOf(v, r)
      this.cohesion.join(v, r)
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
    this.log.note(this, r)
    this.amount[v] = (this.amount[v] as number) + by
    this.load[r] = (this.load[r] as number) + by
  }

  /** Takes out the chain first..last of one route; its stops become absent. */
  removeChain(first: number, last: number): void {
    const { next, prev, route, legIn, problem } = this
    const r = route[first] as number
    this.log.note(this, r)
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
        this.cohesion.leave(v, r)
        this.cost -= this.cohesion.surchargeOf(v, r)
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
