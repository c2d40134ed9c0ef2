/** Distance between the centres of two cells in a row, the outer radius of a cell being 1. */
export const PITCH = Math.sqrt(3)
/** Area of a cell of outer radius 1. */
export const CELL_AREA = (3 * Math.sqrt(3)) / 2

/** Steps to the six neighbours in the order of the ring, for even and odd rows (rows are shifted by half a cell in turn). */
const EVEN = [1, 0, 0, -1, -1, -1, -1, 0, -1, 1, 0, 1] as const
const ODD = [1, 0, 1, -1, 0, -1, -1, 0, 0, 1, 1, 1] as const

/**
 * A sheet of hexagons, `columns` × `rows`, pointed at the top, odd rows shifted right by half a cell. A cell is the number
 * `row * columns + column`.
 */
export class HexGrid {
  readonly columns: number
  readonly rows: number
  /** Six neighbours of each cell in ring order; -1 beyond the sheet. */
  readonly ring: Int32Array
  readonly x: Float64Array
  readonly y: Float64Array

  constructor(columns: number, rows: number) {
    this.columns = columns
    this.rows = rows
    const size = columns * rows
    this.ring = new Int32Array(size * 6).fill(-1)
    this.x = new Float64Array(size)
    this.y = new Float64Array(size)
    for (let cell = 0; cell < size; cell += 1) {
      const row = Math.floor(cell / columns)
      const column = cell % columns
      this.x[cell] = PITCH * (column + 0.5 * (row & 1))
      this.y[cell] = 1.5 * row
      const steps = row & 1 ? ODD : EVEN
      for (let side = 0; side < 6; side += 1) {
        const c = column + (steps[side * 2] ?? 0)
        const r = row + (steps[side * 2 + 1] ?? 0)
        if (c >= 0 && c < columns && r >= 0 && r < rows) this.ring[cell * 6 + side] = r * columns + c
      }
    }
  }

  get size(): number {
    return this.columns * this.rows
  }

  px(cell: number): number {
    return this.x[cell] ?? 0
  }

  py(cell: number): number {
    return this.y[cell] ?? 0
  }

  /** The neighbour of `cell` on `side` 0–5, or -1. */
  next(cell: number, side: number): number {
    return this.ring[cell * 6 + side] ?? -1
  }

  /** Squared distance from the centre of a cell to a point. */
  squared(cell: number, x: number, y: number): number {
    const dx = this.px(cell) - x
    const dy = this.py(cell) - y
    return dx * dx + dy * dy
  }
}

export const NOBODY = -1

/** Which group each cell of a sheet belongs to; {@link NOBODY} for cells outside. */
export class Assignment {
  readonly grid: HexGrid
  readonly of: Int32Array

  constructor(grid: HexGrid, of: Int32Array = new Int32Array(grid.size).fill(NOBODY)) {
    this.grid = grid
    this.of = of
  }

  get(cell: number): number {
    return cell < 0 ? NOBODY : (this.of[cell] ?? NOBODY)
  }

  set(cell: number, group: number): void {
    this.of[cell] = group
  }

  /** Neighbours of `cell` that belong to `group`. */
  touching(cell: number, group: number): number {
    let count = 0
    for (let side = 0; side < 6; side += 1) if (this.get(this.grid.next(cell, side)) === group) count += 1
    return count
  }

  /**
   * Can the cell leave its group without tearing it apart? Yes if the neighbours of the same group (under `as`) form one arc of the ring
   * around it: they then stay connected among themselves.
   */
  mayLeave(cell: number, as: (group: number) => number = same): boolean {
    const own = as(this.get(cell))
    let arcs = 0
    let before = as(this.get(this.grid.next(cell, 5))) === own
    for (let side = 0; side < 6; side += 1) {
      const now = as(this.get(this.grid.next(cell, side))) === own
      if (now && !before) arcs += 1
      before = now
    }
    return arcs === 1
  }
}

const same = (group: number): number => group

/** Number of connected pieces of the cells for which `belongs` holds. */
export function pieces(grid: HexGrid, cells: Iterable<number>, belongs: (cell: number) => boolean): number {
  const seen = new Set<number>()
  let count = 0
  for (const start of cells) {
    if (seen.has(start)) continue
    count += 1
    seen.add(start)
    const waiting = [start]
    for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop())
      for (let side = 0; side < 6; side += 1) {
        const next = grid.next(cell, side)
        if (next >= 0 && !seen.has(next) && belongs(next)) {
          seen.add(next)
          waiting.push(next)
        }
      }
  }
  return count
}
