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
    drawing.text(cx, Math.max(above - 6, cy - reach - 7), cluster.label, { size: 12, colour, anchor: 'middle', weight: 600, halo: true })
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
    if (places.length <= 60)
      drawing.text(
        px,
        py + (place.cases === 0 ? 2.5 : radius(place.cases)) + 13,
        place.cases === 0 ? place.name : `${place.name} ${figure(place.cases)}`,
        { size: 11, colour: ink.text, anchor: 'middle', halo: true },
      )
  })
  drawing.text(24, height - 14, chart.footnote, { size: 11, colour: ink.faint })
  return drawing.toString()
}
