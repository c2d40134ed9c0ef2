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
import { isDiskFull } from '../store/database/problem.ts'
import type { Desk } from '../store/desk/desk.ts'
import type { ListRequest, Page } from '../store/query/list.ts'
import type { Store } from '../store/store.ts'
import { surroundings } from '../store/surroundings.ts'
import { asOfLine } from './as-of.ts'
import { exportNote } from './export-note.ts'
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
 * Rows of a list, page by page through the reader's desk, as a form writes them. The first page is asked for and noted before anything is sent, so
 * that a refusal is an answer and not half a file. The note counts the rows that went out, also when the export is broken off, and how many records
 * beside them were shown in clear; what is in clear leaves only once it has been counted.
 * @throws StoreProblem `disk-full` where the export cannot be noted
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
  const noted = exportNote(options)
  const note = async (rows: number) => {
    await noted('rows', def.name, rows)
    for (const record of new Set([...inClear.keys(), ...names.inClear.keys()]))
      await noted('beside', record, (inClear.get(record) ?? 0) + (names.inClear.get(record) ?? 0))
  }
  const { title, lines, ...rest } = form
  const asOf = await asOfLine({ ...options, title }, names)
  const begun = await lines(first.value, writing)
  await note(first.value.rows.length)
  return ok({
    ...rest,
    lang,
    title: title[lang],
    asOf,
    rows: async function* () {
      let rows = first.value.rows.length
      try {
        yield begun
        for (let cursor = first.value.next; cursor !== undefined; ) {
          const next = await pageOf({ ...request, limit: PAGE, cursor })
          if (!next.ok) throw new Error(next.problem.message.en)
          rows += next.value.rows.length
          const written = await lines(next.value, writing)
          if (reveal) await note(rows)
          yield written
          cursor = next.value.next
        }
      } finally {
        // What is masked goes out whole where the disk has become full meanwhile; its note then counts the first page.
        await note(rows).catch((error: unknown) => {
          if (!isDiskFull(error)) throw error
        })
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
