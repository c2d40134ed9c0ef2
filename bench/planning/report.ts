/** Tables of measured instances, for people and for programs. */
import type { RunResult } from './instances.ts'

/** What one instance gave, with the memory of the process. */
export type Measured = RunResult & { readonly megabytes: number }

/** Distance above (positive) a reference in percent; undefined where there is none to compare with. */
export function percentAbove(value: number, reference: number | undefined): number | undefined {
  if (reference === undefined) return undefined
  if (reference === 0) return value === 0 ? 0 : undefined
  return (100 * (value - reference)) / Math.abs(reference)
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
const shown = (value: number | undefined, digits: number) => (value === undefined ? '–' : value.toFixed(digits))

/** Means of one set. */
export interface SetSummary {
  readonly set: string
  readonly instances: number
  readonly meanGapPercent: number | undefined
  readonly worstGapPercent: number | undefined
  readonly meanBoundGapPercent: number | undefined
  readonly meanCpuSeconds: number
  readonly meanWallSeconds: number
  readonly maxMegabytes: number
  readonly faulty: number
}

/** Groups results by set, in order of appearance. */
export function summarise(measured: readonly Measured[]): SetSummary[] {
  const sets = new Map<string, Measured[]>()
  for (const line of measured) sets.set(line.set, [...(sets.get(line.set) ?? []), line])
  return [...sets].map(([set, lines]) => {
    const gaps = lines.flatMap((line) => percentAbove(line.objective, line.bestKnown) ?? [])
    const bounds = lines.flatMap((line) => percentAbove(line.objective, line.bound) ?? [])
    return {
      set,
      instances: lines.length,
      meanGapPercent: gaps.length > 0 ? mean(gaps) : undefined,
      worstGapPercent: gaps.length > 0 ? Math.max(...gaps) : undefined,
      meanBoundGapPercent: bounds.length > 0 ? mean(bounds) : undefined,
      meanCpuSeconds: mean(lines.map((line) => line.cpuSeconds)),
      meanWallSeconds: mean(lines.map((line) => line.wallSeconds)),
      maxMegabytes: Math.max(...lines.map((line) => line.megabytes)),
      faulty: lines.filter(({ faults }) => faults.length > 0).length,
    }
  })
}

/** A Markdown table; with means per set when asked. */
export function asTable(measured: readonly Measured[], withMeans: boolean): string {
  const rows = measured.map((line) =>
    [
      line.instance,
      shown(line.bestKnown, 1),
      shown(line.objective, 1),
      `${shown(percentAbove(line.objective, line.bestKnown), 3)} %`,
      shown(line.bound, 1),
      shown(line.cpuSeconds, 2),
      shown(line.wallSeconds, 2),
      line.megabytes,
      line.iterations,
      line.faults.length === 0 ? 'checked' : line.faults.join('; '),
      line.note ?? '',
    ].join(' | '),
  )
  if (!withMeans) return rows.map((row) => `| ${row} |`).join('\n')
  const head = ['instance', 'best known', 'found', 'gap', 'bound', 'CPU s', 'wall s', 'MB', 'steps', 'checker', 'note']
  const means = summarise(measured).map(
    (set) =>
      `${set.set}: ${set.instances} instances, mean gap ${shown(set.meanGapPercent, 3)} %, worst ${shown(set.worstGapPercent, 3)} %, ` +
      `mean above bound ${shown(set.meanBoundGapPercent, 2)} %, ${shown(set.meanCpuSeconds, 2)} CPU s, ${shown(set.meanWallSeconds, 2)} wall s, ` +
      `${set.maxMegabytes} MB, faults ${set.faulty}`,
  )
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row} |`), '', ...means].join('\n')
}

/** The same as JSON: `{instances, sets, speedUp}`. */
export function asJson(measured: readonly Measured[], speedUp: readonly string[] = []): string {
  return JSON.stringify({ instances: measured, sets: summarise(measured), speedUp }, null, 2)
}
