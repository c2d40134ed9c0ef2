import type { AnyRecord, RecordState } from '@guatu/kernel'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { snake, tableOf } from '../schema/model.ts'

/** Entries that may have been merged into one another in turn; a chain that is longer was not made by people. */
const LONGEST_CHAIN = 8

/** The record that stayed where this one was merged into another, and that one perhaps into a third; the last that can be had. */
export async function stays<R extends RecordState>(def: AnyRecord, found: R, get: (id: string) => Promise<R | undefined>): Promise<R> {
  let at = found
  for (let step = 0; def.survivor !== undefined && step < LONGEST_CHAIN; step += 1) {
    const into = at.fields[def.survivor]
    const next = typeof into === 'string' ? await get(into) : undefined
    if (!next) break
    at = next
  }
  return at
}

/** One entry, and the one that it was merged into. */
export type Merged = readonly [entry: string, into: string]

/** As whoever asks knows it: the mergings of some entries, in which one of them went into another or another into one of them. */
export type Mergings = (entries: readonly string[]) => Promise<readonly Merged[]>

/**
 * For each of some entries all that are the same by merging, the one that stays first; itself is always among them. Of those that never were merged
 * nothing is asked a second time.
 */
export async function sameAs(ids: Iterable<string>, mergings: Mergings): Promise<ReadonlyMap<string, readonly string[]>> {
  const asked = [...ids]
  const into = new Map<string, string>()
  const known = new Set(asked)
  for (let next: readonly string[] = [...known]; next.length > 0; ) {
    const found = await mergings(next)
    for (const [entry, stays] of found) into.set(entry, stays)
    next = [...new Set(found.flat())].filter((id) => !known.has(id))
    for (const id of next) known.add(id)
  }
  const last = (id: string) => {
    let at = id
    for (let step = 0; step < LONGEST_CHAIN; step += 1) at = into.get(at) ?? at
    return at
  }
  const all = Map.groupBy(known, last)
  return new Map(asked.map((id) => [id, [...new Set([last(id), ...(all.get(last(id)) ?? []), id])]]))
}

/** The same as it is stored. */
export function entriesOf(db: Database<unknown>, def: AnyRecord, ids: Iterable<string>): Promise<ReadonlyMap<string, readonly string[]>> {
  const { survivor } = def
  if (survivor === undefined) return Promise.resolve(new Map([...ids].map((id) => [id, [id]])))
  const [table, into] = [sql.table(tableOf(def.name)), sql.ref(snake(survivor))]
  return sameAs(ids, async (entries) => {
    const { rows } = await sql<{ id: string; into_: string }>`select id, ${into} as into_ from ${table}
        where id = any(${[...entries]}::uuid[]) and ${into} is not null
      union select id, ${into} from ${table} where ${into} = any(${[...entries]}::uuid[])`.execute(db.kysely)
    return rows.map(({ id, into_ }): Merged => [id, into_])
  })
}
