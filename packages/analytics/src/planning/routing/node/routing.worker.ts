/** Thread that searches a classical instance, improves one part of it between two meetings with the other threads, or proves a bound. */
import { startBudget } from '../../anytime/budget.ts'
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
import { type WalkLimit, walkBound } from '../bounds/walkBound.ts'
import { type Classical, compileClassical } from '../classical/compile.ts'
import { search } from '../core/search.ts'
import type { SearchSettings, SplitSettings } from '../core/settings.ts'
import { type SplitCall, searchSplit } from '../core/split.ts'

interface TaskBase {
  readonly instance: Classical
  readonly seed: number
  /** CPU seconds of this thread. */
  readonly seconds: number
}

export type SearchTask =
  | (TaskBase & {
      readonly kind: 'part'
      readonly settings: SearchSettings
      readonly start: readonly Int32Array[]
      readonly temperatures: { readonly warm: number; readonly cold: number }
    })
  | (TaskBase & { readonly kind: 'split'; readonly settings: SplitSettings })
  | (TaskBase & { readonly kind: 'bound'; readonly limit: WalkLimit; readonly routes: readonly (readonly number[])[] })

export interface SearchAnswer {
  /** Best routes and where the walk stood, for parts. `cost` is the bound where one was asked for. */
  readonly routes: readonly Int32Array[]
  readonly last: readonly Int32Array[]
  readonly calls: readonly SplitCall[][]
  readonly cost: number
  readonly iterations: number
  readonly elapsed: number
}

serveSearch<SearchTask, never, SearchAnswer>((task, context) => {
  const budget = startBudget({ clock: threadCpuClock, seconds: task.seconds, stop: () => context.stopped() })
  if (task.kind === 'bound') {
    const cost = walkBound(task.instance, task.limit, { routes: task.routes, enough: () => budget.expired(0) })
    return { routes: [], last: [], calls: [], cost, iterations: 0, elapsed: budget.elapsed() }
  }
  const problem = compileClassical(task.instance)
  const { seed, settings } = task
  if (task.kind === 'split') {
    const found = searchSplit(problem, seed, budget, task.settings)
    return {
      routes: [],
      last: [],
      calls: found?.routes ?? [],
      cost: found?.cost ?? Infinity,
      iterations: found?.iterations ?? 0,
      elapsed: budget.elapsed(),
    }
  }
  const { start, temperatures } = task
  const found = search({ problem, seed, budget, settings, start, temperatures })
  return { routes: found.routes, last: found.last, calls: [], cost: found.cost, iterations: found.iterations, elapsed: budget.elapsed() }
})
