/** Contacts gathered meeting by meeting, as columns that grow and are reused from one question to the next. */

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

const fields = 8

/**
 * Gathers contacts of one ring. Both rings share `mark`, one cell a person: 0 unseen, k > 0 row k - 1 of the ledger with sign +1,
 * k < 0 row -k - 1 of the one with sign -1. So "is in the other ring" and "which row" cost one memory access together.
 */
export class ContactLedger {
  count = 0
  readonly #mark: Int32Array
  readonly #sign: 1 | -1
  // person, via, first, last, duration, meetings, place, nearest rows; the longest meeting is in its own column
  #rows = new Int32Array(1024 * fields)
  #longest = new Int32Array(1024)

  constructor(mark: Int32Array, sign: 1 | -1) {
    this.#mark = mark
    this.#sign = sign
  }

  clear(): void {
    for (let row = 0; row < this.count; row += 1) this.#mark[this.person(row)] = 0
    this.count = 0
  }

  person(row: number): number {
    return (this.#rows[row * fields] as number) >>> 0
  }

  firstMeeting(row: number): number {
    return this.#rows[row * fields + 2] as number
  }

  meet(person: number, via: number, from: number, to: number, place: number, rows: number): void {
    this.meetMany(person, via, from, to, place, rows, to - from, 1, to - from)
  }

  /** Several meetings at one place at once: first start, last end, their common time, their number, and the longest with whom it was. */
  meetMany(
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
    const mark = this.#mark[person] as number
    const known = mark !== 0
    const row = known ? mark * this.#sign - 1 : this.#open(person)
    const cells = this.#rows
    const at = row * fields
    if (!known || from < (cells[at + 2] as number)) cells[at + 2] = from
    if (!known || to > (cells[at + 3] as number)) cells[at + 3] = to
    cells[at + 4] = (known ? (cells[at + 4] as number) : 0) + duration
    cells[at + 5] = (known ? (cells[at + 5] as number) : 0) + meetings
    if (!known || longest > (this.#longest[row] as number)) {
      this.#longest[row] = longest
      cells[at + 1] = via
      cells[at + 6] = place
    }
    const nearest = known ? (cells[at + 7] as number) : -1
    cells[at + 7] = rows >= 0 && (nearest < 0 || rows < nearest) ? rows : nearest
  }

  /** The ring in order of common time. It stays as it is when the ledger is used again. */
  ring(): Ring {
    const count = this.count
    const cells = this.#rows.slice(0, count * fields)
    const order = longestFirst(cells, count)
    const person = new Uint32Array(count)
    for (let row = 0; row < count; row += 1) person[row] = cells[(order[row] as number) * fields] as number
    const contact = (row: number): Contact => {
      const at = (order[row] as number) * fields
      return {
        person: (cells[at] as number) >>> 0,
        via: (cells[at + 1] as number) >>> 0,
        first: cells[at + 2] as number,
        last: cells[at + 3] as number,
        duration: cells[at + 4] as number,
        meetings: cells[at + 5] as number,
        place: (cells[at + 6] as number) >>> 0,
        nearestRows: cells[at + 7] as number,
      }
    }
    return { count, person, contact, list: (limit = count) => Array.from({ length: Math.min(limit, count) }, (_, row) => contact(row)) }
  }

  #open(person: number): number {
    const row = this.count
    if (row === this.#longest.length) {
      const wider = new Int32Array(row * 4 * fields)
      wider.set(this.#rows)
      this.#rows = wider
      const longer = new Int32Array(row * 4)
      longer.set(this.#longest)
      this.#longest = longer
    }
    this.#rows[row * fields] = person
    this.count = row + 1
    this.#mark[person] = this.count * this.#sign
    return row
  }
}

const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS

/** Rows by common time, longest first, equal ones in their order: a radix sort, linear in the ring. */
function longestFirst(cells: Int32Array, count: number): Uint32Array {
  const keys = new Int32Array(count)
  let most = 0
  for (let row = 0; row < count; row += 1) {
    const time = cells[row * fields + 4] as number
    keys[row] = time
    if (time > most) most = time
  }
  let order = new Uint32Array(count)
  let sorted = new Uint32Array(count)
  for (let row = 0; row < count; row += 1) order[row] = row
  for (let shift = 0; shift < 31 && most >> shift > 0; shift += DIGIT_BITS) {
    const places = new Uint32Array(DIGITS + 1)
    for (let row = 0; row < count; row += 1) {
      const at = DIGITS - (((keys[row] as number) >> shift) & (DIGITS - 1))
      places[at] = (places[at] as number) + 1
    }
    for (let at = 1; at <= DIGITS; at += 1) places[at] = (places[at] as number) + (places[at - 1] as number)
    for (let k = 0; k < count; k += 1) {
      const row = order[k] as number
      const at = DIGITS - 1 - (((keys[row] as number) >> shift) & (DIGITS - 1))
      const place = places[at] as number
      places[at] = place + 1
      sorted[place] = row
    }
    ;[order, sorted] = [sorted, order]
  }
  return order
}
