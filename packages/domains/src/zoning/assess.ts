import { type Between, type ZoneFacts, zoneArea } from '@guatu/analytics/epidemic/zoning'
import {
  addDays,
  daysBetween,
  type Label,
  no,
  ok,
  type ParameterReader,
  problem,
  type Result,
  refuse,
  type SurveyedArea,
} from '@guatu/kernel'
import type { DayCount } from './day-count.ts'
import { FORTNIGHT, type Gap } from './gaps.ts'
import { POPULATION } from './lacking.ts'
import { instrumentOf, isZone, type Scheme, tableOf, type ZoneName } from './tables.ts'

const WEEK = 7

/** An area whose counts are added up. */
type Member = Pick<SurveyedArea, 'id' | 'nature'>

/**
 * Facts of an area as of 24:00 of a day, from the counts of the counties in it. Whether there was a cluster is known only where
 * somebody said so, be it nought; the incidence is known only where the population is. A day that nobody counted is no nought: that there
 * was no case, or none for a fortnight, is unknown then, and so is the incidence of a week with such a day; and whether a county is affected in
 * which no case was counted. What is known stays known.
 *
 * What a county counted that has ended is the count of the one that took its place.
 *
 * A member that is no county, such as a development zone in the statisticians' list, adds its cases and is none of the counties of which a
 * share is affected.
 *
 * @param members counties of a city, one for a county itself
 * @param population of the area, persons; undefined where no census figure was entered
 * @param clusterDays how long a cluster counts, days
 * @param gaps days of the members that nobody counted
 */
export function factsOf(
  counts: readonly DayCount[],
  members: readonly Member[],
  population: number | undefined,
  asOf: string,
  clusterDays: number,
  gaps: readonly Gap[] = [],
): ZoneFacts {
  const ids = new Set(members.map(({ id }) => id))
  const counties = members.filter(({ nature }) => nature === 'administrative')
  const known = counts.filter((one) => ids.has(one.area) && one.day <= asOf)
  const sum = (of: (one: DayCount) => number, rows = known) => rows.reduce((total, one) => total + of(one), 0)
  const cumulative = sum((one) => one.confirmed)
  const closed = sum((one) => one.discharged + one.died)
  const since = (of: (one: DayCount) => number) =>
    known.reduce((least, one) => (of(one) > 0 ? Math.min(least, daysBetween(one.day, asOf)) : least), Number.POSITIVE_INFINITY)
  const recent = known.filter((one) => one.day > addDays(asOf, -clusterDays))
  const told = recent.some((one) => one.clusters !== undefined)
  const cluster = recent.some((one) => (one.clusters ?? 0) > 0) ? true : told || cumulative === 0 ? false : null
  const sustained = recent.some((one) => one.sustained)
  const week = sum(
    (one) => one.confirmed,
    known.filter((one) => one.day > addDays(asOf, -WEEK)),
  )
  const affected = new Set(known.filter((one) => one.confirmed > 0).map((one) => one.area))
  const sinceNew = since((one) => one.confirmed)
  const active = cumulative - closed
  const whole = gaps.length === 0
  const wholeWeek = gaps.every(({ days }) => days.every((day) => day <= addDays(asOf, -WEEK)))
  // What happened within the fortnight is known whatever was not counted; that nothing did is known only of a whole one.
  const longAgo = (days: number) => (days < FORTNIGHT || whole ? days : null)
  return {
    everHadCase: cumulative > 0 ? true : whole ? false : null,
    activeCases: active > 0 || whole ? active : null,
    cumulativeCases: cumulative,
    daysSinceLastNewCase: longAgo(sinceNew),
    daysSinceLastDischarge: longAgo(since((one) => one.discharged + one.died)),
    newCaseWithin14Days: sinceNew < FORTNIGHT ? true : whole ? false : null,
    weeklyIncidencePer100k: !wholeWeek ? null : week === 0 ? 0 : population === undefined ? null : (week / population) * 100_000,
    shareOfCountiesAffected: shareOf(counties, affected, new Set(gaps.map(({ place }) => place))),
    clusterWithin14Days: cluster,
    clusterOrSustainedSpread: cluster === true || sustained ? true : cluster,
  }
}

/** The share of the counties that are affected, with those of which it is not known for the upper bound. */
function shareOf(counties: readonly Member[], affected: ReadonlySet<string>, untold: ReadonlySet<string>): number | Between {
  const share = (isOne: (id: string) => boolean) => counties.filter(({ id }) => isOne(id)).length / Math.max(1, counties.length)
  const [atLeast, atMost] = [share((id) => affected.has(id)), share((id) => affected.has(id) || untold.has(id))]
  return atLeast === atMost ? atLeast : { atLeast, atMost }
}

export interface Assessment {
  readonly scheme: Scheme
  readonly zone: ZoneName
  readonly asOf: string
  readonly reasons: readonly Label[]
  readonly passedOver: readonly Label[]
  readonly measures: readonly Label[]
  readonly instrument: string
}

/** Zones one area under one scheme; undefined where the scheme is not in force. A fact that decides and is not known is a refusal. */
export function assess(
  scheme: Scheme,
  facts: ZoneFacts,
  parameter: ParameterReader,
  day: string,
  asOf: string,
): Result<Assessment | undefined> {
  const table = tableOf(scheme, parameter, day)
  if (!table.ok) return table
  if (!table.value) return ok(undefined)
  const outcome = zoneArea(table.value, facts, day)
  if (!outcome.ok) {
    const { code, zh, en, facts: missing = [] } = outcome.refusal
    return no(refuse(code, { zh, en }, { data: { facts: missing } }))
  }
  if (!isZone(outcome.zone.id))
    return no(problem('invalid', { field: 'zone', why: { zh: '规则表指向未知等级。', en: 'the table names an unknown class.' } }))
  const said = ({ zh, en }: Label): Label => ({ zh, en })
  return ok({
    scheme,
    zone: outcome.zone.id,
    asOf,
    reasons: [said(outcome.wording), ...outcome.reasons.map(said)],
    passedOver: [...new Map(outcome.passedOver.flatMap((one) => one.failed.map((test) => [test.zh, said(test)] as const))).values()].slice(
      0,
      30,
    ),
    measures: outcome.measures.map(said),
    instrument: instrumentOf(scheme),
  })
}

/** Persons of an area from the dated list `code:persons`; the colon may be a Chinese one. */
export function populationOf(area: SurveyedArea, parameter: ParameterReader): number | undefined {
  const entries = parameter<readonly string[]>(POPULATION, []).map((one) => one.split(/\s*[:：]\s*/))
  const persons = Number(entries.find(([code]) => code?.trim() === area.code)?.[1])
  return Number.isFinite(persons) && persons > 0 ? persons : undefined
}
