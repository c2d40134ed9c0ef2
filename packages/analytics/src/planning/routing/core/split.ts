/**
 * Split deliveries: a customer's demand may be carried by several vehicles. Strings are removed as for whole demands; a customer's
 * missing amount then goes to the cheapest single route, pair of routes, or greedy set of routes with enough room
 * (the k-split insertion of Boudia, Prins & Reghioui 2007 and of Silva, Subramanian & Ochi 2015, doi:10.1016/j.cor.2014.09.008).
 */
import type { Budget } from '../../anytime/budget.ts'
import { SearchRandom } from '../../anytime/random.ts'
import type { Board } from './board.ts'
import { type Compiled, mandatoryPrize } from './compiled.ts'
import { type Neighbours, nearestStops } from './neighbours.ts'
import { removeString } from './ruin.ts'
import { settle, typicalLeg } from './search.ts'
import type { SplitSettings } from './settings.ts'
import { SplitInsertion } from './splitInsertion.ts'
import { RouteState } from './state.ts'

/** One call of a vehicle: the customer and the amount carried from it. */
export interface SplitCall {
  readonly customer: number
  readonly amount: number
}

export interface SplitResult {
  readonly routes: SplitCall[][]
  readonly cost: number
  readonly iterations: number
}

/** Nodes that stand for calls on one customer: `calls` per customer, taken as needed. */
export interface CallPool {
  readonly calls: number
  readonly problem: Compiled
}

/** Widens a problem of whole demands to a pool of calls, some more for every customer than the largest demand needs vehicles. */
export function poolOfCalls(whole: Compiled): CallPool {
  const largest = whole.demand.reduce((most, amount) => Math.max(most, amount), 0)
  const calls = Math.ceil(largest / (whole.capacity[0] ?? 1)) + 3
  const nodes = whole.nodes * calls
  const spread = (values: Int32Array) => Int32Array.from({ length: nodes }, (_, v) => values[Math.floor(v / calls)] as number)
  const problem: Compiled = {
    ...whole,
    nodes,
    place: spread(whole.place),
    demand: new Int32Array(nodes),
    ready: spread(whole.ready),
    due: spread(whole.due),
    service: spread(whole.service),
    prize: new Float64Array(nodes),
  }
  return { calls, problem }
}

/** Orders of insertion tried for a first plan where the fleet is tight. */
const firstAttempts = 100

/**
 * Searches until the budget ends, alone or with others on a `board`; undefined where no first plan holds all demand. `whole` must have
 * one kind of vehicle, no time windows, and room for all demand.
 */
export function searchSplit(
  whole: Compiled,
  seed: number,
  budget: Budget,
  settings: SplitSettings,
  board?: Board,
): SplitResult | undefined {
  const { calls, problem } = poolOfCalls(whole)
  const random = new SearchRandom(seed)
  const near = nearestStops({ ...whole, prize: new Float64Array(whole.nodes).fill(mandatoryPrize) }, settings.width)
  const state = new RouteState(problem)
  state.absentCount = 0
  state.begin()
  const insertion = new SplitInsertion(state, whole, near, calls, random, settings.blink, settings.generous)
  const ruined = new Uint8Array(problem.slots)
  const first = () => {
    let complete = insertion.insertAll(whole.demand)
    for (let attempt = 0; attempt < firstAttempts && !complete; attempt++) {
      state.clear()
      state.absentCount = 0
      state.begin()
      complete = insertion.insertAll(whole.demand)
    }
    return complete
  }
  if (!(board === undefined ? first() : board.join(state, first))) return undefined
  state.begin()
  let bestCost = state.cost
  const best = new Int32Array(state.next)
  const bestAmount = new Int32Array(state.amount)
  const ratio = settings.cold / settings.warm
  const warm = settings.warm * typicalLeg(near.costTo, near.width, whole.nodes)
  let temperature = warm
  let iterations = 0
  for (;;) {
    if ((iterations & 127) === 0) {
      if (budget.expired(iterations)) break
      temperature = warm * ratio ** budget.progress(iterations)
    }
    iterations++
    board?.pull(state)
    const before = state.cost
    ruinCalls(state, whole.nodes, calls, near, random, settings, ruined)
    const placed = insertion.reinsert()
    const wanted = placed && state.cost < before - temperature * Math.log(random.unit() + 1e-12)
    if (!settle(state, wanted, board) || state.cost >= bestCost) continue
    bestCost = state.cost
    best.set(state.next)
    bestAmount.set(state.amount)
  }
  const routes = Array.from({ length: problem.slots }, (_, r) => {
    const route: SplitCall[] = []
    for (let v = best[problem.nodes + r] as number; v < problem.nodes; v = best[v] as number)
      route.push({ customer: Math.floor(v / calls), amount: bestAmount[v] as number })
    return route
  })
  return { routes: routes.filter((route) => route.length > 0), cost: bestCost, iterations }
}

function ruinCalls(
  state: RouteState,
  customers: number,
  calls: number,
  near: Neighbours,
  random: SearchRandom,
  settings: SplitSettings,
  ruined: Uint8Array,
): void {
  const { route, size, used } = state
  let served = 0
  for (let r = 0; r < size.length; r++) served += size[r] as number
  const longest = Math.min(settings.ruin.maxString, served / used)
  const most = (4 * settings.ruin.meanRemoved) / (1 + longest) - 1
  let strings = Math.floor(1 + random.unit() * most)
  const seed = random.below(customers)
  const marks: number[] = []
  let customer = seed
  for (let k = 0; strings > 0; k++) {
    const from = random.below(calls)
    for (let j = 0; j < calls && strings > 0; j++) {
      const v = customer * calls + ((from + j) % calls)
      const r = route[v] as number
      if (r < 0 || ruined[r] !== 0) continue
      const length = Math.floor(1 + random.unit() * Math.min(size[r] as number, longest))
      ruined[r] = 1
      marks.push(r)
      removeString(state, random, v, Math.min(length, size[r] as number), settings.ruin)
      strings--
    }
    if (k >= near.width) break
    customer = near.stops[seed * near.width + k] as number
  }
  for (const r of marks) ruined[r] = 0
  if (random.unit() >= settings.gather) return
  const removed = state.absentCount
  for (let k = 0; k < removed; k++) {
    const first = Math.floor((state.absent[k] as number) / calls) * calls
    for (let v = first; v < first + calls; v++) if ((route[v] as number) >= 0) state.removeChain(v, v)
  }
}
