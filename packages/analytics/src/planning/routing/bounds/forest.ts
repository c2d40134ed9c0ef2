/**
 * A lower bound on the length of routes from one depot: a plan with K routes that visits every customer once leaves, without the depot,
 * a forest of n - K legs, and 2K legs at the depot. Its cheapest counterpart under Lagrangian prices on the two legs per customer
 * is found with a spanning tree; subgradient steps raise it (Held & Karp 1971; K-trees: Fisher 1994, doi:10.1287/opre.42.4.626).
 * Capacity enters through the fewest routes; time windows are left out, so the bound holds with them too.
 */

export interface ForestInstance {
  readonly places: number
  /** Symmetric costs; place 0 is the depot, every other place is visited once. */
  readonly cost: Int32Array
  /** Routes that any plan needs at least. */
  readonly fewestRoutes: number
  /** Routes that may be used at most. */
  readonly mostRoutes: number
}

/** The bound after `rounds` price steps towards `target`, the cost of a known plan. O(rounds · n²). Costs are integers, so is the bound. */
export function forestBound(instance: ForestInstance, target: number, rounds = 150): number {
  const n = instance.places - 1
  if (n === 0) return 0
  const price = new Float64Array(n + 1)
  const degree = new Int32Array(n + 1)
  let best = 0
  let step = 1
  let idle = 0
  for (let round = 0; round < rounds; round++) {
    const value = relaxedCost(instance, price, degree)
    if (value > best) {
      best = value
      idle = 0
    } else if (++idle >= 8) {
      step /= 2
      idle = 0
    }
    let norm = 0
    for (let v = 1; v <= n; v++) norm += ((degree[v] as number) - 2) ** 2
    if (norm === 0) break
    const length = (step * Math.max(1, target - value)) / norm
    for (let v = 1; v <= n; v++) price[v] = (price[v] as number) + length * ((degree[v] as number) - 2)
  }
  return Math.ceil(best - 1e-6)
}

/** Cost of the cheapest forest and depot legs at these prices, less the prices; writes the legs per customer. */
function relaxedCost(instance: ForestInstance, price: Float64Array, degree: Int32Array): number {
  const { places, cost, fewestRoutes, mostRoutes } = instance
  const n = places - 1
  const parent = new Int32Array(places)
  const key = new Float64Array(places).fill(Infinity)
  const inTree = new Uint8Array(places)
  const links: { length: number; a: number; b: number }[] = []
  let current = 1
  inTree[1] = 1
  for (let count = 1; count < n; count++) {
    let nearest = -1
    let shortest = Infinity
    const row = current * places
    const base = price[current] as number
    for (let v = 1; v <= n; v++) {
      if (inTree[v] !== 0) continue
      const length = (cost[row + v] as number) + base + (price[v] as number)
      if (length < (key[v] as number)) {
        key[v] = length
        parent[v] = current
      }
      if ((key[v] as number) < shortest) {
        shortest = key[v] as number
        nearest = v
      }
    }
    inTree[nearest] = 1
    links.push({ length: shortest, a: nearest, b: parent[nearest] as number })
    current = nearest
  }
  links.sort((a, b) => a.length - b.length)
  const spokes = Array.from({ length: n }, (_, k) => ({ v: k + 1, length: (cost[k + 1] as number) + (price[k + 1] as number) }))
  spokes.sort((a, b) => a.length - b.length)
  // With K routes: the n - K shortest links of the tree and the 2K cheapest depot legs, each at most twice.
  const fewest = Math.min(n, Math.max(1, fewestRoutes))
  const most = Math.max(fewest, Math.min(n, mostRoutes))
  let forest = 0
  for (let k = 0; k < n - fewest; k++) forest += links[k]?.length ?? 0
  let star = 0
  for (let k = 0; k < fewest; k++) star += 2 * (spokes[k]?.length ?? 0)
  let bestRoutes = fewest
  let bestSum = forest + star
  for (let routes = fewest + 1; routes <= most; routes++) {
    forest -= links[n - routes]?.length ?? 0
    star += 2 * (spokes[routes - 1]?.length ?? 0)
    if (forest + star < bestSum) {
      bestSum = forest + star
      bestRoutes = routes
    }
  }
  degree.fill(0)
  for (let k = 0; k < n - bestRoutes; k++) {
    const link = links[k]
    if (link === undefined) continue
    degree[link.a] = (degree[link.a] as number) + 1
    degree[link.b] = (degree[link.b] as number) + 1
  }
  for (let k = 0; k < bestRoutes; k++) {
    const v = spokes[k]?.v ?? 0
    degree[v] = (degree[v] as number) + 2
  }
  let paid = 0
  for (let v = 1; v <= n; v++) paid += price[v] as number
  return bestSum - 2 * paid
}
