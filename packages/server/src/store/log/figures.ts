import { type Action, dayMs, type Fields } from '@guatu/kernel'
import { readSeries } from '../tallies/board.ts'
import type { Workspace } from './workspace.ts'

/** What was entered of an act's own indicators in the area and on the day that it speaks of, written or about to be written. */
export async function figuresOf(
  work: Workspace,
  action: Action<Fields, string> | undefined,
  fields: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, number>> | undefined> {
  if (!action?.figures) return undefined
  const { of, on, indicators } = action.figures
  const [area, day] = [fields[of], fields[on]]
  if (typeof area !== 'string' || typeof day !== 'string' || dayMs(day) === undefined) return undefined
  const series = await readSeries(work.run, indicators, [area], day, 1)
  return Object.fromEntries(
    series.map(({ measure, days }) => [measure, (days[0]?.entered ?? 0) + work.unwritten({ area, day, measure })] as const),
  )
}
