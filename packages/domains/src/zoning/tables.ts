import { nationalThreeLevels, sichuanFourClasses, testWords, type ZoneTable } from '@guatu/analytics/epidemic/zoning'
import { type Label, ok, type ParameterReader, type Result, type RuleTest, readRules } from '@guatu/kernel'

/** Schemes of zoning: which tables of classes are applied to which areas. */
export const SCHEMES = {
  sichuan: { zh: '四川省四类分区', en: 'Sichuan four classes' },
  national: { zh: '国家三级风险', en: 'National three levels' },
} as const satisfies Record<string, Label>
export type Scheme = keyof typeof SCHEMES

const TABLES = { sichuan: sichuanFourClasses, national: nationalThreeLevels } as const satisfies Record<Scheme, ZoneTable>

/** Every class of every scheme, mildest first within each. */
export const CLASSES = {
  'no-active-cases': { zh: '无现症病例区', en: 'No active cases' },
  sporadic: { zh: '散发病例区', en: 'Sporadic cases' },
  'community-outbreak': { zh: '社区暴发区', en: 'Community outbreak' },
  'local-epidemic': { zh: '局部流行区', en: 'Local epidemic' },
  low: { zh: '低风险', en: 'Low risk' },
  medium: { zh: '中风险', en: 'Medium risk' },
  high: { zh: '高风险', en: 'High risk' },
} as const satisfies Record<string, Label>
export type ZoneName = keyof typeof CLASSES

export const isZone = (name: string): name is ZoneName => Object.hasOwn(CLASSES, name)

/** `中文 | English`; a text without the bar reads the same in both. */
const bilingual = (text: string): Label => {
  const [zh = '', en] = text.split('|').map((part) => part.trim())
  return { zh, en: en ?? zh }
}

const same = (one: RuleTest, other: RuleTest) => JSON.stringify(one) === JSON.stringify(other)

/**
 * The rule table of a scheme as its parameter says on the day: order and numbers of the tests are the parameter's, names of classes
 * and facts the table's. A test that stands in the instrument is worded as there, another one says itself, so that no reason names a
 * number that is not asked for. Undefined where the scheme is not in force.
 */
export function tableOf(scheme: Scheme, parameter: ParameterReader, day: string): Result<ZoneTable | undefined> {
  const lines = parameter<readonly string[]>(`zoning.rules.${scheme}`, [])
  if (lines.length === 0) return ok(undefined)
  const rules = readRules(lines)
  if (!rules.ok) return rules
  const base = TABLES[scheme]
  return ok({
    ...base,
    // The parameter is in force on the day; that is what a table has to be asked.
    instrument: { ...base.instrument, from: day, until: null },
    classes: base.classes.map((one) => ({
      ...one,
      measures: parameter<readonly string[]>(`zoning.measures.${one.id}`, []).map(bilingual),
    })),
    rules: rules.value.map(({ outcome, when }) => ({
      zone: outcome,
      when,
      wording: base.rules.find((rule) => rule.zone === outcome && same(rule.when, when))?.wording ?? testWords(when, base),
    })),
  })
}

/** The document that set the table. */
export const instrumentOf = (scheme: Scheme): string => TABLES[scheme].instrument.document.zh
