import { dailyLogs } from '@guatu/domains'
import { type AnyRecord, today as cityToday, type Lang, no, ok, problem, type RecordState, type Result } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Entry } from '../store/desk/identity-desk.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { columnLabel } from './as-of.ts'
import { exportNote } from './export-note.ts'
import { NamesBehind } from './names-behind.ts'
import { type OutgoingTable, placeNames } from './outgoing.ts'
import { seenCell, timeWords } from './seen.ts'

export interface LogRequest {
  readonly store: Store
  readonly desk: Desk
  readonly id: string
  readonly lang: Lang
  readonly purpose?: string
  /** With the identity of the person in clear: only with a purpose, for who may see it. */
  readonly reveal: boolean
}

/** The daily log of one observation, as its reader may see it: masked like the record, or in clear with a purpose. Noted as an export before anything is sent. */
export async function dailyLogTable(asked: LogRequest): Promise<Result<OutgoingTable>> {
  const { store, desk, id, lang, reveal } = asked
  const purpose = asked.purpose ?? ''
  const def = store.registry.records.get('watch')
  if (!def) return no(problem('not-found', { what: id }))
  const row = reveal ? await desk.identity.reveal('watch', id, purpose) : await desk.get('watch', id)
  if (!row.ok) return row
  const events = await desk.timeline('watch', id)
  if (!events.ok) return events
  const at = surroundings(store, lang)
  const names = new NamesBehind({ store, desk, lang, at, ...(reveal ? { purpose } : {}) })
  // Who acts is named as who is in charge.
  const actor = def.fields.worker
  if (actor) await names.ask(events.value.map((event) => [actor, event.actor] as const))
  const person = String(row.value.fields.person)
  const found = reveal ? await desk.identity.entriesInClear('person', purpose, [person]) : await desk.identity.entries('person', [person])
  const entry = found.ok ? found.value.get(person) : undefined
  const line = async (of: AnyRecord | undefined, fields: readonly string[], one: Entry | undefined) => {
    const values = fields.flatMap((name) => {
      const field = of?.fields[name]
      const value = one?.row.fields[name]
      return field && value !== undefined && value !== null ? [[name, field, value] as const] : []
    })
    await names.ask(values.map(([, field, value]) => [field, value] as const))
    const words = new Map(values.map(([name, field, value]) => [name, String(seenCell(field, value, at, names, one?.clear ?? false))]))
    if (of && one && fields.includes('state')) words.set('state', of.states[one.row.state]?.[lang] ?? one.row.state)
    const pairs = fields.flatMap((name) =>
      of && words.has(name) ? [`${columnLabel(of, name, lang)}${lang === 'zh' ? '：' : ': '}${words.get(name)}`] : [],
    )
    return pairs.join(lang === 'zh' ? '　' : '   ')
  }
  const beside = async (record: string): Promise<readonly RecordState[]> => {
    const page = await desk.list(record, { where: { op: 'is', field: 'watch', value: id }, limit: 500 })
    return page.ok ? page.value.rows : []
  }
  const rows = dailyLogs.dailyLog({
    state: row.value.state,
    events: events.value,
    needs: await beside('need'),
    transfers: await beside('transfer'),
    today: cityToday(store.clock),
    zone: store.clock.zone,
    lang,
    nameOf: (one) => (actor ? names.nameOf(actor, one) : one),
  })
  // A door would name again who was erased.
  const above = dailyLogs.LOG_ABOVE.watch.filter((name) => name !== 'household' || entry?.row.state !== 'erased')
  const title = dailyLogs.LOG_TITLE[lang]
  const until = timeWords(store.clock.now().toString(), store.clock.zone)
  const facts = [
    await line(store.registry.records.get('person'), dailyLogs.LOG_ABOVE.person, entry),
    await line(def, above, { row: row.value, clear: reveal }),
  ]
  const noted = exportNote(asked)
  await noted('rows', 'watch', rows.length, id)
  if (entry?.clear) await noted('beside', 'person', 1, entry.row.id)
  return ok({
    title,
    lang,
    asOf: `${placeNames(store)(row.value.area)} ${title}${lang === 'zh' ? '｜截至' : ' | As of '}${until}`,
    facts: facts.filter((one) => one !== ''),
    heading: dailyLogs.LOG_COLUMNS.map(({ label }) => label[lang]),
    ruled: dailyLogs.LOG_COLUMNS,
    rows: async function* () {
      yield rows
    },
  })
}
