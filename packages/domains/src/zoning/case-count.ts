import { defineRecord, f, refuse } from '@guatu/kernel'

const figure = (zh: string, en: string) => f.count({ label: { zh, en }, max: 1_000_000 })
const more = (zh: string, en: string) => f.count({ label: { zh, en }, max: 1_000_000, optional: true })

const COUNTS = ['confirmed', 'suspected', 'discharged', 'died', 'clusters', 'sustained', 'source'] as const
const CLERKS = { 'duty-officer': 'area', 'county-clerk': 'area', 'health-worker': 'area' } as const

/** The case figures of one county and day as of 24:00 病例日报, as its CDC counts them: what the zoning is worked out from. */
export const caseCount = defineRecord({
  name: 'caseCount',
  label: { zh: '病例日报', en: 'Daily case count' },
  at: 'county',
  title: 'day',
  key: ['place', 'day'],
  fields: {
    place: f.area({ label: { zh: '区县', en: 'County' } }),
    day: f.date({ label: { zh: '截至24时的日期', en: 'Day, as of 24:00' } }),
    confirmed: figure('新增确诊', 'New confirmed'),
    suspected: more('新增疑似', 'New suspected'),
    discharged: figure('新增出院', 'Discharged'),
    died: figure('新增死亡', 'Died'),
    clusters: more('当日认定的聚集性疫情起数', 'Clusters found that day'),
    sustained: f.flag({ label: { zh: '专家判断存在持续传播', en: 'Experts see sustained spread' }, optional: true }),
    source: f.text({ label: { zh: '来源', en: 'Source' }, max: 200, optional: true }),
  },
  states: { entered: { zh: '已录入', en: 'Entered' } },
  actions: {
    enter: {
      label: { zh: '录入病例数', en: 'Enter counts' },
      from: 'new',
      to: 'entered',
      by: CLERKS,
      needs: ['place', 'day', 'confirmed', 'discharged', 'died'],
      takes: ['suspected', 'clusters', 'sustained', 'source'],
      tone: 'main',
      guard: ({ after, area, today }) => {
        if (after.place !== area)
          return refuse(
            'place-differs',
            { zh: '病例日报应登记在该区县。', en: 'The count belongs where its county is.' },
            { path: 'input.place' },
          )
        return (after.day ?? '') > today
          ? refuse('day-in-future', { zh: '日期不能在未来。', en: 'The day cannot lie in the future.' }, { path: 'input.day' })
          : undefined
      },
    },
    recount: {
      label: { zh: '更正', en: 'Recount' },
      from: ['entered'],
      to: 'same',
      by: CLERKS,
      takes: COUNTS,
    },
  },
  read: {
    leader: 'area',
    'duty-officer': 'area',
    'supervision-office': 'area',
    'county-clerk': 'area',
    'health-worker': 'area',
    auditor: 'area',
  },
  list: {
    columns: ['day', 'place', 'confirmed', 'suspected', 'discharged', 'died', 'clusters', 'source'],
    filters: ['place', 'day'],
    sort: '-day',
  },
})
