/** Tours on the ground: places as dots, each tour a line in its own colour and dash with its number, the table of tours beside it. */
import { colours, Drawing, ink } from './drawing.ts'

export interface RouteChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly places: readonly { readonly name: string; readonly x: number; readonly y: number; readonly weight: number }[]
  /** Places by their position, in the order driven, and the line that says what the tour is. */
  readonly tours: readonly { readonly stops: readonly number[]; readonly label: string }[]
}

const [width, mapWidth, above, below] = [1180, 760, 84, 40]
const INKS = [colours.blue, colours.red, colours.green, colours.orange, colours.violet, ink.faint]
const DASHES = ['', '8 4', '2 4', '10 3 2 3']
const ROW = 19

export function routeChart(chart: RouteChart): string {
  const { places, tours } = chart
  const listed = tours.slice(0, 120)
  const height = Math.max(640, above + listed.length * ROW + below)
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const middle = places.reduce((sum, place) => sum + place.y, 0) / Math.max(1, places.length)
  const squeeze = Math.cos((middle * Math.PI) / 180)
  const xs = places.map(({ x }) => x * squeeze)
  const ys = places.map(({ y }) => y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = Math.min((mapWidth - 120) / (east - west || 1), (Math.min(height, 760) - above - below - 60) / (north - south || 1))
  const at = (k: number): readonly [number, number] => [
    40 + mapWidth / 2 - 20 + ((xs[k] ?? 0) - (west + east) / 2) * scale,
    (above + Math.min(height, 760) - below) / 2 - ((ys[k] ?? 0) - (south + north) / 2) * scale,
  ]
  tours.forEach(({ stops }, t) => {
    const colour = INKS[t % INKS.length] ?? ink.faint
    const dash = DASHES[Math.floor(t / INKS.length) % DASHES.length] ?? ''
    for (let k = 1; k < stops.length; k++) {
      const [x1, y1] = at(stops[k - 1] ?? 0)
      const [x2, y2] = at(stops[k] ?? 0)
      // Tours along one road lie beside each other instead of on top.
      const length = Math.hypot(x2 - x1, y2 - y1) || 1
      const aside = ((t % 7) - 3) * 1.6
      const [dx, dy] = [(-(y2 - y1) / length) * aside, ((x2 - x1) / length) * aside]
      drawing.line(x1 + dx, y1 + dy, x2 + dx, y2 + dy, colour, 1.8, dash)
    }
  })
  const most = Math.max(1, ...places.map(({ weight }) => weight))
  places.forEach((place, k) => {
    const [x, y] = at(k)
    drawing.circle(x, y, 3 + 7 * Math.sqrt(place.weight / most), ink.text, {
      opacity: 0.8,
      stroke: ink.paper,
      tip: `${place.name} ${place.weight}`,
    })
  })
  placeNames(drawing, places, at)
  listed.forEach(({ label }, t) => {
    const y = above + t * ROW
    drawing.line(
      mapWidth + 30,
      y - 4,
      mapWidth + 62,
      y - 4,
      INKS[t % INKS.length] ?? ink.faint,
      3,
      DASHES[Math.floor(t / INKS.length) % DASHES.length],
    )
    drawing.text(mapWidth + 70, y, label, { size: 12 })
  })
  drawing.text(24, height - 14, chart.footnote, { size: 11, colour: ink.faint })
  return drawing.toString()
}

/** Names where they are free of others, the heavier places first; the rest keep theirs for the pointer. */
function placeNames(drawing: Drawing, places: RouteChart['places'], at: (k: number) => readonly [number, number]): void {
  const taken: { readonly x: number; readonly y: number; readonly half: number }[] = []
  const order = [...places.keys()].sort((a, b) => (places[b]?.weight ?? 0) - (places[a]?.weight ?? 0))
  for (const k of order) {
    const name = places[k]?.name ?? ''
    const half = (([...name].length + 1) * 11) / 2
    const [x, y] = at(k)
    for (const dy of [-10, 22]) {
      const spot = { x, y: y + dy, half }
      if (taken.some((one) => Math.abs(one.x - spot.x) < one.half + half && Math.abs(one.y - spot.y) < 14)) continue
      taken.push(spot)
      drawing.text(x, y + dy, name, { size: 11, anchor: 'middle', halo: true })
      break
    }
  }
}
