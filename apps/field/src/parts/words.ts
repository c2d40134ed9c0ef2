import { w } from '@guatu/client/language'
import type { Replica } from '@guatu/client/offline'
import {
  type AnyRecord,
  type CarriedRow,
  dayWords,
  type Field,
  type Label,
  type Lang,
  meaningsOf,
  readable,
  type Surroundings,
} from '@guatu/kernel'

/** `HH:MM` today, with the day before it on any other: 2月13日 09:05 / 13 Feb 09:05. */
export function clock(instant: string, { clock: { zone, now: cityNow } }: Replica): Label {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  const now = cityNow().toZonedDateTimeISO(zone)
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
  if (at.toPlainDate().equals(now.toPlainDate())) return { zh: time, en: time }
  const day = dayWords(at.toPlainDate().toString())
  return { zh: `${day.zh} ${time}`, en: `${day.en} ${time}` }
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

const OUTSIDE = w('管辖外', 'outside jurisdiction')
const NOT_CARRIED = w('本机未带', 'not on this phone')

/** Name by which a row is called on this phone: a person masked, a home by its door. Of whom was erased, that it is so. */
export function nameOf(replica: Replica, row: Pick<CarriedRow, 'fields'> | undefined, record: string, lang: Lang): string {
  if (!row) return ''
  const def = replica.registry.records.get(record)
  return readable(text(row.fields[def?.title ?? '']), lang)
}

/** What tells somebody from others of the same surname behind the same door: part in the household, sex, year of birth. */
export function tellsApart(replica: Replica, person: Pick<CarriedRow, 'fields'> | undefined, lang: Lang): string {
  const def = replica.registry.records.get('person')
  const known = (name: string) => {
    const [field, value] = [def?.fields[name], person?.fields[name]]
    return field && value !== undefined ? said(replica, field, value, lang) : undefined
  }
  const born = known('birthYear')
  const words = [known('relation'), known('sex'), born && { zh: `${born}年生`, en: `born ${born}` }[lang]]
  return words.filter((one) => one !== undefined).join(' · ')
}

/** The town or village in which a row stands: the last name that tells nobody too much. */
export function townOf(replica: Replica, area: string): string {
  const path = replica.area(area)?.path ?? ''
  const names = path
    .split('/')
    .map((id) => replica.area(id))
    .filter((one) => one !== undefined)
  return names.find((one) => one.level === 'town')?.name ?? names.at(-1)?.name ?? ''
}

export const surroundings = (replica: Replica, lang: Lang): Surroundings => ({
  lang,
  zone: replica.clock.zone,
  nameOf: (kind, id) => {
    if (kind === 'area' || kind === 'unit') return replica.area(id)?.name
    if (kind === 'person') return nameOf(replica, replica.stays('person', id), 'person', lang) || OUTSIDE[lang]
    return kind === 'record' ? recordName(replica, id, lang) : undefined
  },
  find: () => ({ ok: false, problem: { code: 'not-found', status: 404, message: { zh: '', en: '' } } }),
})

/** What a record of whatever kind is called, which a form or a task refers to by its id: an observation by whom it is of. */
function recordName(replica: Replica, id: string, lang: Lang): string {
  for (const record of replica.head?.records ?? []) {
    const row = replica.get(record, id)
    const def = replica.registry.records.get(record)
    const title = def?.fields[def.title]
    if (row && def && title) return said(replica, title, row.fields[def.title], lang)
  }
  return NOT_CARRIED[lang]
}

/** A value of a field in words; masked ones as they came. */
export function said(replica: Replica, field: Field, value: unknown, lang: Lang): string {
  if (value === undefined || value === null) return '—'
  if (field.sensitive && typeof value === 'string' && field.kind !== 'person') return readable(value, lang)
  try {
    return field.view(value, surroundings(replica, lang))
  } catch {
    return String(value)
  }
}

/** The values of an act in words, for the two sides of a conflict. */
export const fieldOf = (def: AnyRecord | undefined, action: string, name: string): Field | undefined => def && meaningsOf(def, action)[name]
