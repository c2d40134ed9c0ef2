import { type Infeasible, infeasible } from '../anytime/plan.ts'
import { MaximumFlow } from './maximum-flow.ts'
import type { TransportationProblem } from './transportation-problem.ts'

/** Destinations that need more together than can reach them. */
interface Shortfall {
  readonly destinations: readonly number[]
  readonly asked: number
  readonly room: number
}

/**
 * Why not every demand of a transportation problem can be met: a single destination that needs more than its lanes can bring from what
 * the origins hold, or the smallest connected part of the destinations behind the minimum cut nearest to them (Gale 1957).
 * @returns undefined where every demand can be met
 */
export function unmetDemand(problem: TransportationProblem): Infeasible | undefined {
  const found = singleShortfall(problem) ?? jointShortfall(problem)
  if (found === undefined) return undefined
  const { destinations, asked, room } = found
  const shown = destinations.slice(0, namesShown).flatMap((d) => problem.destinations[d]?.name ?? [])
  const more = destinations.length - shown.length
  const { unit } = problem
  const zh = `${shown.map((name) => name.zh).join('、')}${more > 0 ? `等 ${destinations.length} 处` : ''}`
  const en = `${shown.map((name) => name.en).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const short = asked - room
  return infeasible(
    'transportation-too-little-supply',
    `${zh}共需 ${asked}（${unit.zh}），最多只能运到 ${room}，缺 ${short}：请增加供应或运力，或降低需求，或给出缺货代价。`,
    `${en} ${destinations.length > 1 ? 'need' : 'needs'} ${asked} (${unit.en}) but only ${room} can arrive, ${short} short: add supply or transport, lower the demand, or state a cost of shortage.`,
    destinations.flatMap((d) => problem.destinations[d]?.id ?? []),
  )
}

const namesShown = 5

/** The destination that lacks most of those that would lack something even if they were alone. */
function singleShortfall({ origins, destinations, lanes }: TransportationProblem): Shortfall | undefined {
  const from = new Map<number, Map<number, number>>()
  for (const { origin, destination, capacity } of lanes) {
    const ways = from.get(destination) ?? new Map<number, number>()
    ways.set(origin, Math.min(origins[origin]?.amount ?? 0, (ways.get(origin) ?? 0) + (capacity ?? Number.POSITIVE_INFINITY)))
    from.set(destination, ways)
  }
  let worst: Shortfall | undefined
  destinations.forEach(({ amount }, d) => {
    const room = [...(from.get(d)?.values() ?? [])].reduce((sum, most) => sum + most, 0)
    if (amount - room > (worst === undefined ? 0 : worst.asked - worst.room)) worst = { destinations: [d], asked: amount, room }
  })
  return worst
}

function jointShortfall({ origins, destinations, lanes }: TransportationProblem): Shortfall | undefined {
  const start = origins.length + destinations.length
  const graph = new MaximumFlow(start + 2)
  origins.forEach(({ amount }, o) => {
    graph.addArc(start, o, amount)
  })
  for (const { origin, destination, capacity } of lanes)
    graph.addArc(origin, origins.length + destination, capacity ?? Number.POSITIVE_INFINITY)
  destinations.forEach(({ amount }, d) => {
    graph.addArc(origins.length + d, start + 1, amount)
  })
  graph.augment(start, start + 1)
  const marked = graph.reaching(start + 1)
  const leader = Int32Array.from({ length: start }, (_, v) => v)
  const find = (v: number): number => {
    let x = v
    while (leader[x] !== x) x = leader[x] ?? x
    leader[v] = x
    return x
  }
  for (const { origin, destination } of lanes)
    if (marked[origin] === 1 && marked[origins.length + destination] === 1) leader[find(origin)] = find(origins.length + destination)
  const parts = new Map<number, { destinations: number[]; asked: number; room: number }>()
  destinations.forEach(({ amount }, d) => {
    if (marked[origins.length + d] !== 1) return
    const part = parts.get(find(origins.length + d)) ?? { destinations: [], asked: 0, room: 0 }
    part.destinations.push(d)
    part.asked += amount
    parts.set(find(origins.length + d), part)
  })
  origins.forEach(({ amount }, o) => {
    const part = marked[o] === 1 ? parts.get(find(o)) : undefined
    if (part !== undefined) part.room += amount
  })
  for (const { origin, destination, capacity } of lanes) {
    const part =
      marked[origins.length + destination] === 1 && marked[origin] !== 1 ? parts.get(find(origins.length + destination)) : undefined
    if (part !== undefined) part.room += capacity ?? Number.POSITIVE_INFINITY
  }
  let least: Shortfall | undefined
  for (const part of parts.values())
    if (part.asked > part.room && (least === undefined || part.destinations.length < least.destinations.length)) least = part
  return least
}
