/**
 * Cheapest walks from the depot through customers and back, under prices for visits, where a resource (time or load) grows on every leg and
 * must stay within the customer's window. A walk may come back to a customer, but not straight from the next one: such walks hold all
 * routes, and are found in a table of customer × resource (Christofides, Mingozzi & Toth 1981, doi:10.1007/BF01589353; with time windows
 * Desrochers, Desrosiers & Solomon 1992, doi:10.1287/opre.40.2.342).
 */

/** Customers are 0..n-1 here. Reading `leg` backwards gives the same walks turned round. */
export interface WalkInstance {
  readonly n: number
  /** Cost from customer i to j at `i * n + j`, from the depot, and to it. */
  readonly cost: Int32Array
  readonly first: Int32Array
  readonly last: Int32Array
  /** Resource used from customer i to j, at least 1; `blocked` where the leg is not allowed. */
  readonly use: Int32Array
  /** Resource in which customer i can be begun: `from[i]` at the earliest (the way from the depot included), `until[i]` at the latest. */
  readonly from: Int32Array
  readonly until: Int32Array
  /** Largest `until`. */
  readonly most: number
}

/** Stands for a leg that is not allowed. */
export const blocked = 0x3fffffff

/** Customers that a search goes to from each: all in order, or the lists given. */
export type Successors = readonly Int32Array[]

/** The table of cheapest walks into every customer by resource: the two best with different predecessors. */
export class WalkTable {
  readonly instance: WalkInstance
  /** Best and second best at `resource * n + customer`, prices of all visited taken off. */
  readonly best: Float64Array
  readonly second: Float64Array
  readonly bestFrom: Int32Array
  readonly secondFrom: Int32Array
  private readonly bestAt: Int32Array
  private readonly secondAt: Int32Array

  constructor(instance: WalkInstance) {
    const cells = instance.n * (instance.most + 1)
    this.instance = instance
    this.best = new Float64Array(cells)
    this.second = new Float64Array(cells)
    this.bestFrom = new Int32Array(cells)
    this.secondFrom = new Int32Array(cells)
    this.bestAt = new Int32Array(cells)
    this.secondAt = new Int32Array(cells)
  }

  /** Fills the table under these prices. */
  fill(price: Float64Array, successors: Successors): void {
    const { instance, best, second, bestFrom, secondFrom } = this
    const { n, cost, first, use, from, until, most } = instance
    best.fill(Infinity)
    second.fill(Infinity)
    bestFrom.fill(-2)
    secondFrom.fill(-2)
    for (let i = 0; i < n; i++)
      if ((from[i] as number) <= (until[i] as number))
        this.relax((from[i] as number) * n + i, (first[i] as number) - (price[i] as number), -1, -1)
    for (let t = 0; t <= most; t++) {
      const row = t * n
      for (let i = 0; i < n; i++) {
        if (t < (from[i] as number) || t > (until[i] as number)) continue
        const cell = row + i
        // Waiting is free: what was possible earlier is possible now. Only what is better now has to go on.
        const fresh = this.wait(cell, t > (from[i] as number) ? cell - n : -1)
        if (!fresh) continue
        const one = best[cell] as number
        const two = second[cell] as number
        const before = bestFrom[cell] as number
        const list = successors[i] as Int32Array
        const leg = i * n
        for (let k = 0; k < list.length; k++) {
          const j = list[k] as number
          const value = j === before ? two : one
          if (value === Infinity) continue
          let at = t + (use[leg + j] as number)
          if (at > (until[j] as number)) continue
          if (at < (from[j] as number)) at = from[j] as number
          const reduced = value + (cost[leg + j] as number) - (price[j] as number)
          const target = at * n + j
          if (reduced < (second[target] as number)) this.relax(target, reduced, i, t)
        }
      }
    }
  }

  private relax(cell: number, value: number, from: number, at: number): void {
    const { best, second, bestFrom, secondFrom, bestAt, secondAt } = this
    if (value < (best[cell] as number)) {
      if (bestFrom[cell] !== from) {
        second[cell] = best[cell] as number
        secondFrom[cell] = bestFrom[cell] as number
        secondAt[cell] = bestAt[cell] as number
      }
      best[cell] = value
      bestFrom[cell] = from
      bestAt[cell] = at
    } else if (from !== bestFrom[cell] && value < (second[cell] as number)) {
      second[cell] = value
      secondFrom[cell] = from
      secondAt[cell] = at
    }
  }

  /** Takes over the walks of the cell before; true where this cell has a walk of its own. */
  private wait(cell: number, earlier: number): boolean {
    const { best, second, bestFrom, secondFrom, bestAt, secondAt } = this
    if (earlier < 0) return best[cell] !== Infinity
    const own = best[cell] as number
    const ownSecond = second[cell] as number
    if (own === Infinity) {
      best[cell] = best[earlier] as number
      second[cell] = second[earlier] as number
      bestFrom[cell] = bestFrom[earlier] as number
      secondFrom[cell] = secondFrom[earlier] as number
      bestAt[cell] = bestAt[earlier] as number
      secondAt[cell] = secondAt[earlier] as number
      return false
    }
    if (best[earlier] !== Infinity) this.relax(cell, best[earlier] as number, bestFrom[earlier] as number, bestAt[earlier] as number)
    if (second[earlier] !== Infinity)
      this.relax(cell, second[earlier] as number, secondFrom[earlier] as number, secondAt[earlier] as number)
    return best[cell] === own || second[cell] === own || second[cell] === ownSecond
  }

  /**
   * Goes back from a customer along the walk in a cell, its predecessor not being `avoid`, and calls on every customer before it.
   *
   * @returns the customer visited first
   */
  trace(customer: number, resource: number, avoid: number, visit: (customer: number, next: number) => void): number {
    const { n } = this.instance
    let here = customer
    let cell = resource * n + here
    let next = avoid
    for (;;) {
      const useBest = (this.bestFrom[cell] as number) !== next || next === -1
      const from = (useBest ? this.bestFrom[cell] : this.secondFrom[cell]) as number
      if (from < 0) return here
      const at = (useBest ? this.bestAt[cell] : this.secondAt[cell]) as number
      visit(from, here)
      next = here
      here = from
      cell = at * n + here
    }
  }
}
