import { type Infeasible, infeasible } from '../../anytime/index.ts'
import { Profile } from '../decode/profile.ts'
import { Stores } from '../decode/stores.ts'
import { NEVER, type Network } from '../model/network.ts'
import { finishAt, startUp } from '../model/placing.ts'
import { earliestStarts, latestStarts } from '../model/windows.ts'
import { chainTo, listed, named, quoted } from './chain.ts'

/** An activity that finds no room for its crews between what it waits for and the latest it may start. */
export function noRoomInTime(net: Network): Infeasible | null {
  const earliest = earliestStarts(net)
  const latest = latestStarts(net, net.horizon)
  const profile = new Profile(net)
  const stores = new Stores(net)
  for (let j = 0; j < net.size; j++) {
    if ((net.fixed[j] as number) >= 0) continue
    const own = earliest.start[j] as number
    const stored = stores.earliest(j)
    const low = startUp(net, j, Math.max(own, stored))
    const high = latest[j] as number
    if (profile.earliest(j, low, high) >= 0) continue
    const { ids } = chainTo(net, earliest, j)
    const id = net.ids[j] as string
    const waits = stored > own ? materialsFrom(net, j, stored) : ids.slice(0, -1)
    const crews = crewsInTheWay(net, j, low, high)
    const bound = net.deadline.some((d) => d < NEVER) || net.fixed.some((t) => t >= 0)
    const zhWait = waits.length === 0 ? '' : stored > own ? `（材料${named(waits)}到货）` : `（在${named(waits)}之后）`
    const enWait = waits.length === 0 ? '' : stored > own ? ` (when material ${listed(waits)} has come)` : ` (after ${quoted(waits)})`
    const zhEnd = bound && finishAt(net, j, high) < net.horizon ? `、最晚须在 ${high} 开工` : ''
    const enEnd = bound && finishAt(net, j, high) < net.horizon ? ` and must begin by ${high}` : ''
    return infeasible(
      'no-room-in-time',
      `工序“${id}”最早到时刻 ${low} 才能开工${zhWait}${zhEnd}，而其间班组${crews.map((c) => `“${c}”`).join('、')}没有连续 ${net.duration[j]} 个时段的足够能力：请提前到货或开工条件、增加能力`,
      `Activity "${id}" cannot begin before slot ${low}${enWait}${enEnd}, and in that time its crews ${listed(crews)} have no stretch of ${net.duration[j]} slots with enough capacity: bring forward what it waits for or add capacity`,
      [id, ...crews, ...waits],
    )
  }
  return null
}

function needs(net: Network, j: number, resource: number): boolean {
  for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++) if (net.needResource[e] === resource) return true
  return false
}

/** The crews of j that leave it no room from `low` to `high`, without those that could be as large as one likes and still it had none. */
function crewsInTheWay(net: Network, j: number, low: number, high: number): string[] {
  let capacity = net.capacity
  let steps = net.steps
  const kept: string[] = []
  net.resourceIds.forEach((id, r) => {
    if (!needs(net, j, r)) return
    const without = { capacity: Int32Array.from(capacity), steps: steps.map((list, k) => (k === r ? [] : list)) }
    without.capacity[r] = NEVER
    if (new Profile({ ...net, ...without }).earliest(j, low, high) >= 0) kept.push(id)
    else ({ capacity, steps } = without)
  })
  return kept
}

/** The materials of j that are not in store before slot t. */
function materialsFrom(net: Network, j: number, t: number): string[] {
  const late: string[] = []
  for (let e = net.takeFirst[j] as number; e < (net.takeFirst[j + 1] as number); e++) {
    const { id, at, total } = net.materials[net.takeMaterial[e] as number] as (typeof net.materials)[number]
    const had = at.reduce((sum, when, k) => (when < t ? (total[k] as number) : sum), 0)
    if (had + 1e-9 < (net.takeAmount[e] as number)) late.push(id)
  }
  return late
}
