import type { progress } from '@guatu/domains'
import type { Database } from '../store/database/index.ts'

/** Lists of acts, oldest first, by the hash under which they are frozen. */
export type ActLists = Map<string, readonly ListedAct[]>

/** An act as a list shows it. */
export type ListedAct = progress.ActReference & { readonly id: string }

/** Acts of a page: 1.6 kB of ids, which stay within their row. */
export const PAGE = 100
/** Pages written in one statement. */
const TOGETHER = 200

/**
 * Keeps lists page by page, each once, under their hashes: what is frozen stays as it is, so a page is one row however long the list. What is
 * kept already stays untouched.
 */
export async function keepLists(db: Database<unknown>, lists: ActLists): Promise<void> {
  for (const [hash, acts] of lists)
    for (let start = 0; start < acts.length; start += PAGE * TOGETHER) {
      const pages: string[] = []
      for (let at = start; at < Math.min(acts.length, start + PAGE * TOGETHER); at += PAGE)
        pages.push(`{${acts.slice(at, at + PAGE).map(({ id }) => id)}}`)
      await db.query(
        `insert into act_lists (hash, page, acts)
         select $1, $2 + n - 1, ids::uuid[] from unnest($3::text[]) with ordinality as t(ids, n) on conflict do nothing`,
        [hash, start / PAGE, pages],
      )
    }
}

/** One page of a list that is kept, in its order; undefined where it is not kept. An act that is gone from the log is left out. */
export async function keptPage(db: Database<unknown>, hash: string, page: number): Promise<readonly ListedAct[] | undefined> {
  const rows = await db.query<{ id: string | null; record: string; record_id: string; action: string; happened_at: Date }>(
    `select e.id, e.record, e.record_id, e.action, e.happened_at
       from act_lists l, unnest(l.acts) with ordinality as t(act, n) left join events e on e.id = t.act
      where l.hash = $1 and l.page = $2 order by n`,
    [hash, page],
  )
  if (rows.length === 0) return undefined
  return rows.flatMap(({ id, record, record_id: recordId, action, happened_at: at }) =>
    id === null ? [] : [{ id, record, recordId, action, happenedAt: at.toISOString() }],
  )
}
