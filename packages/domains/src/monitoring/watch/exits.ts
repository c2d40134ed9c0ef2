import { type Action, f } from '@guatu/kernel'
import { type fields, nameless, OBSERVED, type WatchSituation, type WatchState } from './fields.ts'
import { backInRoom, LODGE_AGAIN } from './lodged-again.ts'
import { CARE, CLINIC, OFFICE } from './permits.ts'
import { left } from './reading.ts'
import { LIVES, movedSince } from './rehomed.ts'
import { mayRelease } from './release.ts'
import { TASKS_OF, tasksAgain, tasksEnd } from './tasks-end.ts'

/** Whoever had left by mistake only goes on where they live by now, in their room, if that can be. */
const GOES_ON = { ...LODGE_AGAIN, ...LIVES }
const goesOn = (at: WatchSituation) => [...movedSince(at), ...backInRoom(at)]
const TAKEN_BACK = {
  related: GOES_ON,
  amends: (at: WatchSituation) => (at.act.input.void === true ? goesOn(at) : []),
} as const

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
    effect: left,
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
  die: { label: { zh: '死亡', en: 'Died' }, from: OBSERVED, to: 'died', by: CLINIC, tone: 'danger', effect: left, ...TAKEN_BACK },
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
