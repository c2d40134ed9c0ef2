import { UNIT_NAMES } from './lexicon/units.ts'
import type { Directive, DomainCode, UnitName, Why } from './types.ts'

export interface UnitSuggestion {
  readonly code: string
  readonly why: Why
}

export interface UnitSuggestions {
  readonly lead: UnitSuggestion | null
  readonly assisting: readonly UnitSuggestion[]
}

const MOST_ASSISTING = 4

/**
 * Lead and assisting units for a directive: a unit that the text names comes first, then the agencies that usually answer for the
 * domain, in their usual order. Only units of `units` are suggested; the person decides.
 */
export function suggestUnits(directive: Pick<Directive, 'quote' | 'domain' | 'addressee'>, units: readonly UnitName[]): UnitSuggestions {
  const found = new Map<string, Why>()
  const namesOf = (unit: UnitName): readonly string[] => [unit.name, ...(unit.aliases ?? [])].filter((name) => name.length >= 2)
  /** Units that words name, as they come: the first one named leads. */
  const inOrder = (words: string) =>
    units
      .flatMap((unit) => {
        const name = namesOf(unit).find((each) => words.includes(each))
        return name === undefined ? [] : [{ code: unit.code, name, at: words.indexOf(name) }]
      })
      .sort((a, b) => a.at - b.at)
  const told = directive.addressee ?? ''
  for (const { code, name } of inOrder(told))
    found.set(code, { rule: 'unit.addressee', zh: `点名：${name}`, en: `named as addressee: ${name}` })
  for (const { code, name } of inOrder(directive.quote))
    if (!found.has(code)) found.set(code, { rule: 'unit.named', zh: `文中提到：${name}`, en: `named in the text: ${name}` })
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
  const [lead, ...assisting] = [...found].map(([code, why]): UnitSuggestion => ({ code, why }))
  return { lead: lead ?? null, assisting: assisting.slice(0, MOST_ASSISTING) }
}

/** One row of the table that says which indicators watch which domains. */
export interface IndicatorRow {
  readonly code: string
  readonly domains: readonly DomainCode[]
}

/** Codes of the indicators that watch a domain, in the order of the table. */
export function suggestIndicators(domain: DomainCode, table: readonly IndicatorRow[]): readonly string[] {
  return table.filter((row) => row.domains.includes(domain)).map((row) => row.code)
}
