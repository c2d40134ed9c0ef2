/** Whether a stop may stand at a place: all rules at once, and those that only the whole route can be asked for. */
import type { RouteState } from './state.ts'

export class PlaceRules {
  private readonly state: RouteState
  private readonly stops: Int32Array

  constructor(state: RouteState) {
    this.state = state
    this.stops = new Int32Array(state.problem.nodes)
  }

  /** Whether every rule allows absent stop v after node p. */
  fitsAfter(v: number, p: number): boolean {
    const { state } = this
    const { problem, row, column, load, earliest, latest, service } = state
    const { capacity, fits, slots, pool } = problem
    const r = state.route[p] as number
    const time = state.timesOf(r)
    if ((load[r] as number) + (state.amount[v] as number) > (capacity[r] as number)) return false
    if (fits !== undefined && fits[v * slots + r] === 0) return false
    if (state.size[r] === 0 && (state.poolLeft[pool[r] as number] as number) <= 0) return false
    if (problem.timed) {
      const x = state.next[p] as number
      const reach = (earliest[p] as number) + (service[p] as number) + (time[(row[p] as number) + (column[v] as number)] as number)
      const arrive = Math.max(problem.ready[v] as number, reach)
      if (arrive > (problem.due[v] as number)) return false
      if (arrive + (service[v] as number) + (time[(row[v] as number) + (column[x] as number)] as number) > (latest[x] as number))
        return false
    }
    return problem.routeAllowed === undefined || this.allow(v, p, r)
  }

  /** Whether the rule of whole routes allows slot r with absent stop v after node p. */
  allow(v: number, p: number, r: number): boolean {
    const { state, stops } = this
    const { next, problem } = state
    const s = problem.nodes + r
    let length = 0
    if (p === s) stops[length++] = v
    for (let u = next[s] as number; u !== s; u = next[u] as number) {
      stops[length++] = u
      if (u === p) stops[length++] = v
    }
    return problem.routeAllowed?.(r, stops, length) ?? true
  }
}
