import { postings, type Registry, reversed, steps } from '@guatu/kernel'
import type { Keeper } from '../identity/keeper.ts'
import { readHistories } from '../log/event-rows.ts'
import type { AreaIndex } from '../log/places.ts'
import { sqlOf } from '../log/state-rows.ts'
import type { RowWriter, Runner } from '../log/statements.ts'
import { Books } from '../tallies/books.ts'

/** Records keep the path of their area for jurisdiction; where today's is another one, it is written anew. */
export async function repath(run: Runner, registry: Registry, index: AreaIndex): Promise<void> {
  for (const def of registry.records.values()) {
    const sql = sqlOf(def)
    const areas = await run.query<{ area: string; path: string }>(`select distinct area, path from ${sql.table}`)
    const changed = areas.flatMap(({ area, path: was }) => {
      const path = index.currentPath(area)
      return path !== undefined && path !== was ? [{ area, path }] : []
    })
    if (changed.length === 0) continue
    await run.query(
      `update ${sql.table} r set path = n.path from jsonb_to_recordset($1::jsonb) as n(area text, path text) where r.area = n.area`,
      [JSON.stringify(changed)],
    )
  }
}

/** Histories read at a time. */
const AT_A_TIME = 500

/**
 * Where a reform put an area under another town or county, the books move along: the records that ever stood there are posted
 * anew, the old postings taken back. Flows stay with the boundaries of their day.
 */
export async function rebook(run: Keeper & RowWriter, registry: Registry, before: AreaIndex, after: AreaIndex): Promise<void> {
  const known = await run.query<{ area: string }>('select distinct area from events')
  const text = (index: AreaIndex, area: string) => JSON.stringify(index.lineage.changes(area))
  const concerned = known.map((row) => row.area).filter((area) => text(before, area) !== text(after, area))
  if (concerned.length === 0) return
  for (const def of registry.records.values()) {
    const measures = registry.measures.get(def.name) ?? []
    if (measures.length === 0) continue
    const rows = await run.query<{ record_id: string }>(
      'select distinct record_id from events where record = $1 and area = any($2::text[])',
      [def.name, concerned],
    )
    const ids = rows.map((row) => row.record_id)
    const books = new Books()
    for (let start = 0; start < ids.length; start += AT_A_TIME) {
      const histories = await readHistories(run, def.name, ids.slice(start, start + AT_A_TIME))
      for (const history of histories.values()) {
        for (const s of steps(def, history)) {
          books.add(s.event.county, postings(measures, s.event, s.before, s.after, before.lineage).map(reversed))
          books.add(s.event.county, postings(measures, s.event, s.before, s.after, after.lineage))
        }
      }
    }
    await books.post(run)
  }
}
