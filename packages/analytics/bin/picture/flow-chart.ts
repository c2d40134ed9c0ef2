/**
 * What goes from where to whom: a panel for each kind of goods, stores at its left, places at its right, and between them bands as wide as
 * the amounts. A place is as tall as its need; what it does not get is open and red.
 */
import { colours, Drawing, figure, ink } from './drawing.ts'

export interface FlowPanel {
  readonly name: string
  /** Stores with what stays in them. */
  readonly sources: readonly { readonly name: string; readonly left: number }[]
  readonly places: readonly { readonly name: string; readonly needed: number }[]
  /** Amounts by numbers of sources and places; several of one pair add up. */
  readonly flows: readonly { readonly source: number; readonly place: number; readonly amount: number }[]
}

export interface FlowChart {
  readonly title: string
  readonly subtitle: string
  /** Lines at the foot. */
  readonly notes: readonly string[]
  readonly panels: readonly FlowPanel[]
  readonly words: {
    readonly short: (amount: string) => string
    readonly left: (amount: string) => string
    readonly others: (count: number) => string
  }
}

/** Rows of a panel; of more places those that lack most are shown, and the others together. */
const most = 22
const [panelWidth, panelHeight, labels, bar, between, gap] = [640, 300, 108, 12, 214, 6]
/** Least height of a place, and of a store with its two or three lines. */
const [placeLeast, storeLeast] = [15, 31]
const lineHeight = 13
const bandColours = [colours.blue, colours.green, colours.violet, colours.orange]

/** One end of the bands: a store or a place. */
interface End {
  readonly name: string
  /** What comes or goes, and what stays or lacks. */
  readonly moved: number
  readonly rest: number
  y: number
}

interface Laid {
  readonly name: string
  readonly sources: readonly End[]
  readonly places: readonly End[]
  readonly bands: readonly { readonly source: number; readonly place: number; readonly amount: number }[]
  readonly scale: number
  readonly height: number
}

export function flowChart(chart: FlowChart): string {
  const columns = Math.min(2, Math.max(1, chart.panels.length))
  const panels = chart.panels.map((panel) => lay(panel, chart.words.others))
  const rows = Array.from({ length: Math.ceil(panels.length / columns) }, (_, r) => panels.slice(r * columns, (r + 1) * columns))
  const heights = rows.map((row) => Math.max(...row.map(({ height }) => height)) + 58)
  const width = 24 + columns * panelWidth
  const foot = 92 + heights.reduce((sum, height) => sum + height, 0)
  const drawing = new Drawing(width, foot + 18 * chart.notes.length + 12, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  let y = 92
  rows.forEach((row, r) => {
    row.forEach((panel, c) => {
      drawPanel(drawing, panel, 24 + c * panelWidth, y, chart.words)
    })
    y += heights[r] as number
  })
  chart.notes.forEach((note, k) => {
    drawing.footnote(24, foot + 12 + 18 * k, note)
  })
  return drawing.toString()
}

/** Gathers what is too much to show, sorts by lack, and gives every end its height. */
function lay(panel: FlowPanel, others: (count: number) => string): Laid {
  const got = new Float64Array(panel.places.length)
  const sent = new Float64Array(panel.sources.length)
  for (const { source, place, amount } of panel.flows) {
    got[place] = (got[place] as number) + amount
    sent[source] = (sent[source] as number) + amount
  }
  const sources = gather(
    panel.sources.map(({ name, left }, k) => ({ name, moved: sent[k] as number, rest: left })),
    (end) => end.moved + end.rest,
    others,
  )
  const places = gather(
    panel.places.map(({ name, needed }, k) => ({ name, moved: got[k] as number, rest: Math.max(0, needed - (got[k] as number)) })),
    (end) => end.rest * 1e6 + end.moved,
    others,
  )
  const sums = new Map<string, number>()
  for (const { source, place, amount } of panel.flows) {
    const key = `${sources.at[source]} ${places.at[place]}`
    sums.set(key, (sums.get(key) ?? 0) + amount)
  }
  const bands = [...sums].map(([key, amount]) => {
    const [source = 0, place = 0] = key.split(' ').map(Number)
    return { source, place, amount }
  })
  bands.sort((a, b) => a.source - b.source || a.place - b.place)
  const total = (ends: readonly End[]) => ends.reduce((sum, { moved, rest }) => sum + moved + rest, 0)
  const scale = panelHeight / Math.max(1, total(sources.ends), total(places.ends))
  const storeRoom = ({ rest }: End) => storeLeast + (rest > 0 ? lineHeight : 0)
  const height = Math.ceil(
    Math.max(
      stack(sources.ends, scale, storeRoom),
      stack(places.ends, scale, () => placeLeast),
    ),
  )
  return { name: panel.name, sources: sources.ends, places: places.ends, bands, scale, height }
}

/** Keeps ends that anything moves at or lacks; beyond `most` the least by `weight` become one. `at` says which end each became. */
function gather(
  all: readonly { readonly name: string; readonly moved: number; readonly rest: number }[],
  weight: (end: { readonly moved: number; readonly rest: number }) => number,
  others: (count: number) => string,
): { readonly ends: End[]; readonly at: Int32Array } {
  const present = [...all.keys()].filter((k) => (all[k]?.moved ?? 0) + (all[k]?.rest ?? 0) > 0)
  const ranked = present.toSorted((a, b) => weight(all[b] as End) - weight(all[a] as End) || a - b)
  const single = new Set(present.length <= most ? present : ranked.slice(0, most - 1))
  const at = new Int32Array(all.length).fill(-1)
  const ends: End[] = []
  for (const k of present) {
    if (!single.has(k)) continue
    at[k] = ends.length
    ends.push({ ...(all[k] as End), y: 0 })
  }
  const rest = present.filter((k) => !single.has(k))
  const sum = (of: 'moved' | 'rest') => rest.reduce((amount, k) => amount + (all[k]?.[of] ?? 0), 0)
  for (const k of rest) at[k] = ends.length
  if (rest.length > 0) ends.push({ name: others(rest.length), moved: sum('moved'), rest: sum('rest'), y: 0 })
  return { ends, at }
}

/** Puts ends below one another; returns where they end. */
function stack(ends: readonly End[], scale: number, room: (end: End) => number): number {
  let y = 0
  for (const end of ends) {
    end.y = y
    y += Math.max(room(end), (end.moved + end.rest) * scale) + gap
  }
  return y
}

function drawPanel(drawing: Drawing, panel: Laid, x: number, top: number, words: FlowChart['words']): void {
  const { scale } = panel
  const from = x + labels
  const to = from + bar + between
  drawing.text(x, top + 4, panel.name, { size: 15, weight: 700 })
  const y = top + 24
  const out = panel.sources.map((end) => y + end.y)
  const into = panel.places.map((end) => y + end.y)
  for (const { source, place, amount } of panel.bands) {
    const thick = amount * scale
    const [a, b] = [out[source] as number, into[place] as number]
    band(drawing, [from + bar, a], [to, b], thick, bandColours[source % bandColours.length] as string)
    out[source] = a + thick
    into[place] = b + thick
  }
  panel.sources.forEach((end, k) => {
    const colour = bandColours[k % bandColours.length] as string
    const height = end.moved * scale
    drawing.rect(from, y + end.y, bar, Math.max(1, height), colour)
    if (end.rest > 0) drawing.rect(from, y + end.y + height, bar, Math.max(1, end.rest * scale), colours.grey)
    drawing.text(from - 8, y + end.y + 11, end.name, { anchor: 'end', weight: 600 })
    const figures = [figure(end.moved), ...(end.rest > 0 ? [words.left(figure(end.rest))] : [])]
    figures.forEach((line, n) => {
      drawing.text(from - 8, y + end.y + 25 + lineHeight * n, line, { anchor: 'end', size: 11, colour: ink.faint })
    })
  })
  for (const end of panel.places) {
    const needed = end.moved + end.rest
    const granted = end.moved * scale
    const colour = end.rest > 0 ? colours.blue : colours.green
    drawing.rect(to, y + end.y, bar, granted, colour)
    if (end.rest > 0) lack(drawing, to, y + end.y + granted, Math.max(1.5, end.rest * scale))
    const line = y + end.y + 11
    drawing.text(to + bar + 8, line, end.name, { weight: 600 })
    const at = to + bar + 84
    if (end.rest === 0) drawing.text(at, line, figure(needed), { size: 11, colour: ink.faint })
    else {
      const share = `${Math.floor((100 * end.moved) / needed)} %`
      const text = `${figure(end.moved)}/${figure(needed)} · ${share} · ${words.short(figure(end.rest))}`
      drawing.text(at, line, text, { size: 11, colour: colours.red })
    }
  }
}

/** An open red box: needed, and not there. */
function lack(drawing: Drawing, x: number, y: number, height: number): void {
  drawing.rect(x, y, bar, height, colours.red, 0.12)
  const corners = [
    [x + 0.75, y],
    [x + 0.75, y + height],
    [x + bar - 0.75, y + height],
    [x + bar - 0.75, y],
  ] as const
  drawing.polyline(corners, colours.red, 1.5)
}

function band(drawing: Drawing, a: readonly [number, number], b: readonly [number, number], thick: number, colour: string): void {
  const half = (a[0] + b[0]) / 2
  const width = Math.max(0.8, thick)
  const p = (value: number) => Math.round(value * 100) / 100
  const upper = `M${p(a[0])} ${p(a[1])}C${p(half)} ${p(a[1])} ${p(half)} ${p(b[1])} ${p(b[0])} ${p(b[1])}`
  const lower = `L${p(b[0])} ${p(b[1] + width)}C${p(half)} ${p(b[1] + width)} ${p(half)} ${p(a[1] + width)} ${p(a[0])} ${p(a[1] + width)}Z`
  drawing.raw(`<path d="${upper}${lower}" fill="${colour}" fill-opacity="0.35"/>`)
}
