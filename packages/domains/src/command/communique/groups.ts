import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import { FAMILY } from './lexicon/domains.ts'
import { because } from './rules.ts'
import type { Why } from './types.ts'

/** What is not weighed (the opening of a sentence, what goes forward) is as plain as this (logit). */
export const UNWEIGHED = 3

/** Clauses that make one directive, with the rules that put them together. */
export interface Group {
  readonly clauses: Clause[]
  readonly why: Why[]
  /** Condition clauses that open the sentence and reach this group too. */
  readonly inherited: string[]
  /** How plainly all signs speak for each choice of a cut or a join in it, its opening first (logit; below 0 against). */
  readonly leans: number[]
}

/** 要全面动员，引导群众…，织密…: a short 要 that the only other directive of the sentence spells out in several clauses is its topic. */
export function spelledByOne(groups: Group[]): Group[] {
  const [topic, rest] = groups
  const first = topic?.clauses[0]
  const next = rest?.clauses[0]
  if (groups.length !== 2 || topic === undefined || rest === undefined || first === undefined || next === undefined) return groups
  const length = rest.clauses.reduce((sum, clause) => sum + clause.text.length + 1, 0)
  const brief = topic.clauses.length === 1 && first.text.length <= 10 && length >= first.text.length * 1.6
  if (!brief || first.modal !== 'plain' || first.addressee !== null || first.prohibition || rest.clauses.length < 2) return groups
  const [named, spelt] = [voteDomain(first.core), voteDomain(rest.clauses.map((clause) => clause.core).join('，'))]
  const apart = named !== null && spelt !== null && named.tier >= 4 && spelt.tier >= 4 && FAMILY[named.domain] !== FAMILY[spelt.domain]
  const works = rest.clauses.filter((clause) => clause.kind !== 'purpose' && clause.kind !== 'manner').length
  if (first.kind !== 'responsibility' && (apart || (works < 2 && first.kind === 'hard'))) return groups
  if (next.modal === 'strong' || next.ordinal !== null || /^(?:特别|尤其)/.test(next.text)) return groups
  return [
    {
      clauses: [...topic.clauses, ...rest.clauses],
      why: [...topic.why, because('join.topic', first.core), ...rest.why.slice(1)],
      inherited: [],
      leans: [...topic.leans, ...rest.leans],
    },
  ]
}

/** Whether what follows, after at most two more clauses on how things stand, is told to somebody. */
export function toldTo(clauses: readonly Clause[], from: number): boolean {
  for (let k = from; k < from + 3; k += 1) {
    const clause = clauses[k]
    if (clause === undefined) return false
    if (clause.kind !== 'situation') return clause.modal !== null
  }
  return false
}

/** A condition that opens a sentence reaches the later directives until a new modal, addressee or ordinal. */
export function inheritConditions(groups: readonly Group[]): void {
  let carried: string[] = []
  for (const group of groups) {
    const first = group.clauses[0]
    if (first === undefined) continue
    if (first.modal !== null || first.addressee !== null || first.ordinal !== null) carried = []
    if (first.kind === 'condition') {
      carried = /^在/.test(first.text.replace(/^要|^同时/, '')) ? [first.text.replace(/^要|^同时/, '')] : []
      continue
    }
    group.inherited.push(...carried)
  }
}

/** The rule by which what opens a directive waits for its work. */
export function openerRule(group: Group): 'join.condition' | 'join.means' | 'join.soft' | 'join.enabling' | 'join.generic' {
  const kind = group.clauses[0]?.kind
  if (kind === 'condition') return 'join.condition'
  if (kind === 'means') return 'join.means'
  if (kind === 'enabling') return 'join.enabling'
  return kind === 'generic' ? 'join.generic' : 'join.soft'
}
