import type { RecordState } from '@guatu/kernel'

/** What is asked of entries to know how they were taken for one person, and where what is open of each stands. */
export const AS_TAKEN = ['mergedInto', 'wentTo', 'household'] as const

/** Entries that were merged one into the other. */
export interface TakenForOne {
  /** Those merged into an entry, one into the other, from it on; itself the first. */
  readonly below: readonly string[]
  /** Those into which it was merged and that were merged in turn; the one that stays is not among them. */
  readonly above: readonly RecordState[]
  /** From one of those below up to the entry itself, which is left out. */
  way(id: unknown): readonly RecordState[]
}

/** @param entries those that were merged, of one person */
export function takenForOne(entries: readonly RecordState[], id: string, into: unknown): TakenForOne {
  const known = new Map(entries.map((one) => [one.id, one]))
  const from = (first: unknown, end?: string): RecordState[] => {
    const met: RecordState[] = []
    for (let at = first; typeof at === 'string' && at !== end && met.length <= known.size; ) {
      const one = known.get(at)
      if (!one || met.includes(one)) break
      met.push(one)
      at = one.fields.mergedInto
    }
    return met
  }
  const below = new Set([id])
  for (const _ of entries) for (const one of entries) if (below.has(String(one.fields.mergedInto))) below.add(one.id)
  return { below: [...below], above: from(into), way: (one) => from(one, id) }
}

/**
 * Where what is open of an entry stands for whoever it was merged into, as far along as `way` leads: where the last one that was taken along went, or
 * where it is itself.
 */
export function standsAt(way: readonly RecordState[], own: string): string {
  const went = way.findLast(({ fields }) => fields.wentTo !== undefined)?.fields.wentTo
  return typeof went === 'string' ? went : (way[0]?.area ?? own)
}
