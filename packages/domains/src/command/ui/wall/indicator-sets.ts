import type { Domain, Label, Registry } from '@guatu/kernel'
import { indicatorsOf, type Named } from '../indicator-choices.ts'

/** Large figures that a wall has room for. */
export const FIGURES = 6

/** Six figures that are shown together, and what they are about. */
export interface IndicatorSet {
  readonly key: string
  readonly label: Label
  readonly indicators: readonly Named[]
}

/**
 * The headline figures of the first domain, which commands, and those of all others, which are commanded: two walls in one.
 */
export function setsOf({ domains }: Registry): readonly IndicatorSet[] {
  const headlines = (some: readonly Domain[]) =>
    some
      .flatMap(indicatorsOf)
      .filter(([, one]) => one.headline)
      .slice(0, FIGURES)
  const [first, ...others] = domains
  return [
    { key: 'command', label: { zh: '督办', en: 'Supervision' }, indicators: first ? headlines([first]) : [] },
    { key: 'containment', label: { zh: '防控', en: 'Containment' }, indicators: headlines(others) },
  ].filter((one) => one.indicators.length > 0)
}
