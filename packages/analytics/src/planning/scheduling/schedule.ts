import { type BudgetRequest, gapBetween, infeasible, type Planned, type Proof, startBudget } from '../anytime/index.ts'
import type { BoundMethod } from './bounds/destructive.ts'
import { findInfeasibility } from './infeasibility.ts'
import { compile } from './model/compile.ts'
import { earliestStarts, endOf } from './model/windows.ts'
import { startsOf, type Timetable, tardinessOf, timetableOf } from './plan.ts'
import { explainNone } from './reasons/core.ts'
import { TimetableSearch } from './search/timetable.ts'
import type { Schedule, SchedulingProblem } from './types.ts'

/** A better plan, told while the search goes on. */
export interface ScheduleImprovement {
  readonly end: number
  readonly tardiness: number
  readonly schedules: number
  readonly seconds: number
}

/** `iterations` counts schedules: `size` placements of activities are one, so a serial pass is one and each justification pass is one. */
export interface ScheduleRequest extends BudgetRequest<ScheduleImprovement> {
  readonly seed?: number
  /** The most conflicts of the clause search that proves bounds; 0 leaves it out. */
  readonly conflicts?: number
  /** A schedule to start from, for example the current plan: its order is taken over, and nothing worse is returned. */
  readonly from?: Schedule
}

/** Schedules taken as granted when only seconds are given, to size the population. */
const USUAL_GRANT = 20_000

/** Activities from which on the population is sized by the speed measured. */
const LARGE = 300

/** Conflicts of the clause search in a run limited by schedules: three for each schedule, but not more than this. */
const MOST_CONFLICTS = 20_000

/** Conflicts for the first look at whether there is any plan, whatever the budget in schedules. */
export const FIRST_QUESTION = 400

/** Shares of the time in which clause search and evolution take turns. */
const CLAUSE_SLICE = 0.06
const EVOLUTION_SLICE = 0.04

/** The most schedules that one step of the search makes. */
const STEP = 3

const PROOFS: Record<BoundMethod, Proof> = {
  'critical-path': {
    method: 'critical-path',
    zh: '关键路线：不计人员设备限制时的最早完工',
    en: 'Critical path: the earliest end if crews were without limit',
  },
  destructive: {
    method: 'destructive',
    zh: '反证下界：更早的完工时刻经时距、不可并行、时间表与能量推理被否定',
    en: 'Destructive bound: any earlier end is refuted by lags, pairs that cannot overlap, time-table and energetic reasoning',
  },
  'clause-learning': {
    method: 'clause-learning',
    zh: '子句学习搜索：更早的完工时刻经穷举推理被否定',
    en: 'Clause learning search: any earlier end is refuted by exhaustive reasoning',
  },
}

/** The printable proof of a bound. */
export function proofOf(method: BoundMethod): Proof {
  return PROOFS[method]
}

/** The answer from a search that has ended. */
export function answer(search: TimetableSearch, request: { readonly seed: number; readonly elapsed: number }): Planned<Timetable> {
  const { net, evolution } = search
  const found = evolution.cost < Number.POSITIVE_INFINITY
  const missed = found ? search.missedDeadline : null
  if (!found || missed !== null) {
    const id = missed === null ? '' : (net.ids[missed] as string)
    return infeasible(
      'not-found',
      missed === null
        ? '在给定时限内未找到满足全部最大时距的计划（未证明不存在）：请延长计算时间或放宽时距'
        : `在给定时限内未找到满足全部限期的计划（未证明不存在），最难的是工序“${id}”：请延长计算时间或推迟限期`,
      missed === null
        ? 'No schedule keeping all maximal lags was found in the time given (none is proven to exist or not): allow more time or relax a lag'
        : `No schedule keeping all deadlines was found in the time given (not proven impossible); hardest is "${id}": allow more time or move a deadline`,
      missed === null ? [] : [id],
    )
  }
  const { endBound, tardinessBound, bound } = search
  const schedules = Math.ceil(search.schedules)
  const plan = timetableOf(net, evolution.best, { endBound, tardinessBound, schedules })
  return {
    ok: true,
    plan,
    objective: evolution.cost,
    bound,
    gap: gapBetween(evolution.cost, bound),
    proof: proofOf(search.method),
    seed: request.seed,
    iterations: schedules,
    elapsed: request.elapsed,
  }
}

/**
 * Schedules the problem: a first plan at once, better ones while the budget lasts, a proven bound beside it. Weighted tardiness comes
 * first, the end second; without due slots the objective is the end. Reproducible from its seed when limited by `iterations` alone.
 *
 * @throws InputError when the input cannot be read or no limit is given
 */
export function schedule(problem: SchedulingProblem, request: ScheduleRequest): Planned<Timetable> {
  const budget = startBudget(request)
  const net = compile(problem)
  const seed = request.seed ?? 1
  const reason = findInfeasibility(net)
  if (reason) return reason
  const search = new TimetableSearch(net, earliestStarts(net).start, seed, request.iterations ?? USUAL_GRANT)
  const { evolution } = search
  if (request.from) {
    const start = startsOf(net, request.from)
    if (start.every((t) => t >= 0)) evolution.follow(start)
  }
  let told = Number.POSITIVE_INFINITY
  const tell = () => {
    if (evolution.cost >= told) return
    told = evolution.cost
    const { best } = evolution
    request.onImprovement?.({
      end: endOf(net, best),
      tardiness: tardinessOf(net, best),
      schedules: search.schedules,
      seconds: budget.elapsed(),
    })
  }
  evolution.step()
  tell()
  // Small problems are searched so fast that the first step measures nothing but the warming up.
  if (request.iterations === undefined && request.seconds !== undefined && net.size >= LARGE) {
    const each = budget.elapsed() / Math.max(1, evolution.schedules)
    if (each > 0) evolution.plan(Math.min(USUAL_GRANT, request.seconds / each / 2))
  }
  if (!search.feasible) {
    // Whether there is any plan at all is asked before plans are compared, and settled at once where that is easy.
    search.prove(FIRST_QUESTION, () => budget.expired(0))
    tell()
  }
  if (!search.proven) search.raiseBound(() => request.iterations === undefined && budget.progress(0) > 0.3)
  const between = Math.max(1, Math.floor(2000 / net.size))
  const evolveTo = (share: number) => {
    for (let steps = 1; !search.proven; steps++) {
      // Asking the clock costs more than a small step; counting schedules does not.
      if ((steps % between === 0 || request.iterations !== undefined) && budget.progress(search.schedules + STEP) >= share) return
      if (steps % between === 0 && budget.expired(search.schedules + STEP)) return
      evolution.step()
      tell()
    }
  }
  const expired = () => budget.expired(search.schedules + STEP)
  if (request.iterations !== undefined && request.seconds === undefined) {
    const conflicts = request.conflicts ?? Math.min(MOST_CONFLICTS, 3 * request.iterations)
    for (const share of [0.6, 0.97]) {
      evolveTo(share)
      search.prove(conflicts / 2, expired)
      tell()
    }
    evolveTo(1)
  } else {
    const spent = (slices: number) => 0.15 + slices * (CLAUSE_SLICE + EVOLUTION_SLICE)
    evolveTo(spent(0))
    for (let slice = 1; !search.proven && !expired(); slice++) {
      const left = request.conflicts === undefined ? Number.POSITIVE_INFINITY : request.conflicts - search.conflicts
      search.prove(left, () => expired() || budget.progress(search.schedules) >= spent(slice) - EVOLUTION_SLICE)
      tell()
      evolveTo(spent(slice))
    }
  }
  if (search.none) return explainNone(problem, () => budget.expired(0))
  return answer(search, { seed, elapsed: budget.elapsed() })
}
