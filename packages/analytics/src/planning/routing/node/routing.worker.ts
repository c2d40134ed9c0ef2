/** Thread that runs one search of a classical instance and reports better routes. */
import { startBudget } from '../../anytime/budget.ts'
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
import { type Classical, compileClassical } from '../classical/compile.ts'
import { search } from '../core/search.ts'
import type { SearchSettings, SplitSettings } from '../core/settings.ts'
import { type SplitResult, searchSplit } from '../core/split.ts'

export interface SearchTask {
  readonly instance: Classical
  readonly seed: number
  /** CPU seconds of this thread. */
  readonly seconds: number
  readonly whole?: SearchSettings
  readonly split?: SplitSettings
  readonly start?: readonly Int32Array[]
}

export interface SearchAnswer {
  readonly routes?: Int32Array[]
  readonly calls?: SplitResult['routes']
  readonly cost: number
  readonly iterations: number
  readonly elapsed: number
}

serveSearch<SearchTask, number, SearchAnswer>((task, context) => {
  const budget = startBudget({ clock: threadCpuClock, seconds: task.seconds, stop: () => context.stopped() })
  const problem = compileClassical(task.instance)
  if (task.split !== undefined) {
    const { routes, cost, iterations } = searchSplit(problem, task.seed, budget, task.split)
    return { calls: routes, cost, iterations, elapsed: budget.elapsed() }
  }
  if (task.whole === undefined) throw new Error('A task names the settings of its search')
  const start = task.start === undefined ? {} : { start: task.start }
  const { routes, cost, iterations } = search({ problem, seed: task.seed, budget, settings: task.whole, ...start })
  return { routes, cost, iterations, elapsed: budget.elapsed() }
})
