import { f } from '@guatu/kernel'

const figure = (zh: string, en: string) => f.count({ label: { zh, en }, max: 1_000_000 })
const more = (zh: string, en: string) => f.count({ label: { zh, en }, max: 1_000_000, optional: true })

/** What a count says. */
export const fields = {
  place: f.area({ label: { zh: '区县', en: 'County' } }),
  day: f.date({ label: { zh: '截至24时的日期', en: 'Day, as of 24:00' } }),
  confirmed: figure('新增确诊', 'New confirmed'),
  suspected: more('新增疑似', 'New suspected'),
  discharged: figure('新增出院', 'Discharged'),
  died: figure('新增死亡', 'Died'),
  clusters: more('当日认定的聚集性疫情起数', 'Clusters found that day'),
  sustained: f.flag({ label: { zh: '专家判断存在持续传播', en: 'Experts see sustained spread' }, optional: true }),
  source: f.text({ label: { zh: '来源', en: 'Source' }, max: 200, optional: true }),
} as const
