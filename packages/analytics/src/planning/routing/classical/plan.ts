/** Plans for the classical benchmark families, each with a proven bound. */
import { type BudgetRequest, startBudget } from '../../anytime/budget.ts'
import { gapBetween, type Infeasible, infeasible, type Planned, type Proof } from '../../anytime/plan.ts'
import { assignmentBound, legAllowed } from '../bounds/assignment.ts'
import { forestBound } from '../bounds/forest.ts'
import { radialBound, treeBound } from '../bounds/radial.ts'
import { mandatoryPrize } from '../core/compiled.ts'
import { search } from '../core/search.ts'
import { capacitySettings, type SearchSettings, type SplitSettings, splitSettings, windowSettings } from '../core/settings.ts'
import { type SplitCall, searchSplit } from '../core/split.ts'
import { type Classical, compileClassical } from './compile.ts'

/** Routes as lists of places (1..n), the depot left out. */
export type ClassicalRoutes = readonly (readonly number[])[]

export const forestProof: Proof = {
  method: 'forest-assignment-radial',
  zh: '下界：K-森林拉格朗日松弛、指派松弛（剔除时间窗或容量不允许的路段）与按座位分摊的直达里程三者中的最大者',
  en: 'Bound: the largest of a Lagrangian forest, an assignment (both without the legs that windows or capacity forbid) and the direct journeys shared by capacity',
}

const splitProof: Proof = {
  method: 'radial-and-tree',
  zh: '下界：按座位分摊的直达里程与最小生成树两者中的较大者',
  en: 'Bound: the larger of the direct journeys shared by capacity and the shortest spanning tree',
}

/** Routes for whole demands, with or without time windows. Costs are those of the integer matrix. */
export function planClassical(
  instance: Classical,
  seed: number,
  request: BudgetRequest<number>,
  settings?: SearchSettings,
): Planned<ClassicalRoutes> {
  const short = tooSmallFleet(instance)
  if (short !== undefined) return short
  const budget = startBudget(request)
  const problem = compileClassical(instance)
  const chosen = settings ?? (problem.timed ? windowSettings : capacitySettings)
  const { onImprovement } = request
  const result = search({ problem, seed, budget, settings: chosen, ...(onImprovement ? { onBetter: onImprovement } : {}) })
  if (result.cost >= mandatoryPrize) return notPlaced(result.routes, problem.nodes)
  const elapsed = budget.elapsed()
  const bound = classicalBound(instance, result.cost)
  return {
    ok: true,
    plan: result.routes.filter((route) => route.length > 0).map((route) => Array.from(route, (v) => v + 1)),
    objective: result.cost,
    bound,
    gap: gapBetween(result.cost, bound),
    proof: forestProof,
    seed,
    iterations: result.iterations,
    elapsed,
  }
}

/** Customers up to which the assignment bound is worth its n² legs. */
const assignmentLimit = 600

/** Legs dearer than any plan: they stand for legs that windows or capacity forbid. */
const forbidden = 1e8

/** Proven lower bound for whole demands. */
export function classicalBound(instance: Classical, target: number): number {
  const { places, matrix, demand, capacity, vehicles } = instance
  const total = demand.reduce((sum, amount) => sum + amount, 0)
  const fewestRoutes = Math.ceil(total / capacity)
  const cost = matrix.slice()
  for (let i = 1; i < places; i++)
    for (let j = 1; j < i; j++)
      if (!legAllowed(instance, i, j) && !legAllowed(instance, j, i)) cost[i * places + j] = cost[j * places + i] = forbidden
  const forest = forestBound({ places, cost, fewestRoutes, mostRoutes: vehicles }, target)
  const assigned = places <= assignmentLimit ? assignmentBound(instance, fewestRoutes) : undefined
  return Math.max(forest, assigned ?? 0, radialBound(places, matrix, demand, capacity))
}

/** Routes for demands that may be split among vehicles. */
export function planSplit(
  instance: Classical,
  seed: number,
  request: BudgetRequest<number>,
  settings?: SplitSettings,
): Planned<readonly SplitCall[][]> {
  const short = tooSmallFleet(instance)
  if (short !== undefined) return short
  const budget = startBudget(request)
  const result = searchSplit(compileClassical(instance), seed, budget, settings ?? splitSettings)
  if (result === undefined) return notPlaced([], 0)
  const elapsed = budget.elapsed()
  const bound = Math.max(
    radialBound(instance.places, instance.matrix, instance.demand, instance.capacity),
    treeBound(instance.places, instance.matrix),
  )
  return {
    ok: true,
    plan: result.routes.map((route) => route.map(({ customer, amount }) => ({ customer: customer + 1, amount }))),
    objective: result.cost,
    bound,
    gap: gapBetween(result.cost, bound),
    proof: splitProof,
    seed,
    iterations: result.iterations,
    elapsed,
  }
}

function tooSmallFleet({ demand, capacity, vehicles }: Classical): Infeasible | undefined {
  const total = demand.reduce((sum, amount) => sum + amount, 0)
  if (total <= capacity * vehicles) return undefined
  return infeasible(
    'too-few-vehicles',
    `总需求 ${total} 超过 ${vehicles} 辆车的总容量 ${capacity * vehicles}`,
    `the demand of ${total} is more than ${vehicles} vehicles hold together, ${capacity * vehicles}`,
    [],
  )
}

function notPlaced(routes: readonly Int32Array[], nodes: number): Infeasible {
  const placed = new Set(routes.flatMap((route) => [...route]))
  const left = Array.from({ length: nodes }, (_, v) => v)
    .filter((v) => !placed.has(v))
    .map((v) => String(v + 1))
  return infeasible(
    'not-placed',
    `在给定时限内未能安排全部需求${left.length > 0 ? `：${left.join('、')}` : ''}，请增加车辆或延长计算时间`,
    `no plan for all demand was found in the time given${left.length > 0 ? `; not placed: ${left.join(', ')}` : ''}; add vehicles or search longer`,
    left,
  )
}
