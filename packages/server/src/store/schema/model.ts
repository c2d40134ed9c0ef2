import type { AnyRecord, ColumnType, Field, Registry } from '@guatu/kernel'
import { waysOf } from '../identity/forms.ts'
import { snake } from './snake.ts'

/** A table as the program needs it; migrations are drafted by comparing two lists of these. */
export interface Table {
  readonly name: string
  readonly columns: readonly Column[]
  /** County first: the shard key stands in every key (Citus allows no other). */
  readonly primaryKey: readonly string[]
  readonly uniques?: readonly (readonly string[])[]
  readonly indexes?: readonly Index[]
  /**
   * How full a page is made, in percent. What is changed again and again finds room beside itself and stays where its indexes point to;
   * else every change enters every index anew.
   */
  readonly fillfactor?: number
}

export interface Column {
  readonly name: string
  readonly type: ColumnType | 'bigint' | 'text[]'
  readonly required?: boolean
  /** Byte order instead of language order: for paths and ids that are compared as ranges. */
  readonly bytes?: boolean
}

export interface Index {
  readonly columns: readonly string[]
  readonly using?: 'gin'
  /** Holds only rows that have something in its first column: most optional columns are empty, and nobody looks for the empty ones. */
  readonly filled?: true
  /** From the largest down, what is empty last: the order of a list that falls. Read backwards, a rising index would bring what is empty first. */
  readonly falling?: true
}

export { snake }
export const tableOf = (record: string): string => `r_${snake(record)}`

const column = (name: string, type: Column['type'], required = true, bytes = false): Column => ({
  name,
  type,
  required,
  ...(bytes ? { bytes } : {}),
})

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
export const hasIdentity = (record: AnyRecord): boolean => Object.values(record.fields).some((field) => field.sensitive)

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
  const found = waysOf(record).map((way): Index => ({ columns: [way.column, 'path'], filled: true }))
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
      { columns: ['path', 'id'] },
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

/** The event log, the chain heads, the books, and what the server keeps beside the records. */
export const SYSTEM_TABLES: readonly Table[] = [
  {
    name: 'events',
    columns: [
      column('county', 'text', true, true),
      column('seq', 'bigint'),
      column('id', 'uuid'),
      column('record', 'text', true, true),
      column('record_id', 'uuid'),
      column('action', 'text', true, true),
      column('area', 'text', true, true),
      column('happened_at', 'timestamptz'),
      column('recorded_at', 'timestamptz'),
      column('day', 'date'),
      column('actor', 'text'),
      column('unit', 'text', false),
      column('authority', 'text', false),
      column('corrects', 'uuid', false),
      column('cause', 'uuid', false),
      column('input', 'jsonb'),
      column('hash', 'text'),
    ],
    primaryKey: ['id', 'county'],
    uniques: [['county', 'seq']],
    // A record's history is short: found by its id, it is put in order as it is read.
    indexes: [{ columns: ['record_id'] }, { columns: ['recorded_at'] }],
  },
  {
    name: 'chains',
    columns: [column('county', 'text', true, true), column('seq', 'bigint'), column('hash', 'text')],
    primaryKey: ['county'],
  },
  {
    // One row that counts the batches written: whoever writes takes the next turn, and notices that somebody else had one in between.
    name: 'turns',
    columns: [column('one', 'boolean'), column('taken', 'bigint')],
    primaryKey: ['one'],
  },
  {
    name: 'tallies',
    columns: [
      column('county', 'text', true, true),
      column('measure', 'text', true, true),
      column('area', 'text', true, true),
      column('day', 'date'),
      column('entered', 'bigint'),
      column('left', 'bigint'),
      column('moved_in', 'bigint'),
      column('moved_out', 'bigint'),
    ],
    primaryKey: ['county', 'area', 'measure', 'day'],
    fillfactor: 60,
    indexes: [{ columns: ['measure', 'day'] }],
  },
  {
    name: 'area_facts',
    columns: [
      column('seq', 'bigint'),
      column('day', 'date'),
      column('fact', 'jsonb'),
      column('recorded_at', 'timestamptz'),
      column('actor', 'text'),
      column('hash', 'text'),
    ],
    primaryKey: ['seq'],
  },
  {
    name: 'settings',
    columns: [
      column('code', 'text'),
      column('seq', 'bigint'),
      column('setting', 'jsonb'),
      column('recorded_at', 'timestamptz'),
      column('actor', 'text'),
    ],
    primaryKey: ['code', 'seq'],
  },
  {
    name: 'grants',
    columns: [
      column('id', 'uuid'),
      column('account', 'text'),
      column('role', 'text'),
      column('area', 'text', true, true),
      column('unit', 'text', false),
      column('from_day', 'date'),
      column('to_day', 'date', false),
      column('granted_by', 'text'),
      column('recorded_at', 'timestamptz'),
    ],
    primaryKey: ['id'],
    indexes: [{ columns: ['account'] }],
  },
  {
    name: 'looks',
    columns: [
      column('id', 'uuid'),
      column('at', 'timestamptz'),
      column('actor', 'text'),
      column('what', 'text'),
      column('record', 'text', false),
      column('record_id', 'uuid', false),
      column('purpose', 'text', false),
      column('rows', 'integer', false),
    ],
    primaryKey: ['id'],
    indexes: [{ columns: ['at'] }, { columns: ['record_id'] }],
  },
  {
    // The keys of records with identity, each sealed with the master key. An erased one stays without its key, so that nothing is sealed anew.
    name: 'identity_keys',
    columns: [
      column('county', 'text', true, true),
      column('id', 'uuid'),
      column('record', 'text', true, true),
      column('wrapped', 'text', false),
      column('erased_at', 'timestamptz', false),
    ],
    primaryKey: ['id', 'county'],
  },
  {
    name: 'attachments',
    columns: [
      column('hash', 'text'),
      column('type', 'text'),
      column('size', 'bigint'),
      column('actor', 'text'),
      column('recorded_at', 'timestamptz'),
    ],
    primaryKey: ['hash'],
  },
  {
    name: 'devices',
    columns: [
      column('id', 'uuid'),
      column('account', 'text'),
      column('salt', 'text'),
      column('registered_at', 'timestamptz'),
      column('seen_at', 'timestamptz'),
      column('skew_ms', 'bigint', false),
      column('app', 'text', false),
      column('wiped_at', 'timestamptz', false),
      column('wiped_by', 'text', false),
    ],
    primaryKey: ['id'],
    indexes: [{ columns: ['account'] }],
  },
  {
    name: 'handed_over',
    columns: [
      column('id', 'uuid'),
      column('device', 'uuid'),
      column('account', 'text'),
      column('record', 'text', true, true),
      column('record_id', 'uuid'),
      column('action', 'text', true, true),
      column('area', 'text', true, true),
      column('path', 'text', true, true),
      column('happened_at', 'timestamptz'),
      column('received_at', 'timestamptz'),
      column('command', 'jsonb'),
      column('problem', 'jsonb'),
      column('state', 'text', true, true),
      column('decided_at', 'timestamptz', false),
      column('decided_by', 'text', false),
      column('reason', 'text', false),
    ],
    primaryKey: ['id'],
    indexes: [{ columns: ['path', 'id'] }, { columns: ['account'] }],
  },
  {
    name: 'self_links',
    columns: [
      column('id', 'uuid'),
      column('person', 'uuid', false),
      column('household', 'uuid', false),
      column('area', 'text', true, true),
      column('issued_by', 'text'),
      column('issued_at', 'timestamptz'),
      column('expires_at', 'timestamptz'),
      column('revoked_at', 'timestamptz', false),
      column('revoked_by', 'text', false),
    ],
    primaryKey: ['id'],
    indexes: [{ columns: ['person'] }, { columns: ['household'] }],
  },
  {
    name: 'facts',
    columns: [column('name', 'text'), column('value', 'jsonb')],
    primaryKey: ['name'],
  },
]

/** Every table the program keeps for these definitions. */
export const schemaOf = (registry: Registry): readonly Table[] => [...SYSTEM_TABLES, ...[...registry.records.values()].map(recordTable)]
