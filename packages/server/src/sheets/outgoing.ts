import {
  type AnyRecord,
  type Cell,
  today as cityToday,
  type DerivedColumn,
  type Label,
  type Lang,
  ok,
  type Result,
  type Surroundings,
} from '@guatu/kernel'
import type { Desk } from '../store/desk/desk.ts'
import type { ListRequest, Page } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { asOfLine } from './as-of.ts'
import { NamesBehind } from './names-behind.ts'

export interface OutgoingOptions {
  readonly store: Store
  readonly desk: Desk
  readonly def: AnyRecord
  readonly request: ListRequest
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
  /** More lines above the heading. */
  readonly facts?: readonly string[]
  readonly heading: readonly string[]
  /** A form with ruled columns of set widths, in characters: words that do not fit go on below. Without, one column is as wide as another. */
  readonly ruled?: readonly Pick<DerivedColumn, 'width' | 'format'>[]
  readonly paper?: 'A3' | 'A4'
  readonly lang: Lang
  rows(): AsyncGenerator<readonly (readonly Cell[])[], void, undefined>
}

/** What writes the rows of a page: the reader's words, and how many records were shown in clear. */
export interface Writing {
  readonly at: Surroundings
  readonly names: NamesBehind
  /** Notes that so many records of a kind were shown in clear. */
  clear(record: string, count: number): void
}

export interface TableForm extends Pick<OutgoingTable, 'heading' | 'ruled' | 'paper'> {
  readonly title: Label
  lines(page: Page, writing: Writing): Promise<readonly (readonly Cell[])[]>
}

const PAGE = 500

/**
 * Rows of a list, page by page through the reader's desk, as a form writes them. The first page is asked for before anything is sent, so that a
 * refusal is an answer and not half a file. The export is noted with the rows that went out, also when it is broken off, and so is how many records
 * beside them were shown in clear.
 */
export async function outgoingTable(options: OutgoingOptions, form: TableForm): Promise<Result<OutgoingTable>> {
  const { store, desk, def, request, lang } = options
  const purpose = options.purpose ?? ''
  const reveal = options.reveal ?? false
  const pageOf = (asked: ListRequest): Promise<Result<Page>> =>
    reveal ? desk.identity.revealedPage(def.name, purpose, asked) : desk.list(def.name, asked)
  const first = await pageOf({ ...request, limit: PAGE })
  if (!first.ok) return first
  const at = surroundings(store, lang)
  const names = new NamesBehind({ store, desk, lang, at, ...(reveal ? { purpose } : {}) })
  const inClear = new Map<string, number>()
  const writing: Writing = { at, names, clear: (record, count) => void inClear.set(record, (inClear.get(record) ?? 0) + count) }
  const note = (record: string, rows: number) =>
    store.noteLook({
      actor: desk.actor.id,
      what: reveal ? 'export-in-clear' : 'export',
      record,
      rows,
      ...(options.purpose === undefined ? {} : { purpose }),
    })
  const { title, lines, ...rest } = form
  return ok({
    ...rest,
    lang,
    title: title[lang],
    asOf: await asOfLine({ ...options, title }, names),
    rows: async function* () {
      let rows = 0
      try {
        let page = first.value
        for (;;) {
          rows += page.rows.length
          yield await lines(page, writing)
          if (page.next === undefined) return
          const next = await pageOf({ ...request, limit: PAGE, cursor: page.next })
          if (!next.ok) throw new Error(next.problem.message.en)
          page = next.value
        }
      } finally {
        await note(def.name, rows)
        for (const [record, named] of names.inClear) writing.clear(record, named)
        for (const [record, shown] of inClear) await note(record, shown)
      }
    },
  })
}

/** Places are written with the names above them up to the county, because village names repeat; that is also how an import finds them. */
export function placeNames(store: Store): (area: string) => string {
  const view = store.areas.tree.asOf(cityToday(store.clock))
  const known = new Map<string, string>()
  return (area) => {
    const found = known.get(area)
    if (found !== undefined) return found
    const chain = view.ancestors(area).filter((one) => one.level !== 'province' && one.level !== 'city')
    const name =
      chain.length > 0
        ? chain
            .map((one) => one.name)
            .reverse()
            .join('')
        : (store.areas.index.name(area) ?? area)
    known.set(area, name)
    return name
  }
}
