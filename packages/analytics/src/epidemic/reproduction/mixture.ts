import { gammaP, gammaQ, poissonKernel } from '../../statistics/incomplete-gamma.ts'
import { gammaPInverse } from '../../statistics/inverse.ts'

/**
 * The quantiles of an equal mixture of gamma laws that share one shape: F(x) = mean_j P(shape, rate_j x).
 * Newton's method inside a bracket; the bracket's ends are the least and the largest component quantile.
 */
export function gammaMixtureQuantiles(shape: number, rates: Float64Array, probabilities: readonly number[]): number[] {
  let lowRate = Number.POSITIVE_INFINITY
  let highRate = 0
  let inverseSum = 0
  for (const rate of rates) {
    lowRate = Math.min(lowRate, rate)
    highRate = Math.max(highRate, rate)
    inverseSum += 1 / rate
  }
  const typicalScale = inverseSum / rates.length
  if (lowRate === highRate) return probabilities.map((p) => gammaPInverse(shape, p) / lowRate)
  let slope = 0
  const excess = (x: number, p: number) => {
    let sum = 0
    let density = 0
    const upper = p > 0.5
    for (let j = 0; j < rates.length; j += 1) {
      const y = (rates[j] ?? 0) * x
      sum += upper ? gammaQ(shape, y) : gammaP(shape, y)
      density += poissonKernel(shape, y)
    }
    slope = (shape * density) / (rates.length * x)
    const mean = sum / rates.length
    return upper ? 1 - p - mean : mean - p
  }
  return probabilities.map((p) => {
    const unit = gammaPInverse(shape, p)
    let left = unit / highRate
    let right = unit / lowRate
    let x = Math.min(Math.max(unit * typicalScale, left), right)
    for (let step = 0; step < 200; step += 1) {
      const value = excess(x, p)
      if (value > 0) right = x
      else left = x
      const newton = value / slope
      if (Math.abs(newton) < 1e-8 * x) return x - newton
      const next = x - newton
      x = next > left && next < right ? next : 0.5 * (left + right)
      if (right - left < 1e-15 * x) return x
    }
    return x
  })
}
