/** How far needs are met: a row a place, a column an item, in each cell a bar with its figures and a mark for what is possible. */
import { colours, Drawing, figure, ink } from './drawing.ts'

export interface FillChart {
  readonly title: string
  readonly subtitle: string
  readonly columns: readonly string[]
  readonly rows: readonly {
    readonly name: string
    readonly cells: readonly ({ readonly granted: number; readonly needed: number; readonly limit: number } | undefined)[]
  }[]
}

const [left, above, columnWidth, rowHeight, barHeight] = [130, 104, 230, 30, 14]

export function fillChart(chart: FillChart): string {
  const width = left + chart.columns.length * columnWidth + 24
  const height = above + chart.rows.length * rowHeight + 24
  const drawing = new Drawing(Math.max(560, width), height, `${chart.title}. ${chart.subtitle}`)
  drawing.text(24, 34, chart.title, { size: 21, weight: 700 })
  drawing.text(24, 57, chart.subtitle, { size: 13, colour: ink.faint })
  chart.columns.forEach((name, c) => {
    drawing.text(left + c * columnWidth, above - 14, name, { size: 13, weight: 600 })
  })
  const full = columnWidth - 96
  chart.rows.forEach(({ name, cells }, r) => {
    const y = above + r * rowHeight
    drawing.text(left - 12, y + barHeight - 2, name, { anchor: 'end' })
    cells.forEach((cell, c) => {
      const x = left + c * columnWidth
      if (!cell) return
      const share = cell.granted / cell.needed
      drawing.rect(x, y, full, barHeight, ink.grid)
      drawing.rect(x, y, full * share, barHeight, share >= 0.999 ? colours.green : share >= 0.5 ? colours.blue : colours.red)
      drawing.line(x + full * cell.limit, y - 3, x + full * cell.limit, y + barHeight + 3, ink.text, 1.5)
      drawing.text(x + full + 8, y + barHeight - 2, `${figure(cell.granted)}/${figure(cell.needed)}`, { size: 11 })
    })
  })
  return drawing.toString()
}
