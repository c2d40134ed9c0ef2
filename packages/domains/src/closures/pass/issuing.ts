import { type Problem, refuse } from '@guatu/kernel'
import { limitedAt } from '../order/limits.ts'
import type { PassSituation } from './fields.ts'
import { closes } from './leaving.ts'

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

/** Nobody is known behind an entry that was erased: whose pass would it be? */
const erased = ({ related }: PassSituation): Problem | undefined =>
  related.holder?.[0]?.state === 'erased'
    ? refuse(
        'person-erased',
        {
          zh: '此人的登记信息已按规定删除，不能再据此发证；请按证件重新登记此人后发证。',
          en: 'The identity of this entry was erased as the rules say: no pass for it. Register the person anew by the document, then issue it.',
        },
        { status: 409, path: 'input.person' },
      )
    : undefined

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
function elsewhere({ after, related, places, today, zone }: PassSituation): Problem | undefined {
  const [order, home, holder] = [related.order?.[0], related.home?.[0], related.holder?.[0]]
  if (!order || after.kind === 'vehicle') return undefined
  // Whoever works lives where the register says, whichever household was written on the pass or none.
  const homes = [home, after.kind === 'worker' ? holder : undefined].flatMap((one) => one?.area ?? [])
  return homes.every((area) => closes(order, area, places, today, zone))
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
const isolates = (watch: { readonly state: string; readonly fields: Readonly<Record<string, unknown>> }): boolean =>
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

/** Why no pass is issued: to nobody, on no order that closes their home, for too long, or to whoever is to stay at home. */
export const mayIssue = (at: PassSituation): Problem | undefined =>
  wrongHolder(at) ?? erased(at) ?? dissolved(at) ?? wrongOrder(at) ?? elsewhere(at) ?? wrongTerm(at) ?? isolatedAtHome(at) ?? alreadyHas(at)
