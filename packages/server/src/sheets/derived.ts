import type { AnyRecord, Beside, Cell, DerivedSheet, Expression, Field, JoinedRow, Lang, Result } from '@guatu/kernel'
import type { Entry } from '../store/desk/identity-desk.ts'
import type { Listed } from '../store/query/list.ts'
import { type OutgoingOptions, type OutgoingTable, outgoingTable, placeNames } from './outgoing.ts'
import { seenCell } from './seen.ts'

/** A record beside a row, with its definition. */
interface Joined extends Entry {
  readonly def: AnyRecord
}
type Together = Map<string, Joined>

/**
 * A derived sheet as one person may see it: rows, filters and jurisdiction are those of the list it is of, and of every record beside a row only what
 * this person may read of it. What stands beside the rows of a page is asked for together: one question for each kind of neighbour, however many rows.
 */
export function derivedTable(options: OutgoingOptions, sheet: DerivedSheet): Promise<Result<OutgoingTable>> {
  const { store, def, lang, request } = options
  const reveal = options.reveal ?? false
  const placeOf = placeNames(store)
  const where: Expression = request.where ? { op: 'every', of: [sheet.rows, request.where] } : sheet.rows
  return outgoingTable(
    { ...options, request: { ...request, where } },
    {
      title: sheet.label,
      heading: sheet.columns.map((one) => one.label[lang]),
      ruled: sheet.columns,
      paper: 'A3',
      lines: async ({ rows }, writing) => {
        const all = rows.map((row): Together => new Map([['row', { def, row, clear: reveal }]]))
        for (const [name, beside] of Object.entries(sheet.beside)) await join(options, all, name, beside)
        for (const [record, ids] of inClear(all)) writing.clear(record, ids.size)
        const write = (cell: CellOf) =>
          all.map((joined) => sheet.columns.map((column) => column.cell(joinedRow(joined, lang, cell, placeOf))))
        // Written twice: the first time only to hear whose names will be needed.
        const asked: (readonly [Field, unknown])[] = []
        write((field, value) => {
          asked.push([field, value])
          return null
        })
        await writing.names.ask(asked)
        return write((field, value, clear) => seenCell(field, value, writing.at, writing.names, clear))
      },
    },
  )
}

type CellOf = (field: Field, value: unknown, clear: boolean) => Cell

function joinedRow(joined: Together, lang: Lang, cell: CellOf, placeOf: (area: string) => string): JoinedRow {
  const held = (one: Joined | undefined, field: string) => (field === 'state' ? one?.row.state : one?.row.fields[field])
  return {
    lang,
    is: (name) => joined.has(name),
    value: (name, field) => held(joined.get(name), field) ?? undefined,
    cell: (name, field) => {
      const one = joined.get(name)
      if (!one) return null
      if (field === 'state') return one.def.states[one.row.state]?.[lang] ?? one.row.state
      const found = one.def.fields[field]
      if (!found) throw new Error(`${one.def.name} has no field ${field}`)
      const value = one.row.fields[field]
      return value === undefined || value === null ? null : cell(found, value, one.clear)
    },
    area: (...names) => {
      const one = names.map((name) => joined.get(name)).find((found) => found !== undefined)
      return one ? placeOf(one.row.area) : ''
    },
  }
}

type Reading = Pick<OutgoingOptions, 'store' | 'desk' | 'reveal' | 'purpose'>

/** Finds for all rows at once what stands beside them under a name; what the reader may not see is not there. */
async function join(options: Reading, all: readonly Together[], name: string, beside: Beside): Promise<void> {
  const def = options.store.registry.records.get(beside.record)
  if (!def) return
  const wanted = 'by' in beside ? await pointingBack(options, all, beside) : all.map((row) => firstFilled(row, beside.at))
  const ids = [...new Set(wanted.filter((id) => id !== undefined))]
  const { identity } = options.desk
  const found = options.reveal ? await identity.entriesInClear(def.name, options.purpose ?? '', ids) : await identity.entries(def.name, ids)
  if (!found.ok) return
  for (const [i, row] of all.entries()) {
    const entry = found.value.get(wanted[i] ?? '')
    if (entry) row.set(name, { ...entry, def })
  }
}

function firstFilled(row: Together, at: readonly (readonly [string, string])[]): string | undefined {
  for (const [name, field] of at) {
    const value = row.get(name)?.row.fields[field]
    if (typeof value === 'string') return value
  }
  return undefined
}

/** By row, the first of the records that point to its neighbour and meet the condition. */
async function pointingBack(
  { desk }: Reading,
  all: readonly Together[],
  { record, by, of, where }: Extract<Beside, { by: string }>,
): Promise<readonly (string | undefined)[]> {
  const led = [...new Set(all.flatMap((row) => row.get(of)?.row.id ?? []))]
  const first = new Map<unknown, Listed>()
  const condition: Expression = { op: 'every', of: [{ op: 'in', field: by, values: led }, where] }
  for (let cursor: string | undefined, more = led.length > 0; more; more = cursor !== undefined) {
    const page = await desk.list(record, { where: condition, limit: 500, ...(cursor === undefined ? {} : { cursor }) })
    if (!page.ok) break
    for (const row of page.value.rows) if (!first.has(row.fields[by])) first.set(row.fields[by], row)
    cursor = page.value.next
  }
  return all.map((row) => first.get(row.get(of)?.row.id)?.id)
}

/** Who stands in clear beside the rows of a page, by kind. */
function inClear(all: readonly Together[]): ReadonlyMap<string, ReadonlySet<string>> {
  const shown = new Map<string, Set<string>>()
  for (const joined of all)
    for (const [name, { def, row, clear }] of joined)
      if (name !== 'row' && clear && Object.values(def.fields).some((field) => field.sensitive))
        shown.set(def.name, (shown.get(def.name) ?? new Set()).add(row.id))
  return shown
}
