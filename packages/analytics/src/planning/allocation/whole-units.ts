import { minimumCostFlow } from '../flows/network-simplex.ts'
import type { DeliveryModel } from './delivery-model.ts'
import type { FillLevels } from './fill-levels.ts'
import type { Shipment, SupplyProblem } from './supplies.ts'

/** A claim that got one unit more than its exact share rounded down, and why. */
export interface Remainder {
  readonly claim: number
  /** The exact share in the fractional optimum. */
  readonly share: number
  readonly zh: string
  readonly en: string
}

export interface WholeUnits {
  readonly shipments: readonly Shipment[]
  /** Units each claim gets. */
  readonly granted: Float64Array
  readonly remainders: readonly Remainder[]
}

const wholeTolerance = 1e-5

/**
 * Turns the fractional optimum into whole units, item by item, by one minimum-cost flow each: lot → pool → option → claim.
 * Every claim first gets its share rounded down; the units left over go to the earlier tier, within a tier to the largest
 * fraction, then to the lower place number. Lots that run out first are used first. Vehicle room stays within the
 * fractional use, so no limit is broken.
 */
export function wholeUnits(problem: SupplyProblem, model: DeliveryModel, levels: FillLevels): WholeUnits {
  const granted = new Float64Array(model.claims.length)
  const shipments: Shipment[] = []
  const remainders: Remainder[] = []
  const limits = poolLimits(problem, model, levels)
  for (const item of new Set(model.claims.map((claim) => claim.item))) {
    roundItem(problem, model, levels, limits, item, granted, shipments, remainders)
  }
  return { shipments, granted, remainders }
}

/**
 * Most whole units of each pool: its fractional use rounded up where vehicles are free, rounded down where they are
 * limited; room that is left in a vehicle then lets the earliest tier and the largest fraction round up after all.
 */
function poolLimits(problem: SupplyProblem, model: DeliveryModel, levels: FillLevels): Float64Array {
  const used = new Float64Array(model.pools.length)
  const tier = new Float64Array(model.pools.length).fill(Number.POSITIVE_INFINITY)
  model.options.forEach((option, k) => {
    const amount = levels.delivered[k] ?? 0
    used[option.pool] = (used[option.pool] ?? 0) + amount
    if (amount > wholeTolerance) tier[option.pool] = Math.min(tier[option.pool] ?? 0, model.claims[option.claim]?.tier ?? 0)
  })
  const room = new Map(problem.transport.map((limit) => [`${limit.source} ${limit.period}`, limit.volume]))
  const volume = (p: number) => problem.items[model.pools[p]?.item ?? 0]?.volume ?? 0
  const key = (p: number) => `${model.pools[p]?.source} ${model.pools[p]?.departs}`
  const limits = used.map((amount, p) => {
    const left = room.get(key(p))
    if (left === undefined) return Math.ceil(amount - wholeTolerance)
    const whole = Math.floor(amount + wholeTolerance)
    room.set(key(p), left - whole * volume(p))
    return whole
  })
  const fraction = (p: number) => (used[p] ?? 0) - (limits[p] ?? 0)
  const order = Array.from(limits.keys())
    .filter((p) => fraction(p) > wholeTolerance)
    .sort((a, b) => (tier[a] ?? 0) - (tier[b] ?? 0) || fraction(b) - fraction(a) || a - b)
  for (const p of order) {
    const left = room.get(key(p)) ?? 0
    if (left < volume(p)) continue
    room.set(key(p), left - volume(p))
    limits[p] = (limits[p] ?? 0) + 1
  }
  return limits
}

function roundItem(
  problem: SupplyProblem,
  model: DeliveryModel,
  levels: FillLevels,
  limits: Float64Array,
  item: number,
  granted: Float64Array,
  shipments: Shipment[],
  remainders: Remainder[],
): void {
  const pools = model.pools.flatMap((pool, p) => (pool.item === item ? [p] : []))
  const options = model.options.flatMap((option, k) =>
    model.claims[option.claim]?.item === item && (levels.delivered[k] ?? 0) > wholeTolerance ? [k] : [],
  )
  const claims = model.claims.flatMap((claim, c) => (claim.item === item ? [c] : []))
  const lots = [...new Set(pools.flatMap((p) => model.pools[p]?.lots ?? []))]
  const graph = new ArcList()
  const lotNode = new Map(lots.map((k) => [k, graph.node()]))
  // A pool is two nodes with one arc, which carries the limit of the pool.
  const poolIn = new Map(pools.map((p) => [p, graph.node()]))
  const poolOut = new Map(pools.map((p) => [p, graph.node()]))
  const demandNode = new Map(claims.flatMap((c) => model.claims[c]?.demands ?? []).map((d) => [d, graph.node()]))
  const claimNode = new Map(claims.map((c) => [c, graph.node()]))
  const hub = graph.node()
  const byExpiry = [...lots].sort((a, b) => lastUse(problem, a) - lastUse(problem, b) || a - b)
  for (const k of lots) graph.arc(hub, lotNode.get(k) ?? 0, problem.lots[k]?.amount ?? 0, byExpiry.indexOf(k))
  const draws: { lot: number; pool: number; arc: number }[] = []
  for (const p of pools) {
    for (const lot of model.pools[p]?.lots ?? []) {
      draws.push({ lot, pool: p, arc: graph.arc(lotNode.get(lot) ?? 0, poolIn.get(p) ?? 0, Number.POSITIVE_INFINITY, 0) })
    }
    graph.arc(poolIn.get(p) ?? 0, poolOut.get(p) ?? 0, limits[p] ?? 0, 0)
  }
  const steep = lots.length + 1
  const carried = options.map((k) => {
    const option = model.options[k]
    // One unit of play lets a neighbouring day make good what a full vehicle could not take.
    const most = Math.ceil((levels.delivered[k] ?? 0) - wholeTolerance) + 1
    return { k, arc: graph.arc(poolOut.get(option?.pool ?? 0) ?? 0, demandNode.get(option?.demand ?? 0) ?? 0, most, 0) }
  })
  const tiers = 1 + Math.max(0, ...claims.map((c) => model.claims[c]?.tier ?? 0))
  const extra: { claim: number; share: number; arc: number }[] = []
  for (const c of claims) {
    for (const d of model.claims[c]?.demands ?? []) {
      graph.arc(demandNode.get(d) ?? 0, claimNode.get(c) ?? 0, problem.demands[d]?.amount ?? 0, 0)
    }
    const share = (levels.level[c] ?? 0) * (model.claims[c]?.amount ?? 0)
    const base = Math.floor(share + wholeTolerance)
    const fraction = Math.max(0, share - base)
    const rank = tiers - (model.claims[c]?.tier ?? 0)
    const gain = (wanted: number) => -steep * wanted
    graph.arc(claimNode.get(c) ?? 0, hub, base, gain(1000 * (tiers + rank + 1)))
    if (fraction > wholeTolerance) {
      extra.push({ claim: c, share, arc: graph.arc(claimNode.get(c) ?? 0, hub, 1, gain(1000 * rank + Math.round(900 * fraction))) })
    }
  }
  const result = minimumCostFlow(graph.network())
  // A circulation with all lower bounds zero and bounded cycles always has an optimum.
  if (result.status !== 'optimal') throw new Error(`rounding ended ${result.status}`)
  const { flow } = result
  for (const { claim, share, arc } of extra) {
    if ((flow[arc] ?? 0) > 0) remainders.push({ claim, share, ...remainderWords(problem, model, claim, share) })
  }
  const stock = new Map<number, { lot: number; left: number }[]>()
  for (const { lot, pool, arc } of draws) {
    const left = flow[arc] ?? 0
    if (left === 0) continue
    const list = stock.get(pool)
    if (list) list.push({ lot, left })
    else stock.set(pool, [{ lot, left }])
  }
  for (const list of stock.values()) list.sort((a, b) => lastUse(problem, a.lot) - lastUse(problem, b.lot) || a.lot - b.lot)
  for (const { k, arc } of carried) {
    const option = model.options[k]
    let open = flow[arc] ?? 0
    if (!option || open === 0) continue
    granted[option.claim] = (granted[option.claim] ?? 0) + open
    for (const draw of stock.get(option.pool) ?? []) {
      const amount = Math.min(open, draw.left)
      if (amount === 0) continue
      draw.left -= amount
      open -= amount
      shipments.push({
        lot: draw.lot,
        place: model.claims[option.claim]?.place ?? 0,
        departs: option.departs,
        used: model.pools[option.pool]?.used ?? 0,
        demand: option.demand,
        amount,
      })
    }
  }
}

function lastUse(problem: SupplyProblem, lot: number): number {
  return problem.lots[lot]?.lastUse ?? Number.MAX_SAFE_INTEGER
}

function remainderWords(problem: SupplyProblem, model: DeliveryModel, c: number, share: number): { zh: string; en: string } {
  const claim = model.claims[c]
  const place = problem.places[claim?.place ?? 0]?.name
  const item = problem.items[claim?.item ?? 0]?.name
  const exact = share.toFixed(2)
  return {
    zh: `${place?.zh ?? ''}的${item?.zh ?? ''}按比例应得 ${exact}，尾数按层级和小数大小分配，多得 1 件。`,
    en: `${place?.en ?? ''} has an exact share of ${exact} ${item?.en ?? ''}; left-over units go by tier and largest fraction, it gets one more.`,
  }
}

/** Arcs of a circulation collected one by one. */
class ArcList {
  private count = 0
  private readonly from: number[] = []
  private readonly to: number[] = []
  private readonly most: number[] = []
  private readonly price: number[] = []

  node(): number {
    return this.count++
  }

  arc(from: number, to: number, capacity: number, cost: number): number {
    this.from.push(from)
    this.to.push(to)
    this.most.push(capacity)
    this.price.push(cost)
    return this.from.length - 1
  }

  network() {
    return {
      nodes: this.count,
      source: Int32Array.from(this.from),
      target: Int32Array.from(this.to),
      lower: new Float64Array(this.from.length),
      capacity: Float64Array.from(this.most),
      cost: Float64Array.from(this.price),
      supply: new Float64Array(this.count),
    }
  }
}
