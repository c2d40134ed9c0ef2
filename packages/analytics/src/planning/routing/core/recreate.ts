/**
 * Greedy insertion with blinks: absent stops, in one of several orders, go to the cheapest place that holds them;
 * every place is overlooked with a small chance. Source: Christiaens & Vanden Berghe (2020), doi:10.1287/trsc.2019.0914.
 */
import type { SearchRandom } from '../../anytime/random.ts'
import { Blinks } from './blinks.ts'
import { InsertionSearch } from './insertion.ts'
import type { Neighbours } from './neighbours.ts'
import { insertionOrders, type Orders } from './orders.ts'
import { PlaceRules } from './placeRules.ts'
import { sortedInsert } from './sortedInsert.ts'
import type { RouteState } from './state.ts'

/** Inserts the absent stops of a state again and again with the same scratch memory. */
export class Recreate {
  private readonly state: RouteState
  private readonly orders: Orders
  private readonly random: SearchRandom
  private readonly rules: PlaceRules
  private readonly insertion: InsertionSearch
  private readonly keys: Float64Array
  private readonly scratch: Int32Array

  /** @param blink chance of overlooking a place, above 0 */
  constructor(state: RouteState, near: Neighbours, random: SearchRandom, blink: number) {
    this.state = state
    this.orders = insertionOrders(state.problem)
    this.random = random
    this.rules = new PlaceRules(state)
    this.insertion = new InsertionSearch(state, near, new Blinks(random, blink), this.rules)
    this.keys = new Float64Array(state.problem.nodes)
    this.scratch = new Int32Array(state.problem.nodes)
  }

  /** Inserts all absent stops that fit anywhere at less than the cost of leaving them out. */
  run(): void {
    const { state } = this
    const { absent } = state
    this.sortAbsent()
    let left = 0
    const count = state.absentCount
    for (let k = 0; k < count; k++) {
      const v = absent[k] as number
      const p = this.insertion.bestPlace(v)
      if (p >= 0) state.insertAfter(v, p)
      else absent[left++] = v
    }
    state.absentCount = left
  }

  /** Takes over given routes into an empty state, as far as they are allowed. */
  adopt(routes: readonly Int32Array[]): void {
    const { state } = this
    const { nodes, slots } = state.problem
    const placed = new Uint8Array(nodes)
    for (let r = 0; r < slots; r++) {
      let p = nodes + r
      for (const v of routes[r] ?? []) {
        if (placed[v] !== 0 || !this.rules.fitsAfter(v, p)) continue
        state.insertAfter(v, p)
        placed[v] = 1
        p = v
      }
    }
    let left = 0
    for (let v = 0; v < nodes; v++) if (placed[v] === 0) state.absent[left++] = v
    state.absentCount = left
  }

  /**
   * Whether the changed routes obey what only whole routes can be tested for: taking a stop out can spoil a rest, and where the direct way
   * is longer than the way over the stop it makes all that follows later.
   */
  rulesHold(): boolean {
    const { state, scratch } = this
    const { nodes, routeAllowed: allowed } = state.problem
    const { next, earliest, latest } = state
    if (state.delayed)
      for (const r of state.log.changedSlots())
        for (let v = next[nodes + r] as number; v < nodes; v = next[v] as number)
          if ((earliest[v] as number) > (latest[v] as number)) return false
    if (allowed === undefined) return true
    for (const r of state.log.changedSlots())
      if ((state.size[r] as number) > 0 && !allowed(r, scratch, state.copyRoute(r, scratch))) return false
    return true
  }

  private sortAbsent(): void {
    const { random, keys, orders } = this
    const { absent, absentCount } = this.state
    const draw = random.unit()
    let pick = 0
    while (pick < orders.cumulated.length - 1 && draw > (orders.cumulated[pick] as number)) pick++
    const ranks = orders.ranks[pick] as Float64Array
    if (ranks.length === 0) {
      random.shuffle(absent, absentCount)
      return
    }
    for (let k = 0; k < absentCount; k++) {
      const v = absent[k] as number
      sortedInsert(absent, keys, k, v, ranks[v] as number)
    }
  }
}
