import { demand, demandLevel, type Interval, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { RandomStream } from '../../statistics/random.ts'
import { burstCaution, generalCautions, TOO_RECENT, VERY_INCOMPLETE } from './cautions.ts'
import { type DelayRegime, delayRegimes, stretched } from './delay-change.ts'
import type { PriorDelay } from './delay-model.ts'
import { MEMORY, remembered } from './level-memory.ts'
import type { ReportingTriangle } from './triangle.ts'
import { type WeekdayCompleteness, weekdayCompleteness } from './weekday-completeness.ts'

export interface NowcastInput {
  readonly triangle: ReportingTriangle
  /** Event days lose half their say about the delay in so many days, so that it may change; default 7. */
  readonly halfLife?: number
  /** Default: mean 8, sd 5 days, worth 6 cases. Give the delay of former outbreaks where it is known. */
  readonly priorDelay?: PriorDelay
  readonly level?: number
  readonly draws?: number
  readonly seed?: number
  readonly asOf: string
}

export interface NowcastDay {
  /** Event day number, in the triangle's calendar. */
  readonly day: number
  readonly reported: number
  /** Chance that an event of that day has been reported by now. */
  readonly completeness: number
  /** All events of that day, reported or not; null where too little has been reported to say anything. */
  readonly events: Interval | null
  /** Why to take the figure with doubt; of several the weightiest. */
  readonly caution: Refusal | null
}

export interface NowcastEstimate {
  readonly days: readonly NowcastDay[]
  /** Doubts about the whole estimate: `delays-cut`, `weekly-reports`. */
  readonly cautions: readonly Refusal[]
  /** Chance of a delay of at most 0, 1, … days for the newest events. */
  readonly delayCdf: Float64Array
  /** How much reports of one event day hang together: 0 independent, 1 all at once. */
  readonly batching: number
  /** Chance that the newest events are reported slower or faster than those before. */
  readonly delayChanged: number
  /** Equally likely totals, draw by draw: draws[i][j] is draw i of day j of `days`. */
  readonly draws: readonly Float64Array[]
}

// Chosen on the HUS outbreak of 2011; other diseases and offices need their own.
const DEFAULT_PRIOR: PriorDelay = { mean: 8, sd: 5, cases: 6 }
// The newest delays may differ from those measured: all reverse hazards move together, on the log scale, more readily towards faster
// reporting (which only lowers the lower limit), and towards slower reporting where the record is young and irregular. With the half-life
// of the delay these keep 0.9 coverage when delays double three weeks ago.
const FASTER = 0.5
const SLOWER = 0.2
const SLOWER_IF_DOUBTFUL = 0.5
const MOST_HAZARD = 0.99
// A changed delay is known by its factor only to this standard deviation of its logarithm.
const FACTOR_SPREAD = 0.2
const CHANGE_FOR_ESTIMATE = 0.15
const LEAST_COMPLETENESS = 0.05
const LOW_COMPLETENESS = 0.1

/**
 * Nowcast of events not reported yet. The delay has conjugate Beta reverse hazards with a guard (see `delayModel`); daily totals are Poisson
 * with a rate that is a local level in Gamma form: the posterior (a, b) of one day, times 0.4, is the prior of the next; reported counts add
 * a += n and b += F(delay). Unseen counts are Gamma–Poisson. The estimate is the posterior mean at the mean delay; the interval comes from
 * seeded draws of delay, rate and counts, widened by how much the triangle's reports come in batches.
 * Sources: J. F. Lawless 1994, doi:10.2307/3315826; M. Höhle and M. an der Heiden 2014, doi:10.1111/biom.12194; M. West and J. Harrison,
 * Bayesian Forecasting and Dynamic Models (1997), doi:10.1007/b98971.
 *
 * @param input.triangle Reports by event day and delay, days.
 * @param input.halfLife Days.
 * @param input.priorDelay Mean and sd in days, and how many cases it is worth.
 * @param input.level Coverage; default 0.95.
 * @returns One entry an event day: reported, and all events with their interval, null where nothing can be said yet. Refuses
 *   `too-few-reports` below 5 reports.
 * @throws InputError for bad options; `as-of`.
 */
export function nowcast(input: NowcastInput): Outcome<NowcastEstimate> {
  const { triangle } = input
  const halfLife = input.halfLife ?? 7
  const prior = input.priorDelay ?? DEFAULT_PRIOR
  const level = input.level ?? 0.95
  const drawCount = input.draws ?? 1000
  demand(halfLife > 0, 'half-life', '半衰期须为正数', 'the half-life must be positive')
  demand(
    prior.mean > 0 && prior.sd > 0 && prior.cases > 0,
    'prior-delay',
    '先验延迟的各项须为正数',
    'the prior delay needs positive figures',
  )
  demandLevel(level)
  demand(Number.isInteger(drawCount) && drawCount >= 100, 'draws', '抽样数须不少于100', 'at least 100 draws are needed')
  const provenance = provenanceOf('nowcast: Beta reverse hazards with prior delay, Gamma–Poisson local level', input.asOf)
  const reported = triangle.counts.map((row) => row.reduce((a, b) => a + b, 0))
  const total = reported.reduce((a, b) => a + b, 0)
  if (total < 5) return refuse(provenance, 'too-few-reports', `只有${total}份报告，至少需要5份`, `${total} reports, at least 5 are needed`)
  const regimes = delayRegimes(triangle, prior, halfLife)
  const age = (row: number) => Math.min(triangle.maxDelay, triangle.counts.length - 1 - row)
  const completenesses = regimes.map((regime) => reported.map((_, row) => completenessOf(regime, regime.model.cdf, row, age(row))))
  // A change of the delay must be six times as plausible to move the estimate as to widen the interval.
  const say = regimes.map(({ from, weight }) => (from < reported.length ? CHANGE_FOR_ESTIMATE : 1) * weight)
  const saidInAll = say.reduce((sum, weight) => sum + weight, 0)
  const average = (of: (k: number) => number) => say.reduce((sum, weight, k) => sum + weight * of(k), 0) / saidInAll
  const cautions = generalCautions(triangle)
  const [general = null] = cautions
  const weekdays = cautions.some(({ code }) => code === 'weekly-reports') ? weekdayCompleteness(triangle) : null
  const completeness = reported.map((_, row) =>
    weekdays === null
      ? average((k) => completenesses[k]?.[row] ?? 1)
      : (weekdays.alpha[row] ?? 1) / ((weekdays.alpha[row] ?? 1) + (weekdays.beta[row] ?? 0)),
  )
  const batching = average((k) => regimes[k]?.model.batching ?? 0)
  const centre = centralPath(reported, completeness, batching)
  const firstIncomplete = Math.max(0, reported.length - triangle.maxDelay)
  const draws = drawPaths(reported, regimes, weekdays, age, firstIncomplete, drawCount, new RandomStream(input.seed ?? 1))
  const sorted = new Float64Array(drawCount)
  const days = reported.map((count, row): NowcastDay => {
    const complete = completeness[row] ?? 0
    const day = triangle.firstDay + row
    if (complete < LEAST_COMPLETENESS) return { day, reported: count, completeness: complete, events: null, caution: TOO_RECENT }
    const estimate = centre[row] ?? count
    // Complete days are the same in every draw.
    const cut = general?.code === 'delays-cut' ? general : null
    if (row < firstIncomplete)
      return { day, reported: count, completeness: complete, events: { estimate, lower: estimate, upper: estimate, level }, caution: cut }
    for (let draw = 0; draw < drawCount; draw += 1) sorted[draw] = draws[draw]?.[row] ?? count
    sorted.sort()
    const lower = Math.min(estimate, quantile(sorted, (1 - level) / 2))
    const upper = Math.max(estimate, quantile(sorted, (1 + level) / 2))
    return {
      day,
      reported: count,
      completeness: complete,
      events: { estimate, lower, upper, level },
      caution: complete < LOW_COMPLETENESS ? VERY_INCOMPLETE : (general ?? burstCaution(reported, completeness, row)),
    }
  })
  const longest = triangle.maxDelay
  const newest = (delay: number) => average((k) => delayNow(regimes[k], delay, longest))
  return {
    ...provenance,
    ok: true,
    days,
    cautions,
    delayCdf: Float64Array.from({ length: longest + 1 }, (_, delay) => newest(delay)),
    batching,
    delayChanged: regimes.reduce((sum, { from, weight }) => sum + (from < reported.length ? weight : 0), 0),
    draws,
  }
}

const START_SHAPE = 0.5
const START_RATE = 0.05

/** Chance that an event of a row is reported by now, under one belief about the delays. */
function completenessOf(regime: DelayRegime, cdf: Float64Array, row: number, age: number): number {
  return row >= regime.from ? stretched(cdf, regime.factor, age) : (cdf[age] ?? 1)
}

/** Chance of a delay of at most so many days for an event of today. */
function delayNow(regime: DelayRegime | undefined, delay: number, longest: number): number {
  return regime === undefined || delay >= longest ? 1 : stretched(regime.model.cdf, regime.factor, delay)
}

function centralPath(reported: readonly number[], completeness: readonly number[], batching: number): Float64Array {
  let shape = START_SHAPE
  let rate = START_RATE
  return Float64Array.from(reported, (count, row) => {
    const complete = Math.max(LEAST_COMPLETENESS, Math.min(1, completeness[row] ?? 1))
    const kept = remembered(shape, rate, count, complete, batching)
    shape = kept * shape + count
    rate = kept * rate + complete
    return count + (shape / rate) * (1 - complete)
  })
}

/** Draws of all totals; the rows before `firstIncomplete` are old enough to be complete. */
function drawPaths(
  reported: readonly number[],
  regimes: readonly DelayRegime[],
  weekdays: WeekdayCompleteness | null,
  age: (row: number) => number,
  firstIncomplete: number,
  count: number,
  random: RandomStream,
): Float64Array[] {
  const weights = regimes.map((regime) => regime.weight)
  let startShape = START_SHAPE
  let startRate = START_RATE
  for (let row = 0; row < firstIncomplete; row += 1) {
    startShape = MEMORY * startShape + (reported[row] ?? 0)
    startRate = MEMORY * startRate + 1
  }
  const seenByDay = Float64Array.from(reported)
  const ages = reported.map((_, row) => age(row))
  const longest = (regimes[0]?.model.alpha.length ?? 1) - 1
  const cdf = new Float64Array(longest + 1)
  return Array.from({ length: count }, () => {
    const regime = regimes[regimes.length === 1 ? 0 : random.weighted(weights)]
    if (regime === undefined) throw new RangeError('no belief about the delay')
    const { model, from } = regime
    const factor = regime.factor * Math.exp(FACTOR_SPREAD * random.normal())
    const size = model.batching > 0 && weekdays === null ? 1 / model.batching : Number.POSITIVE_INFINITY
    const drift = random.normal()
    const shift = Math.exp(drift < 0 ? FASTER * drift : (SLOWER + SLOWER_IF_DOUBTFUL * model.doubt) * drift)
    // The reverse hazards are drawn in order of the delay; the distribution function follows from the last one back.
    for (let x = 1; x <= longest; x += 1)
      cdf[x - 1] = 1 - Math.min(MOST_HAZARD, shift * random.beta(model.alpha[x] as number, model.beta[x] as number))
    cdf[longest] = 1
    for (let x = longest - 1; x >= 0; x -= 1) cdf[x] = (cdf[x + 1] as number) * (cdf[x] as number)
    const path = seenByDay.slice()
    let shape = startShape
    let rate = startRate
    for (let row = firstIncomplete; row < path.length; row += 1) {
      const seen = path[row] as number
      const old = ages[row] as number
      // A draw that would multiply a report more than twenty times says nothing: it is cut there.
      const drawn = row >= from ? stretched(cdf, factor, old) : (cdf[old] as number)
      const complete = Math.max(LEAST_COMPLETENESS, weekdays === null ? drawn : weekdayDraw(weekdays, row, random))
      const kept = remembered(shape, rate, seen, complete, model.batching)
      shape = kept * shape + seen
      rate = kept * rate + complete
      if (complete >= 1) continue
      const unseen = random.gamma(Math.max(shape, 1e-3), rate) * (1 - complete)
      // Unseen reports come in the same batches as the seen ones: variance mean + ρ · mean².
      path[row] = seen + random.negativeBinomial(unseen, size)
    }
    return path
  })
}

function weekdayDraw({ alpha, beta }: WeekdayCompleteness, row: number, random: RandomStream): number {
  const open = beta[row] ?? 0
  return open > 0 ? random.beta(alpha[row] ?? 1, open) : 1
}

/** The quantile of a sorted sample by linear interpolation (type 7 of R. J. Hyndman and Y. Fan 1996, doi:10.2307/2684934). */
function quantile(sorted: Float64Array, p: number): number {
  const position = p * (sorted.length - 1)
  const below = Math.floor(position)
  const low = sorted[below] ?? Number.NaN
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low
  return low + (position - below) * (high - low)
}
