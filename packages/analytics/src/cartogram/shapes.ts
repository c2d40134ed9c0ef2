import { type Cartogram, type CellPlace, centreOf, middle, type Point } from './cartogram.ts'

/** What is needed to draw and to label a block or a patch, in the units of the layout. */
export interface Shape {
  readonly id: string
  readonly cells: readonly CellPlace[]
  /** Closed outlines without a repeated last point, clockwise on the screen; holes run the other way. */
  readonly rings: readonly (readonly Point[])[]
  /** The middle of its cells: may lie outside a bent shape. */
  readonly centre: Point
  /** Points inside, best place for a label first: far from the border, then near the middle. */
  readonly spots: readonly Point[]
}

export interface Shapes {
  readonly blocks: readonly Shape[]
  readonly patches: readonly Shape[]
  /** Smallest box around all hexagons: `[left, top, right, bottom]`. */
  readonly bounds: readonly [number, number, number, number]
}

/** Sides in ring order east, north-east, north-west, west, south-west, south-east: step to the neighbour and the two corners of the edge. */
const SIDES = [
  { even: [1, 0], odd: [1, 0], from: [1, -1], to: [1, 1] },
  { even: [0, -1], odd: [1, -1], from: [0, -2], to: [1, -1] },
  { even: [-1, -1], odd: [0, -1], from: [-1, -1], to: [0, -2] },
  { even: [-1, 0], odd: [-1, 0], from: [-1, 1], to: [-1, -1] },
  { even: [-1, 1], odd: [0, 1], from: [0, 2], to: [-1, 1] },
  { even: [0, 1], odd: [1, 1], from: [1, 1], to: [0, 2] },
] as const

const SPAN = 1 << 20
const keyOf = (column: number, row: number): number => (row + SPAN / 2) * SPAN + column + SPAN / 2
const besides = ({ column, row }: CellPlace, { even, odd }: (typeof SIDES)[number]): number => {
  const [dc, dr] = row & 1 ? odd : even
  return keyOf(column + dc, row + dr)
}

/** Outlines, middles and label spots of all blocks and patches that have cells. */
export function shapesOf({ cells }: Cartogram): Shapes {
  const shapes = (key: 'block' | 'patch') => [...Map.groupBy(cells, (cell) => cell[key])].map(([id, own]) => shape(id, own))
  let bounds: [number, number, number, number] = [0, 0, 0, 0]
  for (const [index, cell] of cells.entries()) {
    const { x, y } = centreOf(cell)
    const [l, t, r, b] = index === 0 ? [x, y, x, y] : bounds
    bounds = [Math.min(l, x), Math.min(t, y), Math.max(r, x), Math.max(b, y)]
  }
  const half = Math.sqrt(3) / 2
  const [left, top, right, bottom] = bounds
  return { blocks: shapes('block'), patches: shapes('patch'), bounds: [left - half, top - 1, right + half, bottom + 1] }
}

function shape(id: string, cells: readonly CellPlace[]): Shape {
  const keys = new Map(cells.map((cell) => [keyOf(cell.column, cell.row), cell]))
  const centre = middle(cells.map(centreOf))
  return { id, cells, rings: rings(cells, keys), centre, spots: spots(cells, keys, centre) }
}

/** Corners have whole coordinates (half widths, half radii), so the edges of neighbours meet exactly. */
function rings(cells: readonly CellPlace[], keys: ReadonlyMap<number, CellPlace>): Point[][] {
  const after = new Map<number, { x: number; y: number; next: number }>()
  for (const cell of cells) {
    const [x, y] = [2 * cell.column + (cell.row & 1), 3 * cell.row]
    for (const side of SIDES) {
      if (keys.has(besides(cell, side))) continue
      const from = { x: x + side.from[0], y: y + side.from[1] }
      after.set(keyOf(from.x, from.y), { ...from, next: keyOf(x + side.to[0], y + side.to[1]) })
    }
  }
  const found: Point[][] = []
  for (let [start] = after.keys(); start !== undefined; [start] = after.keys()) {
    const ring: Point[] = []
    for (let at: number = start, edge = after.get(at); edge !== undefined; edge = after.get(at)) {
      after.delete(at)
      ring.push({ x: (edge.x * Math.sqrt(3)) / 2, y: edge.y / 2 })
      at = edge.next
    }
    found.push(ring)
  }
  return found
}

function spots(cells: readonly CellPlace[], keys: ReadonlyMap<number, CellPlace>, centre: Point): Point[] {
  const depth = new Map<number, number>()
  let front = [...keys].filter(([, cell]) => SIDES.some((side) => !keys.has(besides(cell, side)))).map(([key]) => key)
  for (let level = 0; front.length > 0; level += 1) {
    for (const key of front) depth.set(key, level)
    const next = new Set<number>()
    for (const key of front) {
      const cell = keys.get(key)
      if (cell === undefined) continue
      for (const side of SIDES) {
        const near = besides(cell, side)
        if (keys.has(near) && !depth.has(near)) next.add(near)
      }
    }
    front = [...next]
  }
  const far = ({ x, y }: Point) => Math.hypot(x - centre.x, y - centre.y)
  return cells
    .map((cell) => ({ point: centreOf(cell), depth: depth.get(keyOf(cell.column, cell.row)) ?? 0 }))
    .sort((a, b) => Math.min(b.depth, 2) - Math.min(a.depth, 2) || far(a.point) - far(b.point))
    .map(({ point }) => point)
}

/** Finds the cell at a point of the layout, for pointing devices and for labels. */
export function cellFinder(cells: readonly CellPlace[]): (point: Point) => CellPlace | undefined {
  const keys = new Map(cells.map((cell) => [keyOf(cell.column, cell.row), cell]))
  return ({ x, y }) => {
    let best: CellPlace | undefined
    let distance = 1
    for (let row = Math.floor(y / 1.5); row <= Math.ceil(y / 1.5); row += 1) {
      const cell = keys.get(keyOf(Math.round(x / Math.sqrt(3) - 0.5 * (row & 1)), row))
      if (cell === undefined) continue
      const centre = centreOf(cell)
      const here = Math.hypot(centre.x - x, centre.y - y)
      if (here <= distance) {
        best = cell
        distance = here
      }
    }
    return best
  }
}
