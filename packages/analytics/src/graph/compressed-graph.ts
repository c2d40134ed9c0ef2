/** A directed graph with numbered nodes as compressed sparse rows, and the walks that outbreak questions need. */
import { demand } from '../outcome.ts'

export interface CompressedGraph {
  readonly nodes: number
  /** Edges of node v are the cells offsets[v] … offsets[v + 1] of `targets`. */
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
}

/**
 * Builds the graph from parallel columns of edges.
 *
 * @param undirected Stores each edge both ways.
 * @throws InputError `edges-ragged`, `edge-unknown-node`.
 */
export function compressEdges(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>, undirected = false): CompressedGraph {
  demand(from.length === to.length, 'edges-ragged', '边的起点和终点数量不一致', 'The edges have unequal numbers of starts and ends')
  const offsets = new Uint32Array(nodes + 1)
  const count = (node: number) => {
    demand(node >= 0 && node < nodes, 'edge-unknown-node', `节点 ${node} 不存在`, `There is no node ${node}`)
    offsets[node + 1] = (offsets[node + 1] as number) + 1
  }
  for (let edge = 0; edge < from.length; edge += 1) {
    const [a, b] = [from[edge] as number, to[edge] as number]
    count(a)
    demand(b >= 0 && b < nodes, 'edge-unknown-node', `节点 ${b} 不存在`, `There is no node ${b}`)
    if (undirected) count(b)
  }
  for (let node = 0; node < nodes; node += 1) offsets[node + 1] = (offsets[node + 1] as number) + (offsets[node] as number)
  const next = offsets.slice(0, nodes)
  const targets = new Uint32Array(offsets[nodes] as number)
  const place = (a: number, b: number) => {
    const at = next[a] as number
    targets[at] = b
    next[a] = at + 1
  }
  for (let edge = 0; edge < from.length; edge += 1) {
    place(from[edge] as number, to[edge] as number)
    if (undirected) place(to[edge] as number, from[edge] as number)
  }
  return { nodes, offsets, targets }
}

/**
 * Steps from the nearest source to every node (breadth first); -1 where none leads.
 *
 * @param depth Stops after so many steps.
 */
export function stepsFrom(graph: CompressedGraph, sources: readonly number[], depth = Number.POSITIVE_INFINITY): Int32Array {
  const steps = new Int32Array(graph.nodes).fill(-1)
  let ring: number[] = []
  for (const source of sources) {
    if (steps[source] === 0) continue
    steps[source] = 0
    ring.push(source)
  }
  for (let step = 1; ring.length > 0 && step <= depth; step += 1) {
    const beyond: number[] = []
    for (const node of ring) {
      for (let at = graph.offsets[node] as number; at < (graph.offsets[node + 1] as number); at += 1) {
        const target = graph.targets[at] as number
        if (steps[target] !== -1) continue
        steps[target] = step
        beyond.push(target)
      }
    }
    ring = beyond
  }
  return steps
}

/** Sets that grow together, with path halving and union by size. */
export class DisjointSets {
  readonly #parent: Int32Array
  readonly #size: Int32Array

  constructor(members: number) {
    this.#parent = Int32Array.from({ length: members }, (_, member) => member)
    this.#size = new Int32Array(members).fill(1)
  }

  find(member: number): number {
    let at = member
    for (;;) {
      const up = this.#parent[at] as number
      if (up === at) return at
      const above = this.#parent[up] as number
      this.#parent[at] = above
      at = above
    }
  }

  /** Joins two sets; false if they were one already. */
  join(a: number, b: number): boolean {
    const rootA = this.find(a)
    const rootB = this.find(b)
    if (rootA === rootB) return false
    const [large, small] = (this.#size[rootA] as number) >= (this.#size[rootB] as number) ? [rootA, rootB] : [rootB, rootA]
    this.#parent[small] = large
    this.#size[large] = (this.#size[large] as number) + (this.#size[small] as number)
    return true
  }

  sizeOf(member: number): number {
    return this.#size[this.find(member)] as number
  }
}

/** Number of the connected part of each node, numbered by their least node; direction of edges does not matter. */
export function connectedParts(
  nodes: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): { readonly part: Int32Array; readonly parts: number } {
  const sets = new DisjointSets(nodes)
  for (let edge = 0; edge < from.length; edge += 1) sets.join(from[edge] as number, to[edge] as number)
  const numberOf = new Map<number, number>()
  const part = Int32Array.from({ length: nodes }, (_, node) => {
    const root = sets.find(node)
    const known = numberOf.get(root) ?? numberOf.size
    numberOf.set(root, known)
    return known
  })
  return { part, parts: numberOf.size }
}
