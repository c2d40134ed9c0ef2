/** The facts of the zoning tables, counted from dated cases. */
import { dayNumber } from '../linelist/days.ts'
import type { ZoneFacts } from './rule-table.ts'

export interface ZoneCase {
  /** ISO day of report. */
  readonly reported: string
  /** ISO day of discharge or death; null while under treatment. */
  readonly closed: string | null
  /** County of the case, for the share of counties affected. */
  readonly county: string
}

/**
 * Counts the facts as of 24:00 of a day; what happens later is not known yet and is left out. Counts by definitions of the instruments that
 * `tables-2020` names.
 *
 * @param clusters ISO days of cluster events; null when nobody looked, then cluster facts are unknown.
 * @param sustainedSpread Judgement of the experts; null when there is none.
 * @param clusterDays How long a cluster counts, in days (14 in the tables of 2020).
 * @returns One value for each fact of the table, in the unit of its name.
 * @throws InputError `date-unreadable`.
 */
export function zoneFacts(
  cases: readonly ZoneCase[],
  area: { readonly population: number; readonly counties: number },
  clusters: readonly string[] | null,
  asOf: string,
  options: { readonly sustainedSpread?: boolean | null; readonly clusterDays?: number } = {},
): ZoneFacts {
  const today = dayNumber(asOf)
  const known = cases.filter((one) => one.reported <= asOf)
  const closed = known.flatMap((one) => (one.closed !== null && one.closed <= asOf ? [dayNumber(one.closed)] : []))
  const since = (days: readonly number[]) => days.reduce((least, day) => Math.min(least, today - day), Number.POSITIVE_INFINITY)
  const sinceReport = since(known.map((one) => dayNumber(one.reported)))
  const clusterDays = options.clusterDays ?? 14
  const recentCluster = clusters === null ? null : clusters.some((day) => day <= asOf && today - dayNumber(day) < clusterDays)
  const sustained = options.sustainedSpread ?? null
  const week = known.filter((one) => today - dayNumber(one.reported) < 7).length
  return {
    everHadCase: known.length > 0,
    activeCases: known.length - closed.length,
    cumulativeCases: known.length,
    daysSinceLastNewCase: sinceReport,
    daysSinceLastDischarge: since(closed),
    newCaseWithin14Days: sinceReport < 14,
    weeklyIncidencePer100k: (week / area.population) * 100_000,
    shareOfCountiesAffected: new Set(known.map((one) => one.county)).size / area.counties,
    clusterWithin14Days: recentCluster,
    clusterOrSustainedSpread: recentCluster === true || sustained === true ? true : recentCluster === null ? null : false,
  }
}
