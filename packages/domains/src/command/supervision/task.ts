import { type Draft, daysBetween, defineRecord, type Expression, type Follow, f, fullDayWords, lasting, refuse } from '@guatu/kernel'
import { byNewDate, OPEN, received, regrade, SETTLED, track } from './grading.ts'
import { MATTER, notOurs, OFFICE } from './matter.ts'
import { nextReport } from './rhythm.ts'
import { fields, type TaskSituation } from './task-fields.ts'

const OWN = { 'agency-clerk': 'unit', 'county-clerk': 'unit' } as const

const IN_HAND = ['signed', 'returned'] as const
const SIBLINGS = { siblings: { record: 'task', by: 'item', through: 'item', sees: ['progress'] } } as const
/** A corrected report is a report: light and register row follow what it says now. */
const gradedAnew = (at: TaskSituation): readonly Follow[] => regrade(at, at.state ?? 'signed')
/** The register row says what the task says now. */
const tracked = ({ after }: TaskSituation): readonly Follow[] => track(after)
/** What the office answered is what was asked then: a date is never moved by correcting the request. */
const ASKED_FOR = lasting(
  '申请已报督查室；日期填错的，请督查室“不同意延期”后重新申请（须在原时限之前）。',
  'The office has the request; where the date is wrong, let it refuse the extension and ask anew, before the due date.',
  'extensionTo',
)
const GRANTED = lasting(
  '单位已按新时限办理；时限要改的，请用“批示再办”另定时限。',
  'The unit works by the new date; set another one with a comment (assign again).',
)
const RETURNED = lasting(
  '退回错的，请单位重新反馈后再审核。',
  'Where it was returned by mistake, let the unit report again and review it then.',
)
const WITHDRAWN = lasting(
  '撤回错的，请用“批示再办”重新交办。',
  'Where it was withdrawn by mistake, issue it anew with a comment (assign again).',
)
const ASKED: Expression = { op: 'given', field: 'extensionTo' }

/** What one unit has to do of a matter: signed for, reported, reviewed. */
export const task = defineRecord({
  name: 'task',
  label: { zh: '交办任务', en: 'Task' },
  at: 'city',
  title: 'content',
  units: ['unit'],
  engages: {
    states: [...OPEN, 'reported'],
    ends: {
      zh: '请督查室审核办结或“撤回”；仍要办的，撤销督办事项后向接办单位另行立项交办',
      en: 'let the supervision office accept or withdraw them; for what is still to be done, cancel the matter and file it anew for the unit that takes over',
    },
  },
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
      takes: ['frequency'],
      related: MATTER,
      guard: notOurs,
      effect: (row, act) => ({ issuedOn: act.day, originalDue: row.due ?? null, light: 'notStarted' }),
      follows: (at) => (nextReport(at.after, 'issued', at.parameter) === undefined ? [] : regrade(at, 'issued')),
      amends: gradedAnew,
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
          signedInTime: daysBetween(at.after.issuedOn ?? at.today, received(at)) <= at.parameter<number>('command.sign.days'),
        }),
      amends: gradedAnew,
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
      amends: gradedAnew,
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
      follows: (at) => {
        const reportedOn = received(at)
        return regrade(at, 'reported', { reportedInTime: reportedOn <= (at.after.due ?? at.today), reportedOn })
      },
      amends: gradedAnew,
    },
    askExtension: {
      label: { zh: '申请延期', en: 'Ask for an extension' },
      from: IN_HAND,
      to: 'same',
      by: OWN,
      needs: ['extensionTo', 'extensionReason', 'progress'],
      guard: ({ before, after, ...at }) => {
        const due = before?.due ?? ''
        if (before?.extensionTo !== undefined)
          return refuse('extension-pending', {
            zh: '上一次延期申请尚未答复：请等督查室同意或不同意后再申请，或与其联系。',
            en: 'The last request has not been answered yet: wait until the supervision office grants or declines it, or contact it.',
          })
        if (received(at) >= due)
          return refuse('extension-too-late', {
            zh: `延期须在时限（${fullDayWords(due).zh}）之前提出，现按原时限计。`,
            en: `An extension must be asked for before the due date (${fullDayWords(due).en}); the original date counts.`,
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
      amends: tracked,
      settles: ASKED_FOR,
    },
    grantExtension: {
      label: { zh: '同意延期', en: 'Grant the extension' },
      from: [...IN_HAND, 'reported'],
      to: 'same',
      by: OFFICE,
      when: ASKED,
      takes: ['review'],
      related: MATTER,
      guard: (at) => notOurs(at) ?? noRequest(at.before),
      effect: (row) => ({ due: row.extensionTo ?? row.due ?? null, extensionTo: null, extensionReason: null }),
      follows: (at) => regrade(at, at.state ?? 'signed', byNewDate(at.after)),
      settles: GRANTED,
    },
    refuseExtension: {
      label: { zh: '不同意延期', en: 'Refuse the extension' },
      from: [...IN_HAND, 'reported'],
      to: 'same',
      by: OFFICE,
      when: ASKED,
      needs: ['review'],
      related: MATTER,
      guard: (at) => notOurs(at) ?? noRequest(at.before),
      effect: () => ({ extensionTo: null, extensionReason: null }),
      follows: ({ after }) => track(after),
      amends: tracked,
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
        const next = before?.reportDue
        const unreported = state !== 'issued' && next !== undefined && today > next
        if (today > (before?.due ?? '') || unsigned || unreported) return undefined
        const due = fullDayWords(before?.due ?? today)
        const report = next === undefined ? undefined : fullDayWords(next)
        return refuse('not-overdue', {
          zh: `时限为${due.zh}${report ? `，下次反馈应于${report.zh}前` : ''}，尚未逾期，不需催办。`,
          en: `It is due on ${due.en}${report ? `, its next report by ${report.en},` : ''} and not overdue; no reminder is needed.`,
        })
      },
      effect: (row, act) => ({ chases: (row.chases ?? 0) + 1, chasedAt: act.happenedAt }),
      follows: ({ after }) => track(after),
      amends: tracked,
    },
    accept: {
      label: { zh: '审核通过', en: 'Accept' },
      from: ['reported'],
      to: 'accepted',
      by: OFFICE,
      tone: 'main',
      takes: ['review'],
      related: { ...SIBLINGS, ...MATTER },
      guard: notOurs,
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
      related: MATTER,
      guard: notOurs,
      effect: (row) => ({ returns: (row.returns ?? 0) + 1, percent: Math.min(row.percent ?? 0, 90) }),
      follows: (at) => regrade(at, 'returned'),
      settles: RETURNED,
    },
    redirect: {
      label: { zh: '批示再办', en: 'Go on as commented' },
      from: [...OPEN, 'reported'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['comment', 'due'],
      // The leader has set the date: what the unit had asked for is answered by it.
      effect: () => ({ extensionTo: null, extensionReason: null }),
      follows: (at) => regrade(at, at.state ?? 'signed', at.before?.extensionTo === undefined ? {} : byNewDate(at.after)),
    },
    withdraw: {
      label: { zh: '撤回', en: 'Withdraw' },
      from: [...OPEN, 'reported'],
      to: 'withdrawn',
      by: OFFICE,
      tone: 'danger',
      with: { reason: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      related: { ...SIBLINGS, ...MATTER },
      guard: notOurs,
      follows: (at) => {
        const accepted = (at.related.siblings ?? []).findLast((one) => one.state === 'accepted')
        // Taking back the last open task ends a matter that others have finished; with nothing finished it stays in hand.
        const done = accepted !== undefined && lastOpen(at) && at.related.items?.[0]?.state === 'assigned'
        return [...regrade(at, 'withdrawn'), ...(done ? conclude(at.after.item, accepted.fields.progress) : [])]
      },
      settles: WITHDRAWN,
    },
    grade: {
      label: { zh: '评灯', en: 'Grade' },
      from: [...OPEN, 'reported', 'accepted', 'withdrawn'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['light'],
      takes: ['signedInTime', 'reportedInTime', 'reportedOn', 'reportDue'],
      follows: ({ after }) => track(after),
    },
    pace: {
      label: { zh: '定反馈频次', en: 'Set how often to report' },
      from: OPEN,
      to: 'same',
      by: {},
      automatic: true,
      takes: ['frequency'],
      follows: (at) => regrade(at, at.state ?? 'signed'),
    },
  },
  // What was reviewed and accepted is not another thing afterwards.
  sealed: ['accepted'],
  read: {
    'supervision-office': 'area',
    leader: 'area',
    'duty-officer': 'area',
    auditor: 'area',
    'agency-clerk': 'unit',
    // What the county's units were given; who acts for one of them works for it.
    'county-clerk': 'area-or-unit',
  },
  list: {
    columns: ['number', 'content', 'unit', 'role', 'due', 'light', 'state', 'percent'],
    filters: ['state', 'unit', 'light', 'role', 'due', 'item', 'issuedOn', 'signedInTime', 'reportedInTime', 'reportDue'],
    sort: 'due',
  },
})

const noRequest = (before: Draft<typeof fields> | undefined) =>
  before?.extensionTo === undefined
    ? refuse('no-extension-asked', {
        zh: '没有待答复的延期申请：请刷新看是否已答复；要改时限，先由承办单位申请延期。',
        en: 'No request for more time is waiting: refresh to see whether it was answered; for another due date the unit asks for an extension first.',
      })
    : undefined

/** Is this the last task of its matter that was still open? */
const lastOpen = ({ related, act }: TaskSituation): boolean =>
  (related.siblings ?? []).every((one) => one.id === act.recordId || SETTLED.includes(one.state))

const conclude = (item: string | undefined, result: unknown): readonly Follow[] =>
  item === undefined ? [] : [{ record: 'item', recordId: item, action: 'conclude', input: { result: result ?? null } }]
