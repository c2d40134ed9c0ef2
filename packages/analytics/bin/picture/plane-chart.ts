/** A panel over two number axes: bars, curves, dots. */
import { colours, Drawing, figure, ink, niceTicks } from './drawing.ts'

export interface PlaneChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly xLabel: string
  readonly yLabel: string
  readonly xRange: readonly [number, number]
  readonly yTop: number
  readonly bars?: { readonly values: readonly { readonly x: number; readonly y: number }[]; readonly width: number; readonly label: string }
  readonly curves?: readonly {
    readonly points: readonly (readonly [number, number])[]
    readonly label: string
    readonly colour?: string
    readonly dots?: boolean
  }[]
  readonly marks?: readonly { readonly x: number; readonly label: string; readonly colour?: string }[]
}

const [width, height, left, right, above, below] = [980, 480, 66, 28, 104, 78]

export function planeChart(chart: PlaneChart): string {
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  const bottom = height - below
  const [from, to] = chart.xRange
  const x = (value: number) => left + ((value - from) / (to - from || 1)) * (width - left - right)
  const y = (value: number) => bottom - (Math.min(chart.yTop, value) / (chart.yTop || 1)) * (bottom - above)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  drawing.text(24, above - 14, chart.yLabel, { size: 12, colour: ink.faint })
  const whole = chart.bars?.values.every(({ y: value }) => Number.isInteger(value)) === true ? 1 : 0
  for (const tick of niceTicks(0, chart.yTop, 6, whole)) {
    drawing.line(left, y(tick), width - right, y(tick), ink.grid)
    drawing.text(left - 8, y(tick) + 4, figure(tick), { size: 11, colour: ink.faint, anchor: 'end' })
  }
  for (const tick of niceTicks(from, to, 12)) {
    drawing.line(x(tick), bottom, x(tick), bottom + 5, ink.axis)
    drawing.text(x(tick), bottom + 20, figure(tick), { size: 11, colour: ink.faint, anchor: 'middle' })
  }
  drawing.text(width - right, bottom + 38, chart.xLabel, { size: 12, colour: ink.faint, anchor: 'end' })
  const wide = (x(chart.bars?.width ?? 1) - x(0)) * 0.78
  for (const bar of chart.bars?.values ?? []) {
    drawing.rect(x(bar.x) - wide / 2, y(bar.y), wide, bottom - y(bar.y), colours.grey, 0.95, `${figure(bar.x)}: ${figure(bar.y)}`)
  }
  for (const mark of chart.marks ?? []) {
    drawing.line(x(mark.x), above, x(mark.x), bottom, mark.colour ?? colours.red, 1.2, '5 4')
    drawing.text(x(mark.x) + 5, above + 12, mark.label, { size: 11, colour: mark.colour ?? colours.red })
  }
  for (const curve of chart.curves ?? []) {
    drawing.polyline(
      curve.points.map(([a, b]) => [x(a), y(b)] as const),
      curve.colour ?? colours.blue,
    )
    if (curve.dots === true) for (const [a, b] of curve.points) drawing.circle(x(a), y(b), 3.5, curve.colour ?? colours.blue)
  }
  drawing.line(left, bottom, width - right, bottom, ink.axis)
  let at = width - right
  for (const entry of [
    ...(chart.curves ?? []).map((curve) => ({ label: curve.label, colour: curve.colour ?? colours.blue })),
    ...(chart.bars === undefined ? [] : [{ label: chart.bars.label, colour: colours.grey }]),
  ]) {
    drawing.text(at, above - 14, entry.label, { size: 12, colour: ink.faint, anchor: 'end' })
    at -= [...entry.label].reduce((sum, letter) => sum + (letter > '\u2e80' ? 12 : 6.6), 0) + 18
    drawing.rect(at, above - 24, 13, 11, entry.colour)
    at -= 16
  }
  drawing.text(24, height - 12, chart.footnote, { size: 11, colour: ink.faint })
  return drawing.toString()
}
