import { type AnyRecord, LONGEST_CHAIN, type Merged, type RecordState, sameAs } from '@guatu/kernel'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Soon } from '../log/soon.ts'
import { snake, tableOf } from '../schema/model.ts'

/** The record that stayed where this one was merged into another, and that one perhaps into a third; the last that can be had. */
export async function stays<R extends RecordState>(def: AnyRecord, found: R, get: (id: string) => Soon<R | undefined>): Promise<R> {
  let at = found
  for (let step = 0; def.survivor !== undefined && step < LONGEST_CHAIN; step += 1) {
    const into = at.fields[def.survivor]
    const next = typeof into === 'string' ? await get(into) : undefined
    if (!next) break
    at = next
  }
  return at
}

/** Entries that are the same by merging, as they are stored. */
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
