import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Label, label, no, ok, type Problem, problem, type Result, refuse } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import { firstRows } from '../first-rows.ts'
import { openSheet } from '../open.ts'
import type { LeftSheet, Sheet } from '../sheet.ts'
import { type Pushed, readPushed } from './classify.ts'
import { type Doubt, type Guessed, guessMeanings, type Meaning } from './headings.ts'
import { findLayout, isBelowList, isMeanings, type Layout, looksLikeList } from './layout.ts'

const LONGEST_LIST = 200_000

/** Lines of the sheets of a workbook are told apart by this: those of the first are as they stand in its margin, of the next from here on. */
const LINES_OF_A_SHEET = 10_000_000

/** A sheet of a workbook by its place among the sheets, the visible ones first, from 0. */
export interface PlacedSheet extends LeftSheet {
  readonly sheet: number
}

/** A sheet that is not compared, and why. */
export interface NotCompared extends PlacedSheet {
  readonly why: Label
  /** Whether it can be compared when it is asked for. */
  readonly comparable: boolean
}

interface Part {
  readonly at: number
  readonly name: string
  readonly sheet: Sheet
  readonly layout: Layout
}

/** A pushed list as it was opened: all sheets of one layout, and those that are left out. */
interface PushedList {
  readonly layout: Layout
  readonly meanings: readonly Meaning[]
  /** What the headings leave open; nothing where the meanings were confirmed. */
  readonly doubts: readonly Doubt[]
  /** The meanings were confirmed for this sender before. */
  readonly remembered: boolean
  readonly parts: readonly Part[]
  readonly left: readonly NotCompared[]
}

interface Opening {
  /** Meanings as a person set them; they are remembered for the sender's layout. */
  readonly meanings?: unknown
  /** The sheet that is meant, with all others of its layout; the first visible one that looks like a list when left out. */
  readonly sheet?: number | undefined
}

/** Opens a pushed list and says what its columns mean: as set, as remembered for this sender, or as the headings tell. */
export async function openPushed(store: Store, path: string, { meanings: set, sheet: chosen }: Opening): Promise<Result<PushedList>> {
  const found = sheetsOf(await openSheet(path))
  const all: (Omit<Part, 'layout'> & { readonly hidden: boolean; readonly layout: Layout | undefined })[] = []
  for (const { sheet, ...one } of found)
    if (sheet && sheet.rows > 0) all.push({ ...one, sheet, layout: findLayout(await firstRows(sheet)) })
  const visible = all.filter(({ hidden }) => !hidden)
  const base =
    chosen === undefined
      ? (visible.find(({ layout }) => layout && looksLikeList(layout)) ?? visible.find(({ layout }) => layout))
      : all.find(({ at, layout }) => at === chosen && layout)
  if (!base?.layout) return no(chosen === undefined ? EMPTY : noSuchSheet(chosen))
  const { layout } = base
  const parts = all.flatMap((one) =>
    one.layout?.fingerprint === layout.fingerprint && (!one.hidden || one === base) ? [{ ...one, layout: one.layout }] : [],
  )
  const rows = parts.reduce((sum, { sheet }) => sum + sheet.rows, 0)
  if (rows > LONGEST_LIST)
    return no(problem('too-large', { limit: { zh: `${LONGEST_LIST}行`, en: `${LONGEST_LIST} rows` } }, { path: 'file' }))
  const compared = new Set(parts.map(({ at }) => at))
  const left = found.flatMap(({ at, name, hidden, sheet }): NotCompared[] => {
    if (compared.has(at) || sheet?.rows === 0) return []
    const known = all.find((one) => one.at === at)?.layout
    // A hidden sheet is told where it looks like a list; choices and codes for the others are nobody's business.
    if (hidden && !(known && looksLikeList(known))) return []
    const why = hidden ? HIDDEN : known ? OTHER_LAYOUT : sheet ? NO_LIST : UNREAD
    return [{ sheet: at, name, ...(sheet ? { rows: sheet.rows } : {}), why, comparable: known !== undefined }]
  })
  const named = await meaningsOf(store, layout, set)
  return named.ok ? ok({ layout, ...named.value, parts, left }) : named
}

const EMPTY: Problem = refuse('list-empty', { zh: '名单里没有数据。', en: 'The list is empty.' })

const noSuchSheet = (sheet: number): Problem =>
  problem(
    'invalid',
    { field: 'sheet', why: { zh: `没有第${sheet + 1}张工作表，或其中没有数据。`, en: `there is no sheet ${sheet + 1}, or it is empty.` } },
    { path: 'sheet' },
  )

const HIDDEN = label('工作表已隐藏', 'the sheet is hidden')
const OTHER_LAYOUT = label('表头与所比对的不同', 'its headings are others than those compared')
const NO_LIST = label('没有表头', 'it has no heading')
const UNREAD = label('无法读取', 'it cannot be read')

/** The sheets of a file, the visible ones first. */
function sheetsOf(first: Sheet): readonly { at: number; name: string; hidden: boolean; sheet?: Sheet }[] {
  return [{ name: first.name ?? '', hidden: false, sheet: first }, ...(first.others ?? [])].map((one, at) => ({ at, ...one }))
}

async function meaningsOf(
  store: Store,
  { fingerprint, headings }: Layout,
  set: unknown,
): Promise<Result<Guessed & Pick<PushedList, 'remembered'>>> {
  const name = `reconcile/${fingerprint}`
  if (set !== undefined) {
    if (!isMeanings(set, headings.length))
      return no(
        problem(
          'invalid',
          { field: 'meanings', why: { zh: '每列一个含义，且不重复。', en: 'one meaning a column, none twice.' } },
          { path: 'meanings' },
        ),
      )
    await store.db.query('insert into facts (name, value) values ($1, $2::jsonb) on conflict (name) do update set value = excluded.value', [
      name,
      JSON.stringify(set),
    ])
    return ok({ meanings: set, doubts: [], remembered: true })
  }
  const [kept] = await store.db.query<{ value: unknown }>('select value from facts where name = $1', [name])
  return kept && isMeanings(kept.value, headings.length)
    ? ok({ meanings: kept.value, doubts: [], remembered: true })
    : ok({ ...guessMeanings(headings), remembered: false })
}

/** Somebody of a list, and where the row stands. */
export interface PushedRow extends Pushed {
  /** Name of its sheet and the line in that sheet's margin, where the list has several. */
  readonly within?: { readonly name: string; readonly line: number }
}

/** The people of a list: in each of its sheets all rows below the heading but sums and signatures. */
export async function pushedRows({ parts, left, meanings }: PushedList): Promise<readonly PushedRow[]> {
  const told = parts.length + left.length > 1
  const out: PushedRow[] = []
  for (const { at, name, sheet, layout } of parts)
    for (const row of await rowsOf(sheet, layout, meanings))
      out.push({ ...row, line: row.line + at * LINES_OF_A_SHEET, ...(told ? { within: { name, line: row.line } } : {}) })
  return out
}

async function rowsOf(sheet: Sheet, layout: Layout, meanings: readonly Meaning[]): Promise<readonly Pushed[]> {
  const rows: Pushed[] = []
  // Rows that name nobody: between people one of them was left out and is answered; behind the last they are remarks and seals.
  let nameless: Pushed[] = []
  for await (const batch of sheet.read())
    for (const row of batch) {
      if (row.line <= layout.line || isBelowList(row, meanings)) continue
      const pushed = readPushed(row, meanings, layout.day)
      nameless.push(pushed)
      if (pushed.name === undefined && pushed.document === undefined && pushed.phone === undefined) continue
      rows.push(...nameless)
      nameless = []
    }
  return rows
}

/** SHA-256 of a list: the same list is the same list, whatever its file is called. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

/** Ids that follow from the list and the line: a decision that is sent twice is made once. */
export const idOfLine = (digest: string, line: number, what: string): string => {
  const hex = createHash('sha256').update(`${digest}/${line}/${what}`).digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16] ?? '0', 16) & 3]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
