import { chebyshevCoefficients, chebyshevPoints, chebyshevSum } from '../../statistics/chebyshev.ts'
import { gammaPInverse } from '../../statistics/inverse.ts'

const POINTS = 32
const LEAST_SHAPE = 0.5
const REACH = 1 / Math.sqrt(LEAST_SHAPE)

/** Coefficients by probability, made when a probability is first asked for. */
const curves = new Map<number, Float64Array>()

/**
 * (quantile / shape)^⅓ of gamma laws with shape ≥ ½ as a function of 1 / √shape: nearly a straight line (E. B. Wilson and
 * M. M. Hilferty 1931), so an interpolant of thirty-two points gives it to rounding.
 */
function curveOf(p: number): Float64Array {
  const known = curves.get(p)
  if (known !== undefined) return known
  const values = chebyshevPoints(POINTS).map((s) => {
    const shape = (2 / (REACH * (1 + s))) ** 2
    return Math.cbrt(gammaPInverse(shape, p) / shape)
  })
  const curve = chebyshevCoefficients(values)
  curves.set(p, curve)
  return curve
}

/** The quantiles of a gamma law with rate 1 at probabilities that are asked for again and again. Relative error about 2e-14. */
export function gammaQuantiles(shape: number, probabilities: readonly number[]): number[] {
  if (!(shape >= LEAST_SHAPE)) return probabilities.map((p) => gammaPInverse(shape, p))
  const s = 2 / (REACH * Math.sqrt(shape)) - 1
  return probabilities.map((p) => shape * chebyshevSum(curveOf(p), s) ** 3)
}
