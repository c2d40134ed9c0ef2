import { hash } from 'node:crypto'
import { progress } from '@guatu/domains'
import {
  type AnyRecord,
  canonicalText,
  type DomainEvent,
  datedOf,
  flowOf,
  type Measure,
  type RecordState,
  steps,
  valuerOf,
} from '@guatu/kernel'
import { sql } from 'kysely'
import { expressionCondition, some } from '../store/query/conditions.ts'
import { tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { historiesInTurn, type Located } from './histories.ts'

/** An act that a figure of the books counts, with the area in which its record stood. */
export interface CountedAct extends progress.ActReference {
  readonly id: string
  readonly path: string
  /** What the figure counts by it. */
  readonly amount: number
}

interface Step {
  readonly event: DomainEvent
  readonly after: RecordState
}

/**
 * The acts behind figures of the books: of a stock those by which each record came to count what it counts at the end of the day, of a flow
 * those of the day; oldest first. Only what was recorded up to the cut-off is looked at, so the answer stays the same whatever is corrected
 * later. Every record is folded once, however many of the measures look at it.
 * @param path the area whose acts are wanted, with all below it
 * @param cutOff ISO moment
 */
export async function actsBehind(
  store: Store,
  measures: readonly Measure[],
  path: string,
  day: string,
  cutOff: string,
): Promise<ReadonlyMap<Measure, readonly CountedAct[]>> {
  const counted = new Map<Measure, CountedAct[]>(measures.map((measure) => [measure, []]))
  for (const [record, of] of Map.groupBy(counted, ([measure]) => measure.record)) {
    const def = store.registry.records.get(record)
    if (!def) continue
    const found = await candidates(
      store,
      def,
      of.map(([measure]) => measure),
      day,
      cutOff,
    )
    for await (const history of historiesInTurn(store, record, found)) {
      const course = steps(def, progress.knownAt(history, cutOff)).filter(({ event }) => event.day <= day)
      const area = course.at(-1)?.after.area
      const where = area === undefined ? undefined : (store.areas.index.path(area, day) ?? store.areas.index.currentPath(area))
      if (where === undefined || !where.startsWith(path)) continue
      for (const [measure, acts] of of)
        for (const { event, amount } of counting(measure, course, day)) {
          const { id, recordId, action, happenedAt } = event
          acts.push({ id, record, recordId, action, happenedAt, path: where, amount })
        }
    }
  }
  for (const acts of counted.values())
    acts.sort((a, b) => (a.happenedAt === b.happenedAt ? (a.id < b.id ? -1 : 1) : a.happenedAt < b.happenedAt ? -1 : 1))
  return counted
}

/** What of such a figure is frozen with it: how many acts there are, and the SHA-256 (hex) of their ids in order of the ids. */
export const sealOfActs = (acts: readonly { readonly id: string }[]): progress.ActsBehind => ({
  acts: acts.length,
  hash: hash('sha256', canonicalText(acts.map(({ id }) => id).sort()), 'hex'),
})

interface Counting {
  readonly event: DomainEvent
  readonly amount: number
}

function counting(measure: Measure, course: readonly Step[], day: string): readonly Counting[] {
  if (byAct(measure))
    return course
      .filter(({ event }) => event.day === day)
      .map(({ event, after }) => ({ event, amount: flowOf(measure, event.action, after) }))
      .filter(({ amount }) => amount !== 0)
  const amountOf = (state: RecordState) => {
    if (measure.on === undefined) return valuerOf(measure)(state)
    const dated = datedOf(measure, state)
    return dated?.day === day ? dated.amount : 0
  }
  let found: Counting[] = []
  let counted = 0
  for (const { event, after } of course) {
    const now = amountOf(after)
    if (now === 0) found = []
    else if (now !== counted) found.push({ event, amount: now - counted })
    counted = now
  }
  return found
}

/** Does a measure count the acts of a day, and not records as they stand? */
const byAct = (measure: Measure) => measure.type === 'flow' && measure.on === undefined

/**
 * Records that may count, wherever a reform put them since: those that do now, and those that something happened to which the cut-off, or the
 * day, did not know. Nothing is dated later than the day after it was recorded, so the log is searched from a day earlier only.
 */
async function candidates(
  store: Store,
  def: AnyRecord,
  measures: readonly Measure[],
  day: string,
  cutOff: string,
): Promise<readonly Located[]> {
  const events = sql`select county, record_id from events where record = ${def.name}`
  const dayBefore = (moment: Temporal.Instant) => moment.subtract({ hours: 24 }).toString()
  const parts = []
  if (measures.some(byAct)) {
    const from = dayBefore(Temporal.PlainDate.from(day).toZonedDateTime(store.clock.zone).toInstant())
    parts.push(sql`${events} and recorded_at >= ${from} and recorded_at <= ${cutOff} and (day = ${day}::date or corrects is not null)`)
  }
  const standing = measures.filter((measure) => !byAct(measure))
  if (standing.length > 0) {
    const counts = some(standing.map(({ where }) => expressionCondition(def, where)))
    parts.push(sql`select county, id as record_id from ${sql.table(tableOf(def.name))} where ${counts}`)
    parts.push(
      sql`${events} and recorded_at > ${dayBefore(Temporal.Instant.from(cutOff))} and (day > ${day}::date or recorded_at > ${cutOff})`,
    )
  }
  const { rows } = await sql<Located>`${sql.join(parts, sql` union `)} order by county, record_id`.execute(store.db.kysely)
  return rows
}
