import { type AnyRecord, EVERYTHING, type Expression, type RecordState, Refused, type Scope } from '@guatu/kernel'
import type { RawBuilder } from 'kysely'
import { readStates, sqlOf } from '../store/log/state-rows.ts'
import { type Listed, listRecords } from '../store/query/list.ts'
import { entriesOf } from '../store/query/stays.ts'
import type { Store } from '../store/store.ts'

const PAGE = 500

export const definition = (store: Store, record: string): AnyRecord => {
  const def = store.registry.records.get(record)
  if (!def) throw new Error(`no record ${record}`)
  return def
}

/** Every row of a condition, within a scope, that meets a further one of the database. */
export async function rowsOf(
  store: Store,
  record: string,
  where: Expression,
  scope: Scope = EVERYTHING,
  also?: RawBuilder<boolean>,
): Promise<readonly Listed[]> {
  const def = definition(store, record)
  const rows: Listed[] = []
  let cursor: string | undefined
  do {
    const page = await listRecords(store.db, def, scope, { where, limit: PAGE, ...(also ? { also } : {}), ...(cursor ? { cursor } : {}) })
    if (!page.ok) throw new Refused(page.problem)
    rows.push(...page.value.rows)
    cursor = page.value.next
  } while (cursor !== undefined)
  return rows
}

/** One row, wherever it stands; undefined where there is none of this id. */
export async function rowOf(store: Store, record: string, id: unknown): Promise<RecordState | undefined> {
  if (typeof id !== 'string') return undefined
  const [row] = (await readStates(planning(store), sqlOf(definition(store, record)), [id])).values()
  return row
}

/** Asks what comes again and again, and is planned once. */
export const planning = ({ db }: Pick<Store, 'db'>) => ({ vault: db.vault, rowTypes: db.rowTypes, query: db.read })

/** Persons with every entry that was merged into them or that they were merged into: what is said of one of these is said of all. */
export async function everyEntry(store: Store, people: readonly string[]): Promise<readonly string[]> {
  const same = await entriesOf(store.db, definition(store, 'person'), people)
  return [...new Set([...same.values()].flat())]
}

export const among = (field: string, values: readonly string[]): Expression => ({ op: 'in', field, values })
export const is = (field: string, value: string | boolean): Expression => ({ op: 'is', field, value })
export const all = (...of: readonly Expression[]): Expression => ({ op: 'every', of })
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** An observation that is not over. */
export const OBSERVED: Expression = among('state', ['watching', 'absent'])

/** Kept at home or at a central site. Whoever monitors themselves goes out and comes home like everybody. */
export const KEPT: Expression = among('kind', ['home', 'central'])
