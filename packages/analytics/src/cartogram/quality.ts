import { type BlockInput, type Cartogram, type CellPlace, centreOf, middle, type Point } from './cartogram.ts'
import { type Shape, shapesOf } from './shapes.ts'
import { neighboursOf } from './tones.ts'

export interface CartogramQuality {
  /** Groups with cells, and how many of them are in one piece without a hole. */
  readonly patches: { readonly all: number; readonly contiguous: number; readonly solid: number }
  readonly blocks: { readonly all: number; readonly contiguous: number; readonly solid: number }
  /**
   * Mean over the patches of the least possible perimeter over the actual one: 1 is as compact as hexagons allow. The least perimeter of n
   * hexagons is 2⌈√(12n − 3)⌉ (Harary and Harborth, Extremal animals, 1976).
   */
  readonly compactness: number
  /** Mean angle in degrees between the directions from block to block in the layout and in their given centres; `null` without centres. */
  readonly bearingError: number | null
}

export interface Steadiness {
  /** Share of patches present in both layouts that have exactly the same hexagons. */
  readonly unmoved: number
  /** Share of neighbouring pairs of patches of the old layout (both present in the new) that are still neighbours. */
  readonly neighboursKept: number
  /** Mean way of the patches' middles, layouts scaled to equal area and laid middle on middle, in cells of the new layout. */
  readonly drift: number
}

function outline({ rings, cells }: Shape): { contiguous: boolean; solid: boolean; compact: number } {
  const area = (ring: readonly Point[]) =>
    ring.reduce((sum, p, index) => {
      const q = ring[(index + 1) % ring.length] ?? p
      return sum + (p.x * q.y - q.x * p.y) / 2
    }, 0)
  const outer = rings.filter((ring) => area(ring) > 0).length
  const perimeter = rings.reduce((sum, ring) => sum + ring.length, 0)
  const compact = (2 * Math.ceil(Math.sqrt(12 * cells.length - 3))) / perimeter
  return { contiguous: outer === 1, solid: rings.length === 1, compact }
}

/** How good a layout is by itself. Edges of hexagons have length 1, so a ring is as long as it has points. */
export function qualityOf(cartogram: Cartogram, blocks: readonly BlockInput[] = []): CartogramQuality {
  const shapes = shapesOf(cartogram)
  const count = (all: readonly Shape[]) => {
    const outlines = all.map(outline)
    return {
      all: all.length,
      contiguous: outlines.filter((one) => one.contiguous).length,
      solid: outlines.filter((one) => one.solid).length,
    }
  }
  const compact = shapes.patches.map((shape) => outline(shape).compact)
  const centres = blocks.flatMap(({ id, centre }) => {
    const shape = shapes.blocks.find((one) => one.id === id)
    return centre === undefined || shape === undefined ? [] : [{ given: { x: centre.x, y: -centre.y }, laid: shape.centre }]
  })
  const angles = centres.flatMap((a, index) =>
    centres.slice(index + 1).map((b) => {
      const turn = Math.abs(direction(a.given, b.given) - direction(a.laid, b.laid))
      return (Math.min(turn, 2 * Math.PI - turn) * 180) / Math.PI
    }),
  )
  return {
    patches: count(shapes.patches),
    blocks: count(shapes.blocks),
    compactness: average(compact),
    bearingError: angles.length === 0 ? null : average(angles),
  }
}

/** How steady a layout is against an earlier one. */
export function steadinessOf(before: Cartogram, after: Cartogram): Steadiness {
  const [old, now] = [byPatch(before), byPatch(after)]
  const both = [...old.keys()].filter((id) => now.has(id))
  const key = (cells: readonly CellPlace[]) =>
    cells
      .map(({ column, row }) => `${column} ${row}`)
      .sort()
      .join()
  const unmoved = both.filter((id) => key(old.get(id) ?? []) === key(now.get(id) ?? [])).length
  const later = neighboursOf(after)
  const kept = [...neighboursOf(before)]
    .flatMap(([id, near]) => [...near].map((other) => ({ id, other })))
    .filter((pair) => now.has(pair.id) && now.has(pair.other))
  const scale = Math.sqrt(after.cells.length / Math.max(before.cells.length, 1))
  const [from, to] = [middle(before.cells.map(centreOf)), middle(after.cells.map(centreOf))]
  const ways = both.map((id) => {
    const [p, q] = [middle((old.get(id) ?? []).map(centreOf)), middle((now.get(id) ?? []).map(centreOf))]
    return Math.hypot((p.x - from.x) * scale - (q.x - to.x), (p.y - from.y) * scale - (q.y - to.y)) / Math.sqrt(3)
  })
  return {
    unmoved: both.length === 0 ? 1 : unmoved / both.length,
    neighboursKept: kept.length === 0 ? 1 : kept.filter(({ id, other }) => later.get(id)?.has(other)).length / kept.length,
    drift: average(ways),
  }
}

const byPatch = ({ cells }: Cartogram): Map<string, CellPlace[]> => Map.groupBy(cells, (cell) => cell.patch)
const direction = (a: Point, b: Point): number => Math.atan2(b.y - a.y, b.x - a.x)
const average = (values: readonly number[]): number => (values.length === 0 ? 0 : values.reduce((sum, one) => sum + one, 0) / values.length)
