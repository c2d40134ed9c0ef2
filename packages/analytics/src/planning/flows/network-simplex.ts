import { demand, type Refusal } from '../../outcome.ts'
import { endlessCycle, pivot, type Simplex, starBasis } from './basis.ts'
import { type SupplyCut, smallestCut } from './cut.ts'
import { type FlowNetwork, flowCost, validateNetwork } from './network.ts'

/** A flow of least cost with the prices that prove it. */
export interface OptimalFlow {
  readonly status: 'optimal'
  readonly flow: Float64Array
  /** Node prices π: every arc with spare room has cost + π(source) − π(target) ≥ 0, every arc above its lower bound ≤ 0. */
  readonly potential: Float64Array
  /** Total cost; also the proven lower bound. */
  readonly objective: number
  readonly pivots: number
}

export type FlowResult =
  | OptimalFlow
  | { readonly status: 'infeasible'; readonly refusal: Refusal; readonly cut: SupplyCut }
  | { readonly status: 'unbounded'; readonly refusal: Refusal; readonly cycle: readonly number[] }
  | { readonly status: 'stopped'; readonly refusal: Refusal; readonly pivots: number }

export interface FlowOptions {
  /** Name of a node in both languages, for the words of a refusal. */
  readonly nameOf?: (node: number) => { readonly zh: string; readonly en: string }
  /** Asked every 256 pivots; true stops the search. */
  readonly stop?: () => boolean
}

/**
 * Minimum-cost flow by the primal network simplex method with block search pricing and strongly feasible trees
 * (Cunningham 1976; Király & Kovács 2012, doi:10.48550/arXiv.1207.6381; Kovács 2015, doi:10.1080/10556788.2014.895828).
 * Integer in, integer out, exact.
 * @throws InputError where the network is malformed or its figures are too large to stay exact.
 */
export function minimumCostFlow(network: FlowNetwork, options: FlowOptions = {}): FlowResult {
  validateNetwork(network)
  let balance = 0
  for (let v = 0; v < network.nodes; v++) balance += network.supply[v] as number
  demand(
    balance === 0,
    'flow-unbalanced',
    `供应与需求之差为 ${balance}：请加一个“留存”或“缺口”节点使其平衡。`,
    `Supplies and demands differ by ${balance}: add a node for what stays or what is missing so that they balance.`,
  )
  const arcs = network.source.length
  const order = shuffledOrder(arcs)
  const simplex = starBasis(network, order)
  let pivots = firstPivots(network, simplex)
  for (;;) {
    const entering = blockSearch(simplex)
    if (entering < 0) break
    if (!pivot(simplex, entering)) {
      const cycle = endlessCycle(simplex, entering, order)
      const refusal: Refusal = {
        code: 'flow-unbounded',
        zh: '有一条费用为负且没有容量上限的环路，费用可无限下降：请给环上的弧加容量。',
        en: 'A cycle of negative cost has no capacity, the cost has no least value: give the arcs of the cycle a capacity.',
      }
      return { status: 'unbounded', refusal, cycle }
    }
    pivots++
    if ((pivots & 255) === 0 && options.stop?.() === true) {
      const refusal: Refusal = {
        code: 'flow-stopped',
        zh: '计算在得到最优解之前被停止。',
        en: 'The computation was stopped before the optimum was reached.',
      }
      return { status: 'stopped', refusal, pivots }
    }
  }
  for (let v = 0; v < network.nodes; v++) {
    if ((simplex.flow[arcs + v] as number) > 0) {
      const cut = smallestCut(network, options.nameOf)
      return { status: 'infeasible', refusal: cut.refusal, cut }
    }
  }
  const flow = new Float64Array(arcs)
  for (let k = 0; k < arcs; k++) {
    const e = order[k] as number
    flow[e] = (simplex.flow[k] as number) + (network.lower[e] as number)
  }
  const potential = simplex.tree.potential.slice(0, network.nodes)
  return { status: 'optimal', flow, potential, objective: flowCost(network, flow), pivots }
}

/** Neighbouring arcs of the input often share a node: a stride of about √arcs spreads each block over the network. */
function shuffledOrder(arcs: number): Int32Array {
  const order = new Int32Array(arcs)
  const stride = Math.max(1, Math.min(arcs, Math.max(10, Math.floor(Math.sqrt(arcs)))))
  let k = 0
  for (let offset = 0; offset < stride; offset++) for (let e = offset; e < arcs; e += stride) order[k++] = e
  return order
}

/**
 * A quick start: each node that needs something takes its cheapest incoming arc into the tree if that gains. One look at
 * the arcs saves up to half of the time on dense transport networks.
 */
function firstPivots(network: FlowNetwork, simplex: Simplex): number {
  const { searchable, source, target, cost, state } = simplex
  const { potential } = simplex.tree
  const cheapest = new Int32Array(network.nodes).fill(-1)
  for (let e = 0; e < searchable; e++) {
    const to = target[e] as number
    if ((network.supply[to] as number) >= 0) continue
    const known = cheapest[to] as number
    if (known < 0 || (cost[e] as number) < (cost[known] as number)) cheapest[to] = e
  }
  let pivots = 0
  for (const e of cheapest) {
    if (e < 0 || state[e] !== 1) continue
    const reduced = (cost[e] as number) + (potential[source[e] as number] as number) - (potential[target[e] as number] as number)
    // An arc on a cycle without limit stays out here; the search meets it again and reports it.
    if (reduced < 0 && pivot(simplex, e)) pivots++
  }
  return pivots
}

/** The arc of the most negative reduced cost in the first block that holds one, or −1 when none is left. */
function blockSearch(simplex: Simplex): number {
  const { searchable, source, target, cost, state, block } = simplex
  const { potential } = simplex.tree
  let best = 0
  let entering = -1
  let room = block
  let e = simplex.position
  for (let scanned = 0; scanned < searchable; scanned++) {
    if (e === searchable) e = 0
    const reduced =
      (state[e] as number) * ((cost[e] as number) + (potential[source[e] as number] as number) - (potential[target[e] as number] as number))
    if (reduced < best) {
      best = reduced
      entering = e
    }
    e++
    if (--room === 0) {
      if (entering >= 0) break
      room = block
    }
  }
  simplex.position = e
  return entering
}
