import type { DomainEvent } from '@guatu/kernel'
import { maskEvent } from '../store/desk/masking.ts'
import { EVENT_COLUMNS, type EventRow, fromEventRow } from '../store/log/event-rows.ts'
import type { Store } from '../store/store.ts'

/** Whole histories of records that the caller was found to see, with personal data masked. */
export async function histories(store: Store, record: string, rows: readonly { readonly id: string }[]): Promise<DomainEvent[][]> {
  const found = await historiesOf(
    store,
    record,
    rows.map((row) => row.id),
  )
  const def = store.registry.records.get(record)
  return rows.map(({ id }) => (found.get(id) ?? []).map((event) => (def ? maskEvent(def, event) : event)))
}

/** Histories as the log has them, by the id of their record: for figures only, since nobody was asked whether they may be seen. */
export async function historiesOf(store: Store, record: string, ids: readonly string[]): Promise<Map<string, DomainEvent[]>> {
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
