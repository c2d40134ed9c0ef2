/** Classical instances on one or several threads of Node. */
import { startBudget } from '../../anytime/budget.ts'
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { openThread, runOnThreads } from '../../anytime/node/parallel.ts'
import { gapBetween, type Planned } from '../../anytime/plan.ts'
import { deriveSeed } from '../../anytime/random.ts'
import { walkLimits } from '../bounds/walkBound.ts'
import { type Classical, compileClassical } from '../classical/compile.ts'
import { cutIntoParts, rejoin } from '../classical/parts.ts'
import { type ClassicalRoutes, costOf, planClassical, planSplit, proofShare, simpleBound, wholeProof } from '../classical/plan.ts'
import { nearestStops } from '../core/neighbours.ts'
import { search, typicalLeg } from '../core/search.ts'
import { capacitySettings, splitSettings, windowSettings } from '../core/settings.ts'
import type { SplitCall } from '../core/split.ts'
import type { SearchAnswer, SearchTask } from './routing.worker.ts'

export interface ThreadOptions {
  readonly seed: number
  /** CPU seconds of each thread. */
  readonly seconds: number
  readonly threads: number
}

const workerFile = new URL('./routing.worker.ts', import.meta.url)

/** Meetings of the threads, at which the plan is put together and cut anew. */
const rounds = 36

/**
 * Whole demands. Several threads anneal neighbouring parts of one plan at a common temperature, meet, and cut the plan elsewhere:
 * each step works on the one plan, so that k threads make k times the steps of one in the same time.
 */
export async function solveClassical(
  instance: Classical & { readonly x: Float64Array; readonly y: Float64Array },
  options: ThreadOptions,
): Promise<Planned<ClassicalRoutes>> {
  const { seed, seconds } = options
  const single = () => planClassical(instance, seed, { clock: threadCpuClock, seconds })
  if (options.threads <= 1 || instance.places < 50) return single()
  const problem = compileClassical(instance)
  const settings = problem.timed ? windowSettings : capacitySettings
  const first = search({ problem, seed, budget: startBudget({ iterations: 0 }), settings })
  const near = nearestStops(problem, 10)
  const scale = typicalLeg(near.costTo, near.width, problem.nodes)
  const temperature = (progress: number) => scale * settings.warm * (settings.cold / settings.warm) ** progress
  const threads = Array.from({ length: options.threads }, () => openThread<SearchTask, never, SearchAnswer>(workerFile))
  let routes: number[][] = first.routes.filter((route) => route.length > 0).map((route) => Array.from(route, (v) => v + 1))
  let iterations = 0
  let elapsed = 0
  try {
    for (let round = 0; round < rounds; round++) {
      // Golden angle: cuts of later rounds fall far from those before.
      const turn = (round * 0.381966) % 1
      const parts = cutIntoParts(instance, routes, instance.x, instance.y, threads.length, turn)
      const temperatures = { warm: temperature(round / rounds), cold: temperature((round + 1) / rounds) }
      const answers = await Promise.all(
        parts.map((part, k) =>
          threads[k]?.run({
            kind: 'part',
            instance: part.instance,
            seed: deriveSeed(seed, round * threads.length + k),
            seconds: seconds / rounds,
            settings,
            start: part.start,
            temperatures,
          }),
        ),
      )
      const final = round === rounds - 1
      routes = parts.flatMap((part, k) => rejoin(part, (final ? answers[k]?.routes : answers[k]?.last) ?? part.start))
      for (const answer of answers) iterations += answer?.iterations ?? 0
      elapsed += Math.max(...answers.map((answer) => answer?.elapsed ?? 0))
    }
    // A tight fleet may have kept the first plan from holding everybody; then one thread decides what can be said.
    if (routes.reduce((sum, route) => sum + route.length, 0) < problem.nodes) return single()
    const limits = walkLimits(instance)
    const proofs = limits.map((limit, k) =>
      threads[k % threads.length]?.run({ kind: 'bound', instance, routes, limit, seed, seconds: (proofShare * seconds) / limits.length }),
    )
    const bounds = [simpleBound(instance, routes), ...(await Promise.all(proofs)).map((answer) => answer?.cost ?? 0)]
    const objective = costOf(instance, routes)
    const bound = Math.max(...bounds)
    return { ok: true, plan: routes, objective, bound, gap: gapBetween(objective, bound), proof: wholeProof, seed, iterations, elapsed }
  } finally {
    await Promise.all(threads.map((thread) => thread.close()))
  }
}

/** Split demands; with several threads the best of independent searches. */
export async function solveSplit(instance: Classical, options: ThreadOptions): Promise<Planned<readonly SplitCall[][]>> {
  const { seed, seconds } = options
  const one = planSplit(instance, seed, { clock: threadCpuClock, seconds: options.threads <= 1 ? seconds : seconds / 100 })
  if (options.threads <= 1 || !one.ok) return one
  const tasks = Array.from(
    { length: options.threads },
    (_, k): SearchTask => ({ kind: 'split', instance, seed: deriveSeed(seed, k), seconds, settings: splitSettings }),
  )
  const answers = await runOnThreads<SearchTask, never, SearchAnswer>(workerFile, tasks)
  const best = answers.reduce((least, answer) => (answer.cost < least.cost ? answer : least))
  const iterations = answers.reduce((sum, answer) => sum + answer.iterations, 0)
  const elapsed = Math.max(...answers.map((answer) => answer.elapsed))
  if (best.cost >= one.objective) return { ...one, iterations, elapsed }
  const plan = best.calls.map((route) => route.map(({ customer, amount }) => ({ customer: customer + 1, amount })))
  return { ...one, plan, objective: best.cost, gap: gapBetween(best.cost, one.bound), iterations, elapsed }
}
