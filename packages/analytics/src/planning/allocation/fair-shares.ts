import { demand } from '../../outcome.ts'
import { MaximumFlow } from '../flows/maximum-flow.ts'

/** Units of one item that can be handed out, by pool (a day, say). */
export interface ShareClaim {
  readonly id: string
  /** What the claim is measured against; fill rate = granted / amount. */
  readonly amount: number
  /** 0 comes first. */
  readonly tier: number
  /** Most units it can take from each pool. */
  readonly limits: readonly { readonly pool: number; readonly limit: number }[]
}

export interface FairShares {
  /** Units granted per claim, in the order of the claims. */
  readonly granted: Float64Array
  /** Units granted per claim and limit, parallel to `limits`. */
  readonly taken: readonly Float64Array[]
  /** Fill rate each claim could have if units could be cut: the proven bound of the lexicographic optimum. */
  readonly level: Float64Array
  /** Claims that got one of the left-over units, in the order in which these were given out. */
  readonly remainders: readonly number[]
  /** Units no claim could take, by pool. */
  readonly unused: Float64Array
}

/** Shares are computed in millionths of a unit, so that cuts of fractional levels stay exact integers. */
const fine = 1_000_000

/**
 * Lexicographic max-min fill rates of claims on pools, tier by tier, by maximum flows: the common level is lowered to the
 * tightest cut (discrete Newton steps), the claims of that cut are held there, the rest goes on (Megiddo 1974,
 * doi:10.1007/BF01585506). Whole units: everybody gets the level rounded down, the left-over units go to the largest
 * fraction, then the smaller fill rate, then the order of the claims, as far as the pools allow.
 * @throws InputError for amounts that are no whole numbers
 */
export function fairShares(pools: readonly number[], claims: readonly ShareClaim[]): FairShares {
  for (const [k, amount] of [...pools, ...claims.flatMap((claim) => [claim.amount, ...claim.limits.map((l) => l.limit)])].entries()) {
    demand(
      Number.isSafeInteger(amount * fine) && amount >= 0,
      'shares-amount',
      `第 ${k + 1} 个数量不是非负整数，或超过 90 亿。`,
      `Amount ${k + 1} is no non-negative whole number below nine thousand million.`,
    )
  }
  const level = new Float64Array(claims.length).fill(-1)
  for (const tier of [...new Set(claims.map((claim) => claim.tier))].sort((a, b) => a - b)) {
    let open = claims.flatMap((claim, c) => (claim.tier === tier && claim.amount > 0 ? [c] : []))
    while (open.length > 0) {
      const { reached, tight } = commonLevel(pools, claims, level, open)
      for (const c of tight) level[c] = reached
      open = open.filter((c) => (level[c] ?? -1) < 0)
    }
  }
  return wholeShares(
    pools,
    claims,
    level.map((l) => Math.max(0, l)),
  )
}

/** The highest level that all open claims can have at once, and those that can have no more. */
function commonLevel(
  pools: readonly number[],
  claims: readonly ShareClaim[],
  level: Float64Array,
  open: readonly number[],
): { reached: number; tight: readonly number[] } {
  const isOpen = new Set(open)
  let reached = 1
  let tight: readonly number[] = open
  for (;;) {
    const target = claims.map((claim, c) => Math.floor((isOpen.has(c) ? reached : Math.max(0, level[c] ?? 0)) * claim.amount * fine))
    const { graph, wanted, sent } = shareFlow(pools, claims, target)
    if (sent >= wanted) return { reached, tight }
    const near = graph.reachableFrom(0)
    const poolNode = (p: number) => 1 + p
    const claimNode = (c: number) => 1 + pools.length + c
    let room = 0
    pools.forEach((amount, p) => {
      if (near[poolNode(p)] === 0) room += amount
    })
    let held = 0
    let weight = 0
    const beyond: number[] = []
    claims.forEach((claim, c) => {
      if (near[claimNode(c)] === 1) return
      for (const { pool, limit } of claim.limits) if (near[poolNode(pool)] === 1) room += limit
      if (isOpen.has(c)) {
        weight += claim.amount
        beyond.push(c)
      } else held += Math.max(0, level[c] ?? 0) * claim.amount
    })
    const next = weight === 0 ? reached : Math.max(0, (room - held) / weight)
    // Rounding in millionths can leave a cut that says nothing new: then the level stands.
    if (weight === 0 || next >= reached) return { reached, tight: beyond.length > 0 ? beyond : tight }
    reached = next
    tight = beyond
  }
}

function shareFlow(pools: readonly number[], claims: readonly ShareClaim[], target: readonly number[]) {
  const sink = 1 + pools.length + claims.length
  const graph = new MaximumFlow(sink + 1)
  pools.forEach((amount, p) => {
    graph.addArc(0, 1 + p, amount * fine)
  })
  let wanted = 0
  claims.forEach((claim, c) => {
    for (const { pool, limit } of claim.limits) graph.addArc(1 + pool, 1 + pools.length + c, limit * fine)
    graph.addArc(1 + pools.length + c, sink, target[c] ?? 0)
    wanted += target[c] ?? 0
  })
  return { graph, wanted, sent: graph.augment(0, sink) }
}

function wholeShares(pools: readonly number[], claims: readonly ShareClaim[], level: Float64Array): FairShares {
  const sink = 1 + pools.length + claims.length
  const graph = new MaximumFlow(sink + 1)
  const poolArc = pools.map((amount, p) => graph.addArc(0, 1 + p, amount))
  const limitArcs = claims.map((claim, c) => claim.limits.map(({ pool, limit }) => graph.addArc(1 + pool, 1 + pools.length + c, limit)))
  const base = claims.map((claim, c) => Math.floor((level[c] ?? 0) * claim.amount + 1e-6))
  claims.forEach((_, c) => {
    graph.addArc(1 + pools.length + c, sink, base[c] ?? 0)
  })
  graph.augment(0, sink)
  const fraction = (c: number) => (level[c] ?? 0) * (claims[c]?.amount ?? 0) - (base[c] ?? 0)
  const order = claims
    .flatMap((claim, c) => (fraction(c) > 1e-5 && claim.amount > (base[c] ?? 0) ? [c] : []))
    .sort(
      (a, b) => (claims[a]?.tier ?? 0) - (claims[b]?.tier ?? 0) || fraction(b) - fraction(a) || (level[a] ?? 0) - (level[b] ?? 0) || a - b,
    )
  const remainders: number[] = []
  for (const c of order) {
    const arc = graph.addArc(1 + pools.length + c, sink, 1)
    if (graph.augment(0, sink) > 0 && graph.flowOn(arc) > 0) remainders.push(c)
  }
  const taken = limitArcs.map((arcs) => Float64Array.from(arcs, (arc) => graph.flowOn(arc)))
  return {
    granted: Float64Array.from(taken, (row) => row.reduce((sum, amount) => sum + amount, 0)),
    taken,
    level,
    remainders,
    unused: Float64Array.from(pools, (amount, p) => amount - graph.flowOn(poolArc[p] ?? 0)),
  }
}
