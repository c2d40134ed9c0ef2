/** Puts missing amounts of customers into routes with room, whole or split. */
import type { SearchRandom } from '../../anytime/random.ts'
import type { Compiled } from './compiled.ts'
import type { Neighbours } from './neighbours.ts'
import { RouteSurvey } from './routeSurvey.ts'
import { sortedInsert } from './sortedInsert.ts'
import type { RouteState } from './state.ts'

/** Routes looked at together when an amount is split. */
const shortlist = 14

export class SplitInsertion {
  private readonly state: RouteState
  private readonly whole: Compiled
  private readonly calls: number
  private readonly random: SearchRandom
  private readonly generous: number
  /** Amount of each customer still to be placed. */
  private readonly need: Int32Array
  private readonly waiting: Int32Array
  private readonly keys: Float64Array
  /** Leg from the depot to each customer. */
  private readonly away: Int32Array
  private readonly survey: RouteSurvey

  constructor(state: RouteState, whole: Compiled, near: Neighbours, calls: number, random: SearchRandom, blink: number, generous: number) {
    this.state = state
    this.whole = whole
    this.calls = calls
    this.random = random
    this.generous = generous
    const { nodes, places, cost } = whole
    this.need = new Int32Array(nodes)
    this.waiting = new Int32Array(nodes)
    this.keys = new Float64Array(nodes)
    this.away = Int32Array.from(whole.place, (place) => cost[(whole.startPlace[0] as number) * places + place] as number)
    this.survey = new RouteSurvey(state, whole, near, calls, random, blink, this.away)
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
      sortedInsert(waiting, keys, k, c, key)
    }
  }

  private placeOne(c: number, amount: number): boolean {
    let left = amount
    while (left > 0) {
      this.survey.look(c)
      if (this.survey.foundCount === 0) return false
      left = this.placePart(c, left)
      if (left < 0) return false
    }
    return true
  }

  /** Carries out the cheapest way to place the amount, or as much of it as the routes found can take; returns what is left, -1 on failure. */
  private placePart(c: number, amount: number): number {
    const { survey } = this
    const { found, detour, foundCount } = survey
    const topped = this.topUp(c, amount)
    if (topped > 0) return amount - topped
    let bestCost = Infinity
    let one = -1
    let two = -1
    for (let k = 0; k < foundCount; k++) {
      const r = found[k] as number
      if (survey.room(r) < amount) continue
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
        if (survey.room(r) + survey.room(s) < amount) continue
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
    const fill = survey.room(one) < survey.room(two) !== this.random.unit() < 0.1 ? one : two
    const rest = fill === one ? two : one
    const part = Math.min(amount - 1, survey.room(fill))
    return this.give(c, fill, part) && this.give(c, rest, amount - part) ? 0 : -1
  }

  /**
   * Now and then fills a nearly free room before looking further, although a single route would cost the same: only so do
   * several customers come to share what is left over.
   */
  private topUp(c: number, amount: number): number {
    const { survey, random } = this
    const { found, detour, foundCount } = survey
    if (foundCount < 2 || random.unit() >= this.generous || this.spareCalls(c) < 2) return 0
    const r = found[0] as number
    const draw = random.unit()
    if ((detour[r] as number) > draw * draw * 0.1 * (this.away[c] as number)) return 0
    const part = Math.min(amount, survey.room(r))
    return this.give(c, r, part) ? part : 0
  }

  /** Reorders the routes found by detour per unit of room; returns how many of them carry the amount below `limit`, else 0. */
  private greedySplit(amount: number, limit: number, most: number): number {
    const { survey, keys } = this
    const { found, detour, foundCount } = survey
    const top = Math.min(foundCount, keys.length)
    for (let k = 0; k < top; k++) {
      const r = found[k] as number
      const key = (detour[r] as number) / Math.min(amount, survey.room(r))
      sortedInsert(found, keys, k, r, key)
    }
    let left = amount
    let sum = 0
    for (let k = 0; k < Math.min(top, most); k++) {
      const r = found[k] as number
      sum += detour[r] as number
      if (sum >= limit) return 0
      left -= survey.room(r)
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
    const { survey } = this
    let left = amount
    for (let k = 0; k < routes && left > 0; k++) {
      const r = survey.found[k] as number
      const part = Math.min(left, survey.room(r))
      if (!this.give(c, r, part)) return -1
      left -= part
    }
    return left
  }

  private give(c: number, r: number, part: number): boolean {
    const { state, calls } = this
    const at = this.survey.after[r] as number
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
