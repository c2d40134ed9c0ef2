/** Case fatality while many cases are still ill: deaths over cases whose outcome is due by now. */
import { demand, demandLevel, type Interval, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { betaQuantile, betaSurvivalQuantile } from '../../statistics/index.ts'
import { profile, profileOfMean } from './profile.ts'

export interface CaseFatality {
  /** Deaths over outcomes due, with its profile likelihood interval. */
  readonly fatality: Interval
  readonly deaths: number
  /** Expected number of known outcomes u = Σ_t Σ_s c(s) f(t − s). */
  readonly outcomesDue: number
  readonly cases: number
  /** Deaths over all cases, exact interval: too low while the epidemic grows. */
  readonly naive: Interval
}

/**
 * Expected number of outcomes that are due on each day: u(t) = Σ_s c(s) f(t − s). Source: H. Nishiura et al. 2009,
 * doi:10.1371/journal.pone.0006852.
 *
 * @param delay f(0), f(1), …: chance that the outcome comes so many days after onset, among those who die.
 * @param cases By day of onset, oldest first.
 * @returns Outcomes by day, in cases.
 * @throws Nothing.
 */
export function outcomesDue(cases: ArrayLike<number>, delay: ArrayLike<number>): Float64Array {
  const due = new Float64Array(cases.length)
  for (let s = 0; s < cases.length; s += 1) {
    const count = cases[s] as number
    if (count === 0) continue
    const last = Math.min(cases.length, s + delay.length)
    for (let t = s; t < last; t += 1) due[t] = (due[t] as number) + count * (delay[t - s] as number)
  }
  return due
}

/**
 * Delay-adjusted case fatality (H. Nishiura et al. 2009, doi:10.1371/journal.pone.0006852): deaths are binomial among the outcomes due,
 * estimate D / u; the interval is the set where twice the log likelihood drops by less than the χ² quantile, solved exactly and not on a grid. Where all whose
 * outcome is due have died, estimate and upper limit are 1.
 *
 * @param cases New cases by day of onset, one entry a day without gaps; negative corrections allowed as long as the sum stays positive.
 * @param deaths New deaths by day, as long as `cases`; negative corrections allowed as long as no running total falls below 0.
 * @param delay Onset to death as f(0), f(1), …, a chance for each number of whole days; it may add up to less than 1 if cut, never to more.
 * @param options.level Coverage of the intervals; default 0.95.
 * @returns Shares between 0 and 1. Refuses `no-cases`, `too-few-outcomes` (fewer than 5 due), `more-deaths-than-due` (the delay or the case
 *   count cannot be right).
 * @throws InputError `series-ragged`, `count-missing`, `deaths-below-zero` (a correction takes back a death from before the series; `index`
 *   is its day), `delay-invalid`, `level`, `as-of`.
 */
export function caseFatality(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delay: ArrayLike<number> },
  options: { readonly asOf: string; readonly level?: number },
): Outcome<CaseFatality> {
  return fatalityUnderDelays({ ...data, delays: [data.delay] }, options)
}

/**
 * The same with doubt about the delay: every delay of the list is equally likely, and the likelihood is the mean of theirs,
 * L(p) = mean_j p^D (1 − p)^(u_j − D), with its profile interval. Source of each L: H. Nishiura et al. 2009, doi:10.1371/journal.pone.0006852.
 *
 * @param data.cases, data.deaths As for `caseFatality`.
 * @param data.delays Draws of the delay law by whole days, at least one, for instance `discretiseDelay` over the draws of `fitIntervals`.
 * @returns As `caseFatality`; `outcomesDue` is the mean over the delays, `more-deaths-than-due` is judged by the least of them.
 * @throws InputError as `caseFatality`, and `delay-invalid` for an empty list.
 */
export function fatalityUnderDelays(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delays: readonly ArrayLike<number>[] },
  options: { readonly asOf: string; readonly level?: number },
): Outcome<CaseFatality> {
  const provenance = provenanceOf(METHOD, options.asOf)
  const { cases, deaths, delays } = data
  const level = options.level ?? 0.95
  demandLevel(level)
  checkSeries(cases, deaths)
  demand(delays.length > 0, 'delay-invalid', '没有给出时滞分布', 'No delay is given')
  for (const delay of delays) checkDelay(delay)
  const total = sumOf(cases)
  const died = sumOf(deaths)
  if (total <= 0) return refuse(provenance, 'no-cases', NO_CASES.zh, NO_CASES.en)
  const due = delays.map((delay) => sumOf(outcomesDue(cases, delay)))
  const mean = sumOf(due) / due.length
  const least = due.reduce((a, b) => Math.min(a, b))
  const refusal = mean < LEAST_OUTCOMES ? tooFew(mean) : exceeds(died, least) ? tooManyDeaths(died, least) : null
  if (refusal !== null) return refuse(provenance, refusal.code, refusal.zh, refusal.en)
  const fatality = delays.length === 1 ? profile(died, mean, level) : profileOfMean(died, due, level)
  return { ...provenance, ok: true, fatality, deaths: died, outcomesDue: mean, cases: total, naive: naiveInterval(died, total, level) }
}

/** What one day allowed to say. */
export interface FatalityDay {
  /** Null where that day's data did not carry an estimate. */
  readonly fatality: Interval | null
  /** Why there is none; null where there is one. */
  readonly refusal: Refusal | null
  /** Deaths and outcomes due up to and with the day. */
  readonly deaths: number
  readonly outcomesDue: number
}

/**
 * The estimate of `caseFatality` on every day with what was known then. Source: H. Nishiura et al. 2009, doi:10.1371/journal.pone.0006852.
 *
 * @param data Cases and deaths by day, and the delay, as in `caseFatality`.
 * @returns One entry a day, in order; a day that is too thin carries its reason. Refuses `no-cases` for the whole series.
 * @throws InputError as `caseFatality`
 */
export function rollingFatality(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delay: ArrayLike<number> },
  options: { readonly asOf: string; readonly level?: number },
): Outcome<{ readonly days: readonly FatalityDay[] }> {
  const provenance = provenanceOf(METHOD, options.asOf)
  const level = options.level ?? 0.95
  demandLevel(level)
  checkSeries(data.cases, data.deaths)
  checkDelay(data.delay)
  if (sumOf(data.cases) <= 0) return refuse(provenance, 'no-cases', NO_CASES.zh, NO_CASES.en)
  const due = outcomesDue(data.cases, data.delay)
  let outcomes = 0
  let died = 0
  const days = Array.from(due, (today, t): FatalityDay => {
    outcomes += today
    died += data.deaths[t] as number
    const refusal = outcomes < LEAST_OUTCOMES ? tooFew(outcomes) : exceeds(died, outcomes) ? tooManyDeaths(died, outcomes) : null
    return { fatality: refusal === null ? profile(died, outcomes, level) : null, refusal, deaths: died, outcomesDue: outcomes }
  })
  return { ...provenance, ok: true, days }
}

const METHOD = 'Delay-adjusted case fatality, profile likelihood (doi:10.1371/journal.pone.0006852)'
const LEAST_OUTCOMES = 5
/** Chances of a delay add up to 1 only to this precision, so that where all have died their number may exceed the outcomes due by as little. */
const MASS_TOLERANCE = 1e-6

const exceeds = (died: number, due: number) => died > due * (1 + MASS_TOLERANCE)
const NO_CASES: Refusal = { code: 'no-cases', zh: '没有病例', en: 'There are no cases' }

const tooFew = (due: number): Refusal => ({
  code: 'too-few-outcomes',
  zh: `按发病到死亡时间推算，已有结局的病例仅约 ${due.toFixed(1)} 例，暂不能估计病死率`,
  en: `Only about ${due.toFixed(1)} outcomes are due: too early for a fatality`,
})

const tooManyDeaths = (died: number, due: number): Refusal => ({
  code: 'more-deaths-than-due',
  zh: `死亡 ${died} 例多于应有结局 ${due.toFixed(1)} 例：请核对时滞分布或病例数`,
  en: `${died} deaths exceed the ${due.toFixed(1)} outcomes due: check the delay or the case count`,
})

function checkSeries(cases: ArrayLike<number>, deaths: ArrayLike<number>): void {
  demand(cases.length === deaths.length, 'series-ragged', '病例与死亡两列长度不一致', 'The series of cases and deaths differ in length')
  let died = 0
  for (let day = 0; day < cases.length; day += 1) {
    const known = Number.isFinite(cases[day]) && Number.isFinite(deaths[day])
    demand(
      known,
      'count-missing',
      `第 ${day + 1} 天缺病例数或死亡数；没有就填 0`,
      `Day ${day + 1} lacks its cases or deaths: write 0 if there were none`,
      day,
    )
    died += deaths[day] as number
    demand(
      died >= 0,
      'deaths-below-zero',
      `第 ${day + 1} 天的死亡更正使累计死亡成为 ${died}：被更正的死亡在所选时段之前。请从更早的日期开始，或去掉这一更正`,
      `The correction of deaths on day ${day + 1} brings their total to ${died}: the death it takes back lies before this period. Begin earlier, or leave the correction out`,
      day,
    )
  }
}

function checkDelay(delay: ArrayLike<number>): void {
  const fits = delay.length > 0 && Array.prototype.every.call(delay, (chance: number) => chance >= 0) && sumOf(delay) <= 1 + MASS_TOLERANCE
  demand(
    fits,
    'delay-invalid',
    '时滞分布的概率应非负且合计不大于 1',
    'The chances of the delay must not be negative nor add up to more than 1',
  )
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0
  for (let k = 0; k < values.length; k += 1) sum += values[k] as number
  return sum
}

function naiveInterval(died: number, total: number, level: number): Interval {
  const tail = (1 - level) / 2
  const capped = Math.min(died, total)
  return {
    estimate: capped / total,
    lower: capped <= 0 ? 0 : betaQuantile(tail, capped, total - capped + 1),
    upper: capped >= total ? 1 : betaSurvivalQuantile(tail, capped + 1, total - capped),
    level,
  }
}
