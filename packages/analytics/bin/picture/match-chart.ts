/** Who goes where: workers as small dots, posts as squares, a line for each match. */
import { colours, Drawing, ink } from './drawing.ts'

export interface MatchChart {
  readonly title: string
  readonly subtitle: string
  readonly footnote: string
  readonly workers: readonly { readonly x: number; readonly y: number }[]
  readonly posts: readonly { readonly x: number; readonly y: number; readonly name: string }[]
  readonly lines: readonly { readonly worker: number; readonly post: number }[]
}

const [width, height, margin, above] = [980, 700, 60, 90]

export function matchChart(chart: MatchChart): string {
  const drawing = new Drawing(width, height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  const all = [...chart.workers, ...chart.posts]
  const [west, east] = [Math.min(...all.map(({ x }) => x)), Math.max(...all.map(({ x }) => x))]
  const [south, north] = [Math.min(...all.map(({ y }) => y)), Math.max(...all.map(({ y }) => y))]
  const scale = Math.min((width - 2 * margin) / (east - west || 1), (height - above - margin) / (north - south || 1))
  const at = (point: { readonly x: number; readonly y: number }): readonly [number, number] => [
    width / 2 + (point.x - (west + east) / 2) * scale,
    (above + height - margin / 2) / 2 - (point.y - (south + north) / 2) * scale,
  ]
  const held = new Map<number, number>()
  for (const { worker, post } of chart.lines) {
    const [from, to] = [chart.workers[worker], chart.posts[post]]
    if (!from || !to) continue
    held.set(post, (held.get(post) ?? 0) + 1)
    drawing.line(...at(from), ...at(to), colours.blue, 1)
  }
  const matched = new Set(chart.lines.map(({ worker }) => worker))
  chart.workers.forEach((worker, i) => {
    drawing.circle(...at(worker), 3.5, matched.has(i) ? colours.blue : ink.paper, {
      stroke: matched.has(i) ? ink.paper : colours.red,
      strokeWidth: 1.5,
    })
  })
  chart.posts.forEach((post, j) => {
    const [x, y] = at(post)
    drawing.rect(x - 6, y - 6, 12, 12, colours.orange)
    drawing.text(x, y - 11, `${post.name} ${held.get(j) ?? 0}`, { size: 12, anchor: 'middle', weight: 600, halo: true })
  })
  drawing.text(24, height - 14, chart.footnote, { size: 12, colour: ink.faint })
  return drawing.toString()
}
