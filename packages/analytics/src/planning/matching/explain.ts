import type { MatchingPlan } from './auction.ts'
import { type MatchingMarket, optionIndex } from './market.ts'

/** A sentence in both languages. */
export interface MatchReason {
  readonly zh: string
  readonly en: string
}

export interface MatchNames {
  readonly worker: (i: number) => MatchReason
  readonly post: (j: number) => MatchReason
}

/**
 * Why a worker got this post, or none, in words: the post's score, the best other post and what kept the worker from it.
 * At the prices of the plan every statement is exact up to the last increment.
 */
export function explainMatch(market: MatchingMarket, plan: MatchingPlan, worker: number, names: MatchNames): MatchReason {
  const { price } = plan
  const here = plan.assigned[worker] ?? -1
  const who = names.worker(worker)
  let other = -1
  let otherNet = Number.NEGATIVE_INFINITY
  let options = 0
  for (let k = market.first[worker] ?? 0; k < (market.first[worker + 1] ?? 0); k++) {
    const j = market.post[k] ?? 0
    const score = market.score[k] ?? 0
    if (score <= 0) continue
    options++
    if (j !== here && score - (price[j] ?? 0) > otherNet) {
      other = j
      otherNet = score - (price[j] ?? 0)
    }
  }
  if (options === 0) {
    return { zh: `${who.zh}没有合适的岗位。`, en: `${who.en} has no suitable post.` }
  }
  const scoreOf = (j: number) => market.score[optionIndex(market, worker, j)] ?? 0
  const rival = other < 0 ? undefined : names.post(other)
  if (here < 0) {
    const limit = Math.ceil(price[other] ?? 0)
    return {
      zh: `${who.zh}未对接：最合适的${rival?.zh ?? ''}（得分 ${scoreOf(other)}）已满，名额给了得分优势更大的人，进入需相当于 ${limit} 分。`,
      en: `${who.en} stays unmatched: ${rival?.en ?? ''} (score ${scoreOf(other)}) is full with people who gain more; a place there is worth ${limit} points.`,
    }
  }
  const got = names.post(here)
  const score = scoreOf(here)
  if (rival === undefined) {
    return {
      zh: `${who.zh}对接到${got.zh}（得分 ${score}），这是唯一合适的岗位。`,
      en: `${who.en} goes to ${got.en} (score ${score}), the only suitable post.`,
    }
  }
  const rivalScore = scoreOf(other)
  const better = rivalScore > score
  return better
    ? {
        zh: `${who.zh}对接到${got.zh}（得分 ${score}）。${rival.zh}得分更高（${rivalScore}），但名额紧张，让给别人全市总分更高（一个名额值 ${Math.round(price[other] ?? 0)} 分）。`,
        en: `${who.en} goes to ${got.en} (score ${score}). ${rival.en} would score ${rivalScore}, but its places are scarce and serve others better (one place is worth ${Math.round(price[other] ?? 0)} points).`,
      }
    : {
        zh: `${who.zh}对接到${got.zh}（得分 ${score}），好过其他可选岗位（次优 ${rival.zh}，得分 ${rivalScore}）。`,
        en: `${who.en} goes to ${got.en} (score ${score}), better than the alternatives (next ${rival.en}, score ${rivalScore}).`,
      }
}
