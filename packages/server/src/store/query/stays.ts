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

type Merged = readonly [entry: string, into: string]

/** Which entries were merged into which, as whoever asks knows it. */
export interface Merging {
  /** Of these, those that were merged. */
  of(entries: readonly string[]): Promise<readonly Merged[]>
  /** Those that were merged into these. */
  into(entries: readonly string[]): Promise<readonly Merged[]>
}

/** For each of some entries all that are the same by merging, the one that stays first; itself is always among them. */
export async function sameAs(ids: Iterable<string>, merging: Merging): Promise<ReadonlyMap<string, readonly string[]>> {
  const last = new Map([...ids].map((id) => [id, id]))
  let asked = [...last.keys()]
  for (let step = 0; asked.length > 0 && step < LONGEST_CHAIN; step += 1) {
    const next = new Map(await merging.of(asked))
    for (const [id, at] of last) last.set(id, next.get(at) ?? at)
    asked = [...new Set(next.values())]
  }
  const all = new Map([...last.values()].map((stays) => [stays, new Set([stays])]))
  const home = new Map([...all.keys()].map((stays) => [stays, stays]))
  for (let entries = [...all.keys()]; entries.length > 0; ) {
    const merged = (await merging.into(entries)).filter(([entry]) => !home.has(entry))
    for (const [entry, into] of merged) {
      const stays = home.get(into) ?? into
      home.set(entry, stays)
      all.get(stays)?.add(entry)
    }
    entries = merged.map(([entry]) => entry)
  }
  return new Map([...last].map(([id, stays]) => [id, [...(all.get(stays) ?? []), id].filter((one, i, of) => of.indexOf(one) === i)]))
}

/** The same as it is stored. */
export function entriesOf(db: Database<unknown>, def: AnyRecord, ids: Iterable<string>): Promise<ReadonlyMap<string, readonly string[]>> {
  const { survivor } = def
  if (survivor === undefined) return Promise.resolve(new Map([...ids].map((id) => [id, [id]])))
  const [table, column] = [sql.table(tableOf(def.name)), sql.ref(snake(survivor))]
  const pairs = async (key: typeof column, entries: readonly string[]) => {
    const { rows } = await sql<{ id: string; into_: string }>`select id, ${column} as into_ from ${table}
      where ${column} is not null and ${key} = any(${[...entries]}::uuid[])`.execute(db.kysely)
    return rows.map(({ id, into_ }): Merged => [id, into_])
  }
  return sameAs(ids, { of: (entries) => pairs(sql.ref('id'), entries), into: (entries) => pairs(column, entries) })
}
