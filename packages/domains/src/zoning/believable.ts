import { type Draft, fullDayWords, type Problem, type RecordState, refuse, type Situation } from '@guatu/kernel'
import type { fields } from './case-fields.ts'

type CountSituation = Situation<typeof fields>

/** All counts that stand in the county, those of what a reform brought to it among them. */
export const STANDING_HERE = {
  counts: { record: 'caseCount', above: { empty: [] }, sees: ['day', 'confirmed', 'discharged', 'died'] },
} as const

/** A count is of the county where it is entered, and of a day that has come and is not before the first of the daily reports. */
export function inTime({ after, area, today, parameter }: CountSituation): Problem | undefined {
  const { place, day = '' } = after
  if (place !== area)
    return refuse(
      'place-differs',
      { zh: '病例日报应登记在该区县。', en: 'The count belongs where its county is.' },
      { path: 'input.place' },
    )
  if (day > today)
    return refuse('day-in-future', { zh: '日期不能在未来。', en: 'The day cannot lie in the future.' }, { path: 'input.day' })
  const first = parameter<string>('daily.zero.first', '')
  return day < first
    ? refuse(
        'day-before-first',
        {
          zh: `日报从${fullDayWords(first).zh}起，${fullDayWords(day).zh}在此之前：请核对日期；此前的病例计入首日。`,
          en: `Daily reports begin on ${fullDayWords(first).en}; ${fullDayWords(day).en} lies before. Check the day; cases of before are counted on the first.`,
        },
        { path: 'input.day' },
      )
    : undefined
}

type Counted = Draft<Pick<typeof fields, 'confirmed' | 'discharged' | 'died'>>

const closed = ({ discharged = 0, died = 0 }: Counted): number => discharged + died
/** By how many more or fewer people are ill by a count. */
const ill = (count: Counted): number => (count.confirmed ?? 0) - closed(count)

interface Total {
  readonly day: string
  readonly confirmed: number
  readonly closed: number
}

/** Confirmed, and discharged or dead, up to each day that was counted, the first one first. */
function totals(counts: readonly (Counted & { readonly day: string })[]): readonly Total[] {
  const days = [...Map.groupBy(counts, ({ day }) => day)].sort(([one], [other]) => (one < other ? -1 : 1))
  let [confirmed, over] = [0, 0]
  return days.map(([day, of]) => {
    for (const count of of) {
      confirmed += count.confirmed ?? 0
      over += closed(count)
    }
    return { day, confirmed, closed: over }
  })
}

const counted = ({ fields }: RecordState): Counted & { readonly day: string } => ({
  day: String(fields.day),
  confirmed: Number(fields.confirmed ?? 0),
  discharged: Number(fields.discharged ?? 0),
  died: Number(fields.died ?? 0),
})

/**
 * Nobody is discharged or dies who was not confirmed: up to no day are there more of them, by all counts of the county. What sets figures of before
 * right is never refused, though it does not set all of them right.
 */
export function addsUp({ before, after, act, related }: CountSituation): Problem | undefined {
  const { day = '' } = after
  if (ill(after) >= (before === undefined ? 0 : ill(before))) return undefined
  const others = (related.counts ?? []).filter(({ id }) => id !== act.recordId).map(counted)
  const wrong = totals([...others, { ...after, day }]).find((one) => one.day >= day && one.closed > one.confirmed)
  if (!wrong) return undefined
  const words = fullDayWords(wrong.day)
  return refuse(
    'more-than-confirmed',
    {
      zh: `截至${words.zh}，累计出院和死亡${wrong.closed}例，多于累计确诊${wrong.confirmed}例：请核对本日各数；此前的确诊病例还没有录入的，请先补报。`,
      en: `Up to ${words.en} ${wrong.closed} were discharged or died, and only ${wrong.confirmed} were confirmed. Check the figures of this day; where cases of before were not entered yet, enter those first.`,
    },
    { status: 409, path: 'input.discharged', data: { day: wrong.day, confirmed: wrong.confirmed, closed: wrong.closed } },
  )
}
