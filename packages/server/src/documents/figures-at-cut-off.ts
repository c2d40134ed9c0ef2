import { progress } from '@guatu/domains'
import {
  CORRECT,
  type DomainEvent,
  datedOf,
  flowOf,
  type Indicator,
  type Measure,
  no,
  ok,
  type RecordState,
  type Result,
  refuse,
  steps,
  stockOf,
} from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Store } from '../store/store.ts'
import { historiesOf } from './histories.ts'

/** Records whose late acts are taken out of the books one by one; more would be a rebuild and not a report. */
const MOST_LATE = 200_000

/**
 * City-wide values at the cut-off. The books answer for the end of the day as it is known now; what was recorded after the
 * cut-off is taken out again, record by record, so that a report of yesterday says what could be known yesterday.
 */
export async function cityValues(
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

const datedAmount = (measure: Measure, state: RecordState | undefined, day: string): number => {
  const counted = datedOf(measure, state)
  return counted?.day === day ? counted.amount : 0
}

type Course = readonly { readonly event: DomainEvent; readonly after: RecordState }[]

/** What a measure counts of a record: a stock as it stands at the end, a flow on the day itself. */
const amount = (measure: Measure, course: Course, day: string): number =>
  measure.type === 'stock'
    ? stockOf(measure, course.at(-1)?.after)
    : measure.on !== undefined
      ? datedAmount(measure, course.at(-1)?.after, day)
      : course.filter(({ event }) => event.day === day).reduce((sum, { event, after }) => sum + flowOf(measure, event.action, after), 0)
