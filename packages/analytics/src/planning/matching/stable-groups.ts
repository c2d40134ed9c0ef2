import { type BlockingGroup, blockingGroups } from './check-limits.ts'
import { type BlockingPair, blockingPairs, type RankedMarket } from './checker.ts'
import { membership, type WorkerGroup } from './groups.ts'
import type { Assignment } from './market.ts'
import { stableMatching } from './stable.ts'

export interface StableGroups {
  readonly assigned: Assignment
  readonly site: Int32Array
  /** Pairs of a worker outside groups and a post that would both rather have each other; with groups a stable matching need not exist (Roth 1984). */
  readonly blocking: readonly BlockingPair[]
  /** Groups that would rather go together to a site whose posts would take them all, in free openings or instead of workers ranked lower. */
  readonly blockingGroups: readonly BlockingGroup[]
}

/**
 * A stable matching with groups that stay together: each group names its sites from best to worst (sum of its members'
 * best ranks there) and applies to one site at a time; where not all of its members are taken it goes on to the next.
 * A group left without a site takes the best one at which openings for all of its members stayed free: nobody else wants those.
 * What still blocks is reported, not hidden.
 */
export function stableGroups(market: RankedMarket, groups: readonly WorkerGroup[], siteOf: ArrayLike<number>): StableGroups {
  const member = membership(market.workers, groups)
  const wishes = groups.map((group) => rankedSites(market, group, siteOf))
  const at = new Int32Array(groups.length)
  for (;;) {
    const site = Int32Array.from(groups, (_, g) => wishes[g]?.[at[g] ?? 0] ?? -1)
    const kept: number[] = []
    const first = new Int32Array(market.workers + 1)
    for (let i = 0; i < market.workers; i++) {
      const g = member[i] ?? -1
      for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
        if (g < 0 || siteOf[market.post[k] ?? 0] === site[g]) kept.push(k)
      }
      first[i + 1] = kept.length
    }
    const pick = (array: Int32Array) => Int32Array.from(kept, (k) => array[k] ?? 0)
    const narrowed: RankedMarket = {
      ...market,
      first,
      post: pick(market.post),
      workerRank: pick(market.workerRank),
      postRank: pick(market.postRank),
    }
    const assigned = stableMatching(narrowed)
    let again = false
    groups.forEach((group, g) => {
      if ((site[g] ?? -1) >= 0 && !group.members.every((i) => (assigned[i] ?? -1) >= 0)) {
        at[g] = (at[g] ?? 0) + 1
        again = true
      }
    })
    if (again) continue
    seatLeftOut(market, groups, wishes, siteOf, assigned, site)
    return {
      assigned,
      site,
      blocking: blockingPairs(market, assigned).filter((pair) => (member[pair.worker] ?? -1) < 0),
      blockingGroups: blockingGroups(market, groups, siteOf, assigned),
    }
  }
}

/** Gives groups without a site free openings for all of their members, where a site has them; changes both lists. */
function seatLeftOut(
  market: RankedMarket,
  groups: readonly WorkerGroup[],
  wishes: readonly (readonly number[])[],
  siteOf: ArrayLike<number>,
  assigned: Assignment,
  site: Int32Array,
): void {
  const free = market.capacity.slice()
  for (const j of assigned) if (j >= 0) free[j] = (free[j] ?? 0) - 1
  groups.forEach((group, g) => {
    if (group.members.some((i) => (assigned[i] ?? -1) >= 0)) return
    for (const wish of wishes[g] ?? []) {
      const seats = freeSeats(market, group, siteOf, wish, free)
      if (seats === undefined) continue
      group.members.forEach((i, k) => {
        const j = seats[k] ?? -1
        assigned[i] = j
        free[j] = (free[j] ?? 0) - 1
      })
      site[g] = wish
      return
    }
  })
}

/** A post with a free opening at the site for every member, by augmenting ways (members are few); undefined where there is none. */
function freeSeats(
  market: RankedMarket,
  group: WorkerGroup,
  siteOf: ArrayLike<number>,
  site: number,
  free: Int32Array,
): number[] | undefined {
  const seats = new Array<number>(group.members.length).fill(-1)
  const taken = new Map<number, number[]>()
  const seat = (k: number, tried: Set<number>): boolean => {
    const i = group.members[k] ?? -1
    const options: number[] = []
    for (let o = market.first[i] ?? 0; o < (market.first[i + 1] ?? 0); o++) if (siteOf[market.post[o] ?? -1] === site) options.push(o)
    options.sort((a, b) => (market.workerRank[a] ?? 0) - (market.workerRank[b] ?? 0))
    for (const o of options) {
      const j = market.post[o] ?? -1
      if (tried.has(j)) continue
      tried.add(j)
      const there = taken.get(j) ?? []
      const place = () => {
        seats[k] = j
        taken.set(j, [...(taken.get(j) ?? []), k])
        return true
      }
      if (there.length < (free[j] ?? 0)) return place()
      for (const other of there) {
        if (!seat(other, tried)) continue
        taken.set(
          j,
          (taken.get(j) ?? []).filter((one) => one !== other),
        )
        return place()
      }
    }
    return false
  }
  return group.members.every((_, k) => seat(k, new Set())) ? seats : undefined
}

function rankedSites(market: RankedMarket, group: WorkerGroup, siteOf: ArrayLike<number>): number[] {
  const sums = new Map<number, { members: number; rank: number }>()
  for (const i of group.members) {
    const mine = new Map<number, number>()
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const site = siteOf[market.post[k] ?? 0] ?? -1
      mine.set(site, Math.min(mine.get(site) ?? Number.POSITIVE_INFINITY, market.workerRank[k] ?? 0))
    }
    for (const [site, rank] of mine) {
      const sum = sums.get(site) ?? { members: 0, rank: 0 }
      sums.set(site, { members: sum.members + 1, rank: sum.rank + rank })
    }
  }
  return [...sums]
    .filter(([, sum]) => sum.members === group.members.length)
    .sort(([a, x], [b, y]) => x.rank - y.rank || a - b)
    .map(([site]) => site)
}
