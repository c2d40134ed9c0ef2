import { demand, demandLevel, type Interval, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { fitGeneralisedLinear } from '../../statistics/generalised-linear.ts'
import { fitNegativeBinomial } from '../../statistics/negative-binomial-regression.ts'
import { standardNormalQuantile } from '../../statistics/normal.ts'
import { readCases } from '../reproduction/incidence.ts'

export type GrowthModel = 'poisson' | 'quasiPoisson' | 'negativeBinomial'

export interface GrowthInput {
  /** New cases by day, oldest first; zero days stay in: dropping them halves a real rate or turns its sign. */
  readonly counts: ArrayLike<number>
  /** Default negative binomial: counts of an outbreak scatter more than Poisson. */
  readonly model?: GrowthModel
  readonly level?: number
  readonly asOf: string
}

/** Days in which counts double (or halve, when negative); null limits where the interval has no such side. */
export interface DoublingTime {
  /** Whether the whole interval of the rate is positive, negative, or holds zero (then no doubling can be claimed). */
  readonly direction: 'doubling' | 'halving' | 'undecided'
  readonly days: number
  /** From the interval's far limit: the shortest time compatible with the data. */
  readonly shortest: number | null
  /** From the interval's near limit; null when it holds zero. */
  readonly longest: number | null
}

export interface GrowthEstimate {
  /** Exponential rate a day: log of the daily factor. */
  readonly rate: Interval
  readonly standardError: number
  /** log of the expected count on the first day. */
  readonly intercept: number
  readonly doubling: DoublingTime
  /** Pearson dispersion of the quasi-Poisson model, 1 for the others. */
  readonly dispersion: number
  /** Size of the negative binomial; ∞ where counts scatter no more than Poisson; null for the other models. */
  readonly size: number | null
  readonly days: number
  readonly cases: number
}

const METHOD: Readonly<Record<GrowthModel, string>> = {
  poisson: 'Poisson regression of counts on days, log link',
  quasiPoisson: 'quasi-Poisson regression of counts on days, log link',
  negativeBinomial: 'negative binomial regression of counts on days, log link',
}

/**
 * ln 2 / r with the interval turned around; nothing is claimed when zero lies inside. An identity, which needs no source.
 *
 * @param rate r a day, with its limits.
 * @returns Days with their limits and the direction; negative days are those of halving.
 * @throws Nothing.
 */
export function doublingTime(rate: Interval): DoublingTime {
  const direction = rate.lower > 0 ? 'doubling' : rate.upper < 0 ? 'halving' : 'undecided'
  const days = Math.LN2 / rate.estimate
  if (direction === 'undecided') {
    const far = rate.estimate >= 0 ? rate.upper : rate.lower
    return { direction, days, shortest: Math.LN2 / Math.abs(far), longest: null }
  }
  const limits = [Math.LN2 / Math.abs(rate.lower), Math.LN2 / Math.abs(rate.upper)]
  return { direction, days, shortest: Math.min(...limits), longest: Math.max(...limits) }
}

/**
 * The exponential growth rate: log E[count] = intercept + rate · day, by maximum (quasi-)likelihood, with a normal interval
 * rate ± z · standard error. Variance of a count: μ (Poisson), φ μ (quasi-Poisson, φ from Pearson's χ²), μ + μ² / size (negative binomial).
 * Source: P. McCullagh and J. A. Nelder, Generalized Linear Models (1989), doi:10.1201/9780203753736.
 *
 * @param input.counts One count a day, oldest first; day 0 is the first.
 * @returns The rate a day, doubling time in days. Refuses `too-short` below 3 days, `too-few-cases` below 5, `one-day` where all cases fall on one
 *   day, `no-slope` where the fit does not settle.
 * @throws InputError `negative-count`, `missing-count` naming the day (also in `index`), `level`, `as-of`.
 */
export function growthRate(input: GrowthInput): Outcome<GrowthEstimate> {
  const model = input.model ?? 'negativeBinomial'
  const level = input.level ?? 0.95
  demandLevel(level)
  const { total, days } = readCases({ local: input.counts })
  const provenance = provenanceOf(METHOD[model], input.asOf)
  const cases = total.reduce((a, b) => a + b, 0)
  const daysWithCases = total.reduce((a, b) => a + (b > 0 ? 1 : 0), 0)
  if (days < 3) return refuse(provenance, 'too-short', `只有${days}天数据，至少需要3天`, `${days} days of data, at least 3 are needed`)
  if (cases < 5) return refuse(provenance, 'too-few-cases', `只有${cases}例，至少需要5例`, `${cases} cases, at least 5 are needed`)
  if (daysWithCases < 2)
    return refuse(provenance, 'one-day', '病例集中在一天，看不出增长', 'all cases fall on one day: no growth can be told')
  const design = Float64Array.from({ length: 2 * days }, (_, i) => (i % 2 === 0 ? 1 : i >> 1))
  const data = { response: total, design, columns: 2 }
  const negativeBinomial = model === 'negativeBinomial' ? fitNegativeBinomial(data) : null
  const fit = negativeBinomial ?? fitGeneralisedLinear({ ...data, family: { kind: 'poisson' } })
  const dispersion = model === 'quasiPoisson' ? fit.pearson / fit.degreesOfFreedom : 1
  const estimate = fit.coefficients[1] ?? Number.NaN
  const standardError = Math.sqrt((fit.covariance[3] ?? Number.NaN) * dispersion)
  if (!Number.isFinite(standardError) || !fit.converged) {
    return refuse(provenance, 'no-slope', '拟合不收敛，看不出增长', 'the fit does not settle: no growth can be told')
  }
  const half = standardNormalQuantile(0.5 + level / 2) * standardError
  const rate = { estimate, lower: estimate - half, upper: estimate + half, level }
  return {
    ...provenance,
    ok: true,
    rate,
    standardError,
    intercept: fit.coefficients[0] ?? Number.NaN,
    doubling: doublingTime(rate),
    dispersion,
    size: negativeBinomial?.size ?? null,
    days,
    cases,
  }
}

/**
 * The reproduction number that goes with a growth rate when the serial interval is gamma: R = (1 + r s²/m)^(m²/s²), m and s in days; 0
 * where the rate falls faster than any R allows. Source: J. Wallinga and M. Lipsitch 2007, doi:10.1098/rspb.2006.3754.
 *
 * @param rate r a day.
 * @param mean m, days, above 0.
 * @param sd s, days, 0 or more.
 * @returns R, infections of a case.
 * @throws InputError `rate`, `serial-interval`.
 */
export function reproductionFromGrowth(rate: number, mean: number, sd: number): number {
  demand(Number.isFinite(rate), 'rate', `增长率为${rate}，应为数字`, `the growth rate is ${rate}, not a number`)
  demand(
    mean > 0 && sd >= 0,
    'serial-interval',
    '代间隔均值须为正、标准差不得为负',
    'the mean serial interval must be positive and its sd not negative',
  )
  if (sd === 0) return Math.exp(rate * mean)
  const base = (rate * sd * sd) / mean
  return base <= -1 ? 0 : Math.exp((mean / sd) ** 2 * Math.log1p(base))
}

/**
 * The same for all three figures of a rate. Source: doi:10.1098/rspb.2006.3754.
 *
 * @param rate r a day, with its limits.
 * @param mean Mean serial interval, days.
 * @param sd Its standard deviation, days.
 * @returns R with its limits, at the same coverage.
 * @throws InputError as `reproductionFromGrowth`.
 */
export function reproductionIntervalFromGrowth(rate: Interval, mean: number, sd: number): Interval {
  const turn = (r: number) => reproductionFromGrowth(r, mean, sd)
  return { estimate: turn(rate.estimate), lower: turn(rate.lower), upper: turn(rate.upper), level: rate.level }
}
