import type { DomainEvent } from '@guatu/kernel'
import { maskHistory } from '../store/desk/masking.ts'
import { readHistories } from '../store/log/event-rows.ts'
import { Lane } from '../store/log/lane.ts'
import { historiesOf } from '../store/log/pages.ts'
import type { Store } from '../store/store.ts'

/** Whole histories of records that the caller was found to see, with personal data masked. */
export async function histories(store: Store, record: string, rows: readonly { readonly id: string }[]): Promise<DomainEvent[][]> {
  const found = await readHistories(
    store.db,
    record,
    rows.map((row) => row.id),
  )
  const def = store.registry.records.get(record)
  return rows.map(({ id }) => {
    const history = found.get(id) ?? []
    return def ? maskHistory(def, history) : history
  })
}

/** A record, and the county in whose log its history stands. */
export interface Located {
  readonly county: string
  readonly record_id: string
}

/** Histories read at a time. */
const AT_A_TIME = 1_000

/**
 * Histories of any number of records as the log has them, the next ones being fetched while some are worked on: for figures only, since nobody
 * was asked whether they may be seen.
 */
export async function* historiesInTurn(store: Store, record: string, of: readonly Located[]): AsyncGenerator<readonly DomainEvent[]> {
  const chunks: { county: string; ids: string[] }[] = []
  for (const [county, rows] of Map.groupBy(of, (one) => one.county))
    for (let start = 0; start < rows.length; start += AT_A_TIME)
      chunks.push({ county, ids: rows.slice(start, start + AT_A_TIME).map((row) => row.record_id) })
  const lane = new Lane()
  const fetch = (n: number) => {
    const chunk = chunks[n]
    const fetched = chunk && historiesOf(store.db, lane, chunk.county, record, chunk.ids)
    // Asked for before it is wanted, one that fails is reported when its turn comes.
    fetched?.catch(() => undefined)
    return fetched
  }
  let next = fetch(0)
  for (let n = 1; next; n += 1) {
    const read = next
    const now = await read
    next = fetch(n)
    yield* now.values()
  }
}
