import { demand } from '../../outcome.ts'

/** A word in both languages. */
export interface Name {
  readonly zh: string
  readonly en: string
}

export interface SupplyItem {
  readonly id: string
  readonly name: Name
  /** Room one unit takes in a vehicle, in whole transport units. */
  readonly volume: number
}

/** A store that gives or a place that needs. */
export interface SupplySite {
  readonly id: string
  readonly name: Name
}

/** Stock of one batch: in hand (`available` 0) or in transit (period of arrival). */
export interface SupplyLot {
  readonly id: string
  readonly item: number
  readonly source: number
  /** Whole units of the smallest unit. */
  readonly amount: number
  /** First period in which it can leave the store. */
  readonly available: number
  /** Last period in which it may be used; no limit when left out. */
  readonly lastUse?: number
}

/** A way from a store to a place. */
export interface SupplyLane {
  readonly source: number
  readonly place: number
  /** Whole cost units per transport unit. */
  readonly cost: number
  /** Periods on the road; 0 arrives in the period of departure. */
  readonly lead?: number
}

/** What a place needs of an item in a period. */
export interface SupplyDemand {
  readonly item: number
  readonly place: number
  readonly period: number
  readonly amount: number
  /** 0 comes first; a later tier gets only what cannot help an earlier one. */
  readonly tier: number
}

/** Most transport units that may leave a store in a period. */
export interface TransportLimit {
  readonly source: number
  readonly period: number
  readonly volume: number
}

export interface SupplyProblem {
  readonly periods: number
  readonly items: readonly SupplyItem[]
  readonly sources: readonly SupplySite[]
  readonly places: readonly SupplySite[]
  readonly lots: readonly SupplyLot[]
  readonly lanes: readonly SupplyLane[]
  readonly demands: readonly SupplyDemand[]
  readonly transport: readonly TransportLimit[]
  /** For how many periods a place may keep what came early; matters only where transport is limited. */
  readonly holding: number
}

/** A place's need of one item in one tier over all periods: the unit of fairness. */
export interface Claim {
  readonly place: number
  readonly item: number
  readonly tier: number
  readonly amount: number
  /** Indices into the demands. */
  readonly demands: readonly number[]
}

/** Groups demands into claims, in order of first appearance; demands of amount zero are left out. */
export function claimsOf(problem: SupplyProblem): Claim[] {
  const claims = new Map<string, { place: number; item: number; tier: number; amount: number; demands: number[] }>()
  problem.demands.forEach((need, d) => {
    if (need.amount === 0) return
    const key = `${need.place} ${need.item} ${need.tier}`
    const claim = claims.get(key)
    if (claim) {
      claim.amount += need.amount
      claim.demands.push(d)
    } else claims.set(key, { place: need.place, item: need.item, tier: need.tier, amount: need.amount, demands: [d] })
  })
  return [...claims.values()]
}

/** Thirty years of days: beyond that a period is a slip of the pen. */
const mostPeriods = 11_000

/** Throws an `InputError` that names the first row that does not fit. */
export function validateSupplies(problem: SupplyProblem): void {
  const { periods, items, sources, places } = problem
  const whole = (value: number) => Number.isSafeInteger(value) && value >= 0
  const below = (value: number, limit: number) => whole(value) && value < limit
  const check = (good: boolean, kind: Name, k: number) =>
    demand(
      good,
      'supply-row',
      `第 ${k + 1} 行${kind.zh}有误：编号须存在，数量须为非负整数（最小计量单位），时段须在计划期内。`,
      `Row ${k + 1} of the ${kind.en} is wrong: ids must exist, amounts be whole numbers of the smallest unit, periods lie within the plan.`,
    )
  check(whole(periods) && periods <= mostPeriods && whole(problem.holding), { zh: '计划期', en: 'plan settings' }, 0)
  items.forEach((item, k) => {
    check(whole(item.volume), { zh: '物资', en: 'items' }, k)
  })
  problem.lots.forEach((lot, k) => {
    const good = below(lot.item, items.length) && below(lot.source, sources.length) && whole(lot.amount) && whole(lot.available)
    check(good && (lot.lastUse === undefined || Number.isSafeInteger(lot.lastUse)), { zh: '批次', en: 'lots' }, k)
  })
  problem.lanes.forEach((lane, k) => {
    const good = below(lane.source, sources.length) && below(lane.place, places.length) && whole(lane.cost) && whole(lane.lead ?? 0)
    check(good, { zh: '线路', en: 'lanes' }, k)
  })
  problem.demands.forEach((need, k) => {
    const good = below(need.item, items.length) && below(need.place, places.length) && below(need.period, periods)
    check(good && whole(need.amount) && whole(need.tier), { zh: '需求', en: 'demands' }, k)
  })
  problem.transport.forEach((limit, k) => {
    check(
      below(limit.source, sources.length) && below(limit.period, periods) && whole(limit.volume),
      { zh: '运力', en: 'transport limits' },
      k,
    )
  })
}

/** What goes where: units of one lot that leave in one period to be used in another (or the same). */
export interface Shipment {
  readonly lot: number
  readonly place: number
  readonly departs: number
  readonly used: number
  readonly demand: number
  readonly amount: number
}
