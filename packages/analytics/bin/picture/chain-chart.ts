/** Transmission chains over the calendar: every case a dot on its day of onset, chains one below the other. */
import { Drawing, dayLabel, generationColours, ink } from './drawing.ts'

export interface ChainChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly language: 'zh' | 'en'
  readonly cases: readonly {
    readonly id: string
    readonly day: number
    readonly parent: number | null
    readonly support: number
    readonly generation: number
  }[]
  readonly isoDay: (day: number) => string
}

const width = 980
const [left, right, above, below] = [40, 40, 118, 62]

export function chainChart(chart: ChainChart): string {
  const { cases } = chart
  const days = cases.map((one) => one.day)
  const [first, last] = [Math.min(...days) - 1, Math.max(...days) + 1]
  const perDay = (width - left - right) / (last - first || 1)
  // A child shares its parent's row only where the two names find room side by side.
  const rows = layOut(cases, 40 / perDay)
  const lines = Math.max(...rows, 0) + 1
  const rowHeight = Math.max(5, Math.min(26, 1100 / lines))
  const height = above + lines * rowHeight + below
  const drawing = new Drawing(width, Math.ceil(height), `${chart.title}. ${chart.subtitle}`)
  const x = (day: number) => left + (day - first) * perDay
  const y = (row: number) => above + (row + 0.5) * rowHeight
  const bottom = height - below + 6
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  legend(drawing, cases, chart.language)
  const stride = [1, 2, 3, 7, 14, 28].find((step) => (step / (last - first)) * (width - left - right) >= 62) ?? 56
  for (let day = first; day <= last; day += 1) {
    if ((last - day) % stride !== 0) continue
    drawing.line(x(day), above - 8, x(day), bottom, ink.grid)
    drawing.text(x(day), bottom + 16, dayLabel(chart.isoDay(day), chart.language), { size: 11, colour: ink.faint, anchor: 'middle' })
  }
  cases.forEach((one, k) => {
    const parent = one.parent === null ? undefined : cases[one.parent]
    if (parent === undefined || one.parent === null) return
    const [x1, y1, x2, y2] = [x(parent.day), y(rows[one.parent] ?? 0), x(one.day), y(rows[k] ?? 0)]
    const bend = x1 + (x2 - x1) * 0.5
    drawing.raw(
      `<path d="M${x1.toFixed(1)} ${y1.toFixed(1)}C${bend.toFixed(1)} ${y1.toFixed(1)} ${bend.toFixed(1)} ${y2.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}" fill="none" stroke="${colourOf(one.generation)}" stroke-width="${(0.8 + 2 * one.support).toFixed(2)}" stroke-opacity="${(0.25 + 0.65 * one.support).toFixed(2)}"/>`,
    )
  })
  const radius = Math.max(2.2, Math.min(6, rowHeight * 0.32))
  cases.forEach((one, k) => {
    drawing.circle(x(one.day), y(rows[k] ?? 0), radius, colourOf(one.generation), {
      stroke: ink.paper,
      strokeWidth: 1,
      tip: `${one.id} · ${chart.isoDay(one.day)} · ${one.parent === null ? '—' : `← ${cases[one.parent]?.id ?? ''} ${Math.round(one.support * 100)} %`}`,
    })
    if (rowHeight >= 13)
      drawing.text(x(one.day), y(rows[k] ?? 0) - radius - 3, one.id, { size: 9.5, colour: ink.faint, anchor: 'middle', halo: true })
  })
  drawing.footnote(24, Math.ceil(height) - 12, chart.footnote)
  return drawing.toString()
}

const colourOf = (generation: number): string => generationColours[Math.min(generation, generationColours.length - 1)] ?? ink.faint

/** Leaves get rows of their own in order; a case with offspring sits at the row of its first one if there is room. Larger chains come first. */
function layOut(cases: ChainChart['cases'], gapDays: number): number[] {
  const children = cases.map((): number[] => [])
  const roots: number[] = []
  cases.forEach((one, k) => {
    if (one.parent === null) roots.push(k)
    else children[one.parent]?.push(k)
  })
  const size = (k: number): number => (children[k] ?? []).reduce((sum, child) => sum + size(child), 1)
  const sizes = new Map(roots.map((root) => [root, size(root)]))
  roots.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || (cases[a]?.day ?? 0) - (cases[b]?.day ?? 0))
  const rows = cases.map(() => 0)
  let next = 0
  const place = (k: number): void => {
    const below = [...(children[k] ?? [])].sort((a, b) => (cases[a]?.day ?? 0) - (cases[b]?.day ?? 0))
    rows[k] = next
    if (below.length === 0) {
      next += 1
      return
    }
    const [eldest] = below
    if (eldest !== undefined && (cases[eldest]?.day ?? 0) - (cases[k]?.day ?? 0) < gapDays) next += 1
    for (const child of below) place(child)
  }
  for (const root of roots) place(root)
  return rows
}

function legend(drawing: Drawing, cases: ChainChart['cases'], language: 'zh' | 'en'): void {
  const most = Math.min(generationColours.length - 1, Math.max(...cases.map((one) => one.generation)))
  let at = 24
  for (let generation = 0; generation <= most; generation += 1) {
    const more = generation === generationColours.length - 1
    const text =
      generation === 0
        ? language === 'zh'
          ? '输入或来源不明'
          : 'imported or unexplained'
        : language === 'zh'
          ? `第 ${generation} 代${more ? '及以后' : ''}`
          : `generation ${generation}${more ? ' and later' : ''}`
    drawing.circle(at + 6, 82, 6, colourOf(generation))
    drawing.text(at + 17, 86, text, { size: 12, colour: ink.faint })
    at += 36 + [...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 12 : 6.6), 0)
  }
}
