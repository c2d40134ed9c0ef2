/** Risk zoning as an ordered, dated table of tests: the first class whose test holds is the class. The tables are data. */
import { demand, type Outcome, provenanceOf, refuse } from '../../outcome.ts'

export interface Words {
  readonly zh: string
  readonly en: string
}

/** A number of which only the bounds are known, both of which it may be. */
export interface Between {
  readonly atLeast: number
  readonly atMost: number
}

/** What is known of one thing; null where nothing is. */
export type Fact = number | boolean | Between | null

/** Facts about one area on one day. Numbers keep their unit by name (`weeklyIncidencePer100k`). */
export type ZoneFacts = Readonly<Record<string, Fact>>

/** A test on facts, as data. */
export type Test =
  | { readonly fact: string; readonly is: boolean }
  | { readonly fact: string; readonly op: '<' | '<=' | '>' | '>=' | '='; readonly value: number }
  | { readonly all: readonly Test[] }
  | { readonly any: readonly Test[] }
  | { readonly always: true }

export interface ZoneRule {
  readonly zone: string
  readonly when: Test
  /** Wording of the test in the instrument. */
  readonly wording: Words
  /** Where the table says more than its instrument does, and why. */
  readonly note?: Words
}

export interface ZoneClass {
  readonly id: string
  readonly name: Words
  /** 0 is the mildest; measures accumulate upwards. */
  readonly rank: number
  readonly measures?: readonly Words[]
}

/** The document that sets a table. */
export interface Instrument {
  readonly organ: Words
  readonly document: Words
  /** ISO day from which it is in force. */
  readonly from: string
  /** ISO day on which it stops to be in force; null while open. */
  readonly until: string | null
}

export interface ZoneTable {
  readonly id: string
  readonly name: Words
  readonly instrument: Instrument
  /** Level of the areas it zones. */
  readonly unit: 'city' | 'county' | 'neighbourhood'
  /** Names of the facts for readers. */
  readonly facts: Readonly<Record<string, Words>>
  readonly classes: readonly ZoneClass[]
  readonly rules: readonly ZoneRule[]
}

/** One elementary test with the figure it was put to. */
export interface TestedFact {
  readonly fact: string
  readonly value: Fact
  readonly holds: boolean | null
  readonly zh: string
  readonly en: string
}

export interface Zone {
  readonly zone: ZoneClass
  /** Number of the rule that matched, from 0. */
  readonly rule: number
  readonly wording: Words
  /** Elementary tests of the rule that matched, with their figures. */
  readonly reasons: readonly TestedFact[]
  /** For each milder or stricter rule passed over, the tests that did not hold. */
  readonly passedOver: readonly { readonly zone: string; readonly failed: readonly TestedFact[] }[]
  /** Measures of the class and of all milder ones. */
  readonly measures: readonly Words[]
  readonly instrument: Instrument
}

/**
 * Zones one area: the class of the first rule of the table whose test holds, in three-valued logic. A test on an unknown fact is neither true nor
 * false, and so is one within whose bounds the answer changes: when the class depends on it, the answer is a refusal that names it. Source: the document that the table names as its instrument.
 *
 * @param table Ordered rules with the names of their facts, such as those of `tables-2020` and `tables-2022`.
 * @param facts One value for each fact of the table, in the unit of its name; null or left out where unknown.
 * @param asOf ISO day of the facts; the table must be in force.
 * @returns The class with its reasons, or a refusal `table-not-in-force`, `fact-unknown`, `no-rule-matches`.
 * @throws InputError `as-of`, and for a table whose rule names a class that it does not have
 */
export function zoneArea(table: ZoneTable, facts: ZoneFacts, asOf: string): Outcome<Zone> {
  const provenance = provenanceOf(`${table.name.en} (${table.instrument.document.en})`, asOf)
  const { from, until } = table.instrument
  if (asOf < from || (until !== null && asOf >= until))
    return refuse(
      provenance,
      'table-not-in-force',
      `${table.instrument.document.zh} 在 ${asOf} 未生效`,
      `${table.instrument.document.en} was not in force on ${asOf}`,
    )
  const passedOver: { zone: string; failed: TestedFact[] }[] = []
  for (const [number, rule] of table.rules.entries()) {
    const tested: TestedFact[] = []
    const holds = evaluate(rule.when, facts, table, tested)
    if (holds === null) {
      const missing = tested.filter((test) => test.holds === null).map((test) => test.fact)
      const unknown = missing.map((fact) => table.facts[fact] ?? { zh: fact, en: fact })
      return refuse(
        provenance,
        'fact-unknown',
        `缺少判定所需数据：${unknown.map((words) => words.zh).join('、')}`,
        `The class depends on what is not known: ${unknown.map((words) => words.en).join(', ')}`,
        missing,
      )
    }
    if (!holds) {
      passedOver.push({ zone: rule.zone, failed: tested.filter((test) => test.holds !== true) })
      continue
    }
    const zone = classOf(table, rule.zone)
    const measures = [...table.classes]
      .filter((other) => other.rank <= zone.rank)
      .sort((a, b) => a.rank - b.rank)
      .flatMap((other) => other.measures ?? [])
    return {
      ...provenance,
      ok: true,
      zone,
      rule: number,
      wording: rule.wording,
      reasons: tested.filter((test) => test.holds === true),
      passedOver,
      measures,
      instrument: table.instrument,
    }
  }
  return refuse(provenance, 'no-rule-matches', '没有符合的分区条件，请核对规则表', 'No rule of the table matches: check the table')
}

/**
 * The table in force on a day among several versions; undefined if none is. in force: from ≤ day ≤ until, by the instrument of each table.
 *
 * @param tables Versions in any order.
 * @param day ISO day.
 * @returns The first that is, or undefined.
 * @throws Nothing.
 */
export function tableInForce(tables: readonly ZoneTable[], day: string): ZoneTable | undefined {
  return tables
    .filter(({ instrument }) => instrument.from <= day && (instrument.until === null || day < instrument.until))
    .sort((a, b) => (a.instrument.from < b.instrument.from ? 1 : -1))[0]
}

function classOf(table: ZoneTable, id: string): ZoneClass {
  const found = table.classes.find((zone) => zone.id === id)
  demand(found !== undefined, 'zone-class-unknown', `规则表引用了不存在的类别 ${id}`, `The table refers to the unknown class ${id}`)
  return found
}

/** Three-valued: null where the answer hangs on an unknown fact. Every elementary test met is recorded. */
function evaluate(test: Test, facts: ZoneFacts, table: ZoneTable, tested: TestedFact[]): boolean | null {
  if ('always' in test) return true
  if ('all' in test) {
    const results = test.all.map((part) => evaluate(part, facts, table, tested))
    return results.includes(false) ? false : results.includes(null) ? null : true
  }
  if ('any' in test) {
    const results = test.any.map((part) => evaluate(part, facts, table, tested))
    return results.includes(true) ? true : results.includes(null) ? null : false
  }
  const value = facts[test.fact] ?? null
  const words = nameOf(test.fact, table)
  const holds = value === null ? null : 'is' in test ? value === test.is : compared(value, test.op, test.value)
  const wanted = wantedBy(test)
  const shown =
    value === null
      ? { zh: '不详', en: 'unknown' }
      : typeof value === 'boolean'
        ? { zh: value ? '是' : '否', en: value ? 'yes' : 'no' }
        : value === Number.POSITIVE_INFINITY
          ? { zh: '从未有过', en: 'never' }
          : typeof value === 'object'
            ? {
                zh: `${figure(value.atLeast)}至${figure(value.atMost)}之间`,
                en: `between ${figure(value.atLeast)} and ${figure(value.atMost)}`,
              }
            : { zh: figure(value), en: figure(value) }
  tested.push({
    fact: test.fact,
    value,
    holds,
    zh: `${words.zh}：${shown.zh}（${wanted.zh}）`,
    en: `${words.en}: ${shown.en} (${wanted.en})`,
  })
  return holds
}

const nameOf = (fact: string, table: Pick<ZoneTable, 'facts'>): Words => table.facts[fact] ?? { zh: fact, en: fact }

/** What an elementary test asks of its fact. */
const wantedBy = (test: Extract<Test, { fact: string }>): Words =>
  'is' in test
    ? { zh: test.is ? '须为是' : '须为否', en: test.is ? 'must be so' : 'must not be so' }
    : { zh: `须 ${SIGNS[test.op]} ${test.value}`, en: `must be ${SIGNS[test.op]} ${test.value}` }

/**
 * A test in words, by the names that a table gives to its facts: what is said of a rule for which no instrument has a wording.
 *
 * @param test Of a rule.
 * @param table Names of facts; one without a name is called by its code.
 * @returns The elementary tests in their order, joined by and/or.
 * @throws Nothing.
 */
export function testWords(test: Test, table: Pick<ZoneTable, 'facts'>): Words {
  if ('always' in test) return { zh: '不符合以上各条', en: 'none of the lines above holds' }
  if ('fact' in test) {
    const [name, wanted] = [nameOf(test.fact, table), wantedBy(test)]
    return { zh: `${name.zh}${wanted.zh}`, en: `${name.en} ${wanted.en}` }
  }
  const parts = ('all' in test ? test.all : test.any).map((part) => testWords(part, table))
  const [zh, en] = 'all' in test ? ['，且', ' and '] : ['，或', ', or ']
  return { zh: parts.map((part) => part.zh).join(zh), en: parts.map((part) => part.en).join(en) }
}

/** How a comparison is written for people. */
const SIGNS = { '<': '<', '<=': '≤', '>': '>', '>=': '≥', '=': '=' } as const

type Comparison = '<' | '<=' | '>' | '>=' | '='

/** Of a number between bounds the answer is known where it is the same all the way. */
function compared(value: number | boolean | Between, op: Comparison, limit: number): boolean | null {
  if (typeof value !== 'object') return compare(Number(value), op, limit)
  const { atLeast, atMost } = value
  if (op === '=' && atLeast < limit && limit < atMost) return null
  const [low, high] = [compare(atLeast, op, limit), compare(atMost, op, limit)]
  return low === high ? low : null
}

function compare(value: number, op: Comparison, limit: number): boolean {
  if (op === '<') return value < limit
  if (op === '<=') return value <= limit
  if (op === '>') return value > limit
  if (op === '>=') return value >= limit
  return value === limit
}

const figure = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(3))
