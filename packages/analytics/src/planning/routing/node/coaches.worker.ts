/** Thread that plans coaches and reports the cost of each better plan. */
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
import type { Planned } from '../../anytime/plan.ts'
import type { BoardMemory } from '../core/boardMemory.ts'
import type { RoutingPlan, RoutingProblem } from '../model.ts'
import { planRoutes } from '../planRoutes.ts'

export interface CoachTask {
  readonly problem: RoutingProblem
  readonly seed: number
  /** CPU seconds of this thread. */
  readonly seconds: number
  readonly previous?: RoutingPlan
  readonly changeCost?: number
  readonly shared?: { readonly memory: BoardMemory; readonly member: number }
}

serveSearch<CoachTask, number, Planned<RoutingPlan>>(({ problem, seed, seconds, previous, changeCost, shared }, context) =>
  planRoutes(problem, {
    seed,
    budget: { clock: threadCpuClock, seconds, stop: () => context.stopped(), onImprovement: (cost) => context.report(cost) },
    ...(previous === undefined ? {} : { previous }),
    ...(changeCost === undefined ? {} : { changeCost }),
    ...(shared === undefined ? {} : { shared }),
  }),
)
