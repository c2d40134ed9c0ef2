import { addDays, counted, dayWords, type FormerArea, type Label, label, type SurveyedArea } from '@guatu/kernel'
import type { DayCount } from './day-count.ts'

/** How far back a missing day may hide what a class hangs on, days. */
export const FORTNIGHT = 14

/** Days of a county for which nobody counted; silence is not a nought. */
export interface Gap {
  readonly place: string
  /** Name of the county that owed them and has come to this one since; left out where it is its own. */
  readonly of?: string
  /** ISO days without a count, ascending. */
  readonly days: readonly string[]
}

/**
 * Days of the last fourteen for which a county owes its count. Of the days before a reform it owes that of every county which came to it, until it
 * says the day anew for all that it is now. Where a county was divided its cases are those of one heir: the others owe their own for the days of cases.
 *
 * @param counties those that are added up: what one of them counted that has ended is known when another of them has it
 * @param asOf the day as of which is zoned
 * @param grace how many of the last days are not owed yet, days
 */
export function gapsOf(
  counts: readonly DayCount[],
  counties: readonly string[],
  asOf: string,
  grace: number,
  was: (county: string, day: string) => readonly FormerArea[] = () => [],
): readonly Gap[] {
  const owed = Array.from({ length: FORTNIGHT }, (_, back) => addDays(asOf, -back))
    .slice(Math.max(0, grace))
    .toReversed()
  const told = new Map(counts.map((one) => [`${one.place} ${one.day}`, one]))
  const within = new Set(counties)
  const gone = counts.filter((one) => one.area !== one.place && hasCases(one) && one.day <= asOf).map(({ day }) => day)
  const days = [...new Set([...owed, ...gone])].sort()
  return counties.flatMap((place) => {
    const missing = new Map<string | undefined, string[]>()
    const misses = (day: string, of?: string) => missing.set(of, [...(missing.get(of) ?? []), day])
    for (const day of days) {
      const own = told.get(`${place} ${day}`)
      const former = was(place, day)
      const isOwed = owed.includes(day)
      const lived = former.length === 0 || former.some(({ id }) => id === place)
      if (isOwed && lived && own === undefined) misses(day)
      for (const { id, name, ended } of former) {
        if (ended === undefined || (own !== undefined && own.said >= ended)) continue
        const theirs = told.get(`${id} ${day}`)
        if (theirs === undefined ? isOwed : hasCases(theirs) && !within.has(theirs.area))
          misses(day, theirs === undefined ? name : undefined)
      }
    }
    return [...missing].map(([of, days]) => ({ place, ...(of === undefined ? {} : { of }), days }))
  })
}

const hasCases = ({ confirmed, discharged, died, clusters = 0 }: DayCount): boolean => confirmed + discharged + died + clusters > 0

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
  gaps.map(({ place, of, days }) => {
    const name = areas.find(({ id }) => id === place)?.name ?? place
    const { zh, en } = daysInWords(days)
    if (of !== undefined)
      return label(
        `${of}（现属${name}）病例日报缺报${days.length}天（${zh}），没有填报不等于没有病例：请${name}更正这些日期的日报，一并计入，没有病例的按原数更正`,
        `${of}, now ${name}, owes its daily case count for ${counted(days.length, 'day')} (${en}); no count is not no case: have ${name} recount these days with its cases, as they are where there was none`,
      )
    return label(
      `${name}病例日报缺报${days.length}天（${zh}），没有填报不等于没有病例：请补报，没有病例的填0`,
      `${name} owes its daily case count for ${counted(days.length, 'day')} (${en}); no count is not no case: enter it, 0 where there was none`,
    )
  })
