/** A point of the plane; in input in any unit with y growing to the north, in a layout with y growing downwards. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** What is drawn as one connected group of cells: a town of villages. */
export interface PatchInput {
  readonly id: string
  /** About where it lies; patches without one are arranged around the middle of their block in the given order. */
  readonly centre?: Point
  /** Ids of its cells, each unique in the whole tree. May be empty. */
  readonly cells: readonly string[]
}

/** What is drawn as one connected group of patches: a county of towns. */
export interface BlockInput {
  readonly id: string
  readonly centre?: Point
  readonly patches: readonly PatchInput[]
}

/** One hexagon: column and row of its sheet; odd rows are shifted right by half a cell. */
export interface CellPlace {
  readonly id: string
  readonly patch: string
  readonly block: string
  readonly column: number
  readonly row: number
}

/**
 * A finished layout, plain data. Hexagons have outer radius 1 and a point at the top: centre (√3 (column + ½ [row odd]), 1.5 row). Draw it at
 * any scale; `shapes` gives outlines, `placeLabels` the labels.
 */
export interface Cartogram {
  readonly cells: readonly CellPlace[]
  /** Ids of the blocks and patches in input order, the empty ones too. */
  readonly blocks: readonly { readonly id: string; readonly patches: readonly string[] }[]
  /** How it came about: kept from the previous one, newly laid out, or along a curve because nothing better held together. */
  readonly method: 'kept' | 'grown' | 'curve'
}

export const centreOf = ({ column, row }: { readonly column: number; readonly row: number }): Point => ({
  x: Math.sqrt(3) * (column + 0.5 * (row & 1)),
  y: 1.5 * row,
})

/** The middle of some points; the origin when there are none. */
export function middle(points: readonly Point[]): Point {
  const count = Math.max(points.length, 1)
  return { x: points.reduce((sum, { x }) => sum + x, 0) / count, y: points.reduce((sum, { y }) => sum + y, 0) / count }
}
