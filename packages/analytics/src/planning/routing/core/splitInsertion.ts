/** Puts missing amounts of customers into routes with room, whole or split. */
import type { SearchRandom } from '../../anytime/random.ts'
import type { Compiled } from './compiled.ts'
import type { Neighbours } from './neighbours.ts'
import type { RouteState } from './state.ts'

/** Routes looked at together when an amount is split. */
const shortlist = 14

export class SplitInsertion {
  private readonly state: RouteState
  private readonly whole: Compiled
  private readonly near: Neighbours
  private readonly calls: number
  private readonly random: SearchRandom
  private readonly blink: number
  private readonly generous: number
  /** Amount of each customer still to be placed. */
  private readonly need: Int32Array
  private readonly waiting: Int32Array
  private readonly keys: Float64Array
  private readonly away: Int32Array
  /** Cheapest detour per route for the customer at hand, with the node after which it lies; `stamp` tells whether it is fresh. */
  private readonly detour: Int32Array
  private readonly after: Int32Array
  private readonly stamp: Int32Array
  private round = 0
  private readonly found: Int32Array
  private foundCount = 0

  constructor(state: RouteState, whole: Compiled, near: Neighbours, calls: number, random: SearchRandom, blink: number, generous: number) {
    this.state = state
    this.whole = whole
    this.near = near
    this.calls = calls
    this.random = random
    this.blink = blink
    this.generous = generous
    const { nodes, slots, places, cost } = whole
    this.need = new Int32Array(nodes)
    this.waiting = new Int32Array(nodes)
    this.keys = new Float64Array(nodes)
    this.away = Int32Array.from(whole.place, (place) => cost[(whole.startPlace[0] as number) * places + place] as number)
    this.detour = new Int32Array(slots)
    this.after = new Int32Array(slots)
    this.stamp = new Int32Array(slots)
    this.found = new Int32Array(slots)
  }

  /** Places all demand from nothing; false where it did not fit. */
  insertAll(demand: Int32Array): boolean {
    this.need.set(demand)
    let count = 0
    for (let c = 0; c < this.whole.nodes; c++) if ((demand[c] as number) > 0) this.waiting[count++] = c
    return this.place(count)
  }

  /** Places the amounts of the removed calls again. Returns false where a customer ran out of calls. */
  reinsert(): boolean {
    const { state, need, waiting, calls } = this
    let count = 0
    for (let k = 0; k < state.absentCount; k++) {
      const v = state.absent[k] as number
      const c = Math.floor(v / calls)
      if (need[c] === 0) waiting[count++] = c
      need[c] = (need[c] as number) + (state.amount[v] as number)
    }
    state.absentCount = 0
    return this.place(count)
  }

  private place(count: number): boolean {
    const { need, waiting } = this
    this.sort(count)
    let placed = true
    for (let k = 0; k < count; k++) {
      const c = waiting[k] as number
      if (placed) placed = this.placeOne(c, need[c] as number)
      need[c] = 0
    }
    return placed
  }

  private sort(count: number): void {
    const { random, waiting, keys, need, away } = this
    const draw = random.unit() * 11
    if (draw < 4) {
      random.shuffle(waiting, count)
      return
    }
    for (let k = 0; k < count; k++) {
      const c = waiting[k] as number
      const key = draw < 8 ? -(need[c] as number) : draw < 10 ? -(away[c] as number) : (away[c] as number)
      let i = k - 1
      while (i >= 0 && (keys[i] as number) > key) {
        keys[i + 1] = keys[i] as number
        waiting[i + 1] = waiting[i] as number
        i--
      }
      keys[i + 1] = key
      waiting[i + 1] = c
    }
  }

  private room(r: number): number {
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

  /** Finds the cheapest place in each route near the customer, and one empty route. */
  private survey(c: number): void {
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

  private placeOne(c: number, amount: number): boolean {
    let left = amount
    while (left > 0) {
      this.survey(c)
      if (this.foundCount === 0) return false
      left = this.placePart(c, left)
      if (left < 0) return false
    }
    return true
  }

  /** Carries out the cheapest way to place the amount, or as much of it as the routes found can take; returns what is left, -1 on failure. */
  private placePart(c: number, amount: number): number {
    const { found, detour, foundCount } = this
    const topped = this.topUp(c, amount)
    if (topped > 0) return amount - topped
    let bestCost = Infinity
    let one = -1
    let two = -1
    for (let k = 0; k < foundCount; k++) {
      const r = found[k] as number
      if (this.room(r) < amount) continue
      bestCost = detour[r] as number
      one = r
      break
    }
    const spare = this.spareCalls(c)
    const top = spare < 2 ? 0 : Math.min(foundCount, shortlist)
    for (let i = 0; i < top; i++) {
      const r = found[i] as number
      if ((detour[r] as number) >= bestCost) break
      for (let j = i + 1; j < foundCount; j++) {
        const s = found[j] as number
        const sum = (detour[r] as number) + (detour[s] as number)
        if (sum >= bestCost) break
        if (this.room(r) + this.room(s) < amount) continue
        bestCost = sum
        one = r
        two = s
        break
      }
    }
    const greedy = this.greedySplit(amount, bestCost, spare)
    if (greedy > 0) return this.carryOut(c, amount, greedy)
    if (one < 0) return this.carryOut(c, amount, Math.min(foundCount, 1))
    if (two < 0) return this.give(c, one, amount) ? 0 : -1
    // Fill one of the two to the brim so that the room left stays together.
    const fill = this.room(one) < this.room(two) !== this.random.unit() < 0.1 ? one : two
    const rest = fill === one ? two : one
    const part = Math.min(amount - 1, this.room(fill))
    return this.give(c, fill, part) && this.give(c, rest, amount - part) ? 0 : -1
  }

  /**
   * Now and then fills a nearly free room before looking further, although a single route would cost the same: only so do
   * several customers come to share what is left over.
   */
  private topUp(c: number, amount: number): number {
    const { found, detour, foundCount, random } = this
    if (foundCount < 2 || random.unit() >= this.generous || this.spareCalls(c) < 2) return 0
    const r = found[0] as number
    const draw = random.unit()
    if ((detour[r] as number) > draw * draw * 0.1 * (this.away[c] as number)) return 0
    const part = Math.min(amount, this.room(r))
    return this.give(c, r, part) ? part : 0
  }

  /** Reorders the routes found by detour per unit of room; returns how many of them carry the amount below `limit`, else 0. */
  private greedySplit(amount: number, limit: number, most: number): number {
    const { found, detour, foundCount, keys } = this
    const top = Math.min(foundCount, keys.length)
    for (let k = 0; k < top; k++) {
      const r = found[k] as number
      const key = (detour[r] as number) / Math.min(amount, this.room(r))
      let i = k - 1
      while (i >= 0 && (keys[i] as number) > key) {
        keys[i + 1] = keys[i] as number
        found[i + 1] = found[i] as number
        i--
      }
      keys[i + 1] = key
      found[i + 1] = r
    }
    let left = amount
    let sum = 0
    for (let k = 0; k < Math.min(top, most); k++) {
      const r = found[k] as number
      sum += detour[r] as number
      if (sum >= limit) return 0
      left -= this.room(r)
      if (left <= 0) return k + 1
    }
    return 0
  }

  private spareCalls(c: number): number {
    let spare = 0
    for (let v = c * this.calls; v < c * this.calls + this.calls; v++) if ((this.state.route[v] as number) < 0) spare++
    return spare
  }

  private carryOut(c: number, amount: number, routes: number): number {
    let left = amount
    for (let k = 0; k < routes && left > 0; k++) {
      const r = this.found[k] as number
      const part = Math.min(left, this.room(r))
      if (!this.give(c, r, part)) return -1
      left -= part
    }
    return left
  }

  private give(c: number, r: number, part: number): boolean {
    const { state, calls } = this
    const at = this.after[r] as number
    if (at < 0) {
      state.enlarge(-1 - at, part)
      return true
    }
    for (let v = c * calls; v < c * calls + calls; v++) {
      if ((state.route[v] as number) >= 0) continue
      state.amount[v] = part
      state.insertAfter(v, at)
      return true
    }
    return false
  }
}
