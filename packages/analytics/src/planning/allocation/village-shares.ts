import { InputError } from '../../outcome.ts'
import { fairShares, type ShareClaim } from './fair-shares.ts'
import type { Shipment, SupplyProblem } from './supplies.ts'

/** Shares of one town in several items: the units that reach the town per item and period, and what its villages need. */
export interface TownSupply {
  readonly town: string
  readonly item: string
  /** Units that can be used in each period. */
  readonly available: readonly number[]
  readonly villages: readonly { readonly id: string; readonly tier: number; readonly needs: readonly number[] }[]
}

export interface VillageShare {
  readonly village: string
  /** Units per period. */
  readonly granted: Float64Array
  readonly level: number
  /** Got one of the left-over units of its town. */
  readonly remainder: boolean
}

/**
 * Hands on what has reached the towns to their villages, each town and item on its own: the second step of the county plan.
 * Over all periods the poorest village is filled as far as it goes, then the next.
 * @throws InputError when a village's needs do not cover the same periods as the town's stock
 */
export function shareAmongVillages(supplies: readonly TownSupply[]): VillageShare[][] {
  return supplies.map((supply) => {
    const claims = supply.villages.map((village): ShareClaim => {
      if (village.needs.length !== supply.available.length) {
        throw new InputError({
          code: 'shares-periods',
          zh: `${supply.town}下属“${village.id}”的需求与到货的天数不一致。`,
          en: `The needs of "${village.id}" in ${supply.town} cover other periods than the deliveries.`,
        })
      }
      return {
        id: village.id,
        tier: village.tier,
        amount: village.needs.reduce((sum, need) => sum + need, 0),
        limits: village.needs.map((limit, pool) => ({ pool, limit })),
      }
    })
    const shares = fairShares(supply.available, claims)
    const lucky = new Set(shares.remainders)
    return supply.villages.map((village, v) => ({
      village: village.id,
      granted: shares.taken[v] ?? new Float64Array(supply.available.length),
      level: shares.level[v] ?? 0,
      remainder: lucky.has(v),
    }))
  })
}

/** A village and its needs: units per item and period. */
export interface Village {
  readonly id: string
  /** Its town: index among the places of the county plan. */
  readonly place: number
  readonly tier: number
  readonly needs: readonly (readonly number[])[]
}

/** What the county plan brings to each town, beside the villages that share it; the link between the two steps. */
export function townSupplies(problem: SupplyProblem, shipments: readonly Shipment[], villages: readonly Village[]): TownSupply[] {
  const none = () => new Array<number>(problem.periods).fill(0)
  const arrivals = new Map<string, number[]>()
  for (const shipment of shipments) {
    const key = `${shipment.place} ${problem.lots[shipment.lot]?.item}`
    const row = arrivals.get(key) ?? none()
    row[shipment.used] = (row[shipment.used] ?? 0) + shipment.amount
    arrivals.set(key, row)
  }
  const byTown = new Map<number, Village[]>()
  for (const village of villages) {
    const list = byTown.get(village.place)
    if (list) list.push(village)
    else byTown.set(village.place, [village])
  }
  return [...byTown].flatMap(([place, list]) =>
    problem.items.map((item, k) => ({
      town: problem.places[place]?.id ?? String(place),
      item: item.id,
      available: arrivals.get(`${place} ${k}`) ?? none(),
      villages: list.map((village) => ({ id: village.id, tier: village.tier, needs: village.needs[k] ?? none() })),
    })),
  )
}

/**
 * Checks shares against what the town has: whole units, nobody above need, no day overdrawn, and no unit kept back that a
 * village could still use that day. Gives the faults found; shares no code with the planner.
 */
export function checkVillageShares(supply: TownSupply, shares: readonly VillageShare[]): string[] {
  const faults: string[] = []
  const left = [...supply.available]
  supply.villages.forEach((village, v) => {
    village.needs.forEach((need, period) => {
      const got = shares[v]?.granted[period] ?? Number.NaN
      if (!Number.isSafeInteger(got) || got < 0 || got > need) faults.push(`${village.id} gets ${got} of ${need} on day ${period}`)
      left[period] = (left[period] ?? 0) - got
    })
  })
  left.forEach((rest, period) => {
    if (rest < 0) faults.push(`${supply.town} hands out ${-rest} more than it has on day ${period}`)
    const open = supply.villages.reduce((sum, village, v) => sum + (village.needs[period] ?? 0) - (shares[v]?.granted[period] ?? 0), 0)
    if (rest > 0 && open > 0) faults.push(`${supply.town} keeps ${rest} on day ${period} while ${open} are missing`)
  })
  return faults
}
