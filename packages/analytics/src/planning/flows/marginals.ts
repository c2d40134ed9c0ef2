import type { FlowNetwork } from './network.ts'
import type { OptimalFlow } from './network-simplex.ts'

/** What one unit more costs, exactly, for every node against one hub; `Infinity` where no unit can pass. */
export interface MarginalCosts {
  /** Cost change when one unit more enters at the node and leaves at the hub. */
  readonly toHub: Float64Array
  /** Cost change when one unit more enters at the hub and leaves at the node. */
  readonly fromHub: Float64Array
}

/**
 * Exact one-unit effects. Prices of a degenerate optimum only bound them; shortest paths in the residual network give
 * them (Ahuja, Magnanti & Orlin 1993, ch. 9.11). Dijkstra on the reduced costs of the optimum, O(m log n).
 */
export function marginalCosts(network: FlowNetwork, optimum: OptimalFlow, hub: number): MarginalCosts {
  return {
    fromHub: shortestResidual(network, optimum, hub, false),
    toHub: shortestResidual(network, optimum, hub, true),
  }
}

function shortestResidual(network: FlowNetwork, optimum: OptimalFlow, hub: number, reverse: boolean): Float64Array {
  const { nodes, source, target, lower, capacity, cost } = network
  const { flow, potential } = optimum
  const { first, list } = incidence(network)
  const distance = new Float64Array(nodes).fill(Number.POSITIVE_INFINITY)
  const settled = new Uint8Array(nodes)
  distance[hub] = 0
  const queue = new MinimumQueue()
  queue.push(0, hub)
  for (let v = queue.pop(); v >= 0; v = queue.pop()) {
    if (settled[v] === 1) continue
    settled[v] = 1
    for (let k = first[v] as number; k < (first[v + 1] as number); k++) {
      const e = list[k] as number
      const from = source[e] as number
      const to = target[e] as number
      // Leaving v along the arc pushes flow on it; leaving v against the arc takes flow off it. In reverse the roles swap.
      const along = (from === v) !== reverse
      const open = along ? (flow[e] as number) < (capacity[e] as number) : (flow[e] as number) > (lower[e] as number)
      if (!open) continue
      const reduced = (cost[e] as number) + (potential[from] as number) - (potential[to] as number)
      const w = from === v ? to : from
      const reached = (distance[v] as number) + (along ? reduced : -reduced)
      if (reached < (distance[w] as number)) {
        distance[w] = reached
        queue.push(reached, w)
      }
    }
  }
  const sign = reverse ? -1 : 1
  for (let v = 0; v < nodes; v++) {
    distance[v] = (distance[v] as number) + sign * ((potential[v] as number) - (potential[hub] as number))
  }
  return distance
}

/** Arcs by node in compressed rows, each arc at both of its ends. */
function incidence(network: FlowNetwork): { first: Int32Array; list: Int32Array } {
  const { nodes, source, target } = network
  const first = new Int32Array(nodes + 2)
  for (let e = 0; e < source.length; e++) {
    first[(source[e] as number) + 2] = (first[(source[e] as number) + 2] as number) + 1
    first[(target[e] as number) + 2] = (first[(target[e] as number) + 2] as number) + 1
  }
  for (let v = 2; v < nodes + 2; v++) first[v] = (first[v] as number) + (first[v - 1] as number)
  const list = new Int32Array(source.length * 2)
  const place = (v: number, e: number) => {
    const k = first[v + 1] as number
    list[k] = e
    first[v + 1] = k + 1
  }
  for (let e = 0; e < source.length; e++) {
    place(source[e] as number, e)
    place(target[e] as number, e)
  }
  return { first, list }
}

/** Binary heap of nodes by key; outdated entries are left in place and skipped by the caller. */
class MinimumQueue {
  private readonly keys: number[] = []
  private readonly values: number[] = []

  push(key: number, value: number): void {
    const { keys, values } = this
    let k = keys.length
    keys.push(key)
    values.push(value)
    while (k > 0) {
      const parent = (k - 1) >> 1
      if ((keys[parent] as number) <= key) break
      keys[k] = keys[parent] as number
      values[k] = values[parent] as number
      k = parent
    }
    keys[k] = key
    values[k] = value
  }

  /** The value of the least key, or −1 when the heap is empty. */
  pop(): number {
    const { keys, values } = this
    const top = values[0]
    const key = keys.pop()
    const value = values.pop()
    if (top === undefined || key === undefined || value === undefined) return -1
    const size = keys.length
    if (size === 0) return top
    let k = 0
    for (;;) {
      let child = 2 * k + 1
      if (child >= size) break
      if (child + 1 < size && (keys[child + 1] as number) < (keys[child] as number)) child++
      if ((keys[child] as number) >= key) break
      keys[k] = keys[child] as number
      values[k] = values[child] as number
      k = child
    }
    keys[k] = key
    values[k] = value
    return top
  }
}
