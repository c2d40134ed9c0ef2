import { defineRecord, f, refuse } from '@guatu/kernel'
import { isBalanced } from './checks.ts'
import { guardCompose, readDaily } from './content.ts'

const WRITE = { 'duty-officer': 'all', 'county-clerk': 'area' } as const

/** 疫情日报 of a city or county: derived, frozen with its seal. A later view of the day is a new report that names the old one. */
export const dailyReport = defineRecord({
  name: 'dailyReport',
  label: { zh: '疫情日报', en: 'Daily report' },
  at: 'city',
  title: 'title',
  fields: {
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
  },
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
      ownPage: true,
      tone: 'main',
      guard: ({ after }) => guardCompose(after.content, after.hash, after.day),
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
      tone: 'main',
      guard: ({ after }) =>
        after.balanced !== true && (after.explanation ?? '') === ''
          ? refuse(
              'daily-unbalanced',
              {
                zh: '有校验不平衡，请先核对所列事件；确需冻结的，请说明原因。',
                en: 'A test does not balance: look at the acts it names first. If it must be frozen all the same, say why.',
              },
              { path: 'input.explanation' },
            )
          : undefined,
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
  read: { 'duty-officer': 'all', leader: 'all', 'county-clerk': 'area', auditor: 'all' },
  list: {
    columns: ['title', 'area', 'day', 'state', 'balanced', 'frozenAt'],
    filters: ['day', 'state', 'balanced'],
    sort: '-day',
  },
})
