import {
  type DailyDuty,
  type Draft,
  daysBetween,
  defineRecord,
  type Expression,
  type Fields,
  type Follow,
  f,
  type ParameterReader,
  refuse,
  type Situation,
  where,
} from '@guatu/kernel'
import { LIGHTS, lightOf } from '../lights/light.ts'

const OFFICE = { 'supervision-office': 'all' } as const
const OWN = { 'agency-clerk': 'unit', 'county-clerk': 'unit' } as const

const fields = {
  item: f.record({ label: { zh: '督办事项', en: 'Item' }, of: 'item' }),
  number: f.code({ label: { zh: '编号', en: 'No.' }, pattern: /^DB-[\d-]{1,24}$/, example: 'DB-20200214-4-07' }),
  content: f.text({ label: { zh: '任务', en: 'Task' }, max: 500, multiline: true }),
  unit: f.unit({ label: { zh: '承办单位', en: 'Unit' } }),
  role: f.choice({
    label: { zh: '承办方式', en: 'Part' },
    options: { lead: { zh: '牵头', en: 'Lead' }, assist: { zh: '协办', en: 'Assisting' } },
  }),
  due: f.date({ label: { zh: '办理时限', en: 'Due' } }),
  originalDue: f.date({ label: { zh: '原定时限', en: 'Original due date' }, optional: true }),
  issuedOn: f.date({ label: { zh: '交办日期', en: 'Issued on' }, optional: true }),
  signedAt: f.moment({ label: { zh: '签收时间', en: 'Signed at' }, optional: true }),
  progress: f.text({ label: { zh: '最新进展', en: 'Latest progress' }, max: 2_000, multiline: true, optional: true }),
  percent: f.count({ label: { zh: '进度（%）', en: 'Progress (%)' }, max: 100, optional: true }),
  problems: f.text({ label: { zh: '存在问题', en: 'Problems' }, max: 1_000, multiline: true, optional: true }),
  reportedAt: f.moment({ label: { zh: '最近反馈', en: 'Last report' }, optional: true }),
  reportedOn: f.date({ label: { zh: '反馈日期', en: 'Reported on' }, optional: true }),
  evidence: f.list({ label: { zh: '佐证', en: 'Evidence' }, item: f.file({ label: { zh: '附件', en: 'File' } }), max: 30, optional: true }),
  chases: f.count({ label: { zh: '催办次数', en: 'Reminders' }, optional: true }),
  chasedAt: f.moment({ label: { zh: '最近催办', en: 'Last reminder' }, optional: true }),
  extensionTo: f.date({ label: { zh: '申请延至', en: 'Extension asked to' }, optional: true }),
  extensionReason: f.text({ label: { zh: '延期理由', en: 'Reason for extension' }, max: 500, multiline: true, optional: true }),
  returns: f.count({ label: { zh: '退回次数', en: 'Returns' }, optional: true }),
  returnReason: f.choice({
    label: { zh: '退回原因', en: 'Why returned' },
    options: {
      facts: { zh: '事实不清', en: 'Facts unclear' },
      problem: { zh: '问题未解决', en: 'Problem not solved' },
      unfinished: { zh: '任务未完成', en: 'Task not done' },
      lawful: { zh: '不合规定', en: 'Not lawful' },
      form: { zh: '格式不符', en: 'Form not right' },
    },
    optional: true,
  }),
  review: f.text({ label: { zh: '审核意见', en: 'Review' }, max: 1_000, multiline: true, optional: true }),
  acceptedOn: f.date({ label: { zh: '办结日期', en: 'Accepted on' }, optional: true }),
  onTime: f.flag({ label: { zh: '按期', en: 'On time' }, optional: true }),
  signedInTime: f.flag({ label: { zh: '按时签收', en: 'Signed in time' }, optional: true }),
  reportedInTime: f.flag({ label: { zh: '按时反馈', en: 'Reported in time' }, optional: true }),
  light: f.choice({ label: { zh: '状态灯', en: 'Light' }, options: LIGHTS, optional: true }),
} satisfies Fields

type TaskSituation = Situation<typeof fields>

/** What an act settles about punctuality, kept with the task so that units can be counted by it. */
interface Punctuality {
  readonly signedInTime?: boolean
  readonly reportedInTime?: boolean
}

/**
 * The light that a task has after an act, and what the act settled, as a consequence of its own when it changed: so that the
 * books can count lights. The register row follows its lead unit in any case.
 */
const regrade = (at: TaskSituation, state: string, settled: Punctuality = {}): readonly Follow[] => {
  const { after, act, today, parameter } = at
  const light = lightAt(after, state, today, parameter) ?? after.light
  const unchanged = light === after.light && Object.keys(settled).length === 0
  return light === undefined || unchanged
    ? track(after)
    : [{ record: 'task', recordId: act.recordId, action: 'grade', input: { light, ...settled } }]
}

/** What the register shows of the lead unit's work; the lead unit answers for joint matters. */
const TRACKED = ['light', 'signedAt', 'due', 'progress', 'percent', 'problems', 'chases', 'extensionTo', 'review'] as const

const track = (after: Draft<typeof fields>): readonly Follow[] =>
  after.role !== 'lead' || after.item === undefined
    ? []
    : [
        {
          record: 'item',
          recordId: after.item,
          action: 'track',
          input: Object.fromEntries(
            TRACKED.flatMap((name) => (after[name] === undefined && name !== 'extensionTo' ? [] : [[name, after[name] ?? null]])),
          ),
        },
      ]

export function lightAt(task: Draft<typeof fields>, state: string, day: string, parameter: ParameterReader) {
  if (task.due === undefined || task.issuedOn === undefined) return undefined
  const limits = { yellow: parameter<number>('command.light.yellow'), red: parameter<number>('command.light.red') }
  return lightOf({ state, issuedOn: task.issuedOn, due: task.due, percent: task.percent ?? 0 }, day, limits)
}

const OPEN = ['issued', 'signed', 'returned'] as const
const IN_HAND = ['signed', 'returned'] as const
const ASKED: Expression = { op: 'given', field: 'extensionTo' }

/** What one unit has to do of a matter: signed for, reported, reviewed. */
export const task = defineRecord({
  name: 'task',
  label: { zh: '交办任务', en: 'Task' },
  at: 'city',
  title: 'content',
  units: ['unit'],
  fields,
  states: {
    issued: { zh: '待签收', en: 'To be signed for' },
    signed: { zh: '办理中', en: 'In hand' },
    reported: { zh: '待审核', en: 'To be reviewed' },
    returned: { zh: '退回', en: 'Returned' },
    accepted: { zh: '已办结', en: 'Accepted' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  },
  actions: {
    issue: {
      label: { zh: '交办', en: 'Issue' },
      from: 'new',
      to: 'issued',
      by: OFFICE,
      needs: ['item', 'number', 'content', 'unit', 'role', 'due'],
      effect: (row, act) => ({ issuedOn: act.day, originalDue: row.due ?? null, light: 'notStarted' }),
    },
    sign: {
      label: { zh: '签收', en: 'Sign for' },
      from: ['issued'],
      to: 'signed',
      by: OWN,
      tone: 'main',
      effect: (_row, act) => ({ signedAt: act.happenedAt }),
      follows: (at) =>
        regrade(at, 'signed', {
          signedInTime: daysBetween(at.after.issuedOn ?? at.today, at.today) <= at.parameter<number>('command.sign.days'),
        }),
    },
    update: {
      label: { zh: '报进展', en: 'Report progress' },
      from: IN_HAND,
      to: 'same',
      by: OWN,
      needs: ['progress', 'percent'],
      takes: ['problems', 'evidence'],
      effect: (_row, act) => ({ reportedAt: act.happenedAt, reportedOn: act.day }),
      follows: (at) => regrade(at, at.state ?? 'signed'),
    },
    report: {
      label: { zh: '办结反馈', en: 'Report as done' },
      from: IN_HAND,
      to: 'reported',
      by: OWN,
      tone: 'main',
      needs: ['progress'],
      takes: ['problems', 'evidence'],
      effect: (_row, act) => ({ reportedAt: act.happenedAt, reportedOn: act.day, percent: 100 }),
      guard: ({ after }) =>
        after.role === 'lead' && (after.evidence ?? []).length === 0
          ? refuse(
              'evidence-missing',
              { zh: '牵头单位办结反馈须附佐证材料。', en: 'The lead unit reports with evidence; attach at least one file.' },
              { path: 'input.evidence' },
            )
          : undefined,
      follows: (at) => regrade(at, 'reported', { reportedInTime: at.today <= (at.after.due ?? at.today) }),
    },
    askExtension: {
      label: { zh: '申请延期', en: 'Ask for an extension' },
      from: IN_HAND,
      to: 'same',
      by: OWN,
      needs: ['extensionTo', 'extensionReason', 'progress'],
      guard: ({ before, after, today }) => {
        const due = before?.due ?? ''
        if (before?.extensionTo !== undefined)
          return refuse('extension-pending', { zh: '上一次延期申请尚未答复。', en: 'The last request has not been answered yet.' })
        if (today >= due)
          return refuse('extension-too-late', {
            zh: `延期须在时限（${due}）之前提出，现按原时限计。`,
            en: `An extension must be asked for before the due date (${due}); the original date counts.`,
          })
        if ((after.extensionTo ?? '') <= due)
          return refuse(
            'extension-not-later',
            { zh: '新的时限应晚于原时限。', en: 'The new date must be later than the present one.' },
            { path: 'input.extensionTo' },
          )
        return undefined
      },
      follows: ({ after }) => track(after),
    },
    grantExtension: {
      label: { zh: '同意延期', en: 'Grant the extension' },
      from: [...IN_HAND, 'reported'],
      to: 'same',
      by: OFFICE,
      when: ASKED,
      takes: ['review'],
      guard: ({ before }) => noRequest(before),
      effect: (row) => ({ due: row.extensionTo ?? row.due ?? null, extensionTo: null, extensionReason: null }),
      follows: (at) => regrade(at, at.state ?? 'signed'),
    },
    refuseExtension: {
      label: { zh: '不同意延期', en: 'Refuse the extension' },
      from: [...IN_HAND, 'reported'],
      to: 'same',
      by: OFFICE,
      when: ASKED,
      needs: ['review'],
      guard: ({ before }) => noRequest(before),
      effect: () => ({ extensionTo: null, extensionReason: null }),
      follows: ({ after }) => track(after),
    },
    chase: {
      label: { zh: '催办', en: 'Remind' },
      from: OPEN,
      to: 'same',
      by: OFFICE,
      with: {
        how: f.choice({
          label: { zh: '方式', en: 'How' },
          options: {
            phone: { zh: '电话', en: 'Phone' },
            letter: { zh: '发函', en: 'Letter' },
            visit: { zh: '上门', en: 'Visit' },
            site: { zh: '现场督办', en: 'On site' },
          },
        }),
        note: f.text({ label: { zh: '情况', en: 'Note' }, max: 500, multiline: true, optional: true }),
      },
      guard: ({ before, state, today, parameter }) => {
        const unsigned = state === 'issued' && daysBetween(before?.issuedOn ?? today, today) >= parameter<number>('command.sign.days')
        if (today > (before?.due ?? '') || unsigned) return undefined
        return refuse('not-overdue', {
          zh: `时限为${before?.due}，尚未逾期，不需催办。`,
          en: `It is due on ${before?.due} and not overdue; no reminder is needed.`,
        })
      },
      effect: (row, act) => ({ chases: (row.chases ?? 0) + 1, chasedAt: act.happenedAt }),
      follows: ({ after }) => track(after),
    },
    accept: {
      label: { zh: '审核通过', en: 'Accept' },
      from: ['reported'],
      to: 'accepted',
      by: OFFICE,
      tone: 'main',
      takes: ['review'],
      related: { siblings: { record: 'task', by: 'item', through: 'item' } },
      effect: (row, act) => ({
        acceptedOn: act.day,
        // What was handed in on time is on time, however long the review took.
        onTime: (row.reportedOn ?? act.day) <= (row.due ?? act.day),
        extensionTo: null,
        extensionReason: null,
      }),
      follows: (at) => {
        const { after } = at
        return [...regrade(at, 'accepted'), ...(lastOpen(at) ? conclude(after.item, after.progress) : [])]
      },
    },
    return: {
      label: { zh: '退回', en: 'Return' },
      from: ['reported'],
      to: 'returned',
      by: OFFICE,
      tone: 'danger',
      needs: ['returnReason', 'review'],
      effect: (row) => ({ returns: (row.returns ?? 0) + 1, percent: Math.min(row.percent ?? 0, 90) }),
      follows: (at) => regrade(at, 'returned'),
    },
    withdraw: {
      label: { zh: '撤回', en: 'Withdraw' },
      from: [...OPEN, 'reported'],
      to: 'withdrawn',
      by: OFFICE,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      related: { siblings: { record: 'task', by: 'item', through: 'item' }, items: { record: 'item', at: 'item' } },
      follows: (at) => {
        const accepted = (at.related.siblings ?? []).findLast((one) => one.state === 'accepted')
        // Taking back the last open task ends a matter that others have finished; with nothing finished it stays in hand.
        const done = accepted !== undefined && lastOpen(at) && at.related.items?.[0]?.state === 'assigned'
        return [...regrade(at, 'withdrawn'), ...(done ? conclude(at.after.item, accepted.fields.progress) : [])]
      },
    },
    grade: {
      label: { zh: '评灯', en: 'Grade' },
      from: [...OPEN, 'reported', 'accepted', 'withdrawn'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['light'],
      takes: ['signedInTime', 'reportedInTime'],
      follows: ({ after }) => track(after),
    },
  },
  read: {
    'supervision-office': 'all',
    leader: 'all',
    'duty-officer': 'all',
    auditor: 'all',
    'agency-clerk': 'unit',
    'county-clerk': 'unit',
  },
  list: {
    columns: ['number', 'content', 'unit', 'role', 'due', 'light', 'state', 'percent'],
    filters: ['state', 'unit', 'light', 'role', 'due', 'item', 'issuedOn', 'signedInTime', 'reportedInTime'],
    sort: 'due',
  },
})

const noRequest = (before: Draft<typeof fields> | undefined) =>
  before?.extensionTo === undefined
    ? refuse('no-extension-asked', { zh: '没有待答复的延期申请。', en: 'No extension has been asked for.' })
    : undefined

const SETTLED: readonly string[] = ['accepted', 'withdrawn']

/** Is this the last task of its matter that was still open? */
const lastOpen = ({ related, act }: TaskSituation): boolean =>
  (related.siblings ?? []).every((one) => one.id === act.recordId || SETTLED.includes(one.state))

const conclude = (item: string | undefined, result: unknown): readonly Follow[] =>
  item === undefined ? [] : [{ record: 'item', recordId: item, action: 'conclude', input: { result: result ?? null } }]

/** At every city midnight the open tasks are graded anew: a day that passes is reason enough for another light. */
export const dailyGrade: DailyDuty = {
  name: 'task-lights',
  record: 'task',
  where: where(task, { state: OPEN }),
  act: (row, day, parameter) => {
    const now = row.fields as Draft<typeof fields>
    const light = lightAt(now, row.state, day, parameter)
    return light === undefined || light === now.light ? undefined : { action: 'grade', input: { light } }
  },
}
