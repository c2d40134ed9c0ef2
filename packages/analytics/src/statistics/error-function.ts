// Chebyshev coefficients of (1 + 2x) exp(x²) erfc(x) in t = (x − 3.75) / (x + 3.75), x ≥ 0: computed with 40 digits, rounded once.
const SCALED: readonly number[] = [
  1.1775789345674017, -0.004590054580646478, -0.08424913336651792, 0.05920993999819189, -0.026658668435305753, 0.009074997670705265,
  -0.002413163540417608, 0.0004907758365258086, -6.916973302501207e-5, 4.13902798607301e-6, 7.74038306619849e-7, -2.1886401049234397e-7,
  1.076499946567091e-8, 4.521959811218287e-9, -7.754400208831351e-10, -6.318088340886684e-11, 2.86879501093067e-11, 1.9455868545777347e-13,
  -9.65469674843344e-13, 3.25254814814874e-14, 3.3478119482868056e-14, -1.864562880419313e-15, -1.2507950530688648e-15,
  7.418235256624043e-17, 5.068148904796111e-17,
]

/** exp(x²) erfc(x), for x ≥ 0: the scaled complementary error function, which neither underflows nor cancels. */
export function erfcx(x: number): number {
  if (x > 1e9) return 1 / (x * Math.sqrt(Math.PI))
  const t = (x - 3.75) / (x + 3.75)
  let next = 0
  let afterNext = 0
  for (let n = SCALED.length - 1; n > 0; n -= 1) {
    const current = 2 * t * next - afterNext + (SCALED[n] ?? 0)
    afterNext = next
    next = current
  }
  return (t * next - afterNext + (SCALED[0] ?? 0)) / (1 + 2 * x)
}

/** exp(−x² · scale) with the square's rounding error taken out, so that far tails keep all figures. */
export function gaussian(x: number, scale: number): number {
  const high = Math.round(x * 16) / 16
  const low = (x - high) * (x + high)
  return Math.exp(-high * high * scale) * Math.exp(-low * scale)
}

/** erf(x) = 2/√π ∫₀ˣ exp(−t²) dt. Abramowitz & Stegun 7.1.5 below 0.5, else 1 − erfc. */
export function erf(x: number): number {
  const size = Math.abs(x)
  if (size < 0.5) {
    const square = x * x
    let term = x
    let sum = x
    for (let n = 1; n < 30; n += 1) {
      term *= -square / n
      const piece = term / (2 * n + 1)
      sum += piece
      if (Math.abs(piece) < 1e-18 * Math.abs(sum)) break
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  return Math.sign(x) * (1 - erfc(size))
}

/** erfc(x) = 1 − erf(x), with full relative accuracy in the upper tail (to underflow at x ≈ 27). */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return Number.NaN
  if (x < 0.5) return 1 - erf(x) // for x < 0.5 the result is ≥ 0.47: no cancellation; a negative x gives 1 + erf(−x)
  return x > 28 ? 0 : gaussian(x, 1) * erfcx(x)
}
