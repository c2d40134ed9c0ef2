/** Grouping of rows by a key in compressed sparse rows, and ordering inside each group by time. */

/** Columns of one side of the index; `other` is the place in the view by person and the person in the view by place. */
export interface Columns {
  readonly other: Uint32Array
  readonly start: Int32Array
  readonly end: Int32Array
  readonly seat: Uint16Array | null
}

/** Turns counts per key (stored one cell to the right) into offsets, in place. */
export function accumulate(counts: Uint32Array): void {
  for (let key = 1; key < counts.length; key += 1) counts[key] = (counts[key] as number) + (counts[key - 1] as number)
}

const smallGroup = 24

/** A sorter of the rows [from, to) by start; rows that start together keep their order. */
export function createGroupSorter(columns: Columns): (from: number, to: number) => void {
  const { other, start, end, seat } = columns
  let order = new Float64Array(1024)
  let copies = { other: new Uint32Array(0), start: new Int32Array(0), end: new Int32Array(0), seat: new Uint16Array(0) }

  const insertionSort = (from: number, to: number) => {
    for (let row = from + 1; row < to; row += 1) {
      const s = start[row] as number
      if ((start[row - 1] as number) <= s) continue
      const o = other[row] as number
      const e = end[row] as number
      const c = seat === null ? 0 : (seat[row] as number)
      let hole = row
      while (hole > from && (start[hole - 1] as number) > s) {
        other[hole] = other[hole - 1] as number
        start[hole] = start[hole - 1] as number
        end[hole] = end[hole - 1] as number
        if (seat !== null) seat[hole] = seat[hole - 1] as number
        hole -= 1
      }
      other[hole] = o
      start[hole] = s
      end[hole] = e
      if (seat !== null) seat[hole] = c
    }
  }

  const makeRoom = (size: number) => {
    if (order.length < size) order = new Float64Array(size * 2)
    if (copies.other.length < size)
      copies = {
        other: new Uint32Array(size * 2),
        start: new Int32Array(size * 2),
        end: new Int32Array(size * 2),
        seat: new Uint16Array(size * 2),
      }
  }

  const keySort = (from: number, to: number) => {
    const size = to - from
    makeRoom(size)
    let least = start[from] as number
    for (let row = from; row < to; row += 1) least = Math.min(least, start[row] as number)
    // A double holds 53 bits: the start in the high part and the row in the low part let the native numeric sort do the work.
    // Stays that span 2^32 units with 2^21 rows in one group would just fit.
    for (let row = 0; row < size; row += 1) order[row] = ((start[from + row] as number) - least) * size + row
    const keys = order.subarray(0, size).sort()
    copies.other.set(other.subarray(from, to))
    copies.start.set(start.subarray(from, to))
    copies.end.set(end.subarray(from, to))
    if (seat !== null) copies.seat.set(seat.subarray(from, to))
    for (let place = 0; place < size; place += 1) {
      const row = (keys[place] as number) % size
      other[from + place] = copies.other[row] as number
      start[from + place] = copies.start[row] as number
      end[from + place] = copies.end[row] as number
      if (seat !== null) seat[from + place] = copies.seat[row] as number
    }
  }

  return (from, to) => {
    if (to - from < 2) return
    if (to - from <= smallGroup) insertionSort(from, to)
    else keySort(from, to)
  }
}
