import { progress } from '@guatu/domains'
import { type DomainEvent, datedOf, flowOf, type Measure, type RecordState, Refused, SYSTEM, sealOf, steps, valuerOf } from '@guatu/kernel'
import type { Store } from '../store/store.ts'
import { historiesOf } from './histories.ts'

/** An act that a figure of the books counts, with the area in which its record stood. */
export interface CountedAct extends progress.ActReference {
  readonly id: string
  readonly path: string
}

interface Step {
  readonly event: DomainEvent
  readonly after: RecordState
}

const CHUNK = 1_000
const PAGE = 500

/**
 * The acts behind a figure of the books: of a stock those by which each record came to count what it counts at the end of the day, of a flow
 * those of the day. Only what was recorded up to the cut-off is looked at, so the answer stays the same whatever is corrected later.
 * @param path the area whose acts are wanted, with all below it
 * @param cutOff ISO moment
 */
export async function actsBehind(store: Store, measure: Measure, path: string, day: string, cutOff: string): Promise<CountedAct[]> {
  const def = store.registry.records.get(measure.record)
  if (!def) return []
  const ids = await candidates(store, measure, day, cutOff)
  const out: CountedAct[] = []
  for (let start = 0; start < ids.length; start += CHUNK) {
    for (const history of (await historiesOf(store, measure.record, ids.slice(start, start + CHUNK))).values()) {
      const course = steps(def, progress.knownAt(history, cutOff)).filter(({ event }) => event.day <= day)
      const area = course.at(-1)?.after.area
      const where = area === undefined ? undefined : (store.areas.index.path(area, day) ?? store.areas.index.currentPath(area))
      if (where === undefined || !where.startsWith(path)) continue
      for (const { event } of counting(measure, course, day)) {
        const { id, record, recordId, action, happenedAt } = event
        out.push({ id, record, recordId, action, happenedAt, path: where })
      }
    }
  }
  return out.sort((a, b) => (a.happenedAt === b.happenedAt ? (a.id < b.id ? -1 : 1) : a.happenedAt < b.happenedAt ? -1 : 1))
}

/** What of such a figure is frozen with it: how many acts there are, and the SHA-256 (hex) of their ids in order of the ids. */
export const sealOfActs = (acts: readonly { readonly id: string }[]): progress.ActsBehind => ({
  acts: acts.length,
  hash: sealOf(acts.map(({ id }) => id).sort()),
})

function counting(measure: Measure, course: readonly Step[], day: string): readonly Step[] {
  if (measure.type === 'flow' && measure.on === undefined)
    return course.filter(({ event, after }) => event.day === day && flowOf(measure, event.action, after) !== 0)
  const amount = (state: RecordState) => {
    if (measure.on === undefined) return valuerOf(measure)(state)
    const dated = datedOf(measure, state)
    return dated?.day === day ? dated.amount : 0
  }
  let found: Step[] = []
  let counted = 0
  for (const step of course) {
    const now = amount(step.after)
    if (now === 0) found = []
    else if (now !== counted) found.push(step)
    counted = now
  }
  return found
}

/** Records that may count, wherever a reform put them since: those that do now, and those that something happened to which the cut-off, or the day, did not know. */
async function candidates(store: Store, measure: Measure, day: string, cutOff: string): Promise<readonly string[]> {
  const { record, where } = measure
  const touched = await store.db.query<{ record_id: string }>(
    measure.type === 'flow' && measure.on === undefined
      ? 'select distinct record_id from events where record = $1 and (day = $2 or corrects is not null) and recorded_at <= $3'
      : 'select distinct record_id from events where record = $1 and (day > $2 or recorded_at > $3)',
    [record, day, cutOff],
  )
  const ids = new Set(touched.map((row) => row.record_id))
  if (measure.type === 'flow' && measure.on === undefined) return [...ids]
  const desk = store.as(SYSTEM)
  let cursor: string | undefined
  do {
    const page = await desk.list(record, { where, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) })
    // A list cut short would be frozen as if it were whole.
    if (!page.ok) throw new Refused(page.problem)
    for (const row of page.value.rows) ids.add(row.id)
    cursor = page.value.next
  } while (cursor !== undefined)
  return [...ids]
}
