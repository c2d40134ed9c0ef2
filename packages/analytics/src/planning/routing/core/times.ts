/**
 * Earliest and latest service starts along a route, kept so that an insertion is tested in constant time
 * (Savelsbergh 1992, doi:10.1287/ijoc.4.2.146). Changes run along the route only as far as they change anything.
 */
import type { Compiled } from './compiled.ts'

/** What the times of routes are made of. */
export interface TimedRoutes {
  readonly problem: Compiled
  readonly next: Int32Array
  readonly prev: Int32Array
  readonly route: Int32Array
  readonly row: Int32Array
  readonly column: Int32Array
  readonly earliest: Int32Array
  readonly latest: Int32Array
  readonly service: Int32Array
  timesOf(r: number): Int32Array
}

/** Recomputes earliest starts from x on and latest starts from p back, after p and x became neighbours. */
export function refreshTimes(state: TimedRoutes, p: number, x: number): void {
  pushEarliest(state, p, x)
  pullLatest(state, p, x)
}

/** Sets the times of stop v, just put between p and x, and passes them on. */
export function insertTimes(state: TimedRoutes, v: number, p: number, x: number): void {
  const { ready, due } = state.problem
  const time = state.timesOf(state.route[p] as number)
  const { row, column, earliest, latest, service } = state
  const arrive = (earliest[p] as number) + (service[p] as number) + (time[(row[p] as number) + (column[v] as number)] as number)
  earliest[v] = Math.max(arrive, ready[v] as number)
  const leave = (latest[x] as number) - (time[(row[v] as number) + (column[x] as number)] as number) - (service[v] as number)
  latest[v] = Math.min(leave, due[v] as number)
  pushEarliest(state, v, x)
  pullLatest(state, p, v)
}

/** Computes all times of slot r. */
export function measureTimes(state: TimedRoutes, r: number): void {
  const { next, prev, row, column, earliest, latest, service, problem } = state
  const { ready, due, nodes } = problem
  const time = state.timesOf(r)
  const s = nodes + r
  let before = s
  for (let v = next[s] as number; v < nodes; v = next[v] as number) {
    const arrive =
      (earliest[before] as number) + (service[before] as number) + (time[(row[before] as number) + (column[v] as number)] as number)
    earliest[v] = Math.max(arrive, ready[v] as number)
    before = v
  }
  let after = s
  for (let v = prev[s] as number; v < nodes; v = prev[v] as number) {
    const leave = (latest[after] as number) - (time[(row[v] as number) + (column[after] as number)] as number) - (service[v] as number)
    latest[v] = Math.min(leave, due[v] as number)
    after = v
  }
}

function pushEarliest(state: TimedRoutes, p: number, x: number): void {
  const { next, row, column, earliest, service, problem } = state
  const { ready, nodes } = problem
  const time = state.timesOf(state.route[p] as number)
  let before = p
  let v = x
  while (v < nodes) {
    let at = (earliest[before] as number) + (service[before] as number) + (time[(row[before] as number) + (column[v] as number)] as number)
    if (at < (ready[v] as number)) at = ready[v] as number
    if (at === earliest[v]) return
    earliest[v] = at
    before = v
    v = next[v] as number
  }
}

function pullLatest(state: TimedRoutes, p: number, x: number): void {
  const { prev, row, column, latest, service, problem } = state
  const { due, nodes } = problem
  const time = state.timesOf(state.route[x] as number)
  let after = x
  let v = p
  while (v < nodes) {
    let at = (latest[after] as number) - (time[(row[v] as number) + (column[after] as number)] as number) - (service[v] as number)
    if (at > (due[v] as number)) at = due[v] as number
    if (at === latest[v]) return
    latest[v] = at
    after = v
    v = prev[v] as number
  }
}
