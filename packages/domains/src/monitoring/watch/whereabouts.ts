import { type Action, lasting } from '@guatu/kernel'
import { lookFor, scheduled } from './consequences.ts'
import { type fields, OBSERVED, type WatchState } from './fields.ts'
import { moves, SHIFTS } from './lodged-again.ts'
import { mayLodge } from './lodging.ts'
import { CARE, OFFICE } from './permits.ts'
import { found } from './reading.ts'
import { searchEnds, TASKS_OF } from './tasks-end.ts'

/** Whose room it was may be another's by now. */
const SHIFTED = lasting(
  '房间已按此安排；有误的，请再次“变更观察方式”。',
  'Rooms were given by it; where it was wrong, change kind or room once more.',
  'kind',
  'site',
  'room',
)

/** Where somebody under observation is: in which room, gone without leave, found. */
export const whereabouts = {
  shift: {
    label: { zh: '变更观察方式', en: 'Change kind or room' },
    from: OBSERVED,
    to: 'same',
    by: { ...OFFICE, 'health-worker': 'area' },
    needs: ['kind'],
    takes: ['site', 'room'],
    related: SHIFTS,
    // Who goes on at home leaves the room, without anybody having to say so.
    effect: (row, act) => (row.kind === 'central' || act.input.site ? {} : { site: null, room: null }),
    guard: mayLodge,
    follows: moves,
    settles: SHIFTED,
  },
  leave: {
    label: { zh: '擅自离开', en: 'Left without leave' },
    from: ['watching'],
    to: 'absent',
    by: { ...CARE, 'gate-officer': 'area' },
    offline: true,
    tone: 'danger',
    takes: ['exitTo'],
    effect: (_row, act) => ({ absentSince: act.happenedAt }),
    related: { needs: TASKS_OF.needs },
    follows: (at) => [lookFor(at)],
    amends: searchEnds,
  },
  comeBack: {
    label: { zh: '已找回', en: 'Found' },
    from: ['absent'],
    to: 'watching',
    by: CARE,
    offline: true,
    tone: 'main',
    effect: (_row, act) => ({ absentSince: null, exitTo: null, ...found(act) }),
    follows: (at) => (at.parameter<boolean>('monitoring.absent.restart') ? [scheduled(at, at.act.day)] : []),
    undoes: true,
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
