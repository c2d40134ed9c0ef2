/**
 * Simulated annealing over ruin and recreate. Source: Christiaens & Vanden Berghe (2020), doi:10.1287/trsc.2019.0914.
 */
import type { Budget } from '../../anytime/budget.ts'
import { SearchRandom } from '../../anytime/random.ts'
import { Absences } from './absence.ts'
import type { Compiled } from './compiled.ts'
import { nearestStops } from './neighbours.ts'
import { Recreate } from './recreate.ts'
import { ruin } from './ruin.ts'
import type { SearchSettings } from './settings.ts'
import { RouteState } from './state.ts'

export interface SearchRequest {
  readonly problem: Compiled
  readonly seed: number
  readonly budget: Budget
  readonly settings: SearchSettings
  /** Stops of every slot to start from; what does not fit is inserted elsewhere. */
  readonly start?: readonly Int32Array[]
  /** First and last temperature in units of cost, for a search that is a stretch of a longer one. */
  readonly temperatures?: { readonly warm: number; readonly cold: number }
  /** Told the cost and the routes of every better plan. */
  readonly onBetter?: (cost: number, routes: () => Int32Array[]) => void
}

export interface SearchResult {
  /** Stops of every slot in order; unused slots are empty. */
  readonly routes: Int32Array[]
  /** Includes the prizes of the stops left out. */
  readonly cost: number
  readonly iterations: number
  /** Where the walk stood at the end, for a search that goes on from there. */
  readonly last: Int32Array[]
}

/** Steps between two looks at the clock. */
const stride = 64

/** Searches until the budget ends. At least the first plan is always built. */
export function search(request: SearchRequest): SearchResult {
  const { problem, seed, budget, settings, start, onBetter } = request
  const random = new SearchRandom(seed)
  const near = nearestStops(problem, settings.width)
  const state = new RouteState(problem)
  const recreate = new Recreate(state, near, random, settings.blink)
  const absences = new Absences(state)
  const ruined = new Uint8Array(problem.slots)
  if (start !== undefined) recreate.adopt(start)
  recreate.run()
  state.begin()
  let bestCost = state.cost
  const best = new Int32Array(state.next)
  const routes = () => routesOf(problem, best)
  const scale = typicalLeg(near.costTo, near.width, problem.nodes)
  const warm = request.temperatures?.warm ?? settings.warm * scale
  const ratio = (request.temperatures?.cold ?? settings.cold * scale) / warm
  let temperature = warm
  let iterations = 0
  for (;;) {
    if (iterations % stride === 0) {
      if (problem.nodes === 0 || budget.expired(iterations)) break
      temperature = warm * ratio ** budget.progress(iterations)
    }
    iterations++
    const before = state.cost
    const missing = absences.lacking ? absences.sum() : 0
    ruin(state, near, random, settings.ruin, ruined)
    recreate.run()
    const lacking = absences.lacking
    const turned = lacking && absences.sum() < missing
    if (lacking) absences.count()
    const better = state.cost < before - temperature * Math.log(random.unit() + 1e-12)
    if ((better || turned) && recreate.rulesHold()) {
      state.begin()
      if (state.cost < bestCost - 1e-6) {
        bestCost = state.cost
        best.set(state.next)
        onBetter?.(bestCost, routes)
      }
    } else state.undo()
  }
  return { routes: routes(), cost: bestCost, iterations, last: routesOf(problem, state.next) }
}

/** Mean cost to the ten nearest stops: the unit of temperature. At least 1, so that co-located stops still anneal. */
export function typicalLeg(costTo: Int32Array, width: number, nodes: number): number {
  const count = Math.min(10, width)
  let sum = 0
  for (let v = 0; v < nodes; v++) for (let k = 0; k < count; k++) sum += costTo[v * width + k] as number
  return Math.max(1, sum / Math.max(1, nodes * count))
}

function routesOf(problem: Compiled, next: Int32Array): Int32Array[] {
  return Array.from({ length: problem.slots }, (_, r) => {
    const stops: number[] = []
    for (let v = next[problem.nodes + r] as number; v < problem.nodes; v = next[v] as number) stops.push(v)
    return Int32Array.from(stops)
  })
}
