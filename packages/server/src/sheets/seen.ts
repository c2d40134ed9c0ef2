import {
  type AnyRecord,
  type Cell,
  type Field,
  type KindName,
  no,
  ok,
  problem,
  type Result,
  readable,
  type Surroundings,
} from '@guatu/kernel'
import { type NamesBehind, pointsTo } from './names-behind.ts'

/** Which columns leave: these, in their order, as the list shows them; or every field as an import reads it. */
export type Columns = readonly string[] | 'all'

/** Columns as they are asked for by an address or a command: names with commas between them, `all`, or those of the list where nothing is said. */
export function readColumns(def: AnyRecord, written: string | undefined): Result<Columns> {
  if (written === 'all') return ok('all')
  const names = [...new Set((written ?? '').split(',').filter((one) => one !== ''))]
  const unknown = names.find((name) => name !== 'state' && name !== 'area' && !Object.hasOwn(def.fields, name))
  if (unknown !== undefined) return no(problem('unexpected', { field: unknown }, { path: 'columns' }))
  return ok(names.length > 0 ? names : def.list.columns)
}

/** Kinds whose cell holds more than is seen of them, so that an import finds it again. */
const SEEN_OTHERWISE: ReadonlySet<string> = new Set<KindName>(['file', 'geoPoint', 'localizedText', 'list'])

/** A value as the list shows it: a name for a reference, a readable time of the city; figures and days as what they are, so that they sort and add up. */
export function seenCell(field: Field, value: unknown, at: Surroundings, names: NamesBehind, clear: boolean): Cell {
  if (value === undefined || value === null) return null
  if (field.sensitive && typeof value === 'string' && !clear) return readable(value, at.lang)
  if (pointsTo(field) !== undefined && typeof value === 'string') return names.nameOf(field, value)
  const { item } = field
  if (item && pointsTo(item) !== undefined && Array.isArray(value))
    return value.map((one) => names.nameOf(item, String(one))).join(at.lang === 'zh' ? '、' : ', ')
  if (field.kind === 'moment' && typeof value === 'string') return timeWords(value, at.zone)
  return SEEN_OTHERWISE.has(field.kind) ? field.view(value, at) : field.toCell(value, at)
}

/** `2020-02-14 09:05` in the city. */
export const timeWords = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
