// Sums, products and logarithms kept as an unevaluated pair high + low of doubles (about 32 figures). Exponents of far tails are large
// numbers: a relative error of 1e-16 in an exponent of 600 would be one of 1e-13 in the tail.
import { log1pMinus } from './elementary.ts'

/** high + low, with |low| at most half a unit in the last place of high. */
export interface DoubleDouble {
  readonly high: number
  readonly low: number
}

const SPLIT = 134217729

/** The exact rounding error of the product a·b (Veltkamp's split, Dekker's product): a·b = fl(a·b) + result. */
export function productError(a: number, b: number): number {
  const product = a * b
  const ca = SPLIT * a
  const aHigh = ca - (ca - a)
  const aLow = a - aHigh
  const cb = SPLIT * b
  const bHigh = cb - (cb - b)
  const bLow = b - bHigh
  const error = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
  return Number.isFinite(error) ? error : 0
}

/** a + b, exactly (Knuth). */
export function exactSum(a: number, b: number): DoubleDouble {
  const high = a + b
  const bRounded = high - a
  return { high, low: a - (high - bRounded) + (b - bRounded) }
}

export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { high, low } = exactSum(a.high, b.high)
  return exactSum(high, low + (a.low + b.low))
}

/** a · b, where b is a pair. */
export function times(a: number, b: DoubleDouble): DoubleDouble {
  const high = a * b.high
  return exactSum(high, productError(a, b.high) + a * b.low)
}

export function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const { high, low } = times(a.high, b)
  return exactSum(high, low + a.low * b.high)
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const quotient = a.high / b.high
  const rest = a.high - quotient * b.high
  // rest is nearly exact: what the product lost comes back through its own error.
  const product = quotient * b.high
  const exactRest = a.high - product - productError(quotient, b.high) + a.low - quotient * b.low
  return Number.isFinite(exactRest) ? exactSum(quotient, exactRest / b.high) : { high: quotient, low: rest / b.high }
}

export const pair = (value: number): DoubleDouble => ({ high: value, low: 0 })

/** log((1 + s) / (1 − s)) = 2 (s + s³/3 + s⁵/5 + …) with all figures of the pair. */
function twiceArtanh(s: DoubleDouble): DoubleDouble {
  const square = multiply(s, s)
  let power = s
  let sum = s
  for (let k = 3; k < 200; k += 2) {
    power = multiply(power, square)
    const piece = divide(power, pair(k))
    sum = add(sum, piece)
    if (Math.abs(piece.high) < 1e-34 * Math.abs(sum.high)) break
  }
  return { high: 2 * sum.high, low: 2 * sum.low }
}

const STEPS = 64
let table: readonly DoubleDouble[] | undefined

/** log 2, and log(1 + j / 64) for j = 0 … 64, made when first asked for. */
function logTable(): readonly DoubleDouble[] {
  table ??= Array.from({ length: STEPS + 1 }, (_, j) => twiceArtanh(divide(pair(j), pair(2 * STEPS + j))))
  return table
}

/** log x to about 30 figures, x > 0 and finite. */
export function logPair(x: DoubleDouble): DoubleDouble {
  let exponent = 0
  let { high, low } = x
  if (high < 1e-290) {
    high *= 2 ** 200
    low *= 2 ** 200
    exponent = -200
  }
  // Near one no table value is taken off, so that a small logarithm keeps its figures.
  let k = 0
  if (high < 0.99 || high > 1.01) {
    k = Math.floor(Math.log2(high))
    if (k > 1020) k -= 2
    const scale = 2 ** -k
    high *= scale
    low *= scale
  }
  const j = k === 0 && high >= 0.99 && high <= 1.01 ? 0 : Math.min(STEPS, Math.max(0, Math.round((high - 1) * STEPS)))
  const base = 1 + j / STEPS
  // u = (x − base) / base, tiny; log(base (1 + u)) = log base + u + (log(1 + u) − u).
  const u = divide(add(pair(high - base), pair(low)), pair(base))
  const rest = add(u, pair(log1pMinus(u.high) - (u.low * u.high) / (1 + u.high)))
  const logs = logTable()
  const part = j === 0 ? rest : add(logs[j] ?? pair(0), rest)
  const powers = k + exponent
  return powers === 0 ? part : add(times(powers, logs[STEPS] ?? pair(0)), part)
}

/** exp(high + low). */
export function expPair({ high, low }: DoubleDouble): number {
  return Math.exp(high) * (1 + low)
}

/** x·log(x / m) + m − x with all figures, x, m > 0: the exponent of a Poisson or binomial probability far from its mean. */
export function deviancePair(x: DoubleDouble, m: DoubleDouble): DoubleDouble {
  const logRatio = logPair(divide(x, m))
  const minusX = { high: -x.high, low: -x.low }
  return add(multiply(x, logRatio), add(m, minusX))
}
