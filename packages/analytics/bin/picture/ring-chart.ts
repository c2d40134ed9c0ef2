/** A case and its two rings of contacts; each contact of the second ring stands beside the one it came through. */
import { colours, Drawing, ink } from './drawing.ts'

export interface RingChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly centre: string
  /** Longest contact first; `weight` 0 … 1 for the width of the line. */
  readonly first: readonly { readonly name: string; readonly weight: number; readonly tip: string }[]
  /** `via` is a number in `first`. */
  readonly second: readonly { readonly name: string; readonly via: number; readonly tip: string }[]
}

const [width, height] = [980, 860]

export function ringChart(chart: RingChart): string {
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const [cx, cy] = [width / 2, (height + 60) / 2 - 10]
  const at = (angle: number, radius: number): [number, number] => [cx + radius * Math.sin(angle), cy - radius * Math.cos(angle)]
  const below = chart.first.map((_, k) => chart.second.filter((one) => one.via === k))
  // Each first-ring contact gets a sector as wide as what hangs on it.
  const shares = below.map((list) => Math.max(1, list.length))
  const whole = shares.reduce((sum, share) => sum + share, 0)
  let turned = 0
  chart.first.forEach((contact, k) => {
    const sector = (2 * Math.PI * (shares[k] ?? 1)) / whole
    const middle = turned + sector / 2
    const [x, y] = at(middle, 165)
    drawing.line(cx, cy, x, y, colours.orange, 1 + 4 * contact.weight)
    const outer = below[k] ?? []
    outer.forEach((one, j) => {
      const angle = turned + (sector * (j + 0.5)) / outer.length
      const [ox, oy] = at(angle, 310)
      drawing.line(x, y, ox, oy, colours.grey, 0.9)
      drawing.circle(ox, oy, 4.5, colours.blue, { tip: one.tip })
      if (chart.second.length <= 90) name(drawing, one.name, angle, at(angle, 322))
    })
    drawing.circle(x, y, 8, colours.orange, { stroke: ink.paper, strokeWidth: 1.5, tip: contact.tip })
    if (chart.first.length <= 60) drawing.text(x, y - 12, contact.name, { size: 11, anchor: 'middle', halo: true })
    turned += sector
  })
  drawing.circle(cx, cy, 15, colours.red, { stroke: ink.paper, strokeWidth: 2 })
  drawing.text(cx, cy - 21, chart.centre, { size: 13, weight: 700, anchor: 'middle', halo: true })
  drawing.footnote(24, height - 14, chart.footnote)
  return drawing.toString()
}

/** Names run outwards, readable from the left on both halves. */
function name(drawing: Drawing, text: string, angle: number, [x, y]: [number, number]): void {
  const leftHalf = Math.sin(angle) < 0
  const degrees = (angle * 180) / Math.PI - 90 + (leftHalf ? 180 : 0)
  drawing.raw(`<g transform="rotate(${degrees.toFixed(1)} ${x.toFixed(1)} ${y.toFixed(1)})">`)
  drawing.text(x, y + 3.5, text, { size: 10, colour: ink.faint, anchor: leftHalf ? 'end' : 'start' })
  drawing.raw('</g>')
}
