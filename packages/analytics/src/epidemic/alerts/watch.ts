import { type Outcome, provenanceOf, type Refusal, refuse } from '../../outcome.ts'
import { type CusumInput, cusum } from './cusum.ts'
import { ears } from './ears.ts'
import { type FarringtonInput, farrington } from './farrington.ts'

/** What one method says about the newest day. */
export interface WatchOpinion {
  readonly method: string
  /** Null when the method cannot judge; `refusal` then says why. */
  readonly alarm: boolean | null
  readonly bound: number | null
  readonly refusal: Refusal | null
}

export interface WatchInput {
  readonly counts: ArrayLike<number>
  /** Expected count a day for the CUSUM, where one is known; otherwise the first week's mean. */
  readonly expected?: number
  readonly calendar?: FarringtonInput['calendar']
  readonly asOf: string
}

/**
 * Asks every method about the newest day: with ten days of history EARS and CUSUM answer, with years of it Farrington too. The standard
 * deviation of EARS is kept at half a case, so that a lone case after a quiet week is no alarm. Formulas stand at `ears`
 * (doi:10.1007/pl00022319), `cusum` (doi:10.1093/biomet/41.1-2.100) and `farrington` (doi:10.1002/sim.5595); nothing is combined, each
 * opinion stands for itself.
 *
 * @param input.counts New cases by day (or by week, as the calendar says), oldest first, without gaps; the last is judged.
 * @param input.expected Cases a day that would be usual.
 * @returns One opinion a method, in counts; a method that cannot judge carries its refusal. Refuses `too-short` when none can.
 * @throws InputError for negative or missing counts naming the day, and `as-of`.
 */
export function watchNewest(
  input: WatchInput,
): Outcome<{ readonly observed: number; readonly opinions: readonly WatchOpinion[]; readonly alarms: number }> {
  const { counts, asOf } = input
  const opinions: WatchOpinion[] = []
  const add = (method: string, refusal: Refusal | null, newest?: { readonly alarm: boolean; readonly bound: number | null }) => {
    opinions.push({ method, refusal, alarm: newest?.alarm ?? null, bound: newest?.bound ?? null })
  }
  for (const method of ['C1', 'C2', 'C3'] as const) {
    const result = ears({ counts, method, minSd: 0.5, asOf })
    if (result.ok) add(result.method, null, result.days.at(-1))
    else add(result.method, result.refusal)
  }
  const sumInput: CusumInput = input.expected === undefined ? { counts, asOf } : { counts, asOf, expected: input.expected }
  const sum = cusum(sumInput)
  if (sum.ok) add(sum.method, null, sum.days.at(-1))
  else add(sum.method, sum.refusal)
  if (input.calendar !== undefined) {
    const seasonal = farrington({ counts, calendar: input.calendar, from: counts.length - 1, asOf })
    if (seasonal.ok) add(seasonal.method, null, seasonal.steps.at(-1))
    else add(seasonal.method, seasonal.refusal)
  }
  const provenance = provenanceOf('EARS, CUSUM and Farrington together', asOf)
  if (opinions.every((opinion) => opinion.alarm === null)) {
    return refuse(
      provenance,
      'too-short',
      `历史只有${counts.length}天，各方法均无法判定`,
      `${counts.length} days of history: no method can judge`,
    )
  }
  return {
    ...provenance,
    ok: true,
    observed: counts[counts.length - 1] ?? 0,
    opinions,
    alarms: opinions.filter((o) => o.alarm === true).length,
  }
}
