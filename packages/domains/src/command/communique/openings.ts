import type { Clause } from './clause.ts'
import { groupClauses } from './cut.ts'
import type { Read } from './headings.ts'
import { type Opening, openingOf } from './topics.ts'

// How a sentence opens, seen with the sentences that a semicolon ties to it.

/** A topic that ends up with a single directive under it is no heading: the two are one. */
export function settled(clauses: readonly Clause[], beyond: readonly Clause[]): Opening {
  const opening = openingOf(clauses, beyond)
  if (opening !== 'heading' || beyond.length > 0) return opening
  return groupClauses(clauses.slice(1)).length === 1 ? 'lead' : opening
}

/** 要以更实的办法，加快推进复工复产，…: how, then the topic that the rest spells out. */
export function bentTopic(clauses: readonly Clause[], beyond: readonly Clause[]): boolean {
  const [how, topic, ...rest] = clauses
  if (how === undefined || topic === undefined || how.modal !== 'plain' || topic.modal !== null || !/^以更[^，]{2,}/.test(how.core))
    return false
  return rest.length >= 2 && settled([{ ...topic, modal: 'plain' }, ...rest], beyond) === 'heading'
}

/** Clauses of the sentences that a semicolon ties to this one and that open with no 要, addressee or ordinal of their own. */
export function spelledBeyond(reads: readonly Read[], index: number): readonly Clause[] {
  const out: Clause[] = []
  for (let k = index; k < index + 8 && reads[k]?.sentence.stop === '；'; k += 1) {
    const next = reads[k + 1]
    const head = next?.clauses[0]
    if (next === undefined || head === undefined || next.skip !== null || next.sentence.ordinal !== null) break
    if (next.sentence.line !== reads[index]?.sentence.line || (head.modal === 'plain' && head.addressee === null)) break
    out.push(...next.clauses)
  }
  return out
}
