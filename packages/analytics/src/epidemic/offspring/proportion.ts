/** Intervals for a share x of n. */
import { demand, demandLevel, type Interval } from '../../outcome.ts'
import { betaQuantile, betaSurvivalQuantile, standardNormalQuantile } from '../../statistics/index.ts'

/** A share kept as numerator and denominator, with its interval. */
export interface Proportion extends Interval {
  readonly numerator: number
  readonly denominator: number
}

export type ProportionMethod = 'clopper-pearson' | 'wilson' | 'jeffreys'

/**
 * Share with its interval.
 *
 * - `clopper-pearson` (1934, doi:10.1093/biomet/26.4.404): exact, never too narrow; the one to publish for small numbers.
 * - `wilson` (1927, doi:10.1080/01621459.1927.10502953): close to nominal coverage; the one for charts.
 * - `jeffreys`: Bayesian with prior Beta(½, ½); not moved to 0 or 1 at the ends.
 *
 * @param numerator x, those counted.
 * @param denominator n, all.
 * @param level Coverage of the limits.
 * @returns x / n with its limits, shares between 0 and 1.
 * @throws InputError `proportion-invalid` unless 0 ≤ x ≤ n, n ≥ 1, whole; `level` unless 0 < level < 1.
 */
export function proportion(numerator: number, denominator: number, method: ProportionMethod = 'clopper-pearson', level = 0.95): Proportion {
  demand(
    Number.isInteger(numerator) && Number.isInteger(denominator) && numerator >= 0 && denominator >= 1 && numerator <= denominator,
    'proportion-invalid',
    `比例 ${numerator}/${denominator} 有误：应为整数且分子不大于分母`,
    `The share ${numerator}/${denominator} is wrong: whole numbers with the numerator not above the denominator are needed`,
  )
  demandLevel(level)
  const [lower, upper] = limits[method](numerator, denominator, (1 - level) / 2)
  return { numerator, denominator, estimate: numerator / denominator, lower, upper, level }
}

const limits: Readonly<Record<ProportionMethod, (x: number, n: number, tail: number) => readonly [number, number]>> = {
  'clopper-pearson': (x, n, tail) => [
    x === 0 ? 0 : betaQuantile(tail, x, n - x + 1),
    x === n ? 1 : betaSurvivalQuantile(tail, x + 1, n - x),
  ],
  wilson: (x, n, tail) => {
    const z = standardNormalQuantile(1 - tail)
    const p = x / n
    const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
    const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n)
    return [x === 0 ? 0 : centre - half, x === n ? 1 : centre + half]
  },
  jeffreys: (x, n, tail) => [betaQuantile(tail, x + 0.5, n - x + 0.5), betaSurvivalQuantile(tail, x + 0.5, n - x + 0.5)],
}
