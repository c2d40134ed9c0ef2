/** The inner loop of the first ring: meetings of one person with everybody at their places. */
import type { ContactLedger } from './contact-ledger.ts'
import type { CompiledRules } from './contact-rules.ts'
import { roomFor, writeMeeting } from './met.ts'
import { blockBits, type StayIndex } from './stay-index.ts'
import { END, firstRowFrom, OTHER, rowCells, SEAT } from './stay-rows.ts'
import { rowsApart } from './stays.ts'

/**
 * Writes every meeting of `person` within [from, to) to the ledger.
 *
 * A stay at the place can only overlap [a, b) if it starts before b and not earlier than a minus the longest stay there; blocks whose
 * latest end is not after a are skipped whole. So the cost follows the people met, not the visitors of the place.
 */
export function meetAll(index: StayIndex, rules: CompiledRules, person: number, from: number, to: number, ledger: ContactLedger): void {
  const { byPerson, byPlace, personOffsets, placeOffsets, longestStay, blockEnd, placeKind } = index
  let met: Int32Array = new Int32Array(0)
  const lastOwn = (personOffsets[person + 1] as number) * rowCells
  const blockMask = (1 << blockBits) - 1
  for (let own = (personOffsets[person] as number) * rowCells; own < lastOwn; own += rowCells) {
    const a = Math.max(from, byPerson[own] as number)
    if (a >= to) break
    const b = Math.min(to, byPerson[own + END] as number)
    const place = byPerson[own + OTHER] as number
    const kind = placeKind[place] as number
    const minimal = rules.minimalOverlap[kind] as number
    if (b - a < minimal) continue
    const rowLimit = rules.rowsApart[kind] as number
    const seat = byPerson[own + SEAT] as number
    const low = placeOffsets[place] as number
    const high = placeOffsets[place + 1] as number
    met = roomFor(met, high - low)
    let count = 0
    for (let row = firstRowFrom(byPlace, a - (longestStay[place] as number), low, high); row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> blockBits] as number) <= a) {
        row += blockMask
        continue
      }
      const at = row * rowCells
      const theirStart = byPlace[at] as number
      if (theirStart >= b) break
      const since = Math.max(theirStart, a)
      const until = Math.min(byPlace[at + END] as number, b)
      if (until - since < minimal) continue
      const other = byPlace[at + OTHER] as number
      if (other === person) continue
      const rows = rowLimit < 0 ? -1 : rowsApart(seat, byPlace[at + SEAT] as number)
      if (rowLimit >= 0 && rows > rowLimit) continue
      writeMeeting(met, count, other, person, since, until, place, rows)
      count += 1
    }
    ledger.addAll(met, count)
  }
}
