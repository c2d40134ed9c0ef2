/** Coach plans beside the caller's thread: better every second, and stoppable. */
import { openThread } from '../../anytime/node/parallel.ts'
import type { Planned } from '../../anytime/plan.ts'
import { deriveSeed } from '../../anytime/random.ts'
import type { RoutingPlan, RoutingProblem } from '../model.ts'
import { sharedMemory } from '../planRoutes.ts'
import type { CoachTask } from './coaches.worker.ts'

export interface CoachRun {
  /** The best plan of all threads, or why there is none. */
  readonly result: Promise<Planned<RoutingPlan>>
  /** Ends the search within milliseconds; `result` then holds the best plan so far. */
  stop(): void
}

export interface CoachRunOptions {
  readonly seed: number
  /** CPU seconds of each thread. */
  readonly seconds: number
  readonly threads: number
  readonly previous?: RoutingPlan
  readonly changeCost?: number
  /** Told the cost whenever any thread finds a plan better than all before. */
  readonly onImprovement?: (cost: number) => void
}

/** Starts threads that change one plan together, each with a seed of its own; one thread alone repeats `planRoutes`. */
export function startCoachPlan(problem: RoutingProblem, options: CoachRunOptions): CoachRun {
  const { seed, seconds, threads, previous, changeCost, onImprovement } = options
  const file = new URL('./coaches.worker.ts', import.meta.url)
  const memory = threads <= 1 ? undefined : sharedMemory(problem, previous, threads)
  const running = Array.from({ length: Math.max(1, threads) }, () => openThread<CoachTask, number, Planned<RoutingPlan>>(file))
  let least = Infinity
  const hear = (cost: number) => {
    if (cost >= least) return
    least = cost
    onImprovement?.(cost)
  }
  const task = {
    problem,
    seconds,
    ...(previous === undefined ? {} : { previous }),
    ...(changeCost === undefined ? {} : { changeCost }),
  }
  const gather = async () => {
    try {
      const answers = await Promise.all(
        running.map((thread, member) => {
          const shared = memory === undefined ? {} : { shared: { memory, member } }
          return thread.run({ ...task, ...shared, seed: member === 0 ? seed : deriveSeed(seed, member) }, hear)
        }),
      )
      const best = answers.reduce((least, answer) => (answer.ok && (!least.ok || answer.objective < least.objective) ? answer : least))
      const iterations = answers.reduce((sum, answer) => sum + (answer.ok ? answer.iterations : 0), 0)
      return best.ok ? { ...best, iterations } : best
    } finally {
      await Promise.all(running.map((thread) => thread.close()))
    }
  }
  return {
    result: gather(),
    stop: () => {
      for (const thread of running) thread.stop()
    },
  }
}
