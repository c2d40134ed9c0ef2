import type { AnyRecord, Candidate, Duplicates, Scope, Twinship } from '@guatu/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { syllables } from '../identity/forms.ts'
import { fromStateRow, type StateRow, sqlOf } from '../log/state-rows.ts'
import { snake, tableOf } from '../schema/model.ts'
import { every, inPath, scopeCondition, some } from './conditions.ts'
import type { Listed } from './list.ts'

/** Two records that may be one, and why. */
export interface Pair {
  readonly one: Listed
  readonly other: Listed
  readonly twinship: Twinship
}

export interface DuplicateRequest {
  /** Only pairs of which one stands in or below this area. */
  readonly path?: string
  /** Only pairs of which one was entered at or after this moment; how old the other is does not matter. */
  readonly since: string
  readonly limit: number
}

/** Candidates looked at for one answer; a register with more has other troubles. */
const MOST_CANDIDATES = 5_000

const column = (block: string): string => {
  const [field = '', means] = block.split(':')
  return means === undefined ? snake(field) : `${snake(field)}_${means}`
}

/**
 * Pairs that agree in one of the blocks and that the definition then takes for one, likeliest first. Both must lie within the scope.
 * One of the two is new: whoever was entered on two phones without a network is found when the second arrives.
 */
export async function findDuplicates(
  db: Database<unknown>,
  def: AnyRecord,
  duplicates: Duplicates,
  scope: Scope,
  request: DuplicateRequest,
): Promise<readonly Pair[]> {
  const table = tableOf(def.name)
  const states = sql`(${sql.join([...duplicates.states])})`
  const visible = every([scopeCondition(def, scope), sql`state in ${states}`])
  const fresh = sql`(select * from ${sql.table(table)} where ${every([visible, ...(request.path ? [inPath(request.path)] : [])])}
    and created_at >= ${request.since}::timestamptz)`
  const agrees = (block: readonly string[]): RawBuilder<boolean> =>
    every(block.map((one) => sql`${sql.ref(`a.${column(one)}`)} = ${sql.ref(`b.${column(one)}`)}`))
  const pairs = new Map<string, readonly [string, string]>()
  for (const block of duplicates.blocks) {
    const { rows } = await sql<{ a: string; b: string }>`select a.id as a, b.id as b from ${fresh} a
      join (select * from ${sql.table(table)} where ${visible}) b on ${some([agrees(block)])} and a.id <> b.id
      limit ${MOST_CANDIDATES}`.execute(db.kysely)
    for (const { a, b } of rows) pairs.set(a < b ? `${a}${b}` : `${b}${a}`, a < b ? [a, b] : [b, a])
  }
  const rows = await byIds(db, def, [...new Set([...pairs.values()].flat())])
  const heard = Object.entries(def.fields).flatMap(([name, field]) => (field.sensitive && field.find === 'name' ? [name] : []))
  const candidate = ({ id, fields }: Listed): Candidate => ({
    id,
    fields,
    sounds: Object.fromEntries(heard.map((name) => [name, typeof fields[name] === 'string' ? syllables(fields[name]) : []])),
  })
  const out: Pair[] = []
  for (const [a, b] of pairs.values()) {
    const [first, second] = [rows.get(a), rows.get(b)]
    if (!first || !second) continue
    const [one, other] = first.createdAt <= second.createdAt ? [first, second] : [second, first]
    const twinship = duplicates.judge(candidate(one), candidate(other))
    if (twinship) out.push({ one, other, twinship })
  }
  return out.sort((x, y) => y.twinship.weight - x.twinship.weight || (x.one.id < y.one.id ? -1 : 1)).slice(0, request.limit)
}

async function byIds(db: Database<unknown>, def: AnyRecord, ids: readonly string[]): Promise<Map<string, Listed>> {
  const statement = sqlOf(def)
  const out = new Map<string, Listed>()
  for (let start = 0; start < ids.length; start += 1_000) {
    const rows = await db.query<StateRow>(`select ${statement.columns} from ${statement.table} where id = any($1::uuid[])`, [
      ids.slice(start, start + 1_000),
    ])
    for (const row of rows) out.set(row.id, { ...fromStateRow(db, statement, row), path: row.path })
  }
  return out
}
