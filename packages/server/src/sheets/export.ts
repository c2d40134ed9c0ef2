import { type Cell, type Field, type Result, readable } from '@guatu/kernel'
import type { Listed } from '../store/query/list.ts'
import { columnLabel } from './as-of.ts'
import { type OutgoingOptions, type OutgoingTable, outgoingTable, placeNames, type Writing } from './outgoing.ts'
import { type Columns, seenCell } from './seen.ts'

export interface ExportOptions extends OutgoingOptions {
  readonly columns: Columns
}

/** Everything a person may see of a list: scope, filters and masking are those of the list, and so are the names behind references. */
export function outgoing(options: ExportOptions): Promise<Result<OutgoingTable>> {
  const { store, def, lang } = options
  const reveal = options.reveal ?? false
  const columns = options.columns === 'all' ? [...Object.keys(def.fields), 'area', 'state'] : options.columns
  const fields = columns.flatMap((name) => (def.fields[name] ? [[name, def.fields[name]] as const] : []))
  const placeOf = placeNames(store)
  const cell = (row: Listed, name: string, { at, names }: Writing): Cell => {
    if (name === 'area') return placeOf(row.area)
    if (name === 'state') return def.states[row.state]?.[lang] ?? row.state
    const [field, value] = [def.fields[name], row.fields[name]]
    if (!field || value === undefined || value === null) return null
    return options.columns === 'all' ? keptCell(field, value, at) : seenCell(field, value, at, names, reveal)
  }
  /** What has been masked is text already; everything else asks its kind. */
  const keptCell = (field: Field, value: unknown, at: Writing['at']): Cell =>
    field.sensitive && typeof value === 'string' && !reveal ? readable(value, lang) : field.toCell(value, at)
  return outgoingTable(options, {
    title: def.label,
    heading: columns.map((name) => columnLabel(def, name, lang)),
    lines: async ({ rows }, writing) => {
      if (options.columns !== 'all')
        await writing.names.ask(rows.flatMap((row) => fields.map(([name, field]) => [field, row.fields[name]] as const)))
      return rows.map((row) => columns.map((name) => cell(row, name, writing)))
    },
  })
}
