import type { ZoneFacts } from '@guatu/analytics/epidemic/zoning'
import {
  ALWAYS,
  addDays,
  daysBetween,
  type Label,
  type RecordState,
  type Survey,
  type SurveyDuty,
  type SurveyedArea,
  type SurveyFinding,
  where,
} from '@guatu/kernel'
import { type Assessment, assess, factsOf, populationOf } from './assess.ts'
import { type DayCount, dayCounts } from './day-count.ts'
import { gapsOf, gapWords } from './gaps.ts'
import { lacking } from './lacking.ts'
import { instrumentOf, SCHEMES, type Scheme } from './tables.ts'
import { zone } from './zone.ts'

/**
 * Every day, and whenever a count changes, every city and county is zoned as of yesterday 24:00. A class other than the one in force
 * is proposed; nothing is announced by the system. A proposal that waits is kept up to date, and taken back when the figures no longer bear it out.
 * Where what is known does not decide, the place says what is missing.
 */
export const zoning: SurveyDuty = {
  name: 'zoning',
  reads: {
    counts: { record: 'caseCount', where: ALWAYS },
    zones: { record: 'zone', where: where(zone, { state: ['proposed', 'undecided', 'announced', 'rejected'] }) },
  },
  find: (survey) => {
    const asOf = addDays(survey.day, -1)
    const counts = dayCounts(survey.rows.counts ?? [])
    const found = zonedAreas(survey, counts, asOf).flatMap(({ area, known, schemes }) =>
      schemes.flatMap((scheme) => {
        const outcome = assess(scheme, known.facts, survey.parameter(area.id), survey.day, asOf)
        if (!outcome.ok) return noClass(survey, area, scheme, asOf, lacking(area, outcome.problem, known))
        return outcome.value ? changes(survey, area, { ...outcome.value, reasons: [...outcome.value.reasons, ...known.gaps] }) : []
      }),
    )
    return [...ofEnded(survey), ...found]
  },
}

/** What is known of an area as of a day, and what is not. */
interface Known {
  readonly facts: ZoneFacts
  readonly population: boolean
  /** Counts that are owed, in words. */
  readonly gaps: readonly Label[]
}

function knownOf(survey: Survey, counts: readonly DayCount[], area: SurveyedArea, members: readonly SurveyedArea[], asOf: string): Known {
  const parameter = survey.parameter(area.id)
  // A development zone may count its cases with the county it lies in; once it counts, it goes on.
  const owes = ({ nature }: Pick<SurveyedArea, 'nature'>) => nature === 'administrative'
  const owing = members.filter((one) => owes(one) || counts.some((count) => count.area === one.id))
  const gaps = gapsOf(
    counts,
    owing.map(({ id }) => id),
    asOf,
    parameter<number>('zoning.grace.days'),
    (county, day) => survey.was(county, day).filter((one) => owes(one) || counts.some(({ place }) => place === one.id)),
  )
  const population = populationOf(area, parameter)
  const facts = factsOf(counts, members, population, asOf, parameter<number>('zoning.cluster.days'), gaps)
  return { facts, population: population !== undefined, gaps: gapWords(gaps, survey.areas) }
}

interface Zoned {
  readonly area: SurveyedArea
  readonly known: Known
  readonly schemes: readonly Scheme[]
}

/** Cities by the provincial scheme; their counties by the national one, and by the provincial one where the city's class asks for it. */
function zonedAreas(survey: Survey, counts: readonly DayCount[], asOf: string): readonly Zoned[] {
  // A city without a single count is not zoned yet: nobody began to count.
  const counted = new Set(counts.map((one) => one.area))
  return survey.areas
    .filter((one) => one.level === 'city')
    .flatMap((city): Zoned[] => {
      const counties = survey.areas.filter((one) => one.parent === city.id && one.level === 'county' && one.nature === 'administrative')
      // A development zone is nobody's county, and its cases are the city's all the same.
      const members = survey.areas.filter((one) => one.parent === city.id && one.level === 'county')
      if (!members.some(({ id }) => counted.has(id))) return []
      const parameter = survey.parameter(city.id)
      const known = knownOf(survey, counts, city, members, asOf)
      const class_ = assess('sichuan', known.facts, parameter, survey.day, asOf)
      const again = parameter<readonly string[]>('zoning.again', [])
      const deeper = class_.ok && class_.value !== undefined && again.includes(class_.value.zone)
      // While nobody can say whether that of the city asks for them, what waits is kept up to date and no further one is worked out.
      const waits = (county: SurveyedArea) =>
        !class_.ok && ['proposed', 'undecided'].some((state) => of(survey, county, 'sichuan', state).length > 0)
      return [
        { area: city, known, schemes: ['sichuan'] },
        ...counties.map((county) => ({
          area: county,
          known: knownOf(survey, counts, county, [county], asOf),
          schemes: (Object.keys(SCHEMES) as Scheme[]).filter((one) => one === 'national' || deeper || waits(county)),
        })),
      ]
    })
}

const of = (survey: Survey, area: SurveyedArea, scheme: Scheme, state: string): readonly RecordState[] =>
  (survey.rows.zones ?? []).filter((one) => one.state === state && one.fields.place === area.id && one.fields.scheme === scheme)

const takenBack = (stale: readonly RecordState[]): readonly SurveyFinding[] =>
  stale.map((one) => ({ key: `withdraw/${one.id}`, record: 'zone', recordId: one.id, action: 'supersede', input: {} }))

/** A place that a reform ended has no class, announced or not: its successor has its own. */
function ofEnded({ rows, areas }: Survey): readonly SurveyFinding[] {
  const living = new Set(areas.map(({ id }) => id))
  return takenBack((rows.zones ?? []).filter(({ state, fields }) => state !== 'rejected' && !living.has(String(fields.place))))
}

/** What a finding says beside the class; everything of it is of one day. */
type Said = Pick<Assessment, 'asOf' | 'reasons' | 'instrument'> & Partial<Pick<Assessment, 'passedOver' | 'measures'>>

/** A list that is empty and one that is not there say the same. */
const wordsOf = (value: unknown): string =>
  Array.isArray(value) ? (value as readonly Label[]).map(({ zh, en }) => JSON.stringify([zh, en])).join() : String(value ?? '')
const SAID = ['asOf', 'reasons', 'instrument', 'passedOver', 'measures'] as const

/** Whoever looks at what waits finds the figures of today, not of the day it began to wait. */
const renewed = (waiting: readonly RecordState[], said: Said): readonly SurveyFinding[] =>
  waiting
    .filter(({ fields }) => SAID.some((name) => said[name] !== undefined && wordsOf(fields[name]) !== wordsOf(said[name])))
    .map((one) => ({ key: `renew/${one.id}/${one.version}`, record: 'zone', recordId: one.id, action: 'renew', input: { ...said } }))

function changes(survey: Survey, area: SurveyedArea, { zone: class_, scheme, ...said }: Assessment): readonly SurveyFinding[] {
  const [current] = of(survey, area, scheme, 'announced')
  const pending = of(survey, area, scheme, 'proposed')
  const waits = pending.filter((one) => one.fields.zone === class_ && current?.fields.zone !== class_)
  const stale = [...pending.filter((one) => !waits.includes(one)), ...of(survey, area, scheme, 'undecided')]
  // What a person turned down is not put again at once: only after the days that the parameter gives, or for another class.
  const rest = survey.parameter(area.id)<number>('zoning.rest.days')
  const turnedDown = of(survey, area, scheme, 'rejected').some(
    (one) => one.fields.zone === class_ && daysBetween(String(one.fields.asOf), said.asOf) < rest,
  )
  const done = [...takenBack(stale), ...renewed(waits, said)]
  if (current?.fields.zone === class_ || waits.length > 0 || turnedDown) return done
  return [
    ...done,
    {
      key: `${area.id}/${scheme}/${said.asOf}/${class_}/${current?.id ?? 'first'}/${stale.map(({ id }) => id).join('+')}`,
      record: 'zone',
      action: 'propose',
      area: area.id,
      input: { place: area.id, scheme, zone: class_, ...said, ...(current === undefined ? {} : { from: current.fields.zone }) },
    },
  ]
}

/** No class follows: what was proposed is taken back, and the place says what is missing and who mends it. */
function noClass(survey: Survey, area: SurveyedArea, scheme: Scheme, asOf: string, reasons: readonly Label[]): readonly SurveyFinding[] {
  const waits = of(survey, area, scheme, 'undecided')
  const stale = of(survey, area, scheme, 'proposed')
  const said: Said = { asOf, reasons, instrument: instrumentOf(scheme) }
  const done = [...takenBack(stale), ...renewed(waits, said)]
  if (waits.length > 0) return done
  return [
    ...done,
    {
      key: `${area.id}/${scheme}/${asOf}/undecided/${stale.map(({ id }) => id).join('+')}`,
      record: 'zone',
      action: 'lack',
      area: area.id,
      input: { place: area.id, scheme, ...said },
    },
  ]
}
