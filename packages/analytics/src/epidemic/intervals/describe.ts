/** How well a fitted law is known: the curvature of its likelihood, and what follows from it for figures in days. */
import type { Interval } from '../../outcome.ts'
import { RandomStream, standardNormalQuantile } from '../../statistics/index.ts'
import type { Family, Law } from './families.ts'

const shares = [0.05, 0.25, 0.5, 0.75, 0.95, 0.975, 0.99] as const

/** Second derivatives at the minimum by central differences of fourth order. */
export function curvature(cost: (x: ArrayLike<number>) => number, at: ArrayLike<number>): [[number, number], [number, number]] {
  const [x, y] = [at[0] as number, at[1] as number]
  const h = 2e-3
  const f = (i: number, j: number) => cost([x + i * h, y + j * h])
  const middle = f(0, 0)
  const pure = (g: (k: number) => number) => (-g(2) + 16 * g(1) - 30 * middle + 16 * g(-1) - g(-2)) / (12 * h * h)
  const xx = pure((k) => f(k, 0))
  const yy = pure((k) => f(0, k))
  const cross = (k: number) => (f(k, k) - f(k, -k) - f(-k, k) + f(-k, -k)) / (4 * k * k * h * h)
  const xy = (4 * cross(1) - cross(2)) / 3
  return [
    [xx, xy],
    [xy, yy],
  ]
}

/**
 * What a fit says of days, by the delta method from the covariance of its free parameters: intervals of the parameters, mean, sd and
 * quantiles, and draws.
 */
export function describe(
  family: Family,
  free: ArrayLike<number>,
  parametersOf: (free: ArrayLike<number>) => [number, number],
  covariance: readonly (readonly [number, number])[],
  level: number,
) {
  const z = standardNormalQuantile((1 + level) / 2)
  const best = parametersOf(free)
  const law = family.law(...best)
  const [[varianceA, shared], [, varianceB]] = covariance as readonly [readonly [number, number], readonly [number, number]]
  const errors = [Math.sqrt(varianceA), Math.sqrt(varianceB)]
  const parameters: Record<string, Interval> = {}
  const standardErrors: Record<string, number> = {}
  family.parameters.forEach((name, k) => {
    const [centre, se, estimate] = [free[k] as number, errors[k] as number, best[k] as number]
    const back = (value: number) => (family.positive[k] ? Math.exp(value) : value)
    parameters[name] = { estimate, lower: back(centre - z * se), upper: back(centre + z * se), level }
    standardErrors[name] = family.positive[k] ? se * estimate : se
  })
  const derived = (of: (law: Law) => number, onLogScale: boolean): Interval => {
    const scale = (value: number) => (onLogScale ? Math.log(value) : value)
    const at = (i: number, j: number) => scale(of(family.law(...parametersOf([(free[0] as number) + i, (free[1] as number) + j]))))
    const step = 1e-5
    const [da, db] = [(at(step, 0) - at(-step, 0)) / (2 * step), (at(0, step) - at(0, -step)) / (2 * step)]
    const half = z * Math.sqrt(Math.max(0, da * da * varianceA + 2 * da * db * shared + db * db * varianceB))
    const estimate = of(law)
    return onLogScale
      ? { estimate, lower: estimate * Math.exp(-half), upper: estimate * Math.exp(half), level }
      : { estimate, lower: estimate - half, upper: estimate + half, level }
  }
  const positive = family.name !== 'normal'
  return {
    family: family.name,
    parameters,
    standardErrors,
    mean: derived((one) => one.mean, positive),
    sd: derived((one) => one.sd, true),
    quantiles: shares.map((share) => ({ share, days: derived((one) => one.quantile(share), positive) })),
    draws: (count: number, seed: number) => {
      const random = new RandomStream(seed)
      const slope = shared / (errors[0] as number)
      const rest = Math.sqrt(Math.max(0, varianceB - slope * slope))
      return Array.from({ length: count }, () => {
        const [u, v] = [random.normal(), random.normal()]
        const drawn = family.law(
          ...parametersOf([(free[0] as number) + (errors[0] as number) * u, (free[1] as number) + slope * u + rest * v]),
        )
        return { mean: drawn.mean, sd: drawn.sd }
      })
    },
    law: () => law,
  }
}
