import { count, defineDomain, erase, type Measure, times } from '@guatu/kernel'
import { STANDS } from './gate/cancel.ts'
import { crossing } from './gate/crossing.ts'
import { timed as chase, transit } from './gate/transit.ts'
import { closure } from './order/closure.ts'
import { dailyReview, timed as orders } from './order/duties.ts'
import { parameters } from './parameters.ts'
import { timed as keyTerms, passKey } from './pass/key.ts'
import { outlived, pass, timed as passTerms } from './pass/pass.ts'

/** Of lines of the gate log, those that were not cancelled. */
const standing = (measure: Measure): Measure => ({ ...measure, where: { op: 'every', of: [measure.where, STANDS] } })

/** Closures and gates: orders under law, passes with QR, the gate log, confirmation at the destination. */
export default defineDomain({
  name: 'closures',
  label: { zh: '封控与卡口', en: 'Closures and gates' },
  records: [erase(closure), erase(pass), erase(passKey), erase(crossing), erase(transit)],
  daily: [dailyReview],
  standing: [outlived],
  timed: [...orders, passTerms, keyTerms, chase],
  parameters,
  indicators: {
    inForce: {
      label: { zh: '实施中的封控', en: 'Orders in force' },
      value: count(closure, { state: ['inForce', 'reported'] }),
      good: 'none',
      headline: true,
      meaning: { zh: '正在限制场所或区域的封控决定。', en: 'Closing orders that limit a place at present.' },
    },
    awaiting: {
      label: { zh: '待上级批准', en: 'Awaiting approval' },
      value: count(closure, { state: ['submitted', 'reported'] }),
      good: 'down',
      meaning: { zh: '等待上一级人民政府决定的封控。', en: 'Orders that wait for the next higher government.' },
    },
    reviewOverdue: {
      label: { zh: '逾期未复核', en: 'Reviews overdue' },
      value: count(closure, { reviewOverdue: true }),
      good: 'down',
      alert: { above: 0 },
      meaning: { zh: '复核日期已过而未复核的封控决定。', en: 'Orders whose review date passed without a review.' },
    },
    lapsed: {
      label: { zh: '到期失效', en: 'Lapsed' },
      // What was never announced limited nobody, and ran out of nothing.
      value: { ...times(closure, ['lapse']), where: { op: 'given', field: 'announcedAt' } },
      good: 'none',
      meaning: { zh: '当日到期自动失效的决定（曾实施的）。', en: 'Orders that had been in force and lapsed by themselves on the day.' },
    },
    refused: {
      label: { zh: '不予批准', en: 'Refused' },
      value: times(closure, ['refuse']),
      good: 'none',
      meaning: { zh: '当日被上级不予批准的决定。', en: 'Orders refused by the higher government on the day.' },
    },
    passes: {
      label: { zh: '有效通行证', en: 'Valid passes' },
      value: count(pass, { state: 'issued' }),
      good: 'none',
      meaning: { zh: '在有效期内、未停用的通行证。', en: 'Passes within their term and not stopped.' },
    },
    crossings: {
      label: { zh: '卡口登记', en: 'Crossings' },
      value: standing(times(crossing, ['record'])),
      good: 'none',
      meaning: { zh: '当日卡口登记人次。', en: 'People logged at gates on the day.' },
    },
    turnedBack: {
      label: { zh: '劝返', en: 'Turned back' },
      value: standing(times(crossing, ['record'], { decision: 'turnBack' })),
      good: 'none',
      meaning: { zh: '当日劝返人次。', en: 'People turned back on the day.' },
    },
    fevers: {
      label: { zh: '卡口发热', en: 'Fevers at gates' },
      value: standing(times(crossing, ['record'], { decision: ['clinic', 'holding'] })),
      good: 'down',
      meaning: { zh: '当日卡口转诊人次。', en: 'People sent to a clinic from a gate on the day.' },
    },
    differing: {
      label: { zh: '与规则不同的处置', en: 'Other than the rule' },
      value: standing(count(crossing, { differs: true })),
      good: 'down',
      meaning: { zh: '处置与规则表不同、待核的登记。', en: 'Lines where what was done is not what the table says.' },
    },
    twoGates: {
      label: { zh: '一证两卡登记', en: 'Passes at two gates' },
      value: standing(count(crossing, { twoGates: true })),
      good: 'down',
      meaning: {
        zh: '同一通行证几乎同时在两处卡口同向通过的登记，两条都计；须核对是否被复制。',
        en: 'Lines on which one pass went through two gates in one direction at about the same moment, both counted: it may have been copied.',
      },
    },
    onTheWay: {
      label: { zh: '在途人员', en: 'On the way' },
      value: count(transit, { state: 'expected' }),
      good: 'none',
      meaning: { zh: '卡口已放行、目的地尚未接收的人员。', en: 'Sent on by a gate, not yet received.' },
    },
    arrivalOverdue: {
      label: { zh: '逾期未到', en: 'Arrivals overdue' },
      value: count(transit, { overdue: true }),
      good: 'down',
      headline: true,
      alert: { above: 0 },
      meaning: { zh: '超过应到时间仍未确认接收的人员。', en: 'Not confirmed by the destination within the drive time.' },
    },
  },
})
