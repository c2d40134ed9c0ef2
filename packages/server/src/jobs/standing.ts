import { type Command, derivedId, EVERYTHING, Refused, type StandingDuty, today } from '@guatu/kernel'
import type { AreaStore } from '../store/areas/area-store.ts'
import { listRecords } from '../store/query/list.ts'
import { relatedNow } from '../store/query/related-now.ts'
import { type DutyStore, submitAll } from './daily.ts'

/** What standing duties need of the store. */
export type StandingStore = DutyStore & { readonly areas: Pick<AreaStore, 'index'> }

const PAGE = 500

/**
 * Makes true what a standing duty asks for, of all its records or of those in and below some areas. Answers how many acts were done. An act's id
 * follows from duty, record and the version that was looked at, so a crash, a second run or a second server does each of them once.
 */
export async function doStandingDuty(store: StandingStore, duty: StandingDuty, paths?: readonly string[]): Promise<number> {
  let acts = 0
  for (const path of paths ?? [undefined]) acts += await within(store, duty, path)
  return acts
}

async function within(store: StandingStore, duty: StandingDuty, path: string | undefined): Promise<number> {
  const def = store.registry.records.get(duty.record)
  if (!def) return 0
  const day = today(store.clock)
  const commands: Command[] = []
  let cursor: string | undefined
  do {
    const request = { where: duty.where, limit: PAGE, ...(path === undefined ? {} : { path }), ...(cursor === undefined ? {} : { cursor }) }
    const page = await listRecords(store.db, def, EVERYTHING, request)
    if (!page.ok) throw new Refused(page.problem)
    const { rows, next } = page.value
    const related = await relatedNow(store, rows, duty.related)
    for (const [i, row] of rows.entries()) {
      const seen = related[i] ?? {}
      const act = duty.act(row, { day, related: seen, places: store.areas.index })
      // What is to be done elsewhere changes without the row: it is named as well, with the version that was looked at, for the same may be due again.
      const other = Object.values(seen)
        .flat()
        .find(({ id }) => id === act?.recordId)
      const elsewhere =
        act?.recordId === undefined ? '' : `/${act.recordId}/${act.action}/${JSON.stringify(act.input)}/${other?.version ?? ''}`
      const id = derivedId(`standing/${duty.name}/${row.id}/${row.version}${elsewhere}`)
      // The version that was looked at: whoever acted meanwhile may have decided otherwise, and the next look sees that.
      const own =
        act?.recordId === undefined
          ? { record: duty.record, recordId: row.id, version: row.version }
          : { record: duty.record, recordId: act.recordId }
      if (act) commands.push({ id, ...own, ...act })
    }
    cursor = next
  } while (cursor !== undefined)
  return submitAll(store, commands)
}

/** More places than this are looked at as one. */
const MANY = 50

/** Paths without those that lie below another one of them; undefined for so many that all is looked at. */
export function widest(paths: Iterable<string>): readonly string[] | undefined {
  const out: string[] = []
  for (const path of [...new Set(paths)].sort()) {
    const last = out.at(-1)
    if (last === undefined || !path.startsWith(last)) out.push(path)
  }
  return out.length > MANY || out[0] === '' ? undefined : out
}
