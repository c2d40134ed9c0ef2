/**
 * The smallest set of requests that the search could not place together: requests are taken away in ever smaller portions while the rest
 * still cannot be placed (a deletion filter; Chinneck & Dravnieks 1991, doi:10.1287/ijoc.3.2.157). Each request of the set can be left out
 * to make the others fit, as far as the searches tell.
 */
import { startBudget } from '../anytime/budget.ts'
import { type Infeasible, infeasible } from '../anytime/plan.ts'
import { compileRouting } from './compile.ts'
import { mandatoryPrize } from './core/compiled.ts'
import { search } from './core/search.ts'
import { windowSettings } from './core/settings.ts'
import type { RoutingProblem, TransportRequest } from './model.ts'

/** Steps of one trial search, and trials at most. */
const trialSteps = 300
const mostTrials = 80

/** Narrows down why these requests were not all placed. Not a proof: a longer search might place them. */
export function explainNotPlaced(problem: RoutingProblem, seed: number): Infeasible {
  let trials = 0
  const placeable = (requests: readonly TransportRequest[]) => {
    trials++
    const { problem: compiled } = compileRouting({ ...problem, requests }, undefined, 0)
    const result = search({ problem: compiled, seed, budget: startBudget({ iterations: trialSteps }), settings: windowSettings })
    return result.cost < mandatoryPrize
  }
  let left = problem.requests.filter(({ leavingCost }) => leavingCost === undefined)
  let portion = Math.ceil(left.length / 2)
  while (trials < mostTrials) {
    for (let from = 0; from < left.length && trials < mostTrials; ) {
      const rest = [...left.slice(0, from), ...left.slice(from + portion)]
      if (rest.length > 0 && !placeable(rest)) left = rest
      else from += portion
    }
    if (portion === 1) break
    portion = Math.ceil(portion / 2)
  }
  const ids = left.map(({ id }) => id)
  const people = left.reduce((sum, request) => sum + request.people, 0)
  return infeasible(
    'not-placed',
    `在给定时限内未能同时安排需求 ${ids.join('、')}（共 ${people} 人）。请增加车辆、放宽时间窗或延长计算时间`,
    `requests ${ids.join(', ')} (${people} people) could not be placed together in the time given; add coaches, widen windows or search longer`,
    ids,
  )
}
