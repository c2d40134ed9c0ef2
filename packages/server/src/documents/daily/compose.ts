import { dailyFigures } from '@guatu/domains'
import { type Actor, addDays, no, ok, problem, type Result, today } from '@guatu/kernel'
import type { Desk } from '../../store/desk/desk.ts'
import { actsOfDay, actsRecordedLater } from '../../store/log/acts-of-day.ts'
import type { Store } from '../../store/store.ts'
import { booksOn, countDays, partsOf, waysIn } from './count.ts'
import { otherwiseFrozen } from './county-froze.ts'
import { sinceLast } from './since-last.ts'
import { countedTwice } from './twice.ts'

const { CLASSES, INDICATORS, LINES, NEWS, SIGNS_OF_WORK, carriedCheck, checksOf, isZero, linesOf, sealOfDaily, zeroChecks } = dailyFigures
const DOUBTFUL = 'monitoring.doubtful'
/** Acts that a broken balance names. */
const MOST_NAMED = 20
const PAGE = 500

export interface ComposedDaily {
  readonly content: dailyFigures.DailyContent
  readonly hash: string
}

/** What a composed report is stored with. */
export const inputOf = ({ content, hash }: ComposedDaily) => ({
  title: dailyFigures.titleOf(content).zh,
  day: content.day,
  cutOff: content.cutOff,
  content: JSON.stringify(content),
  hash,
})

/** The moment at which a day closes: `24:00` is the midnight that ends it. */
export function cutOffOf(day: string, written: string, zone: string): Temporal.Instant {
  const [hours = 24, minutes = 0] = written.split(':').map(Number)
  const later = hours >= 24
  return Temporal.PlainDate.from(later ? addDays(day, 1) : day)
    .toZonedDateTime({ timeZone: zone, plainTime: { hour: later ? hours - 24 : hours, minute: minutes } })
    .toInstant()
}

/**
 * The daily report of a city or county as the books stand now: its figures and those of its parts, what was not reported, what came
 * late, and the consistency tests. All of it is of one moment, and the next report goes on from there: what this one does not hold is
 * recorded later. Composing stores nothing.
 * @returns refusals `area-unknown`, `invalid` (day, level), `outside-jurisdiction`
 */
export async function composeDaily(
  store: Store,
  actor: Actor,
  asked: { readonly area: string; readonly day: string },
): Promise<Result<ComposedDaily>> {
  if (asked.day > today(store.clock))
    return no(
      problem(
        'invalid',
        { field: { zh: '数据日', en: 'day' }, why: { zh: '不能晚于今天。', en: 'it must not lie in the future.' } },
        { path: 'day' },
      ),
    )
  return store.asOf((then, moment) => composeAsOf(then, actor, asked, moment))
}

async function composeAsOf(
  store: Store,
  actor: Actor,
  { area, day }: { readonly area: string; readonly day: string },
  moment: Temporal.Instant,
): Promise<Result<ComposedDaily>> {
  const view = store.areas.tree.asOf(day)
  const node = view.get(area)
  if (!node) return no(problem('area-unknown', { area, day }, { path: 'area' }))
  const { level } = node
  if (level !== 'city' && level !== 'county')
    return no(
      problem(
        'invalid',
        { field: { zh: '地区', en: 'area' }, why: { zh: '日报以市或区县为单位。', en: 'a daily report is one of a city or county.' } },
        { path: 'area' },
      ),
    )
  const parts = partsOf(store, area, day)
  const desk = store.as(actor)
  const known = (list: readonly string[]) => list.filter((id) => store.registry.indicators.has(id))
  const indicators = known([...new Set([...INDICATORS, ...SIGNS_OF_WORK, DOUBTFUL])])
  const parameter = store.settings.at(day, store.areas.index.currentPath(area) ?? '')
  const back = parameter<number>('daily.since.days')
  const days = Array.from({ length: back + 1 }, (_, k) => addDays(day, k - back))
  const figures = await countDays(store, desk, { area, days, indicators })
  if (!figures.ok) return figures
  const counted = figures.value.get(day)
  if (!counted) return no(problem('area-unknown', { area, day }, { path: 'area' }))
  const { total, parts: rows } = counted
  const zero = await zeroReports(desk, day)
  if (!zero.ok) return zero
  const said = rows.filter((one) => zero.value.has(one.area))
  // A village that said so for itself is held against its own figures, as a town is.
  const below = [area, ...[...view.descendants(area)].map(({ id }) => id)].filter((id) => !said.some((one) => one.area === id))
  const others = await booksOn(
    desk,
    [...new Set(below)].filter((id) => zero.value.has(id)).map((id) => ({ area: id, name: view.get(id)?.name ?? id })),
    { day, indicators: known(NEWS.map(({ indicator }) => indicator)) },
  )
  if (!others.ok) return others
  const counties = level === 'county' ? [area] : parts.map(({ id }) => id)
  const flows = new Set(indicators.filter((id) => store.registry.indicators.get(id)?.value.type === 'flow'))
  const cutOff = cutOffOf(day, parameter<string>(`daily.cutOff.${level}`), store.clock.zone)
  const records = [...new Set(known(INDICATORS).flatMap((id) => store.registry.indicators.get(id)?.value.record ?? []))]
  const last = await sinceLast(store, { area, day, counties, records }, figures.value)
  const checks = await withEvents(store, counties, day, [
    ...checksOf(total, rows, flows),
    ...zeroChecks([...said, ...others.value]),
    ...(await countedTwice(store, total, counties, day)),
    ...(last?.since.day === addDays(day, -1) ? [carriedCheck(total, last.since, last.frozen.total)] : []),
  ])
  const froze = level === 'city' ? await otherwiseFrozen(store, day, rows) : []
  const content: dailyFigures.DailyContent = {
    day,
    level,
    area,
    name: node.name,
    cutOff: cutOff.toString({ smallestUnit: 'millisecond' }),
    composedAt: moment.toString({ smallestUnit: 'millisecond' }),
    zone: store.clock.zone,
    lines: LINES,
    total,
    parts: rows,
    ways: waysIn(store, area, day),
    zero: said.filter(isZero).map(({ name }) => name),
    silent: rows.filter((one) => !zero.value.has(one.area) && !worked(one)).map(({ name }) => name),
    late: await actsRecordedLater(store.db, counties, day, cutOff.toString()),
    doubtful: total.books[DOUBTFUL]?.stock ?? 0,
    ...(last ? { since: last.since } : {}),
    ...(froze.length > 0 ? { counties: froze } : {}),
    checks,
  }
  return ok({ content, hash: sealOfDaily(content) })
}

const worked = (one: dailyFigures.AreaBooks): boolean => SIGNS_OF_WORK.some((id) => (one.books[id]?.entered ?? 0) > 0)

/** Areas that said on this day that there is nothing to report, as far as the caller may see it. */
async function zeroReports(desk: Desk, day: string): Promise<Result<ReadonlySet<string>>> {
  const areas = new Set<string>()
  let cursor: string | undefined
  do {
    const page = await desk.list('zeroReport', {
      where: {
        op: 'every',
        of: [
          { op: 'is', field: 'day', value: day },
          { op: 'is', field: 'state', value: 'reported' },
        ],
      },
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    })
    if (!page.ok) return page
    for (const row of page.value.rows) areas.add(String(row.fields.of))
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(areas)
}

/** A broken test names the acts of the day in its area, for whoever has to look. */
async function withEvents(
  store: Store,
  counties: readonly string[],
  day: string,
  checks: readonly dailyFigures.Check[],
): Promise<readonly dailyFigures.Check[]> {
  const view = store.areas.tree.asOf(day)
  return Promise.all(
    checks.map(async (check) => {
      if (check.holds || check.events) return check
      const record = store.registry.indicators.get(check.indicator)?.value.record
      const areas = [check.area, ...[...view.descendants(check.area)].map(({ id }) => id)]
      return { ...check, events: record ? await actsOfDay(store.db, counties, [record], areas, day, MOST_NAMED) : [] }
    }),
  )
}

/** How people came under observation and out of it on the day, each exit by its lawful reason: a table of its own, that fits a page. */
const MOVEMENTS: readonly string[] = [
  'entered',
  'again',
  'releasedToday',
  'otherToday',
  'confirmedToday',
  'unobservedToday',
  'transferredToday',
  'diedToday',
  'wrongToday',
  'observed',
]
/** Of these the summary has the main ones. */
const SUMMED: readonly string[] = ['entered', 'releasedToday', 'otherToday', 'observed']

/** The table of a daily report as offices send it up: a row for the whole, a row a part. */
export const tableOf = (content: dailyFigures.DailyContent, lang: 'zh' | 'en') =>
  table(content, lang, (key) => SUMMED.includes(key) || !MOVEMENTS.includes(key))

/** The movements of the day by area; undefined of a report that was frozen before it told them apart. */
export const movementsOf = (content: dailyFigures.DailyContent, lang: 'zh' | 'en') =>
  content.lines === undefined ? undefined : table(content, lang, (key) => MOVEMENTS.includes(key))

function table(content: dailyFigures.DailyContent, lang: 'zh' | 'en', has: (key: string) => boolean) {
  const lines = linesOf(content).filter(({ key }) => has(key))
  return {
    keys: lines.map(({ key }) => key),
    columns: [lang === 'zh' ? '地区' : 'Area', ...lines.map(({ label }) => label[lang])],
    rows: [content.total, ...content.parts].map((one) => ({
      name: one.name,
      figures: lines.map((line) => dailyFigures.figureOf(one, line)),
    })),
  }
}

/** All classes together, above each by itself. */
const ALL = { label: { zh: '全部', en: 'All' }, indicator: 'monitoring.observed' }

/** Stock, entered and left of each class: 存量、增量、减量. */
export function classTableOf(content: dailyFigures.DailyContent, lang: 'zh' | 'en') {
  const words =
    lang === 'zh' ? ['昨日', '进', '出', '调入', '调出', '存量'] : ['yesterday', 'entered', 'left', 'moved in', 'moved out', 'stock']
  return {
    columns: [lang === 'zh' ? '类别' : 'Class', ...words],
    rows: [ALL, ...CLASSES].map(({ label, indicator }) => {
      const { before, entered, left, movedIn, movedOut, stock } = dailyFigures.booksOf(content.total, indicator)
      return { name: label[lang], figures: [before, entered, left, movedIn, movedOut, stock] }
    }),
  }
}
