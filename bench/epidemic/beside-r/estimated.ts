// The library's answer to a question of reproduction numbers, and how far it lies from the table of EpiEstim.
import { estimateR, type SerialInterval, type WindowEstimate } from '../../../packages/analytics/src/epidemic/reproduction/index.ts'
import { type Cells, difference, figure, type Row } from './question.ts'
import type { CaseSeries } from './series.ts'

/** Columns of EpiEstim's table. */
export const NINE = [
  'Mean(R)',
  'Std(R)',
  'Quantile.0.025(R)',
  'Quantile.0.05(R)',
  'Quantile.0.25(R)',
  'Median(R)',
  'Quantile.0.75(R)',
  'Quantile.0.95(R)',
  'Quantile.0.975(R)',
]
export const asOf = '2020-04-30'

export const file = (series: CaseSeries) => ({
  [`${series.name}.csv`]: `local,imported\n${series.local.map((count, day) => `${count},${series.imported[day] ?? 0}`).join('\n')}\n`,
})

function nine(window: WindowEstimate | undefined): number[] {
  const p = window?.posterior
  return p === null || p === undefined
    ? new Array<number>(9).fill(Number.NaN)
    : [p.mean, p.sd, p.q025, p.q05, p.q25, p.median, p.q75, p.q95, p.q975]
}

/** Largest difference from a table, over all windows and columns; infinite where a window is missing. */
export function worstOf(windows: readonly WindowEstimate[], table: Cells, columns: readonly string[]): number {
  let worst = windows.length === table.length ? 0 : Number.POSITIVE_INFINITY
  for (const [row, cells] of table.entries())
    for (const [k, got] of nine(windows[row]).entries()) worst = Math.max(worst, difference(got, figure(cells[columns[k] ?? ''])))
  return worst
}

export function windowsOf(series: CaseSeries, width: number) {
  return Array.from({ length: series.local.length - width }, (_, k) => ({ start: k + 2, end: k + 1 + width }))
}

export function ask(series: CaseSeries, serialInterval: SerialInterval, width: number) {
  const result = estimateR({
    cases: { local: series.local, imported: series.imported },
    serialInterval,
    windows: windowsOf(series, width),
    asOf,
  })
  if (!result.ok) throw new Error(result.refusal.en)
  return result.windows
}

export const gain = (what: string, task: string, seconds: ReadonlyMap<string, number>, own: number, target: string): Row => ({
  what: `${what}: times faster than EpiEstim`,
  value: ((seconds.get(task) ?? Number.NaN) * 1000) / own,
  unit: '×',
  target,
})
