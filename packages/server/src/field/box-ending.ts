import { type AnyRecord, SYSTEM, today } from '@guatu/kernel'
import { isIssue, withhold } from '../gates/withheld.ts'
import { sqlOf } from '../store/log/state-rows.ts'
import { snake } from '../store/schema/model.ts'
import type { Store } from '../store/store.ts'
import { actOf, boxKey, outsideOf } from './boxed.ts'
import { namesOf } from './leaning.ts'
import { FIELD_PARAMETERS, fieldRule } from './parameters.ts'
import type { Sealed } from './sealing.ts'

interface Row {
  readonly id: string
  readonly record: string
  readonly record_id: string
  readonly action: string
  readonly area: string
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
 * somebody or something that was erased; of those that still wait, which nobody can take over then, it says so. A pass that one of these issued is
 * withheld first; where that cannot be, the act stays for the next look. Safe to run again at any time.
 * @param only one act that came just now
 * @returns how many acts lost their content, and how many could not be ended
 */
export async function endBoxed(store: Store, secret: string, only?: string): Promise<{ readonly ended: number; readonly left: number }> {
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
    `select id, record, record_id, action, area, happened_at, state, command from handed_over where ${LYING} ${only === undefined ? '' : 'and id = $1::uuid'}`,
    only === undefined ? [] : [only],
  )
  const key = boxKey(secret)
  const about: string[] = []
  let left = 0
  for (const row of await erasedOf(store, key, rows)) {
    if (await isStopped(store, key, row)) about.push(row.id)
    else left++
  }
  await db.query(
    `update handed_over set command = ${NOTHING}, state = case state when 'waiting' then 'dropped' else state end,
       decided_at = coalesce(decided_at, $2), decided_by = coalesce(decided_by, $4), reason = coalesce(reason, case state when 'waiting' then $3 end)
     where id = any($1::uuid[])`,
    [about, now.toString(), ENDED, SYSTEM.id],
  )
  return { ended: old.length + about.length, left }
}

/** Whether no gate believes a pass that an act issued, now that nobody can take it over; its plate may be that of the erased. */
async function isStopped(store: Store, key: Buffer, row: Row): Promise<boolean> {
  if (row.state !== 'waiting' || !isIssue(row)) return true
  const act = actOf(key, row.command) ?? outsideOf(row)
  const { plate: _, ...input } = act.input
  return (await withhold(store, { ...act, area: row.area, input }, ENDED)).ok
}

/**
 * Acts about somebody who was erased, or on a record of which something was erased after they were done. Of one that does not open only its record
 * is known, and who stands in that.
 */
async function erasedOf(store: Store, key: Buffer, rows: readonly Row[]): Promise<readonly Row[]> {
  if (rows.length === 0) return []
  const named = new Map(
    rows.map((row) => {
      const act = actOf(key, row.command)
      return [row.id, new Set(act ? namesOf(store, act) : [])]
    }),
  )
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
  const erased = await erasures(store, [...new Set(rows.flatMap((row) => [row.record_id, ...(named.get(row.id) ?? [])]))])
  return rows.filter(
    (row) =>
      (erased.get(row.record_id) ?? Number.NEGATIVE_INFINITY) >= row.happened_at.getTime() ||
      [...(named.get(row.id) ?? [])].some((id) => erased.get(id) === FOR_EVER),
  )
}

/** A record that ended with its erasure: nothing comes after that. */
const FOR_EVER = Number.POSITIVE_INFINITY

/** Who stands in some records. */
async function peopleOf({ db }: Store, def: AnyRecord, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const columns = Object.entries(def.fields).flatMap(([name, field]) => (field.kind === 'person' ? [`"${snake(name)}"`] : []))
  if (columns.length === 0) return new Map()
  const rows = await db.query<{ id: string; people: readonly (string | null)[] }>(
    `select id, array[${columns.map((column) => `${column}::text`).join(', ')}] as people from ${sqlOf(def).table} where id = any($1::uuid[])`,
    [ids],
  )
  return new Map(rows.map(({ id, people }) => [id, people.filter((one) => one !== null)]))
}

/** Until when what was done on some records is erased, milliseconds: for ever where the record ended so. */
async function erasures({ db, registry }: Store, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const acts = [...registry.records.values()].flatMap((def) =>
    Object.entries(def.actions).flatMap(([action, { erases, to }]) => (erases ? [{ record: def.name, action, ends: to !== 'same' }] : [])),
  )
  const rows = await db.query<{ record_id: string; ends: boolean; at: Date }>(
    `select e.record_id, bool_or(a.ends) as ends, max(e.happened_at) as at from events e
       join jsonb_to_recordset($2::jsonb) as a(record text, action text, ends boolean) on a.record = e.record and a.action = e.action
      where e.record_id = any($1::uuid[]) group by e.record_id`,
    [ids, JSON.stringify(acts)],
  )
  return new Map(rows.map(({ record_id, ends, at }) => [record_id, ends ? FOR_EVER : at.getTime()]))
}

/** The same as a job of the clock: it looks on every new day, and soon after something was erased. */
export function boxEnder(store: Store, secret: string): () => Promise<number> {
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
      const { ended, left } = await endBoxed(store, secret)
      lookedOn = day
      due ||= left > 0
      return ended
    } catch (error) {
      due = true
      throw error
    }
  }
}
