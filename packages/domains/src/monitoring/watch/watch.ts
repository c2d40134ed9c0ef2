import { defineRecord, type Label } from '@guatu/kernel'
import { TRANSFERS } from '../care/sick.ts'
import { ME } from '../erased.ts'
import { ALONG, tasksGoAlong } from './along.ts'
import { underWay } from './attended.ts'
import { byRule, COUNTED_FROM } from './by-rule.ts'
import { check } from './check.ts'
import { entered, restarted } from './consequences.ts'
import { doubled } from './doubled.ts'
import { mayEnter } from './entry.ts'
import { exits } from './exits.ts'
import { ENDED_FOR_NOW, fields, nameless, OBSERVED, type WatchState } from './fields.ts'
import { CHARGE_OF_PERSON } from './in-charge.ts'
import { lodgings } from './lodged-again.ts'
import { LODGE } from './lodging.ts'
import { ownWay } from './own-way.ts'
import { CARE, OFFICE } from './permits.ts'
import { reread } from './read-anew.ts'
import { firstDue } from './reading.ts'
import { mayRestart } from './restart.ts'
import { whereabouts } from './whereabouts.ts'

const ANEW = {
  zh: '期限和监测已据此确定：纳入有误的请用“误纳入”作废后重新纳入；应当延长的请用“重新计算”，变更方式的请用“变更观察方式”。',
  en: 'Period and readings follow from it: where the entry was wrong, void it and enter anew; to count again use “Restart”, for another kind use “Change kind”.',
}
/** The period was set by these when somebody was entered: a correction would not set it again. */
const ENTERED = {
  fields: ['person', 'kind', 'entry', 'class', 'lastContact', 'from', 'site', 'room'],
  whole: true,
  instead: {
    watching: ANEW,
    absent: ANEW,
    released: ANEW,
    transferred: ANEW,
    confirmed: ANEW,
    died: ANEW,
    void: { zh: '该观察已作废，请重新纳入。', en: 'This observation is void: enter the person anew.' },
  },
} as const
/** Observation of one person: entry, two readings a day, exit for a lawful reason. */
export const watch = defineRecord({
  name: 'watch',
  label: { zh: '隔离观察', en: 'Observation' },
  at: 'town',
  // A central site is of a town, or wider; a home is in a village.
  entered: { at: 'village', unless: { op: 'is', field: 'kind', value: 'central' } },
  title: 'person',
  fields,
  states: {
    watching: { zh: '观察中', en: 'Under observation' },
    absent: { zh: '擅自离开', en: 'Left without leave' },
    released: { zh: '已解除', en: 'Released' },
    transferred: { zh: '已转出', en: 'Transferred' },
    confirmed: { zh: '转确诊', en: 'Confirmed' },
    died: { zh: '死亡', en: 'Died' },
    void: { zh: '误纳入', en: 'Entered wrongly' },
  } satisfies Record<WatchState, Label>,
  actions: {
    enter: {
      label: { zh: '纳入观察', en: 'Enter' },
      from: 'new',
      to: 'watching',
      by: CARE,
      offline: true,
      tone: 'main',
      needs: ['person', 'kind', 'entry', 'class'],
      takes: ['household', 'lastContact', 'from', 'site', 'room', 'worker'],
      brings: { field: 'person' },
      related: {
        mine: { record: 'watch', by: 'person', through: 'person', sees: ['person', 'departure'], doubles: 'person' },
        members: { record: 'person', by: 'household', through: 'household', sees: [] },
        ...ME,
        ...CHARGE_OF_PERSON,
        ...LODGE,
        ...TRANSFERS,
      },
      guard: mayEnter,
      effect: (row, act) => ({
        enteredOn: act.day,
        from: row.from ?? row.lastContact ?? act.day,
        ...(row.worker === undefined ? {} : { appointed: true }),
        ...firstDue(act.day, undefined),
      }),
      follows: (at) => [...entered(at), ...underWay(at)],
      settles: ENTERED,
    },
    check,
    serve: {
      label: { zh: '告知书签收', en: 'Notice signed' },
      from: OBSERVED,
      to: 'same',
      by: CARE,
      offline: true,
      takes: ['servedFile'],
      completes: nameless,
      effect: (_row, act) => ({ servedOn: act.day }),
    },
    assign: {
      label: { zh: '指定责任人', en: 'Assign' },
      from: OBSERVED,
      to: 'same',
      by: OFFICE,
      needs: ['worker'],
      takes: ['household'],
      // A home that an office names is the one, whatever entries are merged or not.
      effect: (_row, act) => ({ appointed: true, ...(act.input.household === undefined ? {} : { atSurvivor: null }) }),
    },
    ...whereabouts,
    restart: {
      label: { zh: '重新计算', en: 'Start again' },
      from: OBSERVED,
      to: 'same',
      by: { 'county-clerk': 'area', 'duty-officer': 'area', 'health-worker': 'area' },
      needs: ['class'],
      with: COUNTED_FROM,
      guard: mayRestart,
      effect: (row) => ({ restarts: (row.restarts ?? 0) + 1 }),
      follows: (at) => [restarted(at)],
      settles: {
        fields: ['class'],
        own: ['from'],
        undone: true,
        instead: {
          zh: '期限已据此重新计算；有误的，请作废这次“重新计算”（期限随之恢复），再重新办理。',
          en: 'The period was counted by it: strike this “start again”, which brings the period back, and do it anew.',
        },
      },
      undoes: true,
    },
    moveArea: {
      label: { zh: '调整管辖区划', en: 'Move to another area' },
      from: [...OBSERVED, ...ENDED_FOR_NOW],
      to: 'same',
      by: OFFICE,
      // Who is observed at home moves as a person, and the observation with them.
      when: { op: 'is', field: 'kind', value: 'central' },
      related: ALONG,
      follows: tasksGoAlong,
    },
    ...exits,
    ...byRule,
    ...doubled,
    ...lodgings,
    ...ownWay,
    reread,
  },
  holds: { of: 'person', states: OBSERVED },
  filesEnd: 'forgottenOn',
  read: { ...CARE, auditor: 'area' },
  reveal: CARE,
  list: {
    columns: ['person', 'kind', 'class', 'from', 'until', 'lastCheckAt', 'lastTemperature', 'alarm', 'told', 'worker', 'state', 'area'],
    filters: [
      'state',
      'kind',
      'class',
      'until',
      'dueMorning',
      'dueEvening',
      'alarm',
      'lost',
      'told',
      'doubt',
      'worker',
      'site',
      'servedOn',
      'proposedOn',
    ],
    // The newest first. What is due is asked for within a place, whose rows are few; an index of it would cost every reading twice its price.
    sort: '-enteredOn',
  },
  indexes: [['worker']],
  restless: true,
  carried: {
    fields: [
      'person',
      'household',
      'kind',
      'class',
      'from',
      'until',
      'room',
      'site',
      'worker',
      'servedOn',
      'lastCheckAt',
      'lastCheckDay',
      'lastHalves',
      'lastTemperature',
      'lastMorning',
      'lastEvening',
      'lastSymptoms',
      'checksDone',
      'readings',
      'copiedFrom',
      'repeats',
      'dueMorning',
      'dueEvening',
      'feverFrom',
      'alarm',
      'alarmOn',
      'transfer',
      'told',
      'lost',
      'proposedOn',
      'everSick',
      'absentSince',
    ],
    rows: { op: 'in', field: 'state', values: OBSERVED },
    first: (day) => ({
      op: 'some',
      of: [
        { op: 'between', field: 'dueMorning', high: day },
        { op: 'between', field: 'dueEvening', high: day },
        { op: 'between', field: 'until', high: day },
      ],
    }),
  },
})
