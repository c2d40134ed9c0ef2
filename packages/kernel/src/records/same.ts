/** Entries that may have been merged into one another in turn; a chain that is longer was not made by people. */
export const LONGEST_CHAIN = 8

/** One entry, and the one that it was merged into. */
export type Merged = readonly [entry: string, into: string]

/** As whoever asks knows it: the mergings of some entries, in which one of them went into another or another into one of them. */
export type Mergings = (entries: readonly string[]) => Promise<readonly Merged[]>

/**
 * For each of some entries all that are the same by merging, the one that stays first; itself is always among them. Of those that never were merged
 * nothing is asked a second time.
 */
export async function sameAs(ids: Iterable<string>, mergings: Mergings): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = [...ids]
  const into = new Map<string, string>()
  const known = new Set(asked)
  for (let next: readonly string[] = [...known]; next.length > 0; ) {
    const found = await mergings(next)
    for (const [entry, stays] of found) into.set(entry, stays)
    next = [...new Set(found.flat())].filter((id) => !known.has(id))
    for (const id of next) known.add(id)
  }
  const last = (id: string) => {
    let at = id
    for (let step = 0; step < LONGEST_CHAIN; step += 1) at = into.get(at) ?? at
    return at
  }
  const all = Map.groupBy(known, last)
  return new Map(asked.map((id) => [id, [...new Set([last(id), ...(all.get(last(id)) ?? []), id])]]))
}
