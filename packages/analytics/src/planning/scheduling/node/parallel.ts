import { performance } from 'node:perf_hooks'
import { demand } from '../../../outcome.ts'
import { deriveSeed, gapBetween, type Planned } from '../../anytime/index.ts'
import { openThread, type SearchThread } from '../../anytime/node/parallel.ts'
import { findInfeasibility } from '../infeasibility.ts'
import { compile } from '../model/compile.ts'
import { earliestStarts } from '../model/windows.ts'
import { type Timetable, timetableOf } from '../plan.ts'
import { explainNone } from '../reasons/core.ts'
import { answer, FIRST_QUESTION, proofOf } from '../schedule.ts'
import { TimetableSearch } from '../search/timetable.ts'
import type { SchedulingProblem } from '../types.ts'
import type { Share, ShareResult } from './schedule.worker.ts'

/** `iterations` are schedules of all threads together, `seconds` CPU seconds of each thread. */
export interface ThreadsRequest {
  readonly threads: number
  readonly seconds?: number
  readonly iterations?: number
  readonly seed?: number
  /** The most conflicts of the clause search, which runs on the last thread. */
  readonly conflicts?: number
  /** Rounds between which threads tell each other their best; 6 when absent. */
  readonly rounds?: number
}

/** Share of the seconds after which the calling thread leaves refuting to the others. */
const FIRST_SHARE = 0.03

const WORKER = new URL('./schedule.worker.ts', import.meta.url)

/**
 * Schedules on several threads of Node: each evolves a population of its own and takes in the best of all between rounds, but the last one
 * proves: it refutes early ends in the first round and searches with clauses in the later ones. The calling thread only waits.
 * Reproducible when limited by `iterations`.
 *
 * @throws InputError when the input cannot be read or no limit is given
 */
export async function scheduleOnThreads(problem: SchedulingProblem, request: ThreadsRequest): Promise<Planned<Timetable>> {
  const { threads, seconds, iterations } = request
  demand(
    threads >= 1 && (seconds !== undefined || iterations !== undefined),
    'no-budget',
    '请给出线程数（至少 1）以及秒数或迭代次数',
    'Give a number of threads (at least 1) and seconds or iterations',
  )
  const began = performance.now()
  const seed = request.seed ?? 1
  const net = compile(problem)
  const reason = findInfeasibility(net)
  if (reason) return reason
  const rounds = request.rounds ?? 6
  const own = new TimetableSearch(net, earliestStarts(net).start, seed, 1)
  // What a first plan and its refutation settle needs no threads.
  own.evolution.step()
  const early = () => performance.now() - began > 1000 * FIRST_SHARE * (seconds ?? Number.POSITIVE_INFINITY)
  if (!own.feasible) own.prove(FIRST_QUESTION, early)
  if (own.none) return explainNone(problem, () => performance.now() - began > 1000 * (seconds ?? Number.POSITIVE_INFINITY))
  own.raiseBound(early)
  if (own.proven) return answer(own, { seed, elapsed: (performance.now() - began) / 1000 })
  // In a run limited by schedules nothing may depend on which thread is first.
  const board = seconds === undefined ? undefined : new SharedArrayBuffer(8)
  const each = iterations === undefined ? undefined : iterations / threads
  const conflicts = request.conflicts ?? (seconds === undefined ? Math.min(20_000, iterations ?? 0) : Number.MAX_SAFE_INTEGER)
  const open: SearchThread<Share, never, ShareResult>[] = Array.from({ length: threads }, () =>
    openThread<Share, never, ShareResult>(WORKER),
  )
  try {
    let best: ShareResult | null = null
    let schedules = 0
    for (let round = 0; round < rounds; round++) {
      const shares = open.map((thread, k) =>
        thread.run({
          ...(board ? { board } : {}),
          ...(round === 0 ? { begin: { problem, seed: deriveSeed(seed, k), grant: each ?? 20_000 } } : {}),
          ...(best ? { adopt: best.start } : {}),
          ...(each === undefined ? {} : { schedules: (each * (round + 1)) / rounds }),
          ...(seconds === undefined ? {} : { seconds: seconds / rounds }),
          known: { endBound: own.endBound, method: own.method },
          // The last thread proves: bounds by refutation first, then by clauses, within its own time.
          ...(round === 0 && k === threads - 1 && seconds !== undefined ? { refuteSeconds: seconds / 3 } : {}),
          conflicts: round > 0 && k === threads - 1 ? conflicts / (rounds - 1) : 0,
        }),
      )
      if (board)
        for (const share of shares)
          share.then(
            ({ proven }) => {
              if (proven) for (const thread of open) thread.stop()
            },
            () => undefined,
          )
      const done = await Promise.all(shares)
      schedules = done.reduce((sum, result) => sum + result.schedules, own.evolution.schedules)
      for (const result of done) {
        if (best === null || result.cost < best.cost) best = result
        own.accept(result.endBound, result.method)
      }
      if (done.some((result) => result.none)) return explainNone(problem, early)
      if (done.some((result) => result.proven) || (best && best.cost <= own.bound)) break
    }
    if (best === null || best.cost >= own.evolution.cost) return answer(own, { seed, elapsed: (performance.now() - began) / 1000 })
    const { endBound, tardinessBound, bound } = own
    own.evolution.adopt(best.start)
    const verdict = answer(own, { seed, elapsed: (performance.now() - began) / 1000 })
    if (!verdict.ok) return verdict
    const plan = timetableOf(net, best.start, { endBound, tardinessBound, schedules: Math.round(schedules) })
    return {
      ...verdict,
      plan,
      objective: best.cost,
      bound,
      gap: gapBetween(best.cost, bound),
      proof: proofOf(own.method),
      iterations: plan.schedules,
    }
  } finally {
    await Promise.all(open.map((thread) => thread.close()))
  }
}
