/** Back-projection: when were those infected who fall ill today? */
import { demand, demandLevel, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { RandomStream } from '../../statistics/index.ts'
import { quantileOfSorted } from '../linelist/index.ts'

export interface BackprojectionOptions {
  readonly asOf: string
  /** Width of the smoothing: an even number, weights of the binomial law; 2 is common, 0 smooths not at all. */
  readonly smoothing?: number
  /** Stops when the step relative to the length of the estimate falls below this; 1e-5 by default. */
  readonly tolerance?: number
  readonly maximalSteps?: number
  /** Bootstrap samples for the interval; 200 by default. */
  readonly samples?: number
  readonly seed?: number
  readonly level?: number
}

export interface Backprojection {
  /** Expected infections by day. The last days rest on almost no onsets: see `seenShare`. */
  readonly infections: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  /** Chance that an infection of that day has led to an onset by the last day. */
  readonly seenShare: Float64Array
  readonly steps: number
  readonly converged: boolean
  readonly level: number
}

interface Iteration {
  readonly infections: Float64Array
  readonly steps: number
  readonly converged: boolean
}

/**
 * Infections by day from onsets by day with expectation, maximisation and smoothing (N. G. Becker, L. F. Watson, J. B. Carlin 1991,
 * doi:10.1002/sim.4780101005): φ(t) = λ(t) / F(T − t) Σ_d Y(t + d) f(d) / μ(t + d), then a binomial moving average, until the step is
 * small. Intervals by parametric bootstrap: onsets drawn anew as Poisson counts around their fit.
 *
 * @param onsets Onsets by day, not negative.
 * @param incubation Chance of 0, 1, 2, … days from infection to onset.
 * @returns Refuses `too-few-onsets` below 10 and `series-too-short` when the series is shorter than the mean incubation.
 * @throws InputError `onset-invalid`, `incubation-invalid`, `smoothing-odd`.
 */
export function backproject(
  onsets: ArrayLike<number>,
  incubation: ArrayLike<number>,
  options: BackprojectionOptions,
): Outcome<Backprojection> {
  const provenance = provenanceOf('Back-projection by EMS (doi:10.1002/sim.4780101005)', options.asOf)
  const smoothing = options.smoothing ?? 2
  demand(
    Number.isInteger(smoothing) && smoothing >= 0 && smoothing % 2 === 0,
    'smoothing-odd',
    '平滑宽度应为非负偶数',
    'The smoothing must be an even number, not negative',
  )
  const days = onsets.length
  const delay = Float64Array.from(incubation)
  const mass = delay.reduce((sum, chance) => sum + chance, 0)
  demand(
    delay.every((chance) => chance >= 0) && mass > 0.5 && mass < 1 + 1e-6,
    'incubation-invalid',
    '潜伏期分布的概率应非负且合计约为 1',
    'The chances of the incubation must not be negative and must add up to about 1',
  )
  for (let day = 0; day < days; day += 1)
    demand(
      (onsets[day] as number) >= 0,
      'onset-invalid',
      `第 ${day + 1} 天发病数为负，请先处理更正`,
      `The onsets of day ${day + 1} are negative: settle corrections first`,
    )
  const total = Float64Array.from(onsets).reduce((sum, count) => sum + count, 0)
  if (total < 10)
    return refuse(provenance, 'too-few-onsets', `只有 ${total} 例发病，不足以反推感染曲线`, `${total} onsets are too few to project back`)
  const mean = delay.reduce((sum, chance, lag) => sum + chance * lag, 0)
  if (days <= mean)
    return refuse(
      provenance,
      'series-too-short',
      `序列只有 ${days} 天，短于平均潜伏期`,
      `The series of ${days} days is shorter than the mean incubation`,
    )

  const level = options.level ?? 0.95
  demandLevel(level)
  const seenShare = new Float64Array(days)
  let within = 0
  for (let back = 0; back < days; back += 1) {
    within += delay[back] ?? 0
    seenShare[days - 1 - back] = Math.min(1, within)
  }
  const settings = { smoothing, tolerance: options.tolerance ?? 1e-5, maximalSteps: options.maximalSteps ?? 2000 }
  const best = iterate(onsets, delay, seenShare, settings)
  const fitted = convolve(best.infections, delay)
  const random = new RandomStream(options.seed ?? 1)
  const samples = options.samples ?? 200
  const drawn = Array.from(
    { length: samples },
    () =>
      iterate(
        Float64Array.from(fitted, (expected) => random.poisson(expected)),
        delay,
        seenShare,
        settings,
      ).infections,
  )
  const limit = (share: number) =>
    Float64Array.from({ length: days }, (_, day) =>
      samples === 0 ? Number.NaN : quantileOfSorted(Float64Array.from(drawn, (draw) => draw[day] as number).sort(), share),
    )
  return { ...provenance, ok: true, ...best, lower: limit((1 - level) / 2), upper: limit((1 + level) / 2), seenShare, level }
}

/** Expected onsets of given infections. */
function convolve(infections: Float64Array, delay: Float64Array): Float64Array {
  return Float64Array.from({ length: infections.length }, (_, day) => {
    let sum = 0
    for (let lag = 0; lag < delay.length && lag <= day; lag += 1) sum += (delay[lag] as number) * (infections[day - lag] as number)
    return sum
  })
}

function iterate(
  onsets: ArrayLike<number>,
  delay: Float64Array,
  seenShare: Float64Array,
  settings: { smoothing: number; tolerance: number; maximalSteps: number },
): Iteration {
  const days = onsets.length
  let total = 0
  for (let day = 0; day < days; day += 1) total += onsets[day] as number
  let infections = new Float64Array(days).fill(total / days)
  for (let step = 1; step <= settings.maximalSteps; step += 1) {
    const expected = convolve(infections, delay)
    const updated = new Float64Array(days)
    for (let day = 0; day < days; day += 1) {
      let sum = 0
      for (let lag = 0; lag < delay.length && day + lag < days; lag += 1) {
        const mean = expected[day + lag] as number
        if (mean > 0) sum += ((onsets[day + lag] as number) * (delay[lag] as number)) / mean
      }
      const share = seenShare[day] as number
      updated[day] = share > 0 ? ((infections[day] as number) * sum) / share : 0
    }
    const smooth = smoothed(updated, settings.smoothing)
    let moved = 0
    let length = 0
    for (let day = 0; day < days; day += 1) {
      moved += ((smooth[day] as number) - (infections[day] as number)) ** 2
      length += (infections[day] as number) ** 2
    }
    infections = smooth
    if (length === 0 || Math.sqrt(moved / length) < settings.tolerance) return { infections, steps: step, converged: true }
  }
  return { infections, steps: settings.maximalSteps, converged: false }
}

/** Moving average with binomial weights, made up to 1 at the ends. */
function smoothed(values: Float64Array, width: number): Float64Array<ArrayBuffer> {
  const weights = [1]
  for (let k = 1; k <= width; k += 1) weights.push(((weights[k - 1] as number) * (width - k + 1)) / k)
  return Float64Array.from({ length: values.length }, (_, day) => {
    let sum = 0
    let mass = 0
    for (let k = 0; k <= width; k += 1) {
      const at = day + k - width / 2
      if (at < 0 || at >= values.length) continue
      sum += (weights[k] as number) * (values[at] as number)
      mass += weights[k] as number
    }
    return sum / mass
  })
}
