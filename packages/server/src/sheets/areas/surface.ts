import type { Label } from '@guatu/kernel'
import type { Feature, LonLat } from '../../store/geo/geo.ts'

type Corner = readonly [number, number]
type Ring = readonly Corner[]

const w = (zh: string, en: string): Label => ({ zh, en })

const SHAPE = w(
  '不是多边形，或有的环没有闭合、坐标不是经纬度',
  'no polygon, or a ring that is not closed, or corners that are not longitude and latitude',
)
const CROSSING = w('边界线自相交，请先在制图软件中修正几何图形', 'its line crosses itself; mend the geometry with a mapping program first')
const FLAT = w('没有面积', 'it has no surface')

/** What is wrong with the form of a boundary; nothing where it is a surface whose lines do not cross. They may touch. */
export function faultOf(value: unknown): Label | undefined {
  if (!isSurface(value)) return SHAPE
  const rings = ringsOf(value)
  // A line that crosses itself may turn as much to one side as to the other: it is looked for first.
  if (crosses(rings)) return CROSSING
  return rings.some((ring) => Math.abs(surfaceOf(ring)) < TINY) ? FLAT : undefined
}

/** A polygon or several, every corner a pair of degrees on the globe, every ring closed. */
export function isSurface(value: unknown): value is Feature['geometry'] {
  const { type, coordinates } = (typeof value === 'object' && value !== null ? value : {}) as { type?: unknown; coordinates?: unknown }
  if (type === 'Polygon') return isPolygon(coordinates)
  return type === 'MultiPolygon' && Array.isArray(coordinates) && coordinates.length > 0 && coordinates.every(isPolygon)
}

const isPolygon = (rings: unknown): boolean => Array.isArray(rings) && rings.length > 0 && rings.every(isRing)

function isRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4 || !ring.every(isCorner)) return false
  const [first, last] = [ring[0] as number[], ring.at(-1) as number[]]
  return first[0] === last[0] && first[1] === last[1]
}

const isCorner = (at: unknown): boolean =>
  Array.isArray(at) && typeof at[0] === 'number' && typeof at[1] === 'number' && Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90

const ringsOf = ({ type, coordinates }: Feature['geometry']): readonly Ring[] =>
  type === 'Polygon' ? (coordinates as readonly Ring[]) : (coordinates as readonly (readonly Ring[])[]).flat()

/** Square degrees and their like, below which a difference is rounding: about a hundredth of a square metre. */
const TINY = 1e-12

/** Twice the surface of a ring, by the side on which its corners turn. */
function surfaceOf(ring: Ring): number {
  const [x0, y0] = ring[0] ?? [0, 0]
  let sum = 0
  for (const [i, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[i + 1] ?? [x0, y0]
    sum += (x - x0) * (nextY - y0) - (nextX - x0) * (y - y0)
  }
  return sum
}

/** A piece of a line, its western end first. */
type Segment = readonly [from: Corner, to: Corner]

const sideOf = ([ax, ay]: Corner, [bx, by]: Corner, [x, y]: Corner): number => {
  const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
  return Math.abs(turn) < TINY ? 0 : Math.sign(turn)
}

/** Do they cut through each other? Ends that only touch do not: neighbours of a ring share them. */
const cut = ([a, b]: Segment, [c, d]: Segment): boolean => sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0

/** Does any piece of these rings cut through another? Looked at from west to east: only pieces that lie above each other are compared. */
function crosses(rings: readonly Ring[]): boolean {
  const segments = rings.flatMap((ring) =>
    ring.slice(1).map((to, i): Segment => {
      const from = ring[i] ?? to
      return from[0] <= to[0] ? [from, to] : [to, from]
    }),
  )
  segments.sort(([a], [b]) => a[0] - b[0])
  let open: Segment[] = []
  for (const segment of segments) {
    const [[west]] = segment
    open = open.filter(([, [east]]) => east >= west)
    if (open.some((one) => cut(one, segment))) return true
    open.push(segment)
  }
  return false
}

/** Degrees between which something lies. */
export interface Box {
  readonly west: number
  readonly east: number
  readonly south: number
  readonly north: number
}

/** The box around some corners; nothing around none. */
export function boxOf(corners: Iterable<LonLat>): Box | undefined {
  let box: Box | undefined
  for (const [x, y] of corners)
    box = box
      ? { west: Math.min(box.west, x), east: Math.max(box.east, x), south: Math.min(box.south, y), north: Math.max(box.north, y) }
      : { west: x, east: x, south: y, north: y }
  return box
}

export function* cornersOf(geometry: Feature['geometry']): Generator<Corner> {
  for (const ring of ringsOf(geometry)) yield* ring
}

/** A box with room around it: a share of its own size, and at least some degrees. */
export function grown({ west, east, south, north }: Box, share: number, least: number): Box {
  const [x, y] = [Math.max(least, (east - west) * share), Math.max(least, (north - south) * share)]
  return { west: west - x, east: east + x, south: south - y, north: north + y }
}

export const holds = (outer: Box, inner: Box): boolean =>
  outer.west <= inner.west && outer.east >= inner.east && outer.south <= inner.south && outer.north >= inner.north

export const meet = (a: Box, b: Box): boolean => a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
