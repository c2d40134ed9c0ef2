import {
  type Draft,
  dayOf,
  type Follow,
  f,
  instantMs,
  type Label,
  NAMELESS,
  no,
  type ParameterReader,
  PLATE,
  type Problem,
  type Result,
  type Situation,
} from '@guatu/kernel'
import { PASS_NUMBER } from '../pass/number.ts'
import { type Allowed, allowedThen, isExempt, isKeptOut, OPEN_HERE, saidOf } from './allowed.ts'
import { cancelling } from './cancel.ts'
import { DECISIONS, GATES, type GateDecision, type GateFacts, type Ruling, rule } from './decide.ts'
import { clinicOver, isKeptIn } from './kept-in.ts'
import { isWorthless } from './paper.ts'
import { meetings } from './twice.ts'

const yesNo = (zh: string, en: string) => f.flag({ label: { zh, en }, optional: true })

/** What stands in a line. */
export const fields = {
  post: f.record({ label: { zh: '卡口', en: 'Post or gate' }, of: 'place', optional: true }),
  gate: f.choice({ label: { zh: '卡口类型', en: 'Kind of gate' }, options: GATES }),
  direction: f.choice({ label: { zh: '方向', en: 'Direction' }, options: { in: { zh: '进', en: 'In' }, out: { zh: '出', en: 'Out' } } }),
  crossedAt: f.moment({ label: { zh: '时间', en: 'Time' }, optional: true }),
  person: f.person({ label: { zh: '人员', en: 'Person' }, optional: true }),
  travellers: f.count({ label: { zh: '同车人数', en: 'People in the vehicle' }, max: 200, optional: true }),
  plate: f.text({ label: { zh: '车牌', en: 'Number plate' }, max: 12, sensitive: true, find: 'exact', foundAs: PLATE, optional: true }),
  origin: f.text({ label: { zh: '来源地', en: 'Origin' }, max: 60, optional: true }),
  destination: f.area({ label: { zh: '目的地', en: 'Destination' }, optional: true }),
  purpose: f.text({ label: { zh: '事由', en: 'Purpose' }, max: 100, sensitive: true, optional: true }),
  temperature: f.temperature({ label: { zh: '体温', en: 'Temperature' }, optional: true }),
  listed: yesNo('来自或14天内到过重点地区', 'From a listed place, or was there within the period'),
  home: yesNo('本地有住处', 'Has a home here'),
  local: yesNo('市内往来', 'Moves within the city'),
  through: yesNo('过境', 'Passes through'),
  certificate: f.text({ label: { zh: '健康证明号', en: 'Certificate no.' }, max: 40, sensitive: true, optional: true }),
  mask: yesNo('佩戴口罩', 'Wears a mask'),
  refuses: yesNo('拒绝测温登记', 'Refuses to be measured'),
  courier: yesNo('快递外卖', 'Courier'),
  trade: f.text({ label: { zh: '行业', en: 'Trade' }, max: 40, optional: true }),
  pass: f.record({ label: { zh: '通行证', en: 'Pass' }, of: 'pass', optional: true }),
  passNumber: f.code({
    label: { zh: '通行证号', en: 'Pass number' },
    pattern: PASS_NUMBER,
    example: '7K3M-Q0ZD-5V8H',
    optional: true,
  }),
  checked: f.choice({
    label: { zh: '验证结果', en: 'Pass check' },
    options: {
      valid: { zh: '有效', en: 'Valid' },
      spent: { zh: '次数用完', en: 'Used up' },
      isolated: { zh: '隔离观察中', en: 'Isolated' },
      invalid: { zh: '无效', en: 'Not valid' },
    },
    optional: true,
  }),
  decision: f.choice({ label: { zh: '查验结果', en: 'Decision' }, options: DECISIONS }),
  days: f.count({ label: { zh: '观察天数', en: 'Days of observation' }, max: 60, optional: true }),
  site: f.record({ label: { zh: '集中隔离点', en: 'Central point' }, of: 'site', optional: true }),
  because: f.text({ label: { zh: '与规则不同的理由', en: 'Why other than the rule' }, hint: NAMELESS, max: 300, optional: true }),
  ruled: f.choice({ label: { zh: '规则判定', en: 'The rule says' }, options: DECISIONS, optional: true }),
  ruledWhy: f.localizedText({ label: { zh: '判定理由', en: 'Reason' }, max: 400, optional: true }),
  differs: f.flag({ label: { zh: '与规则不同', en: 'Other than the rule' }, optional: true }),
  confirmedAt: f.moment({ label: { zh: '接收确认时间', en: 'Arrival confirmed' }, optional: true }),
  ...meetings,
  ...cancelling,
} as const

export type CrossingSituation = Situation<typeof fields>

const told = (value: boolean | undefined): boolean | null => value ?? null

/** Passes that may be used, or could be but for something that the table asks about. */
const GOOD: readonly (string | undefined)[] = ['valid', 'spent', 'isolated']

/**
 * What depends on an order: at the gate of an estate over which none stands nobody needs a pass, has no outings to use up and is kept out as a
 * courier, whatever the table says. Where nobody can tell that is not known.
 */
function underOrder(holds: boolean, gate: string | undefined, { closed }: Allowed): boolean | null {
  if (!holds || gate !== 'estate' || closed === true) return holds
  return closed === false ? false : null
}

/** The facts of a crossing as the rule table asks them. */
export function factsOf(row: Draft<typeof fields>, allowed: Allowed): GateFacts {
  const estate = row.gate === 'estate'
  const unasked = estate ? false : null
  const lacksPass = underOrder(!GOOD.includes(row.checked), row.gate, allowed)
  return {
    temperature: row.temperature ?? null,
    out: row.direction === 'out',
    listed: row.listed ?? unasked,
    home: row.home ?? unasked,
    local: row.local ?? unasked,
    through: row.through ?? false,
    certificate: row.certificate !== undefined,
    mask: told(row.mask),
    pass: lacksPass === null ? null : !lacksPass,
    spent: underOrder(row.checked === 'spent', row.gate, allowed),
    isolated: row.checked === 'isolated',
    exempt: isExempt(row, allowed),
    courier: underOrder(isKeptOut(row, allowed), row.gate, allowed),
    refuses: row.refuses ?? false,
  }
}

/** Facts that hang on whether an order stands over the gate. */
const ORDERED: readonly (keyof GateFacts)[] = ['pass', 'spent', 'courier']

/** Said of whoever is kept in and is met on a road on the way in: no table knows whether they are being taken back. */
export const AWAY: Label = {
  zh: '此人正在隔离观察（或同户有人隔离），不应在外：请联系其观察地点的村（社区）或集中隔离点接回，再“改作其他处置”并写明理由；要送回住处的选“居家观察”，目的地随即得到通知。',
  en: 'Under observation, or kept in with their home, and met away from it: call the village or the central point that observes them, then decide otherwise, with the reason; “home observation” tells the village they are sent back to.',
}

/** What the rule table of the kind of gate says of a line, by what the orders over the gate allow. */
export function ruleFor(row: Draft<typeof fields>, parameter: ParameterReader, allowed: Allowed): Result<Ruling> {
  const { gate = 'road' } = row
  const facts = factsOf(row, allowed)
  const said: Partial<Readonly<Record<keyof GateFacts, Label>>> = {
    ...saidOf(row, allowed),
    ...(facts.pass && !GOOD.includes(row.checked) ? { pass: OPEN_HERE } : {}),
  }
  const ruling = rule(gate, facts, parameter, said)
  if (ruling.ok && ruling.value.decision === 'pass' && facts.isolated && gate === 'road' && !facts.out)
    return no({ code: 'kept-in-met-away', status: 422, message: AWAY, data: { facts: ['isolated'] } })
  if (ruling.ok || typeof allowed.closed === 'boolean') return ruling
  const { data } = ruling.problem
  const asked = Array.isArray(data?.facts) ? data.facts : []
  const hangs = asked.some((fact) => ORDERED.some((one) => one === fact))
  return hangs ? no({ ...ruling.problem, message: allowed.closed.ask }) : ruling
}

/** What says on a line that it is otherwise than the rule. */
export interface Mark {
  /** What the table says; nothing where it would first ask. */
  readonly ruled: GateDecision | null
  readonly ruledWhy: Label
  readonly differs: true
}

/**
 * What the table of the day of the line says of it, by the orders, the pass and, of who goes out or is met on a road, the observations and the clinic at
 * its moment. Who comes in at the gate of an estate comes home.
 */
function rulingOf(at: CrossingSituation): Result<Ruling> {
  const { after, act, parameterOn, zone, related } = at
  const moment = after.crossedAt ?? act.happenedAt
  const day = dayOf({ epochMilliseconds: instantMs(moment) ?? 0 }, zone)
  const isAway = after.direction === 'out' || after.gate === 'road'
  const isIn = isAway && isKeptIn(related, clinicOver(parameterOn(day), day))
  const isBad = (after.checked === 'valid' || after.checked === 'spent') && isWorthless(after, related.papers ?? [], moment)
  const line = isIn || isBad ? { ...after, checked: isIn ? ('isolated' as const) : ('invalid' as const) } : after
  return ruleFor(line, parameterOn(day), allowedThen(at, moment, day))
}

/**
 * The mark of a line that says something else than the table of its day: another decision, another term of observation, or that somebody was let
 * through of whom the table would first ask what nobody found out.
 */
export function markOf(at: CrossingSituation): Mark | undefined {
  const { decision, days } = at.after
  const ruling = rulingOf(at)
  if (!ruling.ok)
    return decision === 'pass' && asksMore(ruling.problem) ? { ruled: null, ruledWhy: ruling.problem.message, differs: true } : undefined
  const { value } = ruling
  const isSame = value.decision === decision && (value.days === undefined || days === undefined || value.days === days)
  return isSame ? undefined : { ruled: value.decision, ruledWhy: value.why, differs: true }
}

/** Does the table ask for what the officer finds out, and not for which gate this is? */
const asksMore = ({ data }: Problem): boolean =>
  Array.isArray(data?.facts) && !data.facts.some((fact) => ORDERED.some((one) => one === fact))

/** Notes what the table says where it is something else than what was done: a person looks at those, nothing is undone. */
export function judged(at: CrossingSituation): readonly Follow[] {
  const mark = markOf(at)
  return mark ? [{ record: 'crossing', recordId: at.act.recordId, action: 'judge', input: { ...mark } }] : []
}

/** A line about somebody who was erased before: nothing by which they or a vehicle are known stays of it. */
export const forgotten = ({ act, related }: CrossingSituation): readonly Follow[] =>
  related.me?.[0]?.state === 'erased' ? [{ record: 'crossing', recordId: act.recordId, action: 'forget', input: {} }] : []
