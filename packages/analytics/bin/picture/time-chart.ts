/** Panels over one calendar: bars, lines, bands, marks. */
import { colours, Drawing, dayLabel, figure, ink, niceTicks } from './drawing.ts'
import type { Layer, Panel, Reference } from './panel.ts'
import { labelSpot, wideOf } from './reference-labels.ts'

export interface TimeChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly days: readonly string[]
  readonly panels: readonly Panel[]
  readonly language: 'zh' | 'en'
  /** Vertical line before this day, with words: where a forecast begins, say. */
  readonly divide?: { readonly day: number; readonly label: string }
}

const width = 980
const left = 62
const right = 28
const above = 100
const between = 46

export function timeChart(chart: TimeChart): string {
  const height = above + chart.panels.reduce((sum, panel) => sum + panel.height + between, 0) + 34
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(left - 38, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(left - 38, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const step = (width - left - right) / Math.max(1, chart.days.length)
  const x = (day: number) => left + step * (day + 0.5)
  let top = above
  chart.panels.forEach((panel, number) => {
    drawPanel(drawing, panel, top, x, step, chart, number === chart.panels.length - 1)
    top += panel.height + between
  })
  drawing.footnote(left - 38, height - 12, chart.footnote)
  return drawing.toString()
}

function drawPanel(
  drawing: Drawing,
  panel: Panel,
  top: number,
  x: (day: number) => number,
  step: number,
  chart: TimeChart,
  last: boolean,
): void {
  const bottom = top + panel.height
  const most = panel.top ?? topOf(panel)
  const y = (value: number) => bottom - (Math.min(most, Math.max(0, value)) / most) * panel.height
  drawing.text(left - 38, top - 10, panel.title, { size: 13, weight: 600 })
  const spotOf = ({ value, label }: Reference) => labelSpot(panel, value, label, step, most / panel.height, most)
  // What finds no room beside its line is explained in the legend.
  const homeless = (panel.references ?? []).filter((reference) => reference.value <= most && spotOf(reference) === null)
  legend(drawing, panel, homeless, top - 10)
  for (const tick of niceTicks(0, most, Math.max(3, panel.height / 34), countsWhole(panel) ? 1 : 0)) {
    drawing.line(left, y(tick), width - right, y(tick), ink.grid)
    drawing.text(left - 8, y(tick) + 4, figure(tick), { size: 11, colour: ink.faint, anchor: 'end' })
  }
  const stride = [1, 2, 3, 7, 14, 28, 56, 91, 182, 365].find((days) => days * step >= 58) ?? 365
  chart.days.forEach((iso, day) => {
    if ((chart.days.length - 1 - day) % stride !== 0) return
    drawing.line(x(day), bottom, x(day), bottom + 5, ink.axis)
    if (last) drawing.text(x(day), bottom + 20, dayLabel(iso, chart.language), { size: 11, colour: ink.faint, anchor: 'middle' })
  })
  if (chart.divide !== undefined) {
    const at = x(chart.divide.day) - step / 2
    drawing.line(at, top, at, bottom, ink.axis, 1, '4 4')
    drawing.text(at + 5, top + 12, chart.divide.label, { size: 11, colour: ink.faint })
  }
  for (const layer of panel.layers) drawLayer(drawing, layer, x, y, step, bottom, chart)
  const reach = topOfBands(panel)
  if (reach > most) {
    const words =
      chart.language === 'zh' ? `区间上限达 ${figure(reach)}，超出图幅` : `the interval reaches ${figure(reach)}, above the picture`
    drawing.text(width - right - 4, top + 13, words, { size: 11, anchor: 'end', halo: true })
  }
  drawing.line(left, bottom, width - right, bottom, ink.axis)
  for (const reference of panel.references ?? []) {
    if (reference.value > most) continue
    drawing.line(left, y(reference.value), width - right, y(reference.value), reference.colour ?? colours.red, 1.4, '6 4')
    const spot = spotOf(reference)
    if (spot === null) continue
    const [at, anchor] = spot.end === 'left' ? [left + 6, 'start' as const] : [width - right, 'end' as const]
    const baseline = y(reference.value) + (spot.side === 'above' ? -5 : 14)
    drawing.text(at, baseline, reference.label, { size: 11, colour: reference.colour ?? colours.red, anchor, halo: true })
  }
}

/** Bars of whole numbers count something: half a case is no tick. */
const countsWhole = (panel: Panel) =>
  panel.layers.some((layer) => layer.kind === 'bars' && layer.values.every((value) => value === null || Number.isInteger(value)))

const finite = (values: readonly (number | null)[]) =>
  values.reduce<number>((most, value) => (value !== null && Number.isFinite(value) ? Math.max(most, value) : most), 0)

const topOfBands = (panel: Panel) =>
  panel.layers.reduce((most, layer) => (layer.kind === 'band' ? Math.max(most, finite(layer.upper)) : most), 0)

/** Highest bar, line or mark; a band counts only up to four times that; beyond it is cut, and the picture says so. */
function topOf(panel: Panel): number {
  const firm = panel.layers.reduce((most, layer) => (layer.kind === 'band' ? most : Math.max(most, finite(layer.values))), 0)
  const bands = topOfBands(panel)
  const lines = (panel.references ?? []).reduce((most, reference) => Math.max(most, reference.value), 0)
  return Math.max(firm, firm > 0 ? Math.min(bands, 4 * firm) : bands, Math.min(lines, firm > 0 ? 1.5 * firm : lines), 1) * 1.08
}

function drawLayer(
  drawing: Drawing,
  layer: Layer,
  x: (day: number) => number,
  y: (value: number) => number,
  step: number,
  bottom: number,
  chart: TimeChart,
): void {
  const point = (value: number | null, day: number): readonly [number, number] | null =>
    value === null || !Number.isFinite(value) ? null : [x(day), y(value)]
  if (layer.kind === 'band') {
    const columns = layer.lower.map((low, day) => {
      const high = layer.upper[day] ?? null
      return low === null || high === null ? null : { x: x(day), low: y(low), high: y(high) }
    })
    drawing.area(columns, layer.colour ?? colours.band, layer.opacity ?? 0.2)
  } else if (layer.kind === 'line') {
    drawing.polyline(layer.values.map(point), layer.colour ?? colours.blue, layer.width ?? 2.2)
  } else if (layer.kind === 'marks') {
    layer.values.forEach((value, day) => {
      const at = point(value, day)
      if (at !== null)
        drawing.circle(at[0], at[1], 4.5, layer.colour ?? colours.red, {
          stroke: ink.paper,
          strokeWidth: 1.5,
          tip: `${chart.days[day] ?? ''} · ${layer.label} ${figure(value ?? 0)}`,
        })
    })
  } else {
    const wide = Math.max(1, Math.min(26, step * 0.72))
    layer.values.forEach((value, day) => {
      if (value === null || value === 0) return
      const colour = layer.highlight?.(day) ?? layer.colour ?? colours.grey
      drawing.rect(
        x(day) - wide / 2,
        y(value),
        wide,
        bottom - y(value),
        colour,
        0.95,
        `${chart.days[day] ?? ''} · ${layer.label} ${figure(value)}`,
      )
    })
  }
}

function legend(drawing: Drawing, panel: Panel, references: readonly Reference[], baseline: number): void {
  let at = width - right
  for (const { label, colour = colours.red } of references) {
    at -= wideOf(label, 12)
    drawing.text(at, baseline, label, { size: 12, colour })
    at -= 20
    drawing.line(at, baseline - 4, at + 15, baseline - 4, colour, 1.4, '6 4')
    at -= 16
  }
  for (const layer of [...panel.layers].reverse()) {
    at -= wideOf(layer.label, 12)
    drawing.text(at, baseline, layer.label, { size: 12, colour: ink.faint })
    at -= 20
    const colour = layer.colour ?? { bars: colours.grey, line: colours.blue, band: colours.band, marks: colours.red }[layer.kind]
    if (layer.kind === 'line') drawing.line(at, baseline - 4, at + 15, baseline - 4, colour, 2.4)
    else if (layer.kind === 'marks') drawing.circle(at + 8, baseline - 4, 4.5, colour)
    else drawing.rect(at + 1, baseline - 10, 13, 11, colour, layer.kind === 'band' ? (layer.opacity ?? 0.25) : 0.95)
    at -= 16
  }
}
