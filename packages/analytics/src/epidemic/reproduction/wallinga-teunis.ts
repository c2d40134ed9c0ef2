import { demand, demandLevel, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { standardNormalQuantile } from '../../statistics/normal.ts'
import { slidingWindows, type Window } from './estimate.ts'
import { type DailyCases, readCases, totalInfectivity } from './incidence.ts'
import { parametricWeights, readWeights, type SerialInterval } from './serial-interval.ts'

/** Mean number of later cases that each case of the window infected, with an interval for who infected whom. */
export interface CaseReproduction extends Window {
  readonly cases: number
  /** Null when the window has no case. */
  readonly mean: number | null
  readonly sd: number | null
  readonly lower: number | null
  readonly upper: number | null
  /**
   * The mean with each day's infectees divided by the share of the serial interval that has passed since; null where less than a tenth has.
   * S. Cauchemez et al. 2006, doi:10.3201/eid1201.050593.
   */
  readonly adjusted: number | null
  readonly caution: Refusal | null
}

export interface WallingaTeunisInput {
  readonly cases: DailyCases
  readonly serialInterval: Exclude<SerialInterval, { readonly kind: 'uncertain' }>
  readonly windows?: readonly Window[]
  /** Coverage of the interval; default 0.95. */
  readonly level?: number
  readonly asOf: string
}

// Beyond this many possible infectees the exact convolution gives way to the normal law, whose error is then below half a case.
const EXACT_LIMIT = 3000

/**
 * Case (cohort) reproduction numbers: the chance that a case of day t was infected on day s is w_(t−s) I_s / Σ_u w_(t−u) I_u; a window's R
 * is the expected number of infectees over its number of cases. The number of infectees is a sum of independent binomials, one a later
 * day, so its interval is exact (by convolution) instead of simulated. Recent windows are too low, because their infectees are not all
 * there yet: the caution says so. Source: J. Wallinga and P. Teunis 2004, doi:10.1093/aje/kwh255.
 *
 * @param input.cases New cases by day of onset, oldest first, without gaps. Imported ones infect, and count among the infected as all do.
 * @param input.serialInterval In days; w_0 = 0.
 * @param input.windows Days from 1 on, both ends included; default every seven days as of `estimateR`.
 * @returns One entry a window, infectees a case; null without a case. Refuses `too-short` where no window fits.
 * @throws InputError for bad counts (naming the day), intervals or windows, `level`, `as-of`.
 */
export function wallingaTeunis(input: WallingaTeunisInput): Outcome<{ readonly windows: readonly CaseReproduction[] }> {
  const { days, total } = readCases(input.cases)
  const provenance = provenanceOf('Wallinga and Teunis 2004, exact binomial interval', input.asOf)
  const level = input.level ?? 0.95
  demandLevel(level)
  const interval = input.serialInterval
  const { weights } =
    interval.kind === 'parametric' ? parametricWeights(interval.mean, interval.sd, days) : readWeights(interval.weights, true)
  const windows = input.windows ?? slidingWindows(days)
  for (const { start, end } of windows) {
    demand(
      Number.isInteger(start) && Number.isInteger(end) && start >= 1 && end >= start && end <= days,
      'window',
      `窗口${start}–${end}不在第1–${days}天之内`,
      `window ${start}–${end} does not lie within days 1–${days}`,
    )
  }
  if (windows.length === 0)
    return refuse(provenance, 'too-short', `只有${days}天数据，不足一个窗口`, `${days} days of data do not fill one window`)
  const pressure = totalInfectivity(total, weights)
  const reach = reachOf(weights)
  const effective = upToLast(weights)
  return {
    ...provenance,
    ok: true,
    windows: windows.map((window) => cohort(window, total, effective, pressure, level, reach)),
  }
}

/** Weights below this add nothing that a double holds, but days by the thousand to go through. */
const NEGLIGIBLE = 1e-18

/** Entries up to the last one that counts. */
function upToLast(weights: Float64Array): Float64Array {
  let end = weights.length
  while (end > 1 && (weights[end - 1] ?? 0) < NEGLIGIBLE) end -= 1
  return weights.subarray(0, end)
}

/** The day by which 95 % of infectees have shown. */
function reachOf(weights: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k += 1) {
    sum += weights[k] ?? 0
    if (sum >= 0.95) return k
  }
  return weights.length
}

function cohort(
  window: Window,
  total: Float64Array,
  weights: Float64Array,
  pressure: Float64Array,
  level: number,
  reach: number,
): CaseReproduction {
  const { start, end } = window
  let cases = 0
  for (let day = start - 1; day < end; day += 1) cases += total[day] ?? 0
  if (cases === 0) {
    const caution = { code: 'no-cases', zh: '窗口内无病例', en: 'no case in the window' }
    return { ...window, cases, mean: null, sd: null, lower: null, upper: null, adjusted: null, caution }
  }
  const trials: { readonly count: number; readonly chance: number }[] = []
  let expected = 0
  let variance = 0
  let possible = 0
  for (let day = start; day < Math.min(total.length, end - 1 + weights.length); day += 1) {
    const count = total[day] ?? 0
    const whole = pressure[day] ?? 0
    if (count === 0 || whole === 0) continue
    let share = 0
    for (let infector = start - 1; infector < Math.min(end, day); infector += 1)
      share += (weights[day - infector] ?? 0) * (total[infector] ?? 0)
    if (share === 0) continue
    const chance = Math.min(1, share / whole)
    trials.push({ count, chance })
    expected += count * chance
    variance += count * chance * (1 - chance)
    possible += count
  }
  const { lower, upper } =
    possible <= EXACT_LIMIT && trials.every((trial) => Number.isInteger(trial.count))
      ? convolvedInterval(trials, possible, level)
      : normalInterval(expected, variance, level)
  const caution =
    end + reach > total.length
      ? {
          code: 'infectees-not-complete',
          zh: '窗口内病例的续发病例尚未全部出现，数值偏低',
          en: 'not all infectees of these cases have shown yet: the figure is too low',
        }
      : null
  const adjusted = completedInfectees(window, total, weights, pressure)
  return {
    ...window,
    cases,
    mean: expected / cases,
    sd: Math.sqrt(variance) / cases,
    lower: lower / cases,
    upper: upper / cases,
    adjusted: adjusted === null ? null : adjusted / cases,
    caution,
  }
}

const LEAST_SHARE = 0.1

/** Expected infectees of the window's cases once all have shown; null where too little of a day's serial interval has passed. */
function completedInfectees({ start, end }: Window, total: Float64Array, weights: Float64Array, pressure: Float64Array): number | null {
  const whole = weights.reduce((a, b) => a + b, 0)
  let sum = 0
  for (let infector = start - 1; infector < end; infector += 1) {
    const count = total[infector] ?? 0
    if (count === 0) continue
    let passed = 0
    let infectees = 0
    for (let day = infector + 1; day < Math.min(total.length, infector + weights.length); day += 1) {
      const weight = weights[day - infector] ?? 0
      passed += weight
      const pressed = pressure[day] ?? 0
      if (pressed > 0) infectees += ((total[day] ?? 0) * weight * count) / pressed
    }
    if (passed < LEAST_SHARE * whole) return null
    sum += (infectees * whole) / passed
  }
  return sum
}

function normalInterval(mean: number, variance: number, level: number): { lower: number; upper: number } {
  const half = standardNormalQuantile(0.5 + level / 2) * Math.sqrt(variance)
  return { lower: Math.max(0, mean - half), upper: mean + half }
}

/** The least counts whose distribution functions reach the two tail probabilities. */
function convolvedInterval(
  trials: readonly { readonly count: number; readonly chance: number }[],
  possible: number,
  level: number,
): { lower: number; upper: number } {
  const mass = new Float64Array(possible + 1)
  mass[0] = 1
  let top = 0
  for (const { count, chance } of trials) {
    for (let i = 0; i < count; i += 1) {
      top += 1
      for (let k = top; k > 0; k -= 1) mass[k] = (mass[k] ?? 0) * (1 - chance) + (mass[k - 1] ?? 0) * chance
      mass[0] = (mass[0] ?? 0) * (1 - chance)
    }
  }
  const tail = (1 - level) / 2
  let sum = 0
  let lower = 0
  let upper = 0
  for (let k = 0; k <= possible; k += 1) {
    if (sum < tail) lower = k
    if (sum < 1 - tail - 1e-12) upper = k
    sum += mass[k] ?? 0
  }
  return { lower, upper }
}
