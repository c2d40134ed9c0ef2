import { fullDayWords, no, ok, type RecordState, type Result, refuse } from '@guatu/kernel'
import type { DailyContent } from '../report/content.ts'
import { type Known, readFigures } from './figures.ts'
import type { PublicFigures } from './published.ts'

const text = (row: RecordState, name: string) => String(row.fields[name] ?? '')

/** Bulletins that are looked at for what could be bounded by all of them together. */
const LOOKED_AT = 60

/** Figures that were published once, the last at the end. */
const everIn = (rows: readonly RecordState[]): readonly PublicFigures[] =>
  rows
    .filter((one) => text(one, 'publishedAt') !== '')
    .sort((a, b) => text(a, 'day').localeCompare(text(b, 'day')) || text(a, 'publishedAt').localeCompare(text(b, 'publishedAt')))
    .slice(-LOOKED_AT)
    .flatMap((one) => {
      const figures = readFigures(text(one, 'figures'))
      return figures.ok ? [figures.value] : []
    })

/**
 * What everybody has read when the bulletin of this report comes out. Bulletins follow one another: one of an earlier day would stand between
 * two that were judged without it. A county's follows the city's of its day, which says how the county stands.
 * @param bulletins those of the area and of the areas above it, whatever their state
 */
export function knownBy(bulletins: readonly RecordState[], { area, day, level }: DailyContent): Result<Known> {
  const all = everIn(bulletins.filter((one) => one.area === area))
  const last = all.at(-1)
  const own: Known = last ? { last, all } : {}
  if (last && last.day > day)
    return no(
      refuse(
        'bulletin-day-passed',
        {
          zh: `已发布过${fullDayWords(last.day).zh}的通报，不能再发布更早一天的通报，以免由前后之差推算出个人；更正请随下一份通报发布。`,
          en: `A bulletin of ${fullDayWords(last.day).en} was published: none of an earlier day may follow, as people could be worked out from the differences. Corrections go with the next bulletin.`,
        },
        { status: 409 },
      ),
    )
  if (level === 'city') return ok(own)
  const city = everIn(bulletins.filter((one) => one.area !== area && one.state === 'published' && one.fields.day === day)).at(-1)
  return city
    ? ok({ ...own, city })
    : no(
        refuse(
          'bulletin-city-first',
          {
            zh: '区县通报的合计以当日市级通报为准；请在当日市级通报发布后再起草。',
            en: 'The totals of a county are those of the city’s bulletin of the day: draft this one when that is published.',
          },
          { status: 409 },
        ),
      )
}
