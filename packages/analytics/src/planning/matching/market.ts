import { demand } from '../../outcome.ts'

/**
 * Who could take which post, in compressed rows: the options of worker `i` are `post[k]`, `score[k]` for
 * `first[i] ≤ k < first[i + 1]`. Scores are integers and say how much better the post is than staying unmatched (0);
 * options with a score of zero or less are never used.
 */
export interface MatchingMarket {
  readonly workers: number
  readonly posts: number
  /** Openings of each post. */
  readonly capacity: Int32Array
  readonly first: Int32Array
  readonly post: Int32Array
  readonly score: Int32Array
}

/** One option of a worker, for small markets given as objects. */
export interface Option {
  readonly post: number
  readonly score: number
}

/** Packs options given per worker into a market. */
export function marketOf(capacity: readonly number[], options: readonly (readonly Option[])[]): MatchingMarket {
  const first = new Int32Array(options.length + 1)
  options.forEach((list, i) => {
    first[i + 1] = (first[i] ?? 0) + list.length
  })
  const flat = options.flat()
  return {
    workers: options.length,
    posts: capacity.length,
    capacity: Int32Array.from(capacity),
    first,
    post: Int32Array.from(flat, (option) => option.post),
    score: Int32Array.from(flat, (option) => option.score),
  }
}

/** Throws an `InputError` where the arrays do not describe a market. */
export function validateMarket(market: MatchingMarket): void {
  const { workers, posts, capacity, first, post, score } = market
  demand(
    capacity.length === posts && first.length === workers + 1 && post.length === score.length && first[workers] === post.length,
    'market-lengths',
    '用工对接数据长度不一致：每个岗位一项名额，每条意向一项岗位与得分。',
    'The arrays of the market differ in length: give openings per post, and a post and a score per option.',
  )
  for (let j = 0; j < posts; j++) {
    demand(
      (capacity[j] ?? -1) >= 0,
      'market-capacity',
      `岗位 ${j} 的名额为负，请更正。`,
      `Post ${j} has a negative number of openings; correct it.`,
    )
  }
  for (let i = 0; i < workers; i++) {
    if ((first[i] as number) > (first[i + 1] as number)) rejectOption(i, '意向的起止次序有误', 'has options out of order')
  }
  const lastNamedBy = new Int32Array(posts).fill(-1)
  for (let i = 0; i < workers; i++) {
    for (let k = first[i] as number; k < (first[i + 1] as number); k++) {
      const j = post[k] as number
      if (j < 0 || j >= posts) rejectOption(k, '指向不存在的岗位', 'names a post that does not exist')
      if (lastNamedBy[j] === i) rejectOption(k, '对同一人重复列出同一岗位', 'names a post that the same worker has already')
      lastNamedBy[j] = i
    }
  }
}

function rejectOption(k: number, zh: string, en: string): never {
  demand(false, 'market-option', `第 ${k} 项${zh}。`, `Entry ${k} ${en}.`)
  throw new Error('unreachable')
}

/** Who got which post: post of each worker, −1 for none. */
export type Assignment = Int32Array

/** The position of the option (worker, post), or −1. */
export function optionIndex(market: MatchingMarket, worker: number, post: number): number {
  const end = market.first[worker + 1] as number
  for (let k = market.first[worker] as number; k < end; k++) if (market.post[k] === post) return k
  return -1
}

/** Sum of the scores of an assignment; an exact integer below 2^53. */
export function totalScore(market: MatchingMarket, assignment: Assignment): number {
  let total = 0
  for (let i = 0; i < market.workers; i++) {
    const j = assignment[i] as number
    if (j >= 0) total += market.score[optionIndex(market, i, j)] as number
  }
  return total
}
