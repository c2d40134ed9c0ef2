/**
 * The cheapest place beside near stops for one kind of vehicle and symmetric costs without surcharges: integers only,
 * the hot loop of every benchmark.
 */
import type { Blinks } from './blinks.ts'
import type { Compiled } from './compiled.ts'
import type { Neighbours } from './neighbours.ts'
import type { RouteState } from './state.ts'

/** A place of insertion: after node `at` (-1: none) at a cost of `detour`. */
export interface FoundPlace {
  at: number
  detour: number
}

/** Looks for the cheapest place of absent stop v beside its near stops. */
export function plainNearPlace(state: RouteState, near: Neighbours, blinks: Blinks, v: number, found: FoundPlace): void {
  const { problem, next, prev, route, reach, row, column, legIn, load, earliest, latest, service } = state
  const { cost, time, capacity, nodes, timed } = problem
  const { width, stops, costTo } = near
  const room = (capacity[0] as number) - (state.amount[v] as number)
  const rowV = row[v] as number
  const home = cost[rowV + (column[nodes] as number)] as number
  const readyV = problem.ready[v] as number
  const dueV = problem.due[v] as number
  const serviceV = service[v] as number
  let best = 0x3fffffff
  let at = -1
  const end = v * width + width
  for (let k = v * width; k < end; k++) {
    const toU = costTo[k] as number
    const u = stops[k] as number
    // The legs to v on both sides of a place beside u are at least these two, or the place was seen from its other side.
    const gain = toU + Math.min(toU, home) - best
    if (gain >= (reach[u] as number)) continue
    const r = route[u] as number
    if ((load[r] as number) > room) continue
    const p = prev[u] as number
    const x = next[u] as number
    const legU = legIn[u] as number
    const legX = legIn[x] as number
    const before = gain < legU
    const after = gain < legX
    if (before) {
      const detour = (cost[rowV + (column[p] as number)] as number) + toU - legU
      if (detour < best) {
        if (!blinks.next()) {
          let allowed = true
          if (timed) {
            let arrive = (earliest[p] as number) + (service[p] as number) + (time[rowV + (column[p] as number)] as number)
            if (arrive < readyV) arrive = readyV
            allowed = arrive <= dueV && arrive + serviceV + (time[rowV + (column[u] as number)] as number) <= (latest[u] as number)
          }
          if (allowed) {
            best = detour
            at = p
          }
        }
      }
    }
    if (after) {
      const detour = toU + (cost[rowV + (column[x] as number)] as number) - legX
      if (detour < best) {
        if (!blinks.next()) {
          let allowed = true
          if (timed) {
            let arrive = (earliest[u] as number) + (service[u] as number) + (time[rowV + (column[u] as number)] as number)
            if (arrive < readyV) arrive = readyV
            allowed = arrive <= dueV && arrive + serviceV + (time[rowV + (column[x] as number)] as number) <= (latest[x] as number)
          }
          if (allowed) {
            best = detour
            at = u
          }
        }
      }
    }
  }
  found.at = at
  found.detour = best
}

/** Whether `plainNearPlace` answers for this problem: all slots alike, nothing but driving costs, and time is cost. */
export function isPlain(problem: Compiled): boolean {
  const { symmetric, timed, time, timeOfSlot, cost, fits, surcharge, routeAllowed, capacity, rate, startPlace, endPlace } = problem
  return (
    symmetric &&
    (!timed || time === cost) &&
    timeOfSlot === undefined &&
    fits === undefined &&
    surcharge === undefined &&
    routeAllowed === undefined &&
    rate.every((value) => value === 1) &&
    [capacity, startPlace, endPlace].every((values) => values.every((value) => value === values[0]))
  )
}
