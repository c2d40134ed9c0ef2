import { defineRecord, lasting, STANDS, type TimedDuty, toExpression, where } from '@guatu/kernel'
import { DECLARATIONS, DEPARTURES, declared, inPlace, mayArrive, placed, received, redated, staysThere, takenBack } from './received.ts'
import { fields } from './way.ts'

const RECEIVERS = { 'town-clerk': 'area', 'grid-worker': 'area', 'county-clerk': 'area', 'health-worker': 'area' } as const

const TAKE_BACK = lasting(
  '接收有误的，请用“撤回接收（确认有误）”，再重新确认；只是到达日期不对的，更正到达日期即可。',
  'Where the arrival itself was wrong, “take back the arrival” and confirm anew; where only the day is wrong, correct the day.',
  'village',
)
const RECEIVE_ANEW = lasting('撤回有误的，请重新确认接收。', 'Where it was taken back by mistake, confirm the arrival anew.')
const ASSIGN_ANEW = lasting('请再次“指定村（社区）”，选择正确的村。', '“Say which village” once more, and choose the right one.', 'village')

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
      takes: ['crossedAt', 'person', 'days', 'listed', 'site', 'origin', 'travellers', 'unplaced'],
    },
    arrive: {
      label: { zh: '确认接收', en: 'Confirm arrival' },
      from: ['expected', 'lost'],
      to: 'arrived',
      by: RECEIVERS,
      takes: ['village', 'arrivedOn', 'note'],
      demands: { village: { op: 'is', field: 'unplaced', value: true } },
      offline: true,
      tone: 'main',
      related: { declarations: DECLARATIONS, departures: DEPARTURES, ...STANDS },
      guard: mayArrive,
      effect: (_row, act) => ({ arrivedAt: act.happenedAt, unplaced: null, nextChase: null, overdue: null, asked: null }),
      follows: (at) => [...received(at), ...staysThere(at), ...declared(at), ...placed(at)],
      amends: redated,
      settles: TAKE_BACK,
    },
    assign: {
      label: { zh: '指定村（社区）', en: 'Say which village' },
      from: ['expected', 'lost'],
      to: 'same',
      by: { 'town-clerk': 'area', 'county-clerk': 'area', 'duty-officer': 'area' },
      needs: ['village'],
      guard: inPlace,
      effect: () => ({ unplaced: null }),
      follows: placed,
      settles: ASSIGN_ANEW,
    },
    retract: {
      label: { zh: '撤回接收（确认有误）', en: 'Take back the arrival: confirmed by mistake' },
      from: ['arrived'],
      to: 'expected',
      by: { ...RECEIVERS, 'duty-officer': 'area' },
      needs: ['note'],
      tone: 'danger',
      related: { declarations: DECLARATIONS, ...STANDS },
      // Whoever is not there is late by now: they are chased at once.
      effect: (_row, act) => ({ arrivedAt: null, arrivedOn: null, nextChase: act.recordedAt }),
      follows: takenBack,
      settles: RECEIVE_ANEW,
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
    columns: [
      'expectedBy',
      'person',
      'origin',
      'area',
      'decision',
      'travellers',
      'overdue',
      'unplaced',
      'asked',
      'chases',
      'state',
      'arrivedAt',
    ],
    filters: ['state', 'decision', 'overdue', 'asked', 'unplaced', 'crossing', 'expectedBy'],
    sort: 'expectedBy',
  },
  indexes: [['crossing'], ['nextChase']],
  carried: {
    fields: ['person', 'origin', 'decision', 'days', 'travellers', 'crossedAt', 'expectedBy', 'overdue', 'unplaced'],
    rows: toExpression({ state: 'expected' }),
    first: () => toExpression({ state: 'expected' }),
  },
})

/**
 * Whoever has not arrived when expected is chased at once and again, every so many minutes, as long as the parameter says: the town
 * first, then the county too. A reminder that nobody could have seen is none: those of a time in which nothing looked are skipped.
 */
export const timed: TimedDuty = {
  name: 'transit-chase',
  record: 'transit',
  where: where(transit, { state: 'expected' }),
  at: 'nextChase',
  act: (row, moment, parameter, now) => {
    const done = Number(row.fields.chases ?? 0) + 1
    const again = done < parameter<number>('closures.chase.most')
    const asked = done < parameter<number>('closures.chase.county') ? 'town' : 'county'
    return { action: 'chase', input: { nextChase: again ? after(moment, now, parameter<number>('closures.chase.minutes')) : null, asked } }
  },
}

/** The first moment of a rhythm that is still to come. @param minutes between two of them */
function after(moment: string, now: string, minutes: number): string {
  const [from, until] = [Temporal.Instant.from(moment), Temporal.Instant.from(now)]
  const passed = Math.max(0, Math.floor((until.epochMilliseconds - from.epochMilliseconds) / (minutes * 60_000)))
  return from.add({ minutes: (passed + 1) * minutes }).toString({ smallestUnit: 'millisecond' })
}
