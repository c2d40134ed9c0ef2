import { serveSearch } from '../../anytime/node/parallel.ts'
import type { Planned } from '../../anytime/plan.ts'
import { allocateSupplies, type SupplyPlan } from '../allocate.ts'
import type { SupplyProblem } from '../supplies.ts'
import { highsSolver } from './highs-session.ts'

/** What the caller sends. */
export interface AllocationTask {
  readonly problem: SupplyProblem
  readonly memoryLimit: number | undefined
}

const solver = highsSolver()

serveSearch<AllocationTask, never, Planned<SupplyPlan>>(async ({ problem, memoryLimit }, context) =>
  allocateSupplies(problem, await solver, {
    stop: () => context.stopped(),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
  }),
)
