import {
  dayOf,
  derivedId,
  type Follow,
  isHere,
  type Label,
  type ParameterReader,
  type Problem,
  type RecordState,
  type Situation,
} from '@guatu/kernel'
import { isUnderWay, openTransfer, saidAnew } from '../care/sick.ts'
import { goesOn, holdsAnyway, WITHDRAWN } from '../watch/adapted.ts'
import { livesAlone, ruleNumbers } from '../watch/consequences.ts'
import { isOpen, type Watch } from '../watch/fields.ts'
import { atClinic, lookedAfterThere } from './at-clinic.ts'
import type { arrivalFields } from './fields.ts'
import { decidedAtGate } from './gate.ts'
import { endedBy, hadLeft, leftAgain, leftOn } from './left-again.ts'
import { judge, STRICTNESS, type Verdict } from './rule.ts'

export type ArrivalSituation = Situation<typeof arrivalFields>

const MS_PER_HOUR = 3_600_000

/** Declared after the time that the duty allows? By the hour where the hour of arrival is known, else by the day. */
function isLate({ after, act, parameter, zone }: ArrivalSituation, declaredAt: string): boolean {
  const declaredOn = dayOf({ epochMilliseconds: Date.parse(declaredAt) }, zone)
  const hours = parameter<number>('monitoring.declare.hours')
  if (after.arrivedAt !== undefined) return Date.parse(declaredAt) - Date.parse(after.arrivedAt) > hours * MS_PER_HOUR
  return (after.arrivedOn ?? act.day) < declaredOn && hours < 24
}

/** The observation that somebody is under now. */
export const active = (at: ArrivalSituation) => at.related.watches?.find(isOpen)

/** The household that was said, else the one that the register knows here: whoever is met elsewhere than they are registered has left that home. */
export const homeOf = (at: ArrivalSituation): string | undefined => {
  const [me] = at.related.me ?? []
  const known = me && isHere(at, me.area, at.area) ? me.fields.household : undefined
  return at.after.household ?? (typeof known === 'string' ? known : undefined)
}

/**
 * What the rule says of a declaration as it now stands, by what was in force on the day of arrival, whenever it is declared or corrected:
 * a list that changed since changes nothing for whoever had arrived. A correction counts from the day that was set first.
 */
export function judged(at: ArrivalSituation): Verdict | Problem {
  const known = verdicts.get(at)
  if (known) return known
  const { before, after, today, parameterOn } = at
  const made = judge({ ...after, gate: decidedAtGate(at) }, today, parameterOn(after.arrivedOn ?? today), before?.from ?? today)
  verdicts.set(at, made)
  return made
}

/** The guard asks, and what follows asks again. */
const verdicts = new WeakMap<ArrivalSituation, Verdict | Problem>()

/** What the rule says of a declaration, written on it, and the observation that follows from it. */
export function assessed(at: ArrivalSituation): readonly Follow[] {
  const { before, after, act } = at
  const verdict = judged(at)
  if ('status' in verdict) return []
  const { watch, follows, held, anyway, gone, clinic } = observation(at, verdict)
  const gate = decidedAtGate(at)
  // Who declared in time and corrects it the day after has declared in time.
  const sameDay = after.arrivedAt === undefined && before?.late !== undefined && before.arrivedOn === after.arrivedOn
  const assess: Follow = {
    record: 'arrival',
    recordId: act.recordId,
    action: 'assess',
    input: {
      measure: verdict.measure,
      class: verdict.class,
      from: verdict.from,
      until: verdict.until,
      listed: verdict.listed,
      reason: saidOf(verdict, { anyway, gone, clinic }),
      late: sameDay ? before.late : isLate(at, after.declaredAt ?? act.happenedAt),
      watch: watch ?? null,
      heldBack: held && (at.actor.self || unconfirmed(at)) ? true : null,
      ...(gate === undefined ? {} : { gateMeasure: gate.measure, gateDays: gate.days ?? null, gateFrom: gate.from }),
    },
  }
  return [assess, ...follows, ...triage(at, watch)]
}

/** What the rule said, and what is otherwise than it says. */
function saidOf({ reason }: Verdict, { anyway, gone, clinic }: Pick<Observation, 'anyway' | 'gone' | 'clinic'>): Label {
  if (anyway) return goesOn(reason, anyway)
  if (gone) return hadLeft(reason, gone)
  return clinic ? lookedAfterThere(reason) : reason
}

/** Other declarations of the same person that still ask for something: of those who have left since, they ask nothing here. */
const othersAsking = ({ act, today, related }: ArrivalSituation): readonly RecordState[] => {
  const lastLeft = (related.departures ?? []).reduce((last, one) => (one.state === 'left' ? later(last, leftOn(one)) : last), '')
  return (related.others ?? []).filter(
    ({ id, state, fields }) =>
      id !== act.recordId &&
      state !== 'void' &&
      fields.measure !== 'none' &&
      untilOf({ fields }) >= today &&
      String(fields.arrivedOn ?? '') >= lastLeft,
  )
}

const askedElsewhere = (at: ArrivalSituation): boolean => othersAsking(at).length > 0

const untilOf = ({ fields }: Pick<RecordState, 'fields'>): string => String(fields.until ?? '')
const strictness = ({ fields }: RecordState): number => STRICTNESS[(fields.measure ?? 'none') as Verdict['measure']]
const later = (one: string, other: string): string => (other > one ? other : one)

/**
 * An observation rests on the declaration that opened it; once that one is void, on those that still ask for it. One that took over another, which
 * somebody else may have entered, rests on no declaration alone.
 */
const restsHere = ({ act, related }: ArrivalSituation, open: RecordState): boolean =>
  open.fields.joined === undefined &&
  (open.fields.arrival === act.recordId || (related.others ?? []).some(({ id, state }) => id === open.fields.arrival && state === 'void'))

/** What the person corrected is held back, whatever else is written on the declaration, until somebody who has seen it confirms it. */
const unconfirmed = ({ after }: ArrivalSituation): boolean => after.heldBack === true

/** Why the observation that runs goes on, whatever is declared; nothing where it follows. */
const anywayOf = ({ related }: ArrivalSituation, open: RecordState): Label | undefined =>
  holdsAnyway({ ...(open.fields as Watch), transfer: related.way?.find(isUnderWay)?.id })

/**
 * A declaration that goes away takes along what it asked of the observation: it is what the others that still ask for it do, the strictest first. Where
 * none does, it is again what the one that opened it had asked for, also where that is over by now, and ends where that is void too or asked for
 * nothing; if it rests on nothing else than declarations.
 */
export function withdrawn(at: ArrivalSituation): readonly Follow[] {
  const open = active(at)
  if (!open) return []
  const others = othersAsking(at).toSorted((a, b) => strictness(b) - strictness(a) || untilOf(b).localeCompare(untilOf(a)))
  const opened = (at.related.others ?? []).find(({ id }) => id !== at.act.recordId && id === open.fields.arrival)
  if (open.fields.joined !== undefined || (opened === undefined && open.fields.arrival !== at.act.recordId)) return []
  if (others.length > 0)
    return others.map(({ id }, i) => ({ record: 'arrival', recordId: id, action: 'weigh', input: i === 0 ? { alone: true } : {} }))
  const why = anywayOf(at, open)
  if (why) return [{ record: 'arrival', recordId: at.act.recordId, action: 'goesOn', input: { reason: goesOn(WITHDRAWN, why) } }]
  const asked = at.act.happenedAt
  if (opened === undefined || opened.state === 'void' || strictness(opened) === 0)
    return [{ record: 'watch', recordId: open.id, action: 'unask', input: { at: asked } }]
  const { measure: kind, class: of, from, until } = opened.fields
  const readings = at.parameter<number>(`monitoring.readings.${String(kind)}`)
  return [{ record: 'watch', recordId: open.id, action: 'adapt', input: { kind, class: of, from, until, readings, at: asked } }]
}

interface Observation {
  /** The one that the declaration rests on now. */
  readonly watch: string | undefined
  /** It asks for more than the declaration does, and goes on as it is. */
  readonly held?: boolean
  /** Why it does so, whoever declares. */
  readonly anyway?: Label | undefined
  /** With what it ended at once. */
  readonly gone?: RecordState | undefined
  /** The clinic has the person, and another declaration had asked for what goes on afterwards, or none. */
  readonly clinic?: boolean | undefined
  readonly follows: readonly Follow[]
}

/**
 * What becomes of the observation under which the declaration puts somebody.
 * @param asked when it was asked for, and the rules of that day
 */
export function observation(
  at: ArrivalSituation,
  verdict: Pick<Verdict, 'measure' | 'class' | 'from' | 'until'>,
  asked: { readonly at: string; readonly parameter: ParameterReader } = { at: at.act.happenedAt, parameter: at.parameter },
): Observation {
  const { after, act } = at
  const { parameter } = asked
  const { measure, class: of, from, until } = verdict
  // Of a stay that was over by then, which becomes known only now, nothing is asked of an observation since.
  const gone = leftAgain(at)
  const open = gone && at.before === undefined ? undefined : active(at)
  // An observation that rests on this declaration follows its corrections; another one is only ever made stricter or longer.
  // Nobody shortens or loosens their own from a link: a worker who confirms it does.
  const unseen = at.actor.self === true || unconfirmed(at)
  const shared = open !== undefined && act.input.alone !== true && (!restsHere(at, open) || askedElsewhere(at))
  const least = open !== undefined && (unseen || shared)
  const why = open && (!least || unconfirmed(at)) ? anywayOf(at, open) : undefined
  const past = pastOf(at)
  // Whoever is at the clinic goes on with their observation afterwards.
  const away = unseen && !open && past?.state === 'transferred' ? past : undefined
  const held = open !== undefined && (least || why !== undefined) && asksMore(open, verdict)
  const anyway = held ? why : undefined
  if (measure === 'none')
    return open && !least && !why
      ? to(open.id, 'unask', { at: asked.at })
      : { watch: open?.id ?? away?.id, follows: [], held: held || away !== undefined, anyway }
  const period = {
    kind: measure,
    class: of,
    from,
    until,
    readings: parameter<number>(`monitoring.readings.${measure}`),
    at: asked.at,
  }
  if (open) {
    const adapt = to(open.id, 'adapt', { ...period, ...(livesAlone(at) ? { alone: true } : {}), ...(least ? { least } : {}) })
    const made = { ...adapt, follows: [...(least ? [] : sameHome(at, open)), ...adapt.follows] }
    const cameAfter = gone && !least && !why && (at.before?.arrivedOn ?? '') >= leftOn(gone)
    return { ...(cameAfter ? ending(made, gone) : made), held, anyway }
  }
  const clinic = gone ? undefined : kept(at)
  if (clinic && (clinic.watch === undefined || clinic.watch.id !== past?.id)) {
    const { watch } = clinic
    if (!watch) return { watch: undefined, follows: [], clinic: true }
    return { ...to(watch.id, 'adapt', { ...period, least: true }), held: asksMore(watch, verdict), clinic: true }
  }
  const household = homeOf(at)
  const input = {
    ...period,
    ...ruleNumbers(parameter),
    // Nobody is sent to those at home for whoever has gone.
    alone: gone !== undefined || livesAlone(at),
    ...(household === undefined ? {} : { household }),
    ...(after.lastContact === undefined ? {} : { lastContact: after.lastContact }),
  }
  const left = past && cameBack(at, past)
  if (past === undefined || (past.area !== at.area && !clinic) || left !== undefined) {
    // What is over stays where it was: whoever lives elsewhere by now is observed there, and whoever left and came back is observed anew.
    const id = derivedId(['watch', act.recordId, ...(past ? [left ?? at.area] : [])].join('/'))
    return ending(to(id, 'begin', { ...input, person: after.person, arrival: act.recordId, entry: 'arrival' }), gone)
  }
  if (past.state === 'transferred')
    return { ...to(past.id, 'adapt', { ...period, ...(away ? { least: true } : {}) }), held: away !== undefined && asksMore(past, verdict) }
  return asksAgain(verdict, past) ? ending(to(past.id, 'reopen', input), gone) : { watch: past.id, follows: [] }
}

/** Whom the clinic has on the day of the act. */
const kept = ({ act, parameter, related }: ArrivalSituation) =>
  atClinic({ day: act.day, parameter, transfers: related.transfers ?? related.way ?? [], watches: related.watches ?? [] })

/** Its home is the one that the declaration says now, unless it has gone on to another since. */
const sameHome = ({ before, after }: ArrivalSituation, open: RecordState): readonly Follow[] =>
  before === undefined ||
  after.household === undefined ||
  after.household === before.household ||
  (open.fields.household !== undefined && open.fields.household !== before.household)
    ? []
    : [{ record: 'watch', recordId: open.id, action: 'rehome', input: { household: after.household } }]

/** Whether an observation is stricter or longer than what is declared asks for. */
const asksMore = ({ fields }: RecordState, { measure, until }: Pick<Verdict, 'measure' | 'until'>): boolean =>
  measure === 'none' ||
  STRICTNESS[(fields.kind ?? 'none') as Verdict['measure']] > STRICTNESS[measure] ||
  String(fields.until ?? '') > until

/** What is opened of a stay that is over ends with it. */
const ending = (made: Observation, gone: RecordState | undefined): Observation =>
  gone && made.watch !== undefined ? { ...made, gone, follows: [...made.follows, endedBy(made.watch, gone)] } : made

const to = (watch: string, action: string, input: Follow['input']): Observation => ({
  watch,
  follows: [{ record: 'watch', recordId: watch, action, input }],
})

/** The observation that the declaration led to before and that is over; of several, the one that stands here. */
function pastOf({ act, area, before, related }: ArrivalSituation): RecordState | undefined {
  const some = (related.watches ?? []).filter(({ id, fields }) => id === before?.watch || fields.arrival === act.recordId)
  return some.find((one) => one.area === area && one.id === before?.watch) ?? some.find((one) => one.area === area) ?? some[0]
}

/** The departure that ended an observation, where the declaration is of coming back from it: said anew to be later, or by a gate on the way in. */
function cameBack({ after, act, related }: ArrivalSituation, { state, fields }: RecordState): string | undefined {
  const departure = (related.departures ?? []).find(({ id }) => id === fields.departure)
  if (state !== 'transferred' || departure?.state !== 'left') return undefined
  const back = (after.arrivedOn ?? '') > leftOn(departure) || String(act.input.on ?? '') >= leftOn(departure)
  return back ? departure.id : undefined
}

/**
 * Does a declaration as it stands now ask again for an observation that is over? One that it took back itself; else only for more than was served
 * or than an office struck out. Who is in hospital or has died is observed no more.
 */
function asksAgain({ measure, until }: Pick<Verdict, 'measure' | 'until'>, { state, fields }: RecordState): boolean {
  const longer = until > String(fields.until ?? '')
  if (state === 'released') return longer
  if (state !== 'void') return false
  return fields.why === 'corrected' || longer || STRICTNESS[measure] > STRICTNESS[(fields.kind ?? 'none') as Verdict['measure']]
}

/** Fever or signs on arrival: to the fever clinic at once. A correction tells only what it says anew: the rest was told, and may be cleared since. */
function triage(at: ArrivalSituation, watch: string | undefined): readonly Follow[] {
  const { after, act, parameter, related } = at
  return openTransfer(
    { person: after.person, household: homeOf(at), arrival: act.recordId, watch },
    { ...saidAnew(at), feverFrom: parameter<number>('monitoring.fever.from') },
    { transfers: related.transfers, day: act.day, happenedAt: act.happenedAt },
  )
}

/** Their own declaration sends them to the clinic where it had been taken for that of another one, unless they have been on their way since. */
export function sentAlone(at: ArrivalSituation): readonly Follow[] {
  const { after, act, state, parameter, related } = at
  const asked = after.declaredAt ?? act.happenedAt
  const since = (related.transfers ?? []).some((one) => isUnderWay(one) || one.createdAt >= asked)
  if (state === 'void' || since) return []
  return openTransfer(
    { person: after.person, household: homeOf(at), arrival: act.recordId, watch: after.watch },
    { temperature: after.temperature, symptoms: after.symptoms, feverFrom: parameter<number>('monitoring.fever.from') },
    { transfers: related.transfers, day: act.day, happenedAt: asked },
  )
}
