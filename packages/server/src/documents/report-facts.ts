import { progress } from '@guatu/domains'
import {
  type Actor,
  CORRECT,
  type DomainEvent,
  dayOf,
  type Expression,
  flowOf,
  type Indicator,
  type Measure,
  no,
  ok,
  problem,
  type RecordState,
  type Result,
  refuse,
  steps,
  stockOf,
} from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import { maskEvent } from '../store/desk/masking.ts'
import { EVENT_COLUMNS, type EventRow, fromEventRow } from '../store/log/event-rows.ts'
import type { Listed } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'

/** Which report is asked for. */
export interface ProgressReportRequest {
  /** Ids of the meetings whose directives are reported on; 1 to 20. */
  readonly meetings: readonly string[]
  /** ISO moment, not in the future; the present when left out. */
  readonly cutOff?: string
}

const MOST_MEETINGS = 20
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Records whose late acts are taken out of the books one by one; more would be a rebuild and not a report. */
const MOST_LATE = 200_000

function readCutOff(written: string | undefined, now: Temporal.Instant): Result<Temporal.Instant> {
  const wrong = (zh: string, en: string) =>
    no(problem('invalid', { field: { zh: '数据截止', en: 'cut-off' }, why: { zh, en } }, { path: 'cutOff' }))
  if (written === undefined) return ok(now)
  try {
    const cutOff = Temporal.Instant.from(written)
    return Temporal.Instant.compare(cutOff, now) > 0 ? wrong('截止时间不能晚于现在。', 'it must not lie in the future.') : ok(cutOff)
  } catch {
    return wrong('请使用2020-02-14T18:00:00+08:00这样的时间。', 'write a moment such as 2020-02-14T18:00:00+08:00.')
  }
}

/** Everything that a progress report is written from, as far as this person may see it. */
export async function reportFacts(store: Store, actor: Actor, request: ProgressReportRequest): Promise<Result<progress.ReportFacts>> {
  const { clock } = store
  const now = clock.now()
  const cut = readCutOff(request.cutOff, now)
  if (!cut.ok) return cut
  const ids = [...new Set(request.meetings)]
  if (ids.length === 0 || ids.length > MOST_MEETINGS || !ids.every((id) => UUID.test(id)))
    return no(
      problem(
        'invalid',
        {
          field: { zh: '会议', en: 'meetings' },
          why: { zh: `请选择1到${MOST_MEETINGS}次会议。`, en: `choose 1 to ${MOST_MEETINGS} meetings.` },
        },
        { path: 'meetings' },
      ),
    )
  const cutOff = cut.value.toString({ smallestUnit: 'millisecond' })
  const day = dayOf(cut.value, clock.zone)
  const desk = store.as(actor)
  const meetings: Listed[] = []
  for (const id of ids) {
    const row = await desk.get('meeting', id)
    if (!row.ok) return row
    meetings.push(row.value)
  }
  const items = await all(desk, 'item', { op: 'in', field: 'meeting', values: ids })
  if (!items.ok) return items
  const tasks = await all(desk, 'task', { op: 'in', field: 'item', values: items.value.map((row) => row.id) })
  if (!tasks.ok) return tasks
  if (items.value.every((row) => row.createdAt > cutOff))
    return no(
      refuse('nothing-to-report', {
        zh: '所选会议到截止时间还没有立项的督办事项；请先批准会议部署，或选择更晚的截止时间。',
        en: 'Nothing was filed from these meetings by the cut-off; approve their directives first, or choose a later cut-off.',
      }),
    )
  const city = cityOf(store, meetings[0]?.area ?? '', day)
  const indicators = wantedIndicators(store, items.value)
  const values = await cityValues(store, desk, indicators, city.id, day, cutOff)
  if (!values.ok) return values
  return ok({
    meetings: meetings.map(({ id, fields }) => ({ id, title: String(fields.title ?? ''), heldOn: String(fields.heldOn ?? '') })),
    items: await histories(store, 'item', items.value),
    tasks: await histories(store, 'task', tasks.value),
    cutOff,
    composedAt: now.toString({ smallestUnit: 'millisecond' }),
    zone: clock.zone,
    issuer: issuerOf(store, actor, day) ?? city.name,
    city,
    counties: store.areas.tree
      .asOf(day)
      .children(city.id)
      .filter((one) => one.level === 'county')
      .map(({ id, name }) => ({ id, name })),
    units: unitsOf(store, [...items.value, ...tasks.value], day),
    indicators: store.registry.indicators,
    values: values.value,
  })
}

async function all(desk: Desk, record: string, where: Expression): Promise<Result<readonly Listed[]>> {
  const rows: Listed[] = []
  if (where.op === 'in' && where.values.length === 0) return ok(rows)
  let cursor: string | undefined
  do {
    const page = await desk.list(record, { where, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    if (!page.ok) return page
    rows.push(...page.value.rows)
    cursor = page.value.next
  } while (cursor !== undefined)
  return ok(rows)
}

/** Whole histories of records that the caller was found to see, with personal data masked. */
async function histories(store: Store, record: string, rows: readonly { readonly id: string }[]): Promise<DomainEvent[][]> {
  const found = await historiesOf(
    store,
    record,
    rows.map((row) => row.id),
  )
  const def = store.registry.records.get(record)
  return rows.map(({ id }) => (found.get(id) ?? []).map((event) => (def ? maskEvent(def, event) : event)))
}

async function historiesOf(store: Store, record: string, ids: readonly string[]): Promise<Map<string, DomainEvent[]>> {
  const out = new Map<string, DomainEvent[]>()
  for (let start = 0; start < ids.length; start += 1_000) {
    const rows = await store.db.query<EventRow>(
      `select ${EVENT_COLUMNS} from events where record = $1 and record_id = any($2::uuid[]) order by county, seq`,
      [record, ids.slice(start, start + 1_000)],
    )
    for (const row of rows) {
      const list = out.get(row.record_id)
      if (list) list.push(fromEventRow(store.db, row))
      else out.set(row.record_id, [fromEventRow(store.db, row)])
    }
  }
  return out
}

function cityOf(store: Store, area: string, day: string): { readonly id: string; readonly name: string } {
  const up = store.areas.tree.asOf(day).ancestors(area)
  const city = up.find((one) => one.level === 'city') ?? up.at(-1) ?? store.areas.tree.asOf(day).roots()[0]
  return { id: city?.id ?? area, name: city?.name ?? area }
}

const issuerOf = (store: Store, actor: Actor, day: string): string | undefined => {
  const unit = actor.grants.find((grant) => grant.unit !== undefined)?.unit
  return unit === undefined ? undefined : store.areas.tree.asOf(day).get(unit)?.name
}

function unitsOf(store: Store, rows: readonly Listed[], day: string): progress.ReportFacts['units'] {
  const ids = new Set(
    rows.flatMap(({ fields }) => [fields.unit, fields.lead, ...(Array.isArray(fields.assisting) ? fields.assisting : [])]),
  )
  const view = store.areas.tree.asOf(day)
  return new Map(
    [...ids].flatMap((id) => {
      if (typeof id !== 'string') return []
      const county = view.ancestors(id).find((one) => one.level === 'county')?.id
      return [[id, { name: view.get(id)?.name ?? id, ...(county === undefined ? {} : { county }) }] as const]
    }),
  )
}

/** Headlines of the command domain, and whatever the matters themselves are measured by. */
function wantedIndicators(store: Store, items: readonly Listed[]): readonly string[] {
  const { indicators } = store.registry
  const headline = [...indicators].filter(([id, one]) => id.startsWith('command.') && one.headline === true).map(([id]) => id)
  const named = items
    .flatMap(({ fields }) => (Array.isArray(fields.indicators) ? fields.indicators.map(String) : []))
    .flatMap((written) => progress.indicatorId(indicators.keys(), written, (id) => indicators.get(id)?.label) ?? [])
  return [...new Set([...headline, ...named])]
}

/**
 * City-wide values at the cut-off. The books answer for the end of the day as it is known now; what was recorded after the
 * cut-off is taken out again, record by record, so that a report of yesterday says what could be known yesterday.
 */
async function cityValues(
  store: Store,
  desk: Desk,
  wanted: readonly string[],
  city: string,
  day: string,
  cutOff: string,
): Promise<Result<readonly progress.IndicatorValue[]>> {
  const board = await desk.board({ indicators: wanted, areas: [city], day, days: 1 })
  if (!board.ok) return board
  const indicators = wanted.flatMap((id) => {
    const found = store.registry.indicators.get(id)
    return found ? [[id, found] as const] : []
  })
  const later = await recordedLater(store, indicators, city, day, cutOff)
  if (!later.ok) return later
  return ok(
    indicators.map(([id, indicator]) => {
      const figure = board.value.find((one) => one.indicator === id)?.days.at(-1)
      const without = (measure: Measure) => later.value.reduce((sum, one) => sum + one(measure), 0)
      return {
        indicator: id,
        area: city,
        day,
        value: (figure?.stock ?? 0) - without(indicator.value),
        ...(indicator.per ? { per: (figure?.per ?? 0) - without(indicator.per) } : {}),
      }
    }),
  )
}

/** For each record with acts that the cut-off did not know: how much more a measure counts of it now than then. */
async function recordedLater(
  store: Store,
  indicators: readonly (readonly [string, Indicator])[],
  city: string,
  day: string,
  cutOff: string,
): Promise<Result<readonly ((measure: Measure) => number)[]>> {
  const records = [...new Set(indicators.flatMap(([, { value, per }]) => [value.record, ...(per ? [per.record] : [])]))]
  const rows = await store.db.query<{ record: string; record_id: string }>(
    `select distinct record, record_id from events
      where recorded_at > $1 and record = any($2::text[]) and (day <= $3 or action = '${CORRECT}') limit ${MOST_LATE + 1}`,
    [cutOff, records, day],
  )
  if (rows.length > MOST_LATE)
    return no(
      refuse('too-much-later', {
        zh: '截止时间之后补报过多，请选择较近的截止时间。',
        en: 'Too much was recorded after the cut-off; choose a later one.',
      }),
    )
  const path = store.areas.index.currentPath(city) ?? ''
  const out: ((measure: Measure) => number)[] = []
  for (const record of records) {
    const def = store.registry.records.get(record)
    const ids = rows.filter((row) => row.record === record).map((row) => row.record_id)
    if (!def) continue
    for (const history of (await historiesOf(store, record, ids)).values()) {
      const now = steps(def, history).filter(({ event }) => event.day <= day)
      const then = steps(def, progress.knownAt(history, cutOff)).filter(({ event }) => event.day <= day)
      const inCity = (store.areas.index.currentPath(now.at(-1)?.after.area ?? '') ?? '').startsWith(path)
      if (inCity) out.push((measure) => (measure.record === record ? amount(measure, now, day) - amount(measure, then, day) : 0))
    }
  }
  return ok(out)
}

type Course = readonly { readonly event: DomainEvent; readonly after: RecordState }[]

/** What a measure counts of a record: a stock as it stands at the end, a flow on the day itself. */
const amount = (measure: Measure, course: Course, day: string): number =>
  measure.type === 'stock'
    ? stockOf(measure, course.at(-1)?.after)
    : course.filter(({ event }) => event.day === day).reduce((sum, { event, after }) => sum + flowOf(measure, event.action, after), 0)
