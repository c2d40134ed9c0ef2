/** Classical instances as walks whose resource is the load or the time, made coarser so that no route is lost. */
import type { Classical } from '../classical/compile.ts'
import { blocked, type WalkInstance } from './walks.ts'

/** How finely and how long prices are raised. */
export interface WalkEffort {
  /** Steps of the resource that are told apart. */
  readonly resolution: number
  /** Nearest customers that the steps look at; the proof looks at all. */
  readonly width: number
  /** Steps between two proofs, and proofs. */
  readonly steps: number
  readonly proofs: number
}

/** What is worth while for so many customers: a proof takes time with their square. */
export function walkEffort(customers: number): WalkEffort {
  if (customers <= 150) return { resolution: 200, width: 25, steps: 45, proofs: 3 }
  if (customers <= 600) return { resolution: 150, width: 20, steps: 40, proofs: 3 }
  return { resolution: 140, width: 15, steps: 40, proofs: 1 }
}

function legs(classical: Classical) {
  const { places, matrix } = classical
  const n = places - 1
  const cost = new Int32Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) cost[i * n + j] = matrix[(i + 1) * places + j + 1] as number
  return {
    n,
    cost,
    first: Int32Array.from({ length: n }, (_, i) => matrix[i + 1] as number),
    last: Int32Array.from({ length: n }, (_, i) => matrix[(i + 1) * places] as number),
  }
}

/** Walks whose resource is the load, in whole weights: every set of customers that fits the capacity weighs at most `most`. */
export function loadWalks(classical: Classical, resolution: number): WalkInstance {
  const base = legs(classical)
  const { n } = base
  const demand = classical.demand.slice(1)
  const { capacity } = classical
  const scale = Math.min(1, resolution / capacity)
  const weight = demand.map((amount) => Math.max(1, Math.floor(amount * scale)))
  const limit = weight.every((own, i) => own === demand[i]) ? capacity : heaviest(demand, weight, capacity)
  const use = new Int32Array(n * n)
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) use[i * n + j] = i === j ? blocked : (weight[i] as number)
  const until = weight.map((own) => limit - own)
  return { ...base, use, from: new Int32Array(n), until, most: until.reduce((most, value) => Math.max(most, value), 0) }
}

/** The largest weight of customers whose demands fit the capacity together. */
function heaviest(demand: Int32Array, weight: Int32Array, capacity: number): number {
  const held = new Int32Array(capacity + 1)
  demand.forEach((amount, i) => {
    for (let q = capacity; q >= amount; q--) held[q] = Math.max(held[q] as number, (held[q - amount] as number) + (weight[i] as number))
  })
  return held[capacity] as number
}

/** Walks whose resource is time, in steps that make every leg no longer and every window no narrower than it is. */
export function timeWalks(classical: Classical, resolution: number): WalkInstance | undefined {
  const { windows, places, matrix, demand, capacity } = classical
  if (windows === undefined) return undefined
  const base = legs(classical)
  const { n } = base
  const { ready, due, service } = windows
  const start = ready[0] as number
  let shortest = Infinity
  for (let i = 1; i <= n; i++)
    for (let j = 1; j <= n; j++) if (i !== j) shortest = Math.min(shortest, (service[i] as number) + (matrix[i * places + j] as number))
  // Every leg must take a step at least, or a walk could go on without end.
  const step = Math.min(shortest, Math.max(1, Math.ceil(((due[0] as number) - start) / resolution)))
  if (step < 1 || ((due[0] as number) - start) / step > 4 * resolution) return undefined
  const begin = Float64Array.from({ length: n }, (_, i) => Math.max(ready[i + 1] as number, start + (matrix[i + 1] as number)))
  const end = Float64Array.from({ length: n }, (_, i) =>
    Math.min(due[i + 1] as number, (due[0] as number) - (service[i + 1] as number) - (matrix[(i + 1) * places] as number)),
  )
  const use = new Int32Array(n * n).fill(blocked)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      if (i === j || (demand[i + 1] as number) + (demand[j + 1] as number) > capacity) continue
      const lasts = (service[i + 1] as number) + (matrix[(i + 1) * places + j + 1] as number)
      if ((begin[i] as number) + lasts > (end[j] as number)) continue
      use[i * n + j] = Math.floor(lasts / step)
    }
  const from = Int32Array.from(begin, (time) => Math.floor((time - start) / step))
  const until = Int32Array.from(end, (time) => Math.floor((time - start) / step))
  return { ...base, use, from, until, most: until.reduce((most, value) => Math.max(most, value), 0) }
}

/** The same walks driven backwards; resource r stands for `most - r`. */
export function turned(instance: WalkInstance): WalkInstance {
  const { n, cost, use, first, last, from, until, most } = instance
  const across = (values: Int32Array) => Int32Array.from(values, (_, k) => values[(k % n) * n + Math.floor(k / n)] as number)
  return {
    n,
    cost: across(cost),
    use: across(use),
    first: last,
    last: first,
    from: until.map((value) => most - value),
    until: from.map((value) => most - value),
    most,
  }
}

/** Prices under which every route of a plan costs what it collects: half of both legs, and an even share of what the depot is left with. */
export function fairPrices({ places, matrix }: Classical, routes: readonly (readonly number[])[]): Float64Array {
  const price = new Float64Array(places - 1)
  for (const route of routes) {
    const leg = (k: number) => matrix[(route[k - 1] ?? 0) * places + (route[k] ?? 0)] as number
    const depotShare = (leg(0) + leg(route.length)) / (2 * route.length)
    route.forEach((place, k) => {
      price[place - 1] = (leg(k) + leg(k + 1)) / 2 + depotShare
    })
  }
  return price
}
