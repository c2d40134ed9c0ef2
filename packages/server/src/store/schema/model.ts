import type { AnyRecord, Field, Registry } from '@guatu/kernel'
import { waysOf } from '../identity/forms.ts'
import { snake } from './snake.ts'
import { SYSTEM_TABLES } from './system-tables.ts'
import { type Column, column, type Index, type Table } from './table.ts'

export { snake }
export const tableOf = (record: string): string => `r_${snake(record)}`

/** Columns that every record has, before its own fields. */
export const RECORD_COLUMNS: readonly Column[] = [
  column('county', 'text', true, true),
  column('id', 'uuid'),
  column('area', 'text', true, true),
  column('path', 'text', true, true),
  column('state', 'text', true, true),
  column('version', 'integer'),
  column('created_at', 'timestamptz'),
  column('changed_at', 'timestamptz'),
  column('last_event', 'uuid'),
]

/** Has this record anything that is encrypted at rest? */
export function hasIdentity(record: AnyRecord): boolean {
  const known = identified.get(record)
  if (known !== undefined) return known
  const has = Object.values(record.fields).some((field) => field.sensitive)
  identified.set(record, has)
  return has
}

/** Asked for every act and every row. */
const identified = new WeakMap<AnyRecord, boolean>()

/** The column of a key: the value itself, or the keyed hash of a sensitive one. */
export const keyColumn = (record: AnyRecord, name: string): string =>
  record.fields[name]?.sensitive ? `${snake(name)}_exact` : snake(name)

/** Columns of identity: what is sensitive in one encrypted text, and the keyed hashes by which it is found. */
const identityColumns = (record: AnyRecord): Column[] =>
  hasIdentity(record)
    ? [
        column('sealed', 'text', false),
        column('sealed_names', 'jsonb', false),
        ...waysOf(record).map((way) => column(way.column, 'text', false, true)),
      ]
    : []

/** Percent of a page that new rows fill where rows change all the time: a changed row then stays on its page, and no index has to learn of it. */
const ROOM_TO_CHANGE = 45

function recordTable(record: AnyRecord): Table {
  const falls = record.list.sort.startsWith('-')
  const sort = snake(record.list.sort.replace(/^-/, ''))
  const units = (record.units ?? []).map((name): Index => {
    const field = record.fields[name]
    return { columns: [snake(name)], ...(field?.column === 'jsonb' ? { using: 'gin' } : {}), ...whereFilled(field) }
  })
  const plain: readonly (readonly [string, Field])[] = Object.entries(record.fields).filter(([, field]) => !field.sensitive)
  // Whoever looks for somebody by a hash looks within an area: one range of this index.
  const found = waysOf(record).flatMap((way): Index[] => (way.asWritten ? [] : [{ columns: [way.column, 'path'], filled: true }]))
  const references = plain.flatMap(([name, field]): Index[] =>
    field.kind === 'record' || field.kind === 'person' ? [{ columns: [snake(name)], ...whereFilled(field) }] : [],
  )
  const own = (record.indexes ?? []).map((names): Index => ({ columns: names.map(snake) }))
  return {
    name: tableOf(record.name),
    columns: [...RECORD_COLUMNS, ...plain.map(([name, field]) => column(snake(name), field.column, false)), ...identityColumns(record)],
    // The id first, because it is what is looked up; the county is there for sharding.
    primaryKey: ['id', 'county'],
    ...(record.restless ? { fillfactor: ROOM_TO_CHANGE } : {}),
    ...(record.key ? { uniques: [['county', ...record.key.map((name) => keyColumn(record, name))]] } : {}),
    indexes: dedupe([
      // Whoever sees one town has its first page found in this index alone, whatever pages its rows lie on.
      { columns: ['path', sort, 'id'] },
      { columns: [sort, 'id'], ...(falls ? { falling: true } : {}) },
      ...units,
      ...references,
      ...found,
      ...own,
    ]),
  }
}

const whereFilled = (field: Field | undefined): Pick<Index, 'filled'> => (field?.optional ? { filled: true } : {})

const dedupe = (indexes: readonly Index[]): Index[] => [
  ...new Map(indexes.map((index) => [`${index.using ?? ''}${index.falling ? '-' : ''}${index.columns.join()}`, index])).values(),
]

/** Every table the program keeps for these definitions. */
export const schemaOf = (registry: Registry): readonly Table[] => [...SYSTEM_TABLES, ...[...registry.records.values()].map(recordTable)]
