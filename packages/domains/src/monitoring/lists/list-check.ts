import { defineRecord, f, NAMELESS, refuse, type Situation } from '@guatu/kernel'
import { ME, notErased } from '../erased.ts'
import { DECISIONS, FINDINGS, NEEDS_REASON, OUTCOMES } from './outcomes.ts'

const OFFICE = { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' } as const
const WORKER = { ...OFFICE, 'grid-worker': 'area', 'health-worker': 'area' } as const

const written = (zh: string, en: string, max: number) => f.text({ label: { zh, en }, max, sensitive: true, optional: true })

const fields = {
  list: f.text({ label: { zh: '名单指纹', en: 'Fingerprint of the list' }, max: 64 }),
  source: f.text({
    label: { zh: '名单来源', en: 'Sender' },
    hint: { zh: '例如：市大数据局2月13日，不写姓名。', en: 'Such as: data office, 13 February; no names.' },
    max: 80,
    optional: true,
  }),
  line: f.count({ label: { zh: '行', en: 'Line' }, ordinal: true }),
  outcome: f.choice({ label: { zh: '比对结果', en: 'Outcome' }, options: OUTCOMES }),
  decision: f.choice({ label: { zh: '处理', en: 'Decision' }, options: DECISIONS }),
  reason: f.text({
    label: { zh: '理由', en: 'Reason' },
    hint: NAMELESS,
    max: 200,
    optional: true,
  }),
  person: f.person({ label: { zh: '在册人员', en: 'Person' }, optional: true }),
  watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
  // Who goes to the door has to know for whom to ask; of every other decision nothing that identifies is kept.
  name: written('姓名', 'Name', 60),
  document: written('证件号码', 'Document', 40),
  phone: written('电话', 'Phone', 40),
  address: written('地址', 'Address', 200),
  askedOn: f.date({ label: { zh: '交办日期', en: 'Asked on' }, optional: true }),
  dueOn: f.date({ label: { zh: '核查时限', en: 'Due' }, optional: true }),
  finding: f.choice({ label: { zh: '核查结果', en: 'Found' }, options: FINDINGS, optional: true }),
  settledOn: f.date({ label: { zh: '办结日期', en: 'Settled on' }, optional: true }),
} as const

const DECIDED = ['outcome', 'decision'] as const
const SETTLED = ['reason', 'person', 'watch', 'source'] as const
const ASKED = [...SETTLED, 'name', 'document', 'phone', 'address'] as const

const reasoned = ({ after }: Situation<typeof fields>) =>
  after.decision !== undefined && NEEDS_REASON.includes(after.decision) && after.reason === undefined
    ? refuse('reason-missing', { zh: '请写明理由。', en: 'Say why.' }, { path: 'input.reason' })
    : undefined

/** 名单核查: what was decided on one row of a pushed list, and what the village found where it was asked to look. */
export const listCheck = defineRecord({
  name: 'listCheck',
  label: { zh: '名单核查', en: 'List check' },
  at: 'city',
  title: 'decision',
  fields,
  states: {
    open: { zh: '待核查', en: 'To be looked for' },
    done: { zh: '已处理', en: 'Settled' },
    forgotten: { zh: '已清除', en: 'Forgotten' },
  },
  actions: {
    settle: {
      label: { zh: '处理', en: 'Settle' },
      from: 'new',
      to: 'done',
      by: OFFICE,
      ownPage: true,
      needs: ['list', 'line', ...DECIDED],
      takes: SETTLED,
      guard: reasoned,
      effect: (_row, act) => ({ settledOn: act.day }),
    },
    ask: {
      label: { zh: '交村核查', en: 'Have the village look' },
      from: 'new',
      to: 'open',
      by: OFFICE,
      ownPage: true,
      needs: ['list', 'line', ...DECIDED, 'dueOn'],
      takes: ASKED,
      related: ME,
      guard: notErased,
      effect: (_row, act) => ({ askedOn: act.day }),
    },
    passedOn: {
      label: { zh: '外地转来', en: 'Passed on from elsewhere' },
      from: 'new',
      to: 'open',
      by: {},
      automatic: true,
      needs: ['list', 'line', ...DECIDED, 'dueOn'],
      takes: ASKED,
      related: ME,
      guard: notErased,
      effect: (_row, act) => ({ askedOn: act.day }),
    },
    passedAgain: {
      label: { zh: '外地再次转来', en: 'Passed on again' },
      from: ['done'],
      to: 'open',
      by: {},
      automatic: true,
      needs: [...DECIDED, 'dueOn'],
      takes: ASKED,
      effect: (_row, { day, input }) => ({ askedOn: day, settledOn: null, ...(input.reason === undefined ? { reason: null } : {}) }),
    },
    recall: {
      label: { zh: '转交已撤回', en: 'Passed on no more' },
      from: ['open'],
      to: 'done',
      by: {},
      automatic: true,
      needs: ['reason'],
      effect: (_row, act) => ({ settledOn: act.day }),
    },
    settleAgain: {
      label: { zh: '改变处理', en: 'Settle otherwise' },
      from: ['open', 'done'],
      to: 'done',
      by: OFFICE,
      needs: DECIDED,
      takes: SETTLED,
      guard: reasoned,
      effect: (_row, act) => ({ settledOn: act.day }),
    },
    askAgain: {
      label: { zh: '再交村核查', en: 'Have the village look again' },
      from: ['done'],
      to: 'open',
      by: OFFICE,
      needs: [...DECIDED, 'dueOn'],
      takes: ASKED,
      related: ME,
      guard: notErased,
      effect: (_row, act) => ({ askedOn: act.day, settledOn: null, finding: null }),
    },
    answer: {
      label: { zh: '反馈核查结果', en: 'Say what was found' },
      from: ['open'],
      to: 'done',
      by: WORKER,
      offline: true,
      tone: 'main',
      needs: ['finding'],
      takes: ['reason'],
      effect: (_row, act) => ({ settledOn: act.day }),
    },
    forget: {
      label: { zh: '清除身份信息', en: 'Forget identity' },
      from: ['open', 'done'],
      to: 'forgotten',
      by: {},
      automatic: true,
      erases: true,
    },
  },
  // Whoever is looked for is looked for by name.
  holds: { of: 'person', states: ['open'], ends: { zh: '反馈核查结果或改变处理', en: 'answered, or settled otherwise' } },
  read: { ...WORKER, auditor: 'area' },
  reveal: WORKER,
  sealed: ['forgotten'],
  moves: OFFICE,
  list: {
    columns: ['dueOn', 'name', 'phone', 'address', 'outcome', 'decision', 'finding', 'source', 'state', 'area'],
    filters: ['state', 'decision', 'outcome', 'finding', 'dueOn', 'settledOn'],
    sort: 'dueOn',
  },
  indexes: [['list', 'line']],
  carried: {
    fields: ['name', 'document', 'phone', 'address', 'outcome', 'dueOn', 'source'],
    rows: { op: 'is', field: 'state', value: 'open' },
    first: (day) => ({ op: 'between', field: 'dueOn', high: day }),
  },
})
