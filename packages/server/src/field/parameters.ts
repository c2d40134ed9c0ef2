import type { ParameterDef } from '@guatu/kernel'
import { inForce, SHIPPED } from '../store/settings/shipped.ts'
import type { Store } from '../store/store.ts'

/** What work on phones takes its numbers from; each may be set again from a day on. */
export const FIELD_PARAMETERS = {
  lateDays: {
    code: 'field.lateDays',
    label: { zh: '授权结束后仍接收其期间所做工作的天数', en: 'Days after the end of a grant in which work done under it is still taken' },
    unit: { zh: '天', en: 'days' },
    settings: [{ value: 14, instrument: SHIPPED }],
  },
  boxDays: {
    code: 'field.boxDays',
    label: {
      zh: '移交箱中已处理的记录保留内容的天数',
      en: 'Days for which the hand-over box keeps the content of what was decided on',
    },
    unit: { zh: '天', en: 'days' },
    settings: [{ value: 30, instrument: SHIPPED }],
  },
  boxCounty: {
    code: 'field.box.county.hours',
    label: {
      zh: '移交箱中无人处理几小时后提醒区县',
      en: 'Hours without a decision after which what waits in the hand-over box calls the county',
    },
    unit: { zh: '小时', en: 'hours' },
    settings: [{ value: 12, instrument: SHIPPED }],
  },
  boxDuty: {
    code: 'field.box.duty.hours',
    label: {
      zh: '移交箱中无人处理几小时后提醒值班员',
      en: 'Hours without a decision after which what waits in the hand-over box calls the duty officer',
    },
    unit: { zh: '小时', en: 'hours' },
    settings: [{ value: 24, instrument: SHIPPED }],
  },
  linkDays: {
    code: 'field.linkDays',
    label: { zh: '本人申报链接的有效天数', en: 'Days for which a self-report link holds' },
    unit: { zh: '天', en: 'days' },
    settings: [{ value: 21, instrument: SHIPPED }],
  },
  linkPeople: {
    code: 'field.linkPeople',
    label: { zh: '一户的申报链接最多为多少人填写', en: 'People of one household whom a self-report link speaks for, at most' },
    unit: { zh: '人', en: 'people' },
    settings: [{ value: 500, instrument: SHIPPED }],
  },
} as const satisfies Record<string, ParameterDef>

/** The number in force on the city's today. */
export const fieldRule = (store: Pick<Store, 'clock' | 'settings'>, def: ParameterDef): number => Number(inForce(store, def))
