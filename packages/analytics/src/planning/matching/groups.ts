import { demand } from '../../outcome.ts'
import { gapBetween, infeasible, type Planned } from '../anytime/plan.ts'
import { planMatching } from './auction.ts'
import { type Assignment, type MatchingMarket, totalScore } from './market.ts'

/** Workers who go together or not at all: couples, relatives, a crew. */
export interface WorkerGroup {
  readonly id: string
  readonly members: readonly number[]
}

export interface GroupedPlan {
  readonly assigned: Assignment
  readonly price: Float64Array
  /** Site each group goes to, −1 where it stays. */
  readonly site: Int32Array
}

const rounds = 8

/**
 * Largest total score when each group must go to one site (an employer, a town: any partition of the posts) or stay.
 * Groups choose their site at the prices of the openings, the auction places everybody else around them, and the choice is
 * made again at the new prices; the best plan of all rounds stands. The bound prices openings and lets every group choose
 * as a whole (Lagrangian relaxation of the openings), so it is valid for every plan; integrality leaves a gap.
 * @param siteOf site of each post
 * @throws InputError for a malformed market, or a worker in two groups
 */
export function planGroups(
  market: MatchingMarket,
  groups: readonly WorkerGroup[],
  siteOf: ArrayLike<number>,
  precision: 'exact' | number = 'exact',
): Planned<GroupedPlan> {
  const member = membership(market.workers, groups)
  const relaxed = planMatching(market, { precision })
  let bound = groupBound(market, groups, member, siteOf, relaxed.plan.price)
  let price = relaxed.plan.price
  let best: { assigned: Assignment; price: Float64Array; site: Int32Array; objective: number } | undefined
  const barred = groups.map(() => new Set<number>())
  let iterations = relaxed.iterations
  for (let round = 0; round < rounds; round++) {
    const site = Int32Array.from(groups, (group, g) => bestSite(market, group, siteOf, price, barred[g] ?? new Set()).site)
    const placed = planMatching(forced(market, groups, member, siteOf, site), { precision })
    iterations += placed.iterations
    const { assigned } = placed.plan
    let broken = false
    groups.forEach((group, g) => {
      if (group.members.every((i) => (assigned[i] ?? -1) >= 0)) return
      if ((site[g] ?? -1) >= 0) {
        barred[g]?.add(site[g] ?? -1)
        broken = true
      }
      for (const i of group.members) assigned[i] = -1
      site[g] = -1
    })
    const objective = totalScore(market, assigned)
    const prices = placed.plan.price.map((p) => Math.min(p, relaxedCap(market)))
    bound = Math.min(bound, groupBound(market, groups, member, siteOf, prices))
    if (best === undefined || objective > best.objective) best = { assigned, price: prices, site, objective }
    else if (!broken) break
    price = prices.map((p, j) => (p + (price[j] ?? 0)) / 2)
  }
  if (best === undefined) return infeasible('matching-groups', '没有可行方案。', 'There is no plan.', [])
  return {
    ok: true,
    plan: { assigned: best.assigned, price: best.price, site: best.site },
    objective: best.objective,
    bound,
    gap: gapBetween(best.objective, bound),
    proof: {
      method: 'group-lagrangian',
      zh: '按岗位价格放松名额约束、每组整体选择去处所得的上界。',
      en: 'Upper bound with openings relaxed at their prices and every group choosing as a whole.',
    },
    seed: 0,
    iterations,
    elapsed: 0,
  }
}

/** Group of each worker, −1 for none. @throws InputError for a worker in two groups, or none at all */
export function membership(workers: number, groups: readonly WorkerGroup[]): Int32Array {
  const member = new Int32Array(workers).fill(-1)
  groups.forEach((group, g) => {
    for (const i of group.members) {
      demand(
        i >= 0 && i < workers && member[i] === -1,
        'matching-group-member',
        `同行组“${group.id}”中的第 ${i} 人不存在或已在另一组，请更正。`,
        `Worker ${i} of group "${group.id}" does not exist or is in another group; correct it.`,
      )
      member[i] = g
    }
  })
  return member
}

/** The site with the largest joint worth at given prices; every member needs an option there. */
function bestSite(
  market: MatchingMarket,
  group: WorkerGroup,
  siteOf: ArrayLike<number>,
  price: ArrayLike<number>,
  barred: ReadonlySet<number>,
): { site: number; worth: number } {
  const joint = new Map<number, { members: number; worth: number }>()
  for (const i of group.members) {
    const mine = new Map<number, number>()
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      if ((market.score[k] ?? 0) <= 0 || (market.capacity[j] ?? 0) === 0) continue
      const site = siteOf[j] ?? -1
      mine.set(site, Math.max(mine.get(site) ?? Number.NEGATIVE_INFINITY, (market.score[k] ?? 0) - (price[j] ?? 0)))
    }
    for (const [site, worth] of mine) {
      const sum = joint.get(site) ?? { members: 0, worth: 0 }
      joint.set(site, { members: sum.members + 1, worth: sum.worth + worth })
    }
  }
  let best = { site: -1, worth: 0 }
  for (const [site, { members, worth }] of joint) {
    if (members === group.members.length && worth > best.worth && !barred.has(site)) best = { site, worth }
  }
  return best
}

/** The market in which groups apply to their chosen site alone, with a right of way before everybody else. */
function forced(
  market: MatchingMarket,
  groups: readonly WorkerGroup[],
  member: Int32Array,
  siteOf: ArrayLike<number>,
  site: Int32Array,
): MatchingMarket {
  const score = market.score.slice()
  const bonus = groups.length === 0 ? 0 : relaxedCap(market) + 1
  for (let i = 0; i < market.workers; i++) {
    const g = member[i] ?? -1
    if (g < 0) continue
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const here = (site[g] ?? -1) >= 0 && siteOf[market.post[k] ?? 0] === site[g] && (score[k] ?? 0) > 0
      score[k] = here ? (score[k] ?? 0) + bonus : 0
    }
  }
  return { ...market, score }
}

function relaxedCap(market: MatchingMarket): number {
  let largest = 0
  for (let k = 0; k < market.score.length; k++) largest = Math.max(largest, market.score[k] ?? 0)
  return largest
}

/** Openings at their prices, plus the best each single worker and each whole group could gain at these prices. */
function groupBound(
  market: MatchingMarket,
  groups: readonly WorkerGroup[],
  member: Int32Array,
  siteOf: ArrayLike<number>,
  price: ArrayLike<number>,
): number {
  let total = 0
  const applicants = new Int32Array(market.posts)
  for (let i = 0; i < market.workers; i++) {
    let best = 0
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      if ((market.score[k] ?? 0) <= 0) continue
      applicants[j] = (applicants[j] ?? 0) + 1
      best = Math.max(best, (market.score[k] ?? 0) - (price[j] ?? 0))
    }
    if ((member[i] ?? -1) < 0) total += best
  }
  for (let j = 0; j < market.posts; j++) total += (price[j] ?? 0) * Math.min(market.capacity[j] ?? 0, applicants[j] ?? 0)
  for (const group of groups) total += bestSite(market, group, siteOf, price, new Set()).worth
  // Scores are whole numbers; the small allowance keeps rounding of prices from cutting the bound too low.
  return Math.floor(total + 1e-6 * Math.max(1, Math.abs(total) / 1e6))
}
