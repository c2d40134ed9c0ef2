import { type Action, type Follow, f, type ParameterReader } from '@guatu/kernel'
import { attend, CLINIC_UNNAMED } from '../care/consequences.ts'
import { isSick, isUnderWay, sendToClinic, TRANSFERS } from '../care/sick.ts'
import { ENDED_FOR_NOW, type fields, isOpen, OBSERVED, type Watch, type WatchSituation, type WatchState } from './fields.ts'

const ANY = ['watching', 'absent', 'released', 'transferred', 'confirmed', 'died', 'void'] as const

/** Whom the clinic took in was the other one: the observation that this ended goes on, unless another one does by now. */
function goesOn({ before, state, act, related }: WatchSituation): readonly Follow[] {
  const ended = before?.transfer === act.input.of && before?.departure === undefined && ENDED_FOR_NOW.some((one) => one === state)
  return ended && !(related.mine ?? []).some(isOpen) ? [{ record: 'watch', recordId: act.recordId, action: 'resume', input: {} }] : []
}

/** Signs that nobody has looked at, of somebody who is observed or will be again. */
const signsOpen = ({ alarmOn = '', clearedOn = '', why }: Watch, state: string | undefined): boolean =>
  alarmOn > clearedOn && (OBSERVED.some((one) => one === state) || (state === 'void' && why === 'duplicate'))

/** They are on the way to the clinic under their own name, or are sent there for their own signs. */
function sentAlone({ after, act, state, related, parameter }: WatchSituation): readonly Follow[] {
  const way = (related.transfers ?? []).find(isUnderWay)
  const open = OBSERVED.some((one) => one === state)
  if (way)
    return open && after.transfer === undefined ? [attend(act.recordId, way.id, way.fields.reason === 'signs' ? act.day : undefined)] : []
  if (!signsOpen(after, state)) return []
  return sendToClinic({ person: after.person, household: after.household, watch: act.recordId }, lastSigns(after, parameter), {
    transfers: related.transfers,
    day: act.day,
    happenedAt: after.lastCheckAt ?? act.happenedAt,
    read: act.recordId,
  })
}

/** What was read last, where that is a sign. */
function lastSigns({ lastTemperature: temperature, lastSymptoms: symptoms = [], feverFrom }: Watch, parameter: ParameterReader) {
  return isSick({ temperature, symptoms, feverFrom: feverFrom ?? parameter<number>('monitoring.fever.from') })
    ? { temperature, symptoms }
    : {}
}

/** What became of the person at the clinic while this observation was taken for a double of another one. */
export const OWN_WAY = {
  ways: { ...TRANSFERS.transfers, sees: ['reason', 'clinic', 'settledOn'], onward: true },
} as const

export function meanwhile({ before, act, related }: WatchSituation): readonly Follow[] {
  const own = { record: 'watch', recordId: act.recordId }
  const ways = related.ways ?? []
  if (ways.some(({ state, fields }) => state === 'confirmed' && String(fields.settledOn ?? '') >= (before?.exitOn ?? '')))
    return [{ ...own, action: 'confirm', input: {} }]
  const way = ways.find(isUnderWay)
  if (way?.state === 'suspected')
    return [{ ...own, action: 'transfer', input: { exitTo: way.fields.clinic ?? CLINIC_UNNAMED, transfer: way.id } }]
  return way && before?.transfer !== way.id ? [attend(act.recordId, way.id, way.fields.reason === 'signs' ? act.day : undefined)] : []
}

/** Two people after all, and the observation of the one knew of the transfer of the other. */
export const ownWay = {
  letOff: {
    label: { zh: '合并登记已撤销，不随他人转诊', en: 'Two people after all: not on the way of the other to the clinic' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    related: { mine: { record: 'watch', by: 'person', through: 'person', sees: [], doubles: 'person', onward: true } },
    with: { of: f.record({ label: { zh: '他人的转诊', en: 'Transfer of the other' }, of: 'transfer' }) },
    effect: (row, { input }) => (row.transfer === input.of ? { transfer: null } : {}),
    follows: goesOn,
  },
  goOwnWay: {
    label: { zh: '合并登记已撤销，按本人体征转诊', en: 'Two people after all: to the clinic for own signs' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    related: TRANSFERS,
    follows: sentAlone,
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
