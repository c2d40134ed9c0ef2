import type { Clause } from './clause.ts'
import { voteDomain } from './domain.ts'
import type { Group } from './groups.ts'

/** Below this a directive is marked unsure: on published texts about half of those are cut or labelled otherwise by an annotator. */
export const SURE = 0.6
/** Where a cut or a label of this kind is wrong about every second time. */
const EVEN = 0.55

interface Grounds {
  /** How plainly the register is named. */
  readonly strength: number
  readonly soft: boolean
  /** Characters of the quotation. */
  readonly length: number
  readonly doubtful: boolean
}

const tierOf = (clause: Clause | undefined): number => (clause === undefined ? 5 : (voteDomain(clause.core)?.tier ?? 0))

/** How sure the reading of one directive is, 0 to 1. The grounds were weighed on published texts with annotations. */
export function confidenceOf(clauses: readonly Clause[], grounds: Grounds): number {
  let value = grounds.strength
  const lead = clauses[0]
  if (lead?.kind === 'statement' || lead?.kind === 'situation') value -= 0.2
  if (lead?.kind === 'purpose') value -= 0.1
  if (clauses.some((clause) => clause.kind === 'hard' && clause.verb === null)) value -= 0.1
  if (grounds.soft && lead !== undefined && lead.kind !== 'soft' && lead.kind !== 'responsibility' && lead.kind !== 'generic') value -= 0.15
  if (clauses.length > 6) value -= 0.1
  const vague = !grounds.soft && clauses.every((clause) => tierOf(clause) < 4)
  if (grounds.doubtful || vague || grounds.length < 9) value = Math.min(value, EVEN)
  return Math.round(Math.max(0.1, Math.min(0.99, value)) * 100) / 100
}

/** Which groups of one sentence have a cut beside them that rests on a clause without a plain field, or on means, or were weighed against the rules. */
export function doubtfulCuts(groups: readonly Group[]): readonly boolean[] {
  const weak = groups.map((group, k) => k > 0 && (group.clauses[0]?.kind === 'means' || tierOf(group.clauses[0]) < 4))
  const against = groups.map((group) => group.why.some(({ rule }) => rule === 'cut.weighed' || rule === 'join.weighed'))
  return groups.map((_, k) => weak[k] === true || weak[k + 1] === true || against[k] === true)
}
