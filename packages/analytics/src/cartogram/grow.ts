import { type Assignment, CELL_AREA, NOBODY } from './grid.ts'

/** A group that wants `target` cells around a point. `anchored` groups stay where they are, the others drift to their own middle. */
export interface Growing {
  readonly target: number
  x: number
  y: number
  readonly anchored: boolean
}

/** Smallest key first. */
class Queue {
  private readonly keys: number[] = []
  private readonly values: number[] = []

  push(key: number, value: number): void {
    let at = this.keys.length
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((this.keys[parent] ?? 0) <= key) break
      this.put(at, this.keys[parent] ?? 0, this.values[parent] ?? 0)
      at = parent
    }
    this.put(at, key, value)
  }

  pop(): number | undefined {
    const top = this.values[0]
    const key = this.keys.pop()
    const value = this.values.pop()
    if (key === undefined || value === undefined || this.keys.length === 0) return top
    let at = 0
    for (;;) {
      let child = at * 2 + 1
      if (child >= this.keys.length) break
      if (child + 1 < this.keys.length && (this.keys[child + 1] ?? 0) < (this.keys[child] ?? 0)) child += 1
      if ((this.keys[child] ?? 0) >= key) break
      this.put(at, this.keys[child] ?? 0, this.values[child] ?? 0)
      at = child
    }
    this.put(at, key, value)
    return top
  }

  private put(at: number, key: number, value: number): void {
    this.keys[at] = key
    this.values[at] = value
  }
}

const ROUNDS = 16

/**
 * Divides the connected `region` among the groups: each grows from its point, taking the free cell that is nearest by power distance
 * (squared distance less a weight), so every group is contiguous by construction. Weights and unanchored points are then adjusted and the
 * growth is repeated; the round nearest to the targets is kept. Sizes are near the targets, not equal to them.
 */
export function grow(assignment: Assignment, region: readonly number[], groups: readonly Growing[]): void {
  const { grid } = assignment
  const weights = groups.map(({ target }) => (target * CELL_AREA) / Math.PI)
  let best: { error: number; of: Int32Array } | undefined
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const cell of region) assignment.set(cell, NOBODY)
    flood(assignment, region, groups, weights)
    const sums = groups.map(() => ({ size: 0, x: 0, y: 0 }))
    for (const cell of region) {
      const sum = sums[assignment.get(cell)]
      if (sum === undefined) continue
      sum.size += 1
      sum.x += grid.px(cell)
      sum.y += grid.py(cell)
    }
    const error = groups.reduce((total, { target }, group) => total + Math.abs(target - (sums[group]?.size ?? 0)), 0)
    if (best === undefined || error < best.error) best = { error, of: Int32Array.from(region, (cell) => assignment.get(cell)) }
    if (error === 0) break
    for (const [group, one] of groups.entries()) {
      const sum = sums[group]
      if (sum === undefined || sum.size === 0) continue
      weights[group] = (weights[group] ?? 0) + (0.6 * (one.target - sum.size) * CELL_AREA) / Math.PI
      if (one.anchored) continue
      one.x += 0.7 * (sum.x / sum.size - one.x)
      one.y += 0.7 * (sum.y / sum.size - one.y)
    }
  }
  for (const [index, cell] of region.entries()) assignment.set(cell, best?.of[index] ?? NOBODY)
}

function flood(assignment: Assignment, region: readonly number[], groups: readonly Growing[], weights: readonly number[]): void {
  const { grid } = assignment
  const open = new Set(region)
  const queue = new Queue()
  const spread = (cell: number, group: number) => {
    const one = groups[group]
    if (one === undefined) return
    assignment.set(cell, group)
    open.delete(cell)
    for (let side = 0; side < 6; side += 1) {
      const next = grid.next(cell, side)
      if (open.has(next)) queue.push(grid.squared(next, one.x, one.y) - (weights[group] ?? 0), next * groups.length + group)
    }
  }
  // Every group gets a cell of its own before any may spread.
  for (const [group, one] of groups.entries()) {
    const seed = nearest(assignment, open, one.x, one.y)
    if (seed >= 0) {
      assignment.set(seed, group)
      open.delete(seed)
    }
  }
  for (const cell of region) if (assignment.get(cell) !== NOBODY) spread(cell, assignment.get(cell))
  for (let top = queue.pop(); top !== undefined; top = queue.pop()) {
    const cell = Math.floor(top / groups.length)
    if (open.has(cell)) spread(cell, top % groups.length)
  }
}

/** The open cell nearest to a point, the first of the list among equals. */
export function nearest({ grid }: Assignment, open: Iterable<number>, x: number, y: number): number {
  let best = -1
  let distance = Number.POSITIVE_INFINITY
  for (const cell of open) {
    const here = grid.squared(cell, x, y)
    if (here < distance) {
      best = cell
      distance = here
    }
  }
  return best
}
