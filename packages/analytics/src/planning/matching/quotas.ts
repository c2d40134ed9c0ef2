import { demand } from '../../outcome.ts'
import { countRange, demandFigure, fitsRange } from '../anytime/figures.ts'
import { gapBetween, infeasible, type Planned } from '../anytime/plan.ts'
import { type FlowNetwork, minimumCostFlow } from '../flows/index.ts'
import { type Assignment, type MatchingMarket, validateMarket } from './market.ts'

/** A word in both languages, for the reason when quotas cannot be kept. */
interface Name {
  readonly zh: string
  readonly en: string
}

/**
 * Limits on how many of a class of workers (a home county, say) get work: in all, or at one post. A limit at one post may
 * not be combined with a minimum that crosses it; each worker has one class.
 */
export interface Quota {
  readonly class: number
  /** One post; all posts when left out. */
  readonly post?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly name: Name
}

const optionLimit = 2_000_000

/**
 * Largest total score under quotas, exactly, as a minimum-cost flow: class → worker → (class at post) → post. Every limit
 * is one arc, so the optimum is integral and proven.
 * @param classOf class of each worker, counted from 0
 * @returns the plan, or the smallest set of quotas and posts that cannot be kept together
 * @throws InputError for a malformed market, unknown classes, or more than two million options (split by county then)
 */
export function planQuotas(
  market: MatchingMarket,
  classOf: ArrayLike<number>,
  quotas: readonly Quota[],
): Planned<{ assigned: Assignment }> {
  validateMarket(market)
  demand(
    market.post.length <= optionLimit,
    'matching-quota-size',
    `带配额的对接最多 ${optionLimit} 条意向，现有 ${market.post.length} 条：请按县分批。`,
    `Matching with quotas takes at most ${optionLimit} options, there are ${market.post.length}: split it by county.`,
  )
  checkQuotas(market, classOf, quotas)
  const limits = combined(quotas)
  const contrary = limits.find((limit) => (limit.minimum ?? 0) > (limit.maximum ?? Number.POSITIVE_INFINITY))
  if (contrary !== undefined)
    return infeasible(
      'matching-quotas',
      `“${contrary.name.zh}”互相矛盾：至少 ${contrary.minimum} 人，又至多 ${contrary.maximum} 人。`,
      `"${contrary.name.en}" contradict each other: at least ${contrary.minimum} and at most ${contrary.maximum}.`,
      quotas.filter((one) => one.class === contrary.class && one.post === contrary.post).map(({ name }) => name.en),
    )
  const { network, nameOf } = quotaNetwork(market, classOf, limits)
  const result = minimumCostFlow(network, { nameOf })
  if (result.status === 'infeasible') {
    const { nodes, amount, room } = result.cut
    const named = nodes.map(nameOf)
    const zh = `配额无法同时满足：${named.map((name) => name.zh).join('、')}须安排 ${amount} 人，最多只能安排 ${room} 人`
    const en = `The quotas cannot be kept together: ${named.map((name) => name.en).join(', ')} must place ${amount}, at most ${room} can be placed`
    return infeasible(
      'matching-quotas',
      zh,
      en,
      named.map((name) => name.en),
    )
  }
  if (result.status !== 'optimal') return infeasible(result.refusal.code, result.refusal.zh, result.refusal.en, [])
  const assigned = new Int32Array(market.workers).fill(-1)
  for (let i = 0; i < market.workers; i++) {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) if (result.flow[k] === 1) assigned[i] = market.post[k] ?? -1
  }
  const objective = 0 - result.objective
  return {
    ok: true,
    plan: { assigned },
    objective,
    bound: objective,
    gap: gapBetween(objective, objective),
    proof: {
      method: 'reduced-costs',
      zh: '网络单纯形法求得的最优解，检验数证明无更优方案。',
      en: 'Optimum of the network simplex method, proven by its reduced costs.',
    },
    seed: 0,
    iterations: result.pivots,
    elapsed: 0,
  }
}

/** One limit for each class and post: the largest minimum and the smallest maximum of all that speak of them. */
function combined(quotas: readonly Quota[]): Quota[] {
  const limits = new Map<string, Quota>()
  for (const quota of quotas) {
    const key = `${quota.class} ${quota.post ?? ''}`
    const known = limits.get(key)
    if (known === undefined) {
      limits.set(key, quota)
      continue
    }
    const minimum = Math.max(known.minimum ?? 0, quota.minimum ?? 0)
    const maximum = Math.min(known.maximum ?? Number.POSITIVE_INFINITY, quota.maximum ?? Number.POSITIVE_INFINITY)
    const both = (one: string, other: string, join: string) => (one === other ? one : `${one}${join}${other}`)
    limits.set(key, {
      ...known,
      minimum,
      maximum,
      name: { zh: both(known.name.zh, quota.name.zh, '、'), en: both(known.name.en, quota.name.en, ', ') },
    })
  }
  return [...limits.values()]
}

function classCount(market: MatchingMarket, classOf: ArrayLike<number>): number {
  let classes = 0
  for (let i = 0; i < market.workers; i++) classes = Math.max(classes, (classOf[i] ?? 0) + 1)
  return classes
}

function checkQuotas(market: MatchingMarket, classOf: ArrayLike<number>, quotas: readonly Quota[]): void {
  for (let i = 0; i < market.workers; i++)
    if (!fitsRange(classOf[i] ?? Number.NaN, countRange))
      demand(false, 'matching-class', `第 ${i} 人的类别应为非负整数。`, `The class of worker ${i} must be a whole number from 0.`)
  const classes = classCount(market, classOf)
  for (const quota of quotas) {
    const who = { zh: `配额“${quota.name.zh}”`, en: `quota "${quota.name.en}"` }
    demandFigure(quota.minimum, countRange, who, { zh: '下限', en: 'the minimum' })
    demandFigure(quota.maximum, { ...countRange, endless: true }, who, { zh: '上限', en: 'the maximum' })
    const most = quota.maximum ?? Number.POSITIVE_INFINITY
    demand(
      quota.class >= 0 &&
        quota.class < classes &&
        (quota.post ?? 0) >= 0 &&
        (quota.post ?? 0) < market.posts &&
        (quota.minimum ?? 0) <= most,
      'matching-quota',
      `配额“${quota.name.zh}”指向不存在的类别或岗位，或下限高于上限。`,
      `Quota "${quota.name.en}" names an unknown class or post, or its minimum is above its maximum.`,
    )
  }
}

function quotaNetwork(market: MatchingMarket, classOf: ArrayLike<number>, quotas: readonly Quota[]) {
  const { workers, posts } = market
  const classes = classCount(market, classOf)
  // Nodes: workers, posts, one idle node per class, one gate per (class, post) quota, the hub.
  const gates = new Map<string, number>()
  const names = new Map<number, Name>()
  let nodes = workers + posts + classes
  for (const quota of quotas) {
    if (quota.post === undefined) continue
    gates.set(`${quota.class} ${quota.post}`, nodes)
    names.set(nodes, quota.name)
    nodes++
  }
  const hub = nodes++
  const source: number[] = []
  const target: number[] = []
  const lower: number[] = []
  const capacity: number[] = []
  const cost: number[] = []
  const supply = new Float64Array(nodes)
  const arc = (from: number, to: number, least: number, most: number, price: number) => {
    source.push(from)
    target.push(to)
    lower.push(least)
    capacity.push(most)
    cost.push(price)
  }
  const size = new Int32Array(classes)
  for (let i = 0; i < workers; i++) {
    const c = classOf[i] ?? 0
    size[c] = (size[c] ?? 0) + 1
    supply[i] = 1
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      const score = market.score[k] ?? 0
      arc(i, gates.get(`${c} ${j}`) ?? workers + j, 0, score > 0 ? 1 : 0, -score)
    }
  }
  for (let i = 0; i < workers; i++) arc(i, workers + posts + (classOf[i] ?? 0), 0, 1, 0)
  for (let c = 0; c < classes; c++) {
    // A class with at least m at work has at most size − m idle, and the other way round.
    let least = 0
    let most = size[c] ?? 0
    for (const quota of quotas) {
      if (quota.class !== c || quota.post !== undefined) continue
      most = Math.min(most, (size[c] ?? 0) - (quota.minimum ?? 0))
      least = Math.max(least, (size[c] ?? 0) - (quota.maximum ?? size[c] ?? 0))
      names.set(workers + posts + c, quota.name)
    }
    demand(
      most >= least,
      'matching-quota-class',
      `“${names.get(workers + posts + c)?.zh ?? ''}”要求的人数超过该类别的总人数 ${size[c]}。`,
      `"${names.get(workers + posts + c)?.en ?? ''}" asks for more workers than the class has (${size[c]}).`,
    )
    arc(workers + posts + c, hub, least, most, 0)
  }
  for (const quota of quotas) {
    if (quota.post === undefined) continue
    const gate = gates.get(`${quota.class} ${quota.post}`) ?? 0
    arc(gate, workers + quota.post, quota.minimum ?? 0, Math.min(workers, quota.maximum ?? workers), 0)
  }
  for (let j = 0; j < posts; j++) arc(workers + j, hub, 0, market.capacity[j] ?? 0, 0)
  supply[hub] = -workers
  const network: FlowNetwork = {
    nodes,
    source: Int32Array.from(source),
    target: Int32Array.from(target),
    lower: Float64Array.from(lower),
    capacity: Float64Array.from(capacity),
    cost: Float64Array.from(cost),
    supply,
  }
  const nameOf = (v: number): Name => {
    if (v < workers) return { zh: `工人 ${v}`, en: `worker ${v}` }
    if (v < workers + posts) return { zh: `岗位 ${v - workers}`, en: `post ${v - workers}` }
    return names.get(v) ?? { zh: `类别 ${v - workers - posts}`, en: `class ${v - workers - posts}` }
  }
  return { network, nameOf }
}
