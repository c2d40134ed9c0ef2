import { count, defineDomain, erase, sum, sumOn } from '@guatu/kernel'
import { caseCount } from './case-count.ts'
import { parameters } from './parameters.ts'
import { zoning } from './survey.ts'
import { zone } from './zone.ts'

/** Zoning: classes worked out every day from the case counts, proposed to a person, announced. */
export default defineDomain({
  name: 'zoning',
  label: { zh: '分区分级', en: 'Zoning' },
  records: [erase(caseCount), erase(zone)],
  surveys: [zoning],
  parameters,
  indicators: {
    confirmed: {
      label: { zh: '累计确诊', en: 'Confirmed cases' },
      value: sum(caseCount, 'confirmed'),
      good: 'down',
      headline: true,
      meaning: { zh: '病例日报录入的累计确诊病例。', en: 'Confirmed cases entered in the daily counts.' },
    },
    newConfirmed: {
      label: { zh: '当日新增确诊', en: 'New confirmed cases' },
      value: sumOn(caseCount, 'confirmed', 'day'),
      good: 'down',
      meaning: {
        zh: '病例日报的当日新增确诊，按截至24时的日期计，不论何时录入。',
        en: 'New cases of the day of the count, whenever it was entered.',
      },
    },
    newSuspected: {
      label: { zh: '当日新增疑似', en: 'New suspected cases' },
      value: sumOn(caseCount, 'suspected', 'day'),
      good: 'down',
      meaning: {
        zh: '病例日报的当日新增疑似，按截至24时的日期计，不论何时录入。',
        en: 'New suspected cases of the day of the count, whenever it was entered.',
      },
    },
    discharged: {
      label: { zh: '累计出院', en: 'Discharged' },
      value: sum(caseCount, 'discharged'),
      good: 'up',
      meaning: { zh: '病例日报录入的累计出院病例。', en: 'Discharges entered in the daily counts.' },
    },
    died: {
      label: { zh: '累计死亡', en: 'Died' },
      value: sum(caseCount, 'died'),
      good: 'down',
      alert: { above: 0 },
      meaning: { zh: '病例日报录入的累计死亡病例。', en: 'Deaths entered in the daily counts.' },
    },
    proposals: {
      label: { zh: '待定的分区调整', en: 'Zone changes to decide' },
      value: count(zone, { state: 'proposed' }),
      good: 'down',
      meaning: { zh: '系统建议、尚未公布或否决的等级调整。', en: 'Changes proposed by the system, neither announced nor rejected.' },
    },
  },
})
