import { demand } from '../../outcome.ts'

/**
 * A directed network with supplies. Nodes are 0…nodes−1; arc `e` runs from `source[e]` to `target[e]`.
 * All figures are integers in the caller's smallest unit, so that sums stay exact.
 */
export interface FlowNetwork {
  readonly nodes: number
  readonly source: Int32Array
  readonly target: Int32Array
  /** Least flow of each arc, finite. */
  readonly lower: Float64Array
  /** Greatest flow of each arc; `Infinity` means no limit. */
  readonly capacity: Float64Array
  /** Cost per unit of flow. */
  readonly cost: Float64Array
  /** What enters (positive) or leaves (negative) at each node; the sum must be zero. */
  readonly supply: Float64Array
}

/** One arc in words of the caller; `lower` defaults to 0 and `capacity` to no limit. */
export interface ArcInput {
  readonly source: number
  readonly target: number
  readonly cost: number
  readonly lower?: number
  readonly capacity?: number
}

/** Packs arcs given as objects into typed arrays. */
export function networkOf(supply: readonly number[], arcs: readonly ArcInput[]): FlowNetwork {
  return {
    nodes: supply.length,
    source: Int32Array.from(arcs, (arc) => arc.source),
    target: Int32Array.from(arcs, (arc) => arc.target),
    lower: Float64Array.from(arcs, (arc) => arc.lower ?? 0),
    capacity: Float64Array.from(arcs, (arc) => arc.capacity ?? Number.POSITIVE_INFINITY),
    cost: Float64Array.from(arcs, (arc) => arc.cost),
    supply: Float64Array.from(supply),
  }
}

/**
 * Throws an `InputError` where the arrays do not describe a network: unequal lengths, unknown nodes, figures that are no
 * integers, a lower bound above the capacity, or sums too large to stay exact in double precision.
 */
export function validateNetwork(network: FlowNetwork): void {
  const { nodes, source, target, lower, capacity, cost, supply } = network
  const arcs = source.length
  demand(
    Number.isInteger(nodes) &&
      nodes >= 0 &&
      supply.length === nodes &&
      [target, lower, capacity, cost].every((array) => array.length === arcs),
    'flow-lengths',
    '网络数组长度不一致：每条弧需要起点、终点、下限、上限、费用各一项，每个节点需要一项供应量。',
    'The arrays of the network differ in length: give source, target, lower, capacity and cost per arc and a supply per node.',
  )
  let largest = 0
  let absoluteSupply = 0
  for (let v = 0; v < nodes; v++) {
    const s = supply[v] ?? Number.NaN
    demand(
      Number.isSafeInteger(s),
      'flow-supply-integer',
      `节点 ${v} 的供应量不是整数：请换算成最小单位。`,
      `The supply of node ${v} is no integer: convert it to the smallest unit.`,
    )
    absoluteSupply += Math.abs(s)
  }
  for (let e = 0; e < arcs; e++) {
    const from = source[e] ?? -1
    const to = target[e] ?? -1
    if (from < 0 || from >= nodes || to < 0 || to >= nodes) rejectArc(e, '连到不存在的节点', 'joins a node that does not exist')
    const least = lower[e] ?? Number.NaN
    const most = capacity[e] ?? Number.NaN
    if (!Number.isSafeInteger(least)) rejectArc(e, '的下限不是整数', 'has a lower bound that is no integer')
    if (most !== Number.POSITIVE_INFINITY && !Number.isSafeInteger(most)) {
      rejectArc(e, '的容量不是整数', 'has a capacity that is no integer')
    }
    if (most < least) rejectArc(e, '的下限高于容量', 'has a lower bound above its capacity')
    const price = cost[e] ?? Number.NaN
    if (!Number.isSafeInteger(price)) rejectArc(e, '的单位费用不是整数', 'has a unit cost that is no integer')
    const size = Math.abs(price)
    if (size > largest) largest = size
    absoluteSupply += Math.abs(least)
  }
  demand(
    Number.isSafeInteger(absoluteSupply * 2) && Number.isSafeInteger((largest + 1) * (nodes + 1) * 4),
    'flow-too-large',
    '供应量或费用太大，无法精确计算：请放大计量单位（例如用箱代替只，用元代替分）。',
    'Supplies or costs are too large to compute exactly: use a larger unit (boxes instead of pieces, yuan instead of fen).',
  )
}

function rejectArc(e: number, zh: string, en: string): never {
  demand(false, 'flow-arc', `第 ${e} 条弧${zh}，请更正后再算。`, `Arc ${e} ${en}; correct it and run again.`)
  throw new Error('unreachable')
}

/** Total cost of a flow, exact; throws an `InputError` when the total exceeds what a double holds exactly. */
export function flowCost(network: FlowNetwork, flow: Float64Array): number {
  let exact = 0
  let magnitude = 0
  for (let e = 0; e < flow.length; e++) {
    const part = (flow[e] ?? 0) * (network.cost[e] ?? 0)
    exact += part
    magnitude += Math.abs(part)
  }
  demand(
    magnitude <= Number.MAX_SAFE_INTEGER,
    'flow-objective-too-large',
    '总费用超出精确整数范围：请放大费用单位。',
    'The total cost exceeds exact integers: use a larger cost unit.',
  )
  return exact
}
