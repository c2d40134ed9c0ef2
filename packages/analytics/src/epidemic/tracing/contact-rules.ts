/** When being at the same place at the same time counts as contact: a rule for each kind of place, passed in as data. */
import { demand } from '../../outcome.ts'

/** The rule of one kind of place (household, workplace, venue, vehicle, …). */
export interface ContactRule {
  /** Name of the kind, for reports. */
  readonly kind: string
  /** Shortest common presence that counts, in the time unit of the stays; at least one unit always. */
  readonly minimalOverlap: number
  /**
   * Rows to the front and to the back that count, for places with seats. Left out: the whole place counts. Where one of the two
   * seats is unknown the pair counts too: nobody is lost because a ticket is missing.
   */
  readonly rowsApart?: number
}

/** Rules as columns, indexed by place kind. */
export interface CompiledRules {
  readonly minimalOverlap: Int32Array
  /** -1 where seats do not matter. */
  readonly rowsApart: Int32Array
  readonly kinds: readonly string[]
}

/**
 * Turns the rule table into columns.
 *
 * @throws InputError `contact-rule-invalid` for a negative or fractional limit, `contact-rule-missing` for a place kind without a rule.
 */
export function compileRules(rules: readonly ContactRule[], placeKind: Uint8Array): CompiledRules {
  for (const rule of rules) {
    const fits =
      Number.isInteger(rule.minimalOverlap) &&
      rule.minimalOverlap >= 0 &&
      (rule.rowsApart === undefined || (Number.isInteger(rule.rowsApart) && rule.rowsApart >= 0))
    demand(
      fits,
      'contact-rule-invalid',
      `接触判定规则“${rule.kind}”的数值应为非负整数`,
      `The limits of contact rule "${rule.kind}" must be whole and not negative`,
    )
  }
  let highest = -1
  for (const kind of placeKind) if (kind > highest) highest = kind
  demand(
    highest < rules.length,
    'contact-rule-missing',
    `场所类型 ${highest} 没有接触判定规则`,
    `Place kind ${highest} has no contact rule`,
  )
  return {
    minimalOverlap: Int32Array.from(rules, (rule) => Math.max(1, rule.minimalOverlap)),
    rowsApart: Int32Array.from(rules, (rule) => rule.rowsApart ?? -1),
    kinds: rules.map((rule) => rule.kind),
  }
}
