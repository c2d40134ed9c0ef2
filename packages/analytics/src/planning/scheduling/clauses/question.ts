import type { Network } from '../model/network.ts'
import { tiedBothWays } from '../model/order.ts'
import { earliestStarts, endOf, latestStarts } from '../model/windows.ts'
import { longestRead } from './limits.ts'
import { ClauseSearch } from './solver.ts'

/** Share of the slots between the earliest end and the horizon that the tables must hold to make the question worth asking. */
const ROOM = 0.1

/** A search for any schedule. */
export interface Question {
  readonly search: ClauseSearch
  /** True when `search.proven` without `search.found` means that there is no schedule at all. */
  readonly whole: boolean
}

/**
 * Asks for any schedule up to the horizon, to begin around `near`; up to an earlier end where the tables would grow too large; null where
 * even that leaves no room.
 *
 * @param earliest earliest starts by time alone, which must exist
 */
export function openQuestion(net: Network, earliest: Int32Array, near: Int32Array): Question | null {
  const least = endOf(net, earliest)
  const end = Math.min(net.horizon, longestRead(net))
  if (end < least + ROOM * (net.horizon - least)) return null
  const latest = latestStarts(net, end)
  // A window without a slot is for the search to refute: it begins with one slot and no room in it.
  const closed = earliest.some((t, j) => t > (latest[j] as number))
  const high = latest.map((t, j) => Math.max(t, earliest[j] as number))
  return {
    search: new ClauseSearch(net, earliest, high, closed ? end + 1 : least, end + 1, near),
    whole: end === net.horizon && horizonBinds(net),
  }
}

/**
 * True when what cannot be done by the horizon can never be done: behind it everything could move forward together. Where lags tie
 * activities both ways and calendars rule, a coincidence of working slots may come later.
 */
export function horizonBinds(net: Network): boolean {
  return net.time.every((time) => time === null) || !tiedBothWays(net)
}

/** Whether any schedule exists: its starts, `'none'` when proven impossible, `'open'` when not settled within so many conflicts. */
export function settle(net: Network, near: Int32Array | null, conflicts: number, stop: () => boolean): Int32Array | 'none' | 'open' {
  const { start: earliest, failed } = earliestStarts(net)
  if (failed >= 0) return horizonBinds(net) ? 'none' : 'open'
  const question = openQuestion(net, earliest, near ?? earliest)
  if (question === null) return 'open'
  const { search, whole } = question
  search.run(conflicts, () => search.found !== null || stop())
  if (search.found) return search.found
  return search.proven && whole ? 'none' : 'open'
}
