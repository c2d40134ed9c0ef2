import { type Actor, type Command, fixedClock, foldAreas, type Registry } from '@guatu/kernel'
import type { Database } from '../../../packages/server/src/store/database/index.ts'
import { createWriter, type Writer } from '../../../packages/server/src/store/log/writer.ts'
import { openSettings } from '../../../packages/server/src/store/settings/settings.ts'
import type { Prepared } from '../databases/index.ts'
import { places } from '../places/places.ts'
import { migrated, tablesOf } from './tables.ts'

/** A database with the tables of a registry and nothing in them. */
export const tablesFor = (registry: Registry): Prepared => migrated(tablesOf(registry))

/** Id of the last act of a kind that was done with a record. */
export const lastAct = async (db: Database<unknown>, record: string, action: string): Promise<string | undefined> =>
  (
    await db.query<{ id: string }>('select id from events where record_id = $1 and action = $2 order by happened_at desc limit 1', [
      record,
      action,
    ])
  )[0]?.id

/** The write path over the small city of `places`, with a clock that the test sets: acts by name, rows by name. */
export async function acting(db: Database<unknown>, registry: Registry, start: string) {
  const clock = fixedClock(start)
  const settings = await openSettings(db, registry, clock)
  const writer: Writer = createWriter(
    db,
    { registry, clock, areas: () => places, parameters: (day, path) => settings.at(day, path) },
    (_ref, error) => {
      throw error
    },
  )
  const founded = foldAreas([])
  if (!founded.ok) throw new Error(founded.problem.message.en)
  const store = { db, registry, clock, settings, writer, areas: { tree: founded.value } }
  /** `done`, or the code of the refusal with the path of the field. */
  const act = async (
    actor: Actor,
    record: string,
    recordId: string,
    action: string,
    input: Command['input'] = {},
    more: Pick<Command, 'area' | 'happenedAt' | 'composed'> = {},
  ): Promise<string> => {
    const done = await writer.submit({ id: crypto.randomUUID(), record, recordId, action, area: '1', input, ...more }, actor)
    return done.ok ? 'done' : `${done.problem.code}${done.problem.path ? ` ${done.problem.path}` : ''}`
  }
  const row = async (record: string, id: string) =>
    (
      await db.query<Record<string, unknown>>(`select * from r_${record.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)} where id = $1`, [
        id,
      ])
    )[0]
  /** Sets the clock to a time of the city's day. */
  const on = (day: string, time = '09:00') =>
    clock.set(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(clock.zone).toInstant().toString())
  return { act, row, on, db, writer, clock, settings, store }
}
