/** Subgradient steps that raise the prices of customers towards the cost of a known plan. */

/** Share of the latest vote in the direction of a step; the rest remembers the steps before. */
const freshShare = 0.3

/** Steps without a better value after which they become half as long. */
const patience = 6

/** Norm of a direction below which nothing is left to gain. */
const nowhere = 1e-9

export interface PriceSteps {
  /** Raised in place; at the end those of the best value. */
  readonly price: Float64Array
  /** Cost of the known plan. */
  readonly target: number
  /** First length, as a share of what would close the gap to the target. */
  readonly length: number
  readonly steps: number
  /** Asked between steps; true ends them. */
  enough(): boolean
  /** Value of the prices as they are. */
  vote(): number
  /** By how much the last vote serves customer i less than the customer asks for; below 0 where it serves more. */
  missing(i: number): number
}

export function raisePrices({ price, target, length, steps, enough, vote, missing }: PriceSteps): void {
  const kept = price.slice()
  const direction = new Float64Array(price.length)
  let best = -Infinity
  let idle = 0
  let factor = length
  for (let step = 0; step < steps && !enough(); step++) {
    const value = vote()
    if (value > best) {
      best = value
      kept.set(price)
      idle = 0
    } else if (++idle >= patience) {
      factor /= 2
      idle = 0
    }
    let norm = 0
    for (let i = 0; i < price.length; i++) {
      direction[i] = freshShare * missing(i) + (1 - freshShare) * (direction[i] as number)
      norm += (direction[i] as number) ** 2
    }
    if (norm < nowhere) break
    const stretch = (factor * Math.max(1, target - value)) / norm
    for (let i = 0; i < price.length; i++) price[i] = Math.max(0, (price[i] as number) + stretch * (direction[i] as number))
  }
  price.set(kept)
}
