import type { MatchingMarket } from './market.ts'
import { PostHeaps } from './post-heaps.ts'

/** How many options of each worker are kept at hand between two full looks at the list. */
export const shortlistSize = 4

/**
 * Prices and assignment of a running auction. Scores count `scale` times, so that an increment of 1 can decide exactly.
 * Invariant (ε-complementary slackness): nobody could gain more than ε elsewhere at these prices; a post with free
 * openings ends each phase at price zero.
 */
export interface AuctionState {
  readonly market: MatchingMarket
  readonly scale: number
  /** Openings that can be used at all: no more than there are workers with the option. */
  readonly openings: Int32Array
  readonly price: Float64Array
  /** Post of each worker, −1 for none. */
  readonly assigned: Int32Array
  /** Unscaled score of the worker's present post. */
  readonly present: Int32Array
  readonly heaps: PostHeaps
  readonly shortlistPost: Int32Array
  readonly shortlistScore: Int32Array
  /** No option outside the shortlist is worth more than this (scaled). */
  readonly beyond: Float64Array
  /** Ring of workers who still have to bid. */
  readonly queue: Int32Array
  queueHead: number
  queueSize: number
  bids: number
}

/** Starts with all prices zero and nobody assigned. */
export function startAuction(market: MatchingMarket, scale: number): AuctionState {
  const wanted = new Int32Array(market.posts)
  for (let k = 0; k < market.post.length; k++) {
    if ((market.score[k] as number) > 0) wanted[market.post[k] as number] = (wanted[market.post[k] as number] as number) + 1
  }
  const openings = wanted.map((count, j) => Math.min(count, market.capacity[j] as number))
  return {
    market,
    scale,
    openings,
    // A closed post is dear beyond any score.
    price: Float64Array.from(market.capacity, (count) => (count === 0 ? Number.POSITIVE_INFINITY : 0)),
    assigned: new Int32Array(market.workers).fill(-1),
    present: new Int32Array(market.workers),
    heaps: new PostHeaps(openings),
    shortlistPost: new Int32Array(market.workers * shortlistSize).fill(-1),
    shortlistScore: new Int32Array(market.workers * shortlistSize),
    beyond: new Float64Array(market.workers),
    queue: new Int32Array(market.workers),
    queueHead: 0,
    queueSize: 0,
    bids: 0,
  }
}

export function enqueue(state: AuctionState, worker: number): void {
  let at = state.queueHead + state.queueSize
  if (at >= state.queue.length) at -= state.queue.length
  state.queue[at] = worker
  state.queueSize++
}

export function dequeue(state: AuctionState): number {
  const worker = state.queue[state.queueHead] as number
  state.queueHead = state.queueHead + 1 === state.queue.length ? 0 : state.queueHead + 1
  state.queueSize--
  return worker
}
