import { CELL_AREA, HexGrid, PITCH, pieces } from './grid.ts'

/** A round piece of land before it is cut into cells: as large as its cells, near where it ought to be. */
export interface Disc {
  x: number
  y: number
  readonly cells: number
}

export interface Region {
  readonly grid: HexGrid
  readonly cells: readonly number[]
  /** The discs in the coordinates of the sheet, in the given order. */
  readonly discs: readonly Disc[]
}

const GOLDEN = Math.PI * (3 - Math.sqrt(5))

/** How far discs may reach into one another, and how strongly the whole is drawn to its middle: chosen by eye, between trefoil and ball. */
const OVERLAP = 0.86
const ROUNDNESS = 0.45

/** Radius of a disc of so many cells. */
export const radius = (cells: number): number => Math.sqrt((cells * CELL_AREA) / Math.PI)

/** Points on a sunflower, for what has no place of its own: the first in the middle, the others around it in turn. */
export function sunflower(sizes: readonly number[]): { x: number; y: number }[] {
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let before = 0
  return sizes.map((size, index) => {
    const r = index === 0 ? 0 : radius(before + size / 2) * (total > 0 ? 1 : 0)
    before += size
    return { x: r * Math.cos(index * GOLDEN), y: r * Math.sin(index * GOLDEN) }
  })
}

/**
 * Moves discs so that they no longer overlap and no gap is left, keeping their directions from one another (after Dorling, Area Cartograms:
 * Their Use and Creation, 1996). The points may be in any unit: they are first spread to the room the discs need.
 */
export function pack(discs: readonly Disc[]): void {
  const total = discs.reduce((sum, disc) => sum + disc.cells, 0)
  if (total === 0) return
  const mean = (key: 'x' | 'y') => discs.reduce((sum, disc) => sum + disc[key] * disc.cells, 0) / total
  const [mx, my] = [mean('x'), mean('y')]
  const spread = Math.sqrt(discs.reduce((sum, disc) => sum + ((disc.x - mx) ** 2 + (disc.y - my) ** 2) * disc.cells, 0) / total)
  const scale = spread > 0 ? (0.6 * radius(total)) / spread : 0
  for (const [index, disc] of discs.entries()) {
    // Two discs at one point would never know in which direction to part.
    disc.x = (disc.x - mx) * scale + 1e-6 * Math.cos(index * GOLDEN)
    disc.y = (disc.y - my) * scale + 1e-6 * Math.sin(index * GOLDEN)
  }
  for (let round = 0; round < 300; round += 1) {
    const pull = round < 200 ? 0.01 : 0
    for (const [index, a] of discs.entries()) {
      for (const b of discs.slice(index + 1)) {
        const [dx, dy] = [b.x - a.x, b.y - a.y]
        const distance = Math.hypot(dx, dy)
        const overlap = OVERLAP * (radius(a.cells) + radius(b.cells)) - distance
        if (overlap <= 0) continue
        const share = (0.5 * overlap * b.cells) / (a.cells + b.cells) / distance
        const other = (0.5 * overlap * a.cells) / (a.cells + b.cells) / distance
        a.x -= dx * share
        a.y -= dy * share
        b.x += dx * other
        b.y += dy * other
      }
    }
    for (const disc of discs) {
      disc.x *= 1 - pull
      disc.y *= 1 - pull
    }
  }
}

/**
 * Cuts exactly as many cells out of a sheet as the discs have together: one connected piece without holes, following the discs but rounder
 * than their sum.
 */
export function cutOut(discs: readonly Disc[]): Region {
  const total = discs.reduce((sum, disc) => sum + disc.cells, 0)
  const reach = Math.max(...discs.map((disc) => Math.hypot(disc.x, disc.y) + radius(disc.cells)), radius(total)) + 4
  const rows = 2 * Math.ceil(reach / 1.5) + 1
  const grid = new HexGrid(2 * Math.ceil(reach / PITCH) + 1, rows)
  const [cx, cy] = [grid.px(Math.floor(rows / 2) * grid.columns + Math.floor(grid.columns / 2)), 1.5 * Math.floor(rows / 2)]
  let placed = discs.map((disc) => ({ ...disc, x: disc.x + cx, y: disc.y + cy }))
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const cells = lowest(grid, placed, total, cx, cy)
    const inside = new Set(cells)
    if (pieces(grid, cells, (cell) => inside.has(cell)) === 1) return { grid, cells, discs: placed }
    placed = placed.map((disc) => ({ ...disc, x: cx + (disc.x - cx) * 0.85, y: cy + (disc.y - cy) * 0.85 }))
  }
  return { grid, cells: lowest(grid, [{ x: cx, y: cy, cells: total }], total, cx, cy), discs: placed }
}

/** The cells of least power distance to any disc, a little drawn to the common middle; weights make each disc get about its number. */
function lowest(grid: HexGrid, discs: readonly Disc[], total: number, cx: number, cy: number): number[] {
  const weights = discs.map((disc) => radius(disc.cells) ** 2)
  const key = new Float64Array(grid.size)
  const owner = new Int32Array(grid.size)
  const order = Array.from({ length: grid.size }, (_, cell) => cell)
  for (let round = 0; round < 12; round += 1) {
    for (let cell = 0; cell < grid.size; cell += 1) {
      let best = Number.POSITIVE_INFINITY
      for (const [index, disc] of discs.entries()) {
        const power = grid.squared(cell, disc.x, disc.y) - (weights[index] ?? 0)
        if (power < best) {
          best = power
          owner[cell] = index
        }
      }
      key[cell] = best + ROUNDNESS * grid.squared(cell, cx, cy)
    }
    order.sort((a, b) => (key[a] ?? 0) - (key[b] ?? 0) || a - b)
    if (discs.length === 1) break
    const counts = discs.map(() => 0)
    for (const cell of order.slice(0, total)) counts[owner[cell] ?? 0] = (counts[owner[cell] ?? 0] ?? 0) + 1
    for (const [index, disc] of discs.entries())
      weights[index] = (weights[index] ?? 0) + (0.5 * (disc.cells - (counts[index] ?? 0)) * CELL_AREA) / Math.PI
  }
  return withoutHoles(grid, order, total)
}

/** Takes the first cells of the order, and fills every hole in exchange for the last ones taken. */
function withoutHoles(grid: HexGrid, order: readonly number[], total: number): number[] {
  let take = total
  for (;;) {
    const inside = new Set(order.slice(0, take))
    const outside = new Set<number>()
    const waiting: number[] = []
    for (let cell = 0; cell < grid.size; cell += 1)
      if (!inside.has(cell) && grid.ring.subarray(cell * 6, cell * 6 + 6).includes(-1)) {
        outside.add(cell)
        waiting.push(cell)
      }
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop())
      for (let side = 0; side < 6; side += 1) {
        const next = grid.next(cell, side)
        if (next >= 0 && !inside.has(next) && !outside.has(next)) {
          outside.add(next)
          waiting.push(next)
        }
      }
    const full = order.filter((cell) => !outside.has(cell))
    if (full.length <= total || take <= total / 2)
      return full.length === total ? full : [...full, ...order.filter((cell) => outside.has(cell))].slice(0, total)
    take -= Math.max(1, Math.floor((full.length - total) / 2))
  }
}
