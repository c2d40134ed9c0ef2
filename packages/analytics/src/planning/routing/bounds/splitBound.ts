/**
 * A lower bound for split deliveries from priced walks: no set of routes that carries everything costs less than the prices of all units
 * carried, when no walk of one vehicle costs less than the prices of what it carries. Prices are raised and proven as in `walkBound.ts`.
 */
import type { Classical } from '../classical/compile.ts'
import { raisePrices } from './priceSteps.ts'
import { depot, type SplitInstance, SplitTable } from './splitWalks.ts'

/** Calls of each vehicle: the customer (a place, from 1) and the amount. */
export type SplitRoutes = readonly (readonly { readonly customer: number; readonly amount: number }[])[]

/** Cells of a table up to which the proof is worth its time: capacity in units × customers. */
const mostCells = 60_000

/** Nearest customers that the steps look at; the proof looks at all. */
const width = 20

/** Steps between two proofs, and proofs. */
const [steps, proofs] = [50, 4] as const

/** First length of the steps, as a share of what would close the gap to the known plan. */
const firstLength = 0.5

/** Passes over all walks that a proof may take; in the last of them all prices fall together. */
const [passes, lastPasses] = [30, 12] as const

/** The bound, rounded up since costs are integers; 0 where the table would be too large. @param enough asked between steps; true ends them */
export function splitBound(classical: Classical, routes: SplitRoutes, enough: () => boolean): number {
  const instance = splitInstance(classical)
  if (instance.n < 2 || instance.n * instance.capacity > mostCells) return 0
  const ascent = new SplitAscent(instance, prices(classical, routes, instance))
  let [bound, length] = [0, firstLength]
  for (let proof = 0; proof < proofs && (proof === 0 || !enough()); proof++) {
    ascent.ascend(length, enough)
    const value = ascent.prove()
    if (value <= bound * 1.0005) length *= 0.5
    bound = Math.max(bound, value)
  }
  return Math.ceil(bound - 1e-3)
}

function splitInstance({ places, matrix, demand, capacity }: Classical): SplitInstance {
  const n = places - 1
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  const unit = demand.reduce(divisor, capacity)
  return {
    n,
    cost: Int32Array.from({ length: n * n }, (_, k) => matrix[(Math.floor(k / n) + 1) * places + (k % n) + 1] as number),
    first: Int32Array.from({ length: n }, (_, i) => Math.min(matrix[i + 1] as number, matrix[(i + 1) * places] as number)),
    demand: Int32Array.from({ length: n }, (_, i) => (demand[i + 1] as number) / unit),
    capacity: capacity / unit,
  }
}

/** Prices per unit under which every route costs what it collects: half of both legs, and of what the depot is left with a share by amount. */
function prices({ places, matrix }: Classical, routes: SplitRoutes, instance: SplitInstance): Float64Array {
  const price = new Float64Array(instance.n)
  for (const route of routes) {
    const leg = (k: number) => matrix[(route[k - 1]?.customer ?? 0) * places + (route[k]?.customer ?? 0)] as number
    const load = route.reduce((sum, { amount }) => sum + amount, 0)
    const ends = (leg(0) + leg(route.length)) / 2
    route.forEach(({ customer, amount }, k) => {
      price[customer - 1] = (price[customer - 1] as number) + (leg(k) + leg(k + 1)) / 2 + (ends * amount) / load
    })
  }
  return price.map((value, i) => value / Math.max(1, instance.demand[i] as number))
}

class SplitAscent {
  private readonly instance: SplitInstance
  private readonly table: SplitTable
  private readonly price: Float64Array
  private readonly target: number
  private readonly near: Set<number>[]
  private readonly everyone: readonly Int32Array[]
  private readonly carried: Float64Array
  private proven: Float64Array
  private best = 0

  constructor(instance: SplitInstance, price: Float64Array) {
    const { n, cost } = instance
    this.instance = instance
    this.table = new SplitTable(instance)
    this.price = price
    this.target = this.sum()
    const others = (i: number) => Array.from({ length: n }, (_, j) => j).filter((j) => j !== i)
    this.everyone = Array.from({ length: n }, (_, i) => Int32Array.from(others(i)))
    this.near = Array.from({ length: n }, (_, i) => {
      const byCost = others(i).sort((a, b) => (cost[i * n + a] as number) - (cost[i * n + b] as number))
      return new Set(byCost.slice(0, width))
    })
    this.carried = new Float64Array(n)
    this.proven = price.slice()
  }

  /** Steps towards the target on the near legs only. */
  ascend(length: number, enough: () => boolean): void {
    const { instance, price, carried, target } = this
    const before = this.near.map((list) => Int32Array.from(list))
    const vote = () => {
      this.table.fill(price, before)
      return this.vote()
    }
    const missing = (i: number) => (instance.demand[i] as number) - (carried[i] as number)
    raisePrices({ price, target, length, steps, enough, vote, missing })
  }

  /** Value of the prices if every customer shares the cheapest walk through it by what it has; counts what those walks carry. */
  private vote(): number {
    const { instance, price, carried, table } = this
    const walk: { customer: number; amount: number }[] = []
    const note = (customer: number, amount: number) => void walk.push({ customer, amount })
    carried.fill(0)
    let value = this.sum()
    for (let i = 0; i < instance.n; i++) {
      const joint = this.join(i, price[i] as number)
      if (joint === undefined) continue
      walk.length = 0
      walk.push({ customer: i, amount: joint.amount })
      if (joint.oneFrom !== depot) table.trace(joint.oneFrom, joint.one, i, note)
      if (joint.twoFrom !== depot) table.trace(joint.twoFrom, joint.two, i, note)
      const share = (instance.demand[i] as number) / walk.reduce((sum, { amount }) => sum + amount, 0)
      value += joint.cost * share
      for (const { customer, amount } of walk) carried[customer] = (carried[customer] as number) + share * amount
    }
    return value
  }

  /** The cheapest walk through customer i, from two that come to it. */
  private join(i: number, price: number) {
    const { n, demand, capacity } = this.instance
    const { best, bestFrom, second, secondFrom } = this.table.arrive
    const has = demand[i] as number
    if (has === 0) return undefined
    let [cost, one, two, oneFrom, twoFrom] = [Infinity, 0, 0, -2, -2]
    for (let a = 0; a < capacity; a++) {
      const left = a * n + i
      const most = price * Math.min(has, capacity - a)
      if ((best[left] as number) + (best[i] as number) - most >= cost && (best[left] as number) - most >= cost) continue
      for (let b = a; a + b < capacity; b++) {
        const right = b * n + i
        const paid = price * Math.min(has, capacity - a - b)
        const plain = (best[left] as number) + (best[right] as number) - paid
        if (plain >= cost) continue
        const from = bestFrom[left] as number
        if (from !== bestFrom[right] || from === depot) {
          ;[cost, one, two, oneFrom, twoFrom] = [plain, a, b, from, bestFrom[right] as number]
          continue
        }
        const viaLeft = (second[left] as number) + (best[right] as number) - paid
        const viaRight = (best[left] as number) + (second[right] as number) - paid
        if (Math.min(viaLeft, viaRight) >= cost) continue
        if (viaLeft <= viaRight) [cost, one, two, oneFrom, twoFrom] = [viaLeft, a, b, secondFrom[left] as number, from]
        else [cost, one, two, oneFrom, twoFrom] = [viaRight, a, b, from, secondFrom[right] as number]
      }
    }
    return cost === Infinity ? undefined : { cost, one, two, oneFrom, twoFrom, amount: Math.min(has, capacity - one - two) }
  }

  /**
   * Lowers prices until no walk on any legs undercuts what it carries, and goes on from the best prices so proven.
   *
   * @returns what all is then worth, a lower bound; 0 if that was not reached
   */
  prove(): number {
    const { instance, table, price } = this
    const { n, capacity, first } = instance
    const cut = new Float64Array(n)
    const walk: number[] = []
    let value = 0
    for (let pass = 0; pass < passes; pass++) {
      table.fill(price, this.everyone)
      cut.fill(0)
      let ratio = 1
      for (let i = 0; i < n; i++) {
        for (let load = 1; load <= capacity; load++) {
          const reduced = (table.leave.best[load * n + i] as number) + (first[i] as number)
          if (reduced >= -1e-7) continue
          let collected = 0
          walk.length = 0
          table.trace(i, load, -2, (customer, amount) => {
            this.allow(walk.at(-1), customer)
            walk.push(customer)
            collected += amount * (price[customer] as number)
          })
          const share = (collected + reduced) / collected
          ratio = Math.min(ratio, share)
          for (const customer of walk) cut[customer] = Math.max(cut[customer] as number, 1 - share)
        }
      }
      if (ratio === 1) {
        value = this.sum()
        break
      }
      const all = pass >= passes - lastPasses
      for (let i = 0; i < n; i++) price[i] = (price[i] as number) * (all ? ratio : 1 - (cut[i] as number))
    }
    if (value > this.best) {
      this.best = value
      this.proven = price.slice()
    } else price.set(this.proven)
    return value
  }

  /** Lets later steps look at a leg that a proof found to matter. */
  private allow(one: number | undefined, other: number): void {
    if (one === undefined) return
    this.near[one]?.add(other)
    this.near[other]?.add(one)
  }

  private sum(): number {
    return this.price.reduce((sum, value, i) => sum + value * (this.instance.demand[i] as number), 0)
  }
}
