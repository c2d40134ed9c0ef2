import { type Scope, today, within } from '@guatu/kernel'
import { waysOf } from '../../store/identity/forms.ts'
import type { Store } from '../../store/store.ts'
import type { Known, Pushed } from './classify.ts'

/** Entries that may have been merged into one another in turn; a chain that is longer was not made by people. */
const LONGEST_CHAIN = 8
const CHUNK = 5_000

/** What the register and the observations say of these documents, in a few questions for all of them. */
export async function lookUp(store: Store, scope: Scope, rows: readonly Pushed[]): Promise<ReadonlyMap<string, Known>> {
  const def = store.registry.records.get('person')
  const [byDocument, byName] = ['documentNumber', 'name'].map((field) =>
    def ? waysOf(def).find((way) => way.field === field && way.means === 'exact') : undefined,
  )
  const out = new Map<string, Known>()
  if (!def || !byDocument || !byName) return out
  const view = store.areas.tree.asOf(today(store.clock))
  for (let start = 0; start < rows.length; start += CHUNK) {
    const chunk = rows.slice(start, start + CHUNK)
    const tokens = new Map<string, Pushed>()
    for (const row of chunk) {
      const token = store.db.vault.finder.token(def, byDocument, row.document)
      if (token !== null) tokens.set(token, row)
    }
    const found = await store.db.query<{
      token: string
      id: string
      path: string
      area: string
      name: string | null
      written: string | null
      watch: string | null
      watch_state: string | null
      watch_from: string | null
      exit_on: string | null
    }>(
      // A document of an entry that was merged is that of the person who stayed; whichever of the two is observed.
      `with recursive way as (
         select ${byDocument.column} as token, id as first, ${byName.column} as written, id, state, merged_into, 0 as step
           from r_person where ${byDocument.column} = any($1::text[]) and state in ('registered', 'merged')
         union all
         select way.token, way.first, way.written, p.id, p.state, p.merged_into, way.step + 1
           from way join r_person p on p.id = way.merged_into where way.state = 'merged' and way.step < $2
       )
       select way.token, p.id, p.path, p.area, p.${byName.column} as name, way.written, w.id as watch, w.state as watch_state,
              to_char(w."from", 'YYYY-MM-DD') as watch_from, to_char(w.exit_on, 'YYYY-MM-DD') as exit_on
         from way join r_person p on p.id = way.id
         left join lateral (
           select id, state, "from", exit_on from r_watch where person in (p.id, way.first) and state <> 'void'
            order by exit_on desc nulls first, created_at desc limit 1
         ) w on true
        where way.state = 'registered'`,
      [[...tokens.keys()], LONGEST_CHAIN],
    )
    for (const one of found) {
      const row = tokens.get(one.token)
      if (row?.document === undefined) continue
      const ours = within(scope, { path: one.path, units: [] })
      const county = view.ancestors(one.area).find((area) => area.level === 'county')?.name
      out.set(row.document, {
        person: one.id,
        area: one.area,
        ours,
        ...(ours || county === undefined ? {} : { elsewhere: county }),
        sameName: row.name === undefined || [one.name, one.written].includes(store.db.vault.finder.token(def, byName, row.name)),
        ...(one.watch === null || one.watch_state === null
          ? {}
          : {
              watch: {
                id: one.watch,
                state: one.watch_state,
                ...(one.watch_from === null ? {} : { from: one.watch_from }),
                ...(one.exit_on === null ? {} : { exitOn: one.exit_on }),
              },
            }),
      })
    }
  }
  return out
}
