import { dailyFigures } from '@guatu/domains'
import { addDays } from '@guatu/kernel'
import { actsAbout } from '../../store/log/acts-of-day.ts'
import type { Store } from '../../store/store.ts'
import type { Counted } from './count.ts'

/** Late acts of a day that a report names one by one. */
const MOST_NAMED = 50

/** A frozen report of an area, as it stands. */
export interface FrozenReport {
  readonly id: string
  readonly day: string
  readonly content: string
}

/**
 * The frozen reports of an area over some days: of each day the one that was frozen last, oldest day first. One that was frozen before the
 * cut-off is not the report of its day.
 */
export async function frozenReports(store: Store, area: string, from: string, to: string): Promise<readonly FrozenReport[]> {
  if (!store.registry.records.has('dailyReport')) return []
  return store.db.query<FrozenReport>(
    `select distinct on (day) id, day::text as day, content from r_daily_report
      where area = $1 and state = 'frozen' and frozen_at >= cut_off and day between $2 and $3 order by day, frozen_at desc, id`,
    [area, from, to],
  )
}

/** The earliest day of which a report of the area is frozen. */
export async function firstFrozen(store: Store, area: string): Promise<string | undefined> {
  const [one] = await store.db.query<{ day: string | null }>(
    `select min(day)::text as day from r_daily_report where area = $1 and state = 'frozen' and frozen_at >= cut_off`,
    [area],
  )
  return one?.day ?? undefined
}

/** The frozen report of the same area and day that names this one as the one it corrects. */
export async function replacedBy(store: Store, id: string): Promise<string | undefined> {
  const [one] = await store.db.query<{ id: string }>(
    `select later.id from r_daily_report later join r_daily_report earlier on earlier.id = later.replaces and earlier.area = later.area and earlier.day = later.day
      where later.replaces = $1 and later.state = 'frozen' and later.frozen_at >= later.cut_off order by later.frozen_at desc, later.id limit 1`,
    [id],
  )
  return one?.id
}

/**
 * What came in about earlier days since the last report was composed, and what is known otherwise of every frozen day among those
 * counted: figures against those published, or told by a later report. Undefined where nothing was frozen.
 * @param known the books of the days up to that of the report as they stand now
 */
export async function sinceLast(
  store: Store,
  at: { readonly area: string; readonly day: string; readonly counties: readonly string[]; readonly records: readonly string[] },
  known: ReadonlyMap<string, Counted>,
): Promise<{ readonly since: dailyFigures.SinceLast; readonly frozen: dailyFigures.DailyContent } | undefined> {
  const days = [...known.keys()].filter((day) => day < at.day).sort()
  const reports = (await frozenReports(store, at.area, days[0] ?? at.day, addDays(at.day, -1))).flatMap(({ id, content }) => {
    const read = dailyFigures.readDaily(content)
    return read.ok ? [{ id, content: read.value }] : []
  })
  const last = reports.at(-1)
  if (!last) return undefined
  const told = toldLater(reports.map(({ content }) => content))
  const compared = reports.flatMap(({ id, content }) => {
    const now = known.get(content.day)
    const changed = now ? dailyFigures.changedFigures(content, now, (area, line) => told.get(`${content.day} ${area} ${line}`)) : []
    return [{ report: id, day: content.day, changed }]
  })
  const { composedAt } = last.content
  const late = await actsAbout(store.db, at.counties, at.records, at.day, composedAt, MOST_NAMED)
  const since: dailyFigures.SinceLast = {
    report: last.id,
    day: last.content.day,
    composedAt,
    changed: compared.at(-1)?.changed ?? [],
    earlier: compared.slice(0, -1).filter(({ changed }) => changed.length > 0),
    acts: late.acts,
    named: late.rows.map(({ id, record, area, ...times }) => ({
      event: id,
      record: store.registry.records.get(record)?.label ?? { zh: record, en: record },
      area: store.areas.index.name(area) ?? area,
      ...times,
    })),
  }
  return { since, frozen: last.content }
}

/** What reports said of days before their own, the latest word on each: by day, area and line. */
function toldLater(contents: readonly dailyFigures.DailyContent[]): ReadonlyMap<string, number> {
  const told = new Map<string, number>()
  for (const { since } of contents)
    for (const { day, area, line, is } of since ? dailyFigures.changedByDay(since) : []) told.set(`${day} ${area} ${line}`, is)
  return told
}
