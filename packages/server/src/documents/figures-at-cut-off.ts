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
import { actsBehind, type CountedAct, sealOfActs } from './acts-behind.ts'
import { historiesOf } from './histories.ts'

/** Records whose late acts are taken out of the books one by one; more would be a rebuild and not a report. */
const MOST_LATE = 200_000

/**
 * Values of the city and its counties at the cut-off. The books answer for the end of the day as it is known now; what was recorded after the
 * cut-off is taken out again, record by record, so that a report of yesterday says what could be known yesterday.
 * @param traced also name the acts behind each, the first area being the one that holds the others
 */
export async function valuesAtCutOff(
  store: Store,
  desk: Desk,
  wanted: readonly string[],
  areas: readonly string[],
  day: string,
  cutOff: string,
  traced: boolean,
): Promise<Result<readonly progress.IndicatorValue[]>> {
  const board = await desk.board({ indicators: wanted, areas, day, days: 1 })
  if (!board.ok) return board
  const indicators = wanted.flatMap((id) => {
    const found = store.registry.indicators.get(id)
    return found ? [[id, found] as const] : []
  })
  const later = await recordedLater(store, indicators, day, cutOff)
  if (!later.ok) return later
  const acts = new Map<Measure, readonly CountedAct[]>()
  const whole = areas[0] === undefined ? undefined : (store.areas.index.path(areas[0], day) ?? store.areas.index.currentPath(areas[0]))
  for (const [, { value, per }] of traced && whole !== undefined ? indicators : [])
    for (const measure of per ? [value, per] : [value]) acts.set(measure, await actsBehind(store, measure, whole ?? '', day, cutOff))
  return ok(
    areas.flatMap((area) => {
      const path = store.areas.index.currentPath(area) ?? ''
      const behind = (measure: Measure) => {
        const found = acts.get(measure)
        return found && sealOfActs(found.filter((act) => act.path.startsWith(store.areas.index.path(area, day) ?? path)))
      }
      const without = (measure: Measure) => later.value.reduce((sum, one) => sum + one(measure, path), 0)
      return indicators.map(([id, indicator]) => {
        const figure = board.value.find((one) => one.indicator === id && one.area === area)?.days.at(-1)
        return {
          indicator: id,
          area,
          day,
          value: (figure?.stock ?? 0) - without(indicator.value),
          ...(indicator.per ? { per: (figure?.per ?? 0) - without(indicator.per) } : {}),
          ...named('behind', behind(indicator.value)),
          ...named('perBehind', indicator.per && behind(indicator.per)),
        }
      })
    }),
  )
}

const named = <K extends string>(key: K, value: progress.ActsBehind | undefined): { readonly [_ in K]?: progress.ActsBehind } =>
  (value ? { [key]: value } : {}) as { readonly [_ in K]?: progress.ActsBehind }

/** How much more a measure counts of a record below a path now than then. */
type More = (measure: Measure, path: string) => number

/** For each record with acts that the cut-off did not know: what they changed, wherever it stood then and stands now. */
async function recordedLater(
  store: Store,
  indicators: readonly (readonly [string, Indicator])[],
  day: string,
  cutOff: string,
): Promise<Result<readonly More[]>> {
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
  const out: More[] = []
  for (const record of records) {
    const def = store.registry.records.get(record)
    const ids = rows.filter((row) => row.record === record).map((row) => row.record_id)
    if (!def) continue
    for (const history of (await historiesOf(store, record, ids)).values()) {
      const now = steps(def, history).filter(({ event }) => event.day <= day)
      const then = steps(def, progress.knownAt(history, cutOff)).filter(({ event }) => event.day <= day)
      const within = (measure: Measure, course: Course, path: string) =>
        (store.areas.index.currentPath(course.at(-1)?.after.area ?? '') ?? '').startsWith(path) ? amount(measure, course, day) : 0
      out.push((measure, path) => (measure.record === record ? within(measure, now, path) - within(measure, then, path) : 0))
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
