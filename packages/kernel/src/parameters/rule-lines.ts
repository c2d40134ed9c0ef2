import { no, ok, type Result, refuse } from '../problem.ts'

/** A test on named facts. A fact is a flag or a number; one that is not known is neither true nor false. */
export type RuleTest =
  | { readonly fact: string; readonly is: boolean }
  | { readonly fact: string; readonly op: '<' | '<=' | '>' | '>=' | '='; readonly value: number }
  | { readonly all: readonly RuleTest[] }
  | { readonly any: readonly RuleTest[] }
  | { readonly always: true }

/** One line of a rule table: the first whose test holds gives the outcome. */
export interface RuleLine {
  readonly when: RuleTest
  /** Outcome and what belongs to it, e.g. `home 14`. */
  readonly outcome: string
  readonly details: readonly string[]
  readonly text: string
}

export type RuleFacts = Readonly<Record<string, number | boolean | null>>

const FACT = /^(!?)([A-Za-z][A-Za-z0-9]*)$/
const COMPARISON = /^([A-Za-z][A-Za-z0-9]*)\s*(<=|>=|<|>|=)\s*(-?\d+(?:\.\d+)?)$/
const OPERATORS = ['<', '<=', '>', '>=', '='] as const

function readTest(text: string): RuleTest | undefined {
  const any = text.split('|').map((one) => {
    const all = one.split('&').map((part) => readPart(part.trim()))
    const known = all.flatMap((part) => part ?? [])
    if (known.length < all.length) return undefined
    return known.length === 1 ? known[0] : { all: known }
  })
  const known = any.flatMap((one) => one ?? [])
  if (known.length < any.length) return undefined
  return known.length === 1 ? known[0] : { any: known }
}

function readPart(text: string): RuleTest | undefined {
  if (text === 'always') return { always: true }
  const flag = FACT.exec(text)
  if (flag?.[2]) return { fact: flag[2], is: flag[1] === '' }
  const [, fact, written, value] = COMPARISON.exec(text) ?? []
  const op = OPERATORS.find((one) => one === written)
  return fact !== undefined && op !== undefined && value !== undefined ? { fact, op, value: Number(value) } : undefined
}

/**
 * Reads an ordered rule table as it stands in a parameter, one rule a line: `temperature >= 37.3 & listed -> holding`. `&` binds
 * closer than `|`, `!` denies a flag, `always` holds.
 */
export function readRules(lines: readonly (string | number)[]): Result<readonly RuleLine[]> {
  const rules: RuleLine[] = []
  for (const line of lines.map(String)) {
    const [left, right, ...rest] = line.split('->').map((part) => part.trim())
    const when = left === undefined ? undefined : readTest(left)
    const [outcome, ...details] = (right ?? '').split(/\s+/)
    if (!when || !outcome || rest.length > 0)
      return no(
        refuse('rule-unreadable', {
          zh: `规则“${line}”不合格式，应为“条件 & 条件 -> 结果”；请系统管理员更正参数。`,
          en: `The rule “${line}” is not of the form “test & test -> outcome”; the administrator must correct the parameter.`,
        }),
      )
    rules.push({ when, outcome, details, text: line })
  }
  return ok(rules)
}

/** Three-valued: null where the answer hangs on a fact that is not known. */
export function ruleHolds(test: RuleTest, facts: RuleFacts): boolean | null {
  if ('always' in test) return true
  if ('all' in test) {
    const parts = test.all.map((part) => ruleHolds(part, facts))
    return parts.includes(false) ? false : parts.includes(null) ? null : true
  }
  if ('any' in test) {
    const parts = test.any.map((part) => ruleHolds(part, facts))
    return parts.includes(true) ? true : parts.includes(null) ? null : false
  }
  const value = facts[test.fact] ?? null
  if (value === null) return null
  if ('is' in test) return value === test.is
  const number = Number(value)
  switch (test.op) {
    case '<':
      return number < test.value
    case '<=':
      return number <= test.value
    case '>':
      return number > test.value
    case '>=':
      return number >= test.value
    case '=':
      return number === test.value
  }
}

/** The elementary tests of a test, in order: what the reason of an outcome is told from. */
export function elementary(test: RuleTest): readonly Exclude<RuleTest, { all: unknown } | { any: unknown } | { always: true }>[] {
  if ('always' in test) return []
  if ('all' in test) return test.all.flatMap(elementary)
  if ('any' in test) return test.any.flatMap(elementary)
  return [test]
}

/** The first rule that holds. A rule that hangs on an unknown fact stops the search: nothing is decided by not knowing. */
export function firstRule(rules: readonly RuleLine[], facts: RuleFacts): Result<RuleLine> {
  for (const rule of rules) {
    const holds = ruleHolds(rule.when, facts)
    if (holds === true) return ok(rule)
    if (holds === null) {
      const missing = elementary(rule.when).flatMap(({ fact }) => ((facts[fact] ?? null) === null ? [fact] : []))
      return no(
        refuse(
          'fact-unknown',
          { zh: '还缺少判定所需的信息，请补充后再判定。', en: 'Something that the decision needs is not known yet; add it first.' },
          { data: { facts: missing } },
        ),
      )
    }
  }
  return no(
    refuse('no-rule-matches', {
      zh: '没有符合的规则，请系统管理员核对规则表。',
      en: 'No rule matches; the administrator must check the table.',
    }),
  )
}
