import type { DeliveryModel, DeliveryProgram } from './delivery-model.ts'
import type { LinearProgramSession } from './linear-program.ts'
import type { SupplyProblem } from './supplies.ts'

/** A lot or a vehicle limit that holds claims down, and what one unit more of it adds to their common fill rate. */
export interface Bottleneck {
  readonly kind: 'stock' | 'transport'
  /** Index of the lot or of the transport limit. */
  readonly index: number
  readonly worth: number
}

/** One step of the lexicographic optimum: these claims cannot be filled beyond this level without hurting a poorer one. */
export interface FillStep {
  readonly tier: number
  readonly level: number
  readonly claims: readonly number[]
  /** Dearest first; empty at full level. */
  readonly bottlenecks: readonly Bottleneck[]
  /** Weight of claims in the proof of the level; with the bottlenecks' worth they bound it (see `certifyLevels`). */
  readonly weights: readonly { readonly claim: number; readonly weight: number }[]
}

export interface FillLevels {
  /** Fill rate of each claim in the fractional optimum. */
  readonly level: Float64Array
  readonly steps: readonly FillStep[]
  /** Deliveries of the last, cheapest solution, by option. */
  readonly delivered: Float64Array
}

const full = 1 - 1e-9
const negligible = 1e-9

/**
 * Lexicographic max-min fill rates, tier by tier (Luss 1999, doi:10.1287/opre.47.3.361): raise the least fill rate as far as
 * it goes, hold the claims whose dual says they are stuck, and go on with the rest; then, all rates held, the least
 * transport cost. Each held rate is an optimum of a linear program, so no plan can do better in this order.
 * @returns undefined when the solver gives up
 */
export function fillLevels(
  problem: SupplyProblem,
  model: DeliveryModel,
  layout: DeliveryProgram,
  session: LinearProgramSession,
): FillLevels | undefined {
  const level = new Float64Array(model.claims.length)
  const steps: FillStep[] = []
  const cost = new Float64Array(layout.program.columns)
  cost[layout.level] = -1
  session.setCosts(cost)
  const tiers = [...new Set(model.claims.map((claim) => claim.tier))].sort((a, b) => a - b)
  for (const tier of tiers) {
    let open = model.claims.flatMap((claim, c) => (claim.tier === tier ? [c] : []))
    for (const c of open) session.setCoefficient(layout.claimRow + c, layout.level, -(model.claims[c]?.amount ?? 0))
    while (open.length > 0) {
      const solution = session.solve()
      if (!solution) return undefined
      const found = solution.value[layout.level] ?? 0
      const reached = found >= full ? 1 : Math.max(0, found)
      const weight = (c: number) => Math.abs(solution.rowDual[layout.claimRow + c] ?? 0) * (model.claims[c]?.amount ?? 0)
      const stuck = reached === 1 ? open : open.filter((c) => weight(c) > negligible)
      // The duals of the open claims sum to one, so somebody is stuck; the fallback guards against a solver's rounding.
      const held = stuck.length > 0 ? stuck : open
      for (const c of held) {
        level[c] = reached
        session.setCoefficient(layout.claimRow + c, layout.level, 0)
        const amount = reached * (model.claims[c]?.amount ?? 0)
        session.setRowBounds(layout.claimRow + c, Math.max(0, amount - 1e-7 * Math.max(1, amount)), Number.POSITIVE_INFINITY)
      }
      const proof = reached === 1 ? { bottlenecks: [], weights: [] } : proofOf(layout, model.claims.length, solution.rowDual)
      steps.push({ tier, level: reached, claims: held, ...proof })
      const out = new Set(held)
      open = open.filter((c) => !out.has(c))
    }
  }
  model.options.forEach((option, k) => {
    const lane = problem.lanes[option.lane]
    const need = problem.demands[option.demand]
    // A little more for leaving early, so that stock stays where it can still be redirected.
    const early = (need?.period ?? 0) - (lane?.lead ?? 0) - option.departs
    cost[k] = (lane?.cost ?? 0) * (problem.items[need?.item ?? 0]?.volume ?? 0) + 1e-3 * early
  })
  cost[layout.level] = 0
  session.setCosts(cost)
  const last = session.solve()
  return last && { level, steps, delivered: last.value.slice(0, model.options.length) }
}

function proofOf(layout: DeliveryProgram, claims: number, dual: Float64Array): Pick<FillStep, 'bottlenecks' | 'weights'> {
  const found: Bottleneck[] = []
  const read = (kind: 'stock' | 'transport', rows: ReadonlyMap<number, number>) => {
    for (const [index, row] of rows) {
      const worth = Math.abs(dual[row] ?? 0)
      if (worth > 1e-12) found.push({ kind, index, worth })
    }
  }
  read('stock', layout.lotRow)
  read('transport', layout.transportRow)
  const weights = Array.from({ length: claims }, (_, claim) => ({ claim, weight: Math.abs(dual[layout.claimRow + claim] ?? 0) }))
  return { bottlenecks: found.sort((a, b) => b.worth - a.worth), weights: weights.filter(({ weight }) => weight > 1e-12) }
}
