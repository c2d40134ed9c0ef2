import { type Action, f, STANDS } from '@guatu/kernel'
import { TRANSFERS } from '../care/sick.ts'
import { FORGET, ME } from '../erased.ts'
import { ownObservation } from './apart.ts'
import { assessed, sentAlone } from './assessment.ts'
import { DECLARED, declaredAnew, declaredHere, OPENS, OTHERS, once, SAME, WAY } from './declaring.ts'
import type { ArrivalState, arrivalFields } from './fields.ts'
import { DECIDED, upheld } from './gate.ts'

/** What gates and rules do to a declaration by themselves: nobody presses these. */
export const byRule = {
  handOver: {
    label: { zh: '卡口移交', en: 'Handed over by a gate' },
    from: 'new',
    to: 'declared',
    by: {},
    automatic: true,
    needs: [...DECLARED, 'gateMeasure', 'gateFrom'],
    takes: ['arrivedAt', 'ownRoom', 'history', 'gateDays'],
    ...OPENS,
  },
  uphold: {
    label: { zh: '按卡口查验结果', en: 'As a gate decided' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    with: DECIDED,
    related: { ...OTHERS, ...TRANSFERS, ...WAY },
    effect: upheld,
    follows: assessed,
  },
  letGo: {
    label: { zh: '撤回接收，不再按卡口查验结果', en: 'The gate decides no more: the arrival was taken back' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    related: { ...OTHERS, ...TRANSFERS, ...WAY },
    effect: () => ({ gateMeasure: null, gateDays: null, gateFrom: null }),
    follows: assessed,
  },
  redate: {
    label: { zh: '按目的地更正到达日期', en: 'The day of arrival, as the destination corrected it' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    takes: ['arrivedOn', 'arrivedAt', 'gateFrom'],
    related: { ...OTHERS, ...SAME, ...TRANSFERS, ...WAY },
    guard: once,
    follows: assessed,
  },
  restore: {
    label: { zh: '作废已撤销，恢复申报', en: 'Not void after all: the declaration stands again' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    related: { ...OTHERS, ...SAME, ...TRANSFERS, ...WAY, ...STANDS },
    guard: declaredAnew,
    follows: declaredHere,
  },
  weigh: {
    label: { zh: '另一申报已作废，重新研判', en: 'Judged anew: another declaration is void' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    with: { alone: f.flag({ label: { zh: '先于其他申报', en: 'Before the others' }, optional: true }) },
    related: { ...OTHERS, ...TRANSFERS, ...WAY },
    follows: assessed,
  },
  part: {
    label: { zh: '合并登记已撤销，另行观察', en: 'Two people after all: observed on their own' },
    from: ['declared', 'confirmed', 'void'],
    to: 'same',
    by: {},
    automatic: true,
    related: { ...OTHERS, ...WAY },
    follows: ownObservation,
  },
  sendOn: {
    label: { zh: '合并登记已撤销，按申报的体征转诊', en: 'Two people after all: to the clinic for the signs declared' },
    from: ['declared', 'confirmed', 'void'],
    to: 'same',
    by: {},
    automatic: true,
    related: { ...ME, ...TRANSFERS },
    follows: sentAlone,
  },
  assess: {
    label: { zh: '研判', en: 'Assess' },
    from: ['declared', 'confirmed'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['measure', 'class', 'from', 'until', 'listed', 'reason', 'late'],
    takes: ['watch', 'heldBack', 'gateMeasure', 'gateDays', 'gateFrom'],
  },
  goesOn: {
    label: { zh: '观察照旧', en: 'The observation goes on' },
    from: ['declared', 'confirmed', 'void'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['reason'],
  },
  forget: { ...FORGET, from: ['declared', 'confirmed', 'void'] },
} as const satisfies Record<string, Action<typeof arrivalFields, ArrivalState>>
