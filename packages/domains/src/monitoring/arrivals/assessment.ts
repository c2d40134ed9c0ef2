import { derivedId, type Follow, type Situation } from '@guatu/kernel'
import { openTransfer } from '../care/sick.ts'
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

/** What the rule says of a declaration, written on it, and the observation that follows from it. */
export function assessed(at: ArrivalSituation): readonly Follow[] {
  const { after, act, today, parameter } = at
  const verdict = judge(after, today, parameter)
  if ('status' in verdict) return []
  const open = active(at)
  const observed = verdict.measure !== 'none'
  const mine = derivedId(`watch/${act.recordId}`)
  const watch = open?.id ?? (observed ? mine : undefined)
  const assess: Follow = {
    record: 'arrival',
    recordId: act.recordId,
    action: 'assess',
    input: {
      measure: verdict.measure,
      class: verdict.class,
      from: verdict.from,
      until: verdict.until,
      listed: verdict.listed !== undefined,
      reason: verdict.reason,
      late: isLate(at, after.declaredAt ?? act.happenedAt, today),
      watch: watch ?? null,
    },
  }
  return [assess, ...observation(at, verdict, open, mine), ...triage(at)]
}

function observation(
  at: ArrivalSituation,
  verdict: Exclude<ReturnType<typeof judge>, { status: number }>,
  open: ReturnType<typeof active>,
  mine: string,
): readonly Follow[] {
  const { after, act, parameter } = at
  const period = { from: verdict.from, until: verdict.until }
  if (open === undefined) {
    if (verdict.measure === 'none') return []
    const rules = {
      readings: parameter<number>(`monitoring.readings.${verdict.measure}`),
      ...ruleNumbers(parameter),
    }
    const input = {
      person: after.person,
      arrival: act.recordId,
      kind: verdict.measure,
      entry: 'arrival',
      class: verdict.class,
      ...period,
      ...rules,
      alone: livesAlone(at),
      ...(after.household === undefined ? {} : { household: after.household }),
      ...(after.lastContact === undefined ? {} : { lastContact: after.lastContact }),
    }
    return [{ record: 'watch', recordId: mine, action: 'begin', input }]
  }
  // An observation that this declaration opened follows its corrections; another one is only ever made longer.
  if (open.fields.arrival === act.recordId) {
    if (verdict.measure === 'none') return [{ record: 'watch', recordId: open.id, action: 'void', input: { why: 'corrected' } }]
    return [{ record: 'watch', recordId: open.id, action: 'adapt', input: { kind: verdict.measure, class: verdict.class, ...period } }]
  }
  const longer = verdict.measure !== 'none' && String(open.fields.until ?? '') < verdict.until
  return longer ? [{ record: 'watch', recordId: open.id, action: 'adapt', input: { class: verdict.class, ...period } }] : []
}

/** Fever or signs on arrival: to the fever clinic at once. */
function triage({ after, act, parameter }: ArrivalSituation): readonly Follow[] {
  return openTransfer(
    { person: after.person, household: after.household, arrival: act.recordId },
    { temperature: after.temperature, symptoms: after.symptoms, feverFrom: parameter<number>('monitoring.fever.from') },
    { key: act.recordId, day: act.day, happenedAt: act.happenedAt },
  )
}
