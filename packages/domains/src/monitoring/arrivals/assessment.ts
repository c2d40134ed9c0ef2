import { derivedId, type Follow, type RecordState, type Situation } from '@guatu/kernel'
import { openTransfer, saidAnew } from '../care/sick.ts'
import { livesAlone, ruleNumbers } from '../watch/consequences.ts'
import type { arrivalFields } from './fields.ts'
import { judge } from './rule.ts'

export type ArrivalSituation = Situation<typeof arrivalFields>

const MS_PER_HOUR = 3_600_000

/** Declared after the time that the duty allows? By the hour where the hour of arrival is known, else by the day. */
function isLate({ after, act, parameter }: ArrivalSituation, declaredAt: string, declaredOn: string): boolean {
  const hours = parameter<number>('monitoring.declare.hours')
  if (after.arrivedAt !== undefined) return Date.parse(declaredAt) - Date.parse(after.arrivedAt) > hours * MS_PER_HOUR
  return (after.arrivedOn ?? act.day) < declaredOn && hours < 24
}

/** The observation that somebody is under now. */
export const active = (at: ArrivalSituation) => at.related.watches?.find((one) => one.state === 'watching' || one.state === 'absent')

/** The household that was said, else the one that the register knows. */
export const homeOf = ({ after, related }: ArrivalSituation): string | undefined => {
  const known = related.me?.[0]?.fields.household
  return after.household ?? (typeof known === 'string' ? known : undefined)
}

/**
 * What the rule says of a declaration as it now stands, by what was in force on the day of arrival, whenever it is declared or corrected:
 * a list that changed since changes nothing for whoever had arrived. A correction counts from the day that was set first.
 */
export const judged = ({ before, after, today, parameterOn }: ArrivalSituation) =>
  judge(after, today, parameterOn(after.arrivedOn ?? today), before?.from ?? today)

/** What the rule says of a declaration, written on it, and the observation that follows from it. */
export function assessed(at: ArrivalSituation): readonly Follow[] {
  const { before, after, act, today } = at
  const verdict = judged(at)
  if ('status' in verdict) return []
  const open = active(at)
  const observed = verdict.measure !== 'none'
  const mine = derivedId(`watch/${act.recordId}`)
  const watch = open?.id ?? (observed ? mine : undefined)
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
      reason: verdict.reason,
      late: sameDay ? before.late : isLate(at, after.declaredAt ?? act.happenedAt, today),
      watch: watch ?? null,
    },
  }
  return [assess, ...observation(at, verdict, open, mine), ...triage(at, watch)]
}

/** Another declaration of the same person that still asks for something. */
const askedElsewhere = ({ act, today, related }: ArrivalSituation): boolean =>
  (related.others ?? []).some(
    ({ id, state, fields }) => id !== act.recordId && state !== 'void' && fields.measure !== 'none' && String(fields.until ?? '') >= today,
  )

/** An observation rests on the declaration that opened it; once that one is void, on those that still ask for it. */
const restsHere = ({ act, related }: ArrivalSituation, open: RecordState): boolean =>
  open.fields.arrival === act.recordId || (related.others ?? []).some(({ id, state }) => id === open.fields.arrival && state === 'void')

/** A declaration that goes away takes along the observation that rests on it, unless another one asks for it. */
export function withdrawn(at: ArrivalSituation): readonly Follow[] {
  const open = active(at)
  return open && restsHere(at, open) && !askedElsewhere(at)
    ? [{ record: 'watch', recordId: open.id, action: 'void', input: { why: 'corrected' } }]
    : []
}

function observation(
  at: ArrivalSituation,
  verdict: Exclude<ReturnType<typeof judge>, { status: number }>,
  open: ReturnType<typeof active>,
  mine: string,
): readonly Follow[] {
  const { after, act, parameter } = at
  const { from, until } = verdict
  const household = homeOf(at)
  if (open === undefined) {
    if (verdict.measure === 'none') return []
    const input = {
      person: after.person,
      arrival: act.recordId,
      kind: verdict.measure,
      entry: 'arrival',
      class: verdict.class,
      from,
      until,
      readings: parameter<number>(`monitoring.readings.${verdict.measure}`),
      ...ruleNumbers(parameter),
      alone: livesAlone(at),
      ...(household === undefined ? {} : { household }),
      ...(after.lastContact === undefined ? {} : { lastContact: after.lastContact }),
    }
    return [{ record: 'watch', recordId: mine, action: 'begin', input }]
  }
  // An observation that rests on this declaration follows its corrections; another one is only ever made stricter or longer.
  const least = !restsHere(at, open) || askedElsewhere(at)
  if (verdict.measure === 'none') return least ? [] : [{ record: 'watch', recordId: open.id, action: 'void', input: { why: 'corrected' } }]
  const readings = parameter<number>(`monitoring.readings.${verdict.measure}`)
  const input = { kind: verdict.measure, class: verdict.class, from, until, readings, ...(least ? { least } : {}) }
  return [{ record: 'watch', recordId: open.id, action: 'adapt', input }]
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
