/**
 * A lower bound from priced walks: no set of routes that visits every customer once costs less than the prices of all customers, when no
 * walk costs less than the prices it collects. The prices are raised by subgradient steps in which every customer votes with the cheapest
 * walk through it, and are at the end scaled down until no walk undercuts them (Farley 1990, doi:10.1287/opre.38.5.922).
 */
import type { Classical } from '../classical/compile.ts'
import { raisePrices } from './priceSteps.ts'
import { fairPrices, loadWalks, timeWalks, turned, type WalkEffort, walkEffort } from './walkInstances.ts'
import { blocked, type Successors, type WalkInstance, WalkTable } from './walks.ts'

/** What walks are limited by: the windows, carrying anything, or the capacity, at any time. */
export type WalkLimit = 'time' | 'load'

/** The limits that can say something about an instance. */
export function walkLimits({ windows, demand, capacity }: Classical): WalkLimit[] {
  const full = demand.reduce((sum, amount) => sum + amount, 0) > capacity
  return [...(windows === undefined ? [] : ['time' as const]), ...(windows === undefined || full ? ['load' as const] : [])]
}

/** How hard a proof tries. */
export interface WalkRequest {
  /** A known plan: its cost is the target, and its legs give the first prices. */
  readonly routes: readonly (readonly number[])[]
  readonly effort?: WalkEffort
  /** Asked between steps; true ends them with the proof that is due. */
  readonly enough?: () => boolean
}

/** The bound under one limit, rounded up since costs are integers; 0 where the resource is too coarse to bound anything. */
export function walkBound(classical: Classical, limit: WalkLimit, { routes, effort, enough }: WalkRequest): number {
  const chosen = effort ?? walkEffort(classical.places - 1)
  const instance = limit === 'load' ? loadWalks(classical, chosen.resolution) : timeWalks(classical, chosen.resolution)
  if (instance === undefined || instance.n < 2) return 0
  return new PriceAscent(instance, fairPrices(classical, routes), chosen).run(enough ?? (() => false))
}

/** The best walk through each customer: joined from both tables. */
interface Joint {
  cost: number
  at: number
  /** Predecessors that the two halves must not have; -1 for any. */
  avoidBefore: number
  avoidAfter: number
}

/** First length of the steps, as a share of what would close the gap to the target. */
const firstLength = 0.5

class PriceAscent {
  private readonly instance: WalkInstance
  private readonly target: number
  private readonly effort: WalkEffort
  private readonly forward: WalkTable
  private readonly backward: WalkTable
  private readonly everyone: Successors
  private readonly near: Set<number>[]
  private readonly price: Float64Array
  private readonly visits: Float64Array

  constructor(instance: WalkInstance, price: Float64Array, effort: WalkEffort) {
    const { n, use, cost } = instance
    this.instance = instance
    this.target = price.reduce((sum, value) => sum + value, 0)
    this.price = price
    this.effort = effort
    this.forward = new WalkTable(instance)
    this.backward = new WalkTable(turned(instance))
    const allowed = (i: number) => Array.from({ length: n }, (_, j) => j).filter((j) => use[i * n + j] !== blocked)
    this.everyone = Array.from({ length: n }, (_, i) => Int32Array.from(allowed(i)))
    this.near = Array.from({ length: n }, (_, i) => {
      const byCost = allowed(i).sort((a, b) => (cost[i * n + a] as number) - (cost[i * n + b] as number))
      return new Set(byCost.slice(0, effort.width))
    })
    this.visits = new Float64Array(n)
  }

  run(enough: () => boolean): number {
    const { effort, price } = this
    const proven = price.slice()
    let bound = 0
    let length = firstLength
    for (let proof = 0; proof < effort.proofs && (proof === 0 || !enough()); proof++) {
      this.ascend(length, enough)
      const value = this.prove()
      if (value > bound) {
        if (value < bound * 1.0005) length *= 0.5
        bound = value
        proven.set(price)
      } else {
        length *= 0.5
        price.set(proven)
      }
    }
    return Math.ceil(bound - 1e-3)
  }

  /** Steps towards the target on the near legs only. */
  private ascend(length: number, enough: () => boolean): void {
    const { effort, price, visits, target } = this
    const ahead = this.near.map((list) => Int32Array.from(list))
    const back = this.reversed()
    const vote = () => {
      this.forward.fill(price, ahead)
      this.backward.fill(price, back)
      return this.vote()
    }
    raisePrices({ price, target, length, steps: effort.steps, enough, vote, missing: (i) => 1 - (visits[i] as number) })
  }

  private reversed(): Int32Array[] {
    const lists: number[][] = this.near.map(() => [])
    this.near.forEach((list, i) => {
      for (const j of list) lists[j]?.push(i)
    })
    return lists.map((list) => Int32Array.from(list))
  }

  /** Value of the prices if every customer shares the cheapest walk through it with the others on it; counts the visits of those walks. */
  private vote(): number {
    const { instance, price, visits, forward, backward } = this
    const { n, most } = instance
    const walk: number[] = []
    const note = (customer: number) => void walk.push(customer)
    visits.fill(0)
    let value = 0
    for (let i = 0; i < n; i++) {
      const joint = this.join(i)
      value += price[i] as number
      if (joint.cost === Infinity) continue
      walk.length = 0
      walk.push(i)
      forward.trace(i, joint.at, joint.avoidBefore, note)
      backward.trace(i, most - joint.at, joint.avoidAfter, note)
      const share = 1 / walk.length
      value += joint.cost * share
      for (const customer of walk) visits[customer] = (visits[customer] as number) + share
    }
    return value
  }

  private join(i: number): Joint {
    const { instance, price, forward, backward } = this
    const { n, from, until, most } = instance
    const joint: Joint = { cost: Infinity, at: -1, avoidBefore: -1, avoidAfter: -1 }
    const own = price[i] as number
    for (let t = from[i] as number; t <= (until[i] as number); t++) {
      const f = t * n + i
      const b = (most - t) * n + i
      const f1 = forward.best[f] as number
      const b1 = backward.best[b] as number
      if (f1 + b1 + own >= joint.cost) continue
      const before = forward.bestFrom[f] as number
      if (before !== backward.bestFrom[b] || before < 0) {
        joint.cost = f1 + b1 + own
        joint.at = t
        joint.avoidBefore = joint.avoidAfter = -1
        continue
      }
      const f2 = forward.second[f] as number
      const b2 = backward.second[b] as number
      const cost = Math.min(f1 + b2, f2 + b1) + own
      if (cost >= joint.cost) continue
      joint.cost = cost
      joint.at = t
      joint.avoidBefore = f1 + b2 <= f2 + b1 ? -1 : before
      joint.avoidAfter = f1 + b2 <= f2 + b1 ? before : -1
    }
    return joint
  }

  /**
   * Lowers prices until no walk on any legs undercuts what it collects: at first those on walks that do, each by its share, at last all.
   *
   * @returns their sum, a lower bound; 0 if that was not reached
   */
  private prove(): number {
    const { instance, price, forward } = this
    const { n, last, until, cost, first } = instance
    const lowered = price
    const cut = new Float64Array(n)
    const walk: number[] = []
    for (let round = 0; round < proofRounds; round++) {
      forward.fill(lowered, this.everyone)
      cut.fill(0)
      let ratio = 1
      for (let i = 0; i < n; i++) {
        if ((until[i] as number) < (instance.from[i] as number)) continue
        const reduced = (forward.best[(until[i] as number) * n + i] as number) + (last[i] as number)
        if (reduced >= -1e-7) continue
        walk.length = 0
        walk.push(i)
        let paid = last[i] as number
        const start = forward.trace(i, until[i] as number, -1, (customer, next) => {
          this.near[customer]?.add(next)
          paid += cost[customer * n + next] as number
          walk.push(customer)
        })
        paid += first[start] as number
        const collected = walk.reduce((sum, customer) => sum + (lowered[customer] as number), 0)
        ratio = Math.min(ratio, paid / collected)
        const share = paid / collected
        for (const customer of walk) cut[customer] = Math.max(cut[customer] as number, 1 - share)
      }
      if (ratio === 1) return lowered.reduce((sum, value) => sum + value, 0)
      const all = round >= proofRounds - wholeRounds
      for (let i = 0; i < n; i++) lowered[i] = (lowered[i] as number) * (all ? ratio : 1 - (cut[i] as number))
    }
    return 0
  }
}

/** Passes over all walks that a proof may take. */
const proofRounds = 26

/** The last of them lower all prices at once: that ends where single walks would not. */
const wholeRounds = 10
