/** Routes copied from elsewhere into a state. */
import { outOfReach } from './compiled.ts'
import type { RouteState } from './state.ts'
import { measureTimes } from './times.ts'

/**
 * Makes slots what they are elsewhere, where `next` and `amount` hold their stops. They must not be changed since `begin`, and hold
 * together the stops that they held before, or absent ones. The caller sets the cost and the absent.
 */
export function replaceRoutes(state: RouteState, slots: Int32Array, next: Int32Array, amount: Int32Array): void {
  const { nodes } = state.problem
  const { cohesion } = state
  for (const r of slots) {
    const s = nodes + r
    for (let v = state.next[s] as number; v !== s; v = state.next[v] as number) {
      state.route[v] = -1
      state.reach[v] = outOfReach
      if (cohesion.counted) cohesion.leave(v, r)
    }
  }
  for (const r of slots) replaceRoute(state, r, next, amount)
}

function replaceRoute(state: RouteState, r: number, next: Int32Array, amount: Int32Array): void {
  const { nodes, cost, timed } = state.problem
  const { legIn, reach, row, column } = state
  const { cohesion } = state
  const s = nodes + r
  let load = 0
  let length = 0
  let before = s
  for (let v = next[s] as number; ; v = next[v] as number) {
    const leg = v === s && length === 0 ? 0 : (cost[(row[before] as number) + (column[v] as number)] as number)
    state.next[before] = v
    state.prev[v] = before
    legIn[v] = leg
    if (before !== s) reach[before] = Math.max(legIn[before] as number, leg)
    if (v === s) break
    state.route[v] = r
    state.amount[v] = amount[v] as number
    load += amount[v] as number
    length++
    if (cohesion.counted) cohesion.join(v, r)
    before = v
  }
  state.load[r] = load
  state.countUse(r, (length > 0 ? 1 : 0) - ((state.size[r] as number) > 0 ? 1 : 0))
  state.size[r] = length
  if (timed) measureTimes(state, r)
}
