/** Contacts gathered meeting by meeting, in room that is used again for the next question. */
import * as layout from './contact-cells.ts'
import { radixOrder } from './radix.ts'
import { type Ring, ringOf } from './ring.ts'

// Names of this module are constants to the engine's compiler; imported ones would be read from memory at each of millions of uses.
const { contactCells, VIA, FIRST, LAST, DURATION, MEETINGS, PLACE, ROWS, LONGEST } = layout

/** Into so many shelves the people are divided, by their number. */
const SHELVES = 256
/** Contacts in one stretch of a shelf. */
const STRETCH = 64
const stretchCells = STRETCH * contactCells
/** Cells that remember where somebody was written last; a power of two. */
const HINTS = 1 << 12

/**
 * Gathers the contacts of one ring.
 *
 * People are spread over all of memory: to look each one up when they are met, hundreds of thousands of times, would be to wait for memory
 * each time. So a meeting is only written down, on the shelf of its person's numbers, unless the same person stands there from a moment ago.
 * When all are written the shelves are gone through one by one: the people of one shelf fit into the fast memory of a core.
 */
export class ContactLedger {
  #cells: Int32Array
  /** Cells in use; the first ones belong to nobody, so that 0 means nowhere. */
  #used = contactCells
  readonly #shift: number
  /** Where each shelf goes on, and where its stretch ends. */
  readonly #next = new Int32Array(SHELVES)
  readonly #end = new Int32Array(SHELVES)
  /** First stretch of each shelf, and the stretch after each stretch; 0 where there is none. */
  readonly #first = new Int32Array(SHELVES)
  #after: Int32Array
  /** Who was written last of those who share the low bits of their number, and where. */
  readonly #hinted = new Int32Array(HINTS).fill(-1)
  readonly #hint = new Int32Array(HINTS)
  /** Where the people of one shelf stand. */
  readonly #known: Int32Array
  /** Where each contact begins, and how long they were together, while a ring is put in order. */
  #at: Int32Array
  #time: Int32Array

  /** @param room Contacts that are expected at most: their memory is touched now, so that no question waits until the machine provides it. */
  constructor(people: number, room: number) {
    this.#shift = Math.max(0, 32 - Math.clz32(Math.max(0, people - 1)) - Math.log2(SHELVES))
    this.#known = new Int32Array(1 << this.#shift).fill(0)
    const cells = room * contactCells + SHELVES * stretchCells
    this.#cells = new Int32Array(cells).fill(-1)
    this.#after = new Int32Array(Math.ceil(cells / stretchCells) + 1).fill(0)
    this.#at = new Int32Array(room).fill(0)
    this.#time = new Int32Array(room).fill(0)
  }

  clear(): void {
    this.#used = contactCells
    this.#next.fill(0)
    this.#end.fill(0)
    this.#first.fill(0)
    this.#hinted.fill(-1)
  }

  /**
   * Writes down meetings, each in as many cells as a contact: several meetings of one person at one place may come as one, with their first
   * start, last end, common time, number, and the longest with whom it was.
   */
  addAll(met: Int32Array, count: number): void {
    this.#reserve(count)
    const [cells, hinted, hint, next, ends, shift] = [this.#cells, this.#hinted, this.#hint, this.#next, this.#end, this.#shift]
    for (let from = 0; from < count * contactCells; from += contactCells) {
      const person = met[from] as number
      const slot = person & (HINTS - 1)
      if (hinted[slot] === person) {
        // The same people at the same desks on the next day.
        merge(cells, hint[slot] as number, met, from)
        continue
      }
      const shelf = person >>> shift
      let at = next[shelf] as number
      if (at === (ends[shelf] as number)) at = this.#stretch(shelf)
      next[shelf] = (at + contactCells) | 0
      hinted[slot] = person
      hint[slot] = at
      cells[at] = person
      cells[at + VIA] = met[from + VIA] as number
      cells[at + FIRST] = met[from + FIRST] as number
      cells[at + LAST] = met[from + LAST] as number
      cells[at + DURATION] = met[from + DURATION] as number
      cells[at + MEETINGS] = met[from + MEETINGS] as number
      cells[at + PLACE] = met[from + PLACE] as number
      cells[at + ROWS] = met[from + ROWS] as number
      cells[at + LONGEST] = met[from + LONGEST] as number
    }
  }

  #reserve(meetings: number): void {
    const wanted = this.#used + meetings * contactCells + SHELVES * stretchCells
    if (wanted <= this.#cells.length) return
    const cells = new Int32Array(Math.max(wanted, this.#cells.length * 2)).fill(-1)
    cells.set(this.#cells.subarray(0, this.#used))
    this.#cells = cells
    const after = new Int32Array(Math.ceil(cells.length / stretchCells) + 1)
    after.set(this.#after)
    this.#after = after
  }

  /** Gives a shelf its next stretch. Stretches lie one after the other from the first cell in use on. */
  #stretch(shelf: number): number {
    const at = this.#used
    const last = this.#end[shelf] as number
    if (last === 0) this.#first[shelf] = at
    else this.#after[stretchOf(last - stretchCells)] = at
    this.#after[stretchOf(at)] = 0
    this.#used = at + stretchCells
    this.#end[shelf] = this.#used
    return at
  }

  /** Takes the ring out, in order of common time, without those whose bit is set in `without`; the ledger is empty afterwards. */
  take(without: Uint32Array | null): Ring {
    if (this.#at.length * contactCells < this.#used) {
      const room = Math.ceil((2 * this.#used) / contactCells)
      this.#at = new Int32Array(room)
      this.#time = new Int32Array(room)
    }
    let count = 0
    for (let shelf = 0; shelf < SHELVES; shelf += 1) {
      const first = this.#first[shelf] as number
      if (first !== 0) count = this.#settle(shelf, first, without, count)
    }
    const [cells, at, time] = [this.#cells.slice(0, this.#used), this.#at, this.#time]
    let most = 0
    for (let k = 0; k < count; k += 1) if ((time[k] as number) > most) most = time[k] as number
    for (let k = 0; k < count; k += 1) time[k] = most - (time[k] as number)
    const order = radixOrder(time, count, most)
    for (let k = 0; k < count; k += 1) order[k] = at[order[k] as number] as number
    this.clear()
    return ringOf(cells, order)
  }

  /** Brings together what one shelf holds of each person; how many contacts there are with those before. */
  #settle(shelf: number, first: number, without: Uint32Array | null, before: number): number {
    const [cells, known, places, time] = [this.#cells, this.#known, this.#at, this.#time]
    const base = shelf << this.#shift
    const stop = this.#next[shelf] as number
    let count = before
    for (let stretch = first; stretch !== 0; stretch = this.#after[stretchOf(stretch)] as number) {
      const end = stop > stretch && stop <= stretch + stretchCells ? stop : stretch + stretchCells
      for (let at = stretch; at < end; at += contactCells) {
        const person = cells[at] as number
        if (without !== null && (((without[person >>> 5] as number) >>> (person & 31)) & 1) !== 0) continue
        const there = known[person - base] as number
        if (there === 0) {
          known[person - base] = at
          places[count] = at
          count += 1
        } else merge(cells, there, cells, at)
      }
    }
    for (let k = before; k < count; k += 1) {
      const at = places[k] as number
      time[k] = cells[at + DURATION] as number
      known[(cells[at] as number) - base] = 0
    }
    return count
  }
}

const stretchOf = (cell: number) => ((cell - contactCells) / stretchCells) | 0

/** Adds the contact or meeting at cell `at` of `more` to the contact of the same person at cell `to`. */
function merge(cells: Int32Array, to: number, more: Int32Array, at: number): void {
  if ((more[at + FIRST] as number) < (cells[to + FIRST] as number)) cells[to + FIRST] = more[at + FIRST] as number
  if ((more[at + LAST] as number) > (cells[to + LAST] as number)) cells[to + LAST] = more[at + LAST] as number
  cells[to + DURATION] = ((cells[to + DURATION] as number) + (more[at + DURATION] as number)) | 0
  cells[to + MEETINGS] = ((cells[to + MEETINGS] as number) + (more[at + MEETINGS] as number)) | 0
  const rows = more[at + ROWS] as number
  const nearest = cells[to + ROWS] as number
  if (rows >= 0 && (nearest < 0 || rows < nearest)) cells[to + ROWS] = rows
  if ((more[at + LONGEST] as number) > (cells[to + LONGEST] as number)) {
    cells[to + LONGEST] = more[at + LONGEST] as number
    cells[to + VIA] = more[at + VIA] as number
    cells[to + PLACE] = more[at + PLACE] as number
  }
}
