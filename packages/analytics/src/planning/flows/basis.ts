/** The basis of the network simplex method: a spanning tree of arcs that carry flow, and the exchange of one arc for another. */
import type { FlowNetwork } from './network.ts'
import { regraft, type SpanningTree, starTree } from './spanning-tree.ts'

/** Arcs stand in the order in which they are searched, the artificial ones of the first tree behind them. */
export interface Simplex {
  readonly nodes: number
  /** Arcs of the network, without the artificial ones. */
  readonly searchable: number
  readonly source: Int32Array
  readonly target: Int32Array
  readonly capacity: Float64Array
  readonly cost: Float64Array
  readonly flow: Float64Array
  /** 1 at the lower bound, 0 in the tree, −1 at the capacity. */
  readonly state: Int8Array
  readonly tree: SpanningTree
  /** Arcs looked at together. */
  readonly block: number
  /** Arc at which the next search begins. */
  position: number
}

/** A first tree of artificial arcs that carry everything. @param order place in the network of each arc as it is searched */
export function starBasis(network: FlowNetwork, order: Int32Array): Simplex {
  const { nodes } = network
  const arcs = order.length
  const total = arcs + nodes
  const source = new Int32Array(total)
  const target = new Int32Array(total)
  const capacity = new Float64Array(total)
  const cost = new Float64Array(total)
  const flow = new Float64Array(total)
  const state = new Int8Array(total).fill(1)
  const excess = Float64Array.from(network.supply)
  let largest = 0
  for (let k = 0; k < arcs; k++) {
    const e = order[k] as number
    const from = network.source[e] as number
    const to = network.target[e] as number
    const least = network.lower[e] as number
    source[k] = from
    target[k] = to
    capacity[k] = (network.capacity[e] as number) - least
    cost[k] = network.cost[e] as number
    if (least !== 0) {
      excess[from] = (excess[from] as number) - least
      excess[to] = (excess[to] as number) + least
    }
    const size = Math.abs(cost[k] as number)
    if (size > largest) largest = size
  }
  const tree = starTree(nodes)
  // Dearer than any simple path, so that an artificial arc keeps flow only where nothing else can carry it.
  const artificial = (largest + 1) * (nodes + 1)
  for (let v = 0; v < nodes; v++) {
    const k = arcs + v
    const amount = excess[v] as number
    const up = amount >= 0
    source[k] = up ? v : nodes
    target[k] = up ? nodes : v
    capacity[k] = Number.POSITIVE_INFINITY
    cost[k] = up ? 0 : artificial
    flow[k] = Math.abs(amount)
    state[k] = 0
    tree.arc[v] = k
    tree.upward[v] = up ? 1 : 0
    tree.potential[v] = up ? 0 : artificial
  }
  const block = Math.max(10, Math.ceil(Math.sqrt(arcs)))
  return { nodes, searchable: arcs, source, target, capacity, cost, flow, state, tree, block, position: 0 }
}

/** Exchanges one arc of the tree; false when the cycle has no limit. */
export function pivot(simplex: Simplex, entering: number): boolean {
  const { source, target, capacity, flow, state, tree, cost } = simplex
  const { parent, arc, upward, depth, potential } = tree
  const from = source[entering] as number
  const to = target[entering] as number
  const forward = state[entering] === 1
  const first = forward ? from : to
  const second = forward ? to : from
  let delta = capacity[entering] as number
  let leaving = -1
  let onFirst = false
  let a = first
  let b = second
  // Ties go to the last blocking arc met from the apex on in the direction of the flow: this keeps the tree strongly feasible.
  while (a !== b) {
    if ((depth[a] as number) >= (depth[b] as number)) {
      const e = arc[a] as number
      const room = upward[a] === 1 ? (flow[e] as number) : (capacity[e] as number) - (flow[e] as number)
      if (room < delta) {
        delta = room
        leaving = a
        onFirst = true
      }
      a = parent[a] as number
    } else {
      const e = arc[b] as number
      const room = upward[b] === 1 ? (capacity[e] as number) - (flow[e] as number) : (flow[e] as number)
      if (room <= delta) {
        delta = room
        leaving = b
        onFirst = false
      }
      b = parent[b] as number
    }
  }
  if (delta === Number.POSITIVE_INFINITY) return false
  const join = a
  if (delta > 0) {
    flow[entering] = (flow[entering] as number) + (forward ? delta : -delta)
    for (let v = first; v !== join; v = parent[v] as number) {
      const e = arc[v] as number
      flow[e] = (flow[e] as number) + (upward[v] === 1 ? -delta : delta)
    }
    for (let v = second; v !== join; v = parent[v] as number) {
      const e = arc[v] as number
      flow[e] = (flow[e] as number) + (upward[v] === 1 ? delta : -delta)
    }
  }
  if (leaving < 0) {
    state[entering] = -(state[entering] as number)
    return true
  }
  const out = arc[leaving] as number
  state[out] = (flow[out] as number) === 0 ? 1 : -1
  state[entering] = 0
  const graft = onFirst ? first : second
  const below = onFirst ? second : first
  const reduced = (cost[entering] as number) + (potential[from] as number) - (potential[to] as number)
  const up = graft === from
  regraft(tree, leaving, graft, below, entering, up ? 1 : 0, up ? -reduced : reduced)
  return true
}

/** Arcs of the network on the cycle that the entering arc closes, that arc first. @param order as for `starBasis` */
export function endlessCycle(simplex: Simplex, entering: number, order: Int32Array): number[] {
  const { parent, arc, depth } = simplex.tree
  const cycle = [order[entering] as number]
  let a = simplex.source[entering] as number
  let b = simplex.target[entering] as number
  while (a !== b) {
    const deeper = (depth[a] as number) >= (depth[b] as number)
    const e = arc[deeper ? a : b] as number
    if (e < order.length) cycle.push(order[e] as number)
    if (deeper) a = parent[a] as number
    else b = parent[b] as number
  }
  return cycle
}
