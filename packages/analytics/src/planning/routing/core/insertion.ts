/**
 * The cheapest place for an absent stop. Places beside near stops are tried first; the whole plan is searched only where none
 * of them will do; a new route is opened where that is cheaper. Rules without a constant-time test are asked last,
 * only for places that would be chosen.
 */
import type { Blinks } from './blinks.ts'
import { mandatoryPrize } from './compiled.ts'
import type { Neighbours } from './neighbours.ts'
import type { PlaceRules } from './placeRules.ts'
import { type FoundPlace, isPlain, plainNearPlace } from './plainInsertion.ts'
import type { RouteState } from './state.ts'

/** Optional stops without a near place search the whole plan once in so many times. */
const widePeriod = 8

export class InsertionSearch {
  private readonly state: RouteState
  private readonly near: Neighbours
  private readonly blinks: Blinks
  private readonly rules: PlaceRules
  private readonly plain: boolean
  private readonly place: FoundPlace = { at: -1, detour: 0 }
  /** Slots sorted by kind, and where each kind starts. */
  private readonly slotsOfKind: Int32Array
  private readonly firstOfKind: Int32Array
  private found = Infinity
  private turn = 0

  constructor(state: RouteState, near: Neighbours, blinks: Blinks, rules: PlaceRules) {
    this.state = state
    this.near = near
    this.blinks = blinks
    this.rules = rules
    this.plain = isPlain(state.problem)
    const { slots, kind } = state.problem
    const kindOf = (k: number) => kind[this.slotsOfKind[k] as number] as number
    this.slotsOfKind = Int32Array.from({ length: slots }, (_, r) => r).sort((a, b) => (kind[a] as number) - (kind[b] as number) || a - b)
    const starts = [...this.slotsOfKind.keys()].filter((k) => k === 0 || kindOf(k) !== kindOf(k - 1))
    this.firstOfKind = Int32Array.from([...starts, slots])
  }

  /** Node after which v is cheapest, or -1 where it is better left out. */
  bestPlace(v: number): number {
    this.found = this.state.problem.prize[v] as number
    let p = -1
    if (this.plain) {
      const { place } = this
      plainNearPlace(this.state, this.near, this.blinks, v, place)
      if (place.at >= 0 && place.detour < this.found) {
        p = place.at
        this.found = place.detour
      }
    } else p = this.nearPlace(v)
    // A stop that may be left out is tried again in every step: it need not look everywhere each time.
    if (p < 0 && (this.found >= mandatoryPrize || this.turn++ % widePeriod === 0)) p = this.anyPlace(v)
    return this.emptyPlace(v, p)
  }

  private nearPlace(v: number): number {
    const { state, near, blinks, rules } = this
    const { problem, next, prev, route, row, column, legIn, load, earliest, latest, service } = state
    const { cost, capacity, rate, fits, slots, nodes, timed, symmetric, surcharge, routeAllowed } = problem
    const { width, stops, costTo, costFrom } = near
    const amount = state.amount[v] as number
    const rowV = row[v] as number
    const columnV = column[v] as number
    const readyV = problem.ready[v] as number
    const dueV = problem.due[v] as number
    const serviceV = service[v] as number
    let best = this.found
    let at = -1
    const end = v * width + width
    for (let k = v * width; k < end; k++) {
      const u = stops[k] as number
      const r = route[u] as number
      if (r < 0 || (load[r] as number) + amount > (capacity[r] as number)) continue
      if (fits !== undefined && fits[v * slots + r] === 0) continue
      const scale = rate[r] as number
      const time = state.timesOf(r)
      const toU = costTo[k] as number
      const fromU = costFrom[k] as number
      const extra = surcharge === undefined ? 0 : state.cohesion.surchargeOf(v, r)
      // Before u. If its predecessor is nearer to v, the place was seen from there; else the detour costs at least two legs.
      const legU = legIn[u] as number
      if (!symmetric || (prev[u] as number) >= nodes || (toU + toU - legU) * scale + extra < best) {
        const p = prev[u] as number
        const into = cost[(row[p] as number) + columnV] as number
        const detour = (into + toU - legU) * scale + extra
        if (detour < best) {
          if (!blinks.next()) {
            let allowed = true
            if (timed) {
              let arrive = (earliest[p] as number) + (service[p] as number) + (time[(row[p] as number) + columnV] as number)
              if (arrive < readyV) arrive = readyV
              allowed = arrive <= dueV && arrive + serviceV + (time[rowV + (column[u] as number)] as number) <= (latest[u] as number)
            }
            if (allowed && (routeAllowed === undefined || rules.allow(v, p, r))) {
              best = detour
              at = p
            }
          }
        }
      }
      // After u.
      const x = next[u] as number
      const legX = legIn[x] as number
      if (!symmetric || x >= nodes || (fromU + fromU - legX) * scale + extra < best) {
        const out = cost[rowV + (column[x] as number)] as number
        const detour = (fromU + out - legX) * scale + extra
        if (detour < best) {
          if (!blinks.next()) {
            let allowed = true
            if (timed) {
              let arrive = (earliest[u] as number) + (service[u] as number) + (time[(row[u] as number) + columnV] as number)
              if (arrive < readyV) arrive = readyV
              allowed = arrive <= dueV && arrive + serviceV + (time[rowV + (column[x] as number)] as number) <= (latest[x] as number)
            }
            if (allowed && (routeAllowed === undefined || rules.allow(v, u, r))) {
              best = detour
              at = u
            }
          }
        }
      }
    }
    this.found = best
    return at
  }

  private anyPlace(v: number): number {
    const { state, blinks, rules } = this
    const { problem, next, row, column, legIn, load, size, earliest, latest, service } = state
    const { cost, capacity, rate, fits, slots, nodes, timed, surcharge, routeAllowed } = problem
    const amount = state.amount[v] as number
    const rowV = row[v] as number
    const columnV = column[v] as number
    const readyV = problem.ready[v] as number
    const dueV = problem.due[v] as number
    const serviceV = service[v] as number
    let best = this.found
    let at = -1
    for (let r = 0; r < slots; r++) {
      if (size[r] === 0 || (load[r] as number) + amount > (capacity[r] as number)) continue
      if (fits !== undefined && fits[v * slots + r] === 0) continue
      const scale = rate[r] as number
      const time = state.timesOf(r)
      const extra = surcharge === undefined ? 0 : state.cohesion.surchargeOf(v, r)
      const s = nodes + r
      let p = s
      do {
        const x = next[p] as number
        const into = cost[(row[p] as number) + columnV] as number
        const detour = (into + (cost[rowV + (column[x] as number)] as number) - (legIn[x] as number)) * scale + extra
        if (detour < best) {
          if (!blinks.next()) {
            let allowed = true
            if (timed) {
              let arrive = (earliest[p] as number) + (service[p] as number) + (time[(row[p] as number) + columnV] as number)
              // Later places in this route are reached later still.
              if (arrive > dueV) break
              if (arrive < readyV) arrive = readyV
              allowed = arrive + serviceV + (time[rowV + (column[x] as number)] as number) <= (latest[x] as number)
            }
            if (allowed && (routeAllowed === undefined || rules.allow(v, p, r))) {
              best = detour
              at = p
            }
          }
        }
        p = x
      } while (p !== s)
    }
    this.found = best
    return at
  }

  /** A new route, if it is cheaper than what was found; one empty slot of each kind is tried. */
  private emptyPlace(v: number, foundAt: number): number {
    const { state, firstOfKind, slotsOfKind, rules } = this
    const { problem, row, column, size, service } = state
    const { cost, capacity, rate, fixed, fits, slots, nodes, timed, routeAllowed, startPlace, surcharge } = problem
    const amount = state.amount[v] as number
    let best = this.found
    let at = foundAt
    for (let k = 0; k + 1 < firstOfKind.length; k++) {
      const from = firstOfKind[k] as number
      const to = firstOfKind[k + 1] as number
      const model = slotsOfKind[from] as number
      const into = cost[(startPlace[model] as number) * problem.places + (column[v] as number)] as number
      const driving = into + (cost[(row[v] as number) + (column[nodes + model] as number)] as number)
      if ((state.poolLeft[problem.pool[model] as number] as number) <= 0) continue
      const least = driving * (rate[model] as number) + (fixed[model] as number)
      if (least >= best || amount > (capacity[model] as number)) continue
      // Slots of one kind are alike, except that a stop may have its home in one of them.
      const choices = surcharge === undefined ? 1 : 2
      let tried = -1
      for (let choice = 0; choice < choices; choice++) {
        const r = choice === 0 ? this.firstEmpty(from, to) : (surcharge?.home[v] as number)
        if (r < 0 || r === tried || size[r] !== 0 || problem.kind[r] !== problem.kind[model]) continue
        tried = r
        const trip = least + (surcharge === undefined ? 0 : state.cohesion.surchargeOf(v, r))
        if (trip >= best || (fits !== undefined && fits[v * slots + r] === 0)) continue
        const s = nodes + r
        if (timed) {
          const time = state.timesOf(r)
          let arrive = (state.earliest[s] as number) + (time[(row[s] as number) + (column[v] as number)] as number)
          if (arrive < (problem.ready[v] as number)) arrive = problem.ready[v] as number
          if (arrive > (problem.due[v] as number)) continue
          const home = arrive + (service[v] as number) + (time[(row[v] as number) + (column[s] as number)] as number)
          if (home > (state.latest[s] as number)) continue
        }
        if (routeAllowed !== undefined && !rules.allow(v, s, r)) continue
        best = trip
        at = s
      }
    }
    return at
  }

  private firstEmpty(from: number, to: number): number {
    const { slotsOfKind, state } = this
    for (let k = from; k < to; k++) if (state.size[slotsOfKind[k] as number] === 0) return slotsOfKind[k] as number
    return -1
  }
}
