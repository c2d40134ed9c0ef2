import { count, countOn, type Indicator, type Label, type Measure, sum, times } from '@guatu/kernel'
import { arrival } from './arrivals/arrival.ts'
import { departure } from './arrivals/departure.ts'
import { need } from './care/need.ts'
import { transfer } from './care/transfer.ts'
import { visit } from './care/visit.ts'
import { CLASSES, KINDS } from './options.ts'
import { site } from './sites/site.ts'
import { OBSERVED } from './watch/fields.ts'
import { watch } from './watch/watch.ts'

const EVER = [...OBSERVED, 'released', 'transferred', 'confirmed', 'died'] as const
const DECLARED = ['declared', 'confirmed'] as const

const indicator = (zh: string, en: string, value: Measure, rest: Partial<Indicator> = {}): Indicator => ({
  label: { zh, en },
  value,
  good: 'none',
  ...rest,
})
const meaning = (zh: string, en: string): { meaning: Label } => ({ meaning: { zh, en } })
const observed = (test: Parameters<typeof count<typeof watch.fields, keyof typeof watch.states, keyof typeof watch.actions>>[1] = {}) =>
  count(watch, { state: OBSERVED, ...test })

/** One figure for each kind and class, so that stock, entered and left of each stand in the books. */
const byKind = Object.fromEntries(
  (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((kind) => [
    `observed.${kind}`,
    indicator(`正在${KINDS[kind].zh}`, `Under observation, ${KINDS[kind].en.toLowerCase()}`, observed({ kind })),
  ]),
)
const byClass = Object.fromEntries(
  (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).map((of) => [
    `observed.${of}`,
    indicator(`正在观察：${CLASSES[of].zh}`, `Under observation: ${CLASSES[of].en.toLowerCase()}`, observed({ class: of })),
  ]),
)

/**
 * The figures of monitoring. Cumulative observed = released + other exits + still observed, by construction: the four look at the
 * same records, and every record is in exactly one of the last three.
 */
export const indicators: Readonly<Record<string, Indicator>> = {
  observed: indicator('正在观察', 'Under observation', observed(), {
    headline: true,
    ...meaning('居家、集中和自我监测中、尚未解除的人。', 'People at home, at a central site or monitoring themselves, not released yet.'),
  }),
  ...byKind,
  ...byClass,
  cumulative: indicator('累计观察', 'Observed so far', count(watch, { state: EVER }), {
    ...meaning('累计纳入观察的人，不含误纳入。', 'Everybody ever entered, without those entered wrongly.'),
  }),
  released: indicator('累计解除', 'Released so far', count(watch, { state: 'released' }), { good: 'up' }),
  otherExits: indicator('其他退出', 'Left otherwise', count(watch, { state: ['transferred', 'confirmed', 'died'] }), {
    ...meaning('转出、转确诊和死亡。', 'Transferred, confirmed and died.'),
  }),
  transferred: indicator('转出', 'Transferred', count(watch, { state: 'transferred' }), {
    ...meaning(
      '转诊为疑似和离开本市而退出观察、尚未确诊的人。',
      'Left observation as suspected or for another city, and not confirmed since.',
    ),
  }),
  died: indicator('观察期死亡', 'Died under observation', count(watch, { state: 'died' }), {
    good: 'down',
    ...meaning(
      '观察中死亡的人，和由观察转诊、确诊后死亡的人。',
      'Those who died under observation, or at the clinic that they went to from it.',
    ),
  }),
  dueForRelease: indicator('待解除', 'Due for release', count(watch, { state: 'watching', proposedOn: {} })),
  signs: indicator('发热或有症状', 'Fever or signs', observed({ alarm: true }), { headline: true, good: 'down', alert: { above: 0 } }),
  everSick: indicator('累计出现症状', 'Had signs so far', count(watch, { state: EVER, everSick: true }), { good: 'down' }),
  suspected: indicator('累计转疑似', 'Suspected so far', times(transfer, ['suspect']), {
    good: 'down',
    ...meaning('当日由发热门诊判为疑似的转诊。', 'Transfers that the fever clinic found suspected on the day.'),
  }),
  confirmed: indicator('观察中转确诊', 'Confirmed out of observation', count(watch, { state: ['confirmed', 'died'], confirmedOn: {} }), {
    good: 'down',
  }),
  confirmedUnobserved: indicator(
    '未在观察的确诊',
    'Confirmed, not under observation',
    count(transfer, { state: 'confirmed', unobserved: true }),
    {
      good: 'down',
      ...meaning(
        '发热门诊确诊时没有观察因此结束的人：从未纳入、已解除或已离开。',
        'Whom the fever clinic confirmed without an observation ending by it: never entered, released or gone.',
      ),
    },
  ),
  lost: indicator('失访', 'Lost contact', observed({ lost: true }), { headline: true, good: 'down', alert: { above: 0 } }),
  absent: indicator('擅自离开', 'Left without leave', count(watch, { state: 'absent' }), { good: 'down', alert: { above: 0 } }),
  doubtful: indicator('疑似照抄', 'Look copied', observed({ doubt: true }), { good: 'down' }),
  readings: indicator('测温完成率', 'Readings taken', times(watch, ['check'], { counted: true }), {
    headline: true,
    good: 'up',
    per: sum(watch, 'readings', { state: OBSERVED }),
    ...meaning('当日完成的测温占应测次数，同一半日只计一次。', 'Readings of the day of those due; each half day counts once.'),
  }),
  arrivals: indicator('返巴申报', 'Arrivals', count(arrival, { state: DECLARED })),
  arrivalsListed: indicator('疫情较重地区返回', 'Arrivals from listed places', count(arrival, { state: DECLARED, listed: true })),
  arrived: indicator('返巴人数', 'People who arrived', countOn(arrival, 'arrivedOn', { state: DECLARED }), {
    ...meaning('当日到达的人，按到达日期计，不论何日申报。', 'Those who arrived on the day, whenever it was declared.'),
  }),
  arrivedListed: indicator(
    '疫情较重地区返巴人数',
    'People who arrived from listed places',
    countOn(arrival, 'arrivedOn', { state: DECLARED, listed: true }),
  ),
  arrivalsLate: indicator('迟报', 'Declared late', count(arrival, { state: DECLARED, late: true }), { good: 'down' }),
  arrivalsToConfirm: indicator('待核实申报', 'Arrivals to confirm', count(arrival, { state: 'declared' }), { good: 'down' }),
  departures: indicator('离巴', 'Departures', count(departure, { state: 'left' })),
  departed: indicator('离巴人数', 'People who left', countOn(departure, 'leftOn', { state: 'left' }), {
    ...meaning('当日离开的人，按实际离开日期计，不论何日确认。', 'Those who left on the day, whenever it was confirmed.'),
  }),
  transfers: indicator('转诊中', 'Transfers under way', count(transfer, { state: ['open', 'sent', 'admitted'] }), { good: 'down' }),
  needs: indicator('未办需求', 'Needs open', count(need, { state: ['open', 'taken'] }), { good: 'down' }),
  needsOnTime: indicator('需求按时办结率', 'Needs met in time', count(need, { state: 'done', onTime: true }), {
    good: 'up',
    per: count(need, { state: 'done' }),
  }),
  visits: indicator('待走访', 'Visits due', count(visit, { state: 'due' }), { good: 'down' }),
  sites: indicator('启用的集中隔离点', 'Central sites open', count(site, { state: 'open' })),
  rooms: indicator('隔离房间', 'Rooms', sum(site, 'capacity', { state: 'open' })),
}
