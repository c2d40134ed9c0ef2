import { EVIDENCE, FAMILY } from './lexicon/domains.ts'
import type { DomainCode } from './types.ts'

export interface DomainVote {
  readonly domain: DomainCode
  readonly tier: number
  readonly word: string
  /** Another domain of the same tier was named too. */
  readonly contested: boolean
}

/** Longest stretch that is searched for evidence: a directive longer than this is decided by its beginning. */
const REACH = 1200

/** The most specific evidence wins; among equals the object named first. Null where nothing is named. */
export function voteDomain(text: string): DomainVote | null {
  const searched = text.slice(0, REACH)
  let best: { domain: DomainCode; tier: number; word: string; at: number } | null = null
  const rivals = new Set<string>()
  for (const { domain, tier, pattern } of EVIDENCE) {
    if (best !== null && tier < best.tier) continue
    pattern.lastIndex = 0
    const found = pattern.exec(searched)
    if (found === null) continue
    // In an enumeration the object named first decides, however specific the later ones are.
    if (
      best !== null &&
      best.tier >= 4 &&
      tier > best.tier &&
      best.at + best.word.length <= found.index &&
      /[、和及]/.test(searched.slice(best.at, found.index))
    )
      continue
    if (best === null || tier > best.tier) rivals.clear()
    rivals.add(FAMILY[domain])
    if (best === null || tier > best.tier || found.index < best.at) best = { domain, tier, word: found[0], at: found.index }
  }
  return best && { domain: best.domain, tier: best.tier, word: best.word, contested: rivals.size > 1 }
}
