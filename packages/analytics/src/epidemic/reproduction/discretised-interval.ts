import { demand } from '../../outcome.ts'
import { type DoubleDouble, divide, multiply, pair, times } from '../../statistics/double-double.ts'
import { lgamma } from '../../statistics/gamma-function.ts'
import { gammaP, gammaQ, poissonKernel, upperFractionRest } from '../../statistics/incomplete-gamma.ts'

// Gauss and Legendre's points on (−1, 1), upper half: sixteen for panels near the singular zero, fewer far from it.
const SIX: readonly (readonly [number, number])[] = [
  [0.2386191860831969, 0.467913934572691],
  [0.6612093864662645, 0.3607615730481386],
  [0.9324695142031521, 0.1713244923791704],
]
const EIGHT: readonly (readonly [number, number])[] = [
  [0.1834346424956498, 0.362683783378362],
  [0.525532409916329, 0.3137066458778873],
  [0.7966664774136267, 0.2223810344533745],
  [0.9602898564975363, 0.1012285362903763],
]
const SIXTEEN: readonly (readonly [number, number])[] = [
  [0.09501250983763744, 0.1894506104550685],
  [0.2816035507792589, 0.1826034150449236],
  [0.4580167776572274, 0.1691565193950025],
  [0.6178762444026438, 0.1495959888165767],
  [0.755404408355003, 0.1246289712555339],
  [0.8656312023878318, 0.0951585116824928],
  [0.9445750230732326, 0.0622535239386479],
  [0.9894009349916499, 0.0271524594117541],
]
// A second difference that is smaller than this share of its terms has lost figures; there the density is gentle and is integrated.
const CANCELLED = 0.2

/** log u at the points of the panel (start, start + 1), by start: the same for every law, and most of the work of a draw of many. */
const panelLogs: Float64Array[] = []
const KEPT_PANELS = 1024
const FEW_FACTORS = 10

const pointsFrom = (start: number) => (start < 3 ? SIXTEEN : start < 12 ? EIGHT : SIX)

function logsOfPanel(start: number): Float64Array {
  const known = panelLogs[start]
  if (known !== undefined) return known
  const logs = Float64Array.from(
    pointsFrom(start).flatMap(([node]) => [Math.log(start + 0.5 * (1 - node)), Math.log(start + 0.5 * (1 + node))]),
  )
  if (start < KEPT_PANELS) panelLogs[start] = logs
  return logs
}

/** The unshifted gamma law X (mean − 1 and sd) and the two integrals whose second differences are the weights. */
class ShiftedGamma {
  readonly shape: number
  readonly expectation: number
  private readonly shapeLow: number
  private readonly rate: DoubleDouble
  private readonly logRate: number
  private readonly gammaFactor: number
  /**
   * Whether E[(X − k)⁺] falls so slowly that its second differences are lost everywhere: with shape ≥ 1 it is log-concave, and what is left
   * of it from one day to the next is at least e^−rate.
   */
  readonly gentle: boolean

  constructor(mean: number, sd: number) {
    const ratio = divide(pair(mean - 1), pair(sd))
    const shape = multiply(ratio, ratio)
    this.shape = shape.high
    this.shapeLow = shape.low
    this.rate = divide(ratio, pair(sd))
    this.expectation = mean - 1
    this.logRate = Math.log(this.rate.high)
    this.gammaFactor = Math.exp(-lgamma(this.shape + 1))
    this.gentle = this.shape >= 1 && Math.expm1(-this.rate.high) ** 2 < CANCELLED
  }

  /** k · rate, as a pair. */
  private scaled(k: number): DoubleDouble {
    return times(k, this.rate)
  }

  /** y^shape e^−y / Γ(shape + 1); with few factors without its general form, for speed. */
  private kernel(y: number, yLow: number): number {
    if (this.shape < FEW_FACTORS && y > 1e-30 && y < 700)
      return y ** this.shape * Math.exp(-y) * this.gammaFactor * (1 + yLow * (this.shape / y - 1))
    return poissonKernel(this.shape, y, this.shapeLow, yLow)
  }

  /** E[(k − X)⁺], k ≥ 0: a series of positive terms below the mean (DLMF 13.2.2 after Kummer's transformation), else from P. */
  below(k: number): number {
    if (k <= 0) return 0
    const y = this.scaled(k)
    const kernel = this.kernel(y.high, y.low)
    if (k >= this.expectation) return (k - this.expectation) * gammaP(this.shape, y.high, this.step(y)) + this.expectation * kernel
    let term = 1 / (this.shape + 1)
    let sum = term
    for (let n = 1; n < 1_000_000; n += 1) {
      term *= y.high / (this.shape + n + 1)
      sum += (n + 1) * term
      if ((n + 1) * term < 1e-17 * sum) break
    }
    return k * kernel * sum
  }

  /** E[(X − k)⁺]: from Legendre's continued fraction Q = kernel · a / (y − a + 1 + rest) beyond the mean, where terms would cancel. */
  above(k: number): number {
    if (k <= 0) return this.expectation - k
    const y = this.scaled(k)
    const kernel = this.kernel(y.high, y.low)
    const beyond = y.high - this.shape + (y.low - this.shapeLow)
    if (beyond > 1) {
      const rest = upperFractionRest(this.shape, y.high)
      return (this.expectation * kernel * (1 + rest)) / (beyond + 1 + rest)
    }
    return (this.expectation - k) * gammaQ(this.shape, y.high, this.step(y)) + this.expectation * kernel
  }

  /** What a shift of y by its own low part and by the shape's comes to, for P and Q of the rounded shape. */
  private step(y: DoubleDouble): number {
    const away = this.shape / y.high - 1
    return y.low - this.shapeLow * (Math.abs(away) < 1e-8 ? 1 : Math.log1p(away) / away)
  }

  /** ∫ f and ∫ (u − start) f over (start, start + 1), where f is gentle; at its singular start through P. */
  moments(start: number): readonly [number, number] {
    if (start === 0) {
      const y = this.scaled(1)
      return [gammaP(this.shape, y.high, y.low), this.expectation * gammaP(this.shape + 1, y.high, y.low)]
    }
    const rate = this.rate.high
    const logs = logsOfPanel(start)
    let mass = 0
    let moment = 0
    let at = 0
    for (const [node, weight] of pointsFrom(start))
      for (let side = -1; side <= 1; side += 2) {
        const along = 0.5 * (1 + side * node)
        const u = start + along
        const y = u * rate
        const low = u * this.rate.low
        const kernel =
          this.shape < FEW_FACTORS
            ? Math.exp(this.shape * ((logs[at] as number) + this.logRate) - y) * this.gammaFactor * (1 + low * (this.shape / y - 1))
            : this.kernel(y, low)
        const share = (weight * kernel) / u
        mass += share
        moment += share * along
        at += 1
      }
    const factor = 0.5 * this.shape
    return [factor * mass, factor * moment]
  }
}

/**
 * The serial interval by day, w_0 … w_(length−1), for a gamma law with the given mean and standard deviation (days), shifted by one day:
 * w_k = ∫ (1 − |u − k|)⁺ f(u) du, where u − 1 is gamma with mean − 1 and sd. Not renormalised: what lies beyond the last day is left out.
 * Second differences of E[(k − X)⁺] below the mean and of E[(X − k)⁺] above it, or the integral itself where those would cancel, so that
 * every weight has full relative accuracy (1e-12 and better), also in the tails of very long, very short and very scattered intervals.
 * Source: A. Cori et al. 2013, web appendix 11, doi:10.1093/aje/kwt133.
 *
 * @param mean Mean in days, above 1.
 * @param sd Standard deviation in days, above 0.
 * @param length Days of the answer, from 0 on.
 * @returns `length` weights, w_0 = 0 first; they add up to less than 1.
 * @throws InputError for mean ≤ 1 or sd ≤ 0.
 */
export function discretisedSerialInterval(mean: number, sd: number, length = 100): Float64Array {
  demand(
    mean > 1 && Number.isFinite(mean),
    'serial-interval-mean',
    `代间隔均值须大于1天，收到${mean}`,
    `the mean serial interval must exceed 1 day, got ${mean}`,
  )
  demand(
    sd > 0 && Number.isFinite(sd),
    'serial-interval-sd',
    `代间隔标准差须大于0，收到${sd}`,
    `the standard deviation must be positive, got ${sd}`,
  )
  demand(
    Number.isInteger(length) && length > 0,
    'serial-interval-length',
    `长度须为正整数，收到${length}`,
    `the length must be a positive integer, got ${length}`,
  )
  const law = new ShiftedGamma(mean, sd)
  const weights = new Float64Array(length)
  // The three values of the difference, and the panels of the integral, move on by one place a day.
  let side: 'below' | 'above' | undefined
  let [first, second, third] = [0, 0, 0]
  let known = -1
  let mass = 0
  let moment = 0
  const read = (start: number) => {
    if (known === start) return
    ;[mass, moment] = law.moments(start)
    known = start
  }
  /** The weight of day k ≥ 2 from the panels on both sides of day k − 1. */
  const integrated = (k: number): number => {
    read(k - 2)
    const rising = moment
    read(k - 1)
    return rising + (mass - moment)
  }
  for (let k = 1; k < length; k += 1) {
    const wanted = k - 1 <= law.expectation ? 'below' : 'above'
    if (wanted === 'above' && law.gentle && k > 1) {
      weights[k] = integrated(k)
      continue
    }
    if (side === wanted) {
      first = second
      second = third
    } else {
      first = law[wanted](k - 2)
      second = law[wanted](k - 1)
      side = wanted
    }
    third = law[wanted](k)
    const difference = third - second - (second - first)
    const largest = Math.max(first, third)
    if (k === 1 || difference > CANCELLED * largest || largest < 1e-300) {
      weights[k] = Math.max(0, difference)
      continue
    }
    weights[k] = integrated(k)
  }
  return weights
}
