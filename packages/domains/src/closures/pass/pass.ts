import {
  defineRecord,
  f,
  type Problem,
  refuse,
  type Situation,
  type StandingDuty,
  type TimedDuty,
  toExpression,
  where,
} from '@guatu/kernel'
import { limitedAt } from '../order/limits.ts'
import { closes, LEAVING, leavesOrder, MOVED } from './leaving.ts'
import { numberOf } from './number.ts'
import type { KINDS } from './ticket.ts'

const KIND_LABELS = {
  household: { zh: '家庭出行', en: 'Household' },
  worker: { zh: '务工人员', en: 'Worker' },
  vehicle: { zh: '车辆', en: 'Vehicle' },
} as const satisfies Record<(typeof KINDS)[number], { zh: string; en: string }>

const ISSUERS = { 'grid-worker': 'area', 'town-clerk': 'area', 'county-clerk': 'area' } as const
const STOPPERS = { ...ISSUERS, 'duty-officer': 'area' } as const

const fields = {
  number: f.code({ label: { zh: '证号', en: 'Number' }, pattern: /^[0-9A-Z]{4}-[0-9A-Z]{4}$/, example: '7K3M-Q0ZD', optional: true }),
  closure: f.record({ label: { zh: '封控决定', en: 'Closing order' }, of: 'closure' }),
  kind: f.choice({ label: { zh: '种类', en: 'Kind' }, options: KIND_LABELS }),
  household: f.record({ label: { zh: '家庭', en: 'Household' }, of: 'household', optional: true }),
  person: f.person({ label: { zh: '持证人', en: 'Holder' }, optional: true }),
  plate: f.text({ label: { zh: '车牌', en: 'Number plate' }, max: 12, sensitive: true, find: 'exact', optional: true }),
  trade: f.text({ label: { zh: '行业', en: 'Trade' }, max: 40, optional: true }),
  validFrom: f.moment({ label: { zh: '有效期起', en: 'Valid from' } }),
  validTo: f.moment({ label: { zh: '有效期止', en: 'Valid to' } }),
  stopReason: f.text({ label: { zh: '停用原因', en: 'Why stopped' }, max: 200, optional: true }),
  stoppedAt: f.moment({ label: { zh: '停用时间', en: 'Stopped at' }, optional: true }),
  movedAway: f.flag({ label: { zh: '已迁出封控范围', en: 'Moved out of the order' }, optional: true }),
} as const

type PassSituation = Situation<typeof fields>

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
        },
      },
      guard: (at) =>
        wrongHolder(at) ?? dissolved(at) ?? wrongOrder(at) ?? elsewhere(at) ?? wrongTerm(at) ?? isolatedAtHome(at) ?? alreadyHas(at),
      effect: (_row, act) => ({ number: numberOf(act.recordId) }),
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
      effect: (_row, act) => ({ stoppedAt: act.happenedAt, stopReason: '持证户已迁出该决定的封控范围', movedAway: true }),
    },
    forget: {
      label: { zh: '删除车牌（个人信息已删除）', en: 'Erase the plate: the person was erased' },
      from: ['issued', 'suspended', 'revoked', 'expired'],
      to: 'same',
      by: {},
      automatic: true,
      erases: true,
    },
    expire: { label: { zh: '过期', en: 'Expire' }, from: ['issued', 'suspended'], to: 'expired', by: {}, automatic: true },
  },
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

function wrongHolder({ after }: PassSituation): Problem | undefined {
  const needed = { household: after.household, worker: after.person, vehicle: after.plate }
  const field = { household: 'household', worker: 'person', vehicle: 'plate' } as const
  const kind = after.kind ?? 'household'
  return needed[kind] === undefined
    ? refuse(
        'holder-missing',
        {
          zh: '请填写持证对象：家庭证填家庭，务工证填人员，车辆证填车牌。',
          en: 'Say whose pass it is: a household, a person or a number plate.',
        },
        { path: `input.${field[kind]}` },
      )
    : undefined
}

const dissolved = ({ related }: PassSituation): Problem | undefined =>
  related.home?.[0]?.state === 'dissolved'
    ? refuse(
        'household-dissolved',
        {
          zh: '该户已注销，不能发证；请选择现居住的户，仍有人居住的请先“恢复”该户。',
          en: 'This household is dissolved: no pass for it. Choose the one they live in, or restore it first where people still live there.',
        },
        { status: 409, path: 'input.household', data: { record: 'household' } },
      )
    : undefined

function wrongOrder({ after, related, act }: PassSituation): Problem | undefined {
  const order = related.order?.[0]
  if (!order || !limitedAt(order.state, order.fields, act.happenedAt))
    return refuse(
      'order-not-in-force',
      { zh: '该封控决定当时未在实施，不能据此发证。', en: 'The order was not in force at that time: no pass can rest on it.' },
      { path: 'input.closure' },
    )
  const trades = Array.isArray(order.fields.trades) ? order.fields.trades.map(String) : []
  return after.kind === 'worker' && !trades.includes(after.trade ?? '')
    ? refuse(
        'trade-not-exempt',
        {
          zh: `该决定允许通行的行业：${trades.join('、') || '无'}。`,
          en: `Trades that the order exempts: ${trades.join(', ') || 'none'}.`,
        },
        { path: 'input.trade' },
      )
    : undefined
}

/** A pass opens what an order closes: of a home that the order does not concern it would open another one's. */
function elsewhere({ after, related, places, today }: PassSituation): Problem | undefined {
  const [order, home, holder] = [related.order?.[0], related.home?.[0], related.holder?.[0]]
  if (!order || after.kind === 'vehicle') return undefined
  // Whoever works lives where the register says, whichever household was written on the pass or none.
  const homes = [home, after.kind === 'worker' ? holder : undefined].flatMap((one) => one?.area ?? [])
  return homes.every((area) => closes(order, area, places, today))
    ? undefined
    : refuse(
        'order-elsewhere',
        {
          zh: '该封控决定不涉及持证人住处所在地，不能据此发证；请选择其住处所在地正在实施的决定。',
          en: 'This order does not concern the place where the holder lives: no pass can rest on it. Choose the order in force there.',
        },
        { status: 409, path: 'input.closure' },
      )
}

function wrongTerm({ after, related, parameter }: PassSituation): Problem | undefined {
  const { validFrom = '', validTo = '' } = after
  const days = parameter<number>('closures.pass.days')
  const latest = Temporal.Instant.from(validFrom)
    .add({ hours: 24 * days })
    .toString({ smallestUnit: 'millisecond' })
  const end = String(related.order?.[0]?.fields.end ?? '')
  return validTo <= validFrom || validTo > latest || validTo > end
    ? refuse(
        'term-wrong',
        {
          zh: `有效期最长${days}天，且不超过封控决定的截止时间。`,
          en: `A pass holds for at most ${days} days and not beyond the end of the order.`,
        },
        { path: 'input.validTo' },
      )
    : undefined
}

/** Is anybody of a household under observation at home? Then nobody of it goes out; the books of monitoring say so. */
export const isolates = (watch: { readonly state: string; readonly fields: Readonly<Record<string, unknown>> }): boolean =>
  watch.fields.kind === 'home' && (watch.state === 'watching' || watch.state === 'absent')

const observed = (watch: { readonly state: string; readonly fields: Readonly<Record<string, unknown>> }): boolean =>
  watch.fields.kind !== 'self' && (watch.state === 'watching' || watch.state === 'absent')

function isolatedAtHome({ after, related }: PassSituation): Problem | undefined {
  if (after.kind === 'household' && (related.watches ?? []).some(isolates))
    return refuse(
      'household-isolated',
      {
        zh: '该户有人居家隔离，解除之前不发通行证；生活物资由包保人配送。',
        en: 'Somebody of the household is isolated at home: no pass until release; supplies are brought.',
      },
      { status: 409, path: 'input.household' },
    )
  // Work is no reason to leave observation, nor to come and go from a home that is isolated, written on the pass or not.
  const homes = [...(related.watches ?? []), ...(related.atHome ?? [])]
  if (after.kind === 'worker' && ((related.mine ?? []).some(observed) || homes.some(isolates)))
    return refuse(
      'holder-isolated',
      {
        zh: '此人或其家人正在隔离观察，解除之前不发通行证。',
        en: 'This person, or somebody of the household, is under observation: no pass until release.',
      },
      { status: 409, path: 'input.person' },
    )
  return undefined
}

/** One household, one pass under an order: the allowance is the household's, not the paper's. */
function alreadyHas({ after, related, act }: PassSituation): Problem | undefined {
  const other = (related.others ?? []).find(
    (one) =>
      one.id !== act.recordId &&
      one.fields.closure === after.closure &&
      (one.state === 'issued' || one.state === 'suspended') &&
      String(one.fields.validTo) > (after.validFrom ?? ''),
  )
  return after.kind === 'household' && other !== undefined
    ? refuse(
        'household-has-pass',
        {
          zh: '该户已有有效通行证，请先吊销旧证或待其到期。',
          en: 'The household has a valid pass; revoke it first, or wait until it expires.',
        },
        { status: 409, path: 'input.household', data: { id: other.id } },
      )
    : undefined
}

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
