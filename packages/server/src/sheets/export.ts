import { type AnyRecord, type Area, type Cell, today as cityToday, type Field, type Lang, ok, type Result, readable } from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { Listed, ListRequest, Page } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { asOfLine, columnLabel } from './as-of.ts'
import { NamesBehind } from './names-behind.ts'
import { type Columns, seenCell } from './seen.ts'

export interface ExportOptions {
  readonly store: Store
  readonly desk: Desk
  readonly def: AnyRecord
  readonly request: ListRequest
  readonly columns: Columns
  readonly lang: Lang
  /** The filters as they were asked for, to be stated above the table. */
  readonly filters: Readonly<Record<string, string>>
  /** Why the data leave the house; kept with the note of the export. */
  readonly purpose?: string
  /** In clear: only for those who may see identity, and only with a purpose. */
  readonly reveal?: boolean
}

/** A table on its way out: what stands above it, its heading, and its rows page by page. */
export interface OutgoingTable {
  readonly title: string
  readonly asOf: string
  readonly heading: readonly string[]
  rows(): AsyncGenerator<readonly (readonly Cell[])[], void, undefined>
}

const PAGE = 500

/**
 * Everything a person may see of a list, page by page through their desk: scope, filters and masking are those of the list, and so are the names
 * behind references. The first page is asked for before anything is sent, so that a refusal is an answer and not half a file. The export is noted
 * with the rows that went out, also when it is broken off, and so is how many people were named in clear.
 */
export async function outgoing(options: ExportOptions): Promise<Result<OutgoingTable>> {
  const { store, desk, def, request, lang } = options
  const purpose = options.purpose ?? ''
  const reveal = options.reveal ?? false
  const pageOf = (asked: ListRequest): Promise<Result<Page>> =>
    reveal ? desk.identity.revealedPage(def.name, purpose, asked) : desk.list(def.name, asked)
  const first = await pageOf({ ...request, limit: PAGE })
  if (!first.ok) return first
  const at = surroundings(store, lang)
  const names = new NamesBehind({ store, desk, lang, at, ...(reveal ? { purpose } : {}) })
  const columns = options.columns === 'all' ? [...Object.keys(def.fields), 'area', 'state'] : options.columns
  const fields = columns.flatMap((name) => (def.fields[name] ? [[name, def.fields[name]] as const] : []))
  const placeOf = placeNames(store)
  const cell = (row: Listed, name: string): Cell => {
    if (name === 'area') return placeOf(row.area)
    if (name === 'state') return def.states[row.state]?.[lang] ?? row.state
    const [field, value] = [def.fields[name], row.fields[name]]
    if (!field || value === undefined || value === null) return null
    return options.columns === 'all' ? keptCell(field, value) : seenCell(field, value, at, names, reveal)
  }
  /** What has been masked is text already; everything else asks its kind. */
  const keptCell = (field: Field, value: unknown): Cell =>
    field.sensitive && typeof value === 'string' && !reveal ? readable(value, lang) : field.toCell(value, at)
  const linesOf = async ({ rows }: Page) => {
    if (options.columns !== 'all') await names.ask(rows.flatMap((row) => fields.map(([name, field]) => [field, row.fields[name]] as const)))
    return rows.map((row) => columns.map((name) => cell(row, name)))
  }
  const note = (record: string, rows: number) =>
    store.noteLook({
      actor: desk.actor.id,
      what: reveal ? 'export-in-clear' : 'export',
      record,
      rows,
      ...(options.purpose === undefined ? {} : { purpose }),
    })
  return ok({
    title: def.label[lang],
    asOf: await asOfLine(options, names),
    heading: columns.map((name) => columnLabel(def, name, lang)),
    rows: async function* () {
      let rows = 0
      try {
        let page = first.value
        for (;;) {
          rows += page.rows.length
          yield await linesOf(page)
          if (page.next === undefined) return
          const next = await pageOf({ ...request, limit: PAGE, cursor: page.next })
          if (!next.ok) throw new Error(next.problem.message.en)
          page = next.value
        }
      } finally {
        await note(def.name, rows)
        for (const [record, named] of names.inClear) await note(record, named)
      }
    },
  })
}

/** Places are written with the names above them up to the county, because village names repeat; that is also how an import finds them. */
function placeNames(store: Store): (area: string) => string {
  const view = store.areas.tree.asOf(cityToday(store.clock))
  const known = new Map<string, string>()
  return (area) => {
    const found = known.get(area)
    if (found !== undefined) return found
    const chain = view.ancestors(area).filter((one) => one.level !== 'province' && one.level !== 'city')
    const name = chain.length > 0 ? nameOf(chain) : (store.areas.tree.last(area)?.name ?? area)
    known.set(area, name)
    return name
  }
}

const nameOf = (chain: readonly Area[]) =>
  chain
    .map((one) => one.name)
    .reverse()
    .join('')
