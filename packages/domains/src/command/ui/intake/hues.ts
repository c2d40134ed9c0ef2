import { DOMAINS } from '../../communique/index.ts'

/** A hue of its own for each domain, spread so that neighbours in the list differ. The name always stands beside it. */
const HUES = new Map<string, number>(DOMAINS.map(({ code }, i) => [code, Math.round((i * 137.5) % 360)]))

export const hueOf = (domain: string): string => `hsl(${HUES.get(domain) ?? 0} 60% 38%)`
