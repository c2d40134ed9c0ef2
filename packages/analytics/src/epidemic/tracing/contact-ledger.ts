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
/** Fields of a meeting that waits: those of a contact and its longest single meeting. */
const waitingFields = 9
/** So many meetings wait together: few enough to stay in the fast memory of a core. */
const waitingMeetings = 2048
/** Cells that remember where somebody waits; a power of two. */
const hints = 1 << 12

/**
 * Gathers contacts of one ring. Both rings share `mark`, one cell a person: 0 unseen, k > 0 row k - 1 of the ledger with sign +1,
 * k < 0 row -k - 1 of the one with sign -1. So "is in the other ring" and "which row" cost one memory access together.
 *
 * People are spread over all of memory: adding hundreds of thousands of meetings one by one would wait for memory each time. So meetings
 * wait, and when there are enough of them their cells are read ahead, many at a time, before they are added.
 */
export class ContactLedger {
  count = 0
  /** What reading ahead has read: kept, so that no compiler leaves the reading out as useless. */
  fetched = 0
  readonly #mark: Int32Array
  readonly #sign: 1 | -1
  // person, via, first, last, duration, meetings, place, nearest rows; the longest meeting is in its own column
  #rows: Int32Array
  #longest: Int32Array
  /** Common times while a ring is put in order. */
  #keys: Int32Array
  readonly #waiting = new Int32Array(waitingMeetings * waitingFields)
  #waitingEnd = 0
  /** Where somebody waits, by the low bits of their number; only a hint, what waits there decides. */
  readonly #hint = new Int32Array(hints)

  /** @param room Contacts that are expected at most: their memory is touched now, so that no question waits until the machine provides it. */
  constructor(mark: Int32Array, sign: 1 | -1, room: number) {
    this.#mark = mark
    this.#sign = sign
    this.#rows = new Int32Array(room * fields).fill(0)
    this.#longest = new Int32Array(room).fill(0)
    this.#keys = new Int32Array(room).fill(0)
  }

  clear(): void {
    const [mark, rows] = [this.#mark, this.#rows]
    // One sweep over all people costs less than a large ring's scattered cells; the other ring is taken out with this one.
    if (this.count * 16 > mark.length) mark.fill(0)
    else for (let at = 0; at < this.count * fields; at += fields) mark[(rows[at] as number) >>> 0] = 0
    this.count = 0
    this.#waitingEnd = 0
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
    const waiting = this.#waiting
    const known = this.#hint[person & (hints - 1)] as number
    // The same people at the same desks on the next day: they still wait.
    if (known < this.#waitingEnd && (waiting[known] as number) >>> 0 === person) {
      merge(waiting, known, from, to, duration, meetings, rows)
      if (longest > (waiting[known + 8] as number)) {
        waiting[known + 8] = longest
        waiting[known + 1] = via
        waiting[known + 6] = place
      }
      return
    }
    if (this.#waitingEnd === waitingMeetings * waitingFields) this.settle()
    const end = this.#waitingEnd
    this.#waitingEnd = end + waitingFields
    this.#hint[person & (hints - 1)] = end
    waiting[end] = person
    waiting[end + 1] = via
    waiting[end + 2] = from
    waiting[end + 3] = to
    waiting[end + 4] = duration
    waiting[end + 5] = meetings
    waiting[end + 6] = place
    waiting[end + 7] = rows
    waiting[end + 8] = longest
  }

  /** Adds the meetings that wait; call it before the ring is read. */
  settle(): void {
    const [mark, sign, waiting, end] = [this.#mark, this.#sign, this.#waiting, this.#waitingEnd]
    this.#waitingEnd = 0
    this.#makeRoom(end / waitingFields)
    const [cells, longest] = [this.#rows, this.#longest]
    // Nothing here waits for what was read before: a processor has many of these reads under way at once.
    let read = 0
    for (let at = 0; at < end; at += waitingFields) read ^= mark[(waiting[at] as number) >>> 0] as number
    for (let at = 0; at < end; at += waitingFields) {
      const known = (mark[(waiting[at] as number) >>> 0] as number) * sign - 1
      if (known >= 0) read ^= (cells[known * fields] as number) ^ (longest[known] as number)
    }
    this.fetched = read
    let count = this.count
    for (let at = 0; at < end; at += waitingFields) {
      const person = (waiting[at] as number) >>> 0
      const known = (mark[person] as number) * sign - 1
      if (known < 0) {
        const cell = count * fields
        cells[cell] = person
        cells[cell + 1] = waiting[at + 1] as number
        cells[cell + 2] = waiting[at + 2] as number
        cells[cell + 3] = waiting[at + 3] as number
        cells[cell + 4] = waiting[at + 4] as number
        cells[cell + 5] = waiting[at + 5] as number
        cells[cell + 6] = waiting[at + 6] as number
        cells[cell + 7] = waiting[at + 7] as number
        longest[count] = waiting[at + 8] as number
        count += 1
        mark[person] = count * sign
        continue
      }
      const cell = known * fields
      merge(
        cells,
        cell,
        waiting[at + 2] as number,
        waiting[at + 3] as number,
        waiting[at + 4] as number,
        waiting[at + 5] as number,
        waiting[at + 7] as number,
      )
      if ((waiting[at + 8] as number) > (longest[known] as number)) {
        longest[known] = waiting[at + 8] as number
        cells[cell + 1] = waiting[at + 1] as number
        cells[cell + 6] = waiting[at + 6] as number
      }
    }
    this.count = count
  }

  /** Takes the ring out, in order of common time; the ledger is empty afterwards. */
  take(): Ring {
    const count = this.count
    // A copy for the reader: the room itself stays, touched and ready for the next question.
    const cells = this.#rows.slice(0, count * fields)
    this.clear()
    const order = longestFirst(cells, count, this.#keys)
    let people: Uint32Array | undefined
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
    return {
      count,
      get person() {
        people ??= order.map((row) => cells[row * fields] as number)
        return people
      },
      contact,
      list: (limit = count) => Array.from({ length: Math.min(limit, count) }, (_, row) => contact(row)),
    }
  }

  #makeRoom(more: number): void {
    const room = this.#longest.length
    if (this.count + more <= room) return
    const wanted = Math.max(room * 2, this.count + more)
    const wider = new Int32Array(wanted * fields)
    wider.set(this.#rows.subarray(0, this.count * fields))
    this.#rows = wider
    const longer = new Int32Array(wanted)
    longer.set(this.#longest.subarray(0, this.count))
    this.#longest = longer
    this.#keys = new Int32Array(wanted)
  }
}

/** Adds meetings to the contact that begins at cell `at`. */
function merge(cells: Int32Array, at: number, from: number, to: number, duration: number, meetings: number, rows: number): void {
  if (from < (cells[at + 2] as number)) cells[at + 2] = from
  if (to > (cells[at + 3] as number)) cells[at + 3] = to
  cells[at + 4] = (cells[at + 4] as number) + duration
  cells[at + 5] = (cells[at + 5] as number) + meetings
  const nearest = cells[at + 7] as number
  if (rows >= 0 && (nearest < 0 || rows < nearest)) cells[at + 7] = rows
}

/** Digits of a radix sort: one wide digit where it holds all, else narrow ones. */
const WIDE = 16
const NARROW = 11
const LARGE = 20_000

/** Rows by common time, longest first, equal ones in their order: a radix sort, linear in the ring. `scratch` has room for it. */
function longestFirst(cells: Int32Array, count: number, scratch: Int32Array): Uint32Array {
  let keys = scratch
  let most = 0
  for (let row = 0; row < count; row += 1) {
    const time = cells[row * fields + 4] as number
    keys[row] = time
    if (time > most) most = time
  }
  const digitBits = most < 1 << WIDE && count > LARGE ? WIDE : NARROW
  const digits = 1 << digitBits
  let order: Uint32Array | null = null
  for (let shift = 0; shift < 31 && (order === null || most >> shift > 0); shift += digitBits) {
    const places = new Uint32Array(digits + 1)
    for (let k = 0; k < count; k += 1) {
      const at = digits - (((keys[k] as number) >> shift) & (digits - 1))
      places[at] = (places[at] as number) + 1
    }
    for (let at = 1; at <= digits; at += 1) places[at] = (places[at] as number) + (places[at - 1] as number)
    const sorted = new Uint32Array(count)
    const isLast = most >> (shift + digitBits) === 0
    const sortedKeys = isLast ? keys : new Int32Array(count)
    for (let k = 0; k < count; k += 1) {
      const key = keys[k] as number
      const at = digits - 1 - ((key >> shift) & (digits - 1))
      const place = places[at] as number
      places[at] = place + 1
      sorted[place] = order === null ? k : (order[k] as number)
      if (!isLast) sortedKeys[place] = key
    }
    order = sorted
    keys = sortedKeys
  }
  return order ?? new Uint32Array(0)
}
