import { defineRecord, type StandingDuty, type TimedDuty, toExpression, where } from '@guatu/kernel'
import { fields } from './fields.ts'
import { mayIssue } from './issuing.ts'
import { AS_ONE, LEAVING, leavesOrder, MOVED } from './leaving.ts'
import { numberOf, shortNumberOf } from './number.ts'
import { PAPER, paperStays } from './paper.ts'

const ISSUERS = { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' } as const
const STOPPERS = { ...ISSUERS, 'duty-officer': 'area' } as const

const numbered = (_input: unknown, id: string | undefined) => (id === undefined ? {} : { number: numberOf(id) })

/** A pass 通行证 under a closing order, for a household, a worker or a vehicle; issued where people are, with or without a network. */
export const pass = defineRecord({
  name: 'pass',
  label: { zh: '通行证', en: 'Pass' },
  at: 'county',
  title: 'number',
  fields,
  states: {
    issued: { zh: '有效', en: 'Valid' },
    suspended: { zh: '暂停', en: 'Suspended' },
    revoked: { zh: '已吊销', en: 'Revoked' },
    expired: { zh: '已过期', en: 'Expired' },
    withheld: { zh: '未受理，待收回', en: 'Not taken in, to be taken back' },
  },
  actions: {
    issue: {
      label: { zh: '发证', en: 'Issue' },
      from: 'new',
      to: 'issued',
      by: ISSUERS,
      needs: ['closure', 'kind', 'validFrom', 'validTo'],
      takes: ['household', 'person', 'plate', 'trade'],
      offline: true,
      tone: 'main',
      related: {
        order: { record: 'closure', at: 'closure', sees: ['start', 'end', 'endedAt', 'announcedAt', 'trades', 'areas'] },
        home: { record: 'household', at: 'household', sees: [] },
        others: { record: 'pass', by: 'household', through: 'household', sees: ['closure', 'validTo'] },
        watches: { record: 'watch', by: 'household', through: 'household', sees: ['kind'] },
        mine: { record: 'watch', by: 'person', through: 'person', sees: ['kind'], doubles: 'person' },
        holder: { record: 'person', at: 'person', sees: ['household'] },
        atHome: {
          record: 'watch',
          by: 'household',
          through: 'person',
          via: [{ record: 'person', field: 'household' }],
          sees: ['kind'],
          doubles: 'person',
        },
      },
      guard: mayIssue,
      // Kept with the act: one of before numbers were as long has none, and its pass keeps the short one.
      completes: numbered,
      effect: (_row, act) => ({ number: String(act.input.number ?? shortNumberOf(act.recordId)) }),
    },
    // A phone issued it without a network, so its code is out in the world; the register refused it.
    withhold: {
      label: { zh: '不予受理（证已发出）', en: 'Not taken in, though it was given out' },
      from: 'new',
      to: 'withheld',
      by: {},
      automatic: true,
      needs: ['closure', 'kind', 'validFrom', 'validTo', 'stopReason'],
      takes: ['household', 'person', 'plate', 'trade'],
      completes: numbered,
      effect: (_row, act) => ({ number: String(act.input.number), stoppedAt: act.happenedAt }),
    },
    takeBack: {
      label: { zh: '证件已收回', en: 'The paper was taken back' },
      from: ['withheld'],
      to: 'revoked',
      by: STOPPERS,
      tone: 'main',
    },
    suspend: {
      label: { zh: '暂停', en: 'Suspend' },
      from: ['issued'],
      to: 'suspended',
      by: STOPPERS,
      needs: ['stopReason'],
      offline: true,
      effect: (_row, act) => ({ stoppedAt: act.happenedAt }),
    },
    resume: {
      label: { zh: '恢复', en: 'Resume' },
      from: ['suspended'],
      to: 'issued',
      by: STOPPERS,
      effect: () => ({ stopReason: null, stoppedAt: null }),
    },
    revoke: {
      label: { zh: '吊销', en: 'Revoke' },
      from: ['issued', 'suspended'],
      to: 'revoked',
      by: STOPPERS,
      needs: ['stopReason'],
      offline: true,
      tone: 'danger',
      effect: (_row, act) => ({ stoppedAt: act.happenedAt }),
    },
    lapse: {
      label: { zh: '随封控决定失效', en: 'End with its order' },
      from: ['issued', 'suspended'],
      to: 'expired',
      by: {},
      automatic: true,
      effect: (_row, act) => ({ stoppedAt: act.happenedAt }),
    },
    holderMoved: {
      label: { zh: '持证人迁移', en: 'Its holder moved' },
      from: ['issued', 'suspended'],
      to: 'same',
      by: {},
      automatic: true,
      with: MOVED,
      related: LEAVING,
      follows: leavesOrder,
    },
    leaveScope: {
      label: { zh: '迁出封控范围失效', en: 'End: moved out of the order' },
      from: ['issued', 'suspended'],
      to: 'revoked',
      by: {},
      automatic: true,
      with: AS_ONE,
      related: PAPER,
      amends: paperStays,
      effect: (_row, act) => ({ stoppedAt: act.happenedAt, stopReason: '持证户已迁出该决定的封控范围', movedAway: true }),
    },
    forget: {
      label: { zh: '删除车牌（个人信息已删除）', en: 'Erase the plate: the person was erased' },
      from: ['issued', 'suspended', 'revoked', 'expired', 'withheld'],
      to: 'same',
      by: {},
      automatic: true,
      erases: true,
      // The line of a vehicle pass says the plate and names nobody.
      related: { lines: { record: 'crossing', by: 'pass', sees: [], onward: true } },
      follows: ({ related }) => (related.lines ?? []).map(({ id }) => ({ record: 'crossing', recordId: id, action: 'forget', input: {} })),
    },
    expire: { label: { zh: '过期', en: 'Expire' }, from: ['issued', 'suspended'], to: 'expired', by: {}, automatic: true },
  },
  holds: { of: 'person', states: ['issued', 'suspended'], ends: { zh: '吊销或到期', en: 'revoked, or has expired' } },
  read: {
    'duty-officer': 'area',
    leader: 'area',
    'county-clerk': 'area',
    'town-clerk': 'area',
    'grid-worker': 'area',
    auditor: 'area',
  },
  lookUp: { 'gate-officer': 'area' },
  reveal: { 'duty-officer': 'area', 'county-clerk': 'area', 'town-clerk': 'area', 'grid-worker': 'area' },
  list: {
    columns: ['number', 'kind', 'closure', 'household', 'trade', 'area', 'state', 'validFrom', 'validTo'],
    filters: ['state', 'kind', 'closure', 'household', 'number', 'trade', 'validTo', 'stoppedAt'],
    sort: '-validFrom',
  },
  indexes: [['number'], ['closure'], ['household'], ['validTo']],
  carried: {
    fields: ['number', 'closure', 'kind', 'household', 'person', 'trade', 'validFrom', 'validTo', 'stopReason'],
    rows: toExpression({ state: ['issued', 'suspended'] }),
    // A gate holds what is shown to it against them where there is no network.
    by: ['gate-officer', 'grid-worker', 'town-clerk', 'county-clerk', 'duty-officer'],
  },
})

/** A pass that a phone issued while its order was in force, and that arrived after the order had ended. */
export const outlived: StandingDuty = {
  name: 'pass-order-over',
  record: 'pass',
  where: where(pass, { state: ['issued', 'suspended'] }),
  on: [],
  related: { order: { record: 'closure', at: 'closure', sees: [] } },
  act: (_row, { related }) => (ENDED.includes(related.order?.[0]?.state ?? '') ? { action: 'lapse', input: {} } : undefined),
}

/** States of an order that limits nobody any more. */
const ENDED: readonly string[] = ['lapsed', 'lifted', 'refused', 'withdrawn']

export const timed: TimedDuty = {
  name: 'pass-expire',
  record: 'pass',
  where: where(pass, { state: ['issued', 'suspended'] }),
  at: 'validTo',
  act: () => ({ action: 'expire', input: {} }),
}
