import {
  type Act,
  addDays,
  apart,
  comesToStay,
  dayOf,
  derivedId,
  type Follow,
  fullDayWords,
  goesBack,
  leftBetween,
  MOVE,
  type Problem,
  type RecordState,
  refuse,
  type Situation,
} from '@guatu/kernel'
import { isNear } from '../near.ts'
import { cameWhen, type fields, isObserved } from './way.ts'

type TransitSituation = Situation<typeof fields>

/** What the person has declared of arriving. */
export const DECLARATIONS = {
  record: 'arrival',
  by: 'person',
  through: 'person',
  sees: ['arrivedOn', 'origin', 'until', 'gateFrom'],
  doubles: 'person',
} as const

/** When the person left the city, as far as it was confirmed. */
export const DEPARTURES = { record: 'departure', by: 'person', through: 'person', sees: ['leftOn'], doubles: 'person' } as const

/** The line at the gate is received. */
export const received = ({ after, act }: TransitSituation): readonly Follow[] =>
  after.crossing === undefined
    ? []
    : [{ record: 'crossing', recordId: after.crossing, action: 'receive', input: { confirmedAt: act.happenedAt } }]

/** The declarations that arriving makes: another one each time that it was taken back. */
const declarationId = (transit: string, time: number): string => derivedId(`arrival/${transit}${time === 0 ? '' : `/${time}`}`)

/** Nobody arrived: the gate's line waits again, what arriving declared is void with its observation, and nothing of the gate holds elsewhere. */
export function takenBack({ before, after, act, related, zone }: TransitSituation): readonly Follow[] {
  const known = new Map((related.declarations ?? []).map((one) => [one.id, one.state]))
  const made: Follow[] = []
  for (let time = 0; known.has(declarationId(act.recordId, time)); time += 1) {
    const recordId = declarationId(act.recordId, time)
    if (known.get(recordId) !== 'void') made.push({ record: 'arrival', recordId, action: 'withdraw', input: { nobody: true } })
    known.delete(recordId)
  }
  const { on } = cameWhen(before ?? {}, before?.arrivedAt ?? act.happenedAt, zone)
  for (const { id, fields } of related.declarations ?? [])
    if (known.has(id) && known.get(id) !== 'void' && fields.gateFrom === on)
      made.push({ record: 'arrival', recordId: id, action: 'letGo', input: {} })
  return [
    ...(after.crossing === undefined ? [] : [{ record: 'crossing', recordId: after.crossing, action: 'awaited', input: {} }]),
    ...made,
    ...goesBack({ act, related }),
  ]
}

/** Where somebody comes from whom a gate let in without writing it down. */
const unsaid = (listed: boolean | undefined): string => (listed ? '重点地区（卡口未登记具体来源地）' : '卡口未登记来源地')

/** The city day on which the gate was passed, where that was handed on. */
const crossedOn = ({ after: { crossedAt }, zone }: TransitSituation): string | undefined =>
  crossedAt === undefined ? undefined : dayOf(Temporal.Instant.from(crossedAt), zone)

/**
 * Nobody arrives before they pass the gate: what was declared of an earlier day is of an earlier arrival, and this is another one. But for what was
 * said on the way, the evening before, and nobody has looked at yet: that is the same, unless the gate names another origin.
 */
function cameBefore(at: TransitSituation, { state, fields }: RecordState): boolean {
  const [crossed, arrivedOn] = [crossedOn(at), String(fields.arrivedOn)]
  if (crossed === undefined || arrivedOn >= crossed) return false
  const onTheWay = state === 'declared' && addDays(arrivedOn, 1) >= crossed
  return !onTheWay || apart(String(fields.origin ?? ''), at.after.origin ?? '')
}

/**
 * What the gate wrote down and decided is the declaration of whoever arrives to be observed: nobody is asked twice where they come from, and where
 * somebody has declared already, the decision of the gate holds beside it.
 */
export function declared(at: TransitSituation): readonly Follow[] {
  const { after, act, area: stands, zone, related } = at
  const { person, decision, days, listed } = after
  if (!isObserved(decision) || person === undefined) return []
  const { on, at: arrivedAt } = cameWhen(after, act.happenedAt, zone)
  const area = said(act) ?? stands
  // Whoever declared on the way, by a link of their own or to somebody else, has said it already.
  const stand = (related.declarations ?? []).filter(({ state }) => state !== 'void')
  const same =
    stand.find(({ fields }) => fields.arrivedOn === on) ??
    stand.find(
      (one) =>
        String(one.fields.until ?? '') >= act.day &&
        !cameBefore(at, one) &&
        !leftBetween(related.departures, String(one.fields.arrivedOn), on),
    )
  if (same) {
    const input = { measure: decision, on, ...(days === undefined ? {} : { days }), ...(listed ? { listed } : {}) }
    return [{ record: 'arrival', recordId: same.id, action: 'uphold', input }]
  }
  const known = new Set((related.declarations ?? []).map(({ id }) => id))
  let time = 0
  while (known.has(declarationId(act.recordId, time))) time += 1
  return [
    {
      record: 'arrival',
      recordId: declarationId(act.recordId, time),
      once: true,
      action: 'handOver',
      area,
      input: {
        person,
        channel: 'gate',
        arrivedOn: on,
        ...(arrivedAt === undefined ? {} : { arrivedAt }),
        origin: after.origin ?? unsaid(listed),
        gateMeasure: decision,
        gateFrom: on,
        ...(days === undefined ? {} : { gateDays: days }),
        ...(listed ? { history: ['listed'] } : {}),
        ...(decision === 'central' ? { ownRoom: false } : {}),
      },
    },
  ]
}

/** Whoever is received to be observed stays where they are; at a central point they are its guest, and live where they did. */
export function staysThere(at: TransitSituation): readonly Follow[] {
  const village = said(at.act)
  const stays = isObserved(at.after.decision) && at.after.site === undefined
  return stays ? comesToStay(at, village === undefined ? {} : { village }) : []
}

/** The village that the act says, where it says one. */
const said = (act: Act): string | undefined => (typeof act.input.village === 'string' ? act.input.village : undefined)

/** Whoever is received in a village, or waited for there, stands in its list from then on. */
export const placed = ({ act, area }: TransitSituation): readonly Follow[] => {
  const village = said(act)
  return village === undefined || village === area
    ? []
    : [{ record: 'transit', recordId: act.recordId, action: MOVE, area: village, input: {} }]
}

/** Somebody is received, and waited for, where somebody near can watch over them, within the place they were sent to. */
export function inPlace({ act, area, places, today }: TransitSituation): Problem | undefined {
  const village = said(act)
  if (village === undefined) return undefined
  const within = places.path(village, today)?.startsWith(places.path(area, today) ?? '/') === true
  return within && isNear(places.level(village, today))
    ? undefined
    : refuse(
        'village-wrong',
        {
          zh: '请选择目的地范围内的村（社区）或乡镇；人去了别处的，请卡口更正登记的目的地。',
          en: 'Choose a village or town within the destination; for somebody who went elsewhere, the gate corrects the destination of its line.',
        },
        { path: 'input.village' },
      )
}

/** Nobody arrives before the gate was passed, nor ahead of today; and who is to be observed arrives where somebody can watch over them. */
export function mayArrive(at: TransitSituation): Problem | undefined {
  const { after, act, area, places, today } = at
  const { person, decision, arrivedOn } = after
  const wrong = inPlace(at)
  if (wrong) return wrong
  if (person !== undefined && isObserved(decision) && said(act) === undefined && !isNear(places.level(area, today)))
    return refuse(
      'village-needed',
      {
        zh: '目的地只到区县，还没有人负责观察：请填写到达的村（社区），或用“指定村（社区）”转由该村确认。',
        en: 'The destination is no village yet, so nobody there would look after the person: say which village they arrived in, or have it confirm with “Say which village”.',
      },
      { path: 'input.village' },
    )
  if (arrivedOn !== undefined && arrivedOn > today)
    return refuse(
      'day-in-future',
      { zh: '到达日期在今天之后，请核对。', en: 'The day of arrival lies in the future; check it.' },
      { path: 'input.arrivedOn' },
    )
  const crossed = crossedOn(at)
  return arrivedOn !== undefined && crossed !== undefined && arrivedOn < crossed
    ? refuse(
        'arrived-before-crossing',
        {
          zh: `此人${fullDayWords(crossed).zh}才过卡，到达日期不能更早；卡口登记有误的，请卡口撤销后重新登记。`,
          en: `This person passed the gate on ${fullDayWords(crossed).en} and cannot have arrived before; where the line at the gate is wrong, the gate strikes it and enters it anew.`,
        },
        { path: 'input.arrivedOn' },
      )
    : undefined
}

/** What arriving declared, and what was declared before and holds by the gate, has the day that the corrected act says. */
export function redated({ before, after, act, related, zone }: TransitSituation): readonly Follow[] {
  if (before?.arrivedAt === undefined || after.arrivedAt === undefined) return []
  const [was, is] = [cameWhen(before, before.arrivedAt, zone), cameWhen(after, after.arrivedAt, zone)]
  if (was.on === is.on) return []
  const declarations = related.declarations ?? []
  const made = new Set(declarations.map((_, time) => declarationId(act.recordId, time)))
  return declarations.flatMap(({ id, state, fields }): readonly Follow[] => {
    if (state === 'void' || fields.gateFrom !== was.on) return []
    // Where somebody corrected the day on the declaration itself, that stands.
    const moves = made.has(id) && fields.arrivedOn === was.on
    const input = { gateFrom: is.on, ...(moves ? { arrivedOn: is.on, arrivedAt: is.at ?? null } : {}) }
    return [{ record: 'arrival', recordId: id, action: 'redate', input }]
  })
}
