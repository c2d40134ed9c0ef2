import { demand, InputError } from '../../outcome.ts'

/** Daily new cases, one entry a day without gaps, oldest first. */
export interface DailyCases {
  /** Cases infected here. */
  readonly local: ArrayLike<number>
  /** Cases infected elsewhere, same length; default none. The first day's cases always count as imported. */
  readonly imported?: ArrayLike<number>
}

/** Checked counts: `local` without the first day, `total` with everything. */
export interface ReadCases {
  readonly days: number
  readonly local: Float64Array
  readonly total: Float64Array
}

function check(value: number, day: number, what: 'local' | 'imported'): void {
  if (Number.isFinite(value) && value >= 0) return
  const name = what === 'local' ? '本地' : '输入'
  const hint = Number.isFinite(value) ? '；如为更正数，请先用 redistributeCorrections 处理' : '；缺报日请先补报或填0'
  const advice = Number.isFinite(value)
    ? '; spread corrections back with redistributeCorrections first'
    : '; fill a missing day first, with 0 if it had none'
  throw new InputError(
    {
      code: Number.isFinite(value) ? 'negative-count' : 'missing-count',
      zh: `第${day}天${name}病例数为${value}${hint}`,
      en: `day ${day} has ${value} ${what} cases${advice}`,
    },
    day - 1,
  )
}

/**
 * Reads and checks counts. All cases of the first day are imported, as in R. N. Thompson et al. 2019, doi:10.1016/j.epidem.2019.100356.
 *
 * @param cases Local cases a day, oldest first, and imported ones of the same days.
 * @returns Local, imported and all cases by day.
 * @throws InputError naming the day (1 = first) for negative or missing counts and unequal lengths.
 */
export function readCases(cases: DailyCases): ReadCases {
  const days = cases.local.length
  demand(
    cases.imported === undefined || cases.imported.length === days,
    'unequal-lengths',
    `本地与输入病例序列长度不同（${days}与${cases.imported?.length}）`,
    `local and imported series differ in length (${days} and ${cases.imported?.length})`,
  )
  const local = new Float64Array(days)
  const total = new Float64Array(days)
  for (let day = 0; day < days; day += 1) {
    const here = cases.local[day] ?? Number.NaN
    const elsewhere = cases.imported === undefined ? 0 : (cases.imported[day] ?? Number.NaN)
    check(here, day + 1, 'local')
    check(elsewhere, day + 1, 'imported')
    local[day] = day === 0 ? 0 : here
    total[day] = here + elsewhere
  }
  return { days, local, total }
}

/**
 * The infection pressure Λ_t = Σ_s w_s I_(t−s), s ≥ 1, for every day; 0 on the first. Source: A. Cori et al. 2013, doi:10.1093/aje/kwt133.
 *
 * @param total All cases by day.
 * @param weights w_0, w_1, … by day.
 * @returns Λ by day, in cases.
 * @throws Nothing: counts and weights are checked where they are read.
 */
export function totalInfectivity(total: ArrayLike<number>, weights: ArrayLike<number>): Float64Array {
  const days = total.length
  const pressure = new Float64Array(days)
  let reach = Math.min(weights.length, days) - 1
  while (reach > 0 && (weights[reach] ?? 0) === 0) reach -= 1
  for (let day = 1; day < days; day += 1) {
    let sum = 0
    const far = Math.min(day, reach)
    for (let s = 1; s <= far; s += 1) sum += (weights[s] as number) * (total[day - s] as number)
    pressure[day] = sum
  }
  return pressure
}

/** A series whose negative corrections were taken from the days before them. */
export interface Redistributed {
  readonly counts: Float64Array
  /** Days (0 = first) whose given count was negative, with the number of cases taken back. */
  readonly corrections: readonly { readonly day: number; readonly removed: number }[]
}

/**
 * Takes each negative correction back from the latest days before it, so that the running total after every correction stays as reported. A
 * rule of bookkeeping, which needs no source.
 *
 * @param counts New cases by day, oldest first; negative ones are corrections.
 * @returns Counts of the same days, none negative, and the corrections with their days (0 = first).
 * @throws InputError `correction-too-large` naming the day where more is taken back than was ever reported.
 */
export function redistributeCorrections(counts: ArrayLike<number>): Redistributed {
  const kept = Float64Array.from(counts)
  const corrections: { day: number; removed: number }[] = []
  for (let day = 0; day < kept.length; day += 1) {
    let debt = -(kept[day] ?? 0)
    if (!(debt > 0)) continue
    corrections.push({ day, removed: debt })
    kept[day] = 0
    for (let earlier = day - 1; earlier >= 0 && debt > 0; earlier -= 1) {
      const taken = Math.min(debt, kept[earlier] ?? 0)
      kept[earlier] = (kept[earlier] ?? 0) - taken
      debt -= taken
    }
    demand(
      debt === 0,
      'correction-too-large',
      `第${day + 1}天的更正数超过此前累计报告数；请核对该数，或从更早的日期开始`,
      `the correction on day ${day + 1} takes back more cases than were ever reported: check it, or begin earlier`,
      day,
    )
  }
  return { counts: kept, corrections }
}
