/** A count of a table that everybody will read; `undefined` stands for "not shown". */
export type Shown = number | undefined

/**
 * Hides counts by which a person could be known: every count from 1 to below `smallest`, and so many of the next smallest that what
 * is hidden cannot be worked out from the total. Hidden cells are at least two and together at least `smallest`; zeros may be
 * shown, as they are nobody. When that cannot be had, everything that is not zero is hidden.
 * Complementary cell suppression in one dimension (Hundepool et al. 2012, doi:10.1002/9781118348239, chapter 4).
 */
export function suppress(counts: readonly number[], smallest: number): readonly Shown[] {
  const hidden = new Set(counts.flatMap((count, i) => (count > 0 && count < smallest ? [i] : [])))
  if (hidden.size === 0) return [...counts]
  const others = counts.flatMap((count, i) => (count >= smallest ? [i] : [])).sort((a, b) => (counts[a] ?? 0) - (counts[b] ?? 0))
  const sum = () => [...hidden].reduce((total, i) => total + (counts[i] ?? 0), 0)
  while ((hidden.size < 2 || sum() < smallest) && others.length > 0) hidden.add(others.shift() ?? 0)
  return counts.map((count, i) => (hidden.has(i) ? undefined : count))
}

/**
 * The total of such a table may stand beside it unless it is small itself, or all that is hidden is one cell or a sum so small that
 * it tells the cells.
 */
export function totalMayStand(counts: readonly number[], shown: readonly Shown[], smallest: number): boolean {
  const hidden = counts.filter((_, i) => shown[i] === undefined)
  const sum = hidden.reduce((total, count) => total + count, 0)
  const total = counts.reduce((all, count) => all + count, 0)
  if (total > 0 && total < smallest) return false
  return hidden.length === 0 || (hidden.length >= 2 && sum >= smallest)
}
