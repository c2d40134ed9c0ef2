/** Rounds of visits: the door of the visits engine. */
import { type Budget, type BudgetRequest, startBudget } from '../anytime/budget.ts'
import { costRange, demandFigure } from '../anytime/figures.ts'
import { gapBetween, type Infeasible, infeasible, type Planned } from '../anytime/plan.ts'
import { fastestFrom } from '../distances/fastest-ways.ts'
import { placeIndex } from '../distances/matrix.ts'
import { mandatoryPrize } from '../routing/core/compiled.ts'
import { search } from '../routing/core/search.ts'
import { type SearchSettings, windowSettings } from '../routing/core/settings.ts'
import { visitsBound, visitsProof } from './bound.ts'
import { checkVisits, compileVisits } from './compile.ts'
import { type HouseholdVisit, travelSeconds, type VisitRound, type VisitsPlan, type VisitsProblem, type VisitWorker } from './model.ts'

export interface VisitsOptions {
  readonly seed: number
  readonly budget: BudgetRequest<number>
}

export interface ReplanOptions extends VisitsOptions {
  /** Cost of each visit that changes its worker, in metres. The larger, the less is moved. */
  readonly changeCost: number
}

/** Few neighbours: days have some hundred visits, and answers are wanted in tenths of a second. */
const daySettings: SearchSettings = { ...windowSettings, width: 40 }
const repairSettings: SearchSettings = { ...daySettings, width: 20, warm: 0.2, cold: 0.01 }

/**
 * Plans one day. The objective is metres times their cost plus the cost of visits put off.
 *
 * @throws InputError when the input makes no sense
 */
export function planVisits(problem: VisitsProblem, options: VisitsOptions): Planned<VisitsPlan> {
  // The budget counts from the call on: reading the problem is part of the wait.
  const budget = startBudget(options.budget)
  checkVisits(problem)
  return impossible(problem) ?? solve(problem, options, undefined, 0, budget)
}

/**
 * Plans again after workers fell out, fell ill or came in late: give the problem as it is now (without them, shifts cut to what is left).
 * Visits stay with their workers unless moving one pays more than `changeCost`.
 */
export function replanVisits(problem: VisitsProblem, previous: VisitsPlan, options: ReplanOptions): Planned<VisitsPlan> {
  const budget = startBudget(options.budget)
  checkVisits(problem)
  demandFigure(options.changeCost, costRange, { zh: '改派', en: 'changes' }, { zh: '改派代价', en: 'the cost of a change' })
  return impossible(problem) ?? solve(problem, options, previous, options.changeCost, budget)
}

function solve(
  problem: VisitsProblem,
  options: VisitsOptions,
  previous: VisitsPlan | undefined,
  changeCost: number,
  budget: Budget,
): Planned<VisitsPlan> {
  const compiled = compileVisits(problem, previous, changeCost)
  const { onImprovement } = options.budget
  const result = search({
    problem: compiled.problem,
    seed: options.seed,
    budget,
    settings: previous === undefined ? daySettings : repairSettings,
    ...(previous === undefined ? {} : { start: compiled.start }),
    ...(onImprovement ? { onBetter: (cost: number) => cost < mandatoryPrize && onImprovement(cost) } : {}),
  })
  const made = new Set(result.routes.flatMap((route) => [...route]))
  const left = problem.visits.filter((_, v) => !made.has(v))
  const missed = left.filter(({ leavingCost }) => leavingCost === undefined).map(({ id }) => id)
  if (missed.length > 0) {
    return infeasible(
      'visit-not-placed',
      `在给定时限内未能安排必访户：${missed.join('、')}。请增派人员、放宽时间窗或允许推迟`,
      `no place was found in the time given for visits that must be made: ${missed.join(', ')}; add workers, widen windows or let them be put off`,
      missed,
    )
  }
  const rounds = result.routes.flatMap((stops, r) => {
    const worker = problem.workers[r]
    return worker === undefined || stops.length === 0 ? [] : [describe(problem, worker, stops)]
  })
  const before = new Map(previous?.rounds.flatMap(({ worker, visits }) => visits.map(({ visit }) => [visit, worker] as const)))
  const atWork = new Set(problem.workers.map(({ id }) => id))
  const moved = rounds.flatMap(({ worker, visits }) =>
    visits.flatMap(({ visit }) => {
      const old = before.get(visit)
      return old !== undefined && old !== worker && atWork.has(old) ? [visit] : []
    }),
  )
  // Summed anew from the plan: the search adds up differences, which drift.
  const rateOf = new Map(problem.workers.map(({ id, costPerMetre }) => [id, costPerMetre ?? 1]))
  const objective =
    rounds.reduce((sum, { worker, metres }) => sum + metres * (rateOf.get(worker) ?? 1), 0) +
    left.reduce((sum, { leavingCost }) => sum + (leavingCost ?? 0), 0) +
    moved.length * changeCost
  const bound = visitsBound(problem, objective, previous === undefined)
  return {
    ok: true,
    plan: { rounds, putOff: [...left].sort((a, b) => (b.leavingCost ?? 0) - (a.leavingCost ?? 0)).map(({ id }) => id), moved },
    objective,
    bound,
    gap: gapBetween(objective, bound),
    proof: visitsProof,
    seed: options.seed,
    iterations: result.iterations,
    elapsed: budget.elapsed(),
  }
}

function describe({ matrix, visits }: VisitsProblem, worker: VisitWorker, stops: Int32Array): VisitRound {
  const index = placeIndex(matrix)
  const size = matrix.places.length
  let here = index.get(worker.start) as number
  const first = visits[stops[0] as number] as HouseholdVisit
  const wayOut = travelSeconds(matrix, worker, here, index.get(first.place) as number)
  // Leave as late as the first visit allows.
  const depart = Math.max(worker.shift.from, (first.window?.from ?? 0) - wayOut)
  let clock = depart
  let metres = 0
  const go = (place: string) => {
    const there = index.get(place) as number
    metres += matrix.distance[here * size + there] as number
    clock += travelSeconds(matrix, worker, here, there)
    here = there
  }
  const planned = Array.from(stops, (v) => {
    const visit = visits[v] as HouseholdVisit
    go(visit.place)
    const arrive = clock
    const begin = Math.max(arrive, visit.window?.from ?? 0)
    clock = begin + visit.serviceSeconds
    return { visit: visit.id, place: visit.place, arrive, begin, leave: clock }
  })
  if (worker.end !== undefined) go(worker.end)
  return { worker: worker.id, visits: planned, depart, arrive: clock, metres }
}

/** Proofs that a visit that must be made cannot be, or that all of them together exceed the shifts. */
function impossible(problem: VisitsProblem): Infeasible | undefined {
  const { matrix, visits, workers } = problem
  const index = placeIndex(matrix)
  const size = matrix.places.length
  const mandatory = visits.filter(({ leavingCost }) => leavingCost === undefined)
  const fits = (visit: HouseholdVisit, worker: VisitWorker, seconds: (from: number, to: number) => number) => {
    const at = index.get(visit.place) as number
    const begin = Math.max(worker.shift.from + seconds(index.get(worker.start) as number, at), visit.window?.from ?? 0)
    const back = worker.end === undefined ? 0 : seconds(at, index.get(worker.end) as number)
    return begin <= (visit.window?.until ?? Infinity) && begin + visit.serviceSeconds + back <= worker.shift.until
  }
  for (const visit of mandatory) {
    const skilled = workers.filter(({ skills }) => (visit.needs ?? []).every((need) => skills?.includes(need)))
    if (skilled.length === 0) {
      const needs = (visit.needs ?? []).join('、')
      return infeasible(
        'no-skilled-worker',
        `${visit.id}：无人具备所需技能（${needs}）`,
        `visit ${visit.id}: nobody has the skills it needs (${needs})`,
        [visit.id],
      )
    }
    const reachable = skilled.some((worker) => {
      // The direct ways first; a proof goes by the fastest ways over all places, for a stop in between may be quicker.
      if (fits(visit, worker, (from, to) => travelSeconds(matrix, worker, from, to))) return true
      return fits(visit, worker, (from, to) => fastestFrom(from, size, (a, b) => travelSeconds(matrix, worker, a, b))[to] as number)
    })
    if (!reachable)
      return infeasible(
        'out-of-reach',
        `${visit.id}：时间窗和班次内无人能到`,
        `visit ${visit.id}: nobody can be there within its window and a shift`,
        [visit.id],
      )
  }
  const needed = mandatory.reduce((sum, { serviceSeconds }) => sum + serviceSeconds, 0)
  const hours = workers.reduce((sum, { shift }) => sum + shift.until - shift.from, 0)
  if (needed <= hours) return undefined
  const inHours = (seconds: number) => (seconds / 3600).toFixed(1)
  return infeasible(
    'too-few-hours',
    `必访户共需 ${inHours(needed)} 小时，全部班次只有 ${inHours(hours)} 小时`,
    `visits that must be made need ${inHours(needed)} hours, all shifts have ${inHours(hours)}`,
    mandatory.map(({ id }) => id),
  )
}
