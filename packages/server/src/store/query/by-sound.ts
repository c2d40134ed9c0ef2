import type { AnyRecord, Scope } from '@guatu/kernel'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { breath } from '../log/breath.ts'
import { snake, tableOf } from '../schema/model.ts'
import { scopeCondition } from './conditions.ts'
import { type Listed, recordsOf } from './list.ts'
import { soundsLike, soundsOf, typedSound } from './sounds.ts'

/** Titles that are compared, the newest first: matters of many years; whoever looks for older ones knows a word of them. */
const MOST_COMPARED = 50_000
/** Titles compared before others have their turn. */
const AT_ONCE = 2_000
const NEARNESS = ['whole', 'start', 'within']

/** Whether records are found by what their title sounds like: it must be words, and nobody's secret. */
export const isHeard = (def: AnyRecord): boolean => {
  const title = def.fields[def.title]
  return title?.kind === 'text' && !title.sensitive
}

/** Records within a scope whose title sounds like what was typed: the nearest first, of equally near ones the newest. */
export async function findBySound(
  db: Database<unknown>,
  def: AnyRecord,
  scope: Scope,
  request: { readonly typed: string; readonly limit: number },
): Promise<readonly Listed[]> {
  const asked = typedSound(request.typed)
  if (asked === '') return []
  const title = sql.ref(snake(def.title))
  const { rows } = await sql<{ id: string; title: string | null }>`select id, ${title} as title from ${sql.table(tableOf(def.name))}
    where ${scopeCondition(def, scope)} order by created_at desc, id limit ${MOST_COMPARED}`.execute(db.kysely)
  const found: { id: string; near: number }[] = []
  for (const [i, row] of rows.entries()) {
    if (i > 0 && i % AT_ONCE === 0) await breath()
    const near = row.title === null ? undefined : soundsLike(soundsOf(row.title), asked)
    if (near !== undefined) found.push({ id: row.id, near: NEARNESS.indexOf(near) })
  }
  const ids = found
    .sort((a, b) => a.near - b.near)
    .slice(0, request.limit)
    .map(({ id }) => id)
  const all = new Map((await recordsOf(db, def, scope, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => all.get(id) ?? [])
}
