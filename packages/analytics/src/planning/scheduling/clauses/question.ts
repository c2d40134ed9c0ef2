import type { Network } from '../model/network.ts'
import { earliestStarts, endOf, latestStarts } from '../model/windows.ts'
import { clausesRead } from './limits.ts'
import { ClauseSearch } from './solver.ts'

/**
 * A search for any schedule up to the horizon, to begin around `near`; null where the tables would grow too large. With `found` there is
 * one, `proven` without it there is none by the horizon.
 *
 * @param earliest earliest starts by time alone, which must exist
 */
export function openQuestion(net: Network, earliest: Int32Array, near: Int32Array): ClauseSearch | null {
  if (!clausesRead(net, net.horizon + 1)) return null
  const latest = latestStarts(net, net.horizon)
  // A window without a slot is for the search to refute: it begins with one slot and no room in it.
  const bound = earliest.some((t, j) => t > (latest[j] as number)) ? net.horizon + 1 : endOf(net, earliest)
  return new ClauseSearch(
    net,
    earliest,
    latest.map((t, j) => Math.max(t, earliest[j] as number)),
    bound,
    net.horizon + 1,
    near,
  )
}

/**
 * True when what cannot be done by the horizon can never be done: behind it everything could move forward together. Where lags tie
 * activities both ways and calendars rule, a coincidence of working slots may come later.
 */
export function horizonBinds(net: Network): boolean {
  if (net.time.every((time) => time === null)) return true
  const { first, other } = net.outOf
  const before = new Int32Array(net.size)
  for (const j of other) before[j] = (before[j] as number) + 1
  const free: number[] = []
  before.forEach((count, j) => {
    if (count === 0) free.push(j)
  })
  for (let head = 0; head < free.length; head++) {
    const i = free[head] as number
    for (let e = first[i] as number; e < (first[i + 1] as number); e++) {
      const j = other[e] as number
      before[j] = (before[j] as number) - 1
      if (before[j] === 0) free.push(j)
    }
  }
  return free.length === net.size
}

/** Whether any schedule exists: its starts, `'none'` when proven impossible, `'open'` when not settled within so many conflicts. */
export function settle(net: Network, near: Int32Array | null, conflicts: number, stop: () => boolean): Int32Array | 'none' | 'open' {
  const { start: earliest, failed } = earliestStarts(net)
  if (failed >= 0) return horizonBinds(net) ? 'none' : 'open'
  const question = openQuestion(net, earliest, near ?? earliest)
  if (question === null) return 'open'
  question.run(conflicts, () => question.found !== null || stop())
  if (question.found) return question.found
  return question.proven && horizonBinds(net) ? 'none' : 'open'
}
