import { defineRecord, f, type ParameterReader, type Problem, refuse, type Situation } from '@guatu/kernel'
import { readDaily } from '../report/content.ts'
import { standingReport } from '../report/daily-report.ts'
import { FIGURES_CHANGED, guardFigures, publicFigures, readFigures, sealOfFigures } from './figures.ts'
import { knownBy } from './known.ts'
import { guardWords } from './worded.ts'

const WRITE = { 'duty-officer': 'area', 'county-clerk': 'area' } as const
const smallestOf = (parameter: ParameterReader) => parameter<number>('daily.bulletin.smallest')

const fields = {
  title: f.text({ label: { zh: '标题', en: 'Title' }, max: 200 }),
  day: f.date({ label: { zh: '数据日', en: 'Day' } }),
  report: f.record({ label: { zh: '依据日报', en: 'Daily report' }, of: 'dailyReport' }),
  text: f.text({ label: { zh: '正文（中文）', en: 'Text (Chinese)' }, max: 10_000, multiline: true }),
  textEn: f.text({ label: { zh: '正文（英文）', en: 'Text (English)' }, max: 10_000, multiline: true, optional: true }),
  typed: f.list({
    label: { zh: '确认保留的数字、称谓', en: 'Numbers and names confirmed' },
    item: f.text({ label: { zh: '写法', en: 'As written' }, max: 40 }),
    max: 40,
    optional: true,
  }),
  typedReason: f.text({ label: { zh: '来源和理由', en: 'Source and reason' }, max: 500, optional: true }),
  figures: f.text({ label: { zh: '数据（冻结）', en: 'Figures (frozen)' }, max: 200_000, multiline: true }),
  hash: f.text({ label: { zh: '校验', en: 'Hash' }, max: 64 }),
  publishedAt: f.moment({ label: { zh: '发布时间', en: 'Published at' }, optional: true }),
  reason: f.text({ label: { zh: '撤回原因', en: 'Why withdrawn' }, max: 500, optional: true }),
} as const

const RELATED = {
  reports: { record: 'dailyReport', by: 'day', through: 'day', sees: ['replaces', 'frozenAt', 'cutOff', 'content'] },
  // All of this area and of the city: everybody remembers what was published once.
  bulletins: { record: 'publicBulletin', above: { empty: [] }, sees: ['day', 'publishedAt', 'figures'] },
} as const

/** A bulletin says how things stood at the end of a day: it rests on the report that stands for that day, and no other. */
function restsOnItsDay({ after, area, related }: Situation<typeof fields>): Problem | undefined {
  const standing = standingReport(related.reports ?? [], area)
  if (!standing)
    return refuse(
      'bulletin-day-not-over',
      {
        zh: '通报以当日截止后冻结的日报为准；所依据的日报冻结时当日未满，请在当日日报冻结后重新起草。',
        en: 'A bulletin rests on a daily report frozen after the cut-off; this one was frozen with the day not over. Draft it again from the report of the day.',
      },
      { status: 409 },
    )
  return standing.id === after.report
    ? undefined
    : refuse(
        'bulletin-report-replaced',
        {
          zh: '所依据的日报不是当日有效的日报（已被更正，或冻结时当日未满），请从有效的日报重新起草。',
          en: 'The report it rests on does not stand for its day: it was corrected since, or frozen with the day not over. Draft it again from the one that stands.',
        },
        { status: 409, data: { record: 'dailyReport', id: standing.id } },
      )
}

/**
 * Its figures are those of that report beside all that was published before, worked out again: a seal shows that figures are whole, not
 * where they come from, and a bulletin that came between changes what may be said.
 */
function figuresOfReport({ act, after, area, related, parameterOn }: Situation<typeof fields>): Problem | undefined {
  const json = standingReport(related.reports ?? [], area)?.fields.content
  const content = readDaily(typeof json === 'string' ? json : undefined)
  if (!content.ok) return content.problem
  const { value } = content
  const known = knownBy(
    (related.bulletins ?? []).filter((one) => one.id !== act.recordId),
    value,
  )
  if (!known.ok) return known.problem
  const figures = publicFigures(value, smallestOf(parameterOn(value.day)), known.value)
  return guardFigures(after.figures, after.hash) ?? (sealOfFigures(figures) === after.hash ? undefined : FIGURES_CHANGED)
}

/** Neither at writing nor at publishing do the words say what the table holds back, whoever wrote them and when. */
function wordsOfTable({ after, related }: Situation<typeof fields>): Problem | undefined {
  const figures = readFigures(after.figures)
  if (!figures.ok) return figures.problem
  const json = (related.reports ?? []).find(({ id }) => id === after.report)?.fields.content
  const content = readDaily(typeof json === 'string' ? json : undefined)
  return guardWords(after, figures.value, content.ok ? content.value : undefined, after.typed ?? [], after.typedReason)
}

/** The public reads one bulletin of a day: a second would contradict it without a word. */
function aloneOnItsDay({ act, after, area, related }: Situation<typeof fields>): Problem | undefined {
  const other = (related.bulletins ?? []).find(
    (one) => one.area === area && one.fields.day === after.day && one.id !== act.recordId && one.state === 'published',
  )
  return other
    ? refuse(
        'bulletin-published-already',
        {
          zh: '该日通报已经发布；有更正的，请先撤回已发布的通报并写明原因，再发布这一份。',
          en: 'A bulletin of this day is published. Where it is to be corrected, withdraw that one first, saying why, then publish this one.',
        },
        { status: 409, data: { id: other.id } },
      )
    : undefined
}

/** 公众通报: de-identified figures of a frozen day, for everybody. What was published stays; a mistake is withdrawn in public. */
export const publicBulletin = defineRecord({
  name: 'publicBulletin',
  label: { zh: '公众通报', en: 'Public bulletin' },
  at: 'city',
  title: 'title',
  fields,
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
      takes: ['textEn', 'typed', 'typedReason'],
      ownPage: true,
      tone: 'main',
      related: RELATED,
      guard: (at) => restsOnItsDay(at) ?? figuresOfReport(at) ?? wordsOfTable(at),
    },
    revise: {
      label: { zh: '修改文字', en: 'Edit words' },
      from: ['draft'],
      to: 'same',
      by: WRITE,
      takes: ['title', 'text', 'textEn', 'typed', 'typedReason'],
      related: { reports: RELATED.reports },
      guard: wordsOfTable,
    },
    publish: {
      label: { zh: '发布', en: 'Publish' },
      from: ['draft'],
      to: 'published',
      by: WRITE,
      tone: 'main',
      related: RELATED,
      guard: (at) => restsOnItsDay(at) ?? aloneOnItsDay(at) ?? figuresOfReport(at) ?? wordsOfTable(at),
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
  // What everybody has read is neither taken back in silence nor written anew: it is withdrawn, and remembered.
  sealed: ['published', 'withdrawn'],
  read: { 'duty-officer': 'area', leader: 'area', 'county-clerk': 'area', auditor: 'area' },
  list: { columns: ['title', 'area', 'day', 'state', 'publishedAt'], filters: ['day', 'state'], sort: '-day' },
})
