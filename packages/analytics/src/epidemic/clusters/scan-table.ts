/** From cases by place and day to the counts and expectations that the scan adds up. */
import { demand } from '../../outcome.ts'
import type { ScanTable } from './cylinders.ts'

/**
 * Counts and expectations of all windows; exported for ranked lists. Formulas at `scanSpaceTime` (doi:10.1371/journal.pmed.0020059).
 *
 * @param data.counts Cases by place and day, row by row; the last day is today.
 * @param data.population People by place; needed by `poisson`.
 * @param maximalDays Longest window, days.
 * @returns Cases and expectations by place and window, the days, and the cases of each place.
 * @throws InputError `scan-ragged`, `scan-count-invalid`, `population-missing`.
 */
export function spaceTimeTable(
  data: { readonly counts: readonly ArrayLike<number>[]; readonly population?: ArrayLike<number> },
  model: 'poisson' | 'permutation',
  maximalDays: number,
): { readonly table: ScanTable; readonly days: number; readonly placeTotals: Float64Array } {
  const places = data.counts.length
  const days = data.counts[0]?.length ?? 0
  const windows = Math.max(1, Math.min(maximalDays, days))
  const counts = new Int32Array(places * windows)
  const dayTotals = new Float64Array(days)
  const placeTotals = new Float64Array(places)
  data.counts.forEach((row, place) => {
    demand(row.length === days, 'scan-ragged', `第 ${place + 1} 个地区的天数不一致`, `Place ${place + 1} has a different number of days`)
    let recent = 0
    for (let day = days - 1; day >= 0; day -= 1) {
      const count = row[day] as number
      demand(
        Number.isInteger(count) && count >= 0,
        'scan-count-invalid',
        `第 ${place + 1} 个地区第 ${day + 1} 天的病例数应为非负整数`,
        `The cases of place ${place + 1} on day ${day + 1} must be whole and not negative`,
      )
      recent += count
      dayTotals[day] = (dayTotals[day] as number) + count
      if (days - day <= windows) counts[place * windows + (days - 1 - day)] = recent
    }
    placeTotals[place] = recent
  })
  const total = sumOf(placeTotals)
  demand(
    model === 'permutation' || data.population !== undefined,
    'population-missing',
    '泊松模型需要各地区人口',
    'The Poisson model needs the population of each place',
  )
  const weights = model === 'permutation' ? placeTotals : Float64Array.from(data.population ?? [])
  const whole = sumOf(weights)
  const expected = new Float64Array(places * windows)
  let recent = 0
  for (let w = 0; w < windows; w += 1) {
    recent += dayTotals[days - 1 - w] as number
    for (let place = 0; place < places; place += 1) {
      const weight = weights[place] as number
      expected[place * windows + w] = model === 'permutation' ? (weight * recent) / total : (total * (weight / whole) * (w + 1)) / days
    }
  }
  return { table: { places, windows, total, counts, expected }, days, placeTotals }
}

/** Expected cases of each place over all days, for the Poisson replicates. */
export function dailyWeights(table: ScanTable, days: number): Float64Array {
  return Float64Array.from({ length: table.places }, (_, place) => (table.expected[place * table.windows] as number) * days)
}

/**
 * Cases where none can be expected make the ratio infinite: an error of the tables, not a cluster.
 *
 * @throws InputError `expectation-missing`, `place-without-population` naming the place.
 */
export function demandExpectations(table: ScanTable, cases: (place: number) => number): void {
  const { places, windows, expected } = table
  demand(
    expected.every((e) => Number.isFinite(e) && e >= 0),
    'expectation-missing',
    '人口或期望数须为非负数且合计大于0，请核对地点表',
    'Populations or expectations must not be negative and must add up to more than 0: check the table of places',
  )
  for (let place = 0; place < places; place += 1)
    demand(
      (expected[place * windows] as number) > 0 || cases(place) === 0,
      'place-without-population',
      `第 ${place + 1} 个地区有病例但人口（期望数）为0，请补上人口或并入相邻地区`,
      `Place ${place + 1} has cases but no population or expectation: give one, or merge it with a neighbour`,
    )
}

/** Cases that one scan holds: the logarithms of all numbers of cases are tabulated. */
const MOST_CASES = 400_000_000

/**
 * Cases must be whole and not negative, and the options of a scan within their bounds.
 *
 * @throws InputError `scan-cases` naming the place, `too-many-cases`, `replicates`, `maximal-share`.
 */
export function demandCases(cases: ArrayLike<number>): void {
  for (let place = 0; place < cases.length; place += 1)
    demand(
      Number.isInteger(cases[place]) && (cases[place] as number) >= 0,
      'scan-cases',
      `第 ${place + 1} 个地区的病例数须为非负整数，收到 ${cases[place]}；更正数请先处理`,
      `Place ${place + 1} needs a whole number of cases from 0, got ${cases[place]}; settle corrections first`,
      place,
    )
  demand(
    sumOf(cases) <= MOST_CASES,
    'too-many-cases',
    `病例合计超过 ${MOST_CASES}，请换用更大的计数单位`,
    `More than ${MOST_CASES} cases in all: count in a larger unit`,
  )
}

export function demandScanOptions(replicates: number, maximalShare: number): void {
  demand(
    Number.isInteger(replicates) && replicates >= 0,
    'replicates',
    `模拟次数须为非负整数，收到 ${replicates}`,
    `the replicates must be a whole number from 0, got ${replicates}`,
  )
  demand(
    maximalShare > 0 && maximalShare <= 1,
    'maximal-share',
    `最大人口占比须大于0且不超过1，收到 ${maximalShare}`,
    `the largest share of the population must lie above 0 and up to 1, got ${maximalShare}`,
  )
}

export function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < values.length; k += 1) sum += values[k] as number
  return sum
}
