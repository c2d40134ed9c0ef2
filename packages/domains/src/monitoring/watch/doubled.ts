import { type Act, type Action, type Changes, CORRECT, type Draft, type Follow, f, type Problem, refuse } from '@guatu/kernel'
import type { ObservedClass } from '../options.ts'
import { fields, isOpen, OBSERVED, type Watch, type WatchSituation, type WatchState } from './fields.ts'
import { backInRoom, LODGE_AGAIN } from './lodged-again.ts'
import { meanwhile, OWN_WAY } from './own-way.ts'
import { dueAgain, left } from './reading.ts'

/** Of two grounds the stricter is kept: whoever was near a case goes before whoever only came from somewhere. */
const GROUND: Readonly<Record<ObservedClass, number>> = { other: 0, listed: 1, recovered: 2, exposed: 3, contact: 4 }

const KEPT = { kept: { record: 'watch', at: 'keptBy', sees: [] } } as const
const theOther = { double: f.record({ label: { zh: '并入的观察', en: 'Observation that ended' }, of: 'watch' }) } as const

/** What goes over to the observation that stays: ground and period, signs, the way to the clinic, the last reading. */
const GOES_OVER = {
  class: fields.class,
  lastContact: fields.lastContact,
  from: fields.from,
  until: fields.until,
  alarm: fields.alarm,
  alarmOn: fields.alarmOn,
  alertedOn: fields.alertedOn,
  everSick: fields.everSick,
  transfer: fields.transfer,
  lastCheckDay: fields.lastCheckDay,
  lastCheckAt: fields.lastCheckAt,
  lastHalves: fields.lastHalves,
  lastTemperature: fields.lastTemperature,
  lastSymptoms: fields.lastSymptoms,
  dueMorning: fields.dueMorning,
  dueEvening: fields.dueEvening,
} as const

const goesOver = (row: Watch = {}) => Object.fromEntries(Object.entries(row).filter(([name]) => name in GOES_OVER))

/** Only another observation that runs may take this one over. */
const stillRuns = ({ after, act, related }: WatchSituation): Problem | undefined => {
  const [kept] = related.kept ?? []
  return kept && kept.id !== act.recordId && isOpen(kept)
    ? undefined
    : refuse(
        'kept-over',
        { zh: '应保留的观察已不在观察中，请重新核对。', en: 'The observation that was to stay does not run any more; look again.' },
        { status: 409, data: { record: 'watch', id: after.keptBy } },
      )
}

/** Whoever had left without leave is looked for under the observation that stays. */
function tookOver({ before, after, state, act, related }: WatchSituation): readonly Follow[] {
  const [kept] = related.kept ?? []
  const recordId = after.keptBy
  if (!kept || recordId === undefined) return []
  return [
    { record: 'watch', recordId, action: 'join', input: { ...goesOver(before), double: act.recordId } },
    ...(state === 'absent' && kept.state === 'watching' ? [{ record: 'watch', recordId, action: 'leave', input: goneTo(before) }] : []),
  ]
}

const goneTo = (row: Watch | undefined) => (row?.exitTo === undefined ? {} : { exitTo: row.exitTo })

/** Of two days or moments the later one. */
const last = (own: string | undefined, other: string | undefined): string | null =>
  own === undefined || (other !== undefined && other > own) ? (other ?? null) : own

/** An observation with what was known under another entry of the same person: the later end, the stricter ground, no sign lost. */
export function joined(row: Watch, act: Act): Changes<typeof fields> {
  const { double = null, ...theirs } = act.input as Draft<typeof fields> & { readonly double?: string }
  const longer = (theirs.until ?? '') > (row.until ?? '')
  const stricter = GROUND[theirs.class ?? 'other'] > GROUND[row.class ?? 'other']
  const read = (theirs.lastCheckAt ?? '') > (row.lastCheckAt ?? '') ? theirs : row
  return {
    joined: double,
    class: (stricter ? theirs : row).class ?? null,
    from: (longer ? theirs : row).from ?? null,
    until: (longer ? theirs : row).until ?? null,
    ...(longer ? { proposedOn: null } : {}),
    lastContact: last(row.lastContact, theirs.lastContact),
    alarm: row.alarm ?? theirs.alarm ?? null,
    alarmOn: last(row.alarmOn, theirs.alarmOn),
    alertedOn: last(row.alertedOn, theirs.alertedOn),
    everSick: row.everSick ?? theirs.everSick ?? null,
    transfer: row.transfer ?? theirs.transfer ?? null,
    lastCheckDay: read.lastCheckDay ?? null,
    lastCheckAt: read.lastCheckAt ?? null,
    lastHalves: read.lastHalves ?? null,
    lastTemperature: read.lastTemperature ?? null,
    lastSymptoms: read.lastSymptoms ?? null,
    dueMorning: last(row.dueMorning, theirs.dueMorning),
    // Who is read once a day has no evening, whatever the other was asked for.
    dueEvening: row.dueEvening === undefined ? null : last(row.dueEvening, theirs.dueEvening),
  }
}

/** The other one is as if it had never been told; who had left without leave is looked for again. */
const apart = ({ before, act }: WatchSituation): readonly Follow[] => [
  ...(before?.keptBy === undefined
    ? []
    : [
        {
          record: 'watch',
          recordId: before.keptBy,
          action: CORRECT,
          input: { act: { action: 'join', input: { double: act.recordId } }, reason: '合并登记已撤销', void: true },
        },
      ]),
  ...(before?.absentSince === undefined ? [] : [{ record: 'watch', recordId: act.recordId, action: 'leave', input: goneTo(before) }]),
]

/** One person, entered twice and observed twice: one observation stays, and the other is there again when the two turn out to be two people. */
export const doubled = {
  double: {
    label: { zh: '合并登记，由另一观察继续', en: 'Entered twice: another observation goes on' },
    from: OBSERVED,
    to: 'void',
    by: {},
    automatic: true,
    needs: ['keptBy'],
    related: KEPT,
    guard: stillRuns,
    effect: (row, act) => ({ ...left(row, act), why: 'duplicate' }),
    follows: tookOver,
  },
  join: {
    label: { zh: '并入同一人的另一观察', en: 'Takes over another observation of the person' },
    from: OBSERVED,
    to: 'same',
    by: {},
    automatic: true,
    with: { ...theOther, ...GOES_OVER },
    effect: joined,
  },
  separate: {
    label: { zh: '撤销合并，恢复观察', en: 'Two people after all: observed again' },
    from: ['void'],
    to: 'watching',
    by: {},
    automatic: true,
    effect: (row, act) => ({
      exitOn: null,
      why: null,
      keptBy: null,
      absentSince: null,
      alarm: (row.alarmOn ?? '') > (row.clearedOn ?? '') ? true : null,
      ...dueAgain(row, act.day),
    }),
    related: { ...LODGE_AGAIN, ...OWN_WAY },
    follows: (at) => [...apart(at), ...backInRoom(at), ...meanwhile(at)],
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
