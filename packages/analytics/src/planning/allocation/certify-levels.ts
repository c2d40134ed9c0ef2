import type { SupplyProblem } from './supplies.ts'

/** A level claimed by a plan, with the prices that are to prove it. */
export interface StatedLevel {
  readonly tier: number
  readonly level: number
  readonly claims: readonly number[]
  readonly bottlenecks: readonly { readonly kind: 'stock' | 'transport'; readonly index: number; readonly worth: number }[]
  readonly weights: readonly { readonly claim: number; readonly weight: number }[]
}

/** What a claim asks for, as a plan lists it. */
export interface StatedClaim {
  readonly tier: number
  readonly amount: number
  readonly demands: readonly number[]
}

/** A level and the bound that its prices prove: no plan that keeps the levels stated before it can go beyond `bound`. */
export interface CertifiedLevel {
  readonly level: number
  readonly bound: number
}

/**
 * Proves the fill levels of a plan by weak duality, without any solver. For weights w of claims, prices of lots and of
 * vehicle room, all ≥ 0, and y(d) the most that a unit for demand d can earn over every lane, day and lot in date,
 * (w − lot − volume × vehicle)⁺:
 * level × Σ w·amount over the open claims ≤ Σ lots·price + Σ limits·price + Σ y(d)·amount(d) − Σ w·(level held)·amount over the
 * claims settled before. Any prices give a valid bound; those of an optimum give the level itself.
 * @param steps in the order in which the plan settled them
 */
export function certifyLevels(problem: SupplyProblem, claims: readonly StatedClaim[], steps: readonly StatedLevel[]): CertifiedLevel[] {
  const held = new Map<number, number>()
  const claimOf = new Map<number, number>()
  claims.forEach((claim, c) => {
    for (const d of claim.demands) claimOf.set(d, c)
  })
  return steps.map((step) => {
    const bound = step.weights.length === 0 ? 1 : Math.min(1, boundOf(problem, claims, step, held))
    for (const c of step.claims) held.set(c, step.level)
    return { level: step.level, bound }
  })
}

function boundOf(problem: SupplyProblem, claims: readonly StatedClaim[], step: StatedLevel, held: ReadonlyMap<number, number>): number {
  const lotPrice = new Map<number, number>()
  const roomPrice = new Map<string, number>()
  let right = 0
  for (const { kind, index, worth } of step.bottlenecks) {
    if (kind === 'stock') {
      lotPrice.set(index, worth)
      right += worth * (problem.lots[index]?.amount ?? 0)
    } else {
      const limit = problem.transport[index]
      roomPrice.set(`${limit?.source} ${limit?.period}`, worth)
      right += worth * (limit?.volume ?? 0)
    }
  }
  let left = 0
  for (const { claim, weight } of step.weights) {
    const level = held.get(claim)
    const amount = claims[claim]?.amount ?? 0
    // A claim of a later tier is only known to get nothing less than zero.
    if (level === undefined && claims[claim]?.tier === step.tier) left += weight * amount
    else right -= weight * (level ?? 0) * amount
    for (const d of claims[claim]?.demands ?? [])
      right += bestEarning(problem, d, weight, lotPrice, roomPrice) * (problem.demands[d]?.amount ?? 0)
  }
  return left > 0 ? right / left : Number.POSITIVE_INFINITY
}

/** The most that one unit for a demand can earn, at least zero. */
function bestEarning(
  problem: SupplyProblem,
  demand: number,
  weight: number,
  lotPrice: ReadonlyMap<number, number>,
  roomPrice: ReadonlyMap<string, number>,
): number {
  const need = problem.demands[demand]
  if (!need) return 0
  const volume = problem.items[need.item]?.volume ?? 0
  let best = 0
  for (const lane of problem.lanes) {
    if (lane.place !== need.place) continue
    const latest = need.period - (lane.lead ?? 0)
    for (let departs = latest; departs >= Math.max(0, latest - problem.holding); departs--) {
      const afterRoad = weight - volume * (roomPrice.get(`${lane.source} ${departs}`) ?? 0)
      if (afterRoad <= best) continue
      problem.lots.forEach((lot, k) => {
        const usable = lot.source === lane.source && lot.item === need.item && lot.amount > 0
        if (!usable || lot.available > departs || (lot.lastUse ?? Number.POSITIVE_INFINITY) < need.period) return
        best = Math.max(best, afterRoad - (lotPrice.get(k) ?? 0))
      })
    }
  }
  return best
}
