/**
 * The assignment bound: every customer has one leg in and one leg out, the depot as many as there are routes. Legs that time windows or
 * capacity forbid are left out, which makes the bound strong where windows are tight. Solved exactly as a flow of least cost.
 */
import { minimumCostFlow } from '../../flows/network-simplex.ts'
import type { Classical } from '../classical/compile.ts'

/** Whether a vehicle may drive from customer i straight to customer j. */
export function legAllowed({ matrix, places, demand, capacity, windows }: Classical, i: number, j: number): boolean {
  if ((demand[i] as number) + (demand[j] as number) > capacity) return false
  if (windows === undefined) return true
  const { ready, due, service } = windows
  const begin = Math.max((ready[0] as number) + (matrix[i] as number), ready[i] as number)
  return begin + (service[i] as number) + (matrix[i * places + j] as number) <= (due[j] as number)
}

/** The bound for plans with at least `fewestRoutes` routes; undefined where no such plan exists at all. O(n²) legs. */
export function assignmentBound(instance: Classical, fewestRoutes: number): number | undefined {
  const { places, matrix, vehicles } = instance
  const n = places - 1
  const fewest = Math.min(fewestRoutes, n)
  const most = Math.max(fewest, Math.min(vehicles, n))
  const source: number[] = []
  const target: number[] = []
  const cost: number[] = []
  const capacity: number[] = []
  const arc = (from: number, to: number, price: number, room: number) => {
    source.push(from)
    target.push(to)
    cost.push(price)
    capacity.push(room)
  }
  // Node v leaves customer v (0: the depot), node places + v enters it.
  for (let i = 1; i <= n; i++) {
    arc(0, places + i, matrix[i] as number, 1)
    arc(i, places, matrix[i * places] as number, 1)
    for (let j = 1; j <= n; j++) if (i !== j && legAllowed(instance, i, j)) arc(i, places + j, matrix[i * places + j] as number, 1)
  }
  arc(0, places, 0, most - fewest)
  const supply = new Float64Array(2 * places).fill(1, 1, places).fill(-1, places + 1)
  supply[0] = most
  supply[places] = -most
  const result = minimumCostFlow({
    nodes: 2 * places,
    supply,
    source: Int32Array.from(source),
    target: Int32Array.from(target),
    lower: new Float64Array(source.length),
    capacity: Float64Array.from(capacity),
    cost: Float64Array.from(cost),
  })
  return result.status === 'optimal' ? result.objective : undefined
}
