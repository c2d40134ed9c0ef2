/** The second ring, place by place: whoever met somebody of the first ring. */
import type { ContactLedger } from './contact-ledger.ts'
import type { CompiledRules } from './contact-rules.ts'
import { firstRowFrom } from './meetings.ts'
import { blockBits, type StayIndex } from './stay-index.ts'
import { rowsApart } from './stays.ts'

const EMPTY = 0
/** Up to so many stays at a place are ordered by insertion. */
const FEW = 24

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
  /** Below zero: in the first ring. */
  readonly #mark: Int32Array
  readonly #ledger: ContactLedger
  /** First stay at each place plus one; 0 where there is none. */
  readonly #head: Int32Array
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

  constructor(index: StayIndex, rules: CompiledRules, mark: Int32Array, ledger: ContactLedger) {
    this.#index = index
    this.#rules = rules
    this.#mark = mark
    this.#ledger = ledger
    this.#head = new Int32Array(index.places)
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
  gather(person: number): void {
    const touched = this.#touched
    for (let k = 0; k < touched.length; k += 1) {
      const place = touched.values[k] as number
      this.#join(place, person)
      this.#head[place] = EMPTY
    }
    touched.length = 0
    for (const column of [this.#next, this.#from, this.#to, this.#via, this.#seat]) column.length = 0
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

  #join(place: number, person: number): void {
    const { byPlace, placeOffsets, longestStay, blockEnd, placeKind } = this.#index
    const kind = placeKind[place] as number
    const minimal = this.#rules.minimalOverlap[kind] as number
    const rowLimit = this.#rules.rowsApart[kind] as number
    const count = this.#collect(place)
    const [a, b, via, seat] = [this.#a, this.#b, this.#by, this.#row]
    let latest = -2147483648
    let widest = 0
    for (let k = 0; k < count; k += 1) {
      latest = Math.max(latest, b[k] as number)
      widest = Math.max(widest, (b[k] as number) - (a[k] as number))
    }
    const earliest = a[0] as number
    const high = placeOffsets[place + 1] as number
    const blockMask = (1 << blockBits) - 1
    // The first stay that can still reach a visitor moves on with the visitors, who come in order of their start.
    let low = 0
    let row = firstRowFrom(byPlace.start, earliest - (longestStay[place] as number), placeOffsets[place] as number, high)
    for (; row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> blockBits] as number) <= earliest) {
        row += blockMask
        continue
      }
      const theirStart = byPlace.start[row] as number
      if (theirStart >= latest) break
      const theirEnd = byPlace.end[row] as number
      if (theirEnd - Math.max(theirStart, earliest) < minimal) continue
      while (low < count && (a[low] as number) + widest <= theirStart) low += 1
      if (low === count) break
      const other = byPlace.other[row] as number
      if ((this.#mark[other] as number) < 0 || other === person) continue
      const theirSeat = byPlace.seat === null ? 0 : (byPlace.seat[row] as number)
      let first = 0
      let last = -2147483648
      let [duration, meetings, longest, by, nearest] = [0, 0, 0, 0, -1]
      const until = theirEnd - minimal
      for (let k = low; k < count; k += 1) {
        const start = a[k] as number
        if (start > until) break
        const since = Math.max(start, theirStart)
        const end = b[k] as number
        const parted = Math.min(end, theirEnd)
        const time = parted - since
        if (time < minimal) continue
        const rows = byPlace.seat === null ? -1 : rowsApart(seat[k] as number, theirSeat)
        if (rowLimit >= 0 && rows > rowLimit) continue
        if (meetings === 0 || since < first) first = since
        if (parted > last) last = parted
        duration += time
        meetings += 1
        if (time > longest) {
          longest = time
          by = via[k] as number
        }
        if (rows >= 0 && (nearest < 0 || rows < nearest)) nearest = rows
      }
      if (meetings > 0) this.#ledger.meetMany(other, by, first, last, place, nearest, duration, meetings, longest)
    }
  }
}
