import type { AnyRecord, Registry } from '@guatu/kernel'
import type { Runner } from '../log/statements.ts'
import { snake, tableOf } from '../schema/model.ts'

/** Entries that point to one another in turn; a longer chain was not made by people. */
const LONGEST_CHAIN = 8

/** Which of these records something open holds, under their own id or under that of an entry that was merged into them. */
export async function heldAmong(run: Runner, registry: Registry, def: AnyRecord, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const stays = new Map(ids.map((id) => [id, id]))
  let into = ids
  for (let step = 0; def.survivor !== undefined && step < LONGEST_CHAIN && into.length > 0; step += 1) {
    const rows = await run.query<{ id: string; into_: string }>(
      `select id, "${snake(def.survivor)}" as into_ from ${tableOf(def.name)} where "${snake(def.survivor)}" = any($1::uuid[])`,
      [into],
    )
    const fresh = rows.filter(({ id }) => !stays.has(id))
    for (const row of fresh) stays.set(row.id, stays.get(row.into_) ?? row.into_)
    into = fresh.map(({ id }) => id)
  }
  const held = new Set<string>()
  for (const { name, holds, fields } of registry.records.values()) {
    const pointing = holds && fields[holds.of]
    if (!holds || (pointing?.kind === 'person' ? 'person' : pointing?.of) !== def.name) continue
    const rows = await run.query<{ id: string }>(
      `select distinct "${snake(holds.of)}" as id from ${tableOf(name)} where "${snake(holds.of)}" = any($1::uuid[]) and state = any($2::text[])`,
      [[...stays.keys()], holds.states],
    )
    for (const { id } of rows) held.add(stays.get(id) ?? id)
  }
  return held
}
