import { f } from '@guatu/kernel'
import { symptoms } from '../options.ts'

/** The observation whose reading said it: it knows of the signs already, and is corrected with the reading. */
export const read = f.record({ label: { zh: '测温的观察', en: 'Read at' }, of: 'watch', optional: true })
/** The line of a gate log that asks for it. */
export const line = f.record({ label: { zh: '卡口登记', en: 'Line at a gate' }, of: 'crossing', optional: true })

/** Somebody's way to the fever clinic and what it found. */
export const fields = {
  person: f.person({ label: { zh: '本人', en: 'Person' } }),
  household: f.record({ label: { zh: '户', en: 'Household' }, of: 'household', optional: true }),
  watch: f.record({ label: { zh: '观察', en: 'Observation' }, of: 'watch', optional: true }),
  arrival: f.record({ label: { zh: '返巴申报', en: 'Arrival' }, of: 'arrival', optional: true }),
  reason: f.choice({
    label: { zh: '转诊原因', en: 'Reason' },
    options: {
      signs: { zh: '发热或有症状', en: 'Fever or signs' },
      positive: { zh: '检测阳性', en: 'Tested positive' },
      illness: { zh: '其他疾病', en: 'Other illness' },
    },
  }),
  openedOn: f.date({ label: { zh: '提出日期', en: 'Opened on' }, optional: true }),
  highest: f.temperature({ label: { zh: '最高体温', en: 'Highest temperature' }, optional: true }),
  symptoms,
  takenAt: f.moment({ label: { zh: '最近读数', en: 'Last reading' }, optional: true }),
  vehicle: f.text({ label: { zh: '转运车辆', en: 'Vehicle' }, max: 60, optional: true }),
  clinic: f.text({ label: { zh: '发热门诊', en: 'Fever clinic' }, max: 120, optional: true }),
  sentAt: f.moment({ label: { zh: '发车时间', en: 'Left at' }, optional: true }),
  admittedAt: f.moment({ label: { zh: '接诊时间', en: 'Taken in at' }, optional: true }),
  findings: f.text({ label: { zh: '诊察结果', en: 'Findings' }, max: 1_000, multiline: true, optional: true, sensitive: true }),
  lines: f.list({
    label: { zh: '卡口登记', en: 'Lines at gates' },
    item: f.record({ label: { zh: '卡口登记', en: 'Line at a gate' }, of: 'crossing' }),
    max: 500,
    optional: true,
  }),
  elsewhere: f.flag({ label: { zh: '卡口以外提出', en: 'Asked for elsewhere than at a gate' }, optional: true }),
  // What it was asked for by turned out to be none after the person was fetched: the clinic settles it, and is told.
  correctedOn: f.date({ label: { zh: '测温更正后无发热症状', en: 'No fever or signs, as corrected on' }, optional: true }),
  /** Confirmed as the clinic's alone: no observation of the person ended by it, which would count them. */
  unobserved: f.flag({ label: { zh: '确诊时未在观察', en: 'Not under observation when confirmed' }, optional: true }),
  /** Where its person lives since it was settled; judged anew, it goes on there. */
  wentTo: f.area({ label: { zh: '了结后本人所在', en: 'Person lives since' }, optional: true }),
  settledOn: f.date({ label: { zh: '结论日期', en: 'Settled on' }, optional: true }),
} as const
