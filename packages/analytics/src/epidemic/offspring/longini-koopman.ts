/** Spread at home told apart from infection outside, from final sizes of households. */
import { demand, demandLevel, type Interval, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { findRoot, minimiseOnInterval, standardNormalQuantile } from '../../statistics/index.ts'

/** A household at the end of the outbreak: how many could fall ill, how many did, first cases included. */
export interface HouseholdFinalSize {
  readonly susceptible: number
  readonly infected: number
}

export interface HouseholdTransmission {
  /** Chance that one infected member infects another during the whole illness. */
  readonly withinHousehold: Interval
  /** Chance that a member is infected from outside during the whole outbreak. */
  readonly fromCommunity: Interval
  readonly households: number
  readonly logLikelihood: number
}

/**
 * Chance of 0 … n infected in a household of n (I. M. Longini and J. S. Koopman 1982, doi:10.2307/2530294): with B and Q the chances to
 * escape the community and one infected member, m(j, n) = C(n, j) m(j, j) B^(n − j) Q^(j (n − j)) and m(j, j) = 1 − Σ_{i<j} m(i, j).
 *
 * @param susceptible n, people who can fall ill.
 * @param escapeCommunity B, 0 to 1.
 * @param escapeMember Q, 0 to 1.
 * @returns n + 1 chances, of 0 … n infected.
 * @throws Nothing.
 */
export function finalSizeLaw(susceptible: number, escapeCommunity: number, escapeMember: number): Float64Array {
  const law = new Float64Array(susceptible + 1)
  const all: number[] = []
  for (let j = 0; j <= susceptible; j += 1) {
    let fewer = 0
    for (let i = 0; i < j; i += 1) fewer += choose(j, i) * (all[i] as number) * escapeCommunity ** (j - i) * escapeMember ** (i * (j - i))
    all.push(Math.max(0, 1 - fewer))
    law[j] = choose(susceptible, j) * (all[j] as number) * escapeCommunity ** (susceptible - j) * escapeMember ** (j * (susceptible - j))
  }
  return law
}

function choose(n: number, k: number): number {
  let value = 1
  for (let i = 0; i < k; i += 1) value = (value * (n - i)) / (i + 1)
  return value
}

/**
 * Fits both chances by maximum likelihood of `finalSizeLaw` with profile intervals (I. M. Longini and J. S. Koopman 1982, doi:10.2307/2530294).
 *
 * @param households One entry a household at the end of the outbreak: people who could fall ill (at most 20) and who did, first cases included.
 * @param options.sampled `all` when households without a case are in the list too; `affected` when only those with a case are: the
 *   likelihood is then conditional on at least one.
 * @param options.level Coverage of both profile intervals; default 0.95.
 * @returns Chances between 0 and 1. Refuses `too-few-households` below 10, `one-person-households`, `no-infection`.
 * @throws InputError `household-invalid` naming the row; households above 20 members are refused there too; `level`, `as-of`.
 */
export function householdTransmission(
  households: readonly HouseholdFinalSize[],
  options: { readonly sampled: 'all' | 'affected'; readonly asOf: string; readonly level?: number },
): Outcome<HouseholdTransmission> {
  const provenance = provenanceOf('Longini–Koopman household model, maximum likelihood (doi:10.2307/2530294)', options.asOf)
  const level = options.level ?? 0.95
  demandLevel(level)
  const tally = new Map<string, { size: number; infected: number; count: number }>()
  households.forEach(({ susceptible, infected }, row) => {
    const whole =
      Number.isInteger(susceptible) && Number.isInteger(infected) && infected >= 0 && infected <= susceptible && susceptible <= 20
    demand(
      whole && (options.sampled === 'all' || infected > 0),
      'household-invalid',
      `第 ${row + 1} 户：${susceptible} 人中 ${infected} 人感染不成立`,
      `Household ${row + 1}: ${infected} infected of ${susceptible} is impossible here`,
      row,
    )
    const key = `${susceptible} ${infected}`
    const known = tally.get(key) ?? { size: susceptible, infected, count: 0 }
    known.count += 1
    tally.set(key, known)
  })
  if (households.length < 10)
    return refuse(
      provenance,
      'too-few-households',
      `只有 ${households.length} 户，至少需要 10 户`,
      `${households.length} households are too few: at least 10 are needed`,
    )
  if (households.every((one) => one.susceptible < 2))
    return refuse(
      provenance,
      'one-person-households',
      '全部为单人户，无法估计家庭内传播',
      'All households have one member: nothing can spread inside',
    )
  if (households.every((one) => one.infected === 0)) return refuse(provenance, 'no-infection', '没有感染者', 'Nobody was infected')

  const cells = [...tally.values()]
  const value = (community: number, member: number) => {
    const laws = new Map<number, Float64Array>()
    let total = 0
    for (const { size, infected, count } of cells) {
      const law = laws.get(size) ?? finalSizeLaw(size, 1 - community, 1 - member)
      laws.set(size, law)
      const seen = options.sampled === 'all' ? 1 : 1 - (law[0] as number)
      total += count * Math.log((law[infected] as number) / seen)
    }
    return Number.isNaN(total) ? Number.NEGATIVE_INFINITY : total
  }
  const [least, most] = [1e-6, 1 - 1e-6]
  const overCommunity = (member: number) => minimiseOnInterval((community) => -value(community, member), least, most, 1e-10)
  const overMember = (community: number) => minimiseOnInterval((member) => -value(community, member), least, most, 1e-10)
  const member = minimiseOnInterval((q) => overCommunity(q).value, least, most, 1e-9).x
  const community = overCommunity(member).x
  const best = value(community, member)
  const drop = standardNormalQuantile((1 + level) / 2) ** 2 / 2
  const interval = (estimate: number, profile: (x: number) => number): Interval => {
    const height = (x: number) => profile(x) - best + drop
    return {
      estimate,
      lower: height(least) >= 0 ? 0 : findRoot(height, least, estimate),
      upper: height(most) >= 0 ? 1 : findRoot(height, estimate, most),
      level,
    }
  }
  return {
    ...provenance,
    ok: true,
    withinHousehold: interval(member, (q) => -overCommunity(q).value),
    fromCommunity: interval(community, (b) => -overMember(b).value),
    households: households.length,
    logLikelihood: best,
  }
}
