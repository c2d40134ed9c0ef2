import { type LogGammaLaw, logGammaLaw } from '../../statistics/log-gamma-law.ts'
import { ALIKE, LEVEL } from './mixture-gap.ts'

/** −log of what may lie beyond the period of the series, and the square of the least term that is kept. */
const BEYOND = 35
const LEAST_SQUARE = 1e-35
/** No series of more terms than this. */
const MOST_TERMS = 4000
/** A step of Halley's method this small, in units of one law's width, leaves an error of its cube. */
const CLOSE = 2e-5
/** Rates within this many widths of one law, and turned by no more than so many radians in all, are averaged through their powers. */
const NEAR_WIDTHS = 2.5
const NEAR_RADIANS = 30
const NEAR_LOGS = 1

/** The mixture F(x) = mean_j P(shape, rate_j x) as a Fourier series. */
export interface MixtureSeries {
  /** The x where F is p, from a first guess; null where F is so level there that its figures do not tell. */
  quantile(p: number, guess: number): number | null
}

/** Complex numbers one after the other. */
interface Terms {
  readonly re: Float64Array
  readonly im: Float64Array
}

/**
 * The density of log x, which lies within ± half of log(centre) but for e^−35, as a Fourier series of period 2 · half: its coefficients are the
 * characteristic function at multiples of π / half. Null where more than MOST_TERMS were needed.
 */
export function mixtureSeries(shape: number, rates: Float64Array, lowRate: number, highRate: number): MixtureSeries | null {
  const spread = 0.5 * Math.log(highRate / lowRate)
  const law = ownSeries(shape, spread)
  if (law === null) return null
  const { own, half } = law
  const step = Math.PI / half
  const count = own.re.length
  const middle = Math.sqrt(lowRate) * Math.sqrt(highRate)
  const logs = new Float64Array(rates.length)
  for (let j = 0; j < rates.length; j += 1) logs[j] = Math.log(middle / (rates[j] as number))
  const near = spread * Math.sqrt(shape) < NEAR_WIDTHS && spread < NEAR_LOGS && count * step * spread < NEAR_RADIANS
  const mean = near ? meanByPowers(logs, spread, step, count) : meanByTurns(logs, step, count)
  for (let k = 0; k < count; k += 1) {
    const re = mean.re[k] as number
    const im = mean.im[k] as number
    mean.re[k] = re * (own.re[k] as number) - im * (own.im[k] as number)
    mean.im[k] = re * (own.im[k] as number) + im * (own.re[k] as number)
  }
  return seriesOf(mean, half, law.centre / middle, 1 / Math.sqrt(shape))
}

/** The series of one law with room on both sides: what its centre is at rate 1, and half the period. */
interface OwnSeries {
  readonly own: Terms
  readonly half: number
  readonly centre: number
}

/** Small shapes come again and again, window by window, and theirs are the long series: they are kept, with a period rounded up. */
const KEPT_BELOW = 12
const KEPT = 256
const ROUNDED_TO = 1 / 8
const kept = new Map<string, OwnSeries | null>()

function ownSeries(shape: number, spread: number): OwnSeries | null {
  if (shape >= KEPT_BELOW) return madeSeries(shape, spread)
  const room = Math.ceil(spread / ROUNDED_TO) * ROUNDED_TO
  const key = `${shape} ${room}`
  const known = kept.get(key)
  if (known !== undefined) return known
  const made = madeSeries(shape, room)
  if (kept.size >= KEPT) kept.clear()
  kept.set(key, made)
  return made
}

function madeSeries(shape: number, spread: number): OwnSeries | null {
  const law = logGammaLaw(shape)
  const { from, to } = law.bounds(BEYOND)
  const half = 0.5 * (to - from) + spread
  const own = termsOf(law, Math.PI / half, -0.5 * (from + to))
  return own === null ? null : { own, half, centre: law.reference * Math.exp(0.5 * (from + to)) }
}

/** The characteristic function of a law moved by `shift`, at step, 2 · step, … until nothing is left of it. */
function termsOf(law: LogGammaLaw, step: number, shift: number): Terms | null {
  const out = new Float64Array(2)
  let re = new Float64Array(64)
  let im = new Float64Array(64)
  const turnX = Math.cos(step * shift)
  const turnY = Math.sin(step * shift)
  let x = 1
  let y = 0
  for (let count = 0; count < MOST_TERMS; count += 1) {
    law.characteristic((count + 1) * step, out)
    const ownX = out[0] as number
    const ownY = out[1] as number
    if (ownX * ownX + ownY * ownY < LEAST_SQUARE) return { re: re.subarray(0, count), im: im.subarray(0, count) }
    if (count === re.length) [re, im] = [wider(re), wider(im)]
    const turned = x * turnX - y * turnY
    y = x * turnY + y * turnX
    x = turned
    re[count] = ownX * x - ownY * y
    im[count] = ownX * y + ownY * x
  }
  return null
}

function wider(column: Float64Array): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(2 * column.length)
  copy.set(column)
  return copy
}

/** mean_j e^(i k step log_j), k = 1 … count, by turning every component on: for rates of any spread. */
function meanByTurns(logs: Float64Array, step: number, count: number): Terms {
  const size = logs.length
  const turnX = new Float64Array(size)
  const turnY = new Float64Array(size)
  for (let j = 0; j < size; j += 1) {
    turnX[j] = Math.cos(step * (logs[j] as number))
    turnY[j] = Math.sin(step * (logs[j] as number))
  }
  const x = new Float64Array(size).fill(1)
  const y = new Float64Array(size)
  const re = new Float64Array(count)
  const im = new Float64Array(count)
  for (let k = 0; k < count; k += 1) {
    let sumX = 0
    let sumY = 0
    for (let j = 0; j < size; j += 1) {
      const oldX = x[j] as number
      const oldY = y[j] as number
      const newX = oldX * (turnX[j] as number) - oldY * (turnY[j] as number)
      const newY = oldX * (turnY[j] as number) + oldY * (turnX[j] as number)
      x[j] = newX
      y[j] = newY
      sumX += newX
      sumY += newY
    }
    re[k] = sumX / size
    im[k] = sumY / size
  }
  return { re, im }
}

/**
 * The same from the mean powers of log_j / spread, by the exponential series. What its terms cancel grows like e^(ω spread), which the law's
 * own characteristic function, e^(−ω² / 2 shape), outweighs as long as the spread is a few widths.
 */
function meanByPowers(logs: Float64Array, spread: number, step: number, count: number): Terms {
  const furthest = count * step * spread
  let powers = 0
  for (let term = 1; term > 1e-17 || powers < furthest; powers += 1) term *= furthest / (powers + 1)
  powers += 2 + (powers % 2)
  const means = new Float64Array(powers)
  for (let j = 0; j < logs.length; j += 1) {
    const value = (logs[j] as number) / spread
    const square = value * value
    let power = 1
    for (let m = 0; m < powers; m += 2) {
      means[m] = (means[m] as number) + power
      means[m + 1] = (means[m + 1] as number) + power * value
      power *= square
    }
  }
  let factorial = 1
  for (let m = 0; m < powers; m += 1) {
    // Signs of i^m: the even ones are real.
    means[m] = ((m % 4 < 2 ? 1 : -1) * (means[m] as number)) / (logs.length * factorial)
    factorial *= m + 1
  }
  const re = new Float64Array(count)
  const im = new Float64Array(count)
  for (let k = 0; k < count; k += 1) {
    const angle = (k + 1) * step * spread
    const square = angle * angle
    let even = 0
    let odd = 0
    for (let m = powers - 2; m >= 0; m -= 2) {
      even = even * square + (means[m] as number)
      odd = odd * square + (means[m + 1] as number)
    }
    re[k] = even
    im[k] = odd * angle
  }
  return { re, im }
}

function seriesOf({ re, im }: Terms, half: number, centre: number, width: number): MixtureSeries {
  const step = Math.PI / half
  // F is 0 at −half: that is the constant.
  let constant = 0.5
  for (let k = re.length; k > 0; k -= 1) constant += ((k % 2 === 0 ? 1 : -1) * (im[k - 1] as number)) / (Math.PI * k)
  const inverse = new Float64Array(re.length)
  for (let k = 0; k < re.length; k += 1) inverse[k] = 1 / (k + 1)
  const quantile = (p: number, guess: number): number | null => {
    let left = -half
    let right = half
    let v = Math.max(left, Math.min(right, Math.log(guess / centre)))
    for (let round = 0; round < 200; round += 1) {
      const turnX = Math.cos(step * v)
      const turnY = Math.sin(step * v)
      let x = 1
      let y = 0
      let rest = 0
      let density = 0.5
      let bend = 0
      for (let k = 0; k < re.length; k += 1) {
        const turned = x * turnX - y * turnY
        y = x * turnY + y * turnX
        x = turned
        const a = re[k] as number
        const b = im[k] as number
        const sine = a * y - b * x
        density += a * x + b * y
        rest += sine * (inverse[k] as number)
        bend -= sine * (k + 1)
      }
      const value = constant + (0.5 * v) / half + rest / Math.PI - p
      const newton = (value * half) / density
      const close = Math.abs(newton) < CLOSE * width
      if (density < LEVEL * half && (close || Math.abs(value) < ALIKE)) return null
      if (value > 0) right = v
      else left = v
      const halley = newton / Math.max(0.5, 1 - (0.5 * newton * step * bend) / density)
      const next = v - halley
      if (close) return centre * Math.exp(next)
      v = next > left && next < right ? next : 0.5 * (left + right)
    }
    return centre * Math.exp(v)
  }
  return { quantile }
}
