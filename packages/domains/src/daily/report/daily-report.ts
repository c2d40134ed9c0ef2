import { defineRecord, f, type Problem, type RecordState, refuse, type Situation } from '@guatu/kernel'
import { isBalanced } from './checks.ts'
import { readDaily } from './content.ts'

const WRITE = { 'duty-officer': 'area', 'county-clerk': 'area' } as const

const fields = {
  title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
  day: f.date({ label: { zh: '数据日', en: 'Day' } }),
  cutOff: f.moment({ label: { zh: '数据截止', en: 'Cut-off' } }),
  content: f.text({ label: { zh: '内容', en: 'Content' }, max: 5_000_000, multiline: true }),
  hash: f.text({ label: { zh: '校验', en: 'Hash' }, max: 64 }),
  balanced: f.flag({ label: { zh: '校验平衡', en: 'Balanced' }, optional: true }),
  explanation: f.text({ label: { zh: '不平衡说明', en: 'Why it does not balance' }, max: 1_000, multiline: true, optional: true }),
  replaces: f.record({ label: { zh: '更正的日报', en: 'Replaces' }, of: 'dailyReport', optional: true }),
  frozenAt: f.moment({ label: { zh: '冻结时间', en: 'Frozen at' }, optional: true }),
  frozenBy: f.actor({ label: { zh: '冻结人', en: 'Frozen by' }, optional: true }),
  reason: f.text({ label: { zh: '作废原因', en: 'Why withdrawn' }, max: 500, optional: true }),
} as const

/** A report that was frozen before its cut-off shows how things stood meanwhile; that of the day is another. */
export const ofTheDay = (frozenAt: unknown, cutOff: unknown): boolean => String(frozenAt) >= String(cutOff)

/** Of the reports of one day the one that stands for an area: frozen when the day was over, and not replaced since. */
export function standingReport(reports: readonly RecordState[], area: string): RecordState | undefined {
  const frozen = reports.filter((one) => one.area === area && one.state === 'frozen' && ofTheDay(one.fields.frozenAt, one.fields.cutOff))
  return frozen.find((one) => !frozen.some((other) => other.fields.replaces === one.id))
}

/**
 * A day is frozen once: whoever comes second, by a moment or by a day, sees the report that stands. What is known otherwise since is a new
 * report that names the one it corrects.
 */
function mayFreeze({ after, act, area, related }: Situation<typeof fields>): Problem | undefined {
  const content = readDaily(after.content)
  if (ofTheDay(act.happenedAt, after.cutOff) && content.ok && !ofTheDay(content.value.composedAt, after.cutOff))
    return refuse(
      'daily-day-not-over',
      {
        zh: '该日报生成于数据截止之前，当日尚未满；请重新生成后再冻结。',
        en: 'This report was composed before the cut-off, with the day not over: compose it again, then freeze it.',
      },
      { status: 409 },
    )
  const standing = standingReport(
    (related.sameDay ?? []).filter((one) => one.id !== act.recordId),
    area,
  )
  if (standing && ofTheDay(act.happenedAt, after.cutOff) && after.replaces !== standing.id)
    return refuse(
      'daily-frozen-already',
      {
        zh: '该日日报已冻结，不能再冻结一份；数据有更正的，请重新生成日报并注明所更正的那一份。',
        en: 'The report of this day is frozen already. Where something is known otherwise, compose a new one that names the report it replaces.',
      },
      { status: 409, data: { id: standing.id } },
    )
  if (after.replaces !== undefined && after.replaces !== standing?.id)
    return refuse(
      'daily-replaces-another',
      {
        zh: '所更正的日报不是本地区当日有效的日报；请重新生成日报。',
        en: 'The report that it corrects does not stand for this area and day: compose it again.',
      },
      { status: 409 },
    )
  if (after.balanced !== true && (after.explanation ?? '') === '')
    return refuse(
      'daily-unbalanced',
      {
        zh: '有校验不平衡，请先核对所列事件；确需冻结的，请说明原因。',
        en: 'A test does not balance: look at the acts it names first. If it must be frozen all the same, say why.',
      },
      { path: 'input.explanation' },
    )
  return undefined
}

/** 疫情日报 of a city or county: derived, frozen with its seal. A later view of the day is a new report that names the old one. */
export const dailyReport = defineRecord({
  name: 'dailyReport',
  label: { zh: '疫情日报', en: 'Daily report' },
  at: 'city',
  title: 'title',
  fields,
  states: {
    draft: { zh: '草稿', en: 'Draft' },
    frozen: { zh: '已冻结', en: 'Frozen' },
    withdrawn: { zh: '已作废', en: 'Withdrawn' },
  },
  actions: {
    compose: {
      label: { zh: '生成日报', en: 'Compose' },
      from: 'new',
      to: 'draft',
      by: WRITE,
      needs: ['title', 'day', 'cutOff', 'content', 'hash'],
      takes: ['replaces'],
      composed: true,
      ownPage: true,
      tone: 'main',
      effect: (row) => {
        const content = readDaily(row.content)
        return { balanced: content.ok && isBalanced(content.value.checks) }
      },
    },
    freeze: {
      label: { zh: '冻结', en: 'Freeze' },
      from: ['draft'],
      to: 'frozen',
      by: WRITE,
      takes: ['explanation'],
      demands: { explanation: { op: 'not', of: { op: 'is', field: 'balanced', value: true } } },
      tone: 'main',
      related: { sameDay: { record: 'dailyReport', by: 'day', through: 'day', sees: ['replaces', 'frozenAt', 'cutOff'] } },
      guard: mayFreeze,
      effect: (_row, act) => ({ frozenAt: act.happenedAt, frozenBy: act.actor }),
    },
    withdraw: {
      label: { zh: '作废草稿', en: 'Withdraw the draft' },
      from: ['draft'],
      to: 'withdrawn',
      by: WRITE,
      needs: ['reason'],
      tone: 'danger',
    },
  },
  sealed: ['frozen'],
  read: { 'duty-officer': 'area', leader: 'area', 'county-clerk': 'area', auditor: 'area' },
  list: {
    columns: ['title', 'area', 'day', 'state', 'balanced', 'frozenAt'],
    filters: ['day', 'state', 'balanced'],
    sort: '-day',
  },
})
