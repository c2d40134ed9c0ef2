import { defineRecord, f, fullDayWords, lasting, refuse } from '@guatu/kernel'
import { DOMAINS } from '../communique/index.ts'
import { LIGHTS } from '../lights/light.ts'
import { dayIn } from '../meetings/numbers.ts'
import { goneOf } from './gone.ts'
import { SETTLED } from './grading.ts'
import { OFFICE } from './matter.ts'
import { FREQUENCIES } from './rhythm.ts'

const unitsList = (zh: string, en: string) =>
  f.list({ label: { zh, en }, item: f.unit({ label: { zh: '单位', en: 'Unit' } }), max: 40, optional: true })

/** What the row takes over from its lead unit's task. */
const TRACKED = ['light', 'signedAt', 'due', 'progress', 'percent', 'problems', 'chases', 'extensionTo', 'review'] as const
/** What a round leaves in the row that is not so of the next one. */
const SAID = ['progress', 'problems', 'chases', 'extensionTo', 'review', 'result'] as const

/** Where a matter comes from stays with it for ever. */
const CANCEL_IT = {
  zh: '来源和引文随立项不变；摘录有误的，请撤销本事项，另行立项。',
  en: 'Source and quotation stay as filed; where they are wrong, cancel this matter and file another.',
}
const QUOTED = {
  fields: ['meeting', 'directive', 'quote'],
  instead: CANCEL_IT,
} as const

const ISSUED = lasting(
  '任务已交各单位；要改的，请对任务“撤回”或“批示再办”，整项有误的撤销本事项另行立项。',
  'The units have their tasks: withdraw a task or comment and assign again; where the whole matter is wrong, cancel it and file another.',
  'lead',
  'assisting',
  'due',
)
const COMMENTED = lasting(
  '批示已交牵头单位；要改的，请再次“批示再办”。',
  'The lead unit has the comment; to change it, comment and assign again.',
  'comment',
  'due',
)
const CANCELLED = lasting('撤销错的，请另行立项。', 'Where it was cancelled by mistake, file the matter anew.')

/** Who assists is named once, and whoever leads does not assist as well. */
const assistingOnce = ({ lead, assisting = [] }: { readonly lead?: string; readonly assisting?: readonly string[] }) => {
  const once = [...new Set(assisting)].filter((unit) => unit !== lead)
  return once.length === assisting.length ? {} : { assisting: once }
}

/** How often the units report is said to each of them. */
const paced = ({ frequency }: { readonly frequency?: string }) => (frequency === undefined ? {} : { frequency })

/** A matter under supervision 督办事项: one line of the register, from filing to closing. */
export const item = defineRecord({
  name: 'item',
  label: { zh: '督办事项', en: 'Supervision item' },
  at: 'city',
  title: 'content',
  key: ['number'],
  units: ['lead', 'assisting'],
  engages: {
    states: ['filed'],
    ends: { zh: '请督查室用“修改”改选牵头、协办单位', en: 'let the supervision office choose other lead and assisting units with Revise' },
  },
  fields: {
    number: f.code({ label: { zh: '编号', en: 'No.' }, pattern: /^DB-\d{8}(?:-\d{1,4}){1,2}$/, example: 'DB-20200214-4-07' }),
    // Not a date: what is written in a number by hand may be no day of any calendar.
    numberedOn: f.code({
      label: { zh: '编号日期', en: 'Day of the number' },
      pattern: /^\d{4}-\d{2}-\d{2}$/,
      example: '2020-02-14',
      optional: true,
    }),
    filedOn: f.date({ label: { zh: '立项日期', en: 'Filed on' }, optional: true }),
    source: f.choice({
      label: { zh: '来源', en: 'Source' },
      options: {
        meeting: { zh: '会议决定', en: 'Meeting decision' },
        document: { zh: '文件', en: 'Document' },
        leader: { zh: '领导批示', en: "Leader's comment" },
        superior: { zh: '上级交办', en: 'Assigned from above' },
        public: { zh: '群众反映', en: 'Public report' },
      },
    }),
    sourceTitle: f.text({ label: { zh: '来源名称', en: 'Source title' }, max: 300, optional: true }),
    meeting: f.record({ label: { zh: '会议', en: 'Meeting' }, of: 'meeting', optional: true }),
    directive: f.record({ label: { zh: '部署', en: 'Directive' }, of: 'directive', optional: true }),
    quote: f.text({ label: { zh: '来源引文', en: 'Quotation' }, max: 4_000, multiline: true, optional: true }),
    content: f.text({ label: { zh: '督办事项', en: 'Matter' }, max: 300 }),
    domain: f.choice({
      label: { zh: '领域', en: 'Domain' },
      options: Object.fromEntries(DOMAINS.map(({ code, zh, en }) => [code, { zh, en }])),
      optional: true,
    }),
    conditions: f.list({
      label: { zh: '条件', en: 'Conditions' },
      item: f.text({ label: { zh: '条件', en: 'Condition' }, max: 400 }),
      max: 20,
      optional: true,
    }),
    target: f.text({ label: { zh: '目标要求', en: 'Target' }, max: 500, multiline: true, optional: true }),
    leader: f.text({ label: { zh: '分管领导（职务）', en: 'Leader in charge (by role)' }, max: 100, optional: true }),
    lead: f.unit({ label: { zh: '牵头单位', en: 'Lead unit' } }),
    assisting: unitsList('协办单位', 'Assisting units'),
    due: f.date({ label: { zh: '办理时限', en: 'Due' } }),
    frequency: f.choice({ label: { zh: '反馈频次', en: 'Reporting' }, options: FREQUENCIES, optional: true }),
    indicators: f.list({
      label: { zh: '指标', en: 'Indicators' },
      item: f.text({ label: { zh: '指标', en: 'Indicator' }, max: 80 }),
      max: 20,
      optional: true,
    }),
    assignedOn: f.date({ label: { zh: '交办日期', en: 'Assigned on' }, optional: true }),
    result: f.text({ label: { zh: '办理结果', en: 'Result' }, max: 2_000, multiline: true, optional: true }),
    closedOn: f.date({ label: { zh: '销号日期', en: 'Closed on' }, optional: true }),
    closedBy: f.text({ label: { zh: '销号人（职务）', en: 'Closed by (role)' }, max: 60, optional: true }),
    responsible: f.text({ label: { zh: '责任人（职务）', en: 'Responsible (by role)' }, max: 100, optional: true }),
    // From here on the row follows the lead unit's task; nobody types these.
    light: f.choice({ label: { zh: '状态灯', en: 'Light' }, options: LIGHTS, optional: true }),
    signedAt: f.moment({ label: { zh: '签收时间', en: 'Signed at' }, optional: true }),
    progress: f.text({ label: { zh: '最新进展', en: 'Latest progress' }, max: 2_000, multiline: true, optional: true }),
    percent: f.count({ label: { zh: '进度（%）', en: 'Progress (%)' }, max: 100, optional: true }),
    problems: f.text({ label: { zh: '存在问题', en: 'Problems' }, max: 1_000, multiline: true, optional: true }),
    chases: f.count({ label: { zh: '催办次数', en: 'Reminders' }, optional: true }),
    extensionTo: f.date({ label: { zh: '申请延至', en: 'Extension asked to' }, optional: true }),
    review: f.text({ label: { zh: '审核意见', en: 'Review' }, max: 1_000, multiline: true, optional: true }),
    comment: f.text({ label: { zh: '领导批示', en: "Leader's comment" }, max: 500, multiline: true, optional: true }),
  },
  states: {
    filed: { zh: '已立项', en: 'Filed' },
    assigned: { zh: '办理中', en: 'In hand' },
    concluded: { zh: '待销号', en: 'To be closed' },
    closed: { zh: '已销号', en: 'Closed' },
    cancelled: { zh: '已撤销', en: 'Cancelled' },
  },
  actions: {
    file: {
      label: { zh: '立项', en: 'File' },
      from: 'new',
      to: 'filed',
      by: OFFICE,
      needs: ['number', 'source', 'content', 'lead', 'due'],
      takes: [
        'sourceTitle',
        'meeting',
        'directive',
        'quote',
        'domain',
        'conditions',
        'target',
        'leader',
        'responsible',
        'assisting',
        'frequency',
        'indicators',
      ],
      effect: (row, act) => ({ filedOn: act.day, numberedOn: dayIn(row.number ?? ''), ...assistingOnce(row) }),
      settles: QUOTED,
      tone: 'main',
    },
    revise: {
      label: { zh: '修改', en: 'Revise' },
      from: ['filed'],
      to: 'same',
      by: OFFICE,
      takes: ['content', 'target', 'leader', 'responsible', 'lead', 'assisting', 'due', 'frequency', 'domain'],
      effect: assistingOnce,
    },
    assign: {
      label: { zh: '分解交办', en: 'Split and assign' },
      from: ['filed'],
      to: 'assigned',
      by: OFFICE,
      takes: ['lead', 'assisting', 'due'],
      tone: 'main',
      guard: ({ after, today, places }) => {
        if (after.due !== undefined && after.due < today)
          return refuse(
            'due-in-past',
            {
              zh: `办理时限${fullDayWords(after.due).zh}已过，请先调整时限。`,
              en: `The due date ${fullDayWords(after.due).en} has passed; set a new one first.`,
            },
            { path: 'input.due' },
          )
        const gone = goneOf(after, { places, today })
        return gone
          ? refuse(
              'unit-gone',
              {
                zh: `${gone.called.zh}“${gone.name}”在${fullDayWords(today).zh}不存在（已撤销或尚未设立）：请改选${gone.called.zh}。`,
                en: `The ${gone.called.en} “${gone.name}” does not exist on ${fullDayWords(today).en}: it has ended or not begun; choose another one.`,
              },
              { path: `input.${gone.field}` },
            )
          : undefined
      },
      effect: (row, act) => ({ assignedOn: act.day, light: 'notStarted', ...assistingOnce(row) }),
      follows: ({ after, act }) => {
        const common = { item: act.recordId, number: after.number, content: after.content, due: after.due, ...paced(after) }
        return [
          {
            record: 'task',
            action: 'issue',
            ...(after.lead ? { area: after.lead } : {}),
            input: { ...common, unit: after.lead, role: 'lead' },
          },
          ...(after.assisting ?? []).map((unit) => ({
            record: 'task',
            action: 'issue',
            area: unit,
            input: { ...common, unit, role: 'assist' },
          })),
        ]
      },
      settles: ISSUED,
    },
    conclude: {
      label: { zh: '全部办结', en: 'All done' },
      from: ['assigned'],
      to: 'concluded',
      by: {},
      automatic: true,
      takes: ['result'],
    },
    track: {
      label: { zh: '跟进', en: 'Follow up' },
      from: ['filed', 'assigned', 'concluded', 'closed', 'cancelled'],
      to: 'same',
      by: {},
      automatic: true,
      takes: [...TRACKED, 'result'],
    },
    close: {
      label: { zh: '销号', en: 'Close' },
      from: ['concluded'],
      to: 'closed',
      by: { leader: 'area', 'supervision-office': 'area' },
      takes: ['result', 'closedBy'],
      tone: 'main',
      effect: (_row, act) => ({ closedOn: act.day }),
    },
    remark: {
      label: { zh: '批示再办', en: 'Comment and assign again' },
      from: ['concluded', 'closed', 'assigned'],
      to: 'assigned',
      by: { leader: 'area', 'supervision-office': 'area' },
      needs: ['comment', 'due'],
      guard: ({ after, today, places }) => {
        if (after.due !== undefined && after.due < today)
          return refuse(
            'due-in-past',
            { zh: '新的时限不能早于今天。', en: 'The new due date cannot lie in the past.' },
            { path: 'input.due' },
          )
        const gone = goneOf({ lead: after.lead }, { places, today })
        return gone
          ? refuse('unit-gone', {
              zh: `牵头单位“${gone.name}”已撤销，不能再办：请另行立项，交接办的单位。`,
              en: `The lead unit “${gone.name}” has ended and does nothing any more: file the matter anew for the unit that takes over.`,
            })
          : undefined
      },
      related: { tasks: { record: 'task', by: 'item', sees: ['role'] } },
      effect: () => ({ closedOn: null, closedBy: null, signedAt: null, percent: null, light: 'notStarted' }),
      follows: ({ after, act, related }) => {
        const { comment, due } = after
        // While the lead unit is still at it, the comment goes to the task that it has: nobody answers for one matter twice.
        const open = (related.tasks ?? []).find((one) => one.fields.role === 'lead' && !SETTLED.includes(one.state))
        if (open) return [{ record: 'task', recordId: open.id, action: 'redirect', input: { comment, due } }]
        return [
          {
            record: 'task',
            action: 'issue',
            ...(after.lead ? { area: after.lead } : {}),
            input: { item: act.recordId, number: after.number, content: comment, due, unit: after.lead, role: 'lead', ...paced(after) },
          },
          // A round of its own: what was said in the last one stands in its task and in the history.
          { record: 'item', recordId: act.recordId, action: 'track', input: Object.fromEntries(SAID.map((name) => [name, null])) },
        ]
      },
      settles: COMMENTED,
    },
    cancel: {
      label: { zh: '撤销', en: 'Cancel' },
      from: ['filed', 'assigned'],
      to: 'cancelled',
      by: OFFICE,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      related: { tasks: { record: 'task', by: 'item', sees: [] } },
      follows: ({ related, act }) =>
        (related.tasks ?? [])
          .filter((t) => !SETTLED.includes(t.state))
          .map((t) => ({ record: 'task', recordId: t.id, action: 'withdraw', input: { reason: act.input.reason } })),
      settles: CANCELLED,
    },
  },
  read: {
    'supervision-office': 'area',
    leader: 'area',
    'duty-officer': 'area',
    auditor: 'area',
    'agency-clerk': 'unit',
    'county-clerk': 'area-or-unit',
  },
  list: {
    columns: ['number', 'content', 'lead', 'due', 'light', 'state', 'domain', 'filedOn'],
    filters: ['state', 'light', 'lead', 'domain', 'due', 'meeting', 'source'],
    sort: 'due',
  },
  indexes: [['numberedOn']],
})
