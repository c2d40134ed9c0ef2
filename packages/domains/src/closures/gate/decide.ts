import {
  counted,
  elementary,
  firstRule,
  type Label,
  no,
  ok,
  type ParameterReader,
  type Result,
  type RuleFacts,
  readRules,
  whence,
} from '@guatu/kernel'

/** What happens to somebody at a gate or road post 查验结果. */
export const DECISIONS = {
  pass: { zh: '放行', en: 'Pass' },
  home: { zh: '居家观察', en: 'Home observation' },
  central: { zh: '集中观察', en: 'Central point' },
  clinic: { zh: '转发热门诊', en: 'Fever clinic' },
  holding: { zh: '留观室，救护车转运', en: 'Holding room, ambulance' },
  turnBack: { zh: '劝返', en: 'Turn back' },
} as const satisfies Record<string, Label>
export type GateDecision = keyof typeof DECISIONS

/** Kinds of gates, each with its own dated rule table. */
export const GATES = {
  road: { zh: '道路卡口', en: 'Road post' },
  estate: { zh: '小区（村组）大门', en: 'Estate gate' },
} as const satisfies Record<string, Label>
export type GateKind = keyof typeof GATES

/** What is known of somebody at the gate; null where nobody asked yet. */
export interface GateFacts {
  /** °C. */
  readonly temperature: number | null
  readonly out: boolean
  /** Comes from, or was within the period in, a listed place. */
  readonly listed: boolean | null
  /** Has a home in the city to be observed in. */
  readonly home: boolean | null
  /** Lives and moves within the city only. */
  readonly local: boolean | null
  /** Passes through without stopping. */
  readonly through: boolean | null
  /** Holds a health certificate that counts here. */
  readonly certificate: boolean | null
  readonly mask: boolean | null
  /** Holds a pass that is valid now; its outings used up; household isolated. */
  readonly pass: boolean | null
  readonly spent: boolean | null
  readonly isolated: boolean | null
  /** Let through by an order itself: works in a trade that it exempts, or is a courier whom it lets to the door. */
  readonly exempt: boolean | null
  /** A courier whom no order lets in. */
  readonly courier: boolean | null
  /** Will not be measured or registered. */
  readonly refuses: boolean | null
}

/** A bound as it is printed, not as the table writes it. */
const BOUNDS: Readonly<Record<string, string>> = { '>=': '≥', '<=': '≤', '!=': '≠', '==': '=' }

/** How a fact reads in a reason: where it holds, and where it does not. */
const FACT_WORDS: Readonly<Record<keyof GateFacts, { readonly asked: Label; readonly yes: Label; readonly no: Label }>> = {
  temperature: words('体温', '体温', '体温', 'temperature', 'temperature', 'temperature'),
  out: words('进出方向', '出城（出门）', '进城（进门）', 'direction', 'outbound', 'inbound'),
  listed: words('是否来自重点地区', '来自重点地区', '非来自重点地区', 'origin', 'from a listed place', 'not from a listed place'),
  home: words('本地有无住处', '本地有住处', '本地无住处', 'home here', 'has a home here', 'has no home here'),
  local: words('是否市内往来', '市内往来', '自市外来', 'local or not', 'moves within the city', 'comes from outside'),
  through: words('是否过境', '过境', '不过境', 'passing through', 'passes through', 'does not pass through'),
  certificate: words('健康证明', '持有效健康证明', '无健康证明', 'certificate', 'holds a health certificate', 'no health certificate'),
  mask: words('是否佩戴口罩', '佩戴口罩', '未戴口罩', 'mask', 'wears a mask', 'no mask'),
  pass: words('通行证', '通行证有效', '无有效通行证', 'pass', 'pass valid', 'no valid pass'),
  spent: words('出行次数', '出行次数已用完', '出行次数未用完', 'outings', 'outings used up', 'outings left'),
  isolated: words('是否在隔离观察', '正在隔离观察', '不在隔离观察', 'isolation', 'under observation', 'not under observation'),
  exempt: words('行业', '可通行行业', '非可通行行业', 'trade', 'exempt trade', 'no exempt trade'),
  courier: words('是否快递外卖', '快递外卖只送至大门', '非快递外卖', 'courier', 'couriers hand over at the gate', 'no courier'),
  refuses: words('是否配合', '拒绝测温登记', '配合测温登记', 'cooperation', 'refuses to be measured or registered', 'cooperates'),
}

function words(asked: string, yes: string, not: string, askedEn: string, yesEn: string, notEn: string) {
  return { asked: { zh: asked, en: askedEn }, yes: { zh: yes, en: yesEn }, no: { zh: not, en: notEn } }
}

export interface Ruling {
  readonly decision: GateDecision
  /** Days of observation, where the rule names them. */
  readonly days?: number
  readonly why: Label
  /** The line of the table that decided. */
  readonly rule: string
}

/**
 * Is a place on the dated list of origins 疫情较重地区? The list belongs to monitoring. Undefined where the word is recognised as no place: then the
 * officer asks.
 */
export function isListed(origin: string, parameter: ParameterReader): boolean | undefined {
  const places = parameter<readonly string[]>('monitoring.listed.places', [])
  const { listed, known } = whence(places, { origin })
  return listed !== undefined || (known || places.length === 0 ? false : undefined)
}

/**
 * Decides by the ordered rule table in force for the kind of gate: the same on the server and on a phone. What the table asks and
 * nobody answered yet is a refusal that names it.
 * @param said how the reason says a fact that holds, where it has more to say than that
 */
export function rule(
  gate: GateKind,
  facts: GateFacts,
  parameter: ParameterReader,
  said: Partial<Readonly<Record<keyof GateFacts, Label>>> = {},
): Result<Ruling> {
  const table = readRules(parameter<readonly string[]>(`closures.rules.${gate}`))
  if (!table.ok) return table
  const found = firstRule(table.value, { ...facts } satisfies RuleFacts)
  if (!found.ok) return no({ ...found.problem, message: { zh: withMissing(found.problem, 'zh'), en: withMissing(found.problem, 'en') } })
  const { outcome, details, text, when } = found.value
  const decision = (Object.keys(DECISIONS) as GateDecision[]).find((one) => one === outcome)
  if (decision === undefined)
    return no({
      code: 'rule-unreadable',
      status: 422,
      message: { zh: `规则“${text}”的结果不存在，请更正参数。`, en: `The rule “${text}” leads nowhere: correct the parameter.` },
    })
  const days = details[0] === undefined ? undefined : Number(details[0])
  const words = elementary(when).flatMap((test) =>
    told(test.fact as keyof GateFacts, facts, said, 'op' in test ? `${BOUNDS[test.op] ?? test.op} ${test.value}` : undefined),
  )
  const term = days === undefined ? { zh: '', en: '' } : { zh: `${days}天`, en: ` for ${counted(days, 'day')}` }
  return ok({
    decision,
    ...(days === undefined ? {} : { days }),
    rule: text,
    why: {
      zh: `${words.map((one) => one.zh).join('，') || '无其他情形'}：${DECISIONS[decision].zh}${term.zh}`,
      en: `${words.map((one) => one.en).join(', ') || 'nothing else applies'}: ${DECISIONS[decision].en.toLowerCase()}${term.en}`,
    },
  })
}

function told(
  fact: keyof GateFacts,
  facts: GateFacts,
  said: Partial<Readonly<Record<keyof GateFacts, Label>>>,
  bound: string | undefined,
): readonly Label[] {
  const { yes, no: not } = FACT_WORDS[fact]
  const value = facts[fact]
  if (typeof value === 'number')
    return [{ zh: `${yes.zh}${value.toFixed(1)}℃（${bound}）`, en: `${yes.en} ${value.toFixed(1)} °C (${bound})` }]
  return [value ? (said[fact] ?? yes) : not]
}

function withMissing(problem: { readonly message: Label; readonly data?: Readonly<Record<string, unknown>> }, lang: 'zh' | 'en'): string {
  const facts = Array.isArray(problem.data?.facts) ? problem.data.facts : []
  const missing = facts.map((one) => FACT_WORDS[one as keyof GateFacts]?.asked[lang] ?? String(one))
  return missing.length === 0
    ? problem.message[lang]
    : lang === 'zh'
      ? `请先查验：${missing.join('、')}。`
      : `Find out first: ${missing.join(', ')}.`
}
