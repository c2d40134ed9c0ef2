/**
 * One plan that several threads change at the same time: memory they share, which holds the routes, the cost, and which change made each
 * route what it is. Every thread searches on a copy of its own, takes over what others have changed before each step, and puts its own
 * change on the board unless another has meanwhile changed one of the same routes. So all threads walk one path: as many steps a second as
 * there are threads, each from the plan as it stands.
 */
import { type BoardControl, type BoardMemory, boardParts } from './boardMemory.ts'
import type { Compiled } from './compiled.ts'
import { replaceRoutes } from './replace.ts'
import type { RouteState } from './state.ts'

/** How a thread works at the board. */
export interface Membership {
  /** Number of the thread, from 0. */
  readonly member: number
  /**
   * True where all threads keep step: each finishes its step from the same plan and puts it up in the order of the threads. The path is
   * then the same in every run; else threads never wait for one another.
   */
  readonly inStep: boolean
}

/** The board as one thread sees it. */
export class Board {
  readonly members: number
  readonly member: number
  readonly inStep: boolean
  private readonly control: BoardControl
  private readonly cost: Float64Array
  private readonly used: Float64Array
  private readonly next: Int32Array
  private readonly amount: Int32Array
  private readonly route: Int32Array
  private readonly absent: Int32Array
  /** Change that made each slot what it is. */
  private readonly changed: Int32Array
  private readonly stale: Int32Array
  private readonly touched: Uint8Array
  private readonly separable: boolean
  /** Change up to which this thread's copy is the board's. */
  private seen = 0
  private round = 0

  constructor(memory: BoardMemory, problem: Compiled, { member, inStep }: Membership) {
    const { slots, members } = memory
    this.members = members
    this.member = member
    this.inStep = inStep
    this.cost = new Float64Array(memory.numbers, 0, 1)
    this.used = new Float64Array(memory.numbers, 8, members)
    const { control, next, amount, route, absent, changed } = boardParts(memory)
    this.control = control
    this.next = next
    this.amount = amount
    this.route = route
    this.absent = absent
    this.changed = changed
    this.stale = new Int32Array(slots)
    this.touched = new Uint8Array(slots)
    // Only then do changes of different routes not depend on each other.
    this.separable = problem.surcharge === undefined && problem.poolSize.reduce((sum, size) => sum + size, 0) >= slots
  }

  /**
   * Puts up a first plan, or takes over the one that is there.
   *
   * @param first builds a plan and says whether it could; called on thread 0 where there is none
   * @returns whether there is a plan
   */
  join(state: RouteState, first: () => boolean): boolean {
    this.seen = 0
    if (this.member === 0 && this.control.changes === 0) {
      if (!first()) {
        this.control.end()
        return false
      }
      state.begin()
      for (let r = 0; r < state.problem.slots; r++) {
        this.write(state, r)
        this.changed[r] = 1
      }
      this.writeAbsent(state)
      this.cost[0] = state.cost
      this.control.changes = 1
      this.seen = 1
      return true
    }
    if (!this.control.awaitPlan()) return false
    this.control.enter()
    state.clear()
    this.takeOver(state)
    this.control.leave()
    return true
  }

  /** Before a step: takes over what others have changed. */
  pull(state: RouteState): void {
    if (this.inStep) this.control.awaitTurn(2 * this.round * this.members)
    if (this.control.changes !== this.seen) {
      this.control.enter()
      this.takeOver(state)
      this.control.leave()
    }
    if (this.inStep) this.control.passTurn()
  }

  /** After a step: puts the change of the state on the board, or takes it back where it is not wanted or collides. @returns whether it is up */
  settle(state: RouteState, wanted: boolean): boolean {
    if (!this.inStep) return this.offer(state, wanted)
    // After all have looked.
    this.control.awaitTurn((2 * this.round + 1) * this.members + this.member)
    const done = this.offer(state, wanted)
    this.control.passTurn()
    this.round++
    return done
  }

  /** Share of a budget of `each` a thread that is used up, this thread having used so much. In step, where all use the same, it is its own. */
  shareUsed(own: number, each: number): number {
    this.used[this.member] = own
    if (this.inStep) return own / each
    return this.used.reduce((sum, amount) => sum + amount, 0) / (this.members * each)
  }

  /** Whether all threads were told to end. */
  halted(): boolean {
    return this.control.halted
  }

  private offer(state: RouteState, wanted: boolean): boolean {
    if (!wanted) {
      state.undo()
      return false
    }
    if (state.log.unchanged(state)) {
      state.begin()
      return true
    }
    this.control.enter()
    if (this.control.changes !== this.seen && this.collides(state)) {
      state.undo()
      this.takeOver(state)
      this.control.leave()
      return false
    }
    const gain = state.cost - state.log.cost
    const change = this.control.changes + 1
    for (const v of state.log.changedNodes()) if (v < state.problem.nodes) this.route[v] = -1
    const slots = state.log.changedSlots()
    for (const r of slots) {
      this.write(state, r)
      this.changed[r] = change
    }
    this.writeAbsent(state)
    this.takeRoutes(state, change)
    this.cost[0] = (this.cost[0] as number) + gain
    state.cost = this.cost[0]
    this.seen = change
    this.control.changes = change
    this.control.leave()
    state.begin()
    return true
  }

  /** Whether a change of another since `seen` stands in the way of this one. */
  private collides(state: RouteState): boolean {
    if (!this.separable || state.absentCount > 0 || state.log.absentCount > 0 || this.control.absentees > 0) return true
    const { touched, route, changed, seen } = this
    const slots = state.log.changedSlots()
    for (const r of slots) if ((changed[r] as number) > seen) return true
    for (const r of slots) touched[r] = 1
    // A call of a split delivery may have been taken by another thread for another route.
    let free = true
    for (const s of slots) {
      const start = state.problem.nodes + s
      for (let v = state.next[start] as number; v !== start && free; v = state.next[v] as number) {
        const r = route[v] as number
        free = r < 0 || touched[r] === 1
      }
    }
    for (const r of slots) touched[r] = 0
    return !free
  }

  /** Makes the copy what the board is. Inside the board, on a state without changes. */
  private takeOver(state: RouteState): void {
    this.takeRoutes(state, Number.POSITIVE_INFINITY)
    state.absentCount = this.control.absentees
    for (let k = 0; k < state.absentCount; k++) state.absent[k] = this.absent[k] as number
    state.cost = this.cost[0] as number
    this.seen = this.control.changes
    state.begin()
  }

  /** Copies the routes changed after `seen` and before change `until`. */
  private takeRoutes(state: RouteState, until: number): void {
    const { changed, seen, stale } = this
    let count = 0
    for (let r = 0; r < changed.length; r++) {
      const change = changed[r] as number
      if (change > seen && change < until) stale[count++] = r
    }
    if (count > 0) replaceRoutes(state, stale.subarray(0, count), this.next, this.amount)
  }

  private write(state: RouteState, r: number): void {
    const s = state.problem.nodes + r
    let v = s
    do {
      const x = state.next[v] as number
      this.next[v] = x
      if (x !== s) {
        this.route[x] = r
        this.amount[x] = state.amount[x] as number
      }
      v = x
    } while (v !== s)
  }

  private writeAbsent(state: RouteState): void {
    this.control.absentees = state.absentCount
    for (let k = 0; k < state.absentCount; k++) this.absent[k] = state.absent[k] as number
  }
}
