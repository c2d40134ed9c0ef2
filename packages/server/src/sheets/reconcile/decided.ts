import type { lists } from '@guatu/domains'
import { type Actor, scopeOf, within } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'

/** A decision that stands, with what a visit found. */
export interface Decided {
  readonly check: string
  readonly area: string
  readonly state: string
  readonly version: number
  readonly decision: lists.Decision
  readonly finding?: lists.Finding
  /** Entered by this list, and taken back at the observation since. */
  readonly undone?: true
}

interface Row {
  readonly line: number
  readonly path: string
  readonly finding: lists.Finding | null
  readonly undone: boolean
}

/** Decisions on rows of this list that the asker may read; of several on one row the latest. */
export async function decisions(store: Store, actor: Actor, list: string): Promise<ReadonlyMap<number, Decided>> {
  const scope = scopeOf(store.registry.records.get('listCheck')?.read ?? {}, actor)
  const rows = await store.db.query<Omit<Decided, 'finding' | 'undone'> & Row>(
    `select c.id as check, c.area, c.path, c.state, c.version, c.line, c.decision, c.finding,
            c.decision = 'enter' and (w.id is null or w.state = 'void') as undone
       from r_list_check c left join r_watch w on w.id = c.watch where c.list = $1 order by c.changed_at`,
    [list],
  )
  return new Map(
    rows
      .filter((row) => within(scope, { path: row.path, units: [] }))
      .map(({ line, path: _, finding, undone, ...row }) => [
        line,
        { ...row, ...(finding === null ? {} : { finding }), ...(undone ? { undone: true } : {}) },
      ]),
  )
}
