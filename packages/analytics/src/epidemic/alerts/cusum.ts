import { demand, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { readCases } from '../reproduction/incidence.ts'

/** How counts become nearly standard normal: plain, Rossi's mix of two roots, or Anscombe's power 2/3. */
export type CusumTransform = 'standard' | 'rossi' | 'anscombe'

export interface CusumInput {
  readonly counts: ArrayLike<number>
  /** First index that is judged; the days before it give the expected count unless `expected` is given. Default: 7, or all but the last. */
  readonly from?: number
  /** Expected count a day in control. Default: the mean of the days before `from`. */
  readonly expected?: number
  readonly transform?: CusumTransform
  /** Reference value: drift below this many standard deviations is forgiven each day. Default 1.04. */
  readonly reference?: number
  /** Decision interval: the sum that raises the alarm. Default 2.26. */
  readonly decision?: number
  readonly asOf: string
}

export interface CusumDay {
  readonly day: number
  readonly observed: number
  readonly cusum: number
  /** The count that would have raised the alarm on this day; below one when the sum of the days before raises it alone. */
  readonly bound: number
  readonly alarm: boolean
}

/** The standardised count and the count that has a given standardised value. */
const TRANSFORMS: Readonly<Record<CusumTransform, { score(x: number, m: number): number; count(score: number, m: number): number }>> = {
  standard: {
    score: (x, m) => (x - m) / Math.sqrt(m),
    // A count is whole: the bound is the least count that reaches the sum.
    count: (score, m) => Math.max(0, Math.ceil(score * Math.sqrt(m) + m)),
  },
  rossi: {
    score: (x, m) => (x - 3 * m + 2 * Math.sqrt(x * m)) / (2 * Math.sqrt(m)),
    // Once the sum alone passes the limit the root below turns negative; its square stays under one case and means "any count".
    count: (score, m) => {
      const square = 4 * m + 2 * score * Math.sqrt(m)
      return square < 0 ? 0 : (Math.sqrt(square) - Math.sqrt(m)) ** 2
    },
  },
  anscombe: {
    score: (x, m) => (1.5 * (x ** (2 / 3) - m ** (2 / 3))) / m ** (1 / 6),
    count: (score, m) => Math.max(0, m ** (2 / 3) + (2 / 3) * m ** (1 / 6) * score) ** 1.5,
  },
}

/**
 * The cumulative sum chart S_t = max(0, S_(t−1) + z_t − k), alarm when S_t ≥ h; it is not set back by an alarm. Slow, lasting rises are its
 * strength; EARS sees sudden ones. Sources: E. S. Page 1954, doi:10.1093/biomet/41.1-2.100; G. Rossi, L. Lampugnani and M. Marchi 1999,
 * doi:10.1002/(SICI)1097-0258(19990830)18:16<2111::AID-SIM171>3.0.CO;2-Q.
 *
 * @param input.counts New cases a day, oldest first, without gaps; whole and not negative.
 * @param input.from First index (0 = first day) that is judged.
 * @param input.expected Cases a day in control.
 * @param input.reference k, in standard deviations a day.
 * @param input.decision h, in standard deviations.
 * @returns The sum of every judged day in standard deviations, its bound in cases, and whether it alarms. Refuses without days to judge, or
 *   when nothing is expected at all.
 * @throws InputError for bad counts, naming the day, or options; `as-of`.
 */
export function cusum(input: CusumInput): Outcome<{ readonly days: readonly CusumDay[]; readonly expected: number }> {
  const transform = input.transform ?? 'rossi'
  const k = input.reference ?? 1.04
  const h = input.decision ?? 2.26
  demand(
    k >= 0 && h > 0 && Number.isFinite(k) && Number.isFinite(h),
    'cusum-options',
    '参考值不得为负，判定值须为正，均须为有限数',
    'the reference value must not be negative and the decision interval positive, both finite',
  )
  const { total } = readCases({ local: input.counts })
  const from = input.from ?? Math.min(7, total.length - 1)
  const provenance = provenanceOf(`CUSUM, ${transform}, k = ${k}, h = ${h}`, input.asOf)
  demand(
    input.from === undefined || (Number.isInteger(from) && from >= 0),
    'from',
    `起始位置须为非负整数，收到${from}`,
    `the first day to judge must be a whole number from 0, got ${from}`,
  )
  demand(
    input.expected === undefined || (input.expected > 0 && Number.isFinite(input.expected)),
    'expected',
    '期望病例数须为正数',
    'the expected count must be positive',
  )
  if (total.length < 2 || from >= total.length || (from < 1 && input.expected === undefined)) {
    return refuse(provenance, 'too-short', '没有基线或没有可判定的日期', 'no days for a baseline, or none to judge')
  }
  let sum = 0
  for (let day = 0; day < from; day += 1) sum += total[day] ?? 0
  const expected = input.expected ?? sum / from
  if (expected <= 0) {
    return refuse(provenance, 'nothing-expected', '基线期无病例，请给出期望值', 'no case in the baseline: give an expected count instead')
  }
  const { score, count } = TRANSFORMS[transform]
  const days: CusumDay[] = []
  let level = 0
  for (let day = Math.max(0, from); day < total.length; day += 1) {
    const observed = total[day] ?? 0
    const bound = count(h + k - level, expected)
    level = Math.max(0, level + score(observed, expected) - k)
    days.push({ day, observed, cusum: level, bound, alarm: level >= h })
  }
  return { ...provenance, ok: true, days, expected }
}
