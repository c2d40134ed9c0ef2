import { type Command, derivedId, EVERYTHING, type Expression, Refused, type TimedDuty } from '@guatu/kernel'
import { type Listed, listRecords } from '../store/query/list.ts'
import { type DutyStore, justAfter, submitAll } from './daily.ts'

const PAGE = 500
/** One moment may lead to the next (a reminder that repeats); a definition that never comes to rest is a mistake. */
const MOST_ROUNDS = 400

/**
 * Does what moments in records ask for, at those moments, however late this runs. An act's id follows from duty, record and
 * moment, so a crash, a second run or a second server does each of them once. Answers how many acts were done.
 */
export async function doTimedDuties(store: DutyStore): Promise<number> {
  let acts = 0
  for (const duty of store.registry.domains.flatMap((domain) => domain.timed ?? [])) {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const done = await submitAll(store, await due(store, duty))
      if (done === 0) break
      acts += done
    }
  }
  return acts
}

async function due(store: DutyStore, duty: TimedDuty): Promise<Command[]> {
  const def = store.registry.records.get(duty.record)
  if (!def) return []
  const now = store.clock.now().toString({ smallestUnit: 'millisecond' })
  const where: Expression = { op: 'every', of: [duty.where, { op: 'between', field: duty.at, high: now }] }
  const commands: Command[] = []
  let cursor: string | undefined
  do {
    const page = await listRecords(store.db, def, EVERYTHING, { where, limit: PAGE, ...(cursor ? { cursor } : {}) })
    if (!page.ok) throw new Refused(page.problem)
    for (const row of page.value.rows) commands.push(...actOf(store, duty, row, now))
    cursor = page.value.next
  } while (cursor !== undefined)
  return commands
}

function actOf(store: DutyStore, duty: TimedDuty, row: Listed, now: string): Command[] {
  const moment = String(row.fields[duty.at])
  const day = Temporal.Instant.from(moment).toZonedDateTimeISO(store.clock.zone).toPlainDate().toString()
  const act = duty.act(row, moment, store.settings.at(day, row.path), now)
  if (!act) return []
  return [
    {
      id: derivedId(`timed/${duty.name}/${row.id}/${moment}`),
      record: duty.record,
      recordId: row.id,
      happenedAt: moment > row.changedAt ? moment : justAfter(row.changedAt),
      ...act,
    },
  ]
}
