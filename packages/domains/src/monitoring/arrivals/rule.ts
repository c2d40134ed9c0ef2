import { addDays, daysBetween, fill, type Label, label, type ParameterReader, type Problem, refuse, whence } from '@guatu/kernel'
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
  readonly gate?: GateDecided | undefined
}

/** What a gate decided of somebody on the way here. */
export interface GateDecided {
  readonly measure: 'home' | 'central'
  /** Days of observation; those of the class where the gate named none, or its ground was corrected. */
  readonly days?: number | undefined
  /** Day from which they count, `YYYY-MM-DD`. */
  readonly from: string
}

export interface Verdict {
  readonly measure: Kind | 'none'
  /** Absent where nothing is asked for from the start. */
  readonly class: ObservedClass
  /** Day from which the period counts, and the last day of it. */
  readonly from: string
  readonly until: string
  /** From a listed place, by the list or by what the person says. */
  readonly listed: boolean
  readonly reason: Label
}

const MEASURES: readonly string[] = [...Object.keys(KINDS), 'none']

/** How much a measure takes from somebody: of two, the stricter holds. */
export const STRICTNESS: Readonly<Record<Kind | 'none', number>> = { none: 0, self: 1, home: 2, central: 3 }

/** The measure that a parameter sets for a class. */
export function measureOf(parameter: ParameterReader, of: Ground): Kind | 'none' | Problem {
  const set = parameter<string>(`monitoring.measure.${of}`)
  if (MEASURES.includes(set)) return set as Kind | 'none'
  return refuse('rule-unclear', {
    zh: `参数 monitoring.measure.${of} 的取值“${set}”无效，应为 ${MEASURES.join('、')} 之一，请管理员更正。`,
    en: `The parameter monitoring.measure.${of} says “${set}”; it must be one of ${MEASURES.join(', ')}. Ask the administrator to correct it.`,
  })
}

type Ground = 'contact' | 'listed' | 'other'

/** Every ground on which somebody is observed: a contact who also comes from a listed place has two, and serves both. */
const groundsOf = (at: Declared, listed: boolean): readonly Ground[] => {
  const contact = at.lastContact !== undefined || at.history?.includes('contact')
  return contact || listed ? [...(contact ? (['contact'] as const) : []), ...(listed ? (['listed'] as const) : [])] : ['other']
}

/** First and last day of a period of `days`, for somebody known from `found` on; the last day is that of release. */
export const period = (parameter: ParameterReader, of: ObservedClass, from: string, found: string) =>
  served(parameter, parameter<number>(`monitoring.days.${of}`), from, found)

function served(parameter: ParameterReader, days: number, from: string, found: string): { from: string; until: string } {
  const start = parameter<boolean>('monitoring.late.remaining') || found < from ? from : found
  return { from: start, until: addDays(start, days) }
}

/** What one ground asks for. */
interface Claim {
  readonly of: Ground
  readonly set: Kind | 'none'
  readonly from: string
  readonly until: string
  readonly gate?: true
}

function claimsOf(at: Declared, listed: boolean, found: string, parameter: ParameterReader): readonly Claim[] | Problem {
  const claims: Claim[] = []
  for (const of of groundsOf(at, listed)) {
    const set = measureOf(parameter, of)
    if (typeof set !== 'string') return set
    const since = (of === 'contact' ? at.lastContact : undefined) ?? at.arrivedOn ?? found
    claims.push({ of, set, ...period(parameter, of, since, found) })
  }
  if (!at.gate) return claims
  const { measure, days, from } = at.gate
  const term = days === undefined ? claims.reduce(later) : served(parameter, days, from, found)
  return [...claims, { of: listed ? 'listed' : 'other', set: measure, from: term.from, until: term.until, gate: true }]
}

const later = (a: Claim, b: Claim): Claim => (b.until > a.until ? b : a)

/**
 * The rule by origin: what somebody who arrives has to do, for how long, and why, in words. Who is observed on two grounds has the
 * stricter measure, until the last of the two periods has ended. What a gate decided holds beside them: never less than it.
 * @param found day on which it was declared, from which a whole period counts where remaining days are not enough
 */
export function judge(at: Declared, today: string, parameter: ParameterReader, found = today): Verdict | Problem {
  const { listed: place, known } = whence(parameter<readonly string[]>('monitoring.listed.places'), at)
  const listed = place !== undefined || at.history?.includes('listed') === true
  const claims = claimsOf(at, listed, found, parameter)
  if ('status' in claims) return claims
  const open = claims.filter((one) => one.until >= today && one.set !== 'none')
  const last = (open.length > 0 ? open : claims).reduce(later)
  const strictest = open.reduce((a, b) => (STRICTNESS[b.set] > STRICTNESS[a.set] ? b : a), last)
  const { of, set } = strictest
  const { from, until } = last
  // A single room, else a central point.
  const roomless = set === 'home' && at.ownRoom === false
  const measure = until < today ? 'none' : roomless ? 'central' : set
  const words = {
    class: CLASSES[of],
    listed: place ?? '',
    origin: at.origin ?? '',
    from,
    until,
    left: Math.max(0, daysBetween(today, until)),
    measure: measure === 'none' ? label('不采取措施', 'no measure') : label(KINDS[measure].zh, KINDS[measure].en.toLowerCase()),
  }
  const ground = last.of === of ? groundIn(of, place, known) : alsoIn(last.of, place, known)
  const why = last.gate || strictest.gate ? join(ground, label('按卡口查验结果', 'as the gate decided')) : ground
  const what =
    until < today
      ? label('，期限{until}已满，不再观察。', '; the period ended on {until}, nothing is left to serve.')
      : measure === 'none'
        ? label('，不需观察。', '; no observation is needed.')
        : roomless
          ? label('，家中无单间，{measure}至{until}，还有{left}天。', '; no room of one’s own, {measure} until {until}, {left} days left.')
          : label('，{measure}至{until}，还有{left}天。', ', {measure} until {until}, {left} days left.')
  const reason = fill({ zh: `{class}：${why.zh}${what.zh}`, en: `{class}: ${why.en}${what.en}` }, words)
  return { measure, class: of, from, until, listed, reason }
}

const join = (one: Label, other: Label): Label => ({ zh: `${one.zh}，${other.zh}`, en: `${one.en}, ${other.en}` })

/** What the class does not say already of the ground from which it follows, with the day from which it counts. */
function groundIn(of: Ground, place: string | undefined, known: boolean): Label {
  if (of === 'contact') return label('自末次接触{from}起算', 'counted from the last contact on {from}')
  if (of === 'other')
    return known
      ? label('自{from}起算', 'counted from {from}')
      : label(
          '来源地“{origin}”未能识别，未述及疫情较重地区旅居史，自{from}起算',
          'from “{origin}”, which is not known by name; no stay in a listed place was said; counted from {from}',
        )
  return place === undefined
    ? label('自述有旅居史，自{from}起算', 'says they stayed there, counted from {from}')
    : label('来自或途经“{listed}”，自{from}起算', 'came from or through “{listed}”, counted from {from}')
}

/** Another ground than that of the class, whose period ends last, with the day from which it counts. */
function alsoIn(of: Ground, place: string | undefined, known: boolean): Label {
  if (of === 'contact')
    return label('另有密切接触史，自末次接触{from}起算', 'also a close contact, counted from the last contact on {from}')
  if (of === 'other')
    return known ? label('另来自其他地区，自{from}起算', 'also from elsewhere, counted from {from}') : groundIn(of, place, known)
  return place === undefined
    ? label('另自述有疫情较重地区旅居史，自{from}起算', 'also says they stayed in a listed place, counted from {from}')
    : label('另来自或途经疫情较重地区“{listed}”，自{from}起算', 'also from or through the listed place “{listed}”, counted from {from}')
}
