import { addDays, dayOf, defineRecord, type Fields, type Follow, f, refuse, type Situation, toExpression } from '@guatu/kernel'
import { decidesOutside, mustAnswerFor, mustBeDecidedAbove, mustDecideAbove, mustLiftItself } from './authority.ts'
import { lowRisk, orderOver, orderProblem } from './checks.ts'
import { CONTENT, PAPER, STEP } from './decided.ts'
import { fields } from './fields.ts'
import { lapsedMeanwhile } from './known-late.ts'
import { actsAtOnce } from './law.ts'
import { LIMITING } from './limits.ts'
import { SUPPLIES, supplies, suppliesEnd } from './supplies.ts'

const DRAFTERS = { 'duty-officer': 'area', 'county-clerk': 'area', 'town-clerk': 'area' } as const
const ORGAN = { 'duty-officer': 'area', 'county-clerk': 'area', leader: 'area' } as const
const ABOVE = { 'duty-officer': 'area', leader: 'area' } as const

/** What ends with an order. */
const ENDING = { passes: { record: 'pass', by: 'closure', sees: [], onward: true }, ...SUPPLIES } as const

/** No pass outlives its order, and no task for its supplies: lists and counts say at once what the gate says. */
const itEnds = (at: Pick<Situation<Fields>, 'related'>): readonly Follow[] => [
  ...(at.related.passes ?? [])
    .filter(({ state }) => state === 'issued' || state === 'suspended')
    .map(({ id }): Follow => ({ record: 'pass', recordId: id, action: 'lapse', input: {} })),
  ...suppliesEnd(at),
]

const ZONES = { zones: { record: 'zone', by: 'place', through: 'county', sees: ['zone'] } } as const

/** Who reads an order from its first draft on. */
const PREPARERS = {
  leader: 'area',
  'duty-officer': 'area',
  'supervision-office': 'area',
  'agency-clerk': 'unit',
  'county-clerk': 'area',
  'town-clerk': 'area',
  'grid-worker': 'area',
  'health-worker': 'area',
  auditor: 'area',
} as const

/** A closing order 封控决定: limits a place, under law, for a time (design law 6). */
export const closure = defineRecord({
  name: 'closure',
  label: { zh: '封控决定', en: 'Closing order' },
  at: 'city',
  title: 'title',
  units: ['organ'],
  engages: {
    states: ['submitted', 'approved', 'reported', 'inForce'],
    ends: { zh: '请先撤回或解除', en: 'withdraw or lift them first' },
  },
  spans: { areas: 'areas', states: ['drafted', 'submitted', 'approved', ...LIMITING] },
  fields,
  states: {
    drafted: { zh: '草拟', en: 'Drafted' },
    submitted: { zh: '待批准', en: 'Awaiting approval' },
    approved: { zh: '已批准未实施', en: 'Approved, not begun' },
    reported: { zh: '实施中（已报上级待批）', en: 'In force, reported up' },
    inForce: { zh: '实施中', en: 'In force' },
    refused: { zh: '不予批准', en: 'Refused' },
    lapsed: { zh: '到期失效', en: 'Lapsed' },
    lifted: { zh: '已解除', en: 'Lifted' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  },
  actions: {
    draft: {
      label: { zh: '草拟决定', en: 'Draft an order' },
      from: 'new',
      to: 'drafted',
      by: DRAFTERS,
      needs: ['title', 'measure', 'organ'],
      takes: CONTENT,
      tone: 'main',
      settles: PAPER,
    },
    revise: {
      label: { zh: '修改', en: 'Revise' },
      from: ['drafted'],
      to: 'same',
      by: DRAFTERS,
      takes: ['title', 'organ', ...CONTENT],
      settles: PAPER,
    },
    submit: {
      label: { zh: '报请批准', en: 'Ask for approval' },
      settles: STEP,
      from: ['drafted'],
      to: 'submitted',
      by: ORGAN,
      tone: 'main',
      related: ZONES,
      guard: (at) => {
        if (actsAtOnce(at.after.measure, at.parameter))
          return refuse('acts-at-once', {
            zh: '隔离场所应立即实施并同时报告上级，请用“立即隔离并报告”。',
            en: 'Isolation of a place acts at once and is reported up: use “Isolate and report”.',
          })
        return mustAnswerFor(at) ?? orderProblem(at)
      },
    },
    isolate: {
      label: { zh: '立即隔离并报告上级', en: 'Isolate and report up' },
      settles: STEP,
      from: ['drafted'],
      to: 'reported',
      by: ORGAN,
      tone: 'danger',
      needs: ['announcedWhere'],
      related: ZONES,
      guard: (at) => {
        if (!actsAtOnce(at.after.measure, at.parameter))
          return refuse('decided-above-first', {
            zh: '该措施须经上一级人民政府决定后方可实施，请“报请批准”。',
            en: 'The next higher government must decide before this measure acts: ask for approval.',
          })
        return mustAnswerFor(at) ?? orderProblem(at)
      },
      effect: (_row, act) => ({ start: act.happenedAt, reportedAt: act.happenedAt, announcedAt: act.happenedAt }),
      follows: supplies,
    },
    approve: {
      label: { zh: '批准', en: 'Approve' },
      settles: STEP,
      from: ['submitted'],
      to: 'approved',
      by: ABOVE,
      tone: 'main',
      needs: ['decidedBy', 'decisionNo'],
      takes: ['decisionFile'],
      related: ZONES,
      guard: (at) => mustDecideAbove(at) ?? orderOver(at) ?? orderProblem(at),
      // Nobody is limited from before the decision.
      effect: (row, act) => ({ decidedAt: act.happenedAt, start: later(row.start, act.happenedAt) }),
    },
    confirm: {
      label: { zh: '批准（隔离场所）', en: 'Approve (isolation)' },
      settles: STEP,
      from: ['reported'],
      to: 'inForce',
      by: ABOVE,
      tone: 'main',
      needs: ['decidedBy', 'decisionNo'],
      takes: ['decisionFile'],
      guard: (at) => mustBeDecidedAbove(at) ?? orderOver(at),
      effect: (_row, act) => ({ decidedAt: act.happenedAt }),
    },
    refuse: {
      label: { zh: '不予批准', en: 'Refuse' },
      settles: STEP,
      from: ['submitted', 'reported'],
      to: 'refused',
      by: ABOVE,
      tone: 'danger',
      needs: ['decidedBy', 'decisionNo', 'refusedBecause'],
      takes: ['decisionFile'],
      guard: (at) => mustBeDecidedAbove(at) ?? lapsedMeanwhile(at),
      // What was refused ends with the refusal itself: nobody has to lift it.
      effect: (_row, act) => ({ decidedAt: act.happenedAt, endedAt: act.happenedAt, reviewOverdue: null }),
      related: ENDING,
      follows: itEnds,
    },
    enterDecision: {
      label: { zh: '录入上级批准', en: 'Enter a decision from outside' },
      settles: STEP,
      from: ['submitted'],
      to: 'approved',
      by: { 'duty-officer': 'area' },
      needs: ['decidedBy', 'decisionNo', 'decidedAt', 'decisionFile'],
      related: ZONES,
      guard: (at) => {
        if (!decidesOutside(at)) return mustDecideAbove(at)
        if ((at.after.decidedAt ?? '') > at.act.happenedAt)
          return refuse(
            'decided-in-future',
            { zh: '批准时间不能在未来。', en: 'The decision cannot lie in the future.' },
            { path: 'input.decidedAt' },
          )
        return mustAnswerFor(at) ?? orderOver(at) ?? orderProblem(at)
      },
      effect: (row, act) => ({ start: later(row.start, act.happenedAt) }),
    },
    announce: {
      label: { zh: '发布公告', en: 'Announce' },
      settles: STEP,
      from: ['approved'],
      to: 'same',
      by: ORGAN,
      tone: 'main',
      needs: ['announcedWhere'],
      guard: (at) => mustAnswerFor(at) ?? orderOver(at),
      effect: (_row, act) => ({ announcedAt: act.happenedAt }),
      follows: ({ after, act }) =>
        (after.start ?? '') <= act.happenedAt ? [{ record: 'closure', recordId: act.recordId, action: 'begin', input: {} }] : [],
    },
    begin: {
      label: { zh: '开始实施', en: 'Begin' },
      settles: STEP,
      from: ['approved'],
      to: 'inForce',
      by: {},
      automatic: true,
      guard: (at) =>
        at.after.announcedAt === undefined
          ? refuse('not-announced', { zh: '尚未公告，不得实施。', en: 'What is not announced does not act.' })
          : orderOver(at),
      // A review that was due before it began is due on its first day.
      effect: (row, act) => ({ start: later(row.start, act.happenedAt), reviewBy: later(row.reviewBy, act.day) }),
      follows: supplies,
    },
    review: {
      label: { zh: '复核', en: 'Review' },
      from: LIMITING,
      to: 'same',
      by: ORGAN,
      tone: 'main',
      needs: ['reviewNote', 'reviewBy'],
      related: ZONES,
      guard: (at) => {
        const every = at.parameter<number>('closures.review.every')
        const { reviewBy = '', end = '' } = at.after
        if (
          reviewBy <= at.today ||
          reviewBy > addDays(at.today, every) ||
          (end !== '' && reviewBy > dayOf(Temporal.Instant.from(end), at.zone))
        )
          return refuse(
            'review-wrong',
            {
              zh: `下次复核应在${every}天之内，且不晚于截止时间。`,
              en: `The next review must fall within ${every} days and not after the end.`,
            },
            { path: 'input.reviewBy' },
          )
        return mustAnswerFor(at) ?? orderOver(at) ?? lapsedMeanwhile(at) ?? lowRisk(at)
      },
      effect: (_row, act) => ({ reviewedAt: act.happenedAt, reviewOverdue: null }),
    },
    prolong: {
      label: { zh: '批准延长', en: 'Approve a longer term' },
      settles: { ...STEP, fields: ['end', 'reviewBy'] },
      from: ['inForce'],
      to: 'same',
      by: ABOVE,
      needs: ['end', 'reviewBy', 'decidedBy', 'decisionNo'],
      takes: ['decisionFile'],
      related: ZONES,
      guard: (at) =>
        mustBeDecidedAbove(at) ??
        orderOver(at) ??
        lapsedMeanwhile(at) ??
        (at.act.happenedAt > (at.after.start ?? '')
          ? orderProblem({ ...at, after: { ...at.after, start: at.act.happenedAt } })
          : orderProblem(at)),
      effect: (_row, act) => ({ decidedAt: act.happenedAt, reviewOverdue: null }),
    },
    lift: {
      label: { zh: '解除', en: 'Lift' },
      settles: STEP,
      from: ['approved', ...LIMITING],
      to: 'lifted',
      by: ORGAN,
      tone: 'danger',
      needs: ['liftedBy', 'liftReason'],
      guard: (at) => mustAnswerFor(at) ?? orderOver(at) ?? lapsedMeanwhile(at) ?? mustLiftItself(at),
      effect: (_row, act) => ({ endedAt: act.happenedAt, reviewOverdue: null }),
      related: ENDING,
      follows: itEnds,
    },
    withdraw: {
      label: { zh: '撤回', en: 'Withdraw' },
      settles: STEP,
      from: ['drafted', 'submitted'],
      to: 'withdrawn',
      by: DRAFTERS,
      with: { why: f.text({ label: { zh: '原因', en: 'Reason' }, max: 300 }) },
      guard: (at) => (at.state === 'submitted' ? mustAnswerFor(at) : undefined),
    },
    lapse: {
      label: { zh: '到期失效', en: 'Lapse' },
      settles: STEP,
      from: ['submitted', 'approved', ...LIMITING],
      to: 'lapsed',
      by: {},
      automatic: true,
      effect: (row, act) => ({
        endedAt: row.end !== undefined && row.end <= act.happenedAt ? row.end : act.happenedAt,
        reviewOverdue: null,
      }),
      related: ENDING,
      follows: itEnds,
    },
    // Also of what has ended, or was reviewed in time: both become known late, and neither is refused for the alarm nor leaves it standing.
    flagReview: {
      label: { zh: '逾期未复核', en: 'Review overdue' },
      from: [...LIMITING, 'refused', 'lapsed', 'lifted'],
      to: 'same',
      by: {},
      automatic: true,
      needs: ['reviewOverdue'],
      effect: ({ endedAt, reviewBy = '' }, { day }) => (endedAt === undefined && reviewBy < day ? {} : { reviewOverdue: null }),
    },
  },
  // What is out holds in every area below the one where it stands, and is read there.
  read: {
    ...PREPARERS,
    'county-clerk': 'area-and-above',
    'town-clerk': 'area-and-above',
    'grid-worker': 'area-and-above',
    'health-worker': 'area-and-above',
    'gate-officer': 'area-and-above',
  },
  // A gate acts on what was decided; what is still being prepared is not out.
  drafts: { states: ['drafted', 'submitted', 'approved', 'refused', 'withdrawn'], read: PREPARERS },
  list: {
    columns: ['title', 'measure', 'organ', 'area', 'state', 'start', 'reviewBy', 'end', 'decisionNo'],
    filters: ['state', 'measure', 'organ', 'reviewOverdue', 'end', 'start'],
    sort: '-start',
  },
  indexes: [['end']],
  // What passes are issued under, where there is no network.
  carried: {
    fields: ['title', 'start', 'end', 'announcedAt', 'endedAt', 'outings', 'outingDays', 'trades'],
    rows: toExpression({ state: ['inForce', 'reported'] }),
    above: true,
  },
})

const later = (one: string | undefined, other: string): string => (one !== undefined && one > other ? one : other)
