/** The kernel of the scan statistic: all zones times all windows, for the data and for each replicate. */
import { demand } from '../../outcome.ts'
import { exactSum } from '../../statistics/double-double.ts'
import { devianceTerm } from '../../statistics/elementary.ts'
import type { Neighbourhoods } from './neighbourhoods.ts'

/** Counts and expectations that add up over places; cell `place * windows + w` covers window w at the place. */
export interface ScanTable {
  readonly places: number
  readonly windows: number
  readonly total: number
  readonly counts: Int32Array
  readonly expected: Float64Array
}

export interface Cylinder {
  readonly centre: number
  readonly size: number
  /** Index of the window. */
  readonly window: number
  readonly cases: number
  readonly expected: number
  readonly llr: number
}

/**
 * Log likelihood ratio of one zone against everywhere else, Poisson or permutation model (M. Kulldorff 1997,
 * doi:10.1080/03610929708831995): c ln(c / e) + (C − c) ln((C − c) / (C − e)) where c > e, else 0. Taken as the two deviances whose linear
 * parts cancel, both positive, so that it keeps its figures where c is close to e.
 *
 * @param cases c, cases in the zone.
 * @param expected e, cases expected there.
 * @param total C, all cases.
 * @returns The ratio's logarithm, 0 or more.
 * @throws Nothing: figures are checked where the table is made.
 */
export function logLikelihoodRatio(cases: number, expected: number, total: number): number {
  if (!(cases > expected)) return 0
  const rest = exactSum(total, -expected)
  return devianceTerm(cases, expected) + devianceTerm(total - cases, rest.high, rest.low)
}

const maximalCylinders = 20_000_000

/**
 * What does not change from replicate to replicate. With c ln c tabulated for whole c, the ratio of one cylinder needs no logarithm:
 * X(c) + X(C − c) − c ln e − (C − c) ln(C − e).
 */
export class CylinderScan {
  readonly #neighbours: readonly Uint32Array[]
  readonly #windows: number
  readonly #total: number
  readonly #leastCases: Int32Array
  readonly #logExpected: Float64Array
  readonly #logOutside: Float64Array
  readonly #countTimesLog: Float64Array
  readonly #running: Int32Array

  /** @throws InputError `too-many-cylinders`. */
  constructor({ neighbours }: Neighbourhoods, table: ScanTable) {
    const { windows, total, expected } = table
    const cylinders = neighbours.reduce((sum, row) => sum + row.length * windows, 0)
    demand(
      cylinders <= maximalCylinders,
      'too-many-cylinders',
      `候选圆柱 ${cylinders} 个，超过上限；请降低人口比例上限或合并地区`,
      `${cylinders} cylinders are too many: lower the share of the population or merge places`,
    )
    this.#neighbours = neighbours
    this.#windows = windows
    this.#total = total
    this.#leastCases = new Int32Array(cylinders)
    this.#logExpected = new Float64Array(cylinders)
    this.#logOutside = new Float64Array(cylinders)
    this.#running = new Int32Array(windows)
    this.#countTimesLog = Float64Array.from({ length: total + 1 }, (_, count) => (count === 0 ? 0 : count * Math.log(count)))
    const held = new Float64Array(windows)
    let at = 0
    for (const row of neighbours) {
      held.fill(0)
      for (const place of row) {
        for (let w = 0; w < windows; w += 1) {
          const e = (held[w] as number) + (expected[place * windows + w] as number)
          held[w] = e
          // c > e strictly, e may be whole; a zone with all the expectation can never be a cluster.
          this.#leastCases[at] = e > 0 && e < total ? Math.floor(e) + 1 : total + 1
          this.#logExpected[at] = Math.log(e)
          this.#logOutside[at] = Math.log(total - e)
          at += 1
        }
      }
    }
  }

  /** Greatest ratio over all cylinders for one set of counts. */
  maximum(counts: Int32Array): number {
    const windows = this.#windows
    const total = this.#total
    const least = this.#leastCases
    const logExpected = this.#logExpected
    const logOutside = this.#logOutside
    const x = this.#countTimesLog
    const running = this.#running
    let best = 0
    let at = 0
    for (const row of this.#neighbours) {
      running.fill(0)
      for (let k = 0; k < row.length; k += 1) {
        const cell = (row[k] as number) * windows
        for (let w = 0; w < windows; w += 1) {
          const c = (running[w] as number) + (counts[cell + w] as number)
          running[w] = c
          if (c >= (least[at] as number)) {
            const outside = total - c
            const llr = (x[c] as number) + (x[outside] as number) - c * (logExpected[at] as number) - outside * (logOutside[at] as number)
            if (llr > best) best = llr
          }
          at += 1
        }
      }
    }
    return best
  }
}

/** Calls `visit` for every cylinder, smallest zones of each centre first. A zone stops before the first place that is taken. */
export function visitCylinders(
  { neighbours }: Neighbourhoods,
  table: ScanTable,
  taken: (place: number) => boolean,
  visit: (centre: number, size: number, window: number, cases: number, expected: number) => void,
): void {
  const { windows, counts, expected } = table
  const cases = new Int32Array(windows)
  const mean = new Float64Array(windows)
  neighbours.forEach((row, centre) => {
    cases.fill(0)
    mean.fill(0)
    for (let k = 0; k < row.length; k += 1) {
      const place = row[k] as number
      if (taken(place)) break
      for (let w = 0; w < windows; w += 1) {
        cases[w] = (cases[w] as number) + (counts[place * windows + w] as number)
        mean[w] = (mean[w] as number) + (expected[place * windows + w] as number)
        visit(centre, k + 1, w, cases[w] as number, mean[w] as number)
      }
    }
  })
}

/** The likeliest cylinder among places not taken; of equals the first centre, the smaller zone, the shorter window. Null if none exceeds its expectation. */
export function likeliestCylinder(neighbourhoods: Neighbourhoods, table: ScanTable, taken: (place: number) => boolean): Cylinder | null {
  let best: Cylinder | null = null
  visitCylinders(neighbourhoods, table, taken, (centre, size, window, cases, expected) => {
    if (cases <= expected) return
    const llr = logLikelihoodRatio(cases, expected, table.total)
    if (llr > (best?.llr ?? 0)) best = { centre, size, window, cases, expected, llr }
  })
  return best
}

/**
 * The `count` likeliest cylinders, overlapping ones included. Each is weighed by `logLikelihoodRatio` (M. Kulldorff 1997,
 * doi:10.1080/03610929708831995).
 *
 * @param neighbourhoods Places in order of distance from each centre.
 * @param table Counts and expectations of all windows.
 * @param count How many are wanted.
 * @returns Cylinders with their ratio, the likeliest first.
 * @throws InputError `too-many-cylinders`.
 */
export function rankCylinders(neighbourhoods: Neighbourhoods, table: ScanTable, count: number): Cylinder[] {
  const all: Cylinder[] = []
  visitCylinders(
    neighbourhoods,
    table,
    () => false,
    (centre, size, window, cases, expected) => {
      if (cases > expected) all.push({ centre, size, window, cases, expected, llr: logLikelihoodRatio(cases, expected, table.total) })
    },
  )
  return all.sort((a, b) => b.llr - a.llr).slice(0, count)
}
