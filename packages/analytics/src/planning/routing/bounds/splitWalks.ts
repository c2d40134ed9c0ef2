/**
 * Cheapest walks of one vehicle that may carry any part of what each customer has, under prices for what is carried. As in `walks.ts` a walk
 * may come back to a customer, but not straight from the next one. The table is over what has been carried so far × customer; how much
 * is carried from a customer is chosen when the walk leaves it.
 */

/** Customers are 0..n-1 here; costs are symmetric. */
export interface SplitInstance {
  readonly n: number
  /** Cost between customers at `i * n + j`, and between depot and customer. */
  readonly cost: Int32Array
  readonly first: Int32Array
  /** What each customer has, and what a vehicle holds, in the largest unit that divides all. */
  readonly demand: Int32Array
  readonly capacity: number
}

/** The cheapest and the second cheapest with another customer before. */
interface Pair {
  readonly best: Float64Array
  readonly bestFrom: Int32Array
  readonly second: Float64Array
  readonly secondFrom: Int32Array
}

const pairOf = (cells: number): Pair => ({
  best: new Float64Array(cells),
  bestFrom: new Int32Array(cells),
  second: new Float64Array(cells),
  secondFrom: new Int32Array(cells),
})

/** Stands for a walk that comes from the depot. */
export const depot = -1

export class SplitTable {
  readonly instance: SplitInstance
  /** Walks that have come to a customer, at `carried * n + customer`; `arrive.bestFrom` is the customer before. */
  readonly arrive: Pair
  /** Walks that leave a customer, what was carried there included. */
  readonly leave: Pair
  private readonly bestTaken: Int32Array
  private readonly secondTaken: Int32Array

  constructor(instance: SplitInstance) {
    const cells = instance.n * (instance.capacity + 1)
    this.instance = instance
    this.arrive = pairOf(cells)
    this.leave = pairOf(cells)
    this.bestTaken = new Int32Array(cells)
    this.secondTaken = new Int32Array(cells)
  }

  /** Fills the table under prices per unit, over legs from each customer to its successors. `before` lists who may come before each. */
  fill(price: Float64Array, before: readonly Int32Array[]): void {
    const { n, first, capacity } = this.instance
    const { arrive, leave } = this
    for (const pair of [arrive, leave]) {
      pair.best.fill(Infinity)
      pair.second.fill(Infinity)
      pair.bestFrom.fill(-2)
      pair.secondFrom.fill(-2)
    }
    for (let j = 0; j < n; j++) {
      arrive.best[j] = first[j] as number
      arrive.bestFrom[j] = depot
    }
    for (let carried = 1; carried <= capacity; carried++) {
      for (let j = 0; j < n; j++) this.take(carried, j, price[j] as number)
      if (carried < capacity) for (let j = 0; j < n; j++) this.go(carried, j, before[j] as Int32Array)
    }
  }

  /** Chooses how much was carried from j when `carried` is on board. */
  private take(carried: number, j: number, price: number): void {
    const { n, demand } = this.instance
    const { arrive, leave, bestTaken, secondTaken } = this
    const cell = carried * n + j
    const most = Math.min(carried, demand[j] as number)
    let [one, oneFrom, oneTaken, two, twoFrom, twoTaken] = [Infinity, -2, 0, Infinity, -2, 0]
    for (let amount = 1; amount <= most; amount++) {
      const from = cell - amount * n
      const paid = price * amount
      for (let k = 0; k < 2; k++) {
        const value = ((k === 0 ? arrive.best[from] : arrive.second[from]) as number) - paid
        if (value >= two) continue
        const pred = (k === 0 ? arrive.bestFrom[from] : arrive.secondFrom[from]) as number
        if (value < one) {
          if (pred !== oneFrom) [two, twoFrom, twoTaken] = [one, oneFrom, oneTaken]
          one = value
          oneFrom = pred
          oneTaken = amount
        } else if (pred !== oneFrom) {
          two = value
          twoFrom = pred
          twoTaken = amount
        }
      }
    }
    leave.best[cell] = one
    leave.bestFrom[cell] = oneFrom
    bestTaken[cell] = oneTaken
    leave.second[cell] = two
    leave.secondFrom[cell] = twoFrom
    secondTaken[cell] = twoTaken
  }

  /** The two cheapest ways to come to j with `carried` on board. */
  private go(carried: number, j: number, before: Int32Array): void {
    const { n, cost } = this.instance
    const { arrive, leave } = this
    const row = carried * n
    let [one, oneFrom, two, twoFrom] = [Infinity, -2, Infinity, -2]
    for (let k = 0; k < before.length; k++) {
      const i = before[k] as number
      const cell = row + i
      const value = ((leave.bestFrom[cell] === j ? leave.second[cell] : leave.best[cell]) as number) + (cost[j * n + i] as number)
      if (value < one) {
        two = one
        twoFrom = oneFrom
        one = value
        oneFrom = i
      } else if (value < two) {
        two = value
        twoFrom = i
      }
    }
    arrive.best[row + j] = one
    arrive.bestFrom[row + j] = oneFrom
    arrive.second[row + j] = two
    arrive.secondFrom[row + j] = twoFrom
  }

  /** Goes back along the walk that leaves a customer with `carried` on board, the one before it not being `avoid`, and tells what was taken from whom. */
  trace(customer: number, carried: number, avoid: number, tell: (customer: number, amount: number) => void): void {
    const { n } = this.instance
    let [here, load, next] = [customer, carried, avoid]
    for (;;) {
      const cell = load * n + here
      const useBest = this.leave.bestFrom[cell] !== next
      const amount = (useBest ? this.bestTaken[cell] : this.secondTaken[cell]) as number
      const from = (useBest ? this.leave.bestFrom[cell] : this.leave.secondFrom[cell]) as number
      tell(here, amount)
      if (from === depot) return
      next = here
      here = from
      load -= amount
    }
  }
}
