/**
 * The radial bound (Haimovich & Rinnooy Kan 1985, doi:10.1287/moor.10.4.527): a vehicle that takes q of its Q seats at a place pays at
 * least q/Q of the direct journey there and home. It holds for split deliveries too.
 */

/** Cost of the cheapest way from one place to every other, through any places (Dijkstra); what a detour can never undercut. O(n²). */
export function cheapestWays(places: number, cost: Int32Array, from: number): Float64Array {
  const ways = new Float64Array(places).fill(Infinity)
  const settled = new Uint8Array(places)
  ways[from] = 0
  for (let count = 0; count < places; count++) {
    let near = -1
    for (let v = 0; v < places; v++) if (settled[v] === 0 && (near < 0 || (ways[v] as number) < (ways[near] as number))) near = v
    settled[near] = 1
    const base = ways[near] as number
    for (let v = 0; v < places; v++) ways[v] = Math.min(ways[v] as number, base + (cost[near * places + v] as number))
  }
  return ways
}

/** Bound for one depot at place 0, symmetric costs and one capacity. */
export function radialBound(places: number, cost: Int32Array, demand: Int32Array, capacity: number): number {
  const ways = cheapestWays(places, cost, 0)
  let sum = 0
  for (let v = 1; v < places; v++) sum += (demand[v] as number) * 2 * (ways[v] as number)
  return Math.ceil(sum / capacity - 1e-6)
}

/** Length of the shortest spanning tree over all places: any connected plan is at least as long. */
export function treeBound(places: number, cost: Int32Array): number {
  const key = new Float64Array(places).fill(Infinity)
  const inTree = new Uint8Array(places)
  let current = 0
  let sum = 0
  inTree[0] = 1
  for (let count = 1; count < places; count++) {
    let nearest = -1
    for (let v = 0; v < places; v++) {
      if (inTree[v] !== 0) continue
      key[v] = Math.min(key[v] as number, cost[current * places + v] as number)
      if (nearest < 0 || (key[v] as number) < (key[nearest] as number)) nearest = v
    }
    sum += key[nearest] as number
    inTree[nearest] = 1
    current = nearest
  }
  return sum
}
