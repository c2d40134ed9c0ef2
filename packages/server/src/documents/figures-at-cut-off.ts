import { progress } from '@guatu/domains'
import {
  CORRECT,
  type DomainEvent,
  datedOf,
  flowOf,
  type Measure,
  no,
  ok,
  type RecordState,
  type Result,
  refuse,
  steps,
  stockOf,
} from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import type { IndicatorSeries } from '../store/tallies/board.ts'
import type { ActLists } from './act-lists.ts'
import { actsBehind, sealOfActs } from './acts-behind.ts'
import { historiesInTurn, type Located } from './histories.ts'

/** Records whose late acts are taken out of the books one by one; more would be a rebuild and not a report. */
const MOST_LATE = 200_000

/** The books as they were read. */
export interface BooksRead {
  readonly board: readonly IndicatorSeries[]
  readonly indicators: readonly string[]
  /** The first is the one that holds the others. */
  readonly areas: readonly string[]
  readonly day: string
  /** ISO moment up to which everything recorded is in them, and nothing else. */
  readonly moment: string
}

/**
 * Values of the city and its counties at the cut-off. The books answer for the end of the day as it was known when they were read; what was
 * recorded between the cut-off and then is taken out again, record by record, so that a report of yesterday says what could be known yesterday.
 * @param trace where the acts behind each are to be named too: the lists by which they are found again are put there
 */
export async function valuesAtCutOff(
  store: Store,
  books: BooksRead,
  cutOff: string,
  trace: ActLists | undefined,
): Promise<Result<readonly progress.IndicatorValue[]>> {
  const { areas, day } = books
  const indicators = books.indicators.flatMap((id) => {
    const found = store.registry.indicators.get(id)
    return found ? [[id, found] as const] : []
  })
  const measures = indicators.flatMap(([, { value, per }]) => (per ? [value, per] : [value]))
  const later = await recordedLater(store, measures, books, cutOff)
  if (!later.ok) return later
  const pathOn = (area: string) => store.areas.index.path(area, day) ?? store.areas.index.currentPath(area) ?? ''
  const acts = trace && areas[0] !== undefined ? await actsBehind(store, measures, pathOn(areas[0]), day, cutOff) : undefined
  return ok(
    areas.flatMap((area) => {
      const path = store.areas.index.currentPath(area) ?? ''
      const behind = (measure: Measure) => {
        const found = acts?.get(measure)?.filter((act) => act.path.startsWith(pathOn(area)))
        if (!found) return undefined
        const seal = sealOfActs(found)
        trace?.set(seal.hash, found)
        return seal
      }
      const without = (measure: Measure) =>
        later.value.get(measure)?.reduce((sum, one) => sum + (one.path.startsWith(path) ? one.amount : 0), 0) ?? 0
      return indicators.map(([id, indicator]) => {
        const figure = books.board.find((one) => one.indicator === id && one.area === area)?.days.at(-1)
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

/** What a measure counts of one record, where that stands. */
interface Share {
  readonly path: string
  readonly amount: number
}

/** Of records with acts that the books knew and the cut-off did not: what they counted of each, and, taken away from it, what was counted of it then. */
async function recordedLater(
  store: Store,
  measures: readonly Measure[],
  { day, moment }: BooksRead,
  cutOff: string,
): Promise<Result<ReadonlyMap<Measure, readonly Share[]>>> {
  const rows = await store.db.query<Located & { record: string }>(
    `select distinct county, record, record_id from events
      where recorded_at > $1 and recorded_at <= $4 and record = any($2::text[]) and (day <= $3 or action = '${CORRECT}') limit ${MOST_LATE + 1}`,
    [cutOff, [...new Set(measures.map(({ record }) => record))], day, moment],
  )
  if (rows.length > MOST_LATE)
    return no(
      refuse('too-much-later', {
        zh: '截止时间之后补报过多，请选择较近的截止时间。',
        en: 'Too much was recorded after the cut-off; choose a later one.',
      }),
    )
  const out = new Map<Measure, Share[]>(measures.map((measure) => [measure, []]))
  for (const [record, found] of Map.groupBy(rows, (row) => row.record)) {
    const def = store.registry.records.get(record)
    if (!def) continue
    for await (const history of historiesInTurn(store, record, found)) {
      const now = steps(def, progress.knownAt(history, moment)).filter(({ event }) => event.day <= day)
      const then = steps(def, progress.knownAt(history, cutOff)).filter(({ event }) => event.day <= day)
      for (const [measure, shares] of out)
        for (const [course, sign] of measure.record === record
          ? ([
              [now, 1],
              [then, -1],
            ] as const)
          : []) {
          const counted = amount(measure, course, day)
          if (counted !== 0)
            shares.push({ path: store.areas.index.currentPath(course.at(-1)?.after.area ?? '') ?? '', amount: sign * counted })
        }
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
