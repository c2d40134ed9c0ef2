import { demand, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { negativeBinomialQuantile, negativeBinomialSurvival, poissonQuantile, poissonSurvival } from '../../statistics/discrete.ts'
import { normalSurvival, standardNormalQuantile } from '../../statistics/normal.ts'
import { readCases } from '../reproduction/incidence.ts'
import { dayNumber } from './calendar.ts'
import { type BaselineModel, fitBaseline } from './farrington-model.ts'
import { referenceSet, type SeriesCalendar } from './farrington-reference.ts'

export type FarringtonThreshold =
  /** Power 2/3 of the count is normal (Farrington et al. 1996). */
  | 'delta'
  /** Negative binomial at the fitted mean. */
  | 'negativeBinomial'
  /** Negative binomial at the upper confidence limit of the mean. */
  | 'negativeBinomialUpperMean'

export interface FarringtonInput {
  readonly counts: ArrayLike<number>
  /** One year in steps, or the ISO date on which the first week, month or day begins. */
  readonly calendar:
    | { readonly stepsPerYear: number }
    | { readonly firstWeek: string }
    | { readonly firstMonth: string }
    | { readonly firstDay: string }
  /** `classic`: the procedure of 1996, with windows only, a two-sided alpha and past residuals above 1 weighted down. Default `flexible`. */
  readonly form?: 'flexible' | 'classic'
  /** First index that is judged; default: the first with enough history. */
  readonly from?: number
  /** Years of history; default 5. */
  readonly years?: number
  readonly halfWindow?: number
  /** Seasons a year, 1 = windows only, 10 = the whole year (2013). Default 10, classic 1. */
  readonly periods?: number
  /** Newest steps kept out of the baseline; default 26 with seasons, the half window without. */
  readonly excluded?: number
  readonly alpha?: number
  /** Whether a linear trend may be fitted; default true. */
  readonly trend?: boolean
  /** Significance below which the trend stays; default 1 (always) with seasons, 0.05 without. */
  readonly trendLevel?: number
  /** Residual above which a past week counts as an outbreak; null switches re-weighting off. Default 2.58, classic 1. */
  readonly weightsThreshold?: number | null
  readonly threshold?: FarringtonThreshold
  /** No alarm unless this many cases fell in the last so many steps. Default 5 in 4. */
  readonly enough?: { readonly cases: number; readonly steps: number }
  readonly asOf: string
}

export interface FarringtonStep {
  readonly index: number
  readonly observed: number
  /** Null where the model did not settle. */
  readonly expected: number | null
  /** Null too where too few cases fell lately to judge. */
  readonly bound: number | null
  /** Chance of at least this many cases in control. */
  readonly probability: number | null
  readonly dispersion: number | null
  readonly trend: number | null
  readonly alarm: boolean
}

interface Verdict {
  readonly bound: number
  readonly probability: number
}

function judge(model: BaselineModel, observed: number, alpha: number, threshold: FarringtonThreshold): Verdict {
  const mean = Math.exp(model.eta)
  const phi = model.dispersion
  if (threshold === 'delta') {
    // Var(y^⅔ − μ̂^⅔) = 4/9 μ^⅓ (φ + Var(μ̂) / μ), and Var(μ̂) = μ² Var(η̂).
    const tau = phi + mean * model.etaError * model.etaError
    const sd = Math.sqrt((4 / 9) * mean ** (1 / 3) * tau)
    const centre = mean ** (2 / 3)
    return {
      bound: (centre + standardNormalQuantile(1 - alpha) * sd) ** 1.5,
      probability: normalSurvival(observed ** (2 / 3), centre, sd),
    }
  }
  const level = threshold === 'negativeBinomial' ? mean : Math.exp(model.eta + standardNormalQuantile(1 - alpha) * model.etaError)
  if (phi <= 1) return { bound: poissonQuantile(1 - alpha, level), probability: poissonSurvival(observed - 1, level) }
  const size = level / (phi - 1)
  return { bound: negativeBinomialQuantile(1 - alpha, level, size), probability: negativeBinomialSurvival(observed - 1, level, size) }
}

/**
 * Farrington's outbreak detection in its flexible form: a quasi-Poisson regression on the same season of earlier years gives an upper bound
 * for each step; a count above it is an alarm. Needs years of history: with days or weeks of it use `ears` and `cusum`. Sources: C. P.
 * Farrington et al. 1996, doi:10.2307/2983331; A. Noufaily et al. 2013, doi:10.1002/sim.5595; M. Salmon et al. 2016,
 * doi:10.18637/jss.v070.i10.
 *
 * @param input.counts Cases by step (day, week or month), oldest first, without gaps; whole and not negative.
 * @param input.calendar Steps in a year, or the ISO date on which the first step begins.
 * @param input.years Years of history that the baseline takes.
 * @returns One entry a judged step: cases seen, expected and bound, alarm. Refuses `too-short` without a full baseline.
 * @throws InputError for bad counts, naming the step, or options; `as-of`.
 */
export function farrington(input: FarringtonInput): Outcome<{ readonly steps: readonly FarringtonStep[] }> {
  const years = input.years ?? 5
  const halfWindow = input.halfWindow ?? 3
  const classic = input.form === 'classic'
  const periods = input.periods ?? (classic ? 1 : 10)
  const excluded = input.excluded ?? (periods === 1 ? halfWindow : 26)
  const alpha = input.alpha ?? 0.05
  const enough = input.enough ?? { cases: 5, steps: 4 }
  const whole = [years, halfWindow, periods, excluded, enough.steps, input.from ?? 0]
  demand(
    whole.every(Number.isInteger) &&
      years >= 1 &&
      halfWindow >= 1 &&
      periods >= 1 &&
      excluded >= 0 &&
      enough.steps >= 1 &&
      (input.from ?? 0) >= 0,
    'farrington-options',
    '年数、窗口、分段须为正整数，起始位置须为非负整数',
    'years, window and periods must be positive integers, the start a whole number from 0',
  )
  demand(!classic || periods === 1, 'farrington-options', '1996年方法只用同期窗口', 'the classic form has windows only: one period')
  demand(alpha > 0 && alpha < 0.5, 'alpha', 'alpha须在0与0.5之间', 'alpha must lie between 0 and 0.5')
  const { total } = readCases({ local: input.counts })
  const calendar = readCalendar(input.calendar)
  const provenance = provenanceOf(
    `Farrington ${classic ? 'classic' : 'flexible'}, ${years} years, ${periods} period(s), ${input.threshold ?? 'delta'}`,
    input.asOf,
  )
  const span = { years, halfWindow, periods, excluded }
  let from = input.from ?? 0
  while (from < total.length && referenceSet(from, span, calendar) === null) from += 1
  if (from >= total.length) {
    return refuse(
      provenance,
      'too-short',
      `历史不足${years}年，请改用EARS或CUSUM`,
      `less than ${years} years of history: use EARS or CUSUM instead`,
    )
  }
  const options = {
    calendar,
    years,
    periods,
    trend: input.trend ?? true,
    trendLevel: input.trendLevel ?? (periods === 1 ? 0.05 : 1),
    weightsThreshold: input.weightsThreshold === undefined ? (classic ? 1 : 2.58) : input.weightsThreshold,
    errors: classic ? ('classic' as const) : ('flexible' as const),
  }
  const steps: FarringtonStep[] = []
  for (let index = from; index < total.length; index += 1) {
    const observed = total[index] ?? 0
    const reference = referenceSet(index, span, calendar)
    let recent = 0
    for (let i = Math.max(0, index - enough.steps + 1); i <= index; i += 1) recent += total[i] ?? 0
    const judged = recent >= enough.cases
    if (reference?.indices.every((i) => total[i] === 0) === true) {
      // No regression settles on zeros alone. Every bound goes to 0 with the expected count, so any case is above it.
      const bound = judged ? 0 : null
      const probability = observed > 0 ? 0 : 1
      steps.push({ index, observed, expected: 0, bound, probability, dispersion: 1, trend: null, alarm: judged && observed > 0 })
      continue
    }
    const model = reference === null ? null : fitBaseline(total, index, reference, options)
    if (model === null) {
      steps.push({ index, observed, expected: null, bound: null, probability: null, dispersion: null, trend: null, alarm: false })
      continue
    }
    const { bound, probability } = judge(model, observed, classic ? alpha / 2 : alpha, input.threshold ?? 'delta')
    steps.push({
      index,
      observed,
      expected: Math.exp(model.eta),
      bound: judged ? bound : null,
      probability,
      dispersion: model.dispersion,
      trend: model.trend,
      alarm: judged && observed > bound && observed !== 0,
    })
  }
  return { ...provenance, ok: true, steps }
}

function readCalendar(calendar: FarringtonInput['calendar']): SeriesCalendar {
  if ('firstWeek' in calendar) return { kind: 'weeks', firstDay: dayNumber(calendar.firstWeek) }
  if ('firstMonth' in calendar) {
    const firstDay = dayNumber(calendar.firstMonth)
    demand(Number(calendar.firstMonth.slice(8)) <= 28, 'first-month', '月份起始日须在1–28日', 'a month must begin on day 1–28')
    return { kind: 'months', firstDay }
  }
  if ('firstDay' in calendar) return { kind: 'days', firstDay: dayNumber(calendar.firstDay) }
  const { stepsPerYear } = calendar
  demand(
    Number.isInteger(stepsPerYear) && stepsPerYear > 1,
    'steps-per-year',
    '每年步数须为大于1的整数',
    'steps per year must be an integer above 1',
  )
  return { kind: 'steps', stepsPerYear }
}
