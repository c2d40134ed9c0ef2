/** When a pass may be used, ISO instants, as far as its state lets it. */
interface Term {
  readonly from: string
  readonly to: string
  readonly issued: boolean
}

/**
 * The passes of one holder or vehicle in the order in which one of them is meant at a moment: those that have begun before those that were issued ahead,
 * and those that are over or stopped last. Of those alike the one that is good for longest comes first, of those that are still to begin the next.
 */
export function servingFirst<T>(all: readonly T[], now: string, termOf: (one: T) => Term): readonly T[] {
  const rank = ({ from, to, issued }: Term) => (!issued || to <= now ? 2 : from > now ? 1 : 0)
  const before = (a: Term, b: Term): number => {
    const ranks = rank(a) - rank(b)
    if (ranks !== 0) return ranks
    return rank(a) === 1 ? compare(a.from, b.from) : compare(b.to, a.to)
  }
  return all.toSorted((a, b) => before(termOf(a), termOf(b)))
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Of several in that order the one that may be used; where none may, what is said of the first is said. */
export const serving = <T extends { readonly verdict: { readonly ok: boolean } }>(checked: readonly T[]): T | undefined =>
  checked.find(({ verdict }) => verdict.ok) ?? checked[0]
