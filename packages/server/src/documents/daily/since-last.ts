import { dailyFigures } from '@guatu/domains'
import { addDays, EVERYTHING, ok, Refused, type Result } from '@guatu/kernel'
import { actsAbout } from '../../store/log/acts-of-day.ts'
import { type Listed, listRecords } from '../../store/query/list.ts'
import type { Store } from '../../store/store.ts'

/** Late acts that a report names one by one. */
const MOST_NAMED = 50

/** Frozen reports of an area on a day, the one that was frozen last first. @throws Refused where they cannot be read */
export async function frozenReports(store: Store, area: string, day: string): Promise<readonly Listed[]> {
  const def = store.registry.records.get('dailyReport')
  const path = store.areas.index.currentPath(area)
  if (!def || path === undefined) return []
  const page = await listRecords(store.db, def, EVERYTHING, {
    where: {
      op: 'every',
      of: [
        { op: 'is', field: 'day', value: day },
        { op: 'is', field: 'state', value: 'frozen' },
      ],
    },
    path,
    limit: 500,
  })
  if (!page.ok) throw new Refused(page.problem)
  return page.value.rows.filter((row) => row.area === area).sort((a, b) => (String(a.fields.frozenAt) > String(b.fields.frozenAt) ? -1 : 1))
}

/**
 * What came in about earlier days since the report of the day before was composed; undefined where there is none.
 * @param yesterday the books of the day before as they stand now
 */
export async function sinceLast(
  store: Store,
  at: { readonly area: string; readonly day: string; readonly counties: readonly string[]; readonly records: readonly string[] },
  yesterday: () => Promise<Result<Pick<dailyFigures.DailyContent, 'total' | 'parts'>>>,
): Promise<Result<{ readonly since: dailyFigures.SinceLast; readonly frozen: dailyFigures.DailyContent }> | undefined> {
  const day = addDays(at.day, -1)
  const [row] = await frozenReports(store, at.area, day)
  const frozen = row && dailyFigures.readDaily(String(row.fields.content))
  if (!row || !frozen?.ok) return undefined
  const now = await yesterday()
  if (!now.ok) return now
  const { composedAt } = frozen.value
  const late = await actsAbout(store.db, at.counties, at.records, at.day, composedAt, MOST_NAMED)
  const since: dailyFigures.SinceLast = {
    report: row.id,
    day,
    composedAt,
    changed: dailyFigures.changedFigures(frozen.value, now.value),
    acts: late.acts,
    named: late.rows.map(({ id, record, area, happenedAt, recordedAt }) => ({
      event: id,
      record: store.registry.records.get(record)?.label ?? { zh: record, en: record },
      area: store.areas.index.name(area) ?? area,
      happenedAt,
      recordedAt,
    })),
  }
  return ok({ since, frozen: frozen.value })
}
