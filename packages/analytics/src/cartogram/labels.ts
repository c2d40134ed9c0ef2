import type { CellPlace, Point } from './cartogram.ts'
import type { Shape } from './shapes.ts'

export interface LabelRequest {
  readonly shape: Shape
  readonly text: string
  /** Height of the letters, in pixels. */
  readonly fontSize: number
  /** The letters may shrink to this size where the shape is small; by default they do not. */
  readonly minFontSize?: number
  /** Higher goes first; equals go by number of cells, then by id. */
  readonly priority: number
}

/** Where a text goes, in pixels of the map at the given scale: box `x, y, width, height` around the middle `cx, cy`. */
export interface LabelBox {
  readonly id: string
  readonly text: string
  readonly fontSize: number
  readonly cx: number
  readonly cy: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface LabelOptions {
  /** Pixels per unit of the layout (outer radius of a hexagon): the zoom. */
  readonly scale: number
  /** Free pixels between two labels. */
  readonly gap?: number
  /** Width of a text in pixels; without it Chinese characters count one font size, others 0.56. */
  readonly measure?: (text: string, fontSize: number) => number
  /** Which cell lies at a point (`cellFinder`): lets labels prefer the inside of their own shape. */
  readonly cellAt?: (point: Point) => CellPlace | undefined
}

const plainWidth = (text: string, fontSize: number): number =>
  [...text].reduce((width, char) => width + (/[\u2e80-\uffef]/.test(char) ? 1 : 0.56), 0) * fontSize

/**
 * Chooses a place for each label so that no two boxes overlap. A label that finds no free spot inside its shape is left out rather than laid
 * over another one: zooming in makes room for it.
 */
export function placeLabels(requests: readonly LabelRequest[], options: LabelOptions): LabelBox[] {
  const { scale, gap = 3, measure = plainWidth, cellAt } = options
  const taken = new Buckets(64)
  const order = [...requests].sort(
    (a, b) => b.priority - a.priority || b.shape.cells.length - a.shape.cells.length || (a.shape.id < b.shape.id ? -1 : 1),
  )
  const placed: LabelBox[] = []
  for (const request of order) {
    const { shape, text, fontSize: wished, minFontSize = wished } = request
    let best: { box: LabelBox; inside: number } | undefined
    for (let fontSize = wished; fontSize >= minFontSize && best?.inside !== POINTS.length; fontSize *= SHRINK) {
      const [width, height] = [measure(text, fontSize), fontSize * 1.2]
      for (const [index, spot] of [shape.centre, ...shape.spots].slice(0, TRIED).entries()) {
        const [cx, cy] = [spot.x * scale, spot.y * scale]
        const box = { id: shape.id, text, fontSize, cx, cy, x: cx - width / 2, y: cy - height / 2, width, height }
        if (taken.hits(box, gap)) continue
        const inside = insideOf(box, shape.id, scale, cellAt)
        // The middle may lie outside a bent shape: then it is no place at all.
        if (index === 0 && inside === 0) continue
        // What cannot lie wholly inside at least hangs over as little as possible.
        const less = inside === best?.inside && fontSize < best.box.fontSize
        if (best === undefined || inside > best.inside || less) best = { box, inside }
        if (inside === POINTS.length) break
      }
    }
    if (best === undefined) continue
    taken.add(best.box)
    placed.push(best.box)
  }
  return placed
}

const SHRINK = 0.88
const TRIED = 60
const POINTS = [
  [0, 0],
  [-0.5, -0.5],
  [0.5, -0.5],
  [-0.5, 0.5],
  [0.5, 0.5],
  [-0.5, 0],
  [0.5, 0],
] as const

/** How many of seven points of the box lie in the shape, be it a cell, a patch or a block. */
function insideOf(box: LabelBox, id: string, scale: number, cellAt: LabelOptions['cellAt']): number {
  if (cellAt === undefined) return 1
  return POINTS.filter(([dx, dy]) => {
    const cell = cellAt({ x: (box.cx + dx * box.width) / scale, y: (box.cy + dy * box.height) / scale })
    return cell?.id === id || cell?.patch === id || cell?.block === id
  }).length
}

/** Boxes by squares of the map, so that a label is compared with its neighbours only. */
class Buckets {
  private readonly size: number
  private readonly squares = new Map<string, LabelBox[]>()

  constructor(size: number) {
    this.size = size
  }

  private *around({ x, y, width, height }: LabelBox, gap: number): Generator<string> {
    for (let i = Math.floor((x - gap) / this.size); i <= Math.floor((x + width + gap) / this.size); i += 1)
      for (let j = Math.floor((y - gap) / this.size); j <= Math.floor((y + height + gap) / this.size); j += 1) yield `${i} ${j}`
  }

  add(box: LabelBox): void {
    for (const key of this.around(box, 0)) {
      const list = this.squares.get(key)
      if (list === undefined) this.squares.set(key, [box])
      else list.push(box)
    }
  }

  hits(box: LabelBox, gap: number): boolean {
    for (const key of this.around(box, gap)) for (const other of this.squares.get(key) ?? []) if (overlap(box, other, gap)) return true
    return false
  }
}

/** Do two boxes come nearer to one another than `gap`? */
export const overlap = (a: LabelBox, b: LabelBox, gap = 0): boolean =>
  a.x < b.x + b.width + gap && b.x < a.x + a.width + gap && a.y < b.y + b.height + gap && b.y < a.y + a.height + gap
