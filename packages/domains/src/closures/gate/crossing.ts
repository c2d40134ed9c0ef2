import {
  type Draft,
  dayOf,
  defineRecord,
  type Follow,
  f,
  instantMs,
  type ParameterReader,
  type Situation,
  toExpression,
} from '@guatu/kernel'
import { cancelling, MAY_CANCEL, mayCancel, notBorn, recall, SENT, takenBack } from './cancel.ts'
import { judgedAnew, SETTLED, sentAnew, UNDER_WAY, WAYS, waitedFor } from './corrected.ts'
import { DECISIONS, GATES, type GateFacts, rule } from './decide.ts'
import { refer, referred, referredAnew } from './refer.ts'
import { amended, lines, meet, meetings, met, part } from './twice.ts'

const yesNo = (zh: string, en: string) => f.flag({ label: { zh, en }, optional: true })

const fields = {
  post: f.record({ label: { zh: '卡口', en: 'Post or gate' }, of: 'place', optional: true }),
  gate: f.choice({ label: { zh: '卡口类型', en: 'Kind of gate' }, options: GATES }),
  direction: f.choice({ label: { zh: '方向', en: 'Direction' }, options: { in: { zh: '进', en: 'In' }, out: { zh: '出', en: 'Out' } } }),
  crossedAt: f.moment({ label: { zh: '时间', en: 'Time' }, optional: true }),
  person: f.person({ label: { zh: '人员', en: 'Person' }, optional: true }),
  travellers: f.count({ label: { zh: '同车人数', en: 'People in the vehicle' }, max: 200, optional: true }),
  plate: f.text({ label: { zh: '车牌', en: 'Number plate' }, max: 12, sensitive: true, find: 'exact', optional: true }),
  origin: f.text({ label: { zh: '来源地', en: 'Origin' }, max: 60, optional: true }),
  destination: f.area({ label: { zh: '目的地', en: 'Destination' }, optional: true }),
  purpose: f.text({ label: { zh: '事由', en: 'Purpose' }, max: 100, optional: true }),
  temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
  listed: yesNo('来自或14天内到过重点地区', 'From a listed place, or was there within the period'),
  home: yesNo('本地有住处', 'Has a home here'),
  local: yesNo('市内往来', 'Moves within the city'),
  through: yesNo('过境', 'Passes through'),
  certificate: f.text({ label: { zh: '健康证明号', en: 'Certificate no.' }, max: 40, optional: true }),
  mask: yesNo('佩戴口罩', 'Wears a mask'),
  refuses: yesNo('拒绝测温登记', 'Refuses to be measured'),
  courier: yesNo('快递外卖', 'Courier'),
  pass: f.record({ label: { zh: '通行证', en: 'Pass' }, of: 'pass', optional: true }),
  passNumber: f.code({
    label: { zh: '通行证号', en: 'Pass number' },
    pattern: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/,
    example: '7K3M-Q0ZD',
    optional: true,
  }),
  checked: f.choice({
    label: { zh: '验证结果', en: 'Pass check' },
    options: {
      valid: { zh: '有效', en: 'Valid' },
      spent: { zh: '次数用完', en: 'Used up' },
      isolated: { zh: '隔离观察中', en: 'Isolated' },
      invalid: { zh: '无效', en: 'Not valid' },
    },
    optional: true,
  }),
  decision: f.choice({ label: { zh: '查验结果', en: 'Decision' }, options: DECISIONS }),
  days: f.count({ label: { zh: '观察天数', en: 'Days of observation' }, max: 60, optional: true }),
  site: f.record({ label: { zh: '集中隔离点', en: 'Central point' }, of: 'site', optional: true }),
  because: f.text({ label: { zh: '与规则不同的理由', en: 'Why other than the rule' }, max: 300, optional: true }),
  ruled: f.choice({ label: { zh: '规则判定', en: 'The rule says' }, options: DECISIONS, optional: true }),
  ruledWhy: f.localizedText({ label: { zh: '判定理由', en: 'Reason' }, max: 400, optional: true }),
  differs: f.flag({ label: { zh: '与规则不同', en: 'Other than the rule' }, optional: true }),
  confirmedAt: f.moment({ label: { zh: '接收确认时间', en: 'Arrival confirmed' }, optional: true }),
  ...meetings,
  ...cancelling,
} as const

type CrossingSituation = Situation<typeof fields>

const told = (value: boolean | undefined): boolean | null => value ?? null

/** The facts of a crossing as the rule table asks them. */
export function factsOf(row: Draft<typeof fields>): GateFacts {
  const estate = row.gate === 'estate'
  const unasked = estate ? false : null
  return {
    temperature: row.temperature ?? null,
    out: row.direction === 'out',
    listed: row.listed ?? unasked,
    home: row.home ?? unasked,
    local: row.local ?? unasked,
    through: row.through ?? false,
    certificate: row.certificate !== undefined,
    mask: told(row.mask),
    pass: row.checked === 'valid' || row.checked === 'spent' || row.checked === 'isolated',
    spent: row.checked === 'spent',
    isolated: row.checked === 'isolated',
    exempt: false,
    courier: row.courier ?? false,
    refuses: row.refuses ?? false,
  }
}

export const ruleFor = (row: Draft<typeof fields>, parameter: ParameterReader) => rule(row.gate ?? 'road', factsOf(row), parameter)

/** One line of a gate log 卡口登记: who crossed, what was found, what was done. What was done stands even where the rule says otherwise. */
export const crossing = defineRecord({
  name: 'crossing',
  label: { zh: '卡口登记', en: 'Gate log' },
  at: 'county',
  title: 'origin',
  fields,
  states: {
    logged: { zh: '已登记', en: 'Logged' },
    received: { zh: '已接收', en: 'Received' },
    cancelled: { zh: '已撤销', en: 'Cancelled' },
  },
  // What was cancelled is entered anew, not corrected.
  sealed: ['cancelled'],
  actions: {
    record: {
      label: { zh: '登记', en: 'Log' },
      from: 'new',
      to: 'logged',
      by: { 'gate-officer': 'area', 'grid-worker': 'area', 'town-clerk': 'area' },
      needs: ['gate', 'direction', 'decision'],
      takes: [
        'post',
        'person',
        'travellers',
        'plate',
        'origin',
        'destination',
        'purpose',
        'temperature',
        'listed',
        'home',
        'local',
        'through',
        'certificate',
        'mask',
        'refuses',
        'courier',
        'pass',
        'passNumber',
        'checked',
        'days',
        'site',
        'because',
        'cancelled',
      ],
      notAsked: ['cancelled'],
      guard: notBorn,
      offline: true,
      tone: 'main',
      related: { me: { record: 'person', at: 'person', sees: [] }, lines },
      effect: (_row, act) => ({ crossedAt: act.happenedAt, enteredBy: act.actor }),
      follows: (at) => [...judged(at), ...sent(at), ...referred(at), ...met(at)],
      amends: (at) => [...amended(at), ...sentAnew(at), ...judgedAnew(at, rulingOf(at)), ...referredAnew(at)],
      settles: SETTLED,
    },
    judge: {
      label: { zh: '规则核对', en: 'Hold against the rule' },
      from: ['logged', 'received'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['ruled', 'ruledWhy', 'differs'],
    },
    resend: {
      label: { zh: '按更正重新通知目的地', en: 'Tell the destination what was corrected' },
      from: ['logged', 'received'],
      to: 'same',
      by: {},
      automatic: true,
      related: { me: { record: 'person', at: 'person', sees: [] }, ways: WAYS },
      follows: (at) => waitedFor(at, sent(at)[0]),
    },
    cancel: {
      label: { zh: '撤销登记（录错）', en: 'Strike the line: entered by mistake' },
      from: ['logged', 'received'],
      to: 'cancelled',
      by: MAY_CANCEL,
      needs: ['cancelReason'],
      offline: true,
      tone: 'danger',
      related: SENT,
      guard: mayCancel,
      follows: takenBack,
    },
    refer,
    recall,
    meet,
    part,
    receive: {
      label: { zh: '目的地接收', en: 'Received' },
      from: ['logged'],
      to: 'received',
      by: {},
      automatic: true,
      needs: ['confirmedAt'],
    },
    awaited: {
      label: { zh: '目的地撤回接收', en: 'Arrival taken back' },
      from: ['received'],
      to: 'logged',
      by: {},
      automatic: true,
      effect: () => ({ confirmedAt: null }),
    },
  },
  read: {
    'duty-officer': 'area',
    leader: 'area',
    'county-clerk': 'area',
    'town-clerk': 'area',
    'gate-officer': 'area',
    'grid-worker': 'area',
    auditor: 'area',
  },
  reveal: { 'duty-officer': 'area', 'county-clerk': 'area' },
  list: {
    columns: [
      'crossedAt',
      'person',
      'direction',
      'origin',
      'destination',
      'temperature',
      'decision',
      'differs',
      'twoGates',
      'travellers',
      'state',
    ],
    filters: ['direction', 'decision', 'differs', 'twoGates', 'gate', 'post', 'pass', 'passNumber', 'person', 'crossedAt', 'state'],
    sort: '-crossedAt',
  },
  // A phone adds lines and needs none of those that others wrote: a post writes tens of thousands a day.
  carried: { fields: ['gate', 'direction', 'decision', 'crossedAt'], rows: toExpression({ state: [] }) },
  indexes: [['crossedAt'], ['passNumber', 'crossedAt'], ['post', 'crossedAt']],
})

/** What the table of the day of the line says of it; nothing where it asks what nobody said. */
function rulingOf({ after, act, parameterOn, zone }: CrossingSituation) {
  const day = dayOf({ epochMilliseconds: instantMs(after.crossedAt ?? act.happenedAt) ?? 0 }, zone)
  const ruling = ruleFor(after, parameterOn(day))
  return ruling.ok ? ruling.value : undefined
}

/** Notes what the table says where it is something else than what was done: a person looks at those, nothing is undone. */
function judged(at: CrossingSituation): readonly Follow[] {
  const ruling = rulingOf(at)
  if (ruling === undefined || ruling.decision === at.after.decision) return []
  return [
    {
      record: 'crossing',
      recordId: at.act.recordId,
      action: 'judge',
      input: { ruled: ruling.decision, ruledWhy: ruling.why, differs: true },
    },
  ]
}

/** Where somebody is sent: as written, else home where the register knows one, else the area of the gate has to look for them. */
const sentTo = ({ after, area, related }: CrossingSituation): string =>
  after.destination ?? (after.decision === 'home' ? related.me?.[0]?.area : undefined) ?? area

/** Whoever is sent somewhere is on the way until the destination confirms, within the drive time. */
function sent(at: CrossingSituation): readonly Follow[] {
  const { after, act, parameter } = at
  const { decision } = after
  if (decision === undefined || !UNDER_WAY.includes(decision)) return []
  const minutes = parameter<number>('closures.drive.minutes')
  const expectedBy = Temporal.Instant.from(after.crossedAt ?? act.happenedAt)
    .add({ minutes })
    .toString({ smallestUnit: 'millisecond' })
  return [
    {
      record: 'transit',
      action: 'expect',
      area: sentTo(at),
      input: {
        crossing: act.recordId,
        decision,
        expectedBy,
        nextChase: expectedBy,
        ...(after.person === undefined ? {} : { person: after.person }),
        ...(after.days === undefined ? {} : { days: after.days }),
        ...(after.listed === undefined ? {} : { listed: after.listed }),
        ...(after.site === undefined ? {} : { site: after.site }),
        ...(after.origin === undefined ? {} : { origin: after.origin }),
        ...(after.travellers === undefined ? {} : { travellers: after.travellers }),
      },
    },
  ]
}
