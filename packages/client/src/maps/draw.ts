import { centreOf, type LabelBox, type Point, placeLabels } from '@guatu/analytics/cartogram'
import type { CityMap } from './cartogram-layout.ts'
import { type AreaMark, drawMarks, HALF, type MarkLevel, type PlacedMark, placeMarks } from './marks.ts'
import { FONT, fit, type PlacedLabels, type View } from './view.ts'

export interface Look {
  readonly colourOf: (cell: { readonly id: string; readonly patch: string; readonly block: string }) => string
  /** The same on paper, where the ground is white; what can be printed in other colours than it is seen in asks for it. */
  readonly paperOf?: (cell: { readonly id: string; readonly patch: string; readonly block: string }) => string
  readonly nameOf: (id: string) => string
  readonly dark: boolean
  readonly selected?: string | undefined
  /** Marks over areas, for every closeness at which the map is looked at. */
  readonly marks?: Readonly<Record<MarkLevel, readonly AreaMark[]>>
}

/** The same map on paper, where the ground is white. */
export const onPaper = (look: Look): Look => {
  const inked = (marks: readonly AreaMark[]) =>
    marks.map((one) => ({ ...one, parts: one.parts.map((part) => ({ ...part, colour: part.paper })) }))
  const { colourOf, paperOf = colourOf, marks } = look
  return {
    ...look,
    dark: false,
    colourOf: paperOf,
    ...(marks && { marks: { county: inked(marks.county), town: inked(marks.town), village: inked(marks.village) } }),
  }
}

const CORNERS = [0, 1, 2, 3, 4, 5].map((side) => ({
  x: Math.cos((Math.PI / 3) * side - Math.PI / 2),
  y: Math.sin((Math.PI / 3) * side - Math.PI / 2),
}))
const trace = (pen: CanvasRenderingContext2D, rings: readonly (readonly Point[])[], { scale, x, y }: View) => {
  pen.beginPath()
  for (const ring of rings) {
    ring.forEach((point, i) => {
      if (i === 0) pen.moveTo(point.x * scale + x, point.y * scale + y)
      else pen.lineTo(point.x * scale + x, point.y * scale + y)
    })
    const [first] = ring
    if (first) pen.lineTo(first.x * scale + x, first.y * scale + y)
  }
}

/**
 * Cells of one colour are one path: a recolouring costs as many fills as there are classes, not as there are villages. Filling
 * closes each hexagon by itself; closing them one by one cost 23 ms a frame in Chromium, because a long path is copied each time.
 */
function drawCells(pen: CanvasRenderingContext2D, city: CityMap, view: View, look: Look, width: number, height: number): void {
  const byColour = new Map<string, Point[]>()
  const reach = view.scale
  for (const cell of city.map.cells) {
    const centre = centreOf(cell)
    const at = { x: centre.x * view.scale + view.x, y: centre.y * view.scale + view.y }
    if (at.x < -reach || at.y < -reach || at.x > width + reach || at.y > height + reach) continue
    const colour = look.colourOf(cell)
    const list = byColour.get(colour)
    if (list) list.push(at)
    else byColour.set(colour, [at])
  }
  const radius = view.scale * 0.96
  for (const [colour, centres] of byColour) {
    pen.beginPath()
    for (const { x, y } of centres) {
      CORNERS.forEach((corner, i) => {
        if (i === 0) pen.moveTo(x + corner.x * radius, y + corner.y * radius)
        else pen.lineTo(x + corner.x * radius, y + corner.y * radius)
      })
    }
    pen.fillStyle = colour
    pen.fill()
  }
}

/** Pixels of a cell's radius from which on villages have their names, and marks stand on them. */
const VILLAGES_FROM = 22
/** How much larger than the whole city a map is from which on marks stand on towns. */
const TOWNS_FROM = 1.5

/** The level that marks stand on at a zoom; `whole` is the one at which the whole city is seen. */
export const markLevelAt = (scale: number, whole: number): MarkLevel =>
  scale > VILLAGES_FROM && scale > whole * TOWNS_FROM ? 'village' : scale > whole * TOWNS_FROM ? 'town' : 'county'

/** Labels depend on the zoom alone: they are placed once for it and only shifted after that. */
export function labelsFor(city: CityMap, scale: number, nameOf: (id: string) => string, large: boolean): LabelBox[] {
  const base = large ? 1.25 : 1
  const villages =
    scale > VILLAGES_FROM
      ? city.map.cells.map((cell) => ({ cell, text: nameOf(cell.id).replace(/(?:村民委员会|居民委员会|村委会|社区居委会|居委会)$/, '') }))
      : []
  return placeLabels(
    [
      ...city.shapes.blocks.map((shape) => ({ shape, text: nameOf(shape.id), fontSize: 24 * base, minFontSize: 14 * base, priority: 2 })),
      ...city.shapes.patches.map((shape) => ({
        shape,
        text: nameOf(shape.id),
        fontSize: Math.min(18, 8 + scale * 0.6) * base,
        minFontSize: 10 * base,
        priority: 1,
      })),
      ...villages.map(({ cell, text }) => ({
        shape: { id: cell.id, cells: [cell], rings: [], centre: centreOf(cell), spots: [] },
        text,
        fontSize: Math.min(16, 4 + scale * 0.3) * base,
        minFontSize: 10 * base,
        priority: 0,
      })),
    ],
    { scale, cellAt: city.cellAt },
  )
}

function drawLabels(
  pen: CanvasRenderingContext2D,
  { scale, boxes }: PlacedLabels,
  city: CityMap,
  view: View,
  look: Look,
  marks: readonly PlacedMark[],
  width: number,
  height: number,
): void {
  const counties = new Set(city.shapes.blocks.map((shape) => shape.id))
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.lineJoin = 'round'
  // Between two placements labels go with the zoom, so that a moving map never waits for them.
  const grown = view.scale / scale
  for (const label of boxes) {
    const [x, y] = [label.cx * grown + view.x, label.cy * grown + view.y]
    if (x < -label.width || y < -label.height || x > width + label.width || y > height + label.height) continue
    const county = counties.has(label.id)
    const covered = marks.some(
      (mark) => Math.abs(mark.x - x) < mark.half + label.width / 2 && Math.abs(mark.y - y) < HALF + label.height / 2,
    )
    if (covered && !county) continue
    pen.font = `${county ? 700 : 400} ${label.fontSize}px ${FONT}`
    pen.lineWidth = county ? 5 : 3
    pen.strokeStyle = look.dark ? '#0b1622' : '#ffffff'
    pen.fillStyle = county ? (look.dark ? '#ffd98a' : '#7a3d00') : look.dark ? '#f4f7fa' : '#14202c'
    pen.strokeText(label.text, x, y)
    pen.fillText(label.text, x, y)
  }
}

/** The whole picture, once. */
export function drawCity(
  pen: CanvasRenderingContext2D,
  city: CityMap,
  view: View,
  look: Look,
  labels: PlacedLabels,
  width: number,
  height: number,
): void {
  const level = markLevelAt(view.scale, fit(city.shapes.bounds, width, height).scale)
  pen.clearRect(0, 0, width, height)
  drawCells(pen, city, view, look, width, height)
  pen.lineJoin = 'round'
  pen.strokeStyle = look.dark ? 'rgba(207,217,228,0.55)' : 'rgba(60,76,92,0.5)'
  pen.lineWidth = 1
  for (const shape of city.shapes.patches) {
    trace(pen, shape.rings, view)
    pen.stroke()
  }
  pen.strokeStyle = look.dark ? '#f4f7fa' : '#14202c'
  pen.lineWidth = 2.5
  for (const shape of city.shapes.blocks) {
    trace(pen, shape.rings, view)
    pen.stroke()
  }
  const chosen = [...city.shapes.blocks, ...city.shapes.patches].find((shape) => shape.id === look.selected)
  if (chosen) {
    trace(pen, chosen.rings, view)
    pen.strokeStyle = '#ffb020'
    pen.lineWidth = 4
    pen.stroke()
  }
  const cell = chosen ? undefined : city.map.cells.find((one) => one.id === look.selected)
  if (cell) {
    const centre = centreOf(cell)
    trace(pen, [CORNERS.map((corner) => ({ x: centre.x + corner.x, y: centre.y + corner.y }))], view)
    pen.strokeStyle = '#ffb020'
    pen.lineWidth = 4
    pen.stroke()
  }
  const marks = placeMarks(pen, look.marks?.[level] ?? [], labels, city, view)
  drawLabels(pen, labels, city, view, look, marks, width, height)
  drawMarks(pen, marks, look.dark)
}
