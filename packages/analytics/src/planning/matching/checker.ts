import { demand } from '../../outcome.ts'
import type { MatchingMarket } from './market.ts'

/** What an independent check of a matching found. */
export interface MatchingCheck {
  readonly valid: boolean
  readonly score: number
  readonly matched: number
  /** Upper bound on every matching, computed anew from the prices; undefined without prices. */
  readonly bound: number | undefined
  readonly faults: readonly string[]
}

const faultsShown = 10

/**
 * Recomputes score, openings and the dual bound of a matching from the market alone; shares no code with the auction.
 * @param assigned post of each worker, −1 for none
 * @param price price of each post in score units; any prices ≥ 0 give a valid bound
 */
export function checkMatching(market: MatchingMarket, assigned: ArrayLike<number>, price?: ArrayLike<number>): MatchingCheck {
  const faults: string[] = []
  const fault = (text: string) => {
    if (faults.length < faultsShown) faults.push(text)
  }
  if (assigned.length !== market.workers) fault(`${assigned.length} entries for ${market.workers} workers`)
  const taken = new Map<number, number>()
  let score = 0
  let matched = 0
  for (let i = 0; i < market.workers; i++) {
    const post = assigned[i] ?? -1
    if (post === -1) continue
    const row = market.post.subarray(market.first[i], market.first[i + 1])
    const at = row.indexOf(post)
    if (at < 0) {
      fault(`worker ${i} has no option for post ${post}`)
      continue
    }
    const worth = market.score[(market.first[i] ?? 0) + at] ?? 0
    if (worth <= 0) fault(`worker ${i} is on post ${post} with score ${worth}, worse than staying unmatched`)
    score += worth
    matched++
    taken.set(post, (taken.get(post) ?? 0) + 1)
  }
  for (const [post, count] of taken) {
    if (count > (market.capacity[post] ?? 0)) fault(`post ${post} holds ${count} with ${market.capacity[post]} openings`)
  }
  return { valid: faults.length === 0, score, matched, bound: price && weakDualBound(market, price), faults }
}

function weakDualBound(market: MatchingMarket, price: ArrayLike<number>): number {
  const applicants = new Int32Array(market.posts)
  let rents = 0
  for (let i = 0; i < market.workers; i++) {
    const end = market.first[i + 1] ?? 0
    let best = 0
    for (let k = market.first[i] ?? 0; k < end; k++) {
      const post = market.post[k] ?? 0
      const score = market.score[k] ?? 0
      if (score <= 0) continue
      applicants[post] = (applicants[post] ?? 0) + 1
      best = Math.max(best, score - (price[post] ?? 0))
    }
    rents += best
  }
  let total = rents
  for (let j = 0; j < market.posts; j++) {
    const p = price[j] ?? 0
    if (p < 0) return Number.POSITIVE_INFINITY
    // Openings beyond the number of applicants can never be used.
    total += p * Math.min(market.capacity[j] ?? 0, applicants[j] ?? 0)
  }
  return total
}

/** Who ranks whom how: smaller ranks are better, equal ranks are ties. Ranks are parallel to the options. */
export interface RankedMarket {
  readonly workers: number
  readonly posts: number
  readonly capacity: Int32Array
  readonly first: Int32Array
  readonly post: Int32Array
  /** Rank of the post in the eyes of the worker. */
  readonly workerRank: Int32Array
  /** Rank of the worker in the eyes of the post. */
  readonly postRank: Int32Array
}

/** A worker and a post who would both rather have each other than what they got. */
export interface BlockingPair {
  readonly worker: number
  readonly post: number
}

/**
 * All pairs that block a matching: the worker strictly prefers the post, and the post has a free opening or holds
 * somebody whom it ranks strictly lower. Empty means stable. O(options).
 * @throws InputError where the matching is none: more workers than openings at a post, or a worker on a post that is no option
 */
export function blockingPairs(market: RankedMarket, assigned: ArrayLike<number>): BlockingPair[] {
  const worst = new Float64Array(market.posts).fill(Number.NEGATIVE_INFINITY)
  const held = new Int32Array(market.posts)
  const presentRank = new Float64Array(market.workers).fill(Number.POSITIVE_INFINITY)
  for (let i = 0; i < market.workers; i++) {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      if (assigned[i] !== j) continue
      presentRank[i] = market.workerRank[k] ?? 0
      held[j] = (held[j] ?? 0) + 1
      worst[j] = Math.max(worst[j] ?? 0, market.postRank[k] ?? 0)
    }
  }
  for (let j = 0; j < market.posts; j++)
    if ((held[j] ?? 0) > (market.capacity[j] ?? 0))
      demand(
        false,
        'matching-overfull',
        `岗位 ${j} 安排了 ${held[j]} 人，名额只有 ${market.capacity[j]}`,
        `Post ${j} holds ${held[j]} with ${market.capacity[j]} openings`,
      )
  for (let i = 0; i < market.workers; i++)
    if ((assigned[i] ?? -1) >= 0 && presentRank[i] === Number.POSITIVE_INFINITY)
      demand(false, 'matching-no-option', `工人 ${i} 没有岗位 ${assigned[i]} 的意向`, `Worker ${i} has no option for post ${assigned[i]}`)
  const pairs: BlockingPair[] = []
  for (let i = 0; i < market.workers; i++) {
    for (let k = market.first[i] ?? 0; k < (market.first[i + 1] ?? 0); k++) {
      const j = market.post[k] ?? 0
      const wants = (market.workerRank[k] ?? 0) < (presentRank[i] ?? 0)
      const welcome = (held[j] ?? 0) < (market.capacity[j] ?? 0) || (market.postRank[k] ?? 0) < (worst[j] ?? 0)
      if (wants && welcome && assigned[i] !== j && (market.capacity[j] ?? 0) > 0) pairs.push({ worker: i, post: j })
    }
  }
  return pairs
}
