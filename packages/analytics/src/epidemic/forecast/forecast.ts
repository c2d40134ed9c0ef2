import { demand, type Interval, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { RandomStream } from '../../statistics/random.ts'
import { readCases, totalInfectivity } from '../reproduction/incidence.ts'
import { parametricWeights, readWeights, type SerialInterval } from '../reproduction/serial-interval.ts'
import { limitsHolding, quantilesOf, SCORED_LEVELS } from './scores.ts'
import { type ForecastModel, recentTransmission } from './transmission.ts'
import { type DrawFutures, pastMisses, widen, wideningOf } from './widening.ts'

export interface ForecastInput {
  /** New cases a day, oldest first, last day = today. */
  readonly counts: ArrayLike<number>
  /** Equally likely versions of `counts` from a nowcast, each of the same length: their doubt is carried forward. */
  readonly histories?: readonly ArrayLike<number>[]
  readonly serialInterval: Exclude<SerialInterval, { readonly kind: 'uncertain' }>
  /** Days ahead; default 14. */
  readonly horizon?: number
  readonly draws?: number
  readonly seed?: number
  readonly model?: Partial<ForecastModel>
  /** Whether the intervals are widened where forecasts of the last three weeks have missed; default yes. */
  readonly selfCheck?: boolean
  readonly asOf: string
}

export interface ForecastDay {
  /** 1 = tomorrow. */
  readonly ahead: number
  /** Median, and limits that hold 95 % of the paths with no more than 2.5 % below: from zero up to the 95 % quantile where zero is likely. */
  readonly cases: Interval
  readonly mean: number
  /** At `SCORED_LEVELS`: central, for scoring. */
  readonly quantiles: Float64Array
}

export interface ForecastEstimate {
  readonly days: readonly ForecastDay[]
  /** Reproduction number today, as the forecast starts from it. */
  readonly reproduction: Interval
  /** Equally likely futures: paths[i][h] is path i on day h + 1 ahead. */
  readonly paths: readonly Float64Array[]
  /** How many times wider the intervals are made because the last weeks' forecasts missed; 1 = as the model gives them. */
  readonly widening: number
  readonly caution: Refusal | null
}

/** Fitted on the daily reports of Chinese cities, January–March 2020 (see the scores in bench/epidemic/forecast.ts). */
export const DEFAULT_MODEL: ForecastModel = {
  window: 7,
  priorShape: 2,
  priorRate: 2,
  trendDamping: 0.85,
  trendShare: 0.4,
  steepestTrend: 0.1,
  response: 0.2,
  lateShare: 0.1,
  lateResponse: 0.3,
  dailySd: 0.13,
  size: 3,
  sizeCases: 20,
  background: 0.02,
}

/** A case can still infect while less than this share of those it infects have shown. */
const SHOWN = 0.95
const LEVEL = 0.95

const FEW: Refusal = {
  code: 'few-cases',
  zh: '近两周病例少于10例，预测区间主要反映偶然性',
  en: 'fewer than 10 cases in two weeks: the interval is mostly chance',
}

/**
 * Daily cases one to two weeks ahead. Each path draws R from its posterior over the newest window, lets log R follow its recent trend,
 * damped, plus a random walk, and draws each day's cases as negative binomial around R_t Λ_t, feeding them back into Λ. With `histories`
 * every path starts from one draw of the nowcast. Where forecasts of the last three weeks, made again with what was known then, have missed
 * what came, the limits move out. The interval of a day holds 95 % of the paths and no more than it must: what the lower limit leaves out
 * counts, and at zero it leaves out nothing, so there the upper limit is the 95 % quantile. Sources: P. Nouvellet et al. 2018,
 * doi:10.1016/j.epidem.2017.02.012; A. Cori et al. 2013, doi:10.1093/aje/kwt133.
 *
 * @param input.counts New cases a day, oldest first; the last is today.
 * @param input.histories Equally likely versions of the counts from a nowcast, each of the same length.
 * @param input.serialInterval Parametric (days) or by day.
 * @param input.horizon Days ahead.
 * @returns One entry a day ahead: cases with median, mean and 95 % interval; the paths and R with theirs. Refuses `no-cases` and
 *   `too-short` when nothing carries a forecast, and `no-recent-cases` when nobody known can still infect: no case in the days by which 95
 *   % of a case's infectees have shown. What came then would come from elsewhere or have been missed, which no renewal foresees: the
 *   figures would be the prior's alone.
 * @throws InputError for bad counts or options; `as-of`.
 */
export function forecast(input: ForecastInput): Outcome<ForecastEstimate> {
  const horizon = input.horizon ?? 14
  const drawCount = input.draws ?? 1000
  const model = { ...DEFAULT_MODEL, ...input.model }
  demand(
    Number.isInteger(horizon) && horizon >= 1 && horizon <= 60,
    'horizon',
    '预测天数须为1–60的整数',
    'the horizon must be 1–60 whole days',
  )
  demand(Number.isInteger(drawCount) && drawCount >= 100, 'draws', '抽样数须不少于100', 'at least 100 draws are needed')
  const provenance = provenanceOf('renewal equation, damped trend of R, growth met by a response, negative binomial counts', input.asOf)
  const { total, days } = readCases({ local: input.counts })
  if (days < 10) return refuse(provenance, 'too-short', `只有${days}天数据，至少需要10天`, `${days} days of data, at least 10 are needed`)
  const sum = total.reduce((a, b) => a + b, 0)
  if (sum === 0) return refuse(provenance, 'no-cases', '全部日期均无病例，无法预测', 'no case on any day: nothing to forecast')
  const interval = input.serialInterval
  const { weights } =
    interval.kind === 'parametric' ? parametricWeights(interval.mean, interval.sd, days + horizon) : readWeights(interval.weights, true)
  const reach = effectiveReach(weights)
  const random = new RandomStream(input.seed ?? 1)
  const histories = input.histories?.map((history) => readCases({ local: history }).total) ?? [total]
  demand(
    histories.length > 0 && histories.every((history) => history.length === days),
    'histories',
    '各历史版本须与病例序列等长',
    'every history must be as long as the counts',
  )
  const infectious = daysUntilShown(weights)
  const quiet = histories.filter((history) => history.slice(-infectious).every((count) => count === 0)).length
  if (2 * quiet >= histories.length)
    return refuse(
      provenance,
      'no-recent-cases',
      `最近${infectious}天没有病例：已知病例所传染的人95%应已发病，没有已知传染源，数据不足以预测；此后如有病例，多为输入或漏报，应查来源`,
      `no case in the last ${infectious} days: 95 % of those whom known cases infected should have shown, nobody known can infect, and the data carry no forecast; a case after that is imported or was missed, so look for its source`,
    )
  const reproductions: number[] = []
  const draw: DrawFutures = (history, ahead, draws, stream) => futuresOf(history, ahead, draws, stream, weights, reach, model).paths
  const misses = input.selfCheck === false ? [] : pastMisses(total, horizon, draw, random.split('past'))
  const perHistory = Math.ceil(drawCount / histories.length)
  const paths = histories
    .flatMap((history) => {
      const futures = futuresOf(history, horizon, perHistory, random, weights, reach, model)
      reproductions.push(...futures.reproductions)
      return futures.paths
    })
    .slice(0, drawCount)
  const widening = wideningOf(misses)
  widen(paths, widening)
  const forecastDays = Array.from({ length: horizon }, (_, h): ForecastDay => {
    const sample = Float64Array.from(paths, (path) => path[h] ?? 0)
    const mean = sample.reduce((a, b) => a + b, 0) / paths.length
    const quantiles = quantilesOf(sample)
    return {
      ahead: h + 1,
      cases: { estimate: sample[sample.length >> 1] ?? Number.NaN, ...limitsHolding(LEVEL, sample), level: LEVEL },
      mean,
      quantiles,
    }
  })
  const recent = total.slice(-14).reduce((a, b) => a + b, 0)
  return {
    ...provenance,
    ok: true,
    days: forecastDays,
    reproduction: intervalOf(quantilesOf(Float64Array.from(reproductions))),
    paths,
    widening,
    caution: recent < 10 ? FEW : null,
  }
}

/** Days of a history that a forecast looks at: what lies further back than serial intervals and windows reach changes nothing. */
const LONGEST_MEMORY = 500

/** Futures of one history, and the R that each of them starts from. */
function futuresOf(
  whole: Float64Array,
  horizon: number,
  draws: number,
  random: RandomStream,
  weights: Float64Array,
  reach: number,
  model: ForecastModel,
): { paths: Float64Array[]; reproductions: Float64Array } {
  const history = whole.subarray(-Math.max(LONGEST_MEMORY, 2 * reach))
  const days = history.length
  const start = recentTransmission(history, totalInfectivity(history, weights), model)
  const reproductions = new Float64Array(draws)
  const paths = Array.from({ length: draws }, (_, draw) => {
    const series = new Float64Array(days + horizon)
    series.set(history)
    let logR = Math.log(random.gamma(start.shape, start.rate)) + start.catchUp
    reproductions[draw] = Math.exp(logR)
    let trend = start.trend
    const response = random.uniform() < model.lateShare ? model.response * model.lateResponse : model.response
    for (let day = days; day < days + horizon; day += 1) {
      trend *= model.trendDamping
      logR += trend + random.normal(0, model.dailySd)
      if (logR > 0) logR *= 1 - response
      let pressure = 0
      for (let s = 1; s <= Math.min(day, reach); s += 1) pressure += (weights[s] ?? 0) * (series[day - s] ?? 0)
      series[day] = random.negativeBinomial(Math.exp(logR) * pressure + model.background, start.size)
    }
    return series.slice(days)
  })
  return { paths, reproductions }
}

function intervalOf(quantiles: Float64Array): Interval {
  const at = (p: number) => quantiles[SCORED_LEVELS.indexOf(p)] ?? Number.NaN
  return { estimate: at(0.5), lower: at(0.025), upper: at(0.975), level: 0.95 }
}

/** The day by which SHOWN of a case's infectees have shown. */
function daysUntilShown(weights: Float64Array): number {
  const whole = weights.reduce((a, b) => a + b, 0)
  let sum = 0
  return Math.max(
    1,
    weights.findIndex((weight) => {
      sum += weight
      return sum >= SHOWN * whole
    }),
  )
}

/** The last day of the interval that still matters: beyond it lies less than one in a hundred thousand. */
function effectiveReach(weights: Float64Array): number {
  let tail = 0
  let day = weights.length - 1
  while (day > 1) {
    tail += weights[day] ?? 0
    if (tail > 1e-5) break
    day -= 1
  }
  return day
}
