import { demand } from '../../outcome.ts'
import { type BudgetRequest, startBudget } from '../anytime/budget.ts'
import { demandFigure } from '../anytime/figures.ts'
import { gapBetween, type Plan } from '../anytime/plan.ts'
import { type AuctionState, startAuction } from './auction-state.ts'
import { beginPhase, runForward } from './forward-auction.ts'
import { type Assignment, type MatchingMarket, totalScore, validateMarket } from './market.ts'
import { type Applicants, applicantsOf, runReverse } from './reverse-auction.ts'

export interface MatchingPlan {
  /** Post of each worker, −1 for none. */
  readonly assigned: Assignment
  /** Price of each post in score units: how much a place there is worth to the next best worker. */
  readonly price: Float64Array
  readonly bids: number
  /** False when the auction was stopped before its last phase ended. */
  readonly complete: boolean
}

/** A better plan on the way: its score and the bound proven so far. */
export interface MatchingProgress {
  readonly objective: number
  readonly bound: number
}

export interface AuctionOptions {
  /** `exact`: proven optimum. A number: last increment as a share of the largest score, for example 0.001. */
  readonly precision?: 'exact' | number
  /** Without a budget the auction runs to its end. Steps are bids. */
  readonly budget?: BudgetRequest<MatchingProgress>
}

const bidsBetweenQuestions = 20_000
/** From phase to phase the increment falls by this factor, and prices by so many old increments, so that few posts stay overpriced. */
const incrementFactor = 10
const priceDrop = 4

/**
 * Largest total score by the auction algorithm for transportation problems with similar openings (Bertsekas & Castañón
 * 1989, doi:10.1007/BF02186476), forward and reverse with ε-scaling. Smaller increments come closer to the best;
 * `exact` multiplies the scores by workers + 1 and ends at increment 1, which leaves no room for a better assignment.
 * The dual value at the final prices bounds every assignment from above.
 * @throws InputError for a malformed market
 */
export function planMatching(market: MatchingMarket, options: AuctionOptions = {}): Plan<MatchingPlan> {
  validateMarket(market)
  const budget = options.budget && startBudget(options.budget)
  let largest = 0
  for (let k = 0; k < market.score.length; k++) largest = Math.max(largest, market.score[k] as number)
  const precision = options.precision ?? 'exact'
  if (precision !== 'exact')
    demandFigure(precision, { above: 0, most: 1 }, { zh: '对接', en: 'the auction' }, { zh: '精度', en: 'its precision' })
  const scale = precision === 'exact' ? market.workers + 1 : 1
  demand(
    largest * scale * 16 < Number.MAX_SAFE_INTEGER,
    'matching-too-large',
    '得分太大，无法精确计算：请缩小得分的单位。',
    'The scores are too large to compute exactly: use a coarser score.',
  )
  const last = precision === 'exact' ? 1 : Math.max(1, Math.round(precision * largest))
  const state = startAuction(market, scale)
  let applicants: Applicants | undefined
  let complete = true
  let previous = 0
  for (const epsilon of increments(largest * scale, last)) {
    lowerPrices(state.price, previous * priceDrop)
    previous = epsilon
    beginPhase(state, epsilon)
    while (state.queueSize > 0 && complete) {
      runForward(state, epsilon, bidsBetweenQuestions)
      if (budget?.expired(state.bids) === true) complete = false
    }
    if (!complete) break
    runReverse(state, epsilon, () => {
      applicants ??= applicantsOf(market)
      return applicants
    })
    options.budget?.onImprovement?.({ objective: totalScore(market, state.assigned), bound: dualBound(state) })
  }
  if (!complete) fillFreeOpenings(state)
  const objective = totalScore(market, state.assigned)
  const bound = dualBound(state)
  return {
    ok: true,
    plan: { assigned: state.assigned, price: state.price.map((p) => Math.min(p / scale, largest)), bids: state.bids, complete },
    objective,
    bound,
    gap: gapBetween(objective, bound),
    proof: {
      method: 'auction-dual',
      zh: '拍卖算法的对偶值：按最终岗位价格，任何对接方案的总分都不会超过此界。',
      en: 'Dual value of the auction: at the final prices of the posts no matching can score more than this.',
    },
    seed: 0,
    iterations: state.bids,
    elapsed: budget?.elapsed() ?? 0,
  }
}

/** Falling increments down to the last one. */
function increments(range: number, last: number): number[] {
  const list = [last]
  for (let epsilon = last * incrementFactor; epsilon < range / 4; epsilon *= incrementFactor) list.unshift(epsilon)
  return list
}

function lowerPrices(price: Float64Array, amount: number): void {
  if (amount > 0) for (let j = 0; j < price.length; j++) price[j] = Math.max(0, (price[j] as number) - amount)
}

/** After an early stop: who still waits takes the best option with a free opening. */
function fillFreeOpenings(state: AuctionState): void {
  const { market, assigned, openings } = state
  const free = openings.slice()
  for (const j of assigned) if (j >= 0) free[j] = (free[j] as number) - 1
  for (let i = 0; i < market.workers; i++) {
    if ((assigned[i] as number) >= 0) continue
    let best = 0
    for (let k = market.first[i] as number; k < (market.first[i + 1] as number); k++) {
      const j = market.post[k] as number
      if ((market.score[k] as number) > best && (free[j] as number) > 0) {
        best = market.score[k] as number
        assigned[i] = j
      }
    }
    const taken = assigned[i] as number
    if (taken >= 0) free[taken] = (free[taken] as number) - 1
  }
}

/**
 * Σ openings × price + Σ best worth of each worker, in score units rounded down: an upper bound on every assignment for
 * any prices ≥ 0. The scaled sum can pass 2^53, so it is carried in two parts.
 */
function dualBound(state: AuctionState): number {
  const { market, openings, price, scale } = state
  let whole = 0
  let rest = 0
  const add = (amount: number) => {
    const units = Math.floor(amount / scale)
    whole += units
    rest += amount - units * scale
    if (rest >= scale) {
      const carry = Math.floor(rest / scale)
      whole += carry
      rest -= carry * scale
    }
  }
  for (let j = 0; j < market.posts; j++) {
    if (openings[j] === 0) continue
    const units = Math.floor((price[j] as number) / scale)
    whole += units * (openings[j] as number)
    add(((price[j] as number) - units * scale) * (openings[j] as number))
  }
  for (let i = 0; i < market.workers; i++) {
    let best = 0
    const end = market.first[i + 1] as number
    for (let k = market.first[i] as number; k < end; k++) {
      const worth = (market.score[k] as number) * scale - (price[market.post[k] as number] as number)
      if (worth > best) best = worth
    }
    add(best)
  }
  return whole
}
