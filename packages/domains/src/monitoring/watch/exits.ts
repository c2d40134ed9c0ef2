import { type Action, f, refuse } from '@guatu/kernel'
import { fetchedAfterAll, WAYS } from '../care/died.ts'
import { ENDED_FOR_NOW, type fields, nameless, OBSERVED, type WatchSituation, type WatchState } from './fields.ts'
import { backInRoom, LODGE_AGAIN } from './lodged-again.ts'
import { CARE, CLINIC, OFFICE } from './permits.ts'
import { left } from './reading.ts'
import { LIVES, movedSince } from './rehomed.ts'
import { mayRelease } from './release.ts'
import { TASKS_OF, tasksAgain, tasksEnd } from './tasks-end.ts'

/** Whoever had left by mistake only goes on where they live by now, in their room, if that can be; who had left before that too is in none. */
const GOES_ON = { ...LODGE_AGAIN, ...LIVES }
const goesOn = (at: WatchSituation) => [...movedSince(at), ...(at.after.exitOn === undefined ? backInRoom(at) : [])]
const TAKEN_BACK = {
  related: GOES_ON,
  amends: (at: WatchSituation) => (at.act.input.void === true ? goesOn(at) : []),
} as const

const DEPARTED = refuse(
  'departed',
  {
    zh: '此人已离开本市，观察已因离巴结束，不在此登记死亡；实际未离开的，请先取消离巴，观察恢复后再登记。',
    en: 'This person left the city and the observation ended by that, so no death is entered here. Where they did not leave, cancel the departure first; the observation goes on, and it is entered then.',
  },
  { status: 409 },
)

/** The lawful ways out of observation; there are no others. */
export const exits = {
  release: {
    label: { zh: '解除观察', en: 'Release' },
    from: ['watching'],
    to: 'released',
    by: CARE,
    notBefore: 'until',
    offline: true,
    tone: 'main',
    takes: ['releaseFile'],
    completes: nameless,
    with: { signed: f.flag({ label: { zh: '解除通知书已签收', en: 'Release notice signed' } }) },
    guard: mayRelease,
    effect: left,
    ...TAKEN_BACK,
  },
  confirm: {
    label: { zh: '转确诊', en: 'Confirmed' },
    from: ['watching', 'absent', 'transferred'],
    to: 'confirmed',
    by: CLINIC,
    tone: 'danger',
    effect: (row, act) => ({ ...left(row, act), confirmedOn: act.day }),
    ...TAKEN_BACK,
  },
  transfer: {
    label: { zh: '转出', en: 'Transfer' },
    from: OBSERVED,
    to: 'transferred',
    by: { ...OFFICE, 'health-worker': 'area' },
    needs: ['exitTo'],
    takes: ['departure', 'transfer'],
    effect: left,
    ...TAKEN_BACK,
  },
  die: {
    label: { zh: '死亡', en: 'Died' },
    // At home, at a site or at the clinic; whoever left the city is nobody's here to say it of.
    from: [...OBSERVED, ...ENDED_FOR_NOW],
    to: 'died',
    by: CLINIC,
    tone: 'danger',
    when: { op: 'not', of: { op: 'given', field: 'departure' } },
    guard: ({ before }) => (before?.departure === undefined ? undefined : DEPARTED),
    effect: left,
    related: { ...GOES_ON, ...WAYS },
    amends: (at) => (at.act.input.void === true ? [...fetchedAfterAll(at.related), ...goesOn(at)] : []),
  },
  void: {
    label: { zh: '误纳入', en: 'Void' },
    from: OBSERVED,
    to: 'void',
    by: OFFICE,
    tone: 'danger',
    needs: ['why'],
    related: { ...TASKS_OF, ...GOES_ON },
    effect: left,
    follows: tasksEnd,
    amends: (at) => (at.act.input.void === true ? [...tasksAgain(at), ...goesOn(at)] : []),
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
