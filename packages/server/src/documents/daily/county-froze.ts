import { dailyFigures } from '@guatu/domains'
import type { Store } from '../../store/store.ts'
import { frozenReports } from './since-last.ts'

/**
 * Counties whose own frozen report of the same day says other figures than a report that counts them now: what came in between the two is in the one and
 * not in the other. Both stand; the later one says where they differ.
 * @param rows what the report says of each of them
 */
export async function otherwiseFrozen(
  store: Store,
  day: string,
  rows: readonly dailyFigures.AreaBooks[],
): Promise<readonly dailyFigures.CountyFroze[]> {
  const found = await Promise.all(
    rows.map(async (total) => {
      const report = (await frozenReports(store, total.area, day, day)).at(-1)
      if (!report) return []
      const read = dailyFigures.readDaily(report.content)
      if (!read.ok) return []
      const changed = dailyFigures.changedFigures(read.value, { total, parts: [] })
      return changed.length === 0 ? [] : [{ report: report.id, composedAt: read.value.composedAt, changed }]
    }),
  )
  return found.flat()
}
