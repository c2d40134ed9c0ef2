/** Case fatality while many cases are still ill: deaths over cases whose outcome is due by now. */
import { demand, type Interval, type Outcome, refuse } from '../../outcome.ts'
import { betaQuantile, betaSurvivalQuantile, findRoot, standardNormalQuantile } from '../../statistics/index.ts'

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
 * Expected number of outcomes that are due on each day: u(t) = Σ_s c(s) f(t − s).
 *
 * @param delay f(0), f(1), …: chance that the outcome comes so many days after onset, among those who die.
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
 * estimate D / u; the interval is the set where twice the log likelihood drops by less than the χ² quantile, solved exactly and not on a grid.
 *
 * @param cases New cases by day of onset; negative corrections allowed as long as the sum stays positive.
 * @param deaths New deaths by day.
 * @param delay Onset to death as f(0), f(1), …; it may add up to less than 1 if cut, never to more.
 * @returns Refuses `no-cases`, `too-few-outcomes` (fewer than 5 due), `more-deaths-than-due` (the delay or the case count cannot be right).
 * @throws InputError `series-ragged`, `delay-invalid`.
 */
export function caseFatality(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delay: ArrayLike<number> },
  options: { readonly asOf: string; readonly level?: number },
): Outcome<CaseFatality> {
  return fatalityUnderDelays({ ...data, delays: [data.delay] }, options)
}

/**
 * The same with doubt about the delay: every delay of the list is equally likely, the likelihood is their mean.
 *
 * @param delays Draws of the delay law, for instance from `fitIntervals`.
 */
export function fatalityUnderDelays(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delays: readonly ArrayLike<number>[] },
  options: { readonly asOf: string; readonly level?: number },
): Outcome<CaseFatality> {
  const provenance = { method: 'Delay-adjusted case fatality, profile likelihood (doi:10.1371/journal.pone.0006852)', asOf: options.asOf }
  const { cases, deaths, delays } = data
  const level = options.level ?? 0.95
  demand(cases.length === deaths.length, 'series-ragged', '病例与死亡两列长度不一致', 'The series of cases and deaths differ in length')
  for (const delay of delays) checkDelay(delay)
  const total = sumOf(cases)
  const died = sumOf(deaths)
  if (total <= 0) return refuse(provenance, 'no-cases', '没有病例', 'There are no cases')
  const due = delays.map((delay) => sumOf(outcomesDue(cases, delay)))
  const mean = sumOf(due) / due.length
  if (mean < 5)
    return refuse(
      provenance,
      'too-few-outcomes',
      `按发病到死亡时间推算，已有结局的病例仅约 ${mean.toFixed(1)} 例，暂不能估计病死率`,
      `Only about ${mean.toFixed(1)} outcomes are due: too early for a fatality`,
    )
  const least = due.reduce((a, b) => Math.min(a, b))
  if (died > least)
    return refuse(
      provenance,
      'more-deaths-than-due',
      `死亡 ${died} 例多于应有结局 ${least.toFixed(1)} 例：请核对时滞分布或病例数`,
      `${died} deaths exceed the ${least.toFixed(1)} outcomes due: check the delay or the case count`,
    )
  const fatality = delays.length === 1 ? profile(died, mean, level) : profileOfMean(died, due, level)
  return { ...provenance, ok: true, fatality, deaths: died, outcomesDue: mean, cases: total, naive: naiveInterval(died, total, level) }
}

/** The estimate of every day with what was known then; days that are too thin are null. */
export function rollingFatality(
  data: { readonly cases: ArrayLike<number>; readonly deaths: ArrayLike<number>; readonly delay: ArrayLike<number> },
  level = 0.95,
): (Interval | null)[] {
  checkDelay(data.delay)
  const due = outcomesDue(data.cases, data.delay)
  let outcomes = 0
  let died = 0
  return Array.from(due, (today, t) => {
    outcomes += today
    died += data.deaths[t] as number
    return outcomes < 5 || died > outcomes ? null : profile(died, outcomes, level)
  })
}

function checkDelay(delay: ArrayLike<number>): void {
  const fits = delay.length > 0 && Array.prototype.every.call(delay, (chance: number) => chance >= 0) && sumOf(delay) <= 1 + 1e-6
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

/** Log likelihood of fatality p, up to a constant; `survived` as difference keeps precision near p = 1. */
function logLikelihood(p: number, died: number, due: number): number {
  return (died === 0 ? 0 : died * Math.log(p)) + (due - died === 0 ? 0 : (due - died) * Math.log1p(-p))
}

function profile(died: number, due: number, level: number): Interval {
  const best = died / due
  const drop = standardNormalQuantile((1 + level) / 2) ** 2 / 2
  const top = logLikelihood(best, died, due)
  const height = (p: number) => logLikelihood(p, died, due) - top + drop
  return {
    estimate: best,
    lower: died === 0 ? 0 : findRoot(height, 1e-300, best),
    upper: died === due ? 1 : findRoot(height, best, 1 - 2 ** -53),
    level,
  }
}

function profileOfMean(died: number, due: readonly number[], level: number): Interval {
  const drop = standardNormalQuantile((1 + level) / 2) ** 2 / 2
  const scale = due.reduce((best, u) => Math.max(best, logLikelihood(died / u, died, u)), Number.NEGATIVE_INFINITY)
  const value = (p: number) => Math.log(due.reduce((sum, u) => sum + Math.exp(logLikelihood(p, died, u) - scale), 0) / due.length)
  const candidates = due.map((u) => died / u)
  const [low, high] = [Math.min(...candidates), Math.max(...candidates)]
  let estimate = low
  for (let step = 0; step <= 400; step += 1) {
    const p = low + ((high - low) * step) / 400
    if (value(p) > value(estimate)) estimate = p
  }
  const height = (p: number) => value(p) - value(estimate) + drop
  return { estimate, lower: died === 0 ? 0 : findRoot(height, 1e-12, estimate), upper: findRoot(height, estimate, 1 - 1e-12), level }
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
