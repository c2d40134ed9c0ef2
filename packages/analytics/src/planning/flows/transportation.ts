import { demand } from '../../outcome.ts'
import { demandFigure } from '../anytime/figures.ts'
import { gapBetween, infeasible, type Planned } from '../anytime/plan.ts'
import { marginalCosts } from './marginals.ts'
import type { FlowNetwork } from './network.ts'
import { minimumCostFlow } from './network-simplex.ts'
import type { Lane, TransportationEnd, TransportationProblem, Words } from './transportation-problem.ts'
import { unmetDemand } from './unmet-demand.ts'

/** What one unit more at a place is worth, with the sentence that says so. */
export interface MarginalValue extends Words {
  readonly id: string
  /** Cost units saved by one unit more (origins) or caused by one unit more of demand (destinations); undefined if impossible. */
  readonly value: number | undefined
}

export interface TransportationPlan {
  /** Units carried on each lane, parallel to the lanes given. */
  readonly carried: Float64Array
  /** Units that stay at each origin. */
  readonly unused: Float64Array
  /** Units missing at each destination. */
  readonly unmet: Float64Array
  /** Node prices of the optimum: origins, destinations, then the hub of what stays and what is missing. */
  readonly prices: Float64Array
  /** Worth of one unit more at each origin, exact. */
  readonly originValues: readonly MarginalValue[]
  /** Cost of one unit more of demand at each destination, exact. */
  readonly destinationCosts: readonly MarginalValue[]
}

/** @throws InputError unless a lane's cost is whole and its capacity a whole number or without limit */
function demandLane({ cost, capacity }: Lane, e: number): void {
  const who = { zh: `第 ${e + 1} 条线路`, en: `lane ${e + 1}` }
  demandFigure(cost, { whole: true }, who, { zh: '单位费用', en: 'its cost' })
  demandFigure(capacity, { least: 0, whole: true, endless: true }, who, { zh: '运力', en: 'its capacity' })
}

/** The network behind a transportation problem: origins, destinations, and a hub for what stays and what is missing. */
export function transportationNetwork(problem: TransportationProblem): FlowNetwork {
  const { origins, destinations, lanes, shortageCost } = problem
  const hub = origins.length + destinations.length
  const withShortage = shortageCost === undefined ? 0 : destinations.length
  const arcs = lanes.length + origins.length + withShortage
  const network: FlowNetwork = {
    nodes: hub + 1,
    source: new Int32Array(arcs),
    target: new Int32Array(arcs),
    lower: new Float64Array(arcs),
    capacity: new Float64Array(arcs).fill(Number.POSITIVE_INFINITY),
    cost: new Float64Array(arcs),
    supply: new Float64Array(hub + 1),
  }
  demandFigure(shortageCost, { least: 0, whole: true }, { zh: '缺货', en: 'shortage' }, { zh: '单位代价', en: 'its cost a unit' })
  let balance = 0
  for (const [k, end] of [...origins, ...destinations].entries()) {
    demand(
      Number.isSafeInteger(end.amount) && end.amount >= 0,
      'transportation-amount',
      `${end.name.zh}的数量须为非负整数（最小计量单位）。`,
      `The amount of ${end.name.en} must be a non-negative integer in the smallest unit.`,
    )
    const signed = k < origins.length ? end.amount : -end.amount
    network.supply[k] = signed
    balance += signed
  }
  network.supply[hub] = -balance
  lanes.forEach((lane, e) => {
    demand(
      origins[lane.origin] !== undefined && destinations[lane.destination] !== undefined,
      'transportation-lane',
      `第 ${e} 条线路的起点或终点不存在。`,
      `Lane ${e} names an origin or a destination that does not exist.`,
    )
    demandLane(lane, e)
    network.source[e] = lane.origin
    network.target[e] = origins.length + lane.destination
    network.cost[e] = lane.cost
    if (lane.capacity !== undefined) network.capacity[e] = lane.capacity
  })
  origins.forEach((_, k) => {
    network.source[lanes.length + k] = k
    network.target[lanes.length + k] = hub
  })
  for (let k = 0; k < withShortage; k++) {
    const e = lanes.length + origins.length + k
    network.source[e] = hub
    network.target[e] = origins.length + k
    network.cost[e] = shortageCost ?? 0
  }
  return network
}

/**
 * Cheapest way to carry what the origins hold to the destinations, with the worth of one unit more everywhere.
 * The plan is optimal: bound and objective are equal.
 * @returns the plan, or the smallest set of places whose demand cannot be met
 * @throws InputError for amounts that are no integers, or lanes to unknown places
 */
export function planTransportation(problem: TransportationProblem): Planned<TransportationPlan> {
  const { origins, destinations, lanes } = problem
  const network = transportationNetwork(problem)
  const hub = network.nodes - 1
  const result = minimumCostFlow(network)
  if (result.status !== 'optimal') return unmetDemand(problem) ?? infeasible(result.refusal.code, result.refusal.zh, result.refusal.en, [])
  const marginal = marginalCosts(network, result, hub)
  const stays = lanes.length + origins.length
  return {
    ok: true,
    plan: {
      carried: result.flow.slice(0, lanes.length),
      unused: result.flow.slice(lanes.length, stays),
      unmet: problem.shortageCost === undefined ? new Float64Array(destinations.length) : result.flow.slice(stays),
      prices: result.potential,
      originValues: origins.map((origin, k) => originValue(problem, origin, 0 - (marginal.toHub[k] ?? 0))),
      destinationCosts: destinations.map((end, k) => destinationCost(problem, end, marginal.fromHub[origins.length + k] ?? 0)),
    },
    objective: result.objective,
    bound: result.objective,
    gap: gapBetween(result.objective, result.objective),
    proof: {
      method: 'reduced-costs',
      zh: '网络单纯形法：所有可改进的线路的检验数均不为负，方案为最优。',
      en: 'Network simplex: no lane that could still change has a negative reduced cost, the plan is optimal.',
    },
    seed: 0,
    iterations: result.pivots,
    elapsed: 0,
  }
}

function originValue(problem: TransportationProblem, origin: TransportationEnd, value: number): MarginalValue {
  const { unit, costUnit } = problem
  const saves = value > 0
  return {
    id: origin.id,
    value,
    zh: saves ? `${origin.name.zh}再多一${unit.zh}，可省 ${value} ${costUnit.zh}。` : `${origin.name.zh}再多一${unit.zh}也不能节省费用。`,
    en: saves
      ? `One more ${unit.en} at ${origin.name.en} saves ${value} ${costUnit.en}.`
      : `One more ${unit.en} at ${origin.name.en} saves nothing.`,
  }
}

function destinationCost(problem: TransportationProblem, end: TransportationEnd, cost: number): MarginalValue {
  const { unit, costUnit } = problem
  if (!Number.isFinite(cost)) {
    return {
      id: end.id,
      value: undefined,
      zh: `${end.name.zh}再多要一${unit.zh}就无法满足。`,
      en: `One more ${unit.en} for ${end.name.en} could not be delivered.`,
    }
  }
  return {
    id: end.id,
    value: cost,
    zh: `${end.name.zh}再多要一${unit.zh}，费用${cost < 0 ? '减少' : '增加'} ${Math.abs(cost)} ${costUnit.zh}。`,
    en: `One more ${unit.en} for ${end.name.en} ${cost < 0 ? 'saves' : 'costs'} ${Math.abs(cost)} ${costUnit.en}${cost < 0 ? '' : ' more'}.`,
  }
}
