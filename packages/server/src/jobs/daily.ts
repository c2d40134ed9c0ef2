import { addDays, type Command, type DailyDuty, dayOf, derivedId, EVERYTHING, Refused, SYSTEM, today } from '@guatu/kernel'
import { heldAmong, heldByNone } from '../store/query/held.ts'
import { type Listed, listRecords } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'

const PAGE = 500

/** What the duties need of the store. */
export type DutyStore = Pick<Store, 'db' | 'registry' | 'clock' | 'writer' | 'settings'>

export interface DutyReport {
  /** Last city day that was looked at. */
  readonly day: string
  /** Acts that were done; what another server did first is not counted again. */
  readonly acts: number
}

const midnight = (day: string, zone: string) =>
  Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant().toString({ smallestUnit: 'millisecond' })

/** The first millisecond after an instant. */
export const justAfter = (instant: string) =>
  Temporal.Instant.from(instant).add({ milliseconds: 1 }).toString({ smallestUnit: 'millisecond' })

/**
 * Does the daily duties of all domains for every day that passed since a record was last touched, up to today or `upTo`. An act's
 * id follows from duty, record and day, so a crash in the middle, a second run or a second server does each of them once.
 * @param since first day to look at, where earlier ones are known to be done
 */
export async function doDailyDuties(
  store: DutyStore,
  options: { readonly since?: string; readonly upTo?: string } = {},
): Promise<DutyReport> {
  const day = options.upTo ?? today(store.clock)
  let acts = 0
  for (const duty of store.registry.domains.flatMap((domain) => domain.daily ?? []))
    acts += await doDuty(store, duty, day, options.since ?? '')
  return { day, acts }
}

async function doDuty(store: DutyStore, duty: DailyDuty, upTo: string, since: string): Promise<number> {
  const def = store.registry.records.get(duty.record)
  if (!def) return 0
  const due: Command[] = []
  const where = typeof duty.where === 'function' ? duty.where(upTo, store.settings.at(upTo, '')) : duty.where
  const also = duty.held === false ? { also: heldByNone(store.registry, def) } : {}
  let cursor: string | undefined
  do {
    const page = await listRecords(store.db, def, EVERYTHING, { where, ...also, limit: PAGE, ...(cursor ? { cursor } : {}) })
    if (!page.ok) throw new Refused(page.problem)
    const { rows } = page.value
    const held =
      duty.held === undefined
        ? undefined
        : await heldAmong(
            store.db,
            store.registry,
            def,
            rows.map(({ id }) => id),
          )
    for (const row of rows)
      if (held === undefined) due.push(...actsOf(store, duty, row, upTo, since))
      else if (held.has(row.id) === duty.held) due.push(...actsOf(store, duty, row, upTo, upTo))
    cursor = page.value.next
  } while (cursor !== undefined)
  return submitAll(store, due)
}

/** Does acts of the system; answers how many were done now. */
export async function submitAll(store: Pick<DutyStore, 'writer'>, commands: readonly Command[]): Promise<number> {
  let acts = 0
  for (let start = 0; start < commands.length; start += PAGE) {
    const answers = await Promise.all(commands.slice(start, start + PAGE).map((command) => store.writer.submit(command, SYSTEM)))
    // A refusal means that somebody acted in the meantime; the next look sees the record as it is now.
    acts += answers.filter((answer) => answer.ok && !answer.value.repeated).length
  }
  return acts
}

/** The acts that one record needs for the days since it was last touched, each on top of the one before. */
function actsOf(store: DutyStore, duty: DailyDuty, row: Listed, upTo: string, since: string): Command[] {
  const { zone } = store.clock
  const touched = dayOf(Temporal.Instant.from(row.changedAt), zone)
  const commands: Command[] = []
  let now = row
  for (let day = touched > since ? touched : since; day <= upTo; day = addDays(day, 1)) {
    const act = duty.act(now, day, store.settings.at(day, row.path))
    if (!act) continue
    const start = midnight(day, zone)
    const happenedAt = start > now.changedAt ? start : justAfter(now.changedAt)
    // Acts of the last minutes are left to the clock of tomorrow: nothing happens in the future.
    if (happenedAt > store.clock.now().toString({ smallestUnit: 'millisecond' })) break
    commands.push({ id: derivedId(`daily/${duty.name}/${row.id}/${day}`), record: duty.record, recordId: row.id, happenedAt, ...act })
    now = { ...now, changedAt: happenedAt, fields: { ...now.fields, ...act.input } }
  }
  return commands
}
