/** Which routes could take some of a customer's amount, and at what detour. */
import type { SearchRandom } from '../../anytime/random.ts'
import type { Compiled } from './compiled.ts'
import type { Neighbours } from './neighbours.ts'
import type { RouteState } from './state.ts'

export class RouteSurvey {
  /** Cheapest detour per route for the customer looked at; fresh for the routes found. */
  readonly detour: Int32Array
  /** Node after which the detour lies; below 0, `-1 - v` where the vehicle calls on the customer already, as node v. */
  readonly after: Int32Array
  /** Routes found, by detour. */
  readonly found: Int32Array
  foundCount = 0
  private readonly state: RouteState
  private readonly whole: Compiled
  private readonly near: Neighbours
  private readonly calls: number
  private readonly random: SearchRandom
  private readonly blink: number
  private readonly away: Int32Array
  /** Round in which each route was found last. */
  private readonly stamp: Int32Array
  private round = 0

  /**
   * @param calls nodes that stand for one customer
   * @param blink chance of overlooking a place
   * @param away leg from the depot to each customer
   */
  constructor(state: RouteState, whole: Compiled, near: Neighbours, calls: number, random: SearchRandom, blink: number, away: Int32Array) {
    this.state = state
    this.whole = whole
    this.near = near
    this.calls = calls
    this.random = random
    this.blink = blink
    this.away = away
    this.detour = new Int32Array(whole.slots)
    this.after = new Int32Array(whole.slots)
    this.stamp = new Int32Array(whole.slots)
    this.found = new Int32Array(whole.slots)
  }

  /** What slot r can still take. */
  room(r: number): number {
    return (this.whole.capacity[r] as number) - (this.state.load[r] as number)
  }

  private offer(r: number, detour: number, after: number): void {
    if (this.stamp[r] === this.round) {
      // More of a customer already called on costs nothing and needs no second call.
      if ((this.after[r] as number) < 0 || detour >= (this.detour[r] as number)) return
    } else {
      this.stamp[r] = this.round
      this.found[this.foundCount++] = r
    }
    this.detour[r] = detour
    this.after[r] = after
  }

  /** Finds the cheapest place in each route near the customer, and one empty route; the cheapest first. */
  look(c: number): void {
    const { state, whole, near, calls } = this
    const { next, prev, route, legIn, row, column, size } = state
    const { cost, slots } = whole
    const nodes = state.problem.nodes
    this.round++
    this.foundCount = 0
    const own = c * calls
    for (let v = own; v < own + calls; v++) {
      const r = route[v] as number
      if (r >= 0 && this.room(r) > 0) this.offer(r, 0, -1 - v)
    }
    const rowC = row[own] as number
    const end = c * near.width + near.width
    for (let k = c * near.width; k < end; k++) {
      const first = (near.stops[k] as number) * calls
      const toU = near.costTo[k] as number
      for (let u = first; u < first + calls; u++) {
        const r = route[u] as number
        if (r < 0 || this.room(r) <= 0 || this.random.unit() < this.blink) continue
        const p = prev[u] as number
        const before = (cost[rowC + (column[p] as number)] as number) + toU - (legIn[u] as number)
        this.offer(r, before, p)
        const x = next[u] as number
        const behind = toU + (cost[rowC + (column[x] as number)] as number) - (legIn[x] as number)
        this.offer(r, behind, u)
      }
    }
    for (let r = 0; r < slots; r++) {
      if (size[r] !== 0) continue
      this.offer(r, 2 * (this.away[c] as number), nodes + r)
      break
    }
    // Routes by detour: the short list is what splitting looks at.
    const { found, detour } = this
    for (let k = 1; k < this.foundCount; k++) {
      const r = found[k] as number
      let i = k - 1
      while (i >= 0 && (detour[found[i] as number] as number) > (detour[r] as number)) {
        found[i + 1] = found[i] as number
        i--
      }
      found[i + 1] = r
    }
  }
}
