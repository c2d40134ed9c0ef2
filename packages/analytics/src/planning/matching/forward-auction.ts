import { type AuctionState, dequeue, enqueue, shortlistSize } from './auction-state.ts'

/**
 * Prepares a phase: every worker looks at the whole list; who is within ε of the best stays and says how far the price
 * may rise (the bid), everybody else queues up.
 */
export function beginPhase(state: AuctionState, epsilon: number): void {
  const { market, price, assigned, present, heaps, scale } = state
  heaps.clear()
  state.queueHead = 0
  state.queueSize = 0
  for (let i = 0; i < market.workers; i++) {
    const best = lookThrough(state, i)
    const here = assigned[i] as number
    if (here < 0) {
      if (best > 0) enqueue(state, i)
      continue
    }
    const worth = (present[i] as number) * scale - (price[here] as number)
    const elsewhere = bestElsewhere(state, i, here)
    if (worth < elsewhere - epsilon) {
      assigned[i] = -1
      enqueue(state, i)
    } else heaps.accept(here, i, (price[here] as number) + worth - elsewhere + epsilon)
  }
  for (let j = 0; j < market.posts; j++) {
    if ((heaps.held[j] as number) > 0 && heaps.isFull(j)) price[j] = heaps.lowest(j)
  }
}

/** Lets workers bid until the queue is empty or `limit` bids have been made; prices only rise. */
export function runForward(state: AuctionState, epsilon: number, limit: number): void {
  const { price, assigned, present, heaps, shortlistPost, shortlistScore, beyond, scale } = state
  for (let made = 0; made < limit && state.queueSize > 0; made++) {
    const i = dequeue(state)
    let best = 0
    let second = 0
    let choice = -1
    for (let attempt = 0; attempt < 2; attempt++) {
      best = 0
      second = 0
      choice = -1
      for (let k = i * shortlistSize, end = k + shortlistSize; k < end; k++) {
        const j = shortlistPost[k] as number
        if (j < 0) break
        const worth = (shortlistScore[k] as number) * scale - (price[j] as number)
        if (worth > best) {
          second = best
          best = worth
          choice = k
        } else if (worth > second) second = worth
      }
      if (second >= (beyond[i] as number)) break
      if (attempt === 0) lookThrough(state, i)
      else second = beyond[i] as number
    }
    if (choice < 0) continue
    const j = shortlistPost[choice] as number
    const out = heaps.accept(j, i, (price[j] as number) + best - second + epsilon)
    assigned[i] = j
    present[i] = shortlistScore[choice] as number
    if (heaps.isFull(j)) price[j] = heaps.lowest(j)
    if (out >= 0) {
      assigned[out] = -1
      enqueue(state, out)
    }
    state.bids++
  }
}

/**
 * Puts the worker's best options at present prices on the shortlist and bounds the rest. Gives the best worth, at least
 * zero for staying unmatched.
 */
function lookThrough(state: AuctionState, i: number): number {
  const { market, price, shortlistPost, shortlistScore, beyond, scale } = state
  const { first, post, score } = market
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let rest = 0
  let ka = -1
  let kb = -1
  let kc = -1
  let kd = -1
  const end = first[i + 1] as number
  for (let k = first[i] as number; k < end; k++) {
    const worth = (score[k] as number) * scale - (price[post[k] as number] as number)
    if (worth <= d) {
      if (worth > rest) rest = worth
      continue
    }
    rest = d
    if (worth > b) {
      d = c
      kd = kc
      c = b
      kc = kb
      if (worth > a) {
        b = a
        kb = ka
        a = worth
        ka = k
      } else {
        b = worth
        kb = k
      }
    } else if (worth > c) {
      d = c
      kd = kc
      c = worth
      kc = k
    } else {
      d = worth
      kd = k
    }
  }
  beyond[i] = rest
  const at = i * shortlistSize
  shortlistPost[at] = ka < 0 ? -1 : (post[ka] as number)
  shortlistScore[at] = ka < 0 ? 0 : (score[ka] as number)
  shortlistPost[at + 1] = kb < 0 ? -1 : (post[kb] as number)
  shortlistScore[at + 1] = kb < 0 ? 0 : (score[kb] as number)
  shortlistPost[at + 2] = kc < 0 ? -1 : (post[kc] as number)
  shortlistScore[at + 2] = kc < 0 ? 0 : (score[kc] as number)
  shortlistPost[at + 3] = kd < 0 ? -1 : (post[kd] as number)
  shortlistScore[at + 3] = kd < 0 ? 0 : (score[kd] as number)
  return a
}

/** Best worth of the shortlist without one post; the shortlist must be fresh. */
function bestElsewhere(state: AuctionState, i: number, without: number): number {
  const { price, shortlistPost, shortlistScore, scale } = state
  for (let k = i * shortlistSize, end = k + shortlistSize; k < end; k++) {
    const j = shortlistPost[k] as number
    if (j < 0) return 0
    if (j !== without) return (shortlistScore[k] as number) * scale - (price[j] as number)
  }
  return 0
}
