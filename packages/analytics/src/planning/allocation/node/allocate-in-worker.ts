import { openThread } from '../../anytime/node/parallel.ts'
import type { Planned } from '../../anytime/plan.ts'
import { checkMemoryLimit, type SupplyPlan } from '../allocate.ts'
import { type SupplyProblem, validateSupplies } from '../supplies.ts'
import type { AllocationTask } from './allocation.worker.ts'

/**
 * Allocates supplies in a worker thread, so that the solver blocks nobody; see `allocateSupplies`.
 * @param memoryLimit most bytes the solver may need; a larger problem is refused
 * @throws InputError at once where a row or the limit does not fit
 */
export async function allocateInWorker(problem: SupplyProblem, memoryLimit?: number): Promise<Planned<SupplyPlan>> {
  validateSupplies(problem)
  checkMemoryLimit(memoryLimit)
  const thread = openThread<AllocationTask, never, Planned<SupplyPlan>>(new URL('./allocation.worker.ts', import.meta.url))
  try {
    return await thread.run({ problem, memoryLimit })
  } finally {
    await thread.close()
  }
}
