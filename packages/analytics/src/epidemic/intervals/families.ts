/** Families of waiting times: distribution function, its integral and density in closed form. */
import { gammaCdf, gammaDensity, gammaP, gammaQuantile, lgamma, normalCdf, normalDensity, normalQuantile } from '../../statistics/index.ts'

export type FamilyName = 'gamma' | 'lognormal' | 'weibull' | 'normal'

/** One law with its two parameters fixed. */
export interface Law {
  readonly mean: number
  readonly sd: number
  cdf(x: number): number
  density(x: number): number
  /** ∫ of the distribution function up to x: what doubly censored data are made of. */
  cdfIntegral(x: number): number
  quantile(p: number): number
}

/** How a family is fitted: all searching is done on free (unbounded) coordinates. */
export interface Family {
  readonly name: FamilyName
  readonly parameters: readonly [string, string]
  /** Whether each parameter must be positive, and is searched by its logarithm. */
  readonly positive: readonly [boolean, boolean]
  law(a: number, b: number): Law
  /** Parameters with the given mean and standard deviation, as a start. */
  byMoments(mean: number, sd: number): readonly [number, number]
}

const gamma: Family = {
  name: 'gamma',
  parameters: ['shape', 'rate'],
  positive: [true, true],
  byMoments: (mean, sd) => [(mean / sd) ** 2, mean / sd ** 2],
  law: (shape, rate) => ({
    mean: shape / rate,
    sd: Math.sqrt(shape) / rate,
    cdf: (x) => (x <= 0 ? 0 : gammaCdf(x, shape, rate)),
    density: (x) => (x <= 0 ? 0 : gammaDensity(x, shape, rate)),
    cdfIntegral: (x) => (x <= 0 ? 0 : x * gammaCdf(x, shape, rate) - (shape / rate) * gammaCdf(x, shape + 1, rate)),
    quantile: (p) => gammaQuantile(p, shape, rate),
  }),
}

const lognormal: Family = {
  name: 'lognormal',
  parameters: ['meanLog', 'sdLog'],
  positive: [false, true],
  byMoments: (mean, sd) => {
    const variance = Math.log1p((sd / mean) ** 2)
    return [Math.log(mean) - variance / 2, Math.sqrt(variance)]
  },
  law: (meanLog, sdLog) => {
    const mean = Math.exp(meanLog + sdLog ** 2 / 2)
    return {
      mean,
      sd: mean * Math.sqrt(Math.expm1(sdLog ** 2)),
      cdf: (x) => (x <= 0 ? 0 : normalCdf(Math.log(x), meanLog, sdLog)),
      density: (x) => (x <= 0 ? 0 : normalDensity(Math.log(x), meanLog, sdLog) / x),
      cdfIntegral: (x) =>
        x <= 0 ? 0 : x * normalCdf(Math.log(x), meanLog, sdLog) - mean * normalCdf(Math.log(x), meanLog + sdLog ** 2, sdLog),
      quantile: (p) => Math.exp(normalQuantile(p, meanLog, sdLog)),
    }
  },
}

const weibull: Family = {
  name: 'weibull',
  parameters: ['shape', 'scale'],
  positive: [true, true],
  // The usual power approximation of the shape from the coefficient of variation; a start only.
  byMoments: (mean, sd) => {
    const shape = (sd / mean) ** -1.086
    return [shape, mean / Math.exp(lgamma(1 + 1 / shape))]
  },
  law: (shape, scale) => {
    const mean = scale * Math.exp(lgamma(1 + 1 / shape))
    const hazard = (x: number) => (x / scale) ** shape
    return {
      mean,
      sd: Math.sqrt(Math.max(0, scale ** 2 * Math.exp(lgamma(1 + 2 / shape)) - mean ** 2)),
      cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-hazard(x))),
      density: (x) => (x <= 0 ? 0 : (shape / x) * hazard(x) * Math.exp(-hazard(x))),
      cdfIntegral: (x) => (x <= 0 ? 0 : x * -Math.expm1(-hazard(x)) - mean * gammaP(1 + 1 / shape, hazard(x))),
      quantile: (p) => scale * (-Math.log1p(-p)) ** (1 / shape),
    }
  },
}

const normal: Family = {
  name: 'normal',
  parameters: ['mean', 'sd'],
  positive: [false, true],
  byMoments: (mean, sd) => [mean, sd],
  law: (mean, sd) => ({
    mean,
    sd,
    cdf: (x) => normalCdf(x, mean, sd),
    density: (x) => normalDensity(x, mean, sd),
    cdfIntegral: (x) => (x - mean) * normalCdf(x, mean, sd) + sd * sd * normalDensity(x, mean, sd),
    quantile: (p) => normalQuantile(p, mean, sd),
  }),
}

/** The families by name; `normal` alone allows negative serial intervals. */
export const families: Readonly<Record<FamilyName, Family>> = { gamma, lognormal, weibull, normal }
