import { defineRecord, f, type ParameterReader } from '@guatu/kernel'
import { guardFigures } from './figures.ts'

const WRITE = { 'duty-officer': 'all', 'county-clerk': 'area' } as const
const smallestOf = (parameter: ParameterReader) => parameter<number>('daily.bulletin.smallest')

/** 公众通报: de-identified figures of a frozen day, for everybody. What was published stays; a mistake is withdrawn in public. */
export const publicBulletin = defineRecord({
  name: 'publicBulletin',
  label: { zh: '公众通报', en: 'Public bulletin' },
  at: 'city',
  title: 'title',
  fields: {
    title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
    day: f.date({ label: { zh: '数据日', en: 'Day' } }),
    report: f.record({ label: { zh: '依据日报', en: 'Daily report' }, of: 'dailyReport' }),
    text: f.text({ label: { zh: '正文（中文）', en: 'Text (Chinese)' }, max: 10_000, multiline: true }),
    textEn: f.text({ label: { zh: '正文（英文）', en: 'Text (English)' }, max: 10_000, multiline: true, optional: true }),
    figures: f.text({ label: { zh: '数据（冻结）', en: 'Figures (frozen)' }, max: 200_000, multiline: true }),
    hash: f.text({ label: { zh: '校验', en: 'Hash' }, max: 64 }),
    publishedAt: f.moment({ label: { zh: '发布时间', en: 'Published at' }, optional: true }),
    reason: f.text({ label: { zh: '撤回原因', en: 'Why withdrawn' }, max: 500, optional: true }),
  },
  states: {
    draft: { zh: '草稿', en: 'Draft' },
    published: { zh: '已发布', en: 'Published' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  },
  actions: {
    draft: {
      label: { zh: '起草', en: 'Draft' },
      from: 'new',
      to: 'draft',
      by: WRITE,
      needs: ['title', 'day', 'report', 'text', 'figures', 'hash'],
      takes: ['textEn'],
      ownPage: true,
      tone: 'main',
      guard: ({ after, parameter }) => guardFigures(after.figures, after.hash, smallestOf(parameter)),
    },
    revise: { label: { zh: '修改文字', en: 'Edit words' }, from: ['draft'], to: 'same', by: WRITE, takes: ['title', 'text', 'textEn'] },
    publish: {
      label: { zh: '发布', en: 'Publish' },
      from: ['draft'],
      to: 'published',
      by: WRITE,
      tone: 'main',
      guard: ({ after, parameter }) => guardFigures(after.figures, after.hash, smallestOf(parameter)),
      effect: (_row, act) => ({ publishedAt: act.happenedAt }),
    },
    withdraw: {
      label: { zh: '撤回', en: 'Withdraw' },
      from: ['draft', 'published'],
      to: 'withdrawn',
      by: WRITE,
      needs: ['reason'],
      tone: 'danger',
    },
  },
  read: { 'duty-officer': 'all', leader: 'all', 'county-clerk': 'area', auditor: 'all' },
  list: { columns: ['title', 'area', 'day', 'state', 'publishedAt'], filters: ['day', 'state'], sort: '-day' },
})
