/** How often the disease spreads inside households. */
import { demand, demandLevel, type Interval, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { digamma, lgamma, minimiseOnInterval, standardNormalQuantile } from '../../statistics/index.ts'
import { type Proportion, proportion } from './proportion.ts'

/** One household with at least one case. */
export interface HouseholdOutbreak {
  /** People who were susceptible and exposed, the first case not counted. */
  readonly exposed: number
  readonly infected: number
}

export interface SecondaryAttackRate {
  readonly wilson: Proportion
  readonly clopperPearson: Proportion
  readonly households: number
  /**
   * Beta-binomial across households: people of one household share their fate, so the plain intervals are too narrow. `correlation` 0 is
   * no clustering. Null when fewer than two households have two exposed people or more.
   */
  readonly clustered: { readonly rate: Interval; readonly correlation: number; readonly logLikelihood: number } | null
}

/**
 * Secondary attack rate: Σ infected / Σ exposed over all households, with the intervals of C. J. Clopper and E. S. Pearson 1934
 * (doi:10.1093/biomet/26.4.404) and E. B. Wilson 1927 (doi:10.1080/01621459.1927.10502953). Both take people for independent; `clustered` is the
 * beta-binomial law across households, its interval by the sandwich of household scores (K.-Y. Liang and S. L. Zeger 1986,
 * doi:10.1093/biomet/73.1.13).
 *
 * @param households One entry a household with a case; `infected` ≤ `exposed`, first cases in neither.
 * @param options.level Coverage; default 0.95.
 * @returns Shares between 0 and 1. Refuses `nobody-exposed`.
 * @throws InputError `household-invalid` naming the row (also in `index`), `level`, `as-of`.
 */
export function secondaryAttackRate(
  households: readonly HouseholdOutbreak[],
  options: { readonly asOf: string; readonly level?: number },
): Outcome<SecondaryAttackRate> {
  const provenance = provenanceOf('Household secondary attack rate: Clopper–Pearson, Wilson, beta-binomial by household', options.asOf)
  const level = options.level ?? 0.95
  demandLevel(level)
  let exposed = 0
  let infected = 0
  households.forEach((one, row) => {
    const fits = Number.isInteger(one.exposed) && Number.isInteger(one.infected) && one.infected >= 0 && one.infected <= one.exposed
    demand(
      fits,
      'household-invalid',
      `第 ${row + 1} 户：续发 ${one.infected} 人、暴露 ${one.exposed} 人不成立`,
      `Household ${row + 1}: ${one.infected} infected of ${one.exposed} exposed is impossible`,
      row,
    )
    exposed += one.exposed
    infected += one.infected
  })
  if (exposed === 0)
    return refuse(provenance, 'nobody-exposed', '没有暴露的家庭成员，无法计算续发率', 'Nobody was exposed at home: there is no rate')
  return {
    ...provenance,
    ok: true,
    wilson: proportion(infected, exposed, 'wilson', level),
    clopperPearson: proportion(infected, exposed, 'clopper-pearson', level),
    households: households.filter((one) => one.exposed > 0).length,
    clustered: fitBetaBinomial(households, level),
  }
}

/** Maximum likelihood of a beta-binomial law by mean and correlation; interval of the mean by the delta method on the logit scale with a sandwich of household scores. */
function fitBetaBinomial(households: readonly HouseholdOutbreak[], level: number): SecondaryAttackRate['clustered'] {
  const used = households.filter((one) => one.exposed > 0)
  const infected = used.reduce((sum, one) => sum + one.infected, 0)
  const exposed = used.reduce((sum, one) => sum + one.exposed, 0)
  if (used.filter((one) => one.exposed > 1).length < 2 || infected === 0 || infected === exposed) return null
  const atCorrelation = (logitRho: number) => {
    const rho = 1 / (1 + Math.exp(-logitRho))
    const best = minimiseOnInterval((logit) => -betaBinomial(used, 1 / (1 + Math.exp(-logit)), rho), -12, 12, 1e-10)
    return { rate: 1 / (1 + Math.exp(-best.x)), rho, value: -best.value }
  }
  const outer = minimiseOnInterval((logitRho) => -atCorrelation(logitRho).value, -14, 10, 1e-8)
  const { rate, rho, value } = atCorrelation(outer.x)
  // Robust variance of the estimating equation for the rate, household by household.
  const size = 1 / rho - 1
  const gradient = (one: HouseholdOutbreak, p: number) => {
    const [a, b] = [p * size, (1 - p) * size]
    return size * (digamma(a + one.infected) - digamma(a) - digamma(b + one.exposed - one.infected) + digamma(b))
  }
  const step = 1e-5 * Math.min(rate, 1 - rate)
  let meat = 0
  let bread = 0
  for (const one of used) {
    meat += gradient(one, rate) ** 2
    bread += (gradient(one, rate + step) - gradient(one, rate - step)) / (2 * step)
  }
  const half = (standardNormalQuantile((1 + level) / 2) * Math.sqrt(meat)) / Math.abs(bread) / (rate * (1 - rate))
  const logit = Math.log(rate / (1 - rate))
  const back = (x: number) => 1 / (1 + Math.exp(-x))
  return { rate: { estimate: rate, lower: back(logit - half), upper: back(logit + half), level }, correlation: rho, logLikelihood: value }
}

function betaBinomial(households: readonly HouseholdOutbreak[], rate: number, rho: number): number {
  const size = 1 / rho - 1
  const [a, b] = [rate * size, (1 - rate) * size]
  let value = 0
  for (const { exposed, infected } of households) {
    value += lgamma(exposed + 1) - lgamma(infected + 1) - lgamma(exposed - infected + 1)
    for (let k = 0; k < infected; k += 1) value += Math.log(a + k)
    for (let k = 0; k < exposed - infected; k += 1) value += Math.log(b + k)
    for (let k = 0; k < exposed; k += 1) value -= Math.log(a + b + k)
  }
  return value
}

/**
 * Risk ratio of two groups with its interval on the log scale (D. Katz et al. 1978, doi:10.2307/2530610). ln RR ± z √(1/a − 1/n + 1/b −
 * 1/m).
 *
 * @param group Exposed and infected people of the group.
 * @param reference Those of the group that it is compared with.
 * @param options.level Coverage; default 0.95.
 * @returns The ratio with its interval. Refuses `no-infection-in-a-group`, `everybody-infected`.
 * @throws InputError `household-invalid`, `level`, `as-of`.
 */
export function riskRatio(
  group: HouseholdOutbreak,
  reference: HouseholdOutbreak,
  options: { readonly asOf: string; readonly level?: number },
): Outcome<{ readonly ratio: Interval }> {
  const level = options.level ?? 0.95
  demandLevel(level)
  for (const { exposed, infected } of [group, reference])
    demand(
      Number.isInteger(exposed) && Number.isInteger(infected) && infected >= 0 && infected <= exposed,
      'household-invalid',
      `续发 ${infected} 人、暴露 ${exposed} 人不成立`,
      `${infected} infected of ${exposed} exposed is impossible`,
    )
  const provenance = provenanceOf('Risk ratio, Katz log interval (doi:10.2307/2530610)', options.asOf)
  if (group.infected === 0 || reference.infected === 0)
    return refuse(
      provenance,
      'no-infection-in-a-group',
      '有一组没有感染者，无法计算相对危险度',
      'One group has no infection: no ratio can be given',
    )
  if (group.infected === group.exposed && reference.infected === reference.exposed)
    return refuse(
      provenance,
      'everybody-infected',
      '两组全部感染，相对危险度看不出差别，区间也无法给出',
      'Everybody in both groups was infected: no difference can show, and the log interval has no width',
    )
  const ratio = group.infected / group.exposed / (reference.infected / reference.exposed)
  const se = Math.sqrt(1 / group.infected - 1 / group.exposed + 1 / reference.infected - 1 / reference.exposed)
  const factor = Math.exp(standardNormalQuantile((1 + level) / 2) * se)
  return { ...provenance, ok: true, ratio: { estimate: ratio, lower: ratio / factor, upper: ratio * factor, level } }
}
