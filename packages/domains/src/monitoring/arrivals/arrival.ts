import { defineRecord, derivedId, type Follow, refuse, type Situation } from '@guatu/kernel'
import { openTransfer } from '../care/sick.ts'
import { livesAlone, ruleNumbers } from '../watch/consequences.ts'
import { arrivalFields } from './fields.ts'
import { judge } from './rule.ts'

type At = Situation<typeof arrivalFields>

const WRITE = {
  'grid-worker': 'area',
  'gate-officer': 'area',
  'health-worker': 'area',
  'town-clerk': 'area',
  'county-clerk': 'area',
  'duty-officer': 'all',
} as const

const DECLARED = ['person', 'channel', 'arrivedOn', 'origin'] as const
const TAKEN = [
  'household',
  'arrivedAt',
  'originCode',
  'via',
  'transport',
  'transportNumber',
  'companions',
  'history',
  'lastContact',
  'ownRoom',
  'temperature',
  'symptoms',
  'purpose',
  'certificate',
] as const

const MS_PER_HOUR = 3_600_000

/** Declared after the time that the duty allows? By the hour where the hour of arrival is known, else by the day. */
function isLate({ after, act, parameter }: At, declaredAt: string, declaredOn: string): boolean {
  const hours = parameter<number>('monitoring.declare.hours')
  if (after.arrivedAt !== undefined) return Date.parse(declaredAt) - Date.parse(after.arrivedAt) > hours * MS_PER_HOUR
  return (after.arrivedOn ?? act.day) < declaredOn && hours < 24
}

const active = (at: At) => at.related.watches?.find((one) => one.state === 'watching' || one.state === 'absent')

/** What the rule says of a declaration, written on it, and the observation that follows from it. */
function assessed(at: At): readonly Follow[] {
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
  at: At,
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
function triage({ after, act, parameter }: At): readonly Follow[] {
  return openTransfer(
    { person: after.person, household: after.household, arrival: act.recordId },
    { temperature: after.temperature, symptoms: after.symptoms, feverFrom: parameter<number>('monitoring.fever.from') },
    { key: act.recordId, day: act.day, happenedAt: act.happenedAt },
  )
}

const dates = ({ after, today, parameter }: At) => {
  if (after.arrivedOn !== undefined && after.arrivedOn > today)
    return refuse(
      'arrival-in-future',
      { zh: '到达日期在今天之后，请到达后再申报。', en: 'The day of arrival lies in the future; declare after arriving.' },
      { path: 'input.arrivedOn' },
    )
  if (after.lastContact !== undefined && after.lastContact > today)
    return refuse(
      'contact-in-future',
      { zh: '末次接触日期不能晚于今天。', en: 'The day of the last contact cannot lie in the future.' },
      { path: 'input.lastContact' },
    )
  const verdict = judge(after, today, parameter)
  return 'status' in verdict ? verdict : undefined
}

const WATCHES = {
  watches: { record: 'watch', by: 'person', through: 'person', sees: ['arrival', 'until'] },
  members: { record: 'person', by: 'household', through: 'household', sees: [] },
} as const

/** 返巴申报: by the person, by the household, by a worker or at a gate, with the same act; the rule by origin answers at once. */
export const arrival = defineRecord({
  name: 'arrival',
  label: { zh: '返巴申报', en: 'Arrival' },
  at: 'town',
  title: 'origin',
  fields: arrivalFields,
  states: {
    declared: { zh: '已申报', en: 'Declared' },
    confirmed: { zh: '已核实', en: 'Confirmed' },
    void: { zh: '误报', en: 'Void' },
  },
  actions: {
    declare: {
      label: { zh: '申报', en: 'Declare' },
      from: 'new',
      to: 'declared',
      by: WRITE,
      offline: true,
      self: true,
      needs: DECLARED,
      takes: TAKEN,
      tone: 'main',
      brings: { field: 'person', once: { on: 'arrivedOn', not: ['void'] } },
      related: WATCHES,
      guard: dates,
      effect: (_row, act) => ({ declaredBy: act.actor, declaredAt: act.happenedAt }),
      follows: assessed,
    },
    amend: {
      label: { zh: '更正申报', en: 'Correct' },
      from: ['declared'],
      to: 'same',
      by: WRITE,
      offline: true,
      self: true,
      takes: ['arrivedOn', 'origin', ...TAKEN],
      related: WATCHES,
      guard: dates,
      follows: assessed,
    },
    confirm: {
      label: { zh: '核实', en: 'Confirm' },
      from: ['declared'],
      to: 'confirmed',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      offline: true,
      tone: 'main',
      guard: ({ before, actor }) =>
        before?.channel === 'self' && before.declaredBy === actor.id
          ? refuse('own-declaration', {
              zh: '本人申报须由他人核实，请交包保责任人核实。',
              en: 'What somebody declared is confirmed by somebody else; leave it to the worker in charge.',
            })
          : undefined,
      effect: (_row, act) => ({ confirmedOn: act.day }),
    },
    withdraw: {
      label: { zh: '作废误报', en: 'Void' },
      from: ['declared', 'confirmed'],
      to: 'void',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'all' },
      tone: 'danger',
      related: WATCHES,
      follows: (at) => {
        const open = active(at)
        return open?.fields.arrival === at.act.recordId
          ? [{ record: 'watch', recordId: open.id, action: 'void', input: { why: 'corrected' } }]
          : []
      },
    },
    assess: {
      label: { zh: '研判', en: 'Assess' },
      from: ['declared', 'confirmed'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['measure', 'class', 'from', 'until', 'listed', 'reason', 'late'],
      takes: ['watch'],
    },
  },
  read: {
    'grid-worker': 'area',
    'health-worker': 'area',
    'town-clerk': 'area',
    'county-clerk': 'area',
    'gate-officer': 'area',
    'duty-officer': 'all',
    auditor: 'all',
  },
  reveal: { 'grid-worker': 'area', 'health-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'all' },
  moves: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'all' },
  list: {
    columns: ['arrivedOn', 'person', 'origin', 'transport', 'measure', 'until', 'late', 'channel', 'state', 'area'],
    filters: ['state', 'arrivedOn', 'measure', 'class', 'listed', 'late', 'channel', 'until'],
    sort: '-arrivedOn',
  },
  indexes: [['path', 'arrivedOn']],
  // A phone carries what is still to be confirmed, with what the worker has to compare at the door.
  carried: {
    fields: [
      'person',
      'household',
      'channel',
      'arrivedOn',
      'origin',
      'via',
      'measure',
      'class',
      'until',
      'reason',
      'temperature',
      'symptoms',
    ],
    rows: { op: 'is', field: 'state', value: 'declared' },
  },
})
