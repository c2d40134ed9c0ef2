import type { Refusal } from '../../outcome.ts'
import { MaximumFlow } from './maximum-flow.ts'
import type { FlowNetwork } from './network.ts'

/** Names a node in both languages. */
export type NodeName = (node: number) => { readonly zh: string; readonly en: string }

/** A set of nodes that must send out (or take in) more than its arcs can carry. */
export interface SupplyCut {
  readonly refusal: Refusal
  readonly nodes: readonly number[]
  /** `out`: the set has too much to send; `in`: the set needs too much. */
  readonly direction: 'out' | 'in'
  /** Net amount that has to cross the border of the set. */
  readonly amount: number
  /** What can cross it at most. */
  readonly room: number
}

/**
 * The smallest set found whose supply cannot leave or whose demand cannot be met: single nodes first, then the connected
 * parts of the minimum cuts nearest to the supplies and nearest to the demands (Gale 1957, Hoffman 1960).
 * @param network a network without a feasible flow
 */
export function smallestCut(network: FlowNetwork, nameOf: NodeName = numbered): SupplyCut {
  let best: SupplyCut | undefined
  const consider = (nodes: readonly number[], direction: 'out' | 'in') => {
    const cut = measure(network, nodes, direction, nameOf)
    if (cut.amount <= cut.room) return
    if (best === undefined || nodes.length < best.nodes.length || (nodes.length === best.nodes.length && shortage(cut) > shortage(best))) {
      best = cut
    }
  }
  considerSingles(network, consider)
  if (best === undefined) {
    const { nearSupply, nearDemand } = minimumCuts(network)
    for (const part of connectedParts(network, nearSupply)) consider(part, 'out')
    for (const part of connectedParts(network, nearDemand)) consider(part, 'in')
  }
  if (best === undefined) throw new Error('smallestCut was asked about a feasible network')
  return best
}

function numbered(node: number): { zh: string; en: string } {
  return { zh: `节点 ${node}`, en: `node ${node}` }
}

function shortage(cut: SupplyCut): number {
  return cut.amount - cut.room
}

function considerSingles(network: FlowNetwork, consider: (nodes: readonly number[], direction: 'out' | 'in') => void): void {
  const out = new Float64Array(network.nodes)
  const into = new Float64Array(network.nodes)
  network.source.forEach((from, e) => {
    const to = network.target[e] ?? 0
    if (from === to) return
    const most = network.capacity[e] ?? 0
    const least = network.lower[e] ?? 0
    out[from] = (out[from] ?? 0) + most
    into[from] = (into[from] ?? 0) - least
    into[to] = (into[to] ?? 0) + most
    out[to] = (out[to] ?? 0) - least
  })
  for (let v = 0; v < network.nodes; v++) {
    const amount = network.supply[v] ?? 0
    if (amount > (out[v] ?? 0)) consider([v], 'out')
    if (-amount > (into[v] ?? 0)) consider([v], 'in')
  }
}

function minimumCuts(network: FlowNetwork): { nearSupply: Uint8Array; nearDemand: Uint8Array } {
  const { nodes } = network
  const excess = Float64Array.from(network.supply)
  const graph = new MaximumFlow(nodes + 2)
  network.source.forEach((from, e) => {
    const to = network.target[e] ?? 0
    const least = network.lower[e] ?? 0
    excess[from] = (excess[from] ?? 0) - least
    excess[to] = (excess[to] ?? 0) + least
    graph.addArc(from, to, (network.capacity[e] ?? 0) - least)
  })
  excess.forEach((amount, v) => {
    if (amount > 0) graph.addArc(nodes, v, amount)
    else if (amount < 0) graph.addArc(v, nodes + 1, -amount)
  })
  graph.augment(nodes, nodes + 1)
  return { nearSupply: graph.reachableFrom(nodes).slice(0, nodes), nearDemand: graph.reaching(nodes + 1).slice(0, nodes) }
}

/** Parts of the marked nodes that hang together by arcs among themselves; no arc joins two parts, so shortages add up. */
function connectedParts(network: FlowNetwork, marked: Uint8Array): number[][] {
  const leader = Int32Array.from({ length: network.nodes }, (_, v) => v)
  const find = (v: number): number => {
    let x = v
    while (leader[x] !== x) {
      leader[x] = leader[leader[x] ?? x] ?? x
      x = leader[x] ?? x
    }
    return x
  }
  network.source.forEach((from, e) => {
    const to = network.target[e] ?? 0
    if (marked[from] === 1 && marked[to] === 1) leader[find(from)] = find(to)
  })
  const parts = new Map<number, number[]>()
  marked.forEach((mark, v) => {
    if (mark === 0) return
    const part = parts.get(find(v))
    if (part) part.push(v)
    else parts.set(find(v), [v])
  })
  return [...parts.values()]
}

function measure(network: FlowNetwork, nodes: readonly number[], direction: 'out' | 'in', nameOf: NodeName): SupplyCut {
  const inside = new Uint8Array(network.nodes)
  for (const v of nodes) inside[v] = 1
  const sign = direction === 'out' ? 1 : -1
  let amount = 0
  for (const v of nodes) amount += sign * (network.supply[v] ?? 0)
  let room = 0
  network.source.forEach((from, e) => {
    const starts = inside[from] === 1
    const ends = inside[network.target[e] ?? 0] === 1
    if (starts === ends) return
    // What must come the other way has to cross back, so that no room is ever below zero.
    if (starts === (direction === 'out')) room += network.capacity[e] ?? 0
    else amount += network.lower[e] ?? 0
  })
  return { nodes, direction, amount, room, refusal: inWords(nodes, direction, amount, room, nameOf) }
}

const namesShown = 5

function inWords(nodes: readonly number[], direction: 'out' | 'in', amount: number, room: number, nameOf: NodeName): Refusal {
  const names = nodes.slice(0, namesShown).map(nameOf)
  const rest = nodes.length - names.length
  const zh = `${names.map((name) => name.zh).join('、')}${rest > 0 ? `等 ${nodes.length} 处` : ''}`
  const en = `${names.map((name) => name.en).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
  const short = amount - room
  return direction === 'out'
    ? {
        code: 'flow-too-much-supply',
        zh: `${zh}有 ${amount} 要运出，最多只能运出 ${room}，多出 ${short}：请增加运力、减少供应或增加去向。`,
        en: `${en} must send out ${amount} but only ${room} can leave, ${short} too many: add transport, lower the supply or add destinations.`,
      }
    : {
        code: 'flow-too-little-supply',
        zh: `${zh}需要运入 ${amount}，最多只能运到 ${room}，缺 ${short}：请增加供应或运力，或降低需求。`,
        en: `${en} need ${amount} but only ${room} can arrive, ${short} short: add supply or transport, or lower the demand.`,
      }
}
