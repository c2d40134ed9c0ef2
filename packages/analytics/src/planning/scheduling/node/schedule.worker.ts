/** A thread that keeps one search between tasks: evolves it for a share of the budget, takes in what other threads found. */
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
import type { BoundMethod } from '../bounds/destructive.ts'
import { compile } from '../model/compile.ts'
import { earliestStarts } from '../model/windows.ts'
import { TimetableSearch } from '../search/timetable.ts'
import type { SchedulingProblem } from '../types.ts'

/** One share of a search. The first carries the problem; later ones may carry the best schedule of the others. */
export interface Share {
  readonly begin?: { readonly problem: SchedulingProblem; readonly seed: number; readonly grant: number }
  readonly adopt?: Int32Array
  /** Ends the share: schedules of this thread in all, or CPU seconds from now. */
  readonly schedules?: number
  readonly seconds?: number
  /** A bound proven meanwhile on the end, and how. */
  readonly known?: { readonly endBound: number; readonly method: BoundMethod }
  /** Refute early ends at the beginning of this share, for at most so many CPU seconds. */
  readonly refuteSeconds?: number
  /** Where threads write the end bound they have proven, and how, while they search; absent where the result must not depend on timing. */
  readonly board?: SharedArrayBuffer
  /** Conflicts that this thread's clause search may spend in this share; what time is left goes to evolution. */
  readonly conflicts: number
}

export interface ShareResult {
  readonly start: Int32Array
  readonly cost: number
  readonly schedules: number
  readonly proven: boolean
  /** Proven: no plan keeps every rule. */
  readonly none: boolean
  readonly endBound: number
  readonly method: BoundMethod
}

let search: TimetableSearch | null = null

/** Ways of proof as they are written on the board. */
const METHODS: readonly BoundMethod[] = ['critical-path', 'destructive', 'clause-learning']

/** CPU seconds of the clause search between two looks at the board. */
const SLICE = 0.25

serveSearch<Share, never, ShareResult>((share, context) => {
  if (share.begin) {
    const { problem, seed, grant } = share.begin
    const net = compile(problem)
    search = new TimetableSearch(net, earliestStarts(net).start, seed, grant)
  }
  if (search === null) throw new Error('the first share must carry the problem')
  const running = search
  const { evolution } = running
  if (share.known) running.accept(share.known.endBound, share.known.method)
  if (share.adopt) evolution.adopt(share.adopt)
  const board = share.board ? new Int32Array(share.board) : null
  const hear = () => {
    if (board) running.accept(Atomics.load(board, 0), METHODS[Atomics.load(board, 1)] ?? 'destructive')
  }
  // One thread proves, so the two cells belong together.
  const tell = () => {
    if (!board || Atomics.load(board, 0) >= running.endBound) return
    Atomics.store(board, 1, METHODS.indexOf(running.method))
    Atomics.store(board, 0, running.endBound)
  }
  const until = share.seconds === undefined ? Number.POSITIVE_INFINITY : threadCpuClock() + share.seconds
  const most = share.schedules ?? Number.POSITIVE_INFINITY
  const between = Math.max(1, Math.floor(2000 / running.net.size))
  if (evolution.cost === Number.POSITIVE_INFINITY) evolution.step()
  const { refuteSeconds } = share
  if (refuteSeconds !== undefined) {
    const enough = threadCpuClock() + refuteSeconds
    running.raiseBound(() => context.stopped() || threadCpuClock() >= enough)
    tell()
  }
  const over = () => context.stopped() || threadCpuClock() >= until
  const spent = running.conflicts
  let works = true
  while (works && !running.proven && running.conflicts - spent < share.conflicts && !over()) {
    const pause = board ? threadCpuClock() + SLICE : Number.POSITIVE_INFINITY
    const before = running.conflicts
    works = running.prove(share.conflicts - (running.conflicts - spent), () => over() || threadCpuClock() >= pause)
    // Within a slice there may be none; without slices it has given up.
    if (!board) works &&= running.conflicts > before
    tell()
  }
  for (let steps = 1; !running.proven && evolution.schedules < most; steps++) {
    if (steps % between === 0) {
      if (over()) break
      hear()
    }
    evolution.step()
  }
  return {
    start: evolution.best.slice(),
    cost: evolution.cost,
    schedules: running.schedules,
    proven: running.proven,
    none: running.none,
    endBound: running.endBound,
    method: running.method,
  }
})
