import { addDays, defineRecord, f, fullDayWords, type Problem, refuse, type Situation } from '@guatu/kernel'
import { NEWS } from './lines.ts'

const fields = {
  day: f.date({ label: { zh: '报告日', en: 'Day' } }),
  of: f.area({ label: { zh: '报告地区', en: 'Area' } }),
  note: f.text({ label: { zh: '说明', en: 'Note' }, max: 200, optional: true }),
  reason: f.text({ label: { zh: '撤回原因', en: 'Why taken back' }, max: 200, optional: true }),
} as const

/** A zero report is about a day that has come and is not long past, about the place itself or below it, and true as far as the books know. */
function mayReport({ after, act, area, places, figures, parameter }: Situation<typeof fields>): Problem | undefined {
  const { day = act.day, of = area } = after
  if (day > act.day)
    return refuse(
      'zero-report-too-early',
      {
        zh: `${fullDayWords(day).zh}尚未到来，不能提前零报告。`,
        en: `${fullDayWords(day).en} has not come yet; a day cannot be reported before it.`,
      },
      { path: 'input.day' },
    )
  const first = parameter<string>('daily.zero.first')
  if (day < first)
    return refuse(
      'zero-report-before-first',
      {
        zh: `日报从${fullDayWords(first).zh}起，${fullDayWords(day).zh}在此之前，不需要零报告；请核对报告日。`,
        en: `Daily reports begin on ${fullDayWords(first).en}; ${fullDayWords(day).en} lies before and needs no zero report. Check the day.`,
      },
      { path: 'input.day' },
    )
  const late = parameter<number>('daily.zero.lateDays')
  if (day < addDays(act.day, -late))
    return refuse(
      'zero-report-too-late',
      {
        zh: `${fullDayWords(day).zh}已过去超过${late}天，当日日报已按“未报”冻结，不能再补零报告；如当日报告需要更正，请联系区县指挥部重新生成并注明更正。`,
        en: `${fullDayWords(day).en} is more than ${late} days ago: its report was frozen with “nothing received” and no zero report follows. If that report is to be corrected, ask the county headquarters to make a new one that names it.`,
      },
      { status: 409, path: 'input.day' },
    )
  const [own, told] = [places.path(area, act.day), places.path(of, act.day)]
  if (own === undefined || told === undefined || !told.startsWith(own))
    return refuse(
      'zero-report-elsewhere',
      {
        zh: '只能为本地区或其下级地区零报告，请重新选择报告地区。',
        en: 'A zero report is about the own area or one below it; choose the area again.',
      },
      { path: 'input.of' },
    )
  const news = NEWS.flatMap(({ indicator, label }) => {
    const n = figures?.[indicator] ?? 0
    return n === 0 ? [] : [{ indicator, label, n }]
  })
  if (news.length === 0) return undefined
  const list = (lang: 'zh' | 'en') => news.map(({ label, n }) => `${lang === 'zh' ? label.zh : label.en.toLowerCase()} ${n}`)
  return refuse(
    'zero-report-contradicted',
    {
      zh: `该地区${fullDayWords(day).zh}已有${list('zh').join('、')}，不能零报告；有误登的请先更正，无误的不必零报告。`,
      en: `The area has ${list('en').join(', ')} on ${fullDayWords(day).en} and cannot report zero. Correct what was entered wrongly; else no zero report is needed.`,
    },
    { status: 409, path: 'input.of', data: Object.fromEntries(news.map(({ indicator, n }) => [indicator, n])) },
  )
}

const FIGURES = { of: 'of', on: 'day', indicators: NEWS.map(({ indicator }) => indicator) } as const

/** 零报告: a village, town or county says that on a day there was nothing to report. Silence is never taken for it. */
export const zeroReport = defineRecord({
  name: 'zeroReport',
  label: { zh: '零报告', en: 'Zero report' },
  at: 'county',
  title: 'day',
  key: ['day', 'of'],
  fields,
  states: { reported: { zh: '已报', en: 'Reported' }, withdrawn: { zh: '已撤回', en: 'Taken back' } },
  actions: {
    report: {
      label: { zh: '零报告', en: 'Nothing to report' },
      from: 'new',
      to: 'reported',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      needs: ['day', 'of'],
      takes: ['note'],
      offline: true,
      tone: 'main',
      figures: FIGURES,
      guard: mayReport,
    },
    withdraw: {
      label: { zh: '撤回', en: 'Take back' },
      from: ['reported'],
      to: 'withdrawn',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      needs: ['reason'],
      offline: true,
      tone: 'danger',
    },
    reportAgain: {
      label: { zh: '重新零报告', en: 'Report again' },
      from: ['withdrawn'],
      to: 'reported',
      by: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' },
      takes: ['note'],
      offline: true,
      figures: FIGURES,
      guard: mayReport,
      effect: () => ({ reason: null }),
    },
  },
  read: { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area', leader: 'area', auditor: 'area' },
  list: { columns: ['day', 'of', 'state', 'note'], filters: ['day', 'state'], sort: '-day' },
})
