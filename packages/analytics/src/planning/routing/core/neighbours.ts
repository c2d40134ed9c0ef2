/** The nearest stops of every stop, nearest first: where a stop may be removed with others, and where it is inserted first. */
import type { Compiled } from './compiled.ts'

export interface Neighbours {
  /** Entries per stop. */
  readonly width: number
  /** Neighbour k of stop v at `v * width + k`. */
  readonly stops: Int32Array
  /** Cost of driving from v to that neighbour, and back. */
  readonly costTo: Int32Array
  readonly costFrom: Int32Array
}

/** Lists the `width` nearest stops of each stop by mean cost of both directions; O(n² log n) once. */
export function nearestStops(problem: Compiled, width: number): Neighbours {
  const { nodes, places, cost, place } = problem
  const w = Math.max(0, Math.min(width, nodes - 1))
  const stops = new Int32Array(nodes * w)
  const costTo = new Int32Array(nodes * w)
  const costFrom = new Int32Array(nodes * w)
  // A key holds the distance in its upper part and the stop in its lower part, so that plain numeric sorting is stable and fast.
  const keys = new Float64Array(Math.max(0, nodes - 1))
  for (let v = 0; v < nodes; v++) {
    const i = place[v] as number
    let fill = 0
    for (let u = 0; u < nodes; u++) {
      if (u === v) continue
      const j = place[u] as number
      keys[fill++] = ((cost[i * places + j] as number) + (cost[j * places + i] as number)) * nodes + u
    }
    keys.sort()
    for (let k = 0; k < w; k++) {
      const u = (keys[k] as number) % nodes
      const j = place[u] as number
      stops[v * w + k] = u
      costTo[v * w + k] = cost[i * places + j] as number
      costFrom[v * w + k] = cost[j * places + i] as number
    }
  }
  return { width: w, stops, costTo, costFrom }
}
