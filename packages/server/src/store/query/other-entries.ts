import { type Actor, type AnyRecord, isEmpty, type Registry, readersOf } from '@guatu/kernel'
import type { Database } from '../database/index.ts'
import { holdersOf } from '../log/lookers.ts'
import { snake, tableOf } from '../schema/model.ts'
import { entriesOf } from './stays.ts'

/** Another entry of the same person or thing: where it stands, whether it is the one that stays, and what kinds of records hold it there. */
export interface OtherEntry {
  readonly area: string
  readonly stays: boolean
  /** Open records by that entry, of kinds that the reader may read at all. */
  readonly held: readonly { readonly record: string; readonly area: string }[]
}

/**
 * Of each of these records the other entries that are the same by merging, and where: nothing of them but their areas and what they are held
 * by. Of those that were never merged nothing.
 */
export async function otherEntries(
  db: Database<unknown>,
  registry: Registry,
  actor: Actor,
  def: AnyRecord,
  ids: readonly string[],
): Promise<Readonly<Record<string, readonly OtherEntry[]>>> {
  const same = new Map([...(await entriesOf(db, def, ids))].filter(([, entries]) => entries.length > 1))
  if (same.size === 0) return {}
  const all = [...new Set([...same.values()].flat())]
  const found = await db.query<{ id: string; area: string }>(`select id, area from ${tableOf(def.name)} where id = any($1::uuid[])`, [all])
  const areas = new Map(found.map(({ id, area }) => [id, area]))
  const held = new Map<string, { record: string; area: string }[]>()
  for (const { def: holder, of, states } of holdersOf(registry, def.name)) {
    if (isEmpty(readersOf(holder, actor))) continue
    const rows = await db.query<{ of: string; area: string }>(
      `select distinct "${snake(of)}" as of, area from ${tableOf(holder.name)} where "${snake(of)}" = any($1::uuid[]) and state = any($2::text[])`,
      [all, states],
    )
    for (const { of, area } of rows) held.set(of, [...(held.get(of) ?? []), { record: holder.name, area }])
  }
  return Object.fromEntries(
    [...same].map(([id, [stays, ...others]]) => [
      id,
      [stays, ...others].flatMap((one): readonly OtherEntry[] => {
        const area = one === undefined || one === id ? undefined : areas.get(one)
        return one === undefined || area === undefined ? [] : [{ area, stays: one === stays, held: held.get(one) ?? [] }]
      }),
    ]),
  )
}
