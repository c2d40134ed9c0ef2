import type { AuctionState } from './auction-state.ts'

/** The workers who have each post among their options, in compressed rows. */
export interface Applicants {
  readonly first: Int32Array
  readonly worker: Int32Array
  /** Scores in two bytes where they fit, to keep a million workers within memory. */
  readonly score: Uint16Array | Int32Array
}

const twoBytes = 65_535

export function applicantsOf(market: AuctionState['market']): Applicants {
  const { workers, posts, post, score } = market
  const first = new Int32Array(posts + 2)
  let largest = 0
  for (let k = 0; k < post.length; k++) {
    if ((score[k] as number) > largest) largest = score[k] as number
    if ((score[k] as number) > 0) first[(post[k] as number) + 2] = (first[(post[k] as number) + 2] as number) + 1
  }
  for (let j = 2; j < posts + 2; j++) first[j] = (first[j] as number) + (first[j - 1] as number)
  const count = first[posts + 1] as number
  const worker = new Int32Array(count)
  const scores = largest <= twoBytes ? new Uint16Array(count) : new Int32Array(count)
  for (let i = 0; i < workers; i++) {
    const end = market.first[i + 1] as number
    for (let k = market.first[i] as number; k < end; k++) {
      if ((score[k] as number) <= 0) continue
      const row = (post[k] as number) + 1
      const at = first[row] as number
      worker[at] = i
      scores[at] = score[k] as number
      first[row] = at + 1
    }
  }
  return { first, worker, score: scores }
}

/**
 * Posts left with free openings at a price above zero lower it until enough workers gain by coming, or to zero; a post
 * that loses somebody does the same (Bertsekas, Castañón & Tsaknakis 1993, doi:10.1137/0803014). Every move gains its
 * worker at least ε and prices only fall.
 * @param applicants built only when some post needs it
 * @returns number of moves
 */
export function runReverse(state: AuctionState, epsilon: number, applicants: () => Applicants): number {
  const { market, price, assigned, present, openings, scale, heaps } = state
  const held = heaps.held.slice()
  const waiting: number[] = []
  const isWaiting = new Uint8Array(market.posts)
  const wait = (j: number) => {
    if (isWaiting[j] === 0 && (price[j] as number) > 0 && (held[j] as number) < (openings[j] as number)) {
      isWaiting[j] = 1
      waiting.push(j)
    }
  }
  for (let j = 0; j < market.posts; j++) wait(j)
  let moves = 0
  for (let j = waiting.pop(); j !== undefined; j = waiting.pop()) {
    isWaiting[j] = 0
    const free = (openings[j] as number) - (held[j] as number)
    const { first, worker, score: scores } = applicants()
    const offers: { offer: number; worker: number; score: number }[] = []
    for (let k = first[j] as number; k < (first[j + 1] as number); k++) {
      const i = worker[k] as number
      const here = assigned[i] as number
      if (here === j) continue
      const gain = here < 0 ? 0 : (present[i] as number) * scale - (price[here] as number)
      const score = scores[k] as number
      const offer = score * scale - gain
      if (offer >= epsilon) offers.push({ offer, worker: i, score })
    }
    offers.sort((a, b) => b.offer - a.offer)
    price[j] = Math.max(0, (offers[free]?.offer ?? 0) - epsilon)
    for (const coming of offers.slice(0, free)) {
      const left = assigned[coming.worker] as number
      assigned[coming.worker] = j
      present[coming.worker] = coming.score
      held[j] = (held[j] as number) + 1
      moves++
      if (left >= 0) {
        held[left] = (held[left] as number) - 1
        wait(left)
      }
    }
  }
  heaps.held.set(held)
  return moves
}
