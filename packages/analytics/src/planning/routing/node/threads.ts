/** Classical instances on one or several threads of Node: the threads change one plan together. */
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { runOnThreads } from '../../anytime/node/parallel.ts'
import { gapBetween, type Planned } from '../../anytime/plan.ts'
import { walkLimits } from '../bounds/walkBound.ts'
import { type Classical, compileClassical } from '../classical/compile.ts'
import { type ClassicalRoutes, planClassical, planSplit, proofShare, splitProof, wholeProof } from '../classical/plan.ts'
import { boardMemory } from '../core/boardMemory.ts'
import { mandatoryPrize } from '../core/compiled.ts'
import { capacitySettings, splitSettings, windowSettings } from '../core/settings.ts'
import { poolOfCalls, type SplitCall } from '../core/split.ts'
import type { ProofTask, SearchAnswer, SearchTask } from './routing.worker.ts'

export interface ThreadOptions {
  readonly seed: number
  /** CPU seconds of each thread. */
  readonly seconds: number
  readonly threads: number
  /** Steps of all threads together instead of seconds of search: the same plan in every run, but threads wait for each other in every step. */
  readonly iterations?: number
}

const workerFile = new URL('./routing.worker.ts', import.meta.url)

/** Whole demands. Several threads walk one path of annealing, k times the steps of one thread in the same time, and share the proofs. */
export async function solveClassical(instance: Classical, options: ThreadOptions): Promise<Planned<ClassicalRoutes>> {
  const { seed, seconds, threads, iterations } = options
  const limit = iterations === undefined ? { seconds } : { iterations }
  const single = () => planClassical(instance, seed, { clock: threadCpuClock, ...limit })
  if (threads <= 1) return single()
  const problem = compileClassical(instance)
  const memory = boardMemory(problem.nodes, problem.slots, threads)
  const limits = walkLimits(instance)
  const proofs: ProofTask[] = [
    { limit: 'simple', seconds: 0 },
    ...limits.map((walks) => ({ limit: walks, seconds: (proofShare * seconds) / limits.length })),
  ]
  const settings = problem.timed ? windowSettings : capacitySettings
  const answers = await onThreads(threads, (member) => ({
    kind: 'whole',
    ...{ instance, seed, seconds, iterations, memory, member, settings },
    proofs: proofs.filter((_, k) => k % threads === member),
  }))
  const best = cheapest(answers)
  // A tight fleet may have kept the plan from holding everybody; then one thread decides what can be said.
  if (best.cost >= mandatoryPrize) return single()
  const bound = Math.max(...answers.map((answer) => answer.bound))
  const plan = best.routes.filter((route) => route.length > 0).map((route) => Array.from(route, (v) => v + 1))
  return { ok: true, plan, objective: best.cost, bound, gap: gapBetween(best.cost, bound), proof: wholeProof, seed, ...together(answers) }
}

/** Split demands, in the same way. */
export async function solveSplit(instance: Classical, options: ThreadOptions): Promise<Planned<readonly SplitCall[][]>> {
  const { seed, seconds, threads, iterations } = options
  const limit = iterations === undefined ? { seconds } : { iterations }
  if (threads <= 1) return planSplit(instance, seed, { clock: threadCpuClock, ...limit })
  const { problem } = poolOfCalls(compileClassical(instance))
  const memory = boardMemory(problem.nodes, problem.slots, threads)
  const settings = splitSettings
  const answers = await onThreads(threads, (member) => ({
    kind: 'split',
    ...{ instance, seed, seconds, iterations, memory, member, settings },
  }))
  const best = cheapest(answers)
  // Where the threads found no first plan, one says why.
  if (best.cost === Infinity) return planSplit(instance, seed, { clock: threadCpuClock, ...limit })
  const bound = Math.max(...answers.map((answer) => answer.bound))
  const { calls: plan, cost: objective } = best
  return { ok: true, plan, objective, bound, gap: gapBetween(objective, bound), proof: splitProof, seed, ...together(answers) }
}

const onThreads = (threads: number, task: (member: number) => SearchTask) =>
  runOnThreads<SearchTask, never, SearchAnswer>(
    workerFile,
    Array.from({ length: threads }, (_, member) => task(member)),
  )

const cheapest = (answers: readonly SearchAnswer[]) => answers.reduce((least, answer) => (answer.cost < least.cost ? answer : least))

/** Steps of all threads, and the seconds of the busiest. */
const together = (answers: readonly SearchAnswer[]) => ({
  iterations: answers.reduce((sum, answer) => sum + answer.iterations, 0),
  elapsed: Math.max(...answers.map((answer) => answer.elapsed)),
})
