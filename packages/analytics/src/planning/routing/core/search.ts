/**
 * Simulated annealing over ruin and recreate. Source: Christiaens & Vanden Berghe (2020), doi:10.1287/trsc.2019.0914.
 */
import type { Budget } from '../../anytime/budget.ts'
import { SearchRandom } from '../../anytime/random.ts'
import { Absences } from './absence.ts'
import type { Board } from './board.ts'
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
  /** The plan that this search changes together with others; its own where there is none. */
  readonly board?: Board
  /** Told the cost and the routes of every better plan. */
  readonly onBetter?: (cost: number, routes: () => Int32Array[]) => void
}

export interface SearchResult {
  /** Stops of every slot in order; unused slots are empty. */
  readonly routes: Int32Array[]
  /** Includes the prizes of the stops left out. */
  readonly cost: number
  readonly iterations: number
}

/** Steps between two looks at the clock. */
const stride = 64

/** Searches until the budget ends. At least the first plan is always built. */
export function search(request: SearchRequest): SearchResult {
  const { problem, seed, budget, settings, start, board, onBetter } = request
  const random = new SearchRandom(seed)
  const near = nearestStops(problem, settings.width)
  const state = new RouteState(problem)
  const recreate = new Recreate(state, near, random, settings.blink)
  const absences = new Absences(state)
  const ruined = new Uint8Array(problem.slots)
  const first = () => {
    if (start !== undefined) recreate.adopt(start)
    recreate.run()
    return true
  }
  if (board === undefined) first()
  else board.join(state, first)
  state.begin()
  let bestCost = state.cost
  const best = new Int32Array(state.next)
  const routes = () => routesOf(problem, best)
  const scale = typicalLeg(near.costTo, near.width, problem.nodes)
  const warm = settings.warm * scale
  const ratio = settings.cold / settings.warm
  let temperature = warm
  let iterations = 0
  for (;;) {
    if (iterations % stride === 0) {
      if (problem.nodes === 0 || budget.expired(iterations)) break
      temperature = warm * ratio ** budget.progress(iterations)
    }
    iterations++
    board?.pull(state)
    const before = state.cost
    const missing = absences.lacking ? absences.sum() : 0
    ruin(state, near, random, settings.ruin, ruined)
    recreate.run()
    const lacking = absences.lacking
    const turned = lacking && absences.sum() < missing
    if (lacking) absences.count()
    const better = state.cost < before - temperature * Math.log(random.unit() + 1e-12)
    const wanted = (better || turned) && recreate.rulesHold()
    if (!settle(state, wanted, board) || state.cost >= bestCost - 1e-6) continue
    bestCost = state.cost
    best.set(state.next)
    onBetter?.(bestCost, routes)
  }
  return { routes: routes(), cost: bestCost, iterations }
}

/** Keeps a change that is wanted and does not collide with what others did, takes back any other. @returns whether it stands */
export function settle(state: RouteState, wanted: boolean, board: Board | undefined): boolean {
  if (board !== undefined) return board.settle(state, wanted)
  if (wanted) state.begin()
  else state.undo()
  return wanted
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
