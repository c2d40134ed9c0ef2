/** The inner loop of tracing: meetings of one stay with all other stays at its place. */
import type { CompiledRules } from './contact-rules.ts'
import { blockBits, type StayIndex } from './stay-index.ts'
import { rowsApart } from './stays.ts'

/** Receives one meeting: the other person, the common time [from, to), the place, and the rows between the seats (-1 where unknown or of no matter). */
export type OnMeeting = (person: number, from: number, to: number, place: number, rows: number) => void

/** First row in [low, high) whose start is at least `time`. */
export function firstRowFrom(start: Int32Array, time: number, low: number, high: number): number {
  let lo = low
  let hi = high
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if ((start[middle] as number) < time) lo = middle + 1
    else hi = middle
  }
  return lo
}

/**
 * Reports every meeting of `person` within [from, to).
 *
 * A stay at the place can only overlap [a, b) if it starts before b and not earlier than a minus the longest stay there; blocks whose
 * latest end is not after a are skipped whole. So the cost follows the people met, not the visitors of the place.
 */
export function forEachMeeting(
  index: StayIndex,
  rules: CompiledRules,
  person: number,
  from: number,
  to: number,
  onMeeting: OnMeeting,
): void {
  const { byPerson, byPlace, personOffsets, placeOffsets, longestStay, blockEnd, placeKind } = index
  const mySeat = byPerson.seat
  const theirSeat = byPlace.seat
  const lastOwn = personOffsets[person + 1] as number
  const blockMask = (1 << blockBits) - 1
  for (let own = personOffsets[person] as number; own < lastOwn; own += 1) {
    const a = Math.max(from, byPerson.start[own] as number)
    if (a >= to) break
    const b = Math.min(to, byPerson.end[own] as number)
    const place = byPerson.other[own] as number
    const kind = placeKind[place] as number
    const minimal = rules.minimalOverlap[kind] as number
    if (b - a < minimal) continue
    const rowLimit = rules.rowsApart[kind] as number
    const seat = mySeat === null ? 0 : (mySeat[own] as number)
    const low = placeOffsets[place] as number
    const high = placeOffsets[place + 1] as number
    let row = firstRowFrom(byPlace.start, a - (longestStay[place] as number), low, high)
    for (; row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> blockBits] as number) <= a) {
        row += blockMask
        continue
      }
      const theirStart = byPlace.start[row] as number
      if (theirStart >= b) break
      const theirEnd = byPlace.end[row] as number
      const since = Math.max(theirStart, a)
      const until = Math.min(theirEnd, b)
      if (until - since < minimal) continue
      const other = byPlace.other[row] as number
      if (other === person) continue
      const rows = theirSeat === null || rowLimit < 0 ? -1 : rowsApart(seat, theirSeat[row] as number)
      if (rowLimit >= 0 && rows > rowLimit) continue
      onMeeting(other, since, until, place, rows)
    }
  }
}
