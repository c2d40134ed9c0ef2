/**
 * How long a planner may search, and how it is stopped. The library has no clock of its own: the caller hands one in.
 */
import { demand } from '../../outcome.ts'

/** Seconds since an arbitrary start, never going back. In Node use `threadCpuClock` or `wallClock` of `anytime/node`. */
export type Clock = () => number

/** What a caller grants to a search. The search ends with whichever limit is reached first. */
export interface BudgetRequest<Improvement = unknown> {
  /** Clock in which `seconds` counts; needed only where `seconds` is given or `elapsed` matters. */
  readonly clock?: Clock
  /** Seconds of that clock: CPU seconds when the clock is a CPU clock. */
  readonly seconds?: number
  /** Limit on search steps. A search limited by steps alone is reproducible from its seed on any machine. */
  readonly iterations?: number
  /** Asked now and then; true ends the search with the best plan so far. */
  readonly stop?: () => boolean
  /** Told about each better plan. Must not change anything the search owns. */
  readonly onImprovement?: (improvement: Improvement) => void
}

/** A running budget, asked by a search every few hundred steps. */
export interface Budget {
  /** Seconds used since the start; 0 without a clock. */
  elapsed(): number
  /** Share of the budget used after so many steps, in [0, 1]; never decreasing over time. */
  progress(iterations: number): number
  /** True once the search must end. */
  expired(iterations: number): boolean
}

/**
 * Starts a budget now.
 *
 * @throws InputError when neither seconds nor iterations are given, when one is negative, or seconds come without a clock.
 */
export function startBudget(request: BudgetRequest<never>): Budget {
  const { clock, seconds, iterations, stop } = request
  demand(
    seconds !== undefined || iterations !== undefined,
    'no-budget',
    '未给出计算时限：请设定秒数或迭代次数',
    'No limit is given: set seconds or iterations',
  )
  demand(
    (seconds ?? 0) >= 0 && (iterations ?? 0) >= 0,
    'negative-budget',
    '计算时限不能为负数',
    'Seconds and iterations must not be negative',
  )
  demand(
    seconds === undefined || clock !== undefined,
    'no-clock',
    '按秒数限时须同时提供时钟',
    'A limit in seconds needs a clock: pass one with it',
  )
  const start = clock?.() ?? 0
  const elapsed = () => (clock ? clock() - start : 0)
  let reached = 0
  const progress = (done: number) => {
    const byTime = seconds === undefined ? 0 : seconds === 0 ? 1 : elapsed() / seconds
    const bySteps = iterations === undefined ? 0 : iterations === 0 ? 1 : done / iterations
    reached = Math.max(reached, Math.min(1, Math.max(byTime, bySteps)))
    return reached
  }
  return { elapsed, progress, expired: (done) => stop?.() === true || progress(done) >= 1 }
}
