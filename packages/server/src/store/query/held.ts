import { type AnyRecord, LONGEST_CHAIN, type Registry } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import { holdersOf } from '../log/lookers.ts'
import type { Runner } from '../log/statements.ts'
import { snake, tableOf } from '../schema/model.ts'
import { every } from './conditions.ts'

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
  for (const { def: holder, of, states } of holdersOf(registry, def.name)) {
    const rows = await run.query<{ id: string }>(
      `select distinct "${snake(of)}" as id from ${tableOf(holder.name)} where "${snake(of)}" = any($1::uuid[]) and state = any($2::text[])`,
      [[...stays.keys()], states],
    )
    for (const { id } of rows) held.add(stays.get(id) ?? id)
  }
  return held
}

/** Nothing holds a record under its own id: who looks for what nothing holds need not read a register of those that something does. */
export const heldByNone = (registry: Registry, def: AnyRecord): RawBuilder<boolean> =>
  every(
    holdersOf(registry, def.name).map(
      ({ def: holder, of, states }) => sql<boolean>`not exists (select from ${sql.table(tableOf(holder.name))} holder
        where ${sql.ref(`holder.${snake(of)}`)} = ${sql.ref(`${tableOf(def.name)}.id`)} and holder.state = any(${[...states]}::text[]))`,
    ),
  )
