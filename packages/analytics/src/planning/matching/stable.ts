import { demand } from '../../outcome.ts'
import type { RankedMarket } from './checker.ts'
import type { Assignment } from './market.ts'

/** Where a worker stands: first round, second round with the right of way in ties, or given up. */
const lad = 0
const bachelor = 1
const resigned = 2

/**
 * A stable matching of workers and posts with openings, ties allowed on both sides, found by workers applying and posts
 * keeping the best (Gale & Shapley 1962; hospitals–residents). With ties it holds at least 2/3 of the largest number of
 * workers that any stable matching can place (Király 2013, doi:10.3390/a6030471); without ties every worker gets the
 * best post possible in any stable matching. Deterministic.
 * @returns post of each worker, −1 for none
 * @throws InputError where ranks or lengths do not fit the options
 */
export function stableMatching(market: RankedMarket): Assignment {
  const { workers, posts, capacity, first, post, workerRank, postRank } = market
  demand(
    capacity.length === posts &&
      first.length === workers + 1 &&
      first[workers] === post.length &&
      workerRank.length === post.length &&
      postRank.length === post.length,
    'ranked-lengths',
    '双向志愿数据长度不一致：每条意向需要工人排序与岗位排序各一项。',
    'The arrays of the ranked market differ in length: give both ranks per option.',
  )
  const order = preferenceOrder(market)
  const struck = new Uint8Array(post.length)
  const state = new Uint8Array(workers)
  const chosen = new Int32Array(workers).fill(-1)
  const members: number[][] = Array.from({ length: posts }, () => [])
  // Posts never lose members for good, so a free opening in a tie can only vanish: whoever does not give way once never will.
  const mayGiveWay: number[][] = Array.from({ length: posts }, () => [])
  const hasRoom = (j: number) => (members[j]?.length ?? 0) < (capacity[j] as number)

  /** The option to apply for: in the best tie left, one with a free opening if there is one; −1 when the list is used up. */
  const nextOption = (i: number): number => {
    let pick = -1
    for (let r = first[i] as number; r < (first[i + 1] as number); r++) {
      const k = order[r] as number
      if (struck[k] === 1) continue
      if (pick >= 0 && (workerRank[k] as number) > (workerRank[pick] as number)) break
      if (hasRoom(post[k] as number)) return k
      if (pick < 0) pick = k
    }
    return pick
  }
  /** In the first round somebody held by one post but equally content with a free one gives way. */
  const givesWay = (i: number): boolean => {
    if (state[i] !== lad) return false
    const held = chosen[i] as number
    for (let k = first[i] as number; k < (first[i + 1] as number); k++) {
      if (k !== held && struck[k] === 0 && workerRank[k] === workerRank[held] && hasRoom(post[k] as number)) return true
    }
    return false
  }
  const firstToGiveWay = (j: number): number => {
    const list = mayGiveWay[j] ?? []
    for (let i = list.pop(); i !== undefined; i = list.pop()) {
      const k = chosen[i] as number
      if (k >= 0 && post[k] === j && givesWay(i)) return i
    }
    return -1
  }
  const worse = (a: number, b: number): boolean => {
    const ra = postRank[chosen[a] as number] as number
    const rb = postRank[chosen[b] as number] as number
    return ra !== rb ? ra > rb : (state[a] as number) < (state[b] as number)
  }
  const waiting: number[] = Array.from({ length: workers }, (_, i) => workers - 1 - i)
  for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
    const k = nextOption(i)
    if (k < 0) {
      if (state[i] === lad && (first[i] as number) < (first[i + 1] as number)) {
        struck.fill(0, first[i], first[i + 1])
        waiting.push(i)
      }
      state[i] = state[i] === lad ? bachelor : resigned
      continue
    }
    const j = post[k] as number
    const held = members[j] ?? []
    chosen[i] = k
    if (hasRoom(j)) {
      held.push(i)
      mayGiveWay[j]?.push(i)
      continue
    }
    const mobile = firstToGiveWay(j)
    const loser = mobile >= 0 ? mobile : held.reduce((low, w) => (worse(w, low) ? w : low), held[0] ?? -1)
    if (loser >= 0 && (mobile >= 0 || worse(loser, i))) {
      held[held.indexOf(loser)] = i
      mayGiveWay[j]?.push(i)
      if (mobile < 0) struck[chosen[loser] as number] = 1
      chosen[loser] = -1
      waiting.push(loser)
    } else {
      struck[k] = 1
      chosen[i] = -1
      waiting.push(i)
    }
  }
  return chosen.map((k) => (k < 0 ? -1 : (post[k] as number)))
}

/** Options of each worker from the best rank to the last, in the rows of the market; rows are short, so by insertion. */
function preferenceOrder(market: RankedMarket): Int32Array {
  const { first, workerRank } = market
  const order = Int32Array.from({ length: market.post.length }, (_, k) => k)
  for (let i = 0; i < market.workers; i++) {
    const start = first[i] as number
    for (let r = start + 1; r < (first[i + 1] as number); r++) {
      const k = order[r] as number
      const rank = workerRank[k] as number
      let at = r
      while (at > start && (workerRank[order[at - 1] as number] as number) > rank) {
        order[at] = order[at - 1] as number
        at--
      }
      order[at] = k
    }
  }
  return order
}
