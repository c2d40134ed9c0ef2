/** The facts of the risk areas of 2022 for one neighbourhood, from the dated traces of infected people. */
import { dayNumber } from '../linelist/days.ts'
import type { ZoneFacts } from './rule-table.ts'

/** One infected person's tie to the area. */
export interface InfectionTrace {
  /** ISO day on which the infection was found. */
  readonly found: string
  readonly tie: 'residence' | 'frequent-activity' | 'some-activity'
}

/**
 * Counts the facts at the end of a day; what is found later is not known yet. Counts by definitions of the instrument that `tables-2022`
 * names.
 *
 * @param traces Where each infected person lived or stayed, and when.
 * @param countyHasRiskArea Null where unknown.
 * @param asOf ISO day.
 * @returns One value for each fact of the table.
 * @throws InputError `date-unreadable`.
 */
export function riskAreaFacts(traces: readonly InfectionTrace[], countyHasRiskArea: boolean | null, asOf: string): ZoneFacts {
  const today = dayNumber(asOf)
  const known = traces.filter((trace) => trace.found <= asOf)
  return {
    residenceOrFrequentActivity: known.some(({ tie }) => tie !== 'some-activity'),
    someActivity: known.some(({ tie }) => tie === 'some-activity'),
    daysSinceLastInfection: known.reduce((least, { found }) => Math.min(least, today - dayNumber(found)), Number.POSITIVE_INFINITY),
    countyHasRiskArea,
  }
}
