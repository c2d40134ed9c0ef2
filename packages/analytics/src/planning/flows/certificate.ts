import type { FlowNetwork } from './network.ts'

/** What an independent check of a flow found; empty `faults` and `gap` zero prove the flow optimal. */
export interface FlowCertificate {
  readonly feasible: boolean
  /** Cost of the flow as stated by the network, exact. */
  readonly objective: bigint
  /** Least cost that any flow can have, proven by the prices alone; −∞ is given as undefined. */
  readonly bound: bigint | undefined
  readonly optimal: boolean
  /** First faults found, in words for developers. */
  readonly faults: readonly string[]
}

const faultsShown = 10

/**
 * Checks balance at every node and the limits of every arc, and computes the Lagrangian bound
 * Σ π(v)·supply(v)·(−1) + Σ min(c̄·lower, c̄·capacity), c̄ = cost + π(source) − π(target), in arbitrary-precision integers.
 * Weak duality makes the bound valid for any prices; equality with the cost proves optimality.
 * Shares no code with the solver.
 */
export function checkFlow(network: FlowNetwork, flow: ArrayLike<number>, potential: ArrayLike<number>): FlowCertificate {
  const faults: string[] = []
  const fault = (text: string) => {
    if (faults.length < faultsShown) faults.push(text)
  }
  if (flow.length !== network.source.length) fault(`the flow has ${flow.length} arcs, the network ${network.source.length}`)
  if (potential.length !== network.nodes) fault(`there are ${potential.length} prices for ${network.nodes} nodes`)
  if (faults.length > 0) return { feasible: false, objective: 0n, bound: undefined, optimal: false, faults }
  const left = Array.from(network.supply)
  const objective = new ExactSum()
  const bound = new ExactSum()
  let bounded = true
  for (let e = 0; e < flow.length; e++) {
    const amount = flow[e] ?? Number.NaN
    const from = network.source[e] ?? -1
    const to = network.target[e] ?? -1
    const least = network.lower[e] ?? 0
    const most = network.capacity[e] ?? 0
    const price = network.cost[e] ?? 0
    if (!Number.isSafeInteger(amount)) {
      fault(`arc ${e} carries ${amount}, no integer`)
      continue
    }
    if (amount < least || amount > most) fault(`arc ${e} carries ${amount}, outside ${least}…${most}`)
    left[from] = (left[from] ?? 0) - amount
    left[to] = (left[to] ?? 0) + amount
    objective.addProduct(price, amount)
    const reduced = price + (potential[from] ?? 0) - (potential[to] ?? 0)
    if (reduced >= 0) bound.addProduct(reduced, least)
    else if (most === Number.POSITIVE_INFINITY) bounded = false
    else bound.addProduct(reduced, most)
  }
  left.forEach((rest, v) => {
    if (rest !== 0) fault(`node ${v} is out of balance by ${rest}`)
    bound.addProduct(-(potential[v] ?? 0), network.supply[v] ?? 0)
  })
  const feasible = faults.length === 0
  const proven = bounded ? bound.value() : undefined
  return { feasible, objective: objective.value(), bound: proven, optimal: feasible && proven === objective.value(), faults }
}

/** Sums products of integers exactly; the bigint is touched only when a partial sum grows large. */
class ExactSum {
  private high = 0n
  private low = 0

  addProduct(a: number, b: number): void {
    const product = a * b
    if (Math.abs(product) > 2 ** 50) {
      this.high += BigInt(a) * BigInt(b)
      return
    }
    this.low += product
    if (Math.abs(this.low) > 2 ** 51) {
      this.high += BigInt(this.low)
      this.low = 0
    }
  }

  value(): bigint {
    return this.high + BigInt(this.low)
  }
}
