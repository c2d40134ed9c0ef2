import type { Column, Index, Table } from './table.ts'

const quote = (name: string) => `"${name}"`
const columnSql = (c: Column) => `${quote(c.name)} ${c.type}${c.bytes ? ' collate "C"' : ''}${c.required ? ' not null' : ''}`
const indexName = (table: string, index: { columns: readonly string[] }, kind: string) =>
  `${table}_${index.columns.join('_')}_${kind}`.slice(0, 60)

const uniqueSql = (table: string, columns: readonly string[]) =>
  `create unique index ${quote(indexName(table, { columns }, 'key'))} on ${quote(table)} (${columns.map(quote).join(', ')})`
const kindOf = (index: Index) => (index.filled ? 'filled' : index.falling ? 'falling' : 'idx')
const ordered = (index: Index) =>
  index.columns.map((name, i) => `${quote(name)}${index.falling ? (i === 0 ? ' desc nulls last' : ' desc') : ''}`).join(', ')
const indexSql = (table: string, index: Index) =>
  `create index ${quote(indexName(table, index, kindOf(index)))} on ${quote(table)}${index.using ? ` using ${index.using}` : ''} (${ordered(index)})${
    index.filled ? ` where ${quote(index.columns[0] ?? '')} is not null` : ''
  }`

function createTable(table: Table): string[] {
  const lines = [...table.columns.map(columnSql), `primary key (${table.primaryKey.map(quote).join(', ')})`]
  return [
    `create table ${quote(table.name)} (\n  ${lines.join(',\n  ')}\n)${table.fillfactor === undefined ? '' : ` with (fillfactor = ${table.fillfactor})`}`,
    ...(table.uniques ?? []).map((columns) => uniqueSql(table.name, columns)),
    ...(table.indexes ?? []).map((index) => indexSql(table.name, index)),
  ]
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/**
 * SQL that leads from one schema to the next: new tables, columns and indexes. What would lose data (a dropped table or column,
 * another type) is never drafted: it is returned in `byHand`, for a person to write and to answer for.
 */
export function draft(from: readonly Table[], to: readonly Table[]): { sql: readonly string[]; byHand: readonly string[] } {
  const sql: string[] = []
  const byHand: string[] = []
  const old = new Map(from.map((table) => [table.name, table]))
  for (const table of to) {
    const before = old.get(table.name)
    old.delete(table.name)
    if (!before) {
      sql.push(...createTable(table))
      continue
    }
    if (!same(before.primaryKey, table.primaryKey)) byHand.push(`${table.name}: primary key changed`)
    if (table.fillfactor !== before.fillfactor)
      sql.push(
        `alter table ${quote(table.name)} ${table.fillfactor === undefined ? 'reset (fillfactor)' : `set (fillfactor = ${table.fillfactor})`}`,
      )
    const columns = new Map(before.columns.map((c) => [c.name, c]))
    for (const c of table.columns) {
      const was = columns.get(c.name)
      columns.delete(c.name)
      if (!was && c.required) byHand.push(`${table.name}.${c.name}: a required column needs a value for the rows that exist`)
      else if (!was) sql.push(`alter table ${quote(table.name)} add column ${columnSql(c)}`)
      else if (!same(was, c)) byHand.push(`${table.name}.${c.name}: ${was.type} became ${c.type}`)
    }
    for (const name of columns.keys()) byHand.push(`${table.name}.${name}: no longer defined`)
    for (const columns of table.uniques ?? [])
      if (!before.uniques?.some((one) => same(one, columns))) sql.push(uniqueSql(table.name, columns))
    for (const index of table.indexes ?? []) if (!before.indexes?.some((one) => same(one, index))) sql.push(indexSql(table.name, index))
    for (const index of before.indexes ?? []) {
      if (!table.indexes?.some((one) => same(one, index))) sql.push(`drop index ${quote(indexName(table.name, index, kindOf(index)))}`)
    }
  }
  for (const name of old.keys()) byHand.push(`${name}: no longer defined`)
  return { sql, byHand }
}
