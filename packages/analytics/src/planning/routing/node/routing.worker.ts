/** Thread that searches a classical instance together with others on one plan, and proves its part of the bound on the way. */
import { startBudget } from '../../anytime/budget.ts'
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
import { deriveSeed } from '../../anytime/random.ts'
import { type WalkLimit, walkBound } from '../bounds/walkBound.ts'
import { type Classical, compileClassical } from '../classical/compile.ts'
import { provenSplit, simpleBound } from '../classical/plan.ts'
import { Board } from '../core/board.ts'
import type { BoardMemory } from '../core/boardMemory.ts'
import type { Compiled } from '../core/compiled.ts'
import { search } from '../core/search.ts'
import type { SearchSettings, SplitSettings } from '../core/settings.ts'
import { SharedBudget } from '../core/sharedBudget.ts'
import { poolOfCalls, type SplitCall, type SplitResult, searchSplit } from '../core/split.ts'

interface TaskBase {
  readonly instance: Classical
  readonly seed: number
  /** CPU seconds of search of this thread. */
  readonly seconds: number
  /** Steps of all threads instead of seconds: they then keep step. */
  readonly iterations?: number | undefined
  readonly memory: BoardMemory
  readonly member: number
}

/** What a thread proves: under one limit of walks, in so many seconds, or the bounds that take a moment. */
export interface ProofTask {
  readonly limit: WalkLimit | 'simple'
  readonly seconds: number
}

interface WholeTask extends TaskBase {
  readonly kind: 'whole'
  readonly settings: SearchSettings
  readonly proofs: readonly ProofTask[]
}

interface SplitTask extends TaskBase {
  readonly kind: 'split'
  readonly settings: SplitSettings
}

export type SearchTask = WholeTask | SplitTask

export interface SearchAnswer {
  readonly routes: readonly Int32Array[]
  readonly calls: readonly SplitCall[][]
  readonly cost: number
  readonly bound: number
  readonly iterations: number
  readonly elapsed: number
}

/** Share of the search after which the threads prove: the plan is then good enough to say where the prices begin. */
const proofAt = 0.6

serveSearch<SearchTask, never, SearchAnswer>((task) => (task.kind === 'split' ? splitAnswer(task) : wholeAnswer(task)))

function seatAt({ memory, member, iterations, seconds }: SearchTask, problem: Compiled) {
  const board = new Board(memory, problem, { member, inStep: iterations !== undefined })
  return { board, budget: new SharedBudget(board, { clock: threadCpuClock, seconds, iterations }) }
}

function wholeAnswer(task: WholeTask): SearchAnswer {
  const { instance, settings, proofs } = task
  const problem = compileClassical(instance)
  const { board, budget } = seatAt(task, problem)
  const seed = deriveSeed(task.seed, task.member)
  const early = search({ problem, seed, budget: budget.stretch(proofs.length > 0 ? proofAt : 1), settings, board })
  const routes = early.routes.filter((route) => route.length > 0).map((route) => Array.from(route, (v) => v + 1))
  const bounds = proofs.map((proof) => {
    if (proof.limit === 'simple') return simpleBound(instance, routes)
    const time = startBudget({ clock: threadCpuClock, seconds: proof.seconds })
    return walkBound(instance, proof.limit, { routes, enough: () => time.expired(0) || board.halted() })
  })
  const late = proofs.length > 0 ? search({ problem, seed: deriveSeed(seed, 1), budget: budget.stretch(1), settings, board }) : early
  const best = late.cost < early.cost ? late : early
  const { steps, seconds } = budget.used()
  return { routes: best.routes, calls: [], cost: best.cost, bound: Math.max(0, ...bounds), iterations: steps, elapsed: seconds }
}

function splitAnswer(task: SplitTask): SearchAnswer {
  const { instance, settings, member } = task
  const whole = compileClassical(instance)
  const { board, budget } = seatAt(task, poolOfCalls(whole).problem)
  const seed = deriveSeed(task.seed, member)
  const proves = member === task.memory.members - 1
  const early = placed(searchSplit(whole, seed, budget.stretch(proves ? proofAt : 1), settings, board))
  let [best, bound] = [early, 0]
  if (proves && early.cost < Infinity) {
    bound = provenSplit(instance, early.calls, early.cost, { clock: threadCpuClock, seconds: task.seconds })
    const late = placed(searchSplit(whole, deriveSeed(seed, 1), budget.stretch(1), settings, board))
    if (late.cost < early.cost) best = late
  }
  const { steps, seconds } = budget.used()
  return { routes: [], calls: best.calls, cost: best.cost, bound, iterations: steps, elapsed: seconds }
}

/** A plan of split demands in places of the instance. */
function placed(found: SplitResult | undefined): { readonly calls: SplitCall[][]; readonly cost: number } {
  const calls = (found?.routes ?? []).map((route) => route.map(({ customer, amount }) => ({ customer: customer + 1, amount })))
  return { calls, cost: found?.cost ?? Infinity }
}
