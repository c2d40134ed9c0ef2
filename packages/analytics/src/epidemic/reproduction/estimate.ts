import { demand, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { type DailyCases, readCases, totalInfectivity } from './incidence.ts'
import { gammaMixtureQuantiles } from './mixture.ts'
import { type DailyWeights, parametricWeights, readDraw, readWeights, type SerialInterval } from './serial-interval.ts'

/** A window of days, both ends included; day 1 is the first day of the series, and no window starts before day 2. */
export interface Window {
  readonly start: number
  readonly end: number
}

/** The posterior of R in one window: gamma, or an equal mixture of gammas when the serial interval is uncertain. */
export interface Posterior {
  readonly mean: number
  readonly sd: number
  readonly q025: number
  readonly q05: number
  readonly q25: number
  readonly median: number
  readonly q75: number
  readonly q95: number
  readonly q975: number
  /** Draws of the serial interval that entered: those with a mean before the window's end. 1 without uncertainty. */
  readonly intervalsUsed: number
}

export interface WindowEstimate extends Window {
  /** Local cases in the window: the numerator's data. */
  readonly localCases: number
  /** Null when the window ends before the mean serial interval has passed. */
  readonly posterior: Posterior | null
  /** Why there is no estimate, or why not to lean on it. */
  readonly caution: Refusal | null
}

export interface EstimateRInput {
  readonly cases: DailyCases
  readonly serialInterval: SerialInterval
  /** Default: every window of seven days. */
  readonly windows?: readonly Window[]
  /** Gamma prior of R; default mean 5, sd 5, so that control is never claimed for lack of data. */
  readonly prior?: { readonly mean: number; readonly sd: number }
  /** ISO date up to which the counts were known. */
  readonly asOf: string
}

export interface REstimates {
  readonly windows: readonly WindowEstimate[]
  readonly days: number
}

/**
 * All windows of the given width that lie in the series, the first starting on day 2. As in A. Cori et al. 2013, doi:10.1093/aje/kwt133.
 *
 * @param days Days of the series.
 * @param width Days of a window.
 * @returns First and last day of each window, counted from 1; none where the series is too short.
 * @throws Nothing.
 */
export function slidingWindows(days: number, width = 7): Window[] {
  return Array.from({ length: Math.max(0, days - width) }, (_, i) => ({ start: i + 2, end: i + 1 + width }))
}

const PROBABILITIES = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975] as const

const EARLY: Refusal = {
  code: 'before-serial-interval',
  zh: '窗口结束时尚不足一个平均代间隔，无法估计',
  en: 'the window ends before one mean serial interval has passed',
}
const NO_PRESSURE: Refusal = {
  code: 'no-infection-pressure',
  zh: '窗口内没有病例，此前也没有可传播的病例，数值只反映先验',
  en: 'no case in this window, and none before that could have infected anyone: the figure is the prior alone',
}
/** Cases that nobody could have infected: with Λ = 0 the posterior is the prior with its shape raised by the cases, at the prior's rate. */
const withoutSource = (cases: number): Refusal => ({
  code: 'cases-without-source',
  zh: `窗口内有${cases}例本地病例，此前却没有能传染他们的病例（可能是输入病例未标明或前面缺数）：数值只是先验按病例数放大，不能当作再生数`,
  en: `${cases} local cases, but none before who could have infected them (imported cases not marked, or days missing before): the figure is the prior scaled up by these cases and says nothing about R`,
})
const FEW_CASES: Refusal = {
  code: 'few-cases',
  zh: '窗口内本地病例少于11例，区间很宽，慎用',
  en: 'fewer than 11 local cases in the window: a wide interval, use with care',
}

// Cori et al. 2013 aim at a posterior coefficient of variation of 0.3, which needs 1 / 0.3² − 1 local cases with the default prior.
const CASES_FOR_CV = 1 / 0.3 ** 2 - 1

function posteriorFrom(shape: number, rates: Float64Array): Posterior {
  let inverse = 0
  let inverseSquare = 0
  for (const rate of rates) {
    inverse += 1 / rate
    inverseSquare += 1 / (rate * rate)
  }
  inverse /= rates.length
  inverseSquare /= rates.length
  const mean = shape * inverse
  // Law of total variance: mean of the variances, plus variance of the means. The latter from deviations: times shape² of 10^8 cases a
  // difference of squares would be rounding alone.
  let spread = 0
  for (const rate of rates) spread += (1 / rate - inverse) ** 2
  const variance = shape * inverseSquare + (shape * shape * spread) / rates.length
  const quantiles = gammaMixtureQuantiles(shape, rates, PROBABILITIES)
  const [q025 = 0, q05 = 0, q25 = 0, median = 0, q75 = 0, q95 = 0, q975 = 0] = quantiles
  return { mean, sd: Math.sqrt(variance), q025, q05, q25, median, q75, q95, q975, intervalsUsed: rates.length }
}

function readInterval(interval: SerialInterval, days: number): { readonly draws: readonly DailyWeights[]; readonly method: string } {
  if (interval.kind === 'parametric') {
    return { draws: [parametricWeights(interval.mean, interval.sd, days)], method: 'Cori 2013, parametric serial interval' }
  }
  if (interval.kind === 'nonParametric') {
    return { draws: [readWeights(interval.weights, true)], method: 'Cori 2013, non-parametric serial interval' }
  }
  demand(interval.samples.length > 0, 'serial-interval-empty', '没有代间隔样本', 'there is no draw of the serial interval')
  const draws = interval.samples.map(readDraw)
  return { draws, method: `Thompson 2019, uncertain serial interval, exact mixture of ${draws.length} draws` }
}

/**
 * The time-varying reproduction number. In a window the local counts are Poisson with mean R Λ_t, Λ_t = Σ_s w_s I_(t−s) over all cases, R
 * has a gamma prior (shape a, rate b); its posterior is gamma with shape a + Σ local and rate b + Σ Λ. An uncertain serial interval gives
 * the exact equal mixture of these gammas over its draws, each entering only the windows that end after its own mean: the mean that was
 * drawn where the draw says it, else that of all its weights. Sources: A. Cori et al. 2013, doi:10.1093/aje/kwt133; R. N. Thompson et al.
 * 2019, doi:10.1016/j.epidem.2019.100356.
 *
 * @param input.cases Local cases a day, and imported ones beside them; both are infectious, only local ones are infections here.
 * @param input.serialInterval Parametric (days), by day, or draws of it.
 * @param input.windows First and last day of each, counted from 1.
 * @param input.prior Mean and standard deviation of R.
 * @returns One entry a window with mean, sd and seven quantiles of the posterior, null where the window ends before the mean interval. Refuses `no-cases`,
 *   `too-short` when there is nothing to estimate.
 * @throws InputError for bad counts, naming the day, intervals or windows; `as-of`.
 */
export function estimateR(input: EstimateRInput): Outcome<REstimates> {
  const { days, local, total } = readCases(input.cases)
  const { draws, method } = readInterval(input.serialInterval, days)
  const provenance = provenanceOf(method, input.asOf)
  const prior = input.prior ?? { mean: 5, sd: 5 }
  demand(prior.mean > 0 && prior.sd > 0, 'prior', '先验均值和标准差须为正数', "the prior's mean and sd must be positive")
  const windows = input.windows ?? slidingWindows(days)
  for (const { start, end } of windows) {
    demand(
      Number.isInteger(start) && Number.isInteger(end) && start >= 2 && end >= start && end <= days,
      'window',
      `窗口${start}–${end}不在第2–${days}天之内`,
      `window ${start}–${end} does not lie within days 2–${days}`,
    )
  }
  if (windows.length === 0)
    return refuse(provenance, 'too-short', `只有${days}天数据，不足一个窗口`, `${days} days of data do not fill one window`)
  let cases = 0
  for (const count of total) cases += count
  if (cases === 0)
    return refuse(provenance, 'no-cases', '全部日期均无病例，无法估计再生数', 'no case on any day: there is nothing to estimate')
  const priorShape = (prior.mean / prior.sd) ** 2
  const priorRate = prior.mean / (prior.sd * prior.sd)
  const pressed = draws.map((draw) => ({ draw, pressure: totalInfectivity(total, draw.weights) }))
  const rates = new Float64Array(draws.length)
  const estimates = windows.map(({ start, end }): WindowEstimate => {
    const localCases = windowSum(local, start, end)
    let used = 0
    let pressure = 0
    for (const { draw, pressure: ofDraw } of pressed) {
      if (end - draw.mean <= draw.meanTolerance) continue
      const sum = windowSum(ofDraw, start, end)
      pressure = Math.max(pressure, sum)
      rates[used] = priorRate + sum
      used += 1
    }
    if (used === 0) return { start, end, localCases, posterior: null, caution: EARLY }
    const posterior = posteriorFrom(priorShape + localCases, rates.subarray(0, used))
    const caution =
      pressure === 0 ? (localCases === 0 ? NO_PRESSURE : withoutSource(localCases)) : localCases < CASES_FOR_CV ? FEW_CASES : null
    return { start, end, localCases, posterior, caution }
  })
  return { ...provenance, ok: true, windows: estimates, days }
}

/** The sum over days start … end, added up directly: a difference of running totals would lose the figures of small late windows. */
function windowSum(values: Float64Array, start: number, end: number): number {
  let sum = 0
  for (let day = start - 1; day < end; day += 1) sum += values[day] as number
  return sum
}
