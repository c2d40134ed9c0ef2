import { polynomial } from './elementary.ts'

// ζ(k) − 1 for k = 2, 3, … (computed to 60 digits, rounded once).
const ZETA_MINUS_ONE: readonly number[] = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914, 0.008349277381922827,
  0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853, 0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
  6.124813505870483e-5, 3.058823630702049e-5, 1.528225940865187e-5, 7.637197637899763e-6, 3.81729326499984e-6, 1.908212716553939e-6,
  9.539620338727962e-7, 4.769329867878064e-7, 2.38450502727733e-7, 1.1921992596531106e-7, 5.960818905125948e-8, 2.980350351465228e-8,
  1.4901554828365043e-8, 7.45071178983543e-9, 3.725334024788457e-9, 1.862659723513049e-9, 9.313274324196682e-10, 4.656629065033784e-10,
  2.3283118336765053e-10, 1.164155017270052e-10, 5.820772087902701e-11, 2.9103850444971e-11,
]
const ONE_MINUS_EULER = 0.42278433509846713
const HALF_LOG_TWO_PI = 0.9189385332046728

/** log Γ(2 + d), |d| ≤ 0.5: Taylor series at 2, where log Γ is zero, so that the relative error stays small near 1 and 2. */
function lgammaNearTwo(d: number): number {
  let sum = 0
  for (let i = ZETA_MINUS_ONE.length - 1; i >= 0; i -= 1) {
    const k = i + 2
    sum = sum * -d + (ZETA_MINUS_ONE[i] ?? 0) / k
  }
  return d * (ONE_MINUS_EULER + d * sum)
}

// Stirling's series B_2m / (2m (2m − 1)), m = 1, 2, …
const STIRLING: readonly number[] = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
  43867 / 244188,
  -174611 / 125400,
]

/**
 * δ(x) = log Γ(x + 1) − (x + ½) log x + x − ½ log 2π, the error of Stirling's formula, x > 0.
 * Abramowitz & Stegun 6.1.41.
 */
export function stirlingError(x: number): number {
  if (x >= 10) {
    const y = 1 / x
    return y * polynomial(STIRLING, y * y)
  }
  // Below 10 the terms are small numbers of like size: nothing is lost by subtracting.
  return lgamma(x) + Math.log(x) - (x + 0.5) * Math.log(x) + x - HALF_LOG_TWO_PI
}

/**
 * log Γ(x) for x > 0 (relative error about 1e-15, also near the zeros 1 and 2); for negative non-integers log |Γ(x)| by reflection.
 * +∞ at 0 and the negative integers. Abramowitz & Stegun 6.1.33, 6.1.41.
 */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x <= 0) {
    if (Number.isInteger(x)) return Number.POSITIVE_INFINITY
    const distance = x - Math.round(x)
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * distance))) - lgamma(1 - x)
  }
  if (x === Number.POSITIVE_INFINITY) return x
  if (x < 0.5) return lgammaNearTwo(x) - Math.log1p(x) - Math.log(x)
  if (x < 1.5) return lgammaNearTwo(x - 1) - Math.log(x)
  if (x <= 2.5) return lgammaNearTwo(x - 2)
  if (x < 10) {
    let y = x
    let product = 1
    while (y > 2.5) {
      y -= 1
      product *= y
    }
    return lgammaNearTwo(y - 2) + Math.log(product)
  }
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingError(x)
}

/** log Γ(1 + a), a > −½, without rounding 1 + a first: exact to a few ulp for tiny a. */
export function lgammaOnePlus(a: number): number {
  if (Math.abs(a) >= 0.5) return lgamma(1 + a)
  return lgammaNearTwo(a) - Math.log1p(a)
}

/** log B(a, b) = log Γ(a) + log Γ(b) − log Γ(a + b), a, b > 0, without losing figures when one of them is large. */
export function logBeta(a: number, b: number): number {
  const small = Math.min(a, b)
  const large = Math.max(a, b)
  if (!(small > 0)) return Number.NaN
  if (large < 10) return lgamma(small) + lgamma(large) - lgamma(small + large)
  // Γ(large) / Γ(large + small) by Stirling, with log(1 + small/large) instead of a difference of large logarithms.
  const ratio =
    stirlingError(large) -
    stirlingError(large + small) -
    (large + small - 0.5) * Math.log1p(small / large) -
    small * Math.log(large) +
    small
  return lgamma(small) + ratio
}

/** log C(n, k) for real n ≥ k ≥ 0. */
export function logChoose(n: number, k: number): number {
  if (k === 0 || k === n) return 0
  return -Math.log(n + 1) - logBeta(n - k + 1, k + 1)
}

// B_2m / 2m, for the asymptotic series of the digamma function.
const DIGAMMA_SERIES: readonly number[] = [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12, -3617 / 8160, 43867 / 14364]

/** ψ(x) = d log Γ(x) / dx. Relative error about 1e-15, absolute near its zero at 1.4616…. Abramowitz & Stegun 6.3.18. */
export function digamma(x: number): number {
  if (!(x > 0)) {
    if (Number.isNaN(x) || Number.isInteger(x) || x === Number.NEGATIVE_INFINITY) return Number.NaN
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.round(x)))
  }
  let shift = 0
  let y = x
  while (y < 12) {
    shift += 1 / y
    y += 1
  }
  const z = 1 / (y * y)
  return Math.log(y) - 0.5 / y - z * polynomial(DIGAMMA_SERIES, z) - shift
}

const TRIGAMMA_SERIES: readonly number[] = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510]

/** ψ′(x), x > 0. Abramowitz & Stegun 6.4.12. */
export function trigamma(x: number): number {
  if (!(x > 0)) return Number.NaN
  let shift = 0
  let y = x
  while (y < 14) {
    shift += 1 / (y * y)
    y += 1
  }
  const z = 1 / (y * y)
  return shift + 1 / y + 0.5 * z + (z / y) * polynomial(TRIGAMMA_SERIES, z)
}
