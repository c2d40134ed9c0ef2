import type { Shipment, SupplyProblem } from './supplies.ts'

/** What an independent check of shipments found. */
export interface SupplyCheck {
  readonly valid: boolean
  readonly faults: readonly string[]
  /** Units delivered per demand, and units left per lot: amount = delivered + left for every lot. */
  readonly delivered: Float64Array
  readonly left: Float64Array
}

const faultsShown = 20

/**
 * Checks every shipment against the problem: whole amounts, lots not overdrawn and not before they arrive, nothing used
 * after its last day, a lane that arrives in time, holding, vehicle limits, no demand overfilled. Whether enough is sent, and to whom
 * first, is for `checkSupplyPlan`. Shares no code with the solver.
 */
export function checkSupplies(problem: SupplyProblem, shipments: readonly Shipment[]): SupplyCheck {
  const faults: string[] = []
  const fault = (text: string) => {
    if (faults.length < faultsShown) faults.push(text)
  }
  const left = Float64Array.from(problem.lots, (lot) => lot.amount)
  const delivered = new Float64Array(problem.demands.length)
  const load = new Map<string, number>()
  shipments.forEach((shipment, s) => {
    const lot = problem.lots[shipment.lot]
    const need = problem.demands[shipment.demand]
    if (!lot || !need) {
      fault(`shipment ${s} names an unknown lot or demand`)
      return
    }
    if (!Number.isSafeInteger(shipment.amount) || shipment.amount <= 0) fault(`shipment ${s} carries ${shipment.amount}`)
    if (lot.item !== need.item) fault(`shipment ${s} brings item ${lot.item} for item ${need.item}`)
    if (shipment.place !== need.place || shipment.used !== need.period) fault(`shipment ${s} does not fit demand ${shipment.demand}`)
    if (shipment.departs < lot.available) fault(`shipment ${s} leaves before lot ${lot.id} has arrived`)
    if (shipment.used > (lot.lastUse ?? Number.POSITIVE_INFINITY)) fault(`shipment ${s} is used after lot ${lot.id} has expired`)
    const early = problem.lanes
      .filter((lane) => lane.source === lot.source && lane.place === shipment.place)
      .map((lane) => shipment.used - shipment.departs - (lane.lead ?? 0))
    if (!early.some((periods) => periods >= 0 && periods <= problem.holding)) fault(`shipment ${s} has no lane that fits its days`)
    if (shipment.departs < 0) fault(`shipment ${s} leaves before the plan begins`)
    left[shipment.lot] = (left[shipment.lot] ?? 0) - shipment.amount
    delivered[shipment.demand] = (delivered[shipment.demand] ?? 0) + shipment.amount
    const key = `${lot.source} ${shipment.departs}`
    load.set(key, (load.get(key) ?? 0) + shipment.amount * (problem.items[lot.item]?.volume ?? 0))
  })
  left.forEach((rest, k) => {
    if (rest < 0) fault(`lot ${problem.lots[k]?.id} is overdrawn by ${-rest}`)
  })
  delivered.forEach((amount, d) => {
    if (amount > (problem.demands[d]?.amount ?? 0)) fault(`demand ${d} gets ${amount} of ${problem.demands[d]?.amount}`)
  })
  for (const limit of problem.transport) {
    const volume = load.get(`${limit.source} ${limit.period}`) ?? 0
    if (volume > limit.volume) fault(`source ${limit.source} sends ${volume} in period ${limit.period}, limit ${limit.volume}`)
  }
  return { valid: faults.length === 0, faults, delivered, left }
}
