import { UNIT_NAMES } from './lexicon/units.ts'
import { addressed, namedIn, namesOf } from './named-units.ts'
import type { Directive, DomainCode, UnitName, Why } from './types.ts'

export interface UnitSuggestion {
  readonly code: string
  readonly why: Why
}

export interface UnitSuggestions {
  readonly lead: UnitSuggestion | null
  readonly assisting: readonly UnitSuggestion[]
  /** That who is told first is no unit of the register, by name; null where the lead is known, or nobody is named. */
  readonly absent: Why | null
}

const MOST_ASSISTING = 4

/**
 * Lead and assisting units for a directive: a unit that the text names, by its full or usual short name, comes first, then the agencies that
 * usually answer for the domain, in their usual order. Where who is told first is not in `units`, nobody is suggested to lead: the person decides.
 */
export function suggestUnits(directive: Pick<Directive, 'quote' | 'domain' | 'addressee'>, units: readonly UnitName[]): UnitSuggestions {
  const found = new Map<string, Why>()
  const told = addressed(directive.addressee ?? '', units)
  const absent = told[0]?.code === null ? notInRegister(told[0].words) : null
  for (const { code, words } of told)
    if (code !== null && !found.has(code))
      found.set(code, { rule: 'unit.addressee', zh: `点名：${words}`, en: `named as addressee: ${words}` })
  for (const { code, words } of namedIn(directive.quote, units))
    if (code !== null && !found.has(code))
      found.set(code, { rule: 'unit.named', zh: `文中提到：${words}`, en: `named in the text: ${words}` })
  const row = UNIT_NAMES[directive.domain]
  for (const { word, pattern } of row.keywords) {
    if (!word.test(directive.quote)) continue
    for (const unit of units)
      if (!found.has(unit.code) && namesOf(unit).some((name) => pattern.test(name)))
        found.set(unit.code, {
          rule: 'unit.keyword',
          zh: `事项含“${word.exec(directive.quote)?.[0] ?? ''}”`,
          en: `the matter names “${word.exec(directive.quote)?.[0] ?? ''}”`,
        })
  }
  for (const pattern of row.agencies) {
    for (const unit of units)
      if (!found.has(unit.code) && namesOf(unit).some((name) => pattern.test(name)))
        found.set(unit.code, { rule: 'unit.domain', zh: '通常负责该领域', en: 'usually answers for this domain' })
  }
  const all = [...found].map(([code, why]): UnitSuggestion => ({ code, why }))
  if (absent !== null) return { lead: null, assisting: all.slice(0, MOST_ASSISTING), absent }
  const [lead, ...assisting] = all
  return { lead: lead ?? null, assisting: assisting.slice(0, MOST_ASSISTING), absent }
}

const notInRegister = (words: string): Why => ({
  rule: 'unit.absent',
  zh: `“${words}”不在单位名册中，请选牵头单位`,
  en: `“${words}” is not in the register of units: choose who leads`,
})

/** One row of the table that says which indicators watch which domains. */
export interface IndicatorRow {
  readonly code: string
  readonly domains: readonly DomainCode[]
}

/** Codes of the indicators that watch a domain, in the order of the table. */
export function suggestIndicators(domain: DomainCode, table: readonly IndicatorRow[]): readonly string[] {
  return table.filter((row) => row.domains.includes(domain)).map((row) => row.code)
}
