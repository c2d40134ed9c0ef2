/** Independent checks of what groups and quotas ask for; share no code with the engines that keep them. */
import type { RankedMarket } from './checker.ts'
import type { WorkerGroup } from './groups.ts'
import type { Quota } from './quotas.ts'

/** The side conditions that a matching was made under. */
export interface MatchingLimits {
  readonly groups?: readonly WorkerGroup[]
  /** Site of each post; needed with groups. */
  readonly siteOf?: ArrayLike<number>
  readonly quotas?: readonly Quota[]
  /** Class of each worker; needed with quotas. */
  readonly classOf?: ArrayLike<number>
}

/**
 * Groups torn apart and quotas broken, in words; empty where every condition is kept.
 * @param assigned post of each worker, −1 for none
 */
export function checkLimits(assigned: ArrayLike<number>, limits: MatchingLimits): string[] {
  const faults: string[] = []
  for (const { id, members } of limits.groups ?? []) {
    const sites = new Set(members.map((i) => ((assigned[i] ?? -1) < 0 ? -1 : (limits.siteOf?.[assigned[i] ?? -1] ?? Number.NaN))))
    if (sites.size > 1) faults.push(`group ${id} is torn apart`)
  }
  for (const { class: kind, post, minimum, maximum, name } of limits.quotas ?? []) {
    let held = 0
    for (let i = 0; i < assigned.length; i++) {
      const at = assigned[i] ?? -1
      if (limits.classOf?.[i] === kind && at >= 0 && (post === undefined || at === post)) held++
    }
    if (held < (minimum ?? 0)) faults.push(`quota ${name.en} holds ${held}, at least ${minimum} are asked for`)
    if (held > (maximum ?? Number.POSITIVE_INFINITY)) faults.push(`quota ${name.en} holds ${held}, at most ${maximum} are allowed`)
  }
  return faults
}

/** A group and a site that would both rather have each other. */
export interface BlockingGroup {
  readonly group: number
  readonly site: number
}

/**
 * Groups that strictly prefer a site to where they are (the sum of their members' best ranks there; a group without a site prefers
 * any), and whose members would all be taken there at once: in free openings, or instead of workers outside the group whom the posts
 * rank strictly lower. Empty means that no group blocks.
 */
export function blockingGroups(
  market: RankedMarket,
  groups: readonly WorkerGroup[],
  siteOf: ArrayLike<number>,
  assigned: ArrayLike<number>,
): BlockingGroup[] {
  const held = new Map<number, number[]>()
  for (let i = 0; i < market.workers; i++) {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? -1
      if (assigned[i] === j) held.set(j, [...(held.get(j) ?? []), k])
    }
  }
  const owner = new Int32Array(market.post.length)
  for (let i = 0; i < market.workers; i++) owner.fill(i, market.first[i], market.first[i + 1])
  return groups.flatMap(({ members }, group) => {
    const own = new Set(members)
    const optionsAt = (i: number, site: number) => {
      const list: number[] = []
      for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) if (siteOf[market.post[k] ?? -1] === site) list.push(k)
      return list
    }
    const worth = (site: number) =>
      members.reduce((sum, i) => sum + optionsAt(i, site).reduce((least, k) => Math.min(least, market.workerRank[k] ?? 0), Infinity), 0)
    const post = assigned[members[0] ?? -1] ?? -1
    const present = post < 0 ? Infinity : worth(siteOf[post] ?? -1)
    const sites = new Set(optionsOf(market, members[0] ?? -1).map((k) => siteOf[market.post[k] ?? -1] ?? -1))
    return [...sites].flatMap((site) => {
      if (!(worth(site) < present)) return []
      // Every opening of the site is one seat with the rank that has to be beaten.
      const seats = new Map<number, number[]>()
      for (const i of members)
        for (const k of optionsAt(i, site)) {
          const j = market.post[k] ?? -1
          const others = (held.get(j) ?? []).filter((o) => !own.has(owner[o] ?? -1)).map((o) => market.postRank[o] ?? 0)
          const open = Math.max(0, (market.capacity[j] ?? 0) - others.length)
          seats.set(j, [...others, ...new Array<number>(Math.min(open, members.length)).fill(Infinity)])
        }
      const takenBy = new Map<string, number>()
      const sit = (i: number, tried: Set<string>): boolean =>
        optionsAt(i, site).some((k) => {
          const j = market.post[k] ?? -1
          return (seats.get(j) ?? []).some((rank, s) => {
            const seat = `${j} ${s}`
            if (tried.has(seat) || (market.postRank[k] ?? 0) >= rank) return false
            tried.add(seat)
            const other = takenBy.get(seat)
            if (other !== undefined && !sit(other, tried)) return false
            takenBy.set(seat, i)
            return true
          })
        })
      return members.every((i) => sit(i, new Set())) ? [{ group, site }] : []
    })
  })
}

function optionsOf(market: RankedMarket, i: number): number[] {
  const list: number[] = []
  for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) list.push(k)
  return list
}
