/** Orders in which absent stops are inserted. Source: Christiaens & Vanden Berghe (2020), doi:10.1287/trsc.2019.0914. */
import type { Compiled } from './compiled.ts'

/** Ranks of the stops in each order of insertion, with cumulated chances of the orders. */
export interface Orders {
  readonly ranks: readonly Float64Array[]
  readonly cumulated: readonly number[]
}

/** The published orders: random, demand, far, close; and with time windows their length, start and end. */
export function insertionOrders(problem: Compiled): Orders {
  const { nodes, demand, ready, due, cost, places, place, startPlace } = problem
  const away = Float64Array.from({ length: nodes }, (_, v) => {
    const start = startPlace[0] ?? 0
    return cost[start * places + (place[v] as number)] as number
  })
  const random = new Float64Array(0)
  const heavy = Float64Array.from(demand, (amount) => -amount)
  const chances: [Float64Array, number][] = [
    [random, 4],
    [heavy, 4],
    [away.map((cost) => -cost), 2],
    [away, 1],
  ]
  if (problem.timed) {
    chances.push([Float64Array.from(due, (end, v) => end - (ready[v] as number)), 2])
    chances.push([Float64Array.from(ready), 2], [Float64Array.from(due, (end) => -end), 2])
  }
  const total = chances.reduce((sum, [, chance]) => sum + chance, 0)
  let sum = 0
  return {
    ranks: chances.map(([ranks]) => ranks),
    cumulated: chances.map(([, chance]) => {
      sum += chance / total
      return sum
    }),
  }
}
