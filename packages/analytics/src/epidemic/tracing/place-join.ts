/** Joins stays of the first ring at one place with all who visited it. The hottest loops of tracing: they hold all they touch in local names. */
import type { ContactLedger } from './contact-ledger.ts'
import type { CompiledRules } from './contact-rules.ts'
import { CrowdTimes } from './crowd-times.ts'
import type { GatheredStays } from './gathered-stays.ts'
import { roomFor, writeMeeting, writeMeetings } from './met.ts'
import { blockBits, type StayIndex } from './stay-index.ts'
import * as rows from './stay-rows.ts'
import { rowsApart } from './stays.ts'

// Names of this module are constants to the engine's compiler; imported ones would be read from memory at each of millions of uses.
const { END, OTHER, SEAT, rowCells, firstRowFrom } = rows
const BLOCK_BITS = blockBits
const blockMask = (1 << BLOCK_BITS) - 1
/** From so many stays at once on, a visitor's meetings are counted from sums instead of one by one. */
const CROWD = 24

export class PlaceJoin {
  readonly #index: StayIndex
  readonly #rules: CompiledRules
  readonly #ledger: ContactLedger
  readonly #crowd = new CrowdTimes()
  #met: Int32Array = new Int32Array(0)

  constructor(index: StayIndex, rules: CompiledRules, ledger: ContactLedger) {
    this.#index = index
    this.#rules = rules
    this.#ledger = ledger
  }

  /** Joins the stays at a place, which are in order of their start: those that hang together in time at once. */
  join(place: number, stays: GatheredStays): void {
    const { count, start, end } = stays
    const { placeOffsets } = this.#index
    this.#met = roomFor(this.#met, (placeOffsets[place + 1] as number) - (placeOffsets[place] as number))
    for (let from = 0; from < count; ) {
      let to = from + 1
      for (let reach = end[from] as number; to < count && (start[to] as number) < reach; to += 1) reach = Math.max(reach, end[to] as number)
      const met = to === from + 1 ? this.#joinOne(place, stays, from) : this.#joinMany(place, stays, from, to)
      this.#ledger.addAll(this.#met, met)
      from = to
    }
  }

  #joinOne(place: number, stays: GatheredStays, which: number): number {
    const { byPlace, placeOffsets, longestStay, blockEnd, placeKind } = this.#index
    const met = this.#met
    let count = 0
    const kind = placeKind[place] as number
    const minimal = this.#rules.minimalOverlap[kind] as number
    const rowLimit = this.#rules.rowsApart[kind] as number
    const [a, b] = [stays.start[which] as number, stays.end[which] as number]
    const [by, seat] = [stays.who[which] as number, stays.seat[which] as number]
    const high = placeOffsets[place + 1] as number
    for (let row = firstRowFrom(byPlace, a - (longestStay[place] as number), placeOffsets[place] as number, high); row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> BLOCK_BITS] as number) <= a) {
        row += blockMask
        continue
      }
      const at = row * rowCells
      const theirStart = byPlace[at] as number
      if (b - theirStart < minimal) break
      const theirEnd = byPlace[at + END] as number
      // max(start, theirStart) and min(end, theirEnd) without branches: which is the later one cannot be guessed by a processor.
      const later = (a - theirStart) | 0
      const since = (a - (later & (later >> 31))) | 0
      const earlier = (b - theirEnd) | 0
      const parted = (theirEnd + (earlier & (earlier >> 31))) | 0
      const time = (parted - since) | 0
      if (time < minimal) continue
      let apart = -1
      if (rowLimit >= 0) {
        apart = rowsApart(seat, byPlace[at + SEAT] as number)
        if (apart > rowLimit) continue
      }
      writeMeeting(met, count, byPlace[at + OTHER] as number, by, since, parted, place, apart)
      count += 1
    }
    return count
  }

  #joinMany(place: number, stays: GatheredStays, from: number, to: number): number {
    const { byPlace, placeOffsets, longestStay, blockEnd, placeKind } = this.#index
    const [met, crowd] = [this.#met, this.#crowd]
    let count = 0
    const kind = placeKind[place] as number
    const minimal = this.#rules.minimalOverlap[kind] as number
    const rowLimit = this.#rules.rowsApart[kind] as number
    const { start: a, end: b, who, seat } = stays
    const crowded = rowLimit < 0 && to - from >= CROWD
    if (crowded) crowd.gather(stays, from, to, minimal)
    let latest = -2_147_483_648
    let widest = 0
    for (let k = from; k < to; k += 1) {
      latest = Math.max(latest, b[k] as number)
      widest = Math.max(widest, (b[k] as number) - (a[k] as number))
    }
    const earliest = a[from] as number
    const high = placeOffsets[place + 1] as number
    // The first stay that can still reach a visitor moves on with the visitors, who come in order of their start.
    let low = from
    let row = firstRowFrom(byPlace, earliest - (longestStay[place] as number), placeOffsets[place] as number, high)
    for (; row < high; row += 1) {
      if ((row & blockMask) === 0 && (blockEnd[row >> BLOCK_BITS] as number) <= earliest) {
        row += blockMask
        continue
      }
      const at = row * rowCells
      const theirStart = byPlace[at] as number
      if (theirStart >= latest) break
      const theirEnd = byPlace[at + END] as number
      while (low < to && (a[low] as number) + widest <= theirStart) low += 1
      if (low === to) break
      const until = theirEnd - minimal
      if (until < (a[low] as number)) continue
      const other = byPlace[at + OTHER] as number
      if (crowded) {
        if (!crowd.meet(theirStart, theirEnd)) continue
        const { via, first, last, duration, meetings, longest } = crowd
        writeMeetings(met, count, other, via, first, last, place, -1, duration, meetings, longest)
        count += 1
        continue
      }
      const theirSeat = byPlace[at + SEAT] as number
      let first = 0
      let last = -2_147_483_648
      let duration = 0
      let meetings = 0
      let longest = 0
      let by = 0
      let nearest = -1
      for (let k = low; k < to; k += 1) {
        const start = a[k] as number
        if (start > until) break
        const later = (start - theirStart) | 0
        const since = (start - (later & (later >> 31))) | 0
        const earlier = ((b[k] as number) - theirEnd) | 0
        const parted = (theirEnd + (earlier & (earlier >> 31))) | 0
        const time = (parted - since) | 0
        if (time < minimal) continue
        if (rowLimit >= 0) {
          const apart = rowsApart(seat[k] as number, theirSeat)
          if (apart > rowLimit) continue
          if (apart >= 0 && (nearest < 0 || apart < nearest)) nearest = apart
        }
        if (meetings === 0) first = since
        if (parted > last) last = parted
        duration = (duration + time) | 0
        meetings += 1
        if (time > longest) {
          longest = time
          by = who[k] as number
        }
      }
      if (meetings === 0) continue
      writeMeetings(met, count, other, by, first, last, place, nearest, duration, meetings, longest)
      count += 1
    }
    return count
  }
}
