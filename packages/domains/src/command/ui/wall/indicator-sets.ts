import type { Domain, Indicator, Label, Registry } from '@guatu/kernel'

/** Large figures that a wall has room for. */
export const FIGURES = 6

export type Named = readonly [id: string, indicator: Indicator]

/** Six figures that are shown together, and what they are about. */
export interface IndicatorSet {
  readonly key: string
  readonly label: Label
  readonly indicators: readonly Named[]
}

const own = (domain: Domain): readonly Named[] =>
  Object.entries(domain.indicators ?? {}).map(([name, indicator]) => [`${domain.name}.${name}`, indicator] as const)

/**
 * The headline figures of the first domain, which commands, and those of all others, which are commanded: two walls in one.
 */
export function setsOf({ domains }: Registry): readonly IndicatorSet[] {
  const headlines = (some: readonly Domain[]) =>
    some
      .flatMap(own)
      .filter(([, one]) => one.headline)
      .slice(0, FIGURES)
  const [first, ...others] = domains
  return [
    { key: 'command', label: { zh: '督办', en: 'Supervision' }, indicators: first ? headlines([first]) : [] },
    { key: 'containment', label: { zh: '防控', en: 'Containment' }, indicators: headlines(others) },
  ].filter((one) => one.indicators.length > 0)
}

/** Every indicator by its domain: what the map can be coloured by. */
export const choicesOf = ({ domains }: Registry): readonly { readonly label: Label; readonly indicators: readonly Named[] }[] =>
  domains.map((domain) => ({ label: domain.label, indicators: own(domain) })).filter((one) => one.indicators.length > 0)
