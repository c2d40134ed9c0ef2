import type { AnyRecord, Scope } from '@guatu/kernel'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { tableOf } from '../schema/model.ts'
import { every, inPath, scopeCondition } from './conditions.ts'

/** Which acts are looked at: one action of one record on one city day, within a scope and a branch of the tree. */
export interface EnteringRequest {
  readonly action: string
  /** Input field whose value is compared. */
  readonly field: string
  readonly day: string
  readonly path?: string
}

/** Acts by one author in one minute that all say the same of different records. */
export interface SameMinute {
  readonly actor: string
  /** Beginning of the minute, ISO. */
  readonly minute: string
  readonly value: string
  readonly records: number
  /** One of the areas they stand in. */
  readonly area: string
}

const MOST = 200

const acts = (def: AnyRecord, scope: Scope, request: EnteringRequest) =>
  sql`from events e join ${sql.table(tableOf(def.name))} r on r.id = e.record_id and r.county = e.county
    where e.record = ${def.name} and e.action = ${request.action} and e.day = ${request.day}::date
      and r.id in (select id from ${sql.table(tableOf(def.name))} where ${every([
        scopeCondition(def, scope),
        ...(request.path === undefined ? [] : [inPath(request.path)]),
      ])})`

/** The same value for many records by one author in one minute: nobody measures that fast. Most records first. */
export async function sameMinute(
  db: Database<unknown>,
  def: AnyRecord,
  scope: Scope,
  request: EnteringRequest & { readonly atLeast: number },
): Promise<readonly SameMinute[]> {
  const { rows } = await sql<{ actor: string; minute: Date; value: string; records: number; area: string }>`
    select e.actor, date_trunc('minute', e.happened_at) as minute, e.input->>${request.field} as value,
           count(distinct e.record_id)::int as records, min(e.area) as area
      ${acts(def, scope, request)}
     group by 1, 2, 3 having count(distinct e.record_id) >= ${request.atLeast}
     order by records desc, minute limit ${MOST}`.execute(db.kysely)
  return rows.map((row) => ({ ...row, minute: row.minute.toISOString() }))
}

/** How many acts of a day there are, and how many of them arrived more than so many hours after they happened. */
export async function lateness(
  db: Database<unknown>,
  def: AnyRecord,
  scope: Scope,
  request: EnteringRequest & { readonly hours: number },
): Promise<{ readonly acts: number; readonly late: number }> {
  const { rows } = await sql<{ acts: number; late: number }>`
    select count(*)::int as acts,
           (count(*) filter (where e.recorded_at - e.happened_at > make_interval(hours => ${request.hours}::int)))::int as late
      ${acts(def, scope, request)}`.execute(db.kysely)
  return rows[0] ?? { acts: 0, late: 0 }
}
