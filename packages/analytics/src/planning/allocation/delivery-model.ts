import { type LinearProgram, ProgramBuilder } from './linear-program.ts'
import type { Claim, SupplyProblem } from './supplies.ts'

/** One way to serve a demand: over a lane, leaving in a period. */
export interface DeliveryOption {
  readonly lane: number
  readonly demand: number
  readonly claim: number
  readonly departs: number
  /** The pool of stock it draws from. */
  readonly pool: number
}

/** Stock of a store that leaves in one period for use in another; lots feed it while they are there and in date. */
export interface Pool {
  readonly source: number
  readonly item: number
  readonly departs: number
  readonly used: number
  readonly lots: readonly number[]
}

/** The ways in which a part of the problem can be served, without figures of a solver. */
export interface DeliveryModel {
  readonly claims: readonly Claim[]
  readonly options: readonly DeliveryOption[]
  readonly pools: readonly Pool[]
}

/** A delivery model as a linear program, and where its rows and columns are. */
export interface DeliveryProgram {
  readonly program: LinearProgram
  /** Column of the common fill rate. */
  readonly level: number
  /** First row of the claims; row of each lot and of each transport limit that has one, by index in the problem. */
  readonly claimRow: number
  readonly lotRow: ReadonlyMap<number, number>
  readonly transportRow: ReadonlyMap<number, number>
}

/** Lists every pool and option that lots, lanes, shelf life and holding allow. */
export function deliveryModel(problem: SupplyProblem, claims: readonly Claim[]): DeliveryModel {
  const lanesTo: number[][] = problem.places.map(() => [])
  problem.lanes.forEach((lane, k) => {
    lanesTo[lane.place]?.push(k)
  })
  const lotsAt = new Map<string, number[]>()
  problem.lots.forEach((lot, k) => {
    const key = `${lot.source} ${lot.item}`
    const list = lotsAt.get(key)
    if (list) list.push(k)
    else lotsAt.set(key, [k])
  })
  const limited = new Set(problem.transport.map((limit) => limit.source))
  const pools: Pool[] = []
  const poolIndex = new Map<string, number>()
  const poolFor = (source: number, item: number, departs: number, used: number): number => {
    const key = `${source} ${item} ${departs} ${used}`
    const known = poolIndex.get(key)
    if (known !== undefined) return known
    const lots = (lotsAt.get(`${source} ${item}`) ?? []).filter((k) => {
      const lot = problem.lots[k]
      return lot !== undefined && lot.amount > 0 && lot.available <= departs && (lot.lastUse ?? Number.POSITIVE_INFINITY) >= used
    })
    const index = lots.length === 0 ? -1 : pools.push({ source, item, departs, used, lots }) - 1
    poolIndex.set(key, index)
    return index
  }
  const options: DeliveryOption[] = []
  claims.forEach((claim, c) => {
    for (const d of claim.demands) {
      const used = problem.demands[d]?.period ?? 0
      for (const k of lanesTo[claim.place] ?? []) {
        const lane = problem.lanes[k]
        if (!lane) continue
        const latest = used - (lane.lead ?? 0)
        // Without a transport limit leaving as late as possible is never worse.
        const earliest = limited.has(lane.source) ? Math.max(0, latest - problem.holding) : latest
        for (let departs = latest; departs >= Math.max(0, earliest); departs--) {
          const pool = poolFor(lane.source, claim.item, departs, used)
          if (pool >= 0) options.push({ lane: k, demand: d, claim: c, departs, pool })
        }
      }
    }
  })
  return { claims, options, pools }
}

/**
 * Rows: demand ≤ amount; deliveries of a pool = draws of its lots; lot ≤ amount; vehicle room ≤ limit; claim ≥ level × amount.
 * Claims start with no level; the caller switches them on and off.
 */
export function deliveryProgram(problem: SupplyProblem, model: DeliveryModel): DeliveryProgram {
  const builder = new ProgramBuilder()
  const infinity = Number.POSITIVE_INFINITY
  const demandRow = new Map<number, number>()
  for (const claim of model.claims) {
    for (const d of claim.demands) demandRow.set(d, builder.addRow(-infinity, problem.demands[d]?.amount ?? 0))
  }
  const poolRow = model.pools.map(() => builder.addRow(0, 0))
  const lotRow = new Map<number, number>()
  for (const k of new Set(model.pools.flatMap((pool) => pool.lots))) {
    lotRow.set(k, builder.addRow(-infinity, problem.lots[k]?.amount ?? 0))
  }
  const limitRow = new Map<string, number>()
  const transportRow = new Map<number, number>()
  const sources = new Set(model.pools.map((pool) => pool.source))
  problem.transport.forEach((limit, k) => {
    if (!sources.has(limit.source)) return
    const row = builder.addRow(-infinity, limit.volume)
    transportRow.set(k, row)
    limitRow.set(`${limit.source} ${limit.period}`, row)
  })
  let claimRow = -1
  for (const _ of model.claims) {
    const row = builder.addRow(0, infinity)
    if (claimRow < 0) claimRow = row
  }
  for (const option of model.options) {
    const lane = problem.lanes[option.lane]
    const need = problem.demands[option.demand]
    const volume = problem.items[need?.item ?? 0]?.volume ?? 0
    const entries: [number, number][] = [
      [demandRow.get(option.demand) ?? 0, 1],
      [poolRow[option.pool] ?? 0, 1],
      [claimRow + option.claim, 1],
    ]
    const row = limitRow.get(`${lane?.source} ${option.departs}`)
    if (row !== undefined && volume > 0) entries.push([row, volume])
    builder.addColumn(0, infinity, entries)
  }
  model.pools.forEach((pool, p) => {
    for (const k of pool.lots) {
      builder.addColumn(0, infinity, [
        [poolRow[p] ?? 0, -1],
        [lotRow.get(k) ?? 0, 1],
      ])
    }
  })
  const level = builder.addColumn(0, 1, [])
  return { program: builder.build(), level, claimRow, lotRow, transportRow }
}

/** How many options a model would have at most, counted without building it. */
export function countOptions(problem: SupplyProblem): number {
  const limited = new Set(problem.transport.map((limit) => limit.source))
  const perPlace = new Float64Array(problem.places.length)
  for (const lane of problem.lanes)
    perPlace[lane.place] = (perPlace[lane.place] ?? 0) + (limited.has(lane.source) ? 1 + problem.holding : 1)
  return problem.demands.reduce((sum, need) => sum + (perPlace[need.place] ?? 0), 0)
}

/** Bytes a solver needs for a program of this size, on the high side: 150 MB were seen at 67,200 options, this says 177. */
export function programBytes(problem: SupplyProblem, model: DeliveryModel): number {
  const draws = model.pools.reduce((sum, pool) => sum + pool.lots.length, 0)
  const columns = model.options.length + draws
  const needs = model.claims.reduce((sum, claim) => sum + claim.demands.length, 0)
  const rows = model.claims.length + needs + model.pools.length + problem.lots.length + problem.transport.length
  const entries = 4 * model.options.length + 2 * draws
  return 1200 * columns + 1200 * rows + 300 * entries
}

/** A part of a model that shares neither stock nor vehicles with the rest. */
export interface ModelPart {
  readonly model: DeliveryModel
  /** Index of each claim of the part in the whole model. */
  readonly claims: readonly number[]
}

/** Splits a model into parts that can be solved one by one with the same result. */
export function independentParts(problem: SupplyProblem, model: DeliveryModel): ModelPart[] {
  const limited = new Set(problem.transport.map((limit) => limit.source))
  const leader = Array.from({ length: model.claims.length }, (_, c) => c)
  const find = (c: number): number => {
    let x = c
    while (leader[x] !== x) x = leader[x] ?? x
    leader[c] = x
    return x
  }
  const owner = new Map<string, number>()
  for (const option of model.options) {
    const pool = model.pools[option.pool]
    if (!pool) continue
    const key = limited.has(pool.source) ? `${pool.source}` : `${pool.source} ${pool.item}`
    const other = owner.get(key)
    if (other === undefined) owner.set(key, option.claim)
    else leader[find(option.claim)] = find(other)
  }
  const members = new Map<number, number[]>()
  model.claims.forEach((_, c) => {
    const list = members.get(find(c))
    if (list) list.push(c)
    else members.set(find(c), [c])
  })
  const options = new Map<number, DeliveryOption[]>()
  for (const option of model.options) {
    const list = options.get(find(option.claim))
    if (list) list.push(option)
    else options.set(find(option.claim), [option])
  }
  return [...members].map(([head, claims]) => {
    const mine = options.get(head) ?? []
    const place = new Map(claims.map((c, k) => [c, k]))
    const used = [...new Set(mine.map((option) => option.pool))]
    const pool = new Map(used.map((p, k) => [p, k]))
    return {
      claims,
      model: {
        claims: claims.flatMap((c) => model.claims[c] ?? []),
        pools: used.flatMap((p) => model.pools[p] ?? []),
        options: mine.map((option) => ({ ...option, claim: place.get(option.claim) ?? 0, pool: pool.get(option.pool) ?? 0 })),
      },
    }
  })
}
