import { centreOf } from '@guatu/analytics/cartogram'
import type { CityMap } from './cartogram-layout.ts'
import { FONT, type PlacedLabels, type View } from './view.ts'

/** What marks stand on, by how closely the map is looked at. */
export type MarkLevel = 'county' | 'town' | 'village'

/** What an area is marked with: shapes in a box of 16 by 16, filled by the even-odd rule, each with how many. */
export interface AreaMark {
  readonly area: string
  readonly parts: readonly { readonly path: string; readonly colour: string; readonly paper: string; readonly count: number }[]
}

/** Side of the box that a shape is drawn in, units. */
export const SHAPE = 16
/** Half the height of a mark, pixels. */
export const HALF = 14
const GAP = 8

/** A mark on the screen: where its box lies and what it shows. */
export interface PlacedMark {
  readonly x: number
  readonly y: number
  readonly half: number
  readonly parts: readonly { readonly path: string; readonly colour: string; readonly text: string; readonly width: number }[]
}

/** Room on the screen that something takes: its middle, half its width, half its height. */
interface Taken {
  readonly x: number
  readonly y: number
  readonly half: number
  readonly high: number
}

const covers = (mark: PlacedMark, { x, y, half, high }: Taken) =>
  Math.abs(mark.x - x) < mark.half + half && Math.abs(mark.y - y) < HALF + high

/** Marks stand below the name of their area, never on it nor on the name of a county, and beside each other. */
export function placeMarks(
  pen: CanvasRenderingContext2D,
  marks: readonly AreaMark[],
  { scale, boxes }: PlacedLabels,
  city: CityMap,
  view: View,
): readonly PlacedMark[] {
  if (marks.length === 0) return []
  const centres = new Map([...city.shapes.blocks, ...city.shapes.patches].map((shape) => [shape.id, shape.centre]))
  const wanted = new Set(marks.map((one) => one.area))
  for (const cell of city.map.cells) if (wanted.has(cell.id)) centres.set(cell.id, centreOf(cell))
  const names = new Map(boxes.map((box) => [box.id, box]))
  const grown = view.scale / scale
  const placed: PlacedMark[] = []
  const taken: Taken[] = city.shapes.blocks.flatMap(({ id }) => {
    const box = names.get(id)
    return box ? [{ x: box.cx * grown + view.x, y: box.cy * grown + view.y, half: box.width / 2, high: box.height / 2 }] : []
  })
  pen.font = `700 18px ${FONT}`
  for (const { area, parts } of marks) {
    const centre = centres.get(area)
    if (!centre) continue
    const shown = parts.map(({ path, colour, count }) => ({
      path,
      colour,
      text: String(count),
      width: pen.measureText(String(count)).width,
    }))
    const half = shown.reduce((sum, one) => sum + SHAPE + 4 + one.width, GAP * (shown.length + 1)) / 2
    const name = names.get(area)
    const x = name ? name.cx * grown + view.x : centre.x * view.scale + view.x
    const y = name ? name.cy * grown + view.y + name.height / 2 + HALF + 2 : centre.y * view.scale + view.y
    const places = [0, 1, -1, 2, -2].map((step) => ({ x, y: y + step * (2 * HALF + 2), half, parts: shown }))
    const mark = places.find((one) => !taken.some((other) => covers(one, other))) ?? { x, y, half, parts: shown }
    placed.push(mark)
    taken.push({ x: mark.x, y: mark.y, half, high: HALF })
  }
  return placed
}

const paths = new Map<string, Path2D>()
/** A shape as a path, made once. */
function pathOf(written: string): Path2D {
  const known = paths.get(written) ?? new Path2D(written)
  paths.set(written, known)
  return known
}

export function drawMarks(pen: CanvasRenderingContext2D, marks: readonly PlacedMark[], dark: boolean): void {
  pen.textAlign = 'left'
  pen.textBaseline = 'middle'
  pen.font = `700 18px ${FONT}`
  for (const { x, y, half, parts } of marks) {
    pen.fillStyle = dark ? 'rgba(11,22,34,0.9)' : 'rgba(255,255,255,0.95)'
    pen.fillRect(x - half, y - HALF, half * 2, HALF * 2)
    pen.strokeStyle = parts[0]?.colour ?? ''
    pen.lineWidth = 2
    pen.strokeRect(x - half, y - HALF, half * 2, HALF * 2)
    let at = x - half + GAP
    for (const { path, colour, text, width } of parts) {
      pen.fillStyle = colour
      pen.save()
      pen.translate(at, y - SHAPE / 2)
      pen.fill(pathOf(path), 'evenodd')
      pen.restore()
      pen.fillText(text, at + SHAPE + 4, y + 1)
      at += SHAPE + 4 + width + GAP
    }
  }
}
