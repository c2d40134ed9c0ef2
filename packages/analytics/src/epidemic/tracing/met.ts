/** Meetings at one place on their way to a ledger: as many cells each as a contact has. */
import * as layout from './contact-cells.ts'

// Names of this module are constants to the engine's compiler; imported ones would be read from memory at each of millions of uses.
const { contactCells, VIA, FIRST, LAST, DURATION, MEETINGS, PLACE, ROWS, LONGEST } = layout

/** Room for so many meetings: the column itself where it suffices, else a larger one. */
export function roomFor(met: Int32Array, meetings: number): Int32Array {
  return met.length >= meetings * contactCells ? met : new Int32Array(meetings * 2 * contactCells)
}

/** Writes one meeting, number `count` of the column. */
export function writeMeeting(
  met: Int32Array,
  count: number,
  person: number,
  via: number,
  from: number,
  to: number,
  place: number,
  rows: number,
): void {
  const time = (to - from) | 0
  writeMeetings(met, count, person, via, from, to, place, rows, time, 1, time)
}

/** Writes several meetings of one person at one place as one. */
export function writeMeetings(
  met: Int32Array,
  count: number,
  person: number,
  via: number,
  from: number,
  to: number,
  place: number,
  rows: number,
  duration: number,
  meetings: number,
  longest: number,
): void {
  const at = count * contactCells
  met[at] = person
  met[at + VIA] = via
  met[at + FIRST] = from
  met[at + LAST] = to
  met[at + DURATION] = duration
  met[at + MEETINGS] = meetings
  met[at + PLACE] = place
  met[at + ROWS] = rows
  met[at + LONGEST] = longest
}
