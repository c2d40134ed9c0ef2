/** The second ring, place by place: whoever met somebody of the first ring. */
import type { ContactLedger } from './contact-ledger.ts'
import type { CompiledRules } from './contact-rules.ts'
import { firstRowFrom } from './meetings.ts'
import { blockBits, type StayIndex } from './stay-index.ts'
import { rowsApart } from './stays.ts'

const EMPTY = 0
/** Up to so many stays at a place are ordered by insertion. */
const FEW = 24
/** So many stays that are over are passed by rather than cleared away. */
const FEW_GONE = 4
/** Places whose rows are fetched together, how many rows one of them may have, and rows in one line of memory. */
const AHEAD = 16
const SMALL_PLACE = 512
const ROWS_A_LINE = 16

/** Columns that grow and are used again for the next question. */
class Columns {
  length = 0
  values: Int32Array
  constructor(size: number) {
    this.values = new Int32Array(size)
  }
  push(value: number): void {
    if (this.length === this.values.length) {
      const wider = new Int32Array(this.length * 2)
      wider.set(this.values)
      this.values = wider
    }
    this.values[this.length] = value
    this.length += 1
  }
}

/**
 * Gathers the stays of first-ring contacts by place and joins each place once with its other visitors. A busy hall where thousands of the
 * first ring were together would otherwise be read once for each of them, nearly always to find each other; here every visitor of a place
 * is looked up once, those of the first ring fall out at once, and what remains is compared in neighbouring memory.
 */
export class SecondRing {
  readonly #index: StayIndex
  readonly #rules: CompiledRules
  /** One bit a person, set for the case and the first ring: small enough to stay in the fast memory of a core. */
  readonly #left: Uint32Array
  readonly #ledger: ContactLedger
  /** First stay at each place plus one; 0 where there is none. */
  readonly #head: Int32Array
  /** What reading ahead has read: kept, so that no compiler leaves the reading out as useless. */
  fetched = 0
  readonly #touched = new Columns(1024)
  readonly #next = new Columns(4096)
  readonly #from = new Columns(4096)
  readonly #to = new Columns(4096)
  readonly #via = new Columns(4096)
  readonly #seat = new Columns(4096)
  /** The stays at the place in hand: start, end, who, and where they sat. */
  #a = new Int32Array(256)
  #b = new Int32Array(256)
  #by = new Int32Array(256)
  #row = new Int32Array(256)

  constructor(index: StayIndex, rules: CompiledRules, ledger: ContactLedger) {
    this.#index = index
    this.#rules = rules
    this.#left = new Uint32Array((index.people >> 5) + 1)
    this.#ledger = ledger
    this.#head = new Int32Array(index.places)
  }

  /** Leaves a person out of the second ring, or takes them in again. */
  leaveOut(person: number, out: boolean): void {
    const word = this.#left[person >> 5] as number
    this.#left[person >> 5] = out ? word | (1 << (person & 31)) : word & ~(1 << (person & 31))
  }

  /** Adds the stays of a first-ring contact within [from, to). */
  add(contact: number, from: number, to: number): void {
    const { byPerson, personOffsets, placeKind } = this.#index
    const last = personOffsets[contact + 1] as number
    for (let own = personOffsets[contact] as number; own < last; own += 1) {
      const a = Math.max(from, byPerson.start[own] as number)
      if (a >= to) break
      const b = Math.min(to, byPerson.end[own] as number)
      const place = byPerson.other[own] as number
      if (b - a < (this.#rules.minimalOverlap[placeKind[place] as number] as number)) continue
      const before = this.#head[place] as number
      if (before === EMPTY) this.#touched.push(place)
      this.#next.push(before)
      this.#from.push(a)
      this.#to.push(b)
      this.#via.push(contact)
      this.#seat.push(byPerson.seat === null ? 0 : (byPerson.seat[own] as number))
      this.#head[place] = this.#next.length
    }
  }

  /** Joins all places, writes the meetings to the ledger and forgets the stays. */
  gather(): void {
    const touched = this.#touched
    for (let k = 0; k < touched.length; k += 1) {
      if (k % AHEAD === 0) this.#fetch(k, Math.min(k + AHEAD, touched.length))
      const place = touched.values[k] as number
      this.#join(place)
      this.#head[place] = EMPTY
    }
    touched.length = 0
    for (const column of [this.#next, this.#from, this.#to, this.#via, this.#seat]) column.length = 0
  }

  /** Reads the rows of the next small places once: the machine fetches many at a time where the joins would wait for each. */
  #fetch(first: number, end: number): void {
    const { byPlace, placeOffsets } = this.#index
    const { start, end: ends, other } = byPlace
    let read = 0
    for (let k = first; k < end; k += 1) {
      const place = this.#touched.values[k] as number
      const low = placeOffsets[place] as number
      const high = placeOffsets[place + 1] as number
      if (high - low > SMALL_PLACE) continue
      for (let row = low; row < high; row += ROWS_A_LINE) read ^= (start[row] as number) ^ (ends[row] as number) ^ (other[row] as number)
    }
    this.fetched = read
  }

  /** Copies the stays of first-ring contacts at a place into the scratch columns, in order of their start; their number. */
  #collect(place: number): number {
    let count = 0
    for (let stay = this.#head[place] as number; stay !== EMPTY; stay = this.#next.values[stay - 1] as number) {
      if (count === this.#a.length) this.#widen()
      // The list begins with the stay added last.
      const from = this.#from.values[stay - 1] as number
      let hole = count
      if (count < FEW) for (; hole > 0 && (this.#a[hole - 1] as number) >= from; hole -= 1) this.#move(hole - 1, hole)
      this.#a[hole] = from
      this.#b[hole] = this.#to.values[stay - 1] as number
      this.#by[hole] = this.#via.values[stay - 1] as number
      this.#row[hole] = this.#seat.values[stay - 1] as number
      count += 1
    }
    if (count > FEW) this.#sort(count)
    return count
  }

  #move(source: number, target: number): void {
    this.#a[target] = this.#a[source] as number
    this.#b[target] = this.#b[source] as number
    this.#by[target] = this.#by[source] as number
    this.#row[target] = this.#row[source] as number
  }

  #widen(): void {
    const wider = (column: Int32Array) => {
      const copy = new Int32Array(column.length * 2)
      copy.set(column)
      return copy
    }
    this.#a = wider(this.#a)
    this.#b = wider(this.#b)
    this.#by = wider(this.#by)
    this.#row = wider(this.#row)
  }

  /** Many stays at one place: ordered by start through the native sort. */
  #sort(count: number): void {
    const least = this.#a.subarray(0, count).reduce((low, start) => Math.min(low, start), 2147483647)
    const keys = new Float64Array(count)
    for (let k = 0; k < count; k += 1) keys[k] = ((this.#a[k] as number) - least) * count + (count - 1 - k)
    keys.sort()
    const sorted = (column: Int32Array) => {
      const copy = column.slice(0, count)
      for (let k = 0; k < count; k += 1) column[k] = copy[count - 1 - ((keys[k] as number) % count)] as number
    }
    for (const column of [this.#b, this.#by, this.#row, this.#a]) sorted(column)
  }

  /** Moves those of the stays [low, end) at the place that last until `time` to the end of it, in their order; where they begin now. */
  #forget(low: number, end: number, time: number): number {
    let to = end
    for (let k = end - 1; k >= low; k -= 1)
      if ((this.#b[k] as number) >= time) {
        to -= 1
        this.#move(k, to)
      }
    return to
  }

  #join(place: number): void {
    const { byPlace, placeOffsets, longestStay, blockEnd, placeKind } = this.#index
    const { start: starts, end: ends, other: visitors, seat: seats } = byPlace
    const kind = placeKind[place] as number
    const minimal = this.#rules.minimalOverlap[kind] as number
    const rowLimit = this.#rules.rowsApart[kind] as number
    const count = this.#collect(place)
    const [a, b, via, seat] = [this.#a, this.#b, this.#by, this.#row]
    const [left, ledger] = [this.#left, this.#ledger]
    let latest = -2147483648
    let widest = 0
    for (let k = 0; k < count; k += 1) {
      latest = Math.max(latest, b[k] as number)
      widest = Math.max(widest, (b[k] as number) - (a[k] as number))
    }
    const earliest = a[0] as number
    const longestHere = longestStay[place] as number
    const high = placeOffsets[place + 1] as number
    const blockMask = (1 << blockBits) - 1
    // The first stay that can still reach a visitor moves on with the visitors, who come in order of their start.
    let low = 0
    let row = firstRowFrom(starts, earliest - longestHere, placeOffsets[place] as number, high)
    for (; row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> blockBits] as number) <= earliest) {
        row += blockMask
        continue
      }
      const theirStart = starts[row] as number
      if (theirStart >= latest) break
      if ((a[low] as number) + widest <= theirStart) {
        do low += 1
        while (low < count && (a[low] as number) + widest <= theirStart)
        if (low === count) break
        // Nobody of the first ring is there for a while: go on with the earliest who can still be there when the next one comes.
        if ((a[low] as number) - longestHere > theirStart) {
          row = firstRowFrom(starts, (a[low] as number) - longestHere, row + 1, high) - 1
          continue
        }
      }
      const theirEnd = ends[row] as number
      const until = theirEnd - minimal
      if (until < (a[low] as number)) continue
      const other = visitors[row] as number
      if (((left[other >> 5] as number) >>> (other & 31)) & 1) continue
      const theirSeat = seats === null ? 0 : (seats[row] as number)
      let first = 0
      let last = -2147483648
      let duration = 0
      let meetings = 0
      let longest = 0
      let by = 0
      let nearest = -1
      let k = low
      let gone = 0
      for (; k < count; k += 1) {
        const start = a[k] as number
        if (start > until) break
        // max(start, theirStart) and min(end, theirEnd) without branches: which is the later one cannot be guessed by a processor.
        const later = start - theirStart
        const since = start - (later & (later >> 31))
        const earlier = (b[k] as number) - theirEnd
        const parted = theirEnd + (earlier & (earlier >> 31))
        const time = parted - since
        if (time < minimal) {
          // Who leaves before they have been together long enough is gone for all visitors that come later.
          if (parted < theirEnd) gone += 1
          continue
        }
        if (rowLimit >= 0) {
          const rows = rowsApart(seat[k] as number, theirSeat)
          if (rows > rowLimit) continue
          if (rows >= 0 && (nearest < 0 || rows < nearest)) nearest = rows
        }
        if (meetings === 0) first = since
        if (parted > last) last = parted
        duration += time
        meetings += 1
        if (time > longest) {
          longest = time
          by = via[k] as number
        }
      }
      if (meetings > 0) ledger.meetMany(other, by, first, last, place, nearest, duration, meetings, longest)
      if (gone > FEW_GONE && 2 * gone > k - low) {
        low = this.#forget(low, k, theirStart + minimal)
        if (low === count) break
      }
    }
  }
}
