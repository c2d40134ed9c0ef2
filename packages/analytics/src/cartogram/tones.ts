import type { Cartogram } from './cartogram.ts'

/**
 * A tone 0, 1, 2 … for every patch such that no two neighbours have the same: lets towns be told apart within one colour. The fewest
 * tones a greedy walk from the most surrounded patch needs, five or six on maps (Welsh and Powell 1967, doi:10.1093/comjnl/10.1.85).
 */
export function tonesOf({ cells }: Cartogram): ReadonlyMap<string, number> {
  const neighbours = neighboursOf({ cells })
  const order = [...neighbours].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
  const tones = new Map<string, number>()
  for (const [id, near] of order) {
    const used = new Set([...near].map((other) => tones.get(other)))
    let tone = 0
    while (used.has(tone)) tone += 1
    tones.set(id, tone)
  }
  return tones
}

/** Which patches touch which. */
export function neighboursOf({ cells }: Pick<Cartogram, 'cells'>): ReadonlyMap<string, ReadonlySet<string>> {
  const at = new Map(cells.map((cell) => [`${cell.column} ${cell.row}`, cell.patch]))
  const near = new Map<string, Set<string>>()
  const set = (id: string) => near.getOrInsertComputed(id, () => new Set<string>())
  for (const { column, row, patch } of cells) {
    set(patch)
    for (const [dc, dr] of [
      [1, 0],
      [row & 1, 1],
      [(row & 1) - 1, 1],
    ] as const) {
      const other = at.get(`${column + dc} ${row + dr}`)
      if (other === undefined || other === patch) continue
      set(patch).add(other)
      set(other).add(patch)
    }
  }
  return near
}
