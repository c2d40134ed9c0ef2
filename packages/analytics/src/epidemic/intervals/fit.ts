/** Serial intervals, incubation periods and delays fitted to events that are known only within windows. */
import { demand, demandLevel, type Interval, type Outcome, type Provenance, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { nelderMead } from '../../statistics/index.ts'
import { curvature, describe } from './describe.ts'
import { type Family, type FamilyName, families, type Law } from './families.ts'
import { asSeen, type CensoredPair, pairLikelihood } from './likelihood.ts'

export interface IntervalFit {
  readonly family: FamilyName
  /** The two parameters by name, with Wald intervals on the scale they are searched on. */
  readonly parameters: Readonly<Record<string, Interval>>
  readonly standardErrors: Readonly<Record<string, number>>
  /** Mean and standard deviation in days, delta-method intervals on the log scale (mean of the normal family: plain). */
  readonly mean: Interval
  readonly sd: Interval
  /** Days by which 5, 25, 50, 75, 95, 97.5 and 99 % have happened. */
  readonly quantiles: readonly { readonly share: number; readonly days: Interval }[]
  /** `spread-not-known` where mean or sd have limits that say nothing, though the parameters and the median are known. */
  readonly caution: Refusal | null
  readonly logLikelihood: number
  readonly aic: number
  readonly pairs: number
  readonly truncated: boolean
  /** Draws of mean and standard deviation from the fitted normal law of the parameters: the doubt to be carried into estimates of R. */
  draws(count: number, seed: number): { readonly mean: number; readonly sd: number }[]
  law(): Law
}

const fewestPairs = 5
const MOST_APART = 50

/**
 * Fits one family by maximum likelihood to events known only within windows: Σ ln L of `pairLikelihood`, with L = ∫ F(s₁ − e) − F(s₀ − e) de over
 * the first window [e₀, e₁], each divided by F(T − e) where observation ends at T. Sources: N. G. Reich et al. 2009, doi:10.1002/sim.3659;
 * truncation: S. W. Park et al. 2024, doi:10.1101/2024.01.12.24301247.
 *
 * @param given One pair of windows for each pair of events, in days on any common origin, at least 5 in all.
 * @param options.family `normal` alone allows a second event before the first.
 * @param options.level Coverage of all intervals; default 0.95.
 * @returns Parameters (shape and rate a day, shape and scale in days, mean and sd of the log of days, or mean and sd in days), and mean, sd and
 *   quantiles in days. Refuses `too-few-pairs` below 5, `windows-too-wide` when one and the same interval explains every pair or the data do not pin the
 *   parameters down (the likelihood is flat).
 * @throws InputError `pair-invalid` naming the pair (also in `index`): a window that ends before it begins, a second event after the end of
 *   observation, for families of positive times also one that surely came first; `level`, `as-of`.
 */
export function fitIntervals(
  given: readonly CensoredPair[],
  options: { readonly family: FamilyName; readonly asOf: string; readonly level?: number },
): Outcome<IntervalFit> {
  const family = families[options.family]
  const truncated = given.some((pair) => pair.seenUntil !== undefined)
  const provenance = provenanceOf(
    `Doubly interval-censored ${family.name} fit${truncated ? ' with right truncation' : ''} (doi:10.1002/sim.3659)`,
    options.asOf,
  )
  const level = options.level ?? 0.95
  demandLevel(level)
  checkPairs(given, family)
  const pairs = given.map(asSeen)
  if (pairs.length < fewestPairs)
    return refuse(
      provenance,
      'too-few-pairs',
      `只有 ${pairs.length} 对，至少需要 ${fewestPairs} 对`,
      `${pairs.length} pairs are too few: at least ${fewestPairs} are needed`,
    )

  // One and the same delay would explain every pair for certain: the likelihood grows without end as the spread shrinks to nothing.
  const least = pairs.reduce((most, pair) => Math.max(most, pair.secondFrom - pair.firstFrom), Number.NEGATIVE_INFINITY)
  const greatest = pairs.reduce((low, pair) => Math.min(low, pair.secondTo - pair.firstTo), Number.POSITIVE_INFINITY)
  if (least <= greatest)
    return refuse(
      provenance,
      'windows-too-wide',
      '所有配对都可用同一间隔解释：时间窗口过宽，看不出离散程度',
      'One and the same interval explains every pair: the windows are too wide to show any spread',
    )

  const distinct = countEqual(pairs)
  const parametersOf = (free: ArrayLike<number>): [number, number] => [
    family.positive[0] ? Math.exp(free[0] as number) : (free[0] as number),
    family.positive[1] ? Math.exp(free[1] as number) : (free[1] as number),
  ]
  const cost = (free: ArrayLike<number>) => {
    const law = family.law(...parametersOf(free))
    let total = 0
    for (const { pair, times } of distinct) total -= times * Math.log(pairLikelihood(pair, law))
    return total
  }
  const start = family.byMoments(...roughMoments(pairs, family))
  const from = start.map((value, k) => (family.positive[k] ? Math.log(value) : value))
  const found = nelderMead(cost, from, { tolerance: 1e-13, step: [0.2, 0.2] })
  const hessian = curvature(cost, found.x)
  const [[a, b], [, d]] = hessian
  const determinant = a * d - b * b
  if (!found.converged || !Number.isFinite(found.value) || !(a > 0) || !(determinant > 1e-8 * a * d)) return tooVague(provenance)
  const covariance = [
    [d / determinant, -b / determinant],
    [-b / determinant, a / determinant],
  ] as const
  const described = describe(family, found.x, parametersOf, covariance, level)
  // Limits that lie this far apart say nothing about days: better no figure than such a one.
  const useless = ({ lower, upper }: Interval) => !(upper / lower < MOST_APART)
  const typical = described.quantiles.find(({ share }) => share === 0.5)?.days ?? described.mean
  const narrow = Object.values(described.parameters).every((one, k) => !(family.positive[k] && useless(one)))
  if (!narrow || (family.name !== 'normal' && useless(typical))) return tooVague(provenance)
  const caution = useless(described.sd) || (family.name !== 'normal' && useless(described.mean)) ? longTail(described) : null
  return {
    ...provenance,
    ok: true,
    ...described,
    caution,
    logLikelihood: -found.value,
    aic: 2 * found.value + 4,
    pairs: pairs.length,
    truncated,
  }
}

/** Families side by side. */
export interface FamilyComparison {
  /** Those that fitted, the best by Akaike's criterion first. */
  readonly fits: readonly (Provenance & IntervalFit)[]
  /** Those that did not, with the reason. */
  readonly refused: readonly { readonly family: FamilyName; readonly refusal: Refusal }[]
}

/**
 * Fits several families to the same pairs (H. Akaike 1974, doi:10.1109/TAC.1974.1100705: aic = 2 · 2 parameters − 2 log likelihood).
 *
 * @param pairs Windows of both events, in days.
 * @param names Families to try.
 * @param options.asOf ISO date of the pairs.
 * @returns Fits with the least aic first, and the families that refused with their reasons.
 * @throws InputError as `fitIntervals`
 */
export function compareFamilies(
  pairs: readonly CensoredPair[],
  names: readonly FamilyName[],
  options: { readonly asOf: string; readonly level?: number },
): FamilyComparison {
  const fits: (Provenance & IntervalFit)[] = []
  const refused: FamilyComparison['refused'][number][] = []
  for (const family of names) {
    const outcome = fitIntervals(pairs, { ...options, family })
    if (outcome.ok) fits.push(outcome)
    else refused.push({ family, refusal: outcome.refusal })
  }
  return { fits: fits.sort((one, other) => one.aic - other.aic), refused }
}

function tooVague(provenance: Provenance) {
  return refuse(
    provenance,
    'windows-too-wide',
    '时间窗口过宽或数据太少，参数无法确定',
    'The windows are too wide or the data too few: the parameters are not pinned down',
  )
}

/** The law is known as far as the pairs reach, but mean and sd rest on a tail beyond them. */
function longTail({ mean, sd }: { readonly mean: Interval; readonly sd: Interval }): Refusal {
  const span = ({ lower, upper }: Interval) => [lower, upper].map((value) => value.toPrecision(2))
  return {
    code: 'spread-not-known',
    zh: `长尾未知：均值（${span(mean).join('–')}天）和标准差（${span(sd).join('–')}天）取决于少数很长的间隔，请用中位数和分位数，并补充更多配对`,
    en: `the tail is not known: mean (${span(mean).join(' to ')} days) and sd (${span(sd).join(' to ')} days) rest on a few very long intervals; use the median and quantiles, and add pairs`,
  }
}

/** Dates repeat: equal pairs are computed once. */
function countEqual(pairs: readonly CensoredPair[]): { pair: CensoredPair; times: number }[] {
  const seen = new Map<string, { pair: CensoredPair; times: number }>()
  for (const pair of pairs) {
    const key = `${pair.firstFrom} ${pair.firstTo} ${pair.secondFrom} ${pair.secondTo} ${pair.seenUntil}`
    const known = seen.get(key)
    if (known === undefined) seen.set(key, { pair, times: 1 })
    else known.times += 1
  }
  return [...seen.values()]
}

function checkPairs(pairs: readonly CensoredPair[], family: Family): void {
  pairs.forEach((pair, row) => {
    const { firstFrom, firstTo, secondFrom, secondTo, seenUntil } = pair
    const ordered = firstFrom <= firstTo && secondFrom <= secondTo && [firstFrom, firstTo, secondFrom, secondTo].every(Number.isFinite)
    demand(ordered, 'pair-invalid', `第 ${row + 1} 对：时间窗口的结束早于开始`, `Pair ${row + 1}: a window ends before it begins`, row)
    const possible = family.name === 'normal' || Math.min(secondTo, seenUntil ?? secondTo) > firstFrom
    demand(
      possible,
      'pair-invalid',
      `第 ${row + 1} 对：后一事件早于前一事件，${family.name} 分布不允许（可用 normal）`,
      `Pair ${row + 1}: the second event came first, which the ${family.name} law does not allow (use normal)`,
      row,
    )
    const inTime = seenUntil === undefined || secondFrom < seenUntil || (secondFrom === secondTo && secondTo === seenUntil)
    demand(
      inTime,
      'pair-invalid',
      `第 ${row + 1} 对：事件晚于观察截止时间`,
      `Pair ${row + 1}: the second event lies after the end of observation`,
      row,
    )
  })
}

function roughMoments(pairs: readonly CensoredPair[], family: Family): [number, number] {
  const middles = pairs.map((pair) => {
    // What the first window leaves possible; a long exposure says little, so its later part counts.
    const first = Math.min(pair.firstTo, Math.max(pair.firstFrom, Math.min(pair.firstTo, pair.secondFrom)))
    const gap = (pair.secondFrom + pair.secondTo) / 2 - (Math.max(pair.firstFrom, first - 10) + first) / 2
    return family.name === 'normal' ? gap : Math.max(0.5, gap)
  })
  const mean = middles.reduce((sum, gap) => sum + gap, 0) / middles.length
  const variance = middles.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / middles.length
  return [mean, Math.max(Math.sqrt(variance), 0.2 * Math.abs(mean), 0.1)]
}
