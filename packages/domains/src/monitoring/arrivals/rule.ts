import { addDays, daysBetween, fill, type Label, label, type ParameterReader, type Problem, refuse } from '@guatu/kernel'
import { CLASSES, KINDS, type Kind, type ObservedClass } from '../options.ts'

/** What the rule looks at: nothing that identifies. */
export interface Declared {
  /** Where somebody comes from, as written, and its administrative code where known. */
  readonly origin?: string
  readonly originCode?: string
  /** Places passed through, as written. */
  readonly via?: string
  readonly history?: readonly string[]
  /** Last unprotected contact with a case, `YYYY-MM-DD`. */
  readonly lastContact?: string
  readonly arrivedOn?: string
  /** Has a room of one's own at home. */
  readonly ownRoom?: boolean
}

export interface Verdict {
  readonly measure: Kind | 'none'
  /** Absent where nothing is asked for from the start. */
  readonly class: ObservedClass
  /** Day from which the period counts, and the last day of it. */
  readonly from: string
  readonly until: string
  /** The listed place that matched. */
  readonly listed?: string
  readonly reason: Label
}

/** The list entry that names this place: digits are a prefix of its code, words a part of its name. */
export function listedPlace(places: readonly string[], at: Pick<Declared, 'origin' | 'originCode' | 'via'>): string | undefined {
  const names = `${at.origin ?? ''}\n${at.via ?? ''}`
  return places.find((entry) => (/^\d+$/.test(entry) ? (at.originCode ?? '').startsWith(entry) : names.includes(entry)))
}

const MEASURES: readonly string[] = [...Object.keys(KINDS), 'none']

/** The measure that a parameter sets for a class. */
export function measureOf(parameter: ParameterReader, of: 'contact' | 'listed' | 'other'): Kind | 'none' | Problem {
  const set = parameter<string>(`monitoring.measure.${of}`)
  if (MEASURES.includes(set)) return set as Kind | 'none'
  return refuse('rule-unclear', {
    zh: `参数 monitoring.measure.${of} 的取值“${set}”无效，应为 ${MEASURES.join('、')} 之一，请管理员更正。`,
    en: `The parameter monitoring.measure.${of} says “${set}”; it must be one of ${MEASURES.join(', ')}. Ask the administrator to correct it.`,
  })
}

const classOf = (at: Declared, listed: string | undefined): 'contact' | 'listed' | 'other' =>
  at.lastContact !== undefined || at.history?.includes('contact') ? 'contact' : listed !== undefined ? 'listed' : 'other'

/** First and last day of a period of `days`, for somebody known from `found` on; the last day is that of release. */
export function period(parameter: ParameterReader, of: ObservedClass, from: string, found: string): { from: string; until: string } {
  const days = parameter<number>(`monitoring.days.${of}`)
  const start = parameter<boolean>('monitoring.late.remaining') || found < from ? from : found
  return { from: start, until: addDays(start, days) }
}

/** The rule by origin: what somebody who arrives has to do, for how long, and why, in words. */
export function judge(at: Declared, today: string, parameter: ParameterReader): Verdict | Problem {
  const listed = listedPlace(parameter<readonly string[]>('monitoring.listed.places'), at)
  const of = classOf(at, listed)
  const set = measureOf(parameter, of)
  if (typeof set !== 'string') return set
  const since = at.lastContact ?? at.arrivedOn ?? today
  const { from, until } = period(parameter, of, since, today)
  // A single room, else a central point.
  const roomless = set === 'home' && at.ownRoom === false
  const measure = until < today ? 'none' : roomless ? 'central' : set
  const words = {
    class: CLASSES[of],
    listed: listed ?? '',
    from,
    until,
    left: Math.max(0, daysBetween(today, until)),
    measure: measure === 'none' ? label('不采取措施', 'no measure') : KINDS[measure],
  }
  const why =
    of === 'contact'
      ? label('有密切接触史，自末次接触{from}起算', 'close contact, counted from the last contact on {from}')
      : of === 'listed'
        ? label('来自或途经疫情较重地区名单“{listed}”，自{from}起算', 'from or through the listed place “{listed}”, counted from {from}')
        : label('来自其他地区，自{from}起算', 'from elsewhere, counted from {from}')
  const what =
    until < today
      ? label('，期限{until}已满，不再观察。', '; the period ended on {until}, nothing is left to serve.')
      : measure === 'none'
        ? label('，不需观察。', '; no observation is needed.')
        : roomless
          ? label('，家中无单间，{measure}至{until}，还有{left}天。', '; no room of one’s own, {measure} until {until}, {left} days left.')
          : label('，{measure}至{until}，还有{left}天。', ', {measure} until {until}, {left} days left.')
  const reason = fill({ zh: `{class}：${why.zh}${what.zh}`, en: `{class}: ${why.en}${what.en}` }, words)
  return { measure, class: of, from, until, ...(listed === undefined ? {} : { listed }), reason }
}
