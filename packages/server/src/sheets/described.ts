import { type AnyRecord, type Field, LONGEST_CHAIN, makingAction, type Problem, type Scope, today, within } from '@guatu/kernel'
import { wayOf } from '../store/identity/forms.ts'
import { elsewhere } from '../store/query/elsewhere.ts'
import { keyColumn, snake, tableOf } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { calledOtherwise, type RowAct } from './rows.ts'

/** A record of the register that a row describes. */
export interface Found {
  readonly id: string
  readonly path: string
  readonly area: string
  /** Hash of its title, where it has one. */
  readonly title: string | null
}

/** The register as rows meet it: by the first field of its key, in the form in which the register keeps it. */
export function registerOf(store: Store, def: AnyRecord) {
  const [key = ''] = def.key ?? []
  const [byKey, byTitle] = [key, def.title].map((name) => wayOf(def, name))
  const keyed = byKey?.column ?? keyColumn(def, key)
  const { finder } = store.db.vault
  const made = def.actions[makingAction(def) ?? '']
  const columns = [
    `"${keyed}" as key`,
    'id',
    'path',
    'area',
    `${byTitle ? `"${byTitle.column}"` : 'null'} as title`,
    `${def.survivor ? `"${snake(def.survivor)}"` : 'null'} as survivor`,
  ].join(', ')
  type Line = Found & { readonly key: string; readonly survivor: string | null }
  /** An entry that was merged stands for the one that stays. */
  const surviving = async (line: Line): Promise<Line> => {
    let at = line
    for (let step = 0; step < LONGEST_CHAIN && at.survivor !== null; step += 1) {
      const [next] = await store.db.query<Line>(`select ${columns} from ${tableOf(def.name)} where id = $1`, [at.survivor])
      if (!next) break
      at = { ...next, title: line.title }
    }
    return at
  }
  const titleToken = (title: unknown): string | undefined =>
    byTitle && title !== undefined ? (finder.token(def, byTitle, title) ?? undefined) : undefined
  return {
    token: (brought: RowAct['brought']): string | undefined => {
      const written = made?.completes?.(brought ?? {})[key] ?? brought?.[key]
      if (written === undefined || written === null || key === '') return undefined
      return byKey ? (finder.token(def, byKey, written) ?? undefined) : String(written)
    },
    /** Whether two titles are one, however they are written. */
    sameTitle: (one: unknown, other: unknown): boolean => {
      const [a, b] = [titleToken(one), titleToken(other)]
      return a === undefined || b === undefined || a === b
    },
    /** Why a row that is called so does not go with the record that was found for it. */
    mismatch: (scope: Scope, found: Found, called: unknown): Problem | undefined => {
      if (!within(scope, { path: found.path, units: [] })) {
        const view = store.areas.tree.asOf(today(store.clock))
        const county = view.ancestors(found.area).find((area) => area.level === 'county')
        return elsewhere(def, county?.id ?? found.area, county?.name ?? found.area)
      }
      const title = titleToken(called)
      return title === undefined || found.title === null || title === found.title ? undefined : calledOtherwise(def, { id: found.id })
    },
    find: async (keys: readonly string[]): Promise<ReadonlyMap<string, Found>> => {
      if (keys.length === 0) return new Map()
      const type = byKey ? 'text' : columnType(def.fields[key])
      const rows = await store.db.query<Line>(`select ${columns} from ${tableOf(def.name)} where "${keyed}" = any($1::${type}[])`, [
        [...new Set(keys)],
      ])
      return new Map(await Promise.all(rows.map(async (row) => [row.key, await surviving(row)] as const)))
    },
  }
}

const columnType = (field: Field | undefined) => field?.column ?? 'text'
