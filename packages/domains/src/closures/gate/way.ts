import { type Draft, dayOf, f, instantMs, NAMELESS } from '@guatu/kernel'
import { DECISIONS } from './decide.ts'

/** What the destination knows of somebody on the way. */
export const fields = {
  crossing: f.record({ label: { zh: '卡口登记', en: 'Gate log' }, of: 'crossing' }),
  person: f.person({ label: { zh: '人员', en: 'Person' }, optional: true }),
  travellers: f.count({ label: { zh: '人数', en: 'People' }, max: 200, optional: true }),
  origin: f.text({ label: { zh: '来源地', en: 'Origin' }, max: 60, optional: true }),
  decision: f.choice({ label: { zh: '查验结果', en: 'Decision' }, options: DECISIONS }),
  days: f.count({ label: { zh: '观察天数', en: 'Days' }, max: 60, optional: true }),
  listed: f.flag({ label: { zh: '来自或14天内到过重点地区', en: 'From a listed place, or was there within the period' }, optional: true }),
  site: f.record({ label: { zh: '集中隔离点', en: 'Central point' }, of: 'site', optional: true }),
  crossedAt: f.moment({ label: { zh: '过卡时间', en: 'Crossed at' }, optional: true }),
  expectedBy: f.moment({ label: { zh: '应到时间', en: 'Expected by' } }),
  overdue: f.flag({ label: { zh: '逾期未到', en: 'Overdue' }, optional: true }),
  nextChase: f.moment({ label: { zh: '下次催问', en: 'Next reminder' }, optional: true }),
  chases: f.count({ label: { zh: '催问次数', en: 'Reminders' }, optional: true }),
  asked: f.choice({
    label: { zh: '催问对象', en: 'Asked' },
    options: { town: { zh: '乡镇', en: 'Town' }, county: { zh: '区县', en: 'County' } },
    optional: true,
  }),
  arrivedAt: f.moment({ label: { zh: '接收时间', en: 'Received at' }, optional: true }),
  arrivedOn: f.date({
    label: { zh: '实际到达日期', en: 'Arrived on' },
    hint: {
      zh: '与过卡时间加车程推算的不同时填写；不填按推算。',
      en: 'Where it is another day than the time at the gate with the drive gives; left out, that one counts.',
    },
    optional: true,
  }),
  unplaced: f.flag({ label: { zh: '待指定村（社区）', en: 'Village to be said' }, optional: true }),
  village: f.area({ label: { zh: '到达村（社区）', en: 'Village' }, optional: true }),
  note: f.text({ label: { zh: '说明', en: 'Note' }, hint: NAMELESS, max: 300, optional: true }),
} as const

/** Whom a gate sends to be observed; others are sent to the clinic. */
export const isObserved = (decision: string | undefined): decision is 'home' | 'central' => decision === 'home' || decision === 'central'

/** When somebody came: the city day, and the moment where it is known. */
interface Came {
  readonly on: string
  readonly at?: string
}

/**
 * When whoever passed a gate arrived: on the day that the destination says, else when they were expected, by the time at the gate and the drive, and
 * in any case not after they were received. Pressing a button late makes nobody arrive late.
 * @param receivedAt when the destination confirmed, ISO instant
 */
export function cameWhen({ arrivedOn, crossedAt, expectedBy }: Draft<typeof fields>, receivedAt: string, zone: string): Came {
  const [expected = Number.NaN, received = Number.NaN] = [instantMs(expectedBy ?? ''), instantMs(receivedAt)]
  // A way that was written before the time at the gate was handed on ends where it was received.
  const at = crossedAt !== undefined && expectedBy !== undefined && expected < received ? expectedBy : receivedAt
  const on = dayOf(Temporal.Instant.from(at), zone)
  return arrivedOn === undefined || arrivedOn === on ? { on, at } : { on: arrivedOn }
}
