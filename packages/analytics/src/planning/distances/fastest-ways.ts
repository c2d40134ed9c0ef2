/** Fastest ways between places over other places: what no tour can beat, also where the direct way is not the fastest. */
import type { TravelMatrix } from './matrix.ts'

const known = new WeakMap<TravelMatrix, Map<number, Float64Array>>()

/**
 * Seconds of the fastest way from i to j over any other places, by the labels of Dijkstra (1959) on the full matrix; each origin is
 * computed once. For proofs: nobody who stops on the way arrives before.
 */
export function fastestWays(matrix: TravelMatrix): (i: number, j: number) => number {
  const rows = known.get(matrix) ?? new Map<number, Float64Array>()
  known.set(matrix, rows)
  const size = matrix.places.length
  return (i, j) => {
    let row = rows.get(i)
    if (row === undefined) {
      row = fastestFrom(i, size, (a, b) => matrix.duration[a * size + b] as number)
      rows.set(i, row)
    }
    return row[j] as number
  }
}

/** The least time from one place to every other, `seconds` being that of each direct way; zero to itself. */
export function fastestFrom(origin: number, size: number, seconds: (from: number, to: number) => number): Float64Array {
  const time = new Float64Array(size).fill(Number.POSITIVE_INFINITY)
  const done = new Uint8Array(size)
  time[origin] = 0
  for (let k = 0; k < size; k++) {
    let at = -1
    for (let v = 0; v < size; v++) if (done[v] === 0 && (at < 0 || (time[v] as number) < (time[at] as number))) at = v
    if (at < 0) break
    done[at] = 1
    const here = time[at] as number
    for (let v = 0; v < size; v++) {
      const there = here + seconds(at, v)
      if (there < (time[v] as number)) time[v] = there
    }
  }
  return time
}
