import { type AnyRecord, SYSTEM, today } from '@guatu/kernel'
import { sqlOf } from '../store/log/state-rows.ts'
import { snake } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { actOf, boxKey } from './boxed.ts'
import { namesOf } from './leaning.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'
import type { Sealed } from './sealing.ts'

type BoxStore = Pick<Store, 'db' | 'registry' | 'clock' | 'settings' | 'writer'>

interface Row {
  readonly id: string
  readonly record: string
  readonly record_id: string
  readonly happened_at: Date
  readonly state: string
  readonly command: Sealed
}

/** What is left of an act whose content was removed: who did what when, and what became of it. */
const NOTHING = `'{}'::jsonb`
const LYING = `command <> ${NOTHING}`
const ENDED = '涉及的个人信息已按规定删除 / what it names was erased'

/**
 * Removes from the box what is kept for nobody any more: the content of acts that were decided on `field.boxDays` ago, and at once that of acts about
 * somebody or something that was erased; of those that still wait, which nobody can take over then, it says so. Safe to run again at any time.
 * @param only one act that came just now
 * @returns how many acts lost their content
 */
export async function endBoxed(store: BoxStore, secret: string, only?: string): Promise<number> {
  const { db, clock } = store
  const now = clock.now()
  const last = now.subtract({ hours: 24 * fieldRule(store, FIELD_PARAMETERS.boxDays) }).toString()
  const old =
    only === undefined
      ? await db.query(
          `update handed_over set command = ${NOTHING} where state <> 'waiting' and decided_at < $1 and ${LYING} returning id`,
          [last],
        )
      : []
  const rows = await db.query<Row>(
    `select id, record, record_id, happened_at, state, command from handed_over where ${LYING} ${only === undefined ? '' : 'and id = $1::uuid'}`,
    only === undefined ? [] : [only],
  )
  const about = await erasedOf(store, boxKey(secret), rows)
  await db.query(
    `update handed_over set command = ${NOTHING}, state = case state when 'waiting' then 'dropped' else state end,
       decided_at = coalesce(decided_at, $2), decided_by = coalesce(decided_by, $4), reason = coalesce(reason, case state when 'waiting' then $3 end)
     where id = any($1::uuid[])`,
    [about, now.toString(), ENDED, SYSTEM.id],
  )
  return old.length + about.length
}

/** Acts about somebody who was erased, or about what of something was erased after they were done. */
async function erasedOf(store: BoxStore, key: Buffer, rows: readonly Row[]): Promise<readonly string[]> {
  if (rows.length === 0) return []
  const named = new Map(rows.map((row) => [row.id, new Set([row.record_id, ...namesOf(store, actOf(key, row.command))])]))
  for (const [record, of] of Map.groupBy(rows, (row) => row.record)) {
    const def = store.registry.records.get(record)
    const people = def
      ? await peopleOf(
          store,
          def,
          of.map((row) => row.record_id),
        )
      : new Map<string, readonly string[]>()
    for (const row of of) for (const person of people.get(row.record_id) ?? []) named.get(row.id)?.add(person)
  }
  const erased = await erasures(store, [...new Set([...named.values()].flatMap((ids) => [...ids]))])
  const concerns = (row: Row) =>
    [...(named.get(row.id) ?? [])].some((id) => (erased.get(id) ?? Number.NEGATIVE_INFINITY) >= row.happened_at.getTime())
  return rows.filter(concerns).map((row) => row.id)
}

/** Who stands in some records. */
async function peopleOf({ db }: BoxStore, def: AnyRecord, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns = Object.entries(def.fields).flatMap(([name, field]) => (field.kind === 'person' ? [`"${snake(name)}"`] : []))
  if (columns.length === 0) return new Map()
  const rows = await db.query<{ id: string; people: readonly (string | null)[] }>(
    `select id, array[${columns.map((column) => `${column}::text`).join(', ')}] as people from ${sqlOf(def).table} where id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ id, people }) => [id, people.filter((one) => one !== null)]))
}

/** Until when what was done on some records is erased, milliseconds: for ever where the record ended so. */
async function erasures({ db, registry }: BoxStore, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const acts = [...registry.records.values()].flatMap((def) =>
    Object.entries(def.actions).flatMap(([action, { erases, to }]) => (erases ? [{ record: def.name, action, ends: to !== 'same' }] : [])),
  )
  const rows = await db.query<{ record_id: string; ends: boolean; at: Date }>(
    `select e.record_id, bool_or(a.ends) as ends, max(e.happened_at) as at from events e
       join jsonb_to_recordset($2::jsonb) as a(record text, action text, ends boolean) on a.record = e.record and a.action = e.action
      where e.record_id = any($1::uuid[]) group by e.record_id`,
    [ids, JSON.stringify(acts)],
  )
  return new Map(rows.map(({ record_id, ends, at }) => [record_id, ends ? Number.POSITIVE_INFINITY : at.getTime()]))
}

/** The same as a job of the clock: it looks on every new day, and soon after something was erased. */
export function boxEnder(store: BoxStore, secret: string): () => Promise<number> {
  let due = true
  let lookedOn = ''
  store.writer.onCommitted((receipts) => {
    due ||= receipts.some(({ event }) => store.registry.records.get(event.record)?.actions[event.action]?.erases === true)
  })
  return async () => {
    const day = today(store.clock)
    if (!due && lookedOn === day) return 0
    due = false
    try {
      const ended = await endBoxed(store, secret)
      lookedOn = day
      return ended
    } catch (error) {
      due = true
      throw error
    }
  }
}
