/** Forests given by the parent of each node (-1 for roots), and the best forest among weighted arcs. */
import { demand } from '../outcome.ts'

/**
 * Depth of each node: 0 for roots.
 *
 * @throws InputError `forest-has-cycle`.
 */
export function depths(parent: ArrayLike<number>): Int32Array {
  const depth = new Int32Array(parent.length).fill(-1)
  const path: number[] = []
  for (let node = 0; node < parent.length; node += 1) {
    let at = node
    while (at >= 0 && depth[at] === -1) {
      depth[at] = -2
      path.push(at)
      at = parent[at] as number
    }
    demand(at < 0 || depth[at] !== -2, 'forest-has-cycle', '传播链出现循环', 'The chain runs in a circle')
    let above = at < 0 ? -1 : (depth[at] as number)
    while (path.length > 0) {
      above += 1
      depth[path.pop() as number] = above
    }
  }
  return depth
}

/** Number of nodes below each node, itself not counted. */
export function descendants(parent: ArrayLike<number>): Int32Array {
  const depth = depths(parent)
  const below = new Int32Array(parent.length)
  const deepestFirst = Array.from({ length: parent.length }, (_, node) => node).sort((a, b) => (depth[b] as number) - (depth[a] as number))
  for (const node of deepestFirst) {
    const up = parent[node] as number
    if (up >= 0) below[up] = (below[up] as number) + (below[node] as number) + 1
  }
  return below
}

/** An arc that may become part of the forest; `from` -1 makes the node a root. */
export interface Arc {
  readonly from: number
  readonly to: number
  readonly weight: number
}

/**
 * The forest of greatest total weight in which every node has exactly one incoming arc (or is a root by an arc from -1):
 * Chu and Liu (1965), Edmonds (1967). Where no best arcs form a circle it is simply the best arc of each node.
 *
 * @param arcs At least one arc to each node; enough roots that a forest exists.
 * @returns Index into `arcs` of the chosen arc of each node. Ties go to the earlier arc.
 * @throws InputError `forest-impossible` when some node cannot be reached from any root.
 */
export function bestForest(nodes: number, arcs: readonly Arc[]): Int32Array {
  // Roots hang below one extra node, so that a forest becomes a tree.
  const working = arcs.map((arc, index) => ({ from: arc.from < 0 ? nodes : arc.from, to: arc.to, weight: arc.weight, index }))
  const chosen = bestTree(nodes + 1, nodes, working)
  const result = new Int32Array(nodes).fill(-1)
  for (const index of chosen) result[(arcs[index] as Arc).to] = index
  return result
}

interface WorkingArc {
  readonly from: number
  readonly to: number
  readonly weight: number
  /** Index of the arc at the level above. */
  readonly index: number
}

function bestTree(nodes: number, root: number, arcs: readonly WorkingArc[]): number[] {
  const best: (WorkingArc | undefined)[] = new Array(nodes).fill(undefined)
  for (const arc of arcs) {
    if (arc.to === root || arc.from === arc.to) continue
    const known = best[arc.to]
    if (known === undefined || arc.weight > known.weight) best[arc.to] = arc
  }
  for (let node = 0; node < nodes; node += 1)
    demand(node === root || best[node] !== undefined, 'forest-impossible', '有病例没有任何可能的来源', 'Some node has no possible source')
  const { group, groups, circles } = findCircles(nodes, root, best)
  if (circles === 0) return best.flatMap((arc) => (arc === undefined ? [] : [arc.index]))

  const inner = arcs.flatMap((arc, index) => {
    const from = group[arc.from] as number
    const to = group[arc.to] as number
    if (from === to) return []
    const within = to < circles ? (best[arc.to]?.weight ?? 0) : 0
    return [{ from, to, weight: arc.weight - within, index }]
  })
  const entering = bestTree(groups, group[root] as number, inner).map((index) => arcs[index] as WorkingArc)
  const entered = new Set(entering.map((arc) => arc.to))
  const opened = new Set(entering.map((arc) => group[arc.to] as number))
  const result = entering.map((arc) => arc.index)
  for (let node = 0; node < nodes; node += 1) {
    const circle = group[node] as number
    const arc = best[node]
    if (arc !== undefined && circle < circles && opened.has(circle) && !entered.has(node)) result.push(arc.index)
  }
  return result
}

/** Circles among the best arcs become groups 0 … circles - 1, every other node a group of its own. */
function findCircles(nodes: number, root: number, best: readonly (WorkingArc | undefined)[]) {
  const seen = new Int32Array(nodes).fill(-1)
  const group = new Int32Array(nodes).fill(-1)
  let circles = 0
  for (let node = 0; node < nodes; node += 1) {
    let at = node
    while (at !== root && seen[at] === -1) {
      seen[at] = node
      at = best[at]?.from ?? root
    }
    if (at === root || seen[at] !== node) continue
    for (let member = at; group[member] === -1; member = best[member]?.from ?? root) group[member] = circles
    circles += 1
  }
  let groups = circles
  for (let node = 0; node < nodes; node += 1) {
    if (group[node] !== -1) continue
    group[node] = groups
    groups += 1
  }
  return { group, groups, circles }
}
