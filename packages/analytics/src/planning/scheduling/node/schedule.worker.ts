/** A thread that keeps one search between tasks: evolves it for a share of the budget, takes in what other threads found. */
import { threadCpuClock } from '../../anytime/node/clocks.ts'
import { serveSearch } from '../../anytime/node/parallel.ts'
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
  /** A bound proven meanwhile on the end. */
  readonly endBound?: number
  /** Conflicts that this thread's clause search may spend in this share; 0 leaves all time to evolution. */
  readonly conflicts: number
}

export interface ShareResult {
  readonly start: Int32Array
  readonly cost: number
  readonly schedules: number
  readonly proven: boolean
  readonly endBound: number
}

let search: TimetableSearch | null = null

serveSearch<Share, never, ShareResult>((share, context) => {
  if (share.begin) {
    const { problem, seed, grant } = share.begin
    const net = compile(problem)
    search = new TimetableSearch(net, earliestStarts(net).start, seed, grant)
  }
  if (search === null) throw new Error('the first share must carry the problem')
  const { evolution } = search
  if (share.endBound !== undefined) search.accept(share.endBound, 'destructive')
  if (share.adopt) evolution.adopt(share.adopt)
  const until = share.seconds === undefined ? Number.POSITIVE_INFINITY : threadCpuClock() + share.seconds
  const most = share.schedules ?? Number.POSITIVE_INFINITY
  const between = Math.max(1, Math.floor(2000 / search.net.size))
  if (evolution.cost === Number.POSITIVE_INFINITY) evolution.step()
  // Where both share the time the clause search goes first, for half of it.
  const half = share.seconds === undefined ? Number.POSITIVE_INFINITY : threadCpuClock() + share.seconds / 2
  search.prove(share.conflicts, () => context.stopped() || threadCpuClock() >= half)
  for (let steps = 1; !search.proven && evolution.schedules < most; steps++) {
    if (steps % between === 0 && (context.stopped() || threadCpuClock() >= until)) break
    evolution.step()
  }
  return {
    start: evolution.best.slice(),
    cost: evolution.cost,
    schedules: search.schedules,
    proven: search.proven,
    endBound: search.endBound,
  }
})
