import { addDays, counted, dayWords, type Label, label, type SurveyedArea } from '@guatu/kernel'
import type { DayCount } from './day-count.ts'

/** How far back a missing day may hide what a class hangs on, days. */
export const FORTNIGHT = 14

/** Days of a county for which nobody counted; silence is not a nought. */
export interface Gap {
  readonly place: string
  /** ISO days without a count, ascending. */
  readonly days: readonly string[]
}

/**
 * Days of the last fourteen for which a county owes its count.
 *
 * @param asOf the day as of which is zoned
 * @param grace how many of the last days are not owed yet, days
 */
export function gapsOf(counts: readonly DayCount[], counties: readonly string[], asOf: string, grace: number): readonly Gap[] {
  const owed = Array.from({ length: FORTNIGHT }, (_, back) => addDays(asOf, -back))
    .slice(Math.max(0, grace))
    .toReversed()
  return counties.flatMap((place) => {
    const counted = new Set(counts.filter((one) => one.place === place).map((one) => one.day))
    const days = owed.filter((day) => !counted.has(day))
    return days.length === 0 ? [] : [{ place, days }]
  })
}

/** Days in words, those that follow one another taken together: 2月5日、2月8日至2月9日. */
function daysInWords(days: readonly string[]): Label {
  const runs: [first: string, last: string][] = []
  for (const day of days) {
    const run = runs.at(-1)
    if (run && addDays(run[1], 1) === day) run[1] = day
    else runs.push([day, day])
  }
  const words = runs.map(([first, last]) => {
    const [from, to] = [dayWords(first), dayWords(last)]
    return first === last ? from : label(`${from.zh}至${to.zh}`, `${from.en} to ${to.en}`)
  })
  return label(words.map(({ zh }) => zh).join('、'), words.map(({ en }) => en).join(', '))
}

/** Who owes which counts, and what to do, one line each county. */
export const gapWords = (gaps: readonly Gap[], areas: readonly SurveyedArea[]): readonly Label[] =>
  gaps.map(({ place, days }) => {
    const name = areas.find(({ id }) => id === place)?.name ?? place
    const { zh, en } = daysInWords(days)
    return label(
      `${name}病例日报缺报${days.length}天（${zh}），没有填报不等于没有病例：请补报，没有病例的填0`,
      `${name} owes its daily case count for ${counted(days.length, 'day')} (${en}); no count is not no case: enter it, 0 where there was none`,
    )
  })
