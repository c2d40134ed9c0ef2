/** The second ring, place by place: whoever met somebody of the first ring. */
import { ContactLedger } from './contact-ledger.ts'
import type { CompiledRules } from './contact-rules.ts'
import { GatheredStays } from './gathered-stays.ts'
import { PlaceJoin } from './place-join.ts'
import type { Ring } from './ring.ts'
import type { StayIndex } from './stay-index.ts'
import { END, OTHER, rowCells, SEAT } from './stay-rows.ts'

const EMPTY = 0
/** Places whose rows are fetched together, how many rows one of them may have, and cells in one line of memory. */
const AHEAD = 16
const SMALL_PLACE = 512
const CELLS_A_LINE = 16
/** Cells of a stay that waits for its place: the stay added before it there, start, end, who, seat. */
const WAITING = 5

/** A column that grows and is used again for the next question. */
class Column {
  length = 0
  values: Int32Array
  constructor(size: number) {
    this.values = new Int32Array(size).fill(0)
  }
  reserve(more: number): void {
    if (this.length + more <= this.values.length) return
    const wider = new Int32Array((this.length + more) * 2)
    wider.set(this.values)
    this.values = wider
  }
}

/**
 * Gathers the stays of first-ring contacts by place and joins each place once with its other visitors. A busy hall where thousands of the
 * first ring were together would otherwise be read once for each of them, nearly always to find each other.
 */
export class SecondRing {
  readonly #index: StayIndex
  readonly #rules: CompiledRules
  /** One bit a person, set for the case and the first ring. */
  readonly #left: Uint32Array
  readonly #ledger: ContactLedger
  readonly #join: PlaceJoin
  /** Last stay at each place plus one; 0 where there is none. */
  readonly #head: Int32Array
  readonly #touched = new Column(65_536)
  readonly #waiting = new Column(262_144 * WAITING)
  readonly #stays = new GatheredStays()
  /** What reading ahead has read: kept, so that no compiler leaves the reading out as useless. */
  fetched = 0

  constructor(index: StayIndex, rules: CompiledRules, room: number) {
    this.#index = index
    this.#rules = rules
    this.#left = new Uint32Array((index.people >>> 5) + 1)
    this.#ledger = new ContactLedger(index.people, room)
    this.#join = new PlaceJoin(index, rules, this.#ledger)
    this.#head = new Int32Array(index.places).fill(EMPTY)
  }

  /** Leaves a person out of the second ring until it is taken. */
  leaveOut(person: number): void {
    this.#left[person >>> 5] = (this.#left[person >>> 5] as number) | (1 << (person & 31))
  }

  /** Adds the stays of a first-ring contact within [from, to). */
  add(contact: number, from: number, to: number): void {
    const { byPerson, personOffsets } = this.#index
    const own = (personOffsets[contact] as number) * rowCells
    const last = (personOffsets[contact + 1] as number) * rowCells
    const [touched, waiting, head] = [this.#touched, this.#waiting, this.#head]
    touched.reserve((last - own) / rowCells)
    waiting.reserve(((last - own) / rowCells) * WAITING)
    for (let row = own; row < last; row += rowCells) {
      const a = Math.max(from, byPerson[row] as number)
      if (a >= to) break
      const place = byPerson[row + OTHER] as number
      const before = head[place] as number
      if (before === EMPTY) {
        touched.values[touched.length] = place
        touched.length += 1
      }
      const at = waiting.length
      waiting.values[at] = before
      waiting.values[at + 1] = a
      waiting.values[at + 2] = Math.min(to, byPerson[row + END] as number)
      waiting.values[at + 3] = contact
      waiting.values[at + 4] = byPerson[row + SEAT] as number
      waiting.length = at + WAITING
      head[place] = at + 1
    }
  }

  /** Joins all places, and forgets the stays and who was left out. */
  take(): Ring {
    const touched = this.#touched
    for (let k = 0; k < touched.length; k += 1) {
      if (k % AHEAD === 0) this.#fetch(k, Math.min(k + AHEAD, touched.length))
      const place = touched.values[k] as number
      this.#collect(place)
      this.#join.join(place, this.#stays)
      this.#head[place] = EMPTY
    }
    touched.length = 0
    this.#waiting.length = 0
    const ring = this.#ledger.take(this.#left)
    this.#left.fill(0)
    return ring
  }

  /** Reads the rows of the next small places once: the machine fetches many at a time where the joins would wait for each. */
  #fetch(first: number, end: number): void {
    const { byPlace, placeOffsets, longestStay, placeKind } = this.#index
    const places = this.#touched.values
    let read = 0
    for (let k = first; k < end; k += 1) {
      const place = places[k] as number
      const low = placeOffsets[place] as number
      const high = placeOffsets[place + 1] as number
      read ^= (longestStay[place] as number) ^ (placeKind[place] as number)
      if (high - low <= SMALL_PLACE)
        for (let cell = low * rowCells; cell < high * rowCells; cell += CELLS_A_LINE) read ^= byPlace[cell] as number
    }
    this.fetched = read
  }

  /** Takes the waiting stays at a place that are long enough to count, in order of their start. */
  #collect(place: number): void {
    const stays = this.#stays
    const minimal = this.#rules.minimalOverlap[this.#index.placeKind[place] as number] as number
    const waiting = this.#waiting.values
    stays.clear()
    for (let at = this.#head[place] as number; at !== EMPTY; at = waiting[at - 1] as number) {
      const [from, to] = [waiting[at] as number, waiting[at + 1] as number]
      if (to - from >= minimal) stays.push(from, to, waiting[at + 2] as number, waiting[at + 3] as number)
    }
    stays.sort()
  }
}
