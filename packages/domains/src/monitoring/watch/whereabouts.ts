import type { Action } from '@guatu/kernel'
import { lookFor, scheduled } from './consequences.ts'
import { type fields, OBSERVED, type WatchState } from './fields.ts'
import { moves, SHIFTS } from './lodged-again.ts'
import { mayLodge } from './lodging.ts'
import { CARE, OFFICE } from './permits.ts'
import { searchEnds, TASKS_OF } from './tasks-end.ts'

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
    effect: () => ({ absentSince: null, exitTo: null }),
    follows: (at) => (at.parameter<boolean>('monitoring.absent.restart') ? [scheduled(at, at.act.day)] : []),
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
