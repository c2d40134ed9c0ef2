import type { Entry } from './entry.ts'
import type { AreaId, Day } from './fact.ts'

/** From `from` until before `to`, `descendant` lay `depth` steps below `ancestor`. */
export interface ClosureRow {
  readonly ancestor: AreaId
  readonly descendant: AreaId
  readonly depth: number
  readonly from: Day
  readonly to: Day | null
}

interface Above {
  readonly entry: Entry
  readonly depth: number
  readonly from: Day
  readonly to: Day | null
}

const later = (a: Day, b: Day): Day => [a, b].sort()[1] ?? a
const earlier = (a: Day | null, b: Day | null): Day | null => (a === null ? b : b === null || a < b ? a : b)

/** Who lay above `entry`, and when. Periods that touch are one row: a renamed area has not moved. */
function above(entry: Entry, known: Map<Entry, readonly Above[]>): readonly Above[] {
  const before = known.get(entry)
  if (before !== undefined) return before
  const rows: Above[] = [{ entry, depth: 0, from: entry.from, to: entry.to }]
  const versions = entry.versions()
  for (const [index, { parent, from }] of versions.entries()) {
    if (parent === null) continue
    const to = versions[index + 1]?.from ?? entry.to
    for (const row of above(parent, known)) {
      const start = row.from === from ? from : later(row.from, from)
      const end = earlier(row.to, to)
      if (end !== null && start >= end) continue
      const depth = row.depth + 1
      const joint = rows.findIndex((one) => one.entry === row.entry && one.depth === depth && one.to === start)
      const old = rows[joint]
      if (old === undefined) rows.push({ entry: row.entry, depth, from: start, to: end })
      else rows[joint] = { ...old, to: end }
    }
  }
  // Leaves are asked once; only what has children is worth remembering.
  if (entry.kids !== null) known.set(entry, rows)
  return rows
}

/** Rows of the closure table, in the order of the entries; at most a level's depth of them at a time is held in memory. */
export function* closureRows(entries: Iterable<Entry>): Generator<ClosureRow> {
  const known = new Map<Entry, readonly Above[]>()
  for (const entry of entries)
    for (const { entry: ancestor, depth, from, to } of above(entry, known))
      yield { ancestor: ancestor.id, descendant: entry.id, depth, from, to }
}
