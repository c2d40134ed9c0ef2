/** Plans for the classical benchmark families, each with a proven bound. */
import { type BudgetRequest, startBudget } from '../../anytime/budget.ts'
import { gapBetween, type Infeasible, infeasible, type Planned, type Proof } from '../../anytime/plan.ts'
import { assignmentBound, legAllowed } from '../bounds/assignment.ts'
import { forestBound } from '../bounds/forest.ts'
import { radialBound, treeBound } from '../bounds/radial.ts'
import { type SplitRoutes, splitBound } from '../bounds/splitBound.ts'
import { walkBound, walkLimits } from '../bounds/walkBound.ts'
import { mandatoryPrize } from '../core/compiled.ts'
import { search } from '../core/search.ts'
import { capacitySettings, type SearchSettings, type SplitSettings, splitSettings, windowSettings } from '../core/settings.ts'
import { type SplitCall, searchSplit } from '../core/split.ts'
import { type Classical, compileClassical } from './compile.ts'

/** Routes as lists of places (1..n), the depot left out. */
export type ClassicalRoutes = readonly (readonly number[])[]

export const wholeProof: Proof = {
  method: 'walks-forest-assignment-radial',
  zh: '下界：定价游走松弛（载量或时间受限，允许隔站回访）、K-森林拉格朗日松弛、指派松弛（剔除时间窗或容量不允许的路段）与按座位分摊的直达里程中的最大者',
  en: 'Bound: the largest of priced walks within capacity or windows (which may come back to a customer, but not at once), a Lagrangian forest, an assignment without the legs that windows or capacity forbid, and the direct journeys shared by capacity',
}

export const splitProof: Proof = {
  method: 'split-walks-radial-tree',
  zh: '下界：按单位定价的游走松弛（载量受限、可只装一部分、允许隔站回访）、按座位分摊的直达里程与最小生成树中的最大者',
  en: 'Bound: the largest of walks within capacity priced by the unit (which may carry a part, and come back to a customer, but not at once), the direct journeys shared by capacity, and the shortest spanning tree',
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
  const plan = result.routes.filter((route) => route.length > 0).map((route) => Array.from(route, (v) => v + 1))
  const bound = classicalBound(instance, plan, request)
  return {
    ok: true,
    plan,
    objective: result.cost,
    bound,
    gap: gapBetween(result.cost, bound),
    proof: wholeProof,
    seed,
    iterations: result.iterations,
    elapsed,
  }
}

/** Customers up to which the assignment bound is worth its n² legs. */
const assignmentLimit = 600

/** Legs dearer than any plan: they stand for legs that windows or capacity forbid. */
const forbidden = 1e8

/** The proof by walks may take this share of the seconds of the search. */
export const proofShare = 0.25

/** Proven lower bound for whole demands. @param routes a known plan @param request the limits of the search, which limit the proof too */
export function classicalBound(instance: Classical, routes: ClassicalRoutes, request: BudgetRequest<number>): number {
  const { clock, seconds } = request
  const limits = walkLimits(instance)
  let bound = simpleBound(instance, routes)
  for (const limit of limits) {
    if (bound >= costOf(instance, routes)) break
    const began = clock?.() ?? 0
    const enough = () => clock !== undefined && seconds !== undefined && clock() - began >= (proofShare * seconds) / limits.length
    bound = Math.max(bound, walkBound(instance, limit, { routes, enough }))
  }
  return bound
}

/** The bounds that take a moment only. */
export function simpleBound(instance: Classical, routes: ClassicalRoutes): number {
  const { places, matrix, demand, capacity, vehicles } = instance
  const total = demand.reduce((sum, amount) => sum + amount, 0)
  const fewestRoutes = Math.ceil(total / capacity)
  const cost = matrix.slice()
  for (let i = 1; i < places; i++)
    for (let j = 1; j < i; j++)
      if (!legAllowed(instance, i, j) && !legAllowed(instance, j, i)) cost[i * places + j] = cost[j * places + i] = forbidden
  const forest = forestBound({ places, cost, fewestRoutes, mostRoutes: vehicles }, costOf(instance, routes))
  const assigned = places <= assignmentLimit ? assignmentBound(instance, fewestRoutes) : undefined
  return Math.max(forest, assigned ?? 0, radialBound(places, matrix, demand, capacity))
}

/** Cost of routes by the matrix. */
export function costOf({ places, matrix }: Classical, routes: ClassicalRoutes): number {
  let cost = 0
  for (const route of routes) {
    let here = 0
    for (const place of [...route, 0]) {
      cost += matrix[here * places + place] as number
      here = place
    }
  }
  return cost
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
  const plan = result.routes.map((route) => route.map(({ customer, amount }) => ({ customer: customer + 1, amount })))
  const bound = provenSplit(instance, plan, result.cost, request)
  return {
    ok: true,
    plan,
    objective: result.cost,
    bound,
    gap: gapBetween(result.cost, bound),
    proof: splitProof,
    seed,
    iterations: result.iterations,
    elapsed,
  }
}

/** Proven lower bound for split demands. @param request the limits of the search, which limit the proof too */
export function provenSplit(instance: Classical, routes: SplitRoutes, cost: number, request: BudgetRequest<number>): number {
  const { places, matrix, demand, capacity } = instance
  const simple = Math.max(radialBound(places, matrix, demand, capacity), treeBound(places, matrix))
  if (simple >= cost) return simple
  const { clock, seconds } = request
  const began = clock?.() ?? 0
  const enough = () => clock !== undefined && seconds !== undefined && clock() - began >= proofShare * seconds
  return Math.max(simple, splitBound(instance, routes, enough))
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
