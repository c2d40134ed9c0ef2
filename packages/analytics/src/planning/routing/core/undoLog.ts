/** What changed in a plan since a moment: enough to go back to it, and to tell which routes are no longer what they were. */
import type { Cohesion } from './cohesion.ts'
import { type Compiled, outOfReach } from './compiled.ts'

/** The plan that is gone back on. */
export interface LoggedRoutes {
  readonly problem: Compiled
  readonly next: Int32Array
  readonly prev: Int32Array
  readonly route: Int32Array
  readonly legIn: Int32Array
  readonly reach: Int32Array
  readonly earliest: Int32Array
  readonly latest: Int32Array
  readonly amount: Int32Array
  readonly load: Int32Array
  readonly size: Int32Array
  readonly absent: Int32Array
  readonly cohesion: Cohesion
  absentCount: number
  cost: number
  countUse(r: number, by: number): void
}

export class UndoLog {
  private readonly touched: Uint8Array
  private readonly slots: Int32Array
  private readonly start: Int32Array
  private count = 0
  private fill = 0
  private readonly nodes: Int32Array
  private readonly legs: Int32Array
  private readonly earliest: Int32Array
  private readonly latest: Int32Array
  private readonly amounts: Int32Array
  private readonly absent: Int32Array
  /** Stops that were absent at `begin`. */
  absentCount = 0
  /** Objective at `begin`. */
  cost = 0

  constructor({ nodes, slots }: Compiled) {
    const ints = () => new Int32Array(nodes + slots)
    this.touched = new Uint8Array(slots)
    this.slots = new Int32Array(slots)
    this.start = new Int32Array(slots + 1)
    this.nodes = ints()
    this.legs = ints()
    this.earliest = ints()
    this.latest = ints()
    this.amounts = ints()
    this.absent = new Int32Array(nodes)
  }

  /** Forgets what was noted: what stands now is what `undo` returns to. */
  begin({ absent, absentCount, cost }: LoggedRoutes): void {
    for (let k = 0; k < this.count; k++) this.touched[this.slots[k] as number] = 0
    this.count = 0
    this.fill = 0
    this.absentCount = absentCount
    for (let k = 0; k < absentCount; k++) this.absent[k] = absent[k] as number
    this.cost = cost
  }

  /** Notes slot r before its first change since `begin`. */
  note(state: LoggedRoutes, r: number): void {
    if (this.touched[r] !== 0) return
    this.touched[r] = 1
    const { nodes, legs, amounts } = this
    const { next, legIn, amount, earliest, latest } = state
    const s = state.problem.nodes + r
    let fill = this.fill
    this.slots[this.count] = r
    this.start[this.count++] = fill
    let v = s
    do {
      nodes[fill] = v
      legs[fill] = legIn[v] as number
      amounts[fill] = amount[v] as number
      this.earliest[fill] = earliest[v] as number
      this.latest[fill++] = latest[v] as number
      v = next[v] as number
    } while (v !== s)
    this.fill = fill
    this.start[this.count] = fill
  }

  /** Slots changed since `begin`. */
  changedSlots(): Int32Array {
    return this.slots.subarray(0, this.count)
  }

  /** Nodes of the routes changed since `begin`, as they were. */
  changedNodes(): Int32Array {
    return this.nodes.subarray(0, this.fill)
  }

  /** Whether all stands as it did at `begin`: often stops go back to where they were. */
  unchanged({ next, amount, cost, absentCount }: LoggedRoutes): boolean {
    if (cost !== this.cost || absentCount !== this.absentCount) return false
    const { nodes, amounts, start } = this
    for (let k = 0; k < this.count; k++) {
      const to = start[k + 1] as number
      const from = start[k] as number
      for (let i = from; i < to; i++) {
        const v = nodes[i] as number
        if (next[v] !== nodes[i + 1 < to ? i + 1 : from] || amount[v] !== amounts[i]) return false
      }
    }
    return true
  }

  /** Puts the routes, the absent and the objective back to what they were at `begin`; the caller begins anew. */
  undo(state: LoggedRoutes): void {
    const { next, route, reach, absent, cohesion, problem } = state
    const { slots } = this
    for (let k = 0; k < this.count; k++) {
      const s = problem.nodes + (slots[k] as number)
      for (let v = next[s] as number; v !== s; v = next[v] as number) {
        route[v] = -1
        reach[v] = outOfReach
        if (cohesion.counted) cohesion.leave(v, slots[k] as number)
      }
    }
    for (let k = 0; k < this.count; k++) this.restore(state, slots[k] as number, this.start[k] as number, this.start[k + 1] as number)
    state.absentCount = this.absentCount
    for (let k = 0; k < this.absentCount; k++) absent[k] = this.absent[k] as number
    state.cost = this.cost
  }

  /** Puts one slot back, whose nodes stand at from..to in the log. */
  private restore(state: LoggedRoutes, r: number, from: number, to: number): void {
    const { nodes, legs } = this
    const { next, prev, route, legIn, reach, earliest, latest, cohesion } = state
    const s = state.problem.nodes + r
    let load = 0
    let before = s
    for (let i = from; i < to; i++) {
      const v = nodes[i] as number
      legIn[v] = legs[i] as number
      earliest[v] = this.earliest[i] as number
      latest[v] = this.latest[i] as number
      if (i === from) continue
      next[before] = v
      prev[v] = before
      route[v] = r
      const legOut = legs[i + 1 < to ? i + 1 : from] as number
      const leg = legs[i] as number
      reach[v] = Math.max(leg, legOut)
      const amount = this.amounts[i] as number
      state.amount[v] = amount
      load += amount
      if (cohesion.counted) cohesion.join(v, r)
      before = v
    }
    next[before] = s
    prev[s] = before
    state.load[r] = load
    state.countUse(r, (to - from > 1 ? 1 : 0) - ((state.size[r] as number) > 0 ? 1 : 0))
    state.size[r] = to - from - 1
  }
}
