/** Coaches for groups of people: the door of the routing engine. */
import { type BudgetRequest, startBudget } from '../anytime/budget.ts'
import { gapBetween, type Planned } from '../anytime/plan.ts'
import { transportBound, transportProof } from './bounds/transport.ts'
import { type CompiledRouting, compileRouting } from './compile.ts'
import { explainNotPlaced } from './conflict.ts'
import { Board } from './core/board.ts'
import { type BoardMemory, boardMemory } from './core/boardMemory.ts'
import { mandatoryPrize } from './core/compiled.ts'
import { search } from './core/search.ts'
import { windowSettings } from './core/settings.ts'
import { SharedBudget } from './core/sharedBudget.ts'
import { timetable } from './driverHours.ts'
import { provenInfeasible } from './feasibility.ts'
import { checkChangeCost, checkInput } from './input.ts'
import { type CoachKind, type LeftBehind, type PlannedCoach, type RoutingPlan, type RoutingProblem, usableSeats } from './model.ts'
import { tourOf } from './tour.ts'

export interface RoutingOptions {
  readonly seed: number
  readonly budget: BudgetRequest<number>
  /** The plan in force, to be changed as little as worth while. */
  readonly previous?: RoutingPlan
  /** Cost of each piece of a request that changes its coach; 0 by default. */
  readonly changeCost?: number
  /** Where several threads change one plan together: what they share, and which of them this is. */
  readonly shared?: { readonly memory: BoardMemory; readonly member: number }
}

/** Memory for several threads that plan one problem with the same options; undefined where nothing needs planning. */
export function sharedMemory(problem: RoutingProblem, previous: RoutingPlan | undefined, threads: number): BoardMemory | undefined {
  checkInput(problem)
  if (provenInfeasible(problem) !== undefined) return undefined
  const { nodes, slots } = compileRouting(problem, previous, 0).problem
  return boardMemory(nodes, slots, threads)
}

/** A warm start anneals from a tenth of the usual temperature: near the plan it comes from. */
const warmStart = { ...windowSettings, warm: windowSettings.warm / 10 }

/**
 * Plans coach tours. The objective is the cost of tours, split villages, people left behind and changes.
 *
 * @returns a plan with a proven lower bound, or the smallest reason found why there is none
 * @throws InputError when the input makes no sense
 */
export function planRoutes(problem: RoutingProblem, options: RoutingOptions): Planned<RoutingPlan> {
  checkInput(problem)
  checkChangeCost(options.changeCost)
  const proven = provenInfeasible(problem)
  if (proven !== undefined) return proven
  const { seed, previous, shared } = options
  const { onImprovement, clock, seconds, stop } = options.budget
  const compiled = compileRouting(problem, previous, options.changeCost ?? 0)
  const board = shared === undefined ? undefined : new Board(shared.memory, compiled.problem, { member: shared.member, inStep: false })
  const budget =
    board === undefined || clock === undefined || seconds === undefined
      ? startBudget(options.budget)
      : new SharedBudget(board, { clock, seconds, ...(stop ? { stop } : {}) }).stretch(1)
  const result = search({
    problem: compiled.problem,
    seed,
    budget,
    ...(board === undefined ? {} : { board }),
    settings: previous === undefined ? windowSettings : warmStart,
    ...(previous === undefined ? {} : { start: compiled.start }),
    ...(onImprovement ? { onBetter: (cost: number) => cost < mandatoryPrize && onImprovement(cost) } : {}),
  })
  if (result.cost >= mandatoryPrize) return explainNotPlaced(problem, seed)
  const bound = transportBound(problem)
  const plan = describe(problem, compiled, result.routes, bound.coaches, previous)
  return {
    ok: true,
    plan,
    objective: result.cost,
    bound: bound.cost,
    gap: gapBetween(result.cost, bound.cost),
    proof: transportProof,
    seed,
    iterations: result.iterations,
    elapsed: budget.elapsed(),
  }
}

function describe(
  problem: RoutingProblem,
  compiled: CompiledRouting,
  routes: readonly Int32Array[],
  fewestCoaches: number,
  previous: RoutingPlan | undefined,
): RoutingPlan {
  const taken = new Map<number, Set<number>>()
  compiled.slots.forEach(({ kind, number }, r) => {
    if (number === undefined || (routes[r]?.length ?? 0) === 0) return
    taken.set(kind, (taken.get(kind) ?? new Set()).add(number))
  })
  const coaches = routes.flatMap((stops, r) => (stops.length === 0 ? [] : describeCoach(problem, compiled, stops, r, taken)))
  const placed = new Set(routes.flatMap((route) => [...route]))
  const left = new Map<string, number>()
  compiled.pieces.forEach((piece, v) => {
    const id = problem.requests[piece.request]?.id ?? ''
    if (!placed.has(v)) left.set(id, (left.get(id) ?? 0) + piece.people)
  })
  const leftBehind: LeftBehind[] = [...left].map(([request, people]) => ({ request, people }))
  return {
    coaches,
    leftBehind,
    metres: coaches.reduce((sum, { metres }) => sum + metres, 0),
    fewestCoaches,
    changed: previous === undefined ? [] : changedRequests(problem, previous, coaches),
  }
}

function describeCoach(
  problem: RoutingProblem,
  { slots, pieces }: CompiledRouting,
  stops: Int32Array,
  r: number,
  taken: Map<number, Set<number>>,
): PlannedCoach[] {
  const slot = slots[r]
  const coach = problem.coaches[slot?.kind ?? -1]
  if (slot === undefined || coach === undefined) return []
  const numbers = taken.get(slot.kind) ?? new Set<number>()
  let number = slot.number ?? 1
  if (slot.number === undefined) {
    while (numbers.has(number)) number++
    taken.set(slot.kind, numbers.add(number))
  }
  const { tour, calls, metres } = tourOf(problem, slot, pieces, stops, stops.length)
  const times = timetable(tour, problem.rules.driving)
  if (times === undefined) throw new Error('The search returned a tour that breaks the rules')
  const last = times.leave.length - 1
  return [
    {
      kind: coach.id,
      number,
      destination: slot.destination,
      calls: calls.map(({ request, people, families }, k) => ({
        request: problem.requests[request]?.id ?? '',
        place: problem.requests[request]?.from ?? '',
        people,
        families,
        arrive: times.arrive[k] as number,
        begin: times.begin[k] as number,
        leave: times.leave[k] as number,
      })),
      depart: times.depart,
      arrive: times.leave[last] as number,
      rests: times.rests,
      people: calls.reduce((sum, { people }) => sum + people, 0),
      usableSeats: usableSeats(coach, problem.rules),
      metres,
      drivingSeconds: tour.driving.reduce((sum, seconds) => sum + seconds, 0),
      cost: tourCost(coach, metres),
    },
  ]
}

const tourCost = (coach: CoachKind, metres: number) => coach.fixedCost + coach.costPerMetre * metres

/** Requests whose people per coach differ from the plan before. */
function changedRequests(problem: RoutingProblem, previous: RoutingPlan, coaches: readonly PlannedCoach[]): string[] {
  const seating = (list: readonly PlannedCoach[], id: string) =>
    list
      .flatMap((coach) => {
        const people = coach.calls.reduce((sum, call) => sum + (call.request === id ? call.people : 0), 0)
        return people > 0 ? [`${coach.kind}#${coach.number}:${people}`] : []
      })
      .sort()
      .join()
  return problem.requests.map(({ id }) => id).filter((id) => seating(previous.coaches, id) !== seating(coaches, id))
}
