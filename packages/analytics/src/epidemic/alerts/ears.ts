import { demand, type Outcome, provenanceOf, refuse } from '../../outcome.ts'
import { standardNormalQuantile } from '../../statistics/normal.ts'
import { readCases } from '../reproduction/incidence.ts'

export type EarsMethod = 'C1' | 'C2' | 'C3'

export interface EarsInput {
  readonly counts: ArrayLike<number>
  readonly method: EarsMethod
  /** Days in the moving baseline; default 7. */
  readonly baselineDays?: number
  /** Chance of a false alarm a day under a normal baseline; default 0.001 (C1, C2) and 0.025 (C3). */
  readonly alpha?: number
  /** The standard deviation is taken at least this large; default 0. Small counts need about 0.5, or a lone case raises the alarm. */
  readonly minSd?: number
  readonly asOf: string
}

export interface EarsDay {
  /** Index in the series, 0 = first. */
  readonly day: number
  readonly observed: number
  readonly mean: number
  readonly sd: number
  /** C3 only: what the two days before add to today's evidence, Σ max(0, C2 − 1); 0 otherwise. */
  readonly carried: number
  /** Counts above this raise the alarm. */
  readonly bound: number
  readonly alarm: boolean
}

/** Days between the baseline and the day judged: 0 for C1, 2 for C2 and C3. */
const GUARD: Readonly<Record<EarsMethod, number>> = { C1: 0, C2: 2, C3: 2 }

/**
 * The Early Aberration Reporting System's moving averages. C1: mean + z·sd of the 7 days before; C2: of the 7 days that end 3 days before;
 * C3: mean + sd·(z − Σ max(0, C2(i) − 1)) over the two days before, C2(i) = (observed − mean) / sd. The formula's mean stands in C3, where
 * one widespread program puts today's count. Starts as soon as one baseline is full: day 8 (C1) or day 10. Sources: L. Hutwagner et al.
 * 2003, doi:10.1007/pl00022319; R. D. Fricker, B. L. Hegler and D. A. Dunfee 2008, doi:10.1002/sim.3197.
 *
 * @param input.counts New cases a day, oldest first, without gaps; whole and not negative.
 * @param input.baselineDays Days of the moving baseline.
 * @param input.alpha Chance of a false alarm a day, which gives z.
 * @param input.minSd Least standard deviation, in cases.
 * @returns One entry a judged day: cases seen, bound in cases, alarm. Refuses `too-short` when no baseline is full.
 * @throws InputError for bad counts, naming the day, or options; `as-of`.
 */
export function ears(input: EarsInput): Outcome<{ readonly days: readonly EarsDay[]; readonly alpha: number }> {
  const { method } = input
  const width = input.baselineDays ?? 7
  const alpha = input.alpha ?? (method === 'C3' ? 0.025 : 0.001)
  const minSd = input.minSd ?? 0
  demand(
    Number.isInteger(width) && width >= 3,
    'baseline',
    `基线天数须为不小于3的整数，收到${width}`,
    `the baseline needs at least 3 whole days, got ${width}`,
  )
  demand(alpha > 0 && alpha < 0.5, 'alpha', 'alpha须在0与0.5之间', 'alpha must lie between 0 and 0.5')
  demand(
    minSd >= 0 && Number.isFinite(minSd),
    'min-sd',
    '最小标准差须为非负有限数',
    'the least standard deviation must be finite and not negative',
  )
  const { total } = readCases({ local: input.counts })
  const guard = GUARD[method]
  const first = width + guard
  const provenance = provenanceOf(`EARS ${method}, baseline ${width} days`, input.asOf)
  if (total.length <= first) {
    return refuse(
      provenance,
      'too-short',
      `需要至少${first + 1}天，只有${total.length}天`,
      `needs at least ${first + 1} days, has ${total.length}`,
    )
  }
  const z = standardNormalQuantile(1 - alpha)
  const days: EarsDay[] = []
  const standardised: number[] = []
  for (let day = first; day < total.length; day += 1) {
    const { mean, sd } = baseline(total, day - guard - width, width, minSd)
    const observed = total[day] ?? 0
    standardised.push(sd > 0 ? (observed - mean) / sd : observed > mean ? Number.POSITIVE_INFINITY : 0)
    let carried = 0
    if (method === 'C3') for (const earlier of standardised.slice(-3, -1)) carried += Math.max(0, earlier - 1)
    // Never below zero: a day without cases is no alarm, whatever the days before it were.
    const bound = sd > 0 ? Math.max(0, mean + sd * (z - carried)) : mean
    days.push({ day, observed, mean, sd, carried, bound, alarm: observed > bound })
  }
  return { ...provenance, ok: true, days, alpha }
}

function baseline(counts: Float64Array, from: number, width: number, minSd: number): { mean: number; sd: number } {
  let sum = 0
  for (let i = from; i < from + width; i += 1) sum += counts[i] ?? 0
  const mean = sum / width
  let squares = 0
  for (let i = from; i < from + width; i += 1) squares += ((counts[i] ?? 0) - mean) ** 2
  return { mean, sd: Math.max(minSd, Math.sqrt(squares / (width - 1))) }
}
