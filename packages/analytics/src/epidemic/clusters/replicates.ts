/** Data as chance would make them, for the Monte Carlo test of the scan statistic. */
import type { RandomStream } from '../../statistics/index.ts'
import type { ScanTable } from './cylinders.ts'

/** Fills the counts of all windows with one replicate. */
export type Replicate = (random: RandomStream, counts: Int32Array) => void

/**
 * Poisson model given the total: each case falls on a place in proportion to its weight and on a day evenly. Only the days inside the
 * windows are kept apart. Few cases are dealt one by one (alias method, A. J. Walker 1977, doi:10.1145/355744.355749), many by binomials.
 *
 * @param weights Weight of each place.
 * @param days All days; 1 for a purely spatial scan.
 */
export function spreadCases(table: ScanTable, weights: Float64Array, days: number): Replicate {
  const { places, windows, total } = table
  if (total > 8 * places) return spreadByBinomials(table, weights, days)
  const alias = aliasTable(weights)
  return (random, counts) => {
    counts.fill(0)
    for (let k = 0; k < total; k += 1) {
      const day = days === 1 ? 0 : random.integer(days)
      const place = alias(random)
      if (day < windows) counts[place * windows + day] = (counts[place * windows + day] as number) + 1
    }
    cumulate(counts, windows)
  }
}

function spreadByBinomials({ places, windows, total }: ScanTable, weights: Float64Array, days: number): Replicate {
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  return (random, counts) => {
    let left = total
    let weightLeft = whole
    for (let place = 0; place < places; place += 1) {
      const weight = weights[place] as number
      let here = place === places - 1 ? left : random.binomial(left, Math.min(1, weight / weightLeft))
      left -= here
      weightLeft -= weight
      for (let w = 0; w < windows; w += 1) {
        const today = days - w === 1 ? here : random.binomial(here, 1 / (days - w))
        counts[place * windows + w] = today
        here -= today
      }
    }
    cumulate(counts, windows)
  }
}

/** Permutation model: the days of the cases are dealt anew, places and days keep their totals. */
export function permuteDays(counts: readonly ArrayLike<number>[], windows: number): Replicate {
  const placeOf: number[] = []
  const backOf: number[] = []
  counts.forEach((row, place) => {
    for (let day = 0; day < row.length; day += 1)
      for (let k = 0; k < (row[day] as number); k += 1) {
        placeOf.push(place)
        backOf.push(row.length - 1 - day)
      }
  })
  const recent = backOf.filter((back) => back < windows).sort((a, b) => a - b)
  const places = Uint32Array.from(placeOf)
  return (random, replicate) => {
    replicate.fill(0)
    // A partial Fisher-Yates shuffle: only as many places are drawn as there are cases inside the windows.
    for (let k = 0; k < recent.length; k += 1) {
      const pick = k + random.integer(places.length - k)
      const place = places[pick] as number
      places[pick] = places[k] as number
      places[k] = place
      const cell = place * windows + (recent[k] as number)
      replicate[cell] = (replicate[cell] as number) + 1
    }
    cumulate(replicate, windows)
  }
}

function cumulate(counts: Int32Array, windows: number): void {
  if (windows === 1) return
  for (let cell = 0; cell < counts.length; cell += 1)
    if (cell % windows !== 0) counts[cell] = (counts[cell] as number) + (counts[cell - 1] as number)
}

function aliasTable(weights: Float64Array): (random: RandomStream) => number {
  const n = weights.length
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / n
  const keep = Float64Array.from(weights, (weight) => weight / mean)
  const other = Uint32Array.from({ length: n }, (_, k) => k)
  const small: number[] = []
  const large: number[] = []
  for (const [k, share] of keep.entries()) (share < 1 ? small : large).push(k)
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() as number
    const rich = large[large.length - 1] as number
    other[poor] = rich
    keep[rich] = (keep[rich] as number) + (keep[poor] as number) - 1
    if ((keep[rich] as number) < 1) {
      large.pop()
      small.push(rich)
    }
  }
  for (const k of [...small, ...large]) keep[k] = 1
  return (random) => {
    const k = random.integer(n)
    return random.uniform() < (keep[k] as number) ? k : (other[k] as number)
  }
}
