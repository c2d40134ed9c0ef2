import type { Domain, Indicator, Label, Registry } from '@guatu/kernel'

export type Named = readonly [id: string, indicator: Indicator]

/** The indicators of a domain under the ids that the city knows them by. */
export const indicatorsOf = (domain: Domain): readonly Named[] =>
  Object.entries(domain.indicators ?? {}).map(([name, indicator]) => [`${domain.name}.${name}`, indicator] as const)

/** Every indicator by its domain: what the map can be coloured by and a matter be watched by. */
export const choicesOf = ({ domains }: Registry): readonly { readonly label: Label; readonly indicators: readonly Named[] }[] =>
  domains.map((domain) => ({ label: domain.label, indicators: indicatorsOf(domain) })).filter((one) => one.indicators.length > 0)
