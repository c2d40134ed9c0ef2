import { SearchRandom } from '../../anytime/random.ts'
import type { SupplyDemand, SupplyLane, SupplyLot, SupplyProblem, TransportLimit } from '../supplies.ts'

export interface CityRequest {
  readonly counties: number
  readonly towns: number
  readonly items: number
  readonly days: number
  readonly seed: number
  /** Every county may also supply the towns of its neighbours, at a higher cost. */
  readonly neighbours: boolean
  /** Vehicles are limited; otherwise only stock is. */
  readonly limitedVehicles: boolean
}

/** A seeded city: county stores with stock, batches in transit and of short life, town needs in three tiers. */
export function citySupplies(request: CityRequest): SupplyProblem {
  const { counties, towns, items, days } = request
  const random = new SearchRandom(request.seed)
  const named = (zh: string, en: string, count: number) =>
    Array.from({ length: count }, (_, k) => ({ id: `${en}${k}`, name: { zh: `${zh}${k}`, en: `${en} ${k}` } }))
  const countyOf = (town: number) => Math.floor((town * counties) / towns)
  const lanes: SupplyLane[] = []
  const demands: SupplyDemand[] = []
  const need = new Float64Array(counties * items)
  const volume = Array.from({ length: items }, () => 1 + random.below(5))
  const load = new Float64Array(counties)
  for (let place = 0; place < towns; place++) {
    const county = countyOf(place)
    lanes.push({ source: county, place, cost: 1 + random.below(30) })
    if (request.neighbours) lanes.push({ source: (county + 1) % counties, place, cost: 40 + random.below(60) })
    for (let item = 0; item < items; item++) {
      const size = 20 + random.below(400)
      const tier = random.below(3)
      for (let period = 0; period < days; period++) {
        const amount = Math.round(size * (0.7 + 0.6 * random.unit()))
        demands.push({ item, place, period, amount, tier })
        need[county * items + item] = (need[county * items + item] ?? 0) + amount
        load[county] = (load[county] ?? 0) + amount * (volume[item] ?? 1)
      }
    }
  }
  const lots: SupplyLot[] = []
  for (let source = 0; source < counties; source++) {
    for (let item = 0; item < items; item++) {
      const total = (need[source * items + item] ?? 0) * (0.5 + 0.7 * random.unit())
      const part = (share: number) => Math.round(total * share)
      const id = `${source}-${item}`
      lots.push({ id: `${id}a`, item, source, amount: part(0.4), available: 0 })
      lots.push({ id: `${id}b`, item, source, amount: part(0.2), available: 0, lastUse: random.below(days) })
      lots.push({ id: `${id}c`, item, source, amount: part(0.4), available: Math.min(days - 1, 1 + random.below(3)) })
    }
  }
  const transport: TransportLimit[] = []
  if (request.limitedVehicles) {
    for (let source = 0; source < counties; source++) {
      for (let period = 0; period < days; period++) {
        transport.push({ source, period, volume: Math.round(((load[source] ?? 0) / days) * (0.5 + 0.6 * random.unit())) })
      }
    }
  }
  return {
    periods: days,
    items: named('物资', 'item', items).map((item, k) => ({ ...item, volume: volume[k] ?? 1 })),
    sources: named('县', 'county', counties),
    places: named('镇', 'town', towns),
    lots,
    lanes,
    demands,
    transport,
    holding: days,
  }
}
