import { type Assignment, NOBODY } from './grid.ts'

/** How cells may be handed on so that every group gets exactly its size. */
export interface Exactness {
  /** Wanted size per group. */
  readonly targets: readonly number[]
  readonly centres: readonly { readonly x: number; readonly y: number }[]
  /** A coarser grouping that must stay contiguous too (group → block); `NOBODY` for outside. */
  readonly blockOf?: (group: number) => number
  /** May cells be given to, and taken from, the empty sheet around the region? */
  readonly open?: boolean
}

/**
 * Hands single cells from groups that are too large, along chains of neighbours, to groups that are too small, each time the cell that
 * costs least distance and whose leaving tears nothing apart. Contiguity is kept at every step.
 *
 * @returns whether every group has its size now
 */
export function settle(assignment: Assignment, cells: readonly number[], exactness: Exactness): boolean {
  const { targets, open = false } = exactness
  const excess = targets.map((target) => -target)
  for (const cell of cells) {
    const group = assignment.get(cell)
    if (group !== NOBODY) excess[group] = (excess[group] ?? 0) + 1
  }
  const banned = new Set<number>()
  const mover = new Mover(assignment, cells, exactness)
  for (let left = 20 * cells.length + 100; left > 0; left -= 1) {
    const from = excess.findIndex((over) => over > 0)
    const to = excess.findIndex((over) => over < 0)
    if (from < 0 && to < 0) return true
    if (!open && (from < 0 || to < 0)) return false
    const start = from >= 0 ? from : NOBODY
    const path = mover.path(start, (group) => (from >= 0 ? (group === NOBODY ? open : (excess[group] ?? 0) < 0) : group === to), banned)
    if (path === undefined) {
      if (banned.size === 0) return false
      banned.clear()
      continue
    }
    for (const [index, giver] of path.slice(0, -1).entries()) {
      const taker = path[index + 1] ?? NOBODY
      const cell = mover.candidates(giver).get(taker)
      if (cell === undefined) {
        banned.add(mover.edge(giver, taker))
        break
      }
      mover.give(cell, taker)
      if (giver !== NOBODY) excess[giver] = (excess[giver] ?? 0) - 1
      if (taker !== NOBODY) excess[taker] = (excess[taker] ?? 0) + 1
    }
  }
  return false
}

class Mover {
  private readonly assignment: Assignment
  private readonly members = new Map<number, Set<number>>()
  private readonly exactness: Exactness

  constructor(assignment: Assignment, cells: readonly number[], exactness: Exactness) {
    this.assignment = assignment
    this.exactness = exactness
    for (const cell of cells) this.list(assignment.get(cell)).add(cell)
  }

  edge(giver: number, taker: number): number {
    return (giver + 1) * (this.exactness.targets.length + 2) + taker + 1
  }

  private list(group: number): Set<number> {
    const known = this.members.get(group)
    if (known !== undefined) return known
    const fresh = new Set<number>()
    this.members.set(group, fresh)
    return fresh
  }

  give(cell: number, taker: number): void {
    this.list(this.assignment.get(cell)).delete(cell)
    this.list(taker).add(cell)
    this.assignment.set(cell, taker)
  }

  /** For each neighbouring group the cheapest cell that `giver` can hand over. */
  candidates(giver: number): Map<number, number> {
    const { assignment, exactness } = this
    const { grid } = assignment
    const { centres, blockOf, open = false } = exactness
    const best = new Map<number, { cell: number; cost: number }>()
    const own = centres[giver]
    const members = this.list(giver)
    if (giver !== NOBODY && members.size < 2) return new Map()
    for (const cell of members) {
      if (!assignment.mayLeave(cell)) continue
      let blockHolds: boolean | undefined
      for (let side = 0; side < 6; side += 1) {
        const next = grid.next(cell, side)
        const taker = assignment.get(next)
        if (taker === giver || (taker === NOBODY && (!open || next < 0))) continue
        const other = centres[taker]
        const compact = assignment.touching(cell, giver) - assignment.touching(cell, taker)
        const cost =
          (other === undefined ? 0 : grid.squared(cell, other.x, other.y)) -
          (own === undefined ? 0 : grid.squared(cell, own.x, own.y)) +
          4 * compact
        const before = best.get(taker)
        if (before !== undefined && before.cost <= cost) continue
        if (blockOf !== undefined && giver !== NOBODY && blockOf(taker) !== blockOf(giver)) {
          blockHolds ??= assignment.mayLeave(cell, blockOf)
          if (!blockHolds) continue
        }
        best.set(taker, { cell, cost })
      }
    }
    return new Map([...best].map(([taker, { cell }]) => [taker, cell]))
  }

  /** The shortest chain of groups from `start` to one that `wanted` names. */
  path(start: number, wanted: (group: number) => boolean, banned: ReadonlySet<number>): number[] | undefined {
    const cameFrom = new Map<number, number>([[start, start]])
    const waiting = [start]
    for (const group of waiting) {
      for (const taker of this.candidates(group).keys()) {
        if (cameFrom.has(taker) || banned.has(this.edge(group, taker))) continue
        cameFrom.set(taker, group)
        if (wanted(taker)) {
          const path = [taker]
          for (let at = group; at !== start; at = cameFrom.get(at) ?? start) path.unshift(at)
          path.unshift(start)
          return path
        }
        waiting.push(taker)
      }
    }
    return undefined
  }
}
