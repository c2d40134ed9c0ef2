/**
 * Stays as rows of one column, four cells each: start, end, the other side (the place in the view by person, the person in the view by
 * place), seat. A stay is read whole or not at all, so its cells lie side by side: one line of memory holds four stays.
 */
import type { Stays } from './stays.ts'

export const rowCells = 4
/** Cells of a row. */
export const END = 1
export const OTHER = 2
export const SEAT = 3

/** Rows grouped by a key: those of key k are [offsets[k], offsets[k + 1]), in order of their start. */
export interface StayRows {
  readonly offsets: Uint32Array
  readonly rows: Int32Array
}

/** Turns counts per key (stored one cell to the right) into offsets, in place. */
function accumulate(counts: Uint32Array): void {
  for (let key = 1; key < counts.length; key += 1) counts[key] = (counts[key] as number) + (counts[key - 1] as number)
}

/** Groups stays by person or by place: a counting sort, then the order of time inside each group. */
export function groupStays(batches: readonly Stays[], by: 'person' | 'place', keys: number): StayRows {
  const offsets = new Uint32Array(keys + 1)
  for (const batch of batches) {
    const key = batch[by]
    for (let row = 0; row < key.length; row += 1) {
      const at = (key[row] as number) + 1
      offsets[at] = (offsets[at] as number) + 1
    }
  }
  accumulate(offsets)
  const next = offsets.slice(0, keys)
  const rows = new Int32Array((offsets[keys] as number) * rowCells)
  for (const batch of batches) {
    const key = batch[by]
    const other = batch[by === 'person' ? 'place' : 'person']
    const { start, end, seat } = batch
    for (let row = 0; row < key.length; row += 1) {
      const mine = key[row] as number
      const at = (next[mine] as number) * rowCells
      next[mine] = (next[mine] as number) + 1
      rows[at] = start[row] as number
      rows[at + END] = end[row] as number
      rows[at + OTHER] = other[row] as number
      rows[at + SEAT] = seat === undefined ? 0 : (seat[row] as number)
    }
  }
  sortGroups({ offsets, rows })
  return { offsets, rows }
}

/** The same rows grouped by their other side. Reading them person by person keeps equal starts in the order of the people. */
export function regroup({ offsets: old, rows }: StayRows, keys: number): StayRows {
  const offsets = new Uint32Array(keys + 1)
  for (let at = OTHER; at < rows.length; at += rowCells) {
    const key = (rows[at] as number) + 1
    offsets[key] = (offsets[key] as number) + 1
  }
  accumulate(offsets)
  const next = offsets.slice(0, keys)
  const regrouped = new Int32Array(rows.length)
  for (let mine = 0; mine + 1 < old.length; mine += 1) {
    const last = (old[mine + 1] as number) * rowCells
    for (let from = (old[mine] as number) * rowCells; from < last; from += rowCells) {
      const key = rows[from + OTHER] as number
      const at = (next[key] as number) * rowCells
      next[key] = (next[key] as number) + 1
      regrouped[at] = rows[from] as number
      regrouped[at + END] = rows[from + END] as number
      regrouped[at + OTHER] = mine
      regrouped[at + SEAT] = rows[from + SEAT] as number
    }
  }
  sortGroups({ offsets, rows: regrouped })
  return { offsets, rows: regrouped }
}

const smallGroup = 24

/** Orders each group by start; rows that start together keep their order. */
function sortGroups({ offsets, rows }: StayRows): void {
  let keys = new Float64Array(1024)
  for (let key = 0; key + 1 < offsets.length; key += 1) {
    const from = offsets[key] as number
    const to = offsets[key + 1] as number
    if (to - from <= smallGroup) sortFew(rows, from, to)
    else {
      if (keys.length < to - from) keys = new Float64Array((to - from) * 2)
      sortMany(rows, from, to, keys)
    }
  }
}

function sortFew(rows: Int32Array, from: number, to: number): void {
  const low = from * rowCells
  for (let at = low + rowCells; at < to * rowCells; at += rowCells) {
    const start = rows[at] as number
    if ((rows[at - rowCells] as number) <= start) continue
    const [end, other, seat] = [rows[at + END] as number, rows[at + OTHER] as number, rows[at + SEAT] as number]
    let hole = at
    while (hole > low && (rows[hole - rowCells] as number) > start) {
      rows[hole] = rows[hole - rowCells] as number
      rows[hole + END] = rows[hole - rowCells + END] as number
      rows[hole + OTHER] = rows[hole - rowCells + OTHER] as number
      rows[hole + SEAT] = rows[hole - rowCells + SEAT] as number
      hole -= rowCells
    }
    rows[hole] = start
    rows[hole + END] = end
    rows[hole + OTHER] = other
    rows[hole + SEAT] = seat
  }
}

function sortMany(rows: Int32Array, from: number, to: number, scratch: Float64Array): void {
  const size = to - from
  const low = from * rowCells
  let least = 2_147_483_647
  for (let row = 0; row < size; row += 1) least = Math.min(least, rows[low + row * rowCells] as number)
  // A double holds 53 bits: the start in the high part and the row in the low part let the native numeric sort do the work.
  // Stays that span 2^32 units with 2^21 rows in one group would just fit.
  for (let row = 0; row < size; row += 1) scratch[row] = ((rows[low + row * rowCells] as number) - least) * size + row
  const keys = scratch.subarray(0, size).sort()
  const copy = rows.slice(low, to * rowCells)
  for (let place = 0; place < size; place += 1) {
    const source = ((keys[place] as number) % size) * rowCells
    const at = low + place * rowCells
    rows[at] = copy[source] as number
    rows[at + END] = copy[source + END] as number
    rows[at + OTHER] = copy[source + OTHER] as number
    rows[at + SEAT] = copy[source + SEAT] as number
  }
}

/** First row in [low, high) whose start is at least `time`. */
export function firstRowFrom(rows: Int32Array, time: number, low: number, high: number): number {
  let lo = low
  let hi = high
  while (lo < hi) {
    const middle = (lo + hi) >>> 1
    if ((rows[middle * rowCells] as number) < time) lo = middle + 1
    else hi = middle
  }
  return lo
}
