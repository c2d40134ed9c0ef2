/** Contacts as they are handed to the reader. */
import { DURATION, FIRST, LAST, MEETINGS, PLACE, ROWS, VIA } from './contact-cells.ts'

/** One contact of the case, or of a contact of the case. Times are in the unit of the stays. */
export interface Contact {
  readonly person: number
  /** Whom they met: the case itself in the first ring; in the second the first-ring contact of the longest single meeting. */
  readonly via: number
  /** Start of the first meeting and end of the last one. */
  readonly first: number
  readonly last: number
  /** Common time over all meetings; overlapping stays of the same two people count once per pair of stays. */
  readonly duration: number
  readonly meetings: number
  /** Place of the longest meeting. */
  readonly place: number
  /** Fewest rows between known seats, -1 if seats were unknown or do not matter. */
  readonly nearestRows: number
}

/** A ring of contacts in order of common time, longest first. Columns hold the ring; `contact` and `list` give it row by row. */
export interface Ring {
  readonly count: number
  readonly person: Uint32Array
  contact(row: number): Contact
  list(limit?: number): Contact[]
}

/** A ring over cells that nobody writes any more; `at` says where each contact begins, in order. */
export function ringOf(cells: Int32Array, at: Uint32Array): Ring {
  const count = at.length
  let people: Uint32Array | undefined
  const contact = (row: number): Contact => {
    const cell = at[row] as number
    return {
      person: (cells[cell] as number) >>> 0,
      via: (cells[cell + VIA] as number) >>> 0,
      first: cells[cell + FIRST] as number,
      last: cells[cell + LAST] as number,
      duration: cells[cell + DURATION] as number,
      meetings: cells[cell + MEETINGS] as number,
      place: (cells[cell + PLACE] as number) >>> 0,
      nearestRows: cells[cell + ROWS] as number,
    }
  }
  return {
    count,
    get person() {
      people ??= at.map((cell) => cells[cell] as number)
      return people
    },
    contact,
    list: (limit = count) => Array.from({ length: Math.min(limit, count) }, (_, row) => contact(row)),
  }
}
