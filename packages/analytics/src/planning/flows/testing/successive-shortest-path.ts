import type { FlowNetwork } from '../network.ts'

/**
 * Slow oracle for tests: negative arcs are filled first, then excess is sent along shortest residual paths found by
 * Bellman–Ford (Ahuja, Magnanti & Orlin 1993, ch. 9.7). Needs finite capacities on arcs of negative cost.
 * @returns the least cost, or undefined when no flow is feasible
 */
export function leastCostBySuccessivePaths(network: FlowNetwork): number | undefined {
  const excess = Array.from(network.supply)
  const arcs: { from: number; to: number; room: number; cost: number }[] = []
  let total = 0
  const add = (from: number, to: number, room: number, cost: number) => {
    arcs.push({ from, to, room, cost }, { from: to, to: from, room: 0, cost: -cost })
  }
  network.source.forEach((from, e) => {
    const to = network.target[e] ?? 0
    const least = network.lower[e] ?? 0
    const most = network.capacity[e] ?? 0
    const cost = network.cost[e] ?? 0
    const start = cost < 0 ? most : least
    total += start * cost
    excess[from] = (excess[from] ?? 0) - start
    excess[to] = (excess[to] ?? 0) + start
    if (cost < 0) add(to, from, most - least, -cost)
    else add(from, to, most - least, cost)
  })
  for (let from = excess.findIndex((x) => x > 0); from >= 0; from = excess.findIndex((x) => x > 0)) {
    const distance = new Array<number>(network.nodes).fill(Number.POSITIVE_INFINITY)
    const via = new Array<number>(network.nodes).fill(-1)
    distance[from] = 0
    for (let changed = true; changed; ) {
      changed = false
      arcs.forEach((arc, k) => {
        const reached = (distance[arc.from] ?? 0) + arc.cost
        if (arc.room > 0 && reached < (distance[arc.to] ?? 0)) {
          distance[arc.to] = reached
          via[arc.to] = k
          changed = true
        }
      })
    }
    let to = -1
    excess.forEach((x, v) => {
      if (x < 0 && (distance[v] ?? 0) < (to < 0 ? Number.POSITIVE_INFINITY : (distance[to] ?? 0))) to = v
    })
    if (to < 0) return undefined
    let amount = Math.min(excess[from] ?? 0, -(excess[to] ?? 0))
    for (let v = to; v !== from; v = arcs[via[v] ?? 0]?.from ?? from) amount = Math.min(amount, arcs[via[v] ?? 0]?.room ?? 0)
    for (let v = to; v !== from; ) {
      const k = via[v] ?? 0
      const arc = arcs[k]
      const back = arcs[k ^ 1]
      if (!arc || !back) break
      arc.room -= amount
      back.room += amount
      total += amount * arc.cost
      v = arc.from
    }
    excess[from] = (excess[from] ?? 0) - amount
    excess[to] = (excess[to] ?? 0) + amount
  }
  return total
}
