/** Places by their coordinates: dots by number of cases, clusters ringed. */
import { colours, Drawing, figure, ink } from './drawing.ts'

export interface PlaceChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly places: readonly { readonly name: string; readonly x: number; readonly y: number; readonly cases: number }[]
  /** Clusters strongest first, with the words beside them. */
  readonly clusters: readonly { readonly members: readonly number[]; readonly label: string; readonly sure: boolean }[]
  /** Degrees: east–west is shrunk by the latitude. */
  readonly globe: boolean
}

const [width, height, left, right, above, below] = [980, 700, 60, 60, 96, 56]

interface Box {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

const wideOf = (words: string, size: number) => [...words].reduce((sum, letter) => sum + size * (letter > '\u2e80' ? 1 : 0.56), 0)

/** The room that centred words take above their baseline. */
function boxOf(x: number, baseline: number, words: string, size: number): Box {
  const half = wideOf(words, size) / 2
  return { left: x - half, right: x + half, top: baseline - size, bottom: baseline + 3 }
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom

export function placeChart(chart: PlaceChart): string {
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  const { places } = chart
  const middle = places.reduce((sum, place) => sum + place.y, 0) / places.length
  const squeeze = chart.globe ? Math.cos((middle * Math.PI) / 180) : 1
  const xs = places.map((place) => place.x * squeeze)
  const ys = places.map((place) => place.y)
  const [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const scale = Math.min((width - left - right) / (east - west || 1), (height - above - below - 40) / (north - south || 1))
  const at = (k: number): [number, number] => [
    width / 2 + ((xs[k] ?? 0) - (west + east) / 2) * scale,
    (above + height - below) / 2 - ((ys[k] ?? 0) - (south + north) / 2) * scale,
  ]
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const most = Math.max(1, ...places.map((place) => place.cases))
  const radius = (cases: number) => 3 + 17 * Math.sqrt(cases / most)
  const taken: Box[] = []
  const inCluster = new Map<number, number>()
  chart.clusters.forEach((cluster, rank) => {
    for (const member of cluster.members) if (!inCluster.has(member)) inCluster.set(member, rank)
    const points = cluster.members.map(at)
    const cx = points.reduce((sum, [px]) => sum + px, 0) / points.length
    const cy = points.reduce((sum, [, py]) => sum + py, 0) / points.length
    const reach =
      cluster.members.reduce(
        (far, member, k) =>
          Math.max(far, Math.hypot((points[k]?.[0] ?? 0) - cx, (points[k]?.[1] ?? 0) - cy) + radius(places[member]?.cases ?? 0)),
        0,
      ) + 10
    const colour = cluster.sure ? colours.red : colours.orange
    drawing.circle(cx, cy, reach, colour, {
      opacity: 0.07,
      stroke: colour,
      strokeWidth: cluster.sure ? 2 : 1.4,
      dash: cluster.sure ? '' : '5 4',
    })
    const baseline = Math.max(above - 6, cy - reach - 7)
    taken.push(boxOf(cx, baseline, cluster.label, 12))
    drawing.text(cx, baseline, cluster.label, { size: 12, colour, anchor: 'middle', weight: 600, halo: true })
  })
  places.forEach((place, k) => {
    const [px, py] = at(k)
    const rank = inCluster.get(k)
    const colour = rank === undefined ? colours.blue : chart.clusters[rank]?.sure ? colours.red : colours.orange
    drawing.circle(px, py, place.cases === 0 ? 2.5 : radius(place.cases), place.cases === 0 ? ink.axis : colour, {
      opacity: 0.75,
      stroke: ink.paper,
      tip: `${place.name}: ${figure(place.cases)}`,
    })
  })
  // Names where they are free of others, places with many cases first; the rest keep theirs for the pointer.
  const order = [...places.keys()].sort((a, b) => (places[b]?.cases ?? 0) - (places[a]?.cases ?? 0))
  for (const k of places.length <= 60 ? order : []) {
    const place = places[k]
    if (place === undefined) continue
    const [px, py] = at(k)
    const far = place.cases === 0 ? 2.5 : radius(place.cases)
    const words = place.cases === 0 ? place.name : `${place.name} ${figure(place.cases)}`
    const aside = far + 5 + wideOf(words, 11) / 2
    const spots: readonly (readonly [number, number])[] = [
      [px, py + far + 13],
      [px, py - far - 5],
      [px + aside, py + 4],
      [px - aside, py + 4],
    ]
    const spot = spots.find(([x, y]) => !taken.some((box) => overlap(box, boxOf(x, y, words, 11))))
    if (spot === undefined) continue
    taken.push(boxOf(spot[0], spot[1], words, 11))
    drawing.text(spot[0], spot[1], words, { size: 11, colour: ink.text, anchor: 'middle', halo: true })
  }
  drawing.footnote(24, height - 14, chart.footnote)
  return drawing.toString()
}
