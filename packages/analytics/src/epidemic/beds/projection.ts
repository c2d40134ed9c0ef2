/** Beds in use: admissions convolved with the length of stay. */
import { demand, demandLevel, type Interval, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { RandomStream } from '../../statistics/index.ts'
import { quantileOfSorted } from '../linelist/index.ts'
import type { StayCurve } from './stay.ts'

/** Beds in use and patients leaving, day by day; the expectation, not rounded. */
export interface BedBalance {
  readonly occupied: Float64Array
  readonly leaving: Float64Array
}

/**
 * Expected beds in use at 24:00: B(t) = Σ_s A(s) S(t − s), with those already there at the start surviving on from their present stay a by
 * S(a + d) / S(a). Then B(t) = B(t − 1) + A(t) − leaving(t) holds by construction. An identity, which needs no source.
 *
 * @param admissions Patients admitted on day 0, 1, … (past, forecast, or both); not negative.
 * @param present Days that each patient present at the end of day −1 has been there (0 = admitted that day).
 * @returns Beds in use at 24:00 and patients leaving, one entry a day.
 * @throws InputError `admissions-invalid` naming the day
 */
export function occupiedBeds(admissions: ArrayLike<number>, stay: StayCurve, present: readonly number[] = []): BedBalance {
  const days = admissions.length
  const { survival } = stay
  const occupied = new Float64Array(days)
  for (let s = 0; s < days; s += 1) {
    const admitted = admissions[s] as number
    demand(
      admitted >= 0 && admitted < Number.POSITIVE_INFINITY,
      'admissions-invalid',
      `第 ${s + 1} 天收治数为 ${admitted}，应为非负数；没有就填 0`,
      `The admissions of day ${s + 1} are ${admitted}, not a number from 0 on: write 0 if there were none`,
      s,
    )
    const last = Math.min(days, s + survival.length)
    for (let t = s; t < last; t += 1) occupied[t] = (occupied[t] as number) + admitted * (survival[t - s] as number)
  }
  for (const soFar of present) {
    const still = survival[soFar] ?? 0
    for (let t = 0; t < days; t += 1) {
      const later = survival[soFar + t + 1] ?? 0
      if (still > 0) occupied[t] = (occupied[t] as number) + later / still
    }
  }
  const leaving = new Float64Array(days)
  const atStart = present.filter((soFar) => (survival[soFar] ?? 0) > 0).length
  for (let t = 0; t < days; t += 1)
    leaving[t] = (t === 0 ? atStart : (occupied[t - 1] as number)) + (admissions[t] as number) - (occupied[t] as number)
  return { occupied, leaving }
}

/**
 * Expected admissions from new cases by group (age): each group has its chance and its delay from onset to admission. A(t) = Σ_groups share
 * × Σ_s cases(s) × delay(t − s). An identity, which needs no source.
 *
 * @param groups Cases a day (index 0 = first day), chance of admission (0 to 1), and the chances of 0, 1, … days from onset to admission.
 * @param days Days of the answer.
 * @returns Expected admissions a day.
 * @throws InputError `share-out-of-range`.
 */
export function admissionsFromCases(
  groups: readonly { readonly cases: ArrayLike<number>; readonly share: number; readonly delay: readonly number[] }[],
  days: number,
): Float64Array {
  const admissions = new Float64Array(days)
  for (const { cases, share, delay } of groups) {
    demand(share >= 0 && share <= 1, 'share-out-of-range', '住院比例应在 0 到 1 之间', 'The share admitted must lie between 0 and 1')
    for (let s = 0; s < Math.min(days, cases.length); s += 1)
      delay.forEach((chance, d) => {
        if (s + d < days) admissions[s + d] = (admissions[s + d] as number) + (cases[s] as number) * share * chance
      })
  }
  return admissions
}

export interface BedDay {
  readonly beds: Interval
  /** Share of the draws in which more beds are needed than there are; null without a capacity. */
  readonly chanceAboveCapacity: number | null
}

export interface BedProjection {
  readonly days: readonly BedDay[]
  /** First day on which the chance to exceed the capacity is at least one half; null if none. */
  readonly fullOn: number | null
  readonly capacity: number | null
}

/**
 * Beds with their interval: every draw of future admissions (from a forecast) is followed patient by patient, each leaving at random by the
 * stay curve. So both doubts, about the epidemic and about the stays, are in the interval. The estimate is the mean over the draws of B(t)
 * = Σ_s A(s) S(t − s), an identity of `occupiedBeds` that needs no source; the limits are quantiles of the simulated beds.
 *
 * @param draws Draws of daily admissions (patients a day), whole numbers, all of the same length. One draw repeated gives the doubt of the
 *   stays alone.
 * @param stay Survival by whole days since admission, from `stayCurve` or `stayCurveFrom`.
 * @param options.present Days that each patient present at the end of day −1 has been there.
 * @param options.capacity Beds there are.
 * @param options.level Coverage of the limits; default 0.95.
 * @returns One entry a day: beds in use at 24:00. Refuses `too-few-draws` below 100 draws.
 * @throws InputError `draws-ragged`, `admissions-invalid` naming the day, `level`, `as-of`.
 */
export function projectBeds(
  draws: readonly ArrayLike<number>[],
  stay: StayCurve,
  options: {
    readonly asOf: string
    readonly seed: number
    readonly present?: readonly number[]
    readonly capacity?: number
    readonly level?: number
  },
): Outcome<BedProjection> {
  const provenance = provenanceOf('Admissions convolved with length of stay, simulated patient by patient', options.asOf)
  const level = options.level ?? 0.95
  demandLevel(level)
  if (draws.length < 100)
    return refuse(
      provenance,
      'too-few-draws',
      `抽样只有 ${draws.length} 条，至少需要 100 条`,
      `Only ${draws.length} draws of admissions: at least 100 are needed`,
    )
  const days = draws[0]?.length ?? 0
  const random = new RandomStream(options.seed)
  const byDay = Array.from({ length: days }, () => new Float64Array(draws.length))
  const expected = new Float64Array(days)
  draws.forEach((admissions, draw) => {
    demand(admissions.length === days, 'draws-ragged', '各条抽样的天数不一致', 'The draws differ in length')
    const mean = occupiedBeds(admissions, stay, options.present)
    for (let t = 0; t < days; t += 1) expected[t] = (expected[t] as number) + (mean.occupied[t] as number) / draws.length
    const beds = followPatients(admissions, stay.survival, options.present ?? [], random)
    for (let t = 0; t < days; t += 1) (byDay[t] as Float64Array)[draw] = beds[t] as number
  })
  const capacity = options.capacity ?? null
  const table = byDay.map((values, t): BedDay => {
    const sorted = values.sort()
    return {
      beds: {
        estimate: expected[t] as number,
        lower: quantileOfSorted(sorted, (1 - level) / 2),
        upper: quantileOfSorted(sorted, (1 + level) / 2),
        level,
      },
      chanceAboveCapacity: capacity === null ? null : sorted.filter((beds) => beds > capacity).length / sorted.length,
    }
  })
  const full = table.findIndex((day) => (day.chanceAboveCapacity ?? 0) >= 0.5)
  return { ...provenance, ok: true, days: table, fullOn: full < 0 ? null : full, capacity }
}

function followPatients(
  admissions: ArrayLike<number>,
  survival: Float64Array,
  present: readonly number[],
  random: RandomStream,
): Float64Array {
  const days = admissions.length
  const beds = new Float64Array(days)
  for (let s = 0; s < days; s += 1) {
    let there = admissions[s] as number
    let before = 1
    for (let d = 0; s + d < days && there > 0; d += 1) {
      const now = survival[d] ?? 0
      there = now === 0 ? 0 : random.binomial(there, now / before)
      before = now
      beds[s + d] = (beds[s + d] as number) + there
    }
  }
  for (const soFar of present) {
    const still = survival[soFar] ?? 0
    if (still === 0) continue
    const fate = random.uniform() * still
    for (let t = 0; t < days && (survival[soFar + t + 1] ?? 0) > fate; t += 1) beds[t] = (beds[t] as number) + 1
  }
  return beds
}
