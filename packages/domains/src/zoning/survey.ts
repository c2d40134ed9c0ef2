import {
  ALWAYS,
  addDays,
  daysBetween,
  type RecordState,
  type Survey,
  type SurveyDuty,
  type SurveyedArea,
  type SurveyFinding,
  where,
} from '@guatu/kernel'
import { type Assessment, assess, dayCounts, factsOf, populationOf } from './assess.ts'
import { SCHEMES, type Scheme } from './tables.ts'
import { zone } from './zone.ts'

/**
 * Every day, and whenever a count changes, every city and county is zoned as of yesterday 24:00. A class other than the one in force
 * is proposed; nothing is announced by the system. A proposal that the figures no longer bear out is taken back.
 */
export const zoning: SurveyDuty = {
  name: 'zoning',
  reads: {
    counts: { record: 'caseCount', where: ALWAYS },
    zones: { record: 'zone', where: where(zone, { state: ['proposed', 'announced', 'rejected'] }) },
  },
  find: (survey) => {
    const asOf = addDays(survey.day, -1)
    return zonedAreas(survey, asOf).flatMap(({ area, members, schemes }) =>
      schemes.flatMap((scheme) => {
        const parameter = survey.parameter(area.id)
        const facts = factsOf(
          dayCounts(survey.rows.counts ?? []),
          members,
          populationOf(area, parameter),
          asOf,
          parameter<number>('zoning.cluster.days'),
        )
        const outcome = assess(scheme, facts, parameter, survey.day, asOf)
        return outcome.ok && outcome.value ? changes(survey, area, outcome.value) : []
      }),
    )
  },
}

interface Zoned {
  readonly area: SurveyedArea
  readonly members: readonly string[]
  readonly schemes: readonly Scheme[]
}

/** Cities by the provincial scheme; their counties by the national one, and by the provincial one where the city's class asks for it. */
function zonedAreas(survey: Survey, asOf: string): readonly Zoned[] {
  // A city without a single count is not a city without cases: nobody counted.
  const counted = new Set((survey.rows.counts ?? []).map((row) => String(row.fields.place)))
  return survey.areas
    .filter((one) => one.level === 'city')
    .flatMap((city): Zoned[] => {
      const counties = survey.areas.filter((one) => one.parent === city.id && one.level === 'county' && one.nature === 'administrative')
      const members = survey.areas.filter((one) => one.parent === city.id && one.level === 'county').map((one) => one.id)
      if (!members.some((one) => counted.has(one))) return []
      const parameter = survey.parameter(city.id)
      const facts = factsOf(
        dayCounts(survey.rows.counts ?? []),
        counties.map((one) => one.id),
        populationOf(city, parameter),
        asOf,
        parameter<number>('zoning.cluster.days'),
      )
      const class_ = assess('sichuan', facts, parameter, survey.day, asOf)
      const again = parameter<readonly string[]>('zoning.again', [])
      const deeper = class_.ok && class_.value !== undefined && again.includes(class_.value.zone)
      return [
        { area: city, members: counties.map((one) => one.id), schemes: ['sichuan'] },
        ...counties.map((county) => ({
          area: county,
          members: [county.id],
          schemes: (Object.keys(SCHEMES) as Scheme[]).filter((one) => one === 'national' || deeper),
        })),
      ]
    })
}

const of = (survey: Survey, area: SurveyedArea, scheme: Scheme, state: string): readonly RecordState[] =>
  (survey.rows.zones ?? []).filter((one) => one.state === state && one.fields.place === area.id && one.fields.scheme === scheme)

function changes(survey: Survey, area: SurveyedArea, now: Assessment): readonly SurveyFinding[] {
  const [current] = of(survey, area, now.scheme, 'announced')
  const pending = of(survey, area, now.scheme, 'proposed')
  const stale = pending.filter((one) => one.fields.zone !== now.zone || current?.fields.zone === now.zone)
  const taken: readonly SurveyFinding[] = stale.map((one) => ({
    key: `withdraw/${one.id}`,
    record: 'zone',
    recordId: one.id,
    action: 'supersede',
    input: {},
  }))
  const waits = pending.length > stale.length
  // What a person turned down is not put again at once: only after the days that the parameter gives, or for another class.
  const rest = survey.parameter(area.id)<number>('zoning.rest.days')
  const turnedDown = of(survey, area, now.scheme, 'rejected').some(
    (one) => one.fields.zone === now.zone && daysBetween(String(one.fields.asOf), now.asOf) < rest,
  )
  if (current?.fields.zone === now.zone || waits || turnedDown) return taken
  return [
    ...taken,
    {
      key: `${area.id}/${now.scheme}/${now.asOf}/${now.zone}/${current?.id ?? 'first'}/${stale.length}`,
      record: 'zone',
      action: 'propose',
      area: area.id,
      input: {
        place: area.id,
        scheme: now.scheme,
        zone: now.zone,
        asOf: now.asOf,
        instrument: now.instrument,
        reasons: now.reasons,
        passedOver: now.passedOver,
        measures: now.measures,
        ...(current === undefined ? {} : { from: current.fields.zone }),
      },
    },
  ]
}
