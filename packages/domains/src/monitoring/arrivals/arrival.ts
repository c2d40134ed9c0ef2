import { type Act, defineRecord, type ParameterReader, refuse } from '@guatu/kernel'
import { adviceOn, type Signs, TRANSFERS } from '../care/sick.ts'
import { ME, notErased } from '../erased.ts'
import { whatApplies } from './answer.ts'
import { type ArrivalSituation, assessed, judged, withdrawn } from './assessment.ts'
import { arrivalFields } from './fields.ts'
import { DECIDED, upheld } from './gate.ts'
import { saidBefore, sameOf } from './once.ts'
import { returnees } from './returnees.ts'

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

const dates = (at: ArrivalSituation) => {
  const { after, today } = at
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
  const verdict = judged(at)
  return 'status' in verdict ? verdict : undefined
}

/** The same arrival is declared once, by whoever comes first: clerk, worker, gate or the person. */
const once = (at: ArrivalSituation) =>
  saidBefore('arrival', 'arrivedOn', at, (day) => ({
    zh: `此人${day}到达的返巴申报已有一份，请打开已有申报；内容有变的用“更正申报”，登错的先“作废误报”再重新申报。`,
    en: `The arrival of this person on ${day} is declared already; open that declaration. Correct it where something changed; where it is wrong, void it and declare anew.`,
  }))

const WATCHES = {
  watches: { record: 'watch', by: 'person', through: 'person', sees: ['arrival', 'kind', 'until'], doubles: 'person' },
  members: { record: 'person', by: 'household', through: 'household', sees: [] },
  ...ME,
} as const
const SAME = sameOf('arrival', 'arrivedOn')
/** A correction looks at what else the person declared: that stands. */
const OTHERS = {
  ...WATCHES,
  others: { record: 'arrival', by: 'person', through: 'person', sees: ['measure', 'until'], doubles: 'person' },
} as const

/** Measure, observation, triage and lateness follow from these: they are changed by a declaration that is judged again, not under it. */
const SETTLES = {
  fields: [
    'person',
    'household',
    'arrivedOn',
    'arrivedAt',
    'origin',
    'originCode',
    'via',
    'history',
    'lastContact',
    'ownRoom',
    'temperature',
    'symptoms',
  ],
  instead: {
    declared: {
      zh: '请用“更正申报”，将重新研判并调整观察；人员登记错的，请“作废误报”后重新申报。',
      en: 'Use “Correct” of the declaration: it is judged again and the observation follows. For another person, void it and declare anew.',
    },
    confirmed: {
      zh: '申报已核实，请先“作废误报”，再按正确的情况重新申报。',
      en: 'The declaration is confirmed: void it first, then declare anew as it was.',
    },
    void: { zh: '该申报已作废，请按正确的情况重新申报。', en: 'The declaration is void: declare anew as it was.' },
  },
} as const

/** Whoever declares fever or symptoms without an officer beside them is told what to do. */
const advised = (row: Pick<Signs, 'temperature' | 'symptoms'>, parameter: ParameterReader) =>
  adviceOn({ ...row, feverFrom: parameter<number>('monitoring.fever.from') })

/** Whoever corrects from a link of their own corrects what they said themselves, not what somebody in office wrote down. */
const notOwn = (channel: string | undefined) =>
  channel === 'self' || channel === 'household'
    ? undefined
    : refuse('not-own-declaration', {
        zh: '这次申报由工作人员登记，不能在这里更正；如有不符，请告诉包保责任人核实更正。',
        en: 'A worker entered this declaration; it cannot be corrected here. Tell whoever looks after you what is wrong: they check and correct it.',
      })

/** A declaration that is made, by whomever. */
const OPENS = {
  related: { ...WATCHES, ...SAME, ...TRANSFERS },
  guard: (at: ArrivalSituation) => notErased(at) ?? dates(at) ?? once(at),
  effect: (_row: unknown, act: Act) => ({ declaredBy: act.actor, declaredAt: act.happenedAt }),
  follows: assessed,
  settles: SETTLES,
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
      advises: advised,
      answers: whatApplies,
      needs: DECLARED,
      takes: TAKEN,
      tone: 'main',
      brings: { field: 'person', once: { on: 'arrivedOn', not: ['void'] } },
      ...OPENS,
    },
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
      related: { ...OTHERS, ...TRANSFERS },
      effect: upheld,
      follows: assessed,
    },
    letGo: {
      label: { zh: '撤回接收，不再按卡口查验结果', en: 'The gate decides no more: the arrival was taken back' },
      from: ['declared', 'confirmed'],
      to: 'same',
      by: {},
      automatic: true,
      related: { ...OTHERS, ...TRANSFERS },
      effect: () => ({ gateMeasure: null, gateDays: null, gateFrom: null }),
      follows: assessed,
    },
    amend: {
      label: { zh: '更正申报', en: 'Correct' },
      from: ['declared'],
      to: 'same',
      by: WRITE,
      offline: true,
      self: true,
      advises: advised,
      answers: whatApplies,
      takes: ['arrivedOn', 'origin', ...TAKEN],
      related: { ...OTHERS, ...SAME, ...TRANSFERS },
      guard: (at) => (at.actor.self ? notOwn(at.before?.channel) : undefined) ?? dates(at) ?? once(at),
      follows: assessed,
      // Of whom, it cannot say anew.
      settles: { ...SETTLES, fields: SETTLES.fields.filter((name) => name !== 'person') },
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
      related: OTHERS,
      follows: withdrawn,
    },
    assess: {
      label: { zh: '研判', en: 'Assess' },
      from: ['declared', 'confirmed'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['measure', 'class', 'from', 'until', 'listed', 'reason', 'late'],
      takes: ['watch', 'gateMeasure', 'gateDays', 'gateFrom'],
    },
  },
  read: {
    'grid-worker': 'area',
    'health-worker': 'area',
    'town-clerk': 'area',
    'county-clerk': 'area',
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
  sheets: [returnees],
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
