import { type Action, type Changes, type Draft, f } from '@guatu/kernel'
import { TRANSFERS } from '../care/sick.ts'
import { CLASSES, KINDS, symptoms } from '../options.ts'
import { adapted } from './adapted.ts'
import { attended, sentOn, underWay } from './attended.ts'
import { leftAtHome, leftAtHomeAgain, leftAtHomeSince, lookedAfter, lookFor, restarted } from './consequences.ts'
import { entrusted, TASKS } from './entrusted.ts'
import { ENDED_FOR_NOW, type fields, OBSERVED, type Watch, type WatchState } from './fields.ts'
import { CHARGE } from './in-charge.ts'
import { backInRoom, LODGE_AGAIN, MEMBERS, stayedBefore } from './lodged-again.ts'
import { askedAt, dueAgain, firstDue, observedAgain } from './reading.ts'
import { REHOMED, rehomed } from './rehomed.ts'
import { TASKS_OF, tasksAgain } from './tasks-end.ts'
import { observedAllTheSame, unask } from './unasked.ts'

const ALONE = { alone: f.flag({ label: { zh: '独居', en: 'Lives alone' }, optional: true }) } as const
/** When it was asked for, which the consequence may follow by a moment. */
const ASKED = { at: f.moment({ label: { zh: '申报时间', en: 'Asked for at' }, optional: true }) } as const
/** The day from which somebody's period counts anew, where no later end holds. */
export const COUNTED_FROM = { from: f.date({ label: { zh: '起算日', en: 'Counted from' } }) } as const

const setAnew = (row: Watch): Changes<typeof fields> => ({
  proposedOn: null,
  // One reading a day asks for no evening.
  ...(row.readings === 1 ? { dueEvening: null, dueMorning: row.dueEvening ?? row.dueMorning ?? null } : {}),
})

/** Visits that were due for it. What becomes known late of them is refused to nobody. */
const VISITED = { record: 'visit', by: 'watch', sees: ['household'], onward: true } as const

const ANY = ['watching', 'absent', 'released', 'transferred', 'confirmed', 'died', 'void'] as const

/** What the rules do by themselves: nobody presses these. */
export const byRule = {
  begin: {
    label: { zh: '按申报纳入', en: 'Enter by declaration' },
    from: 'new',
    to: 'watching',
    by: {},
    automatic: true,
    needs: ['person', 'kind', 'entry', 'class', 'from', 'until', 'readings', 'feverFrom', 'copiedFrom'],
    takes: ['household', 'arrival', 'lastContact', 'worker'],
    with: { ...ALONE, ...ASKED },
    related: { ...CHARGE, ...TRANSFERS },
    effect: (row, act) => ({ enteredOn: act.day, askedAt: askedAt(act), ...firstDue(act.day, row.readings) }),
    follows: (at) => [...lookedAfter(at), ...leftAtHome(at), ...underWay(at)],
  },
  schedule: {
    label: { zh: '确定期限', en: 'Set the period' },
    from: [...OBSERVED, 'transferred'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['from', 'until', 'readings', 'feverFrom', 'copiedFrom'],
    takes: ['household', 'worker'],
    effect: setAnew,
  },
  prolong: {
    label: { zh: '重新确定期限（从长）', en: 'Set the period anew: the later end holds' },
    from: [...OBSERVED, 'transferred'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['readings', 'feverFrom', 'copiedFrom'],
    takes: ['household', 'worker'],
    with: { ...COUNTED_FROM, until: f.date({ label: { zh: '解除日', en: 'Release day' } }) },
    // Decided here, on the grounds that stand: one that is struck leaves no day behind in the others.
    effect: (row, { input }) => {
      const { from, until } = input as Draft<typeof fields>
      return { ...setAnew(row), ...((until ?? '') >= (row.until ?? '') ? { from, until } : {}) }
    },
  },
  restartAway: {
    label: { zh: '就诊期间重新计算', en: 'Start again, while at the clinic' },
    // Who had not gone to the clinic after all was exposed all the same.
    from: [...OBSERVED, 'transferred'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['class'],
    with: COUNTED_FROM,
    effect: (row) => ({ restarts: (row.restarts ?? 0) + 1 }),
    follows: (at) => [restarted(at)],
    undoes: true,
  },
  entrust: {
    label: { zh: '责任人随包保分工变更', en: 'Follow the assignments' },
    from: [...OBSERVED, ...ENDED_FOR_NOW],
    to: 'same',
    by: {},
    automatic: true,
    takes: ['worker'],
    // Whoever was chosen works no more: the assignments say who is in charge.
    effect: ({ worker }) => (worker === undefined ? { appointed: null } : {}),
    related: TASKS,
    follows: entrusted,
  },
  rehome: {
    label: { zh: '随户迁移', en: 'Moves along with the person' },
    from: [...OBSERVED, ...ENDED_FOR_NOW],
    to: 'same',
    by: {},
    automatic: true,
    foreseen: true,
    takes: ['household'],
    with: {
      away: f.flag({ label: { zh: '迁往其他区划', en: 'To another area' }, optional: true }),
      merged: f.flag({ label: { zh: '登记并入或撤销', en: 'Entries merged, or not any more' }, optional: true }),
      ...ALONE,
    },
    // Whoever was chosen for somebody is not in charge where they went; and who left a home for none yet known has none.
    effect: (_row, act) => ({
      ...(act.input.household === undefined ? { household: null } : {}),
      ...(act.input.away === true ? { appointed: null } : {}),
      ...(act.input.merged === undefined ? {} : { atSurvivor: act.input.merged === true ? true : null }),
    }),
    related: REHOMED,
    follows: rehomed,
  },
  resume: {
    label: { zh: '恢复观察', en: 'Observation goes on' },
    from: ENDED_FOR_NOW,
    to: 'watching',
    by: {},
    automatic: true,
    related: { ...LODGE_AGAIN, ...CHARGE, ...TRANSFERS, visits: VISITED, members: MEMBERS },
    effect: (row, act) => ({
      exitOn: null,
      exitTo: null,
      confirmedOn: null,
      departure: null,
      absentSince: null,
      ...dueAgain(row, act.day),
    }),
    follows: (at) => [...backInRoom(at), ...leftAtHomeAgain(at), ...underWay(at)],
  },
  unask,
  reopen: {
    label: { zh: '申报更正，重新观察', en: 'Observed again: the declaration was corrected' },
    from: ['void', 'released'],
    to: 'watching',
    by: {},
    automatic: true,
    needs: ['kind', 'class', 'from', 'until', 'readings', 'feverFrom', 'copiedFrom'],
    takes: ['household', 'lastContact'],
    with: { ...ALONE, ...ASKED },
    related: { ...CHARGE, ...TRANSFERS, ...TASKS_OF },
    effect: observedAgain,
    follows: (at) => [...lookedAfter(at), ...tasksAgain(at), ...underWay(at), ...stayedBefore(at)],
  },
  adapt: {
    label: { zh: '按申报调整', en: 'Follow the declaration' },
    // Of somebody who left the city, or whom the clinic has, it is adapted too: it goes on where nobody left after all, and once they are cleared.
    from: [...OBSERVED, ...ENDED_FOR_NOW],
    to: 'same',
    by: {},
    automatic: true,
    with: {
      kind: f.choice({ label: { zh: '观察方式', en: 'Kind' }, options: KINDS, optional: true }),
      class: f.choice({ label: { zh: '管控类别', en: 'Class' }, options: CLASSES, optional: true }),
      from: f.date({ label: { zh: '起算日', en: 'Counted from' }, optional: true }),
      until: f.date({ label: { zh: '解除日', en: 'Release day' }, optional: true }),
      readings: f.count({ label: { zh: '每日测温次数', en: 'Readings a day' }, max: 2, optional: true }),
      least: f.flag({ label: { zh: '从严从长', en: 'At least' }, optional: true }),
      ...ALONE,
      ...ASKED,
    },
    effect: adapted,
    follows: (at) => [...stayedBefore(at), ...leftAtHomeSince(at)],
  },
  remind: {
    label: { zh: '缺测提醒', en: 'Remind' },
    from: OBSERVED,
    to: 'same',
    by: {},
    automatic: true,
    takes: ['told', 'lost'],
    with: { since: f.date({ label: { zh: '最近测温日', en: 'Last reading on' } }) },
    // A reading that arrives later but was taken since shows that nothing was missing.
    effect: (row, act) =>
      (row.lastCheckDay ?? '') > String(act.input.since)
        ? { told: null, lost: null, ...(act.input.lost === true ? { foundAt: act.happenedAt, foundBy: null } : {}) }
        : {},
    follows: (at) => (at.act.input.lost === true && at.after.lost === true ? [lookFor(at)] : []),
  },
  forget: {
    label: { zh: '销毁签收件（个人信息已删除）', en: 'Destroy the signed papers: the person was erased' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    effect: (_row, act) => ({ servedFile: null, releaseFile: null, forgottenOn: act.day }),
  },
  propose: {
    label: { zh: '提请解除', en: 'Propose release' },
    from: ['watching'],
    to: 'same',
    by: {},
    automatic: true,
    needs: ['proposedOn'],
  },
  alert: {
    label: { zh: '提请转诊', en: 'Ask for transfer' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    needs: ['alertedOn'],
    with: {
      temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
      symptoms,
      at: f.moment({ label: { zh: '测量时间', en: 'Taken at' }, optional: true }),
    },
    related: TRANSFERS,
    follows: sentOn,
  },
  attend: {
    label: { zh: '转诊中', en: 'On the way to the clinic' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    needs: ['transfer'],
    with: { signsOn: f.date({ label: { zh: '得知症状日', en: 'Signs known on' }, optional: true }) },
    effect: attended,
    follows: observedAllTheSame,
  },
  clear: {
    label: { zh: '排除', en: 'Clear' },
    from: ANY,
    to: 'same',
    by: {},
    automatic: true,
    needs: ['clearedOn'],
    takes: ['clearedTransfer'],
    effect: (row) => ({
      ...((row.alarmOn ?? '') <= (row.clearedOn ?? '') ? { alarm: null } : {}),
      ...(row.transfer === row.clearedTransfer ? { transfer: null } : {}),
    }),
  },
} as const satisfies Record<string, Action<typeof fields, WatchState>>
