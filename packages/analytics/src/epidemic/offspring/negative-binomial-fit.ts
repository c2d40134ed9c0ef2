/** How many others each case infects: reproduction number R and dispersion k of a negative binomial law. */
import { demand, demandLevel, type Interval, type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { findRoot, lgamma, minimiseOnInterval, standardNormalQuantile } from '../../statistics/index.ts'

export interface OffspringFit {
  /** Mean number infected; interval by profile likelihood. */
  readonly reproduction: Interval
  /** Dispersion: small means that few infect most; interval by profile likelihood, `upper` infinite where Poisson is not excluded. */
  readonly dispersion: Interval
  /** Set where the limits of R lie so far from the estimate that nothing is known of it: few cases infected nearly all. */
  readonly caution: Refusal | null
  readonly cases: number
  readonly logLikelihood: number
  readonly logLikelihoodPoisson: number
  /** Share of cases who infected nobody. */
  readonly withoutOffspring: { readonly numerator: number; readonly denominator: number }
  readonly most: number
}

/** A count and how many cases have it. */
interface Tally {
  readonly count: number
  readonly cases: number
}

/** Limits more than this many times the estimate say that the data do not bound R. */
const FAR_LIMIT = 20

const unbounded = (mean: number, upper: number): Refusal => ({
  code: 'reproduction-unbounded',
  zh: `几乎全部续发来自极少数病例，数据给不出R的上限（区间上限为估计值${mean.toPrecision(2)}的${(upper / mean).toPrecision(2)}倍）：请勿引用该上限，应补充更多病例的随访`,
  en: `nearly all infections come from very few cases, so the data do not bound R (the upper limit is ${(upper / mean).toPrecision(2)} times the estimate ${mean.toPrecision(2)}): do not quote it, follow up more cases`,
})

const leastDispersion = 1e-6
const greatestDispersion = 1e8

/**
 * Fits the offspring law by maximum likelihood (J. O. Lloyd-Smith et al. 2005, doi:10.1038/nature04153). The estimate of R is the mean; k
 * solves the score equation; both intervals are those of the profile likelihood.
 *
 * Every case must be in the list, those who infected nobody too, and all must have been followed long enough: else R and k are biased.
 * Likelihood: Π Γ(x + k) / (Γ(k) x!) (k / (k + R))^k (R / (k + R))^x.
 *
 * @param offspring Number infected by each case.
 * @returns Refuses `too-few-cases` below 10, `no-transmission` when nobody infected anybody, `not-overdispersed` where the counts vary no
 *   more than by chance, so that no k exists.
 * @throws InputError for counts that are not whole or negative, naming the case; `level`, `as-of`.
 */
export function fitOffspring(
  offspring: readonly number[],
  options: { readonly asOf: string; readonly level?: number },
): Outcome<OffspringFit> {
  const provenance = provenanceOf('Negative binomial offspring, maximum likelihood (doi:10.1038/nature04153)', options.asOf)
  const level = options.level ?? 0.95
  demandLevel(level)
  offspring.forEach((count, row) => {
    demand(
      Number.isInteger(count) && count >= 0,
      'offspring-invalid',
      `第 ${row + 1} 行的续发数应为非负整数`,
      `Row ${row + 1}: the number infected must be whole and not negative`,
      row,
    )
  })
  const n = offspring.length
  if (n < 10) return refuse(provenance, 'too-few-cases', `只有 ${n} 例，至少需要 10 例`, `${n} cases are too few: at least 10 are needed`)
  const tallies = tally(offspring)
  const sum = offspring.reduce((total, count) => total + count, 0)
  const mean = sum / n
  if (sum === 0)
    return refuse(
      provenance,
      'no-transmission',
      '所有病例均无续发，无法估计离散系数',
      'Nobody infected anybody: the dispersion cannot be estimated',
    )
  const factorial = offspring.reduce((total, count) => total + count * (count - 1), 0)
  if (factorial / n <= mean * mean)
    return refuse(
      provenance,
      'not-overdispersed',
      '续发数的差异不大于偶然，离散系数不存在（接近泊松分布）',
      'The counts vary no more than by chance: no dispersion exists (close to Poisson)',
    )

  const dispersion = bestDispersion(tallies, n, mean, mean)
  const best = logLikelihood(tallies, n, mean, mean, dispersion)
  const drop = standardNormalQuantile((1 + level) / 2) ** 2 / 2
  const overK = (logK: number) => logLikelihood(tallies, n, mean, mean, Math.exp(logK)) - best + drop
  const overR = (m: number) => profileOverDispersion(tallies, n, mean, m) - best + drop
  const peak = Math.log(dispersion)
  const poisson = poissonLogLikelihood(tallies, n, mean, mean)
  const upper = findRoot(overR, mean, bracketUpwards(overR, mean))
  return {
    ...provenance,
    ok: true,
    reproduction: { estimate: mean, lower: findRoot(overR, mean * 1e-6, mean), upper, level },
    caution: upper > FAR_LIMIT * mean ? unbounded(mean, upper) : null,
    dispersion: {
      estimate: dispersion,
      lower: Math.exp(findRoot(overK, Math.log(leastDispersion) - 30, peak)),
      upper: poisson >= best - drop ? Number.POSITIVE_INFINITY : Math.exp(findRoot(overK, peak, Math.log(greatestDispersion))),
      level,
    },
    cases: n,
    logLikelihood: best,
    logLikelihoodPoisson: poisson,
    withoutOffspring: { numerator: tallies.find((one) => one.count === 0)?.cases ?? 0, denominator: n },
    most: tallies.reduce((most, one) => Math.max(most, one.count), 0),
  }
}

function tally(counts: readonly number[]): Tally[] {
  const cases = new Map<number, number>()
  for (const count of counts) cases.set(count, (cases.get(count) ?? 0) + 1)
  return [...cases].map(([count, number]) => ({ count, cases: number })).sort((a, b) => a.count - b.count)
}

function bracketUpwards(f: (x: number) => number, from: number): number {
  let to = from * 2
  while (f(to) > 0) to *= 2
  return to
}

/** Log likelihood of mean m and dispersion k. */
function logLikelihood(tallies: readonly Tally[], n: number, mean: number, m: number, k: number): number {
  let value = -n * k * Math.log1p(m / k) + n * mean * Math.log(m / (k + m))
  for (const { count, cases } of tallies) {
    // ln Γ(x + k) − ln Γ(k) as a product, free of cancellation for small counts.
    let rising = 0
    if (count <= 400) for (let j = 0; j < count; j += 1) rising += Math.log(k + j)
    else rising = lgamma(count + k) - lgamma(k)
    value += cases * (rising - lgamma(count + 1))
  }
  return value
}

function poissonLogLikelihood(tallies: readonly Tally[], n: number, mean: number, m: number): number {
  return tallies.reduce((sum, { count, cases }) => sum - cases * lgamma(count + 1), n * mean * Math.log(m) - n * m)
}

/** Derivative of the log likelihood in k, for a fixed mean m. */
function score(tallies: readonly Tally[], n: number, mean: number, m: number, k: number): number {
  let value = n * ((m - mean) / (k + m) - Math.log1p(m / k))
  for (const { count, cases } of tallies) {
    let harmonic = 0
    for (let j = 0; j < count; j += 1) harmonic += 1 / (k + j)
    value += cases * harmonic
  }
  return value
}

function bestDispersion(tallies: readonly Tally[], n: number, mean: number, m: number): number {
  const slope = (logK: number) => score(tallies, n, mean, m, Math.exp(logK)) * Math.exp(logK)
  const [low, high] = [Math.log(leastDispersion), Math.log(greatestDispersion)]
  return Math.exp(findRoot(slope, low, slope(high) < 0 ? high : widen(slope, low)))
}

/** For nearly Poisson counts the slope at the far end drowns in rounding; the last sign change below it is the estimate. */
function widen(slope: (logK: number) => number, low: number): number {
  let at = low
  while (slope(at) > 0 && at < 60) at += 0.25
  return at
}

function profileOverDispersion(tallies: readonly Tally[], n: number, mean: number, m: number): number {
  const found = minimiseOnInterval(
    (logK) => -logLikelihood(tallies, n, mean, m, Math.exp(logK)),
    Math.log(leastDispersion),
    Math.log(1e6),
    1e-11,
  )
  return Math.max(-found.value, poissonLogLikelihood(tallies, n, mean, m))
}
