import {
  dayOf,
  defineRecord,
  derivedId,
  type Follow,
  f,
  instantMs,
  type Situation,
  type TimedDuty,
  toExpression,
  where,
} from '@guatu/kernel'
import { DECISIONS } from './decide.ts'

const RECEIVERS = { 'town-clerk': 'area', 'grid-worker': 'area', 'county-clerk': 'area', 'health-worker': 'area' } as const

const fields = {
  crossing: f.record({ label: { zh: '卡口登记', en: 'Gate log' }, of: 'crossing' }),
  person: f.person({ label: { zh: '人员', en: 'Person' }, optional: true }),
  travellers: f.count({ label: { zh: '人数', en: 'People' }, max: 200, optional: true }),
  origin: f.text({ label: { zh: '来源地', en: 'Origin' }, max: 60, optional: true }),
  decision: f.choice({ label: { zh: '查验结果', en: 'Decision' }, options: DECISIONS }),
  days: f.count({ label: { zh: '观察天数', en: 'Days' }, max: 60, optional: true }),
  listed: f.flag({ label: { zh: '来自或14天内到过重点地区', en: 'From a listed place, or was there within the period' }, optional: true }),
  site: f.record({ label: { zh: '集中隔离点', en: 'Central point' }, of: 'site', optional: true }),
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
  note: f.text({ label: { zh: '说明', en: 'Note' }, max: 300, optional: true }),
} as const

const DECLARATIONS = {
  record: 'arrival',
  by: 'person',
  through: 'person',
  sees: ['arrivedOn', 'until', 'gateFrom'],
  doubles: 'person',
} as const

/** Somebody whom a gate sent on and whom a destination has to receive 在途人员: it stands in the books of the destination. */
export const transit = defineRecord({
  name: 'transit',
  label: { zh: '在途人员', en: 'On the way' },
  at: 'city',
  title: 'origin',
  fields,
  states: {
    expected: { zh: '在途', en: 'On the way' },
    arrived: { zh: '已接收', en: 'Received' },
    lost: { zh: '失联', en: 'Lost' },
    withdrawn: { zh: '已撤销', en: 'Cancelled' },
  },
  actions: {
    expect: {
      label: { zh: '通知目的地', en: 'Announce' },
      from: 'new',
      to: 'expected',
      by: {},
      automatic: true,
      needs: ['crossing', 'decision', 'expectedBy', 'nextChase'],
      takes: ['person', 'days', 'listed', 'site', 'origin', 'travellers'],
    },
    arrive: {
      label: { zh: '确认接收', en: 'Confirm arrival' },
      from: ['expected', 'lost'],
      to: 'arrived',
      by: RECEIVERS,
      takes: ['note'],
      offline: true,
      tone: 'main',
      related: { declarations: DECLARATIONS },
      effect: (_row, act) => ({ arrivedAt: act.happenedAt, nextChase: null, overdue: null, asked: null }),
      follows: (at) => [...received(at), ...declared(at)],
    },
    retract: {
      label: { zh: '撤回接收（确认有误）', en: 'Take back the arrival: confirmed by mistake' },
      from: ['arrived'],
      to: 'expected',
      by: { ...RECEIVERS, 'duty-officer': 'area' },
      needs: ['note'],
      tone: 'danger',
      related: { declarations: DECLARATIONS },
      // Whoever is not there is late by now: they are chased at once.
      effect: (_row, act) => ({ arrivedAt: null, nextChase: act.happenedAt }),
      follows: takenBack,
    },
    chase: {
      label: { zh: '催问', en: 'Chase' },
      from: ['expected'],
      to: 'same',
      by: {},
      automatic: true,
      takes: ['nextChase', 'asked'],
      effect: (row) => ({ overdue: true, chases: (row.chases ?? 0) + 1 }),
    },
    call: {
      label: { zh: '电话核实', en: 'Call' },
      from: ['expected'],
      to: 'same',
      by: { ...RECEIVERS, 'duty-officer': 'area' },
      needs: ['note'],
    },
    lose: {
      label: { zh: '报失联', en: 'Report as lost' },
      from: ['expected'],
      to: 'lost',
      by: { 'duty-officer': 'area', 'county-clerk': 'area', 'town-clerk': 'area' },
      needs: ['note'],
      tone: 'danger',
      effect: () => ({ nextChase: null }),
    },
    withdraw: {
      label: { zh: '卡口登记已撤销', en: 'The line at the gate was cancelled' },
      from: ['expected', 'lost'],
      to: 'withdrawn',
      by: {},
      automatic: true,
      effect: () => ({ nextChase: null, overdue: null, asked: null }),
    },
  },
  holds: { of: 'person', states: ['expected'] },
  read: {
    'duty-officer': 'area',
    leader: 'area',
    'county-clerk': 'area',
    'town-clerk': 'area',
    'grid-worker': 'area',
    'health-worker': 'area',
    auditor: 'area',
  },
  list: {
    columns: ['expectedBy', 'person', 'origin', 'area', 'decision', 'travellers', 'overdue', 'asked', 'chases', 'state', 'arrivedAt'],
    filters: ['state', 'decision', 'overdue', 'asked', 'crossing', 'expectedBy'],
    sort: 'expectedBy',
  },
  indexes: [['crossing'], ['nextChase']],
  carried: {
    fields: ['person', 'origin', 'decision', 'days', 'travellers', 'expectedBy', 'overdue'],
    rows: toExpression({ state: 'expected' }),
    first: () => toExpression({ state: 'expected' }),
  },
})

const received = ({ after, act }: Situation<typeof fields>): readonly Follow[] =>
  after.crossing === undefined
    ? []
    : [{ record: 'crossing', recordId: after.crossing, action: 'receive', input: { confirmedAt: act.happenedAt } }]

/** The declarations that arriving makes: another one each time that it was taken back. */
const declarationId = (transit: string, time: number): string => derivedId(`arrival/${transit}${time === 0 ? '' : `/${time}`}`)

/** Nobody arrived: the gate's line waits again, what arriving declared is void with its observation, and nothing of the gate holds elsewhere. */
function takenBack({ before, after, act, related, zone }: Situation<typeof fields>): readonly Follow[] {
  const known = new Map((related.declarations ?? []).map((one) => [one.id, one.state]))
  const made: Follow[] = []
  for (let time = 0; known.has(declarationId(act.recordId, time)); time += 1) {
    const recordId = declarationId(act.recordId, time)
    if (known.get(recordId) !== 'void') made.push({ record: 'arrival', recordId, action: 'withdraw', input: {} })
    known.delete(recordId)
  }
  const on = dayOf({ epochMilliseconds: instantMs(before?.arrivedAt ?? '') ?? 0 }, zone)
  for (const { id, fields } of related.declarations ?? [])
    if (known.has(id) && known.get(id) !== 'void' && fields.gateFrom === on)
      made.push({ record: 'arrival', recordId: id, action: 'letGo', input: {} })
  return [
    ...(after.crossing === undefined ? [] : [{ record: 'crossing', recordId: after.crossing, action: 'awaited', input: {} }]),
    ...made,
  ]
}

/** Levels at which an arrival can stand: somebody near has to watch over it. */
const NEAR: readonly string[] = ['town', 'village', 'grid', 'building']

/** Where somebody comes from whom a gate let in without writing it down. */
const unsaid = (listed: boolean | undefined): string => (listed ? '重点地区（卡口未登记具体来源地）' : '卡口未登记来源地')

/**
 * What the gate wrote down and decided is the declaration of whoever arrives to be observed: nobody is asked twice where they come from, and where
 * somebody has declared already, the decision of the gate holds beside it.
 */
function declared({ after, act, area, places, today, related }: Situation<typeof fields>): readonly Follow[] {
  const { person, decision, days, listed } = after
  const observed = decision === 'home' || decision === 'central'
  if (!observed || person === undefined || !NEAR.includes(places.level(area, today) ?? '')) return []
  // Whoever declared on the way, by a link of their own or to somebody else, has said it already.
  const said = (related.declarations ?? []).filter(({ state }) => state !== 'void')
  const same = said.find(({ fields }) => fields.arrivedOn === today) ?? said.find(({ fields }) => String(fields.until ?? '') >= today)
  if (same) {
    const input = { measure: decision, on: today, ...(days === undefined ? {} : { days }), ...(listed ? { listed } : {}) }
    return [{ record: 'arrival', recordId: same.id, action: 'uphold', input }]
  }
  const known = new Set((related.declarations ?? []).map(({ id }) => id))
  let time = 0
  while (known.has(declarationId(act.recordId, time))) time += 1
  return [
    {
      record: 'arrival',
      recordId: declarationId(act.recordId, time),
      once: true,
      action: 'handOver',
      area,
      input: {
        person,
        channel: 'gate',
        arrivedOn: today,
        arrivedAt: act.happenedAt,
        origin: after.origin ?? unsaid(listed),
        gateMeasure: decision,
        gateFrom: today,
        ...(days === undefined ? {} : { gateDays: days }),
        ...(listed ? { history: ['listed'] } : {}),
        ...(decision === 'central' ? { ownRoom: false } : {}),
      },
    },
  ]
}

/**
 * Whoever has not arrived when expected is chased at once and again, every so many minutes, as long as the parameter says: the town
 * first, then the county too.
 */
export const timed: TimedDuty = {
  name: 'transit-chase',
  record: 'transit',
  where: where(transit, { state: 'expected' }),
  at: 'nextChase',
  act: (row, moment, parameter) => {
    const done = Number(row.fields.chases ?? 0) + 1
    const again = done < parameter<number>('closures.chase.most')
    const next = Temporal.Instant.from(moment).add({ minutes: parameter<number>('closures.chase.minutes') })
    const asked = done < parameter<number>('closures.chase.county') ? 'town' : 'county'
    return { action: 'chase', input: { nextChase: again ? next.toString({ smallestUnit: 'millisecond' }) : null, asked } }
  },
}
