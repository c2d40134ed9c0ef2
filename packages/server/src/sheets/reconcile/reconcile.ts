import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Actor, type Label, no, ok, problem, type Result, refuse, scopeOf, today } from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import { HEADING_WITHIN } from '../columns.ts'
import { openSheet } from '../open.ts'
import type { Sheet, SheetRow } from '../sheet.ts'
import { fault, judgeRow, type Outcome, type Pushed, readPushed } from './classify.ts'
import { type Decided, decisions } from './decided.ts'
import { lookUp } from './known.ts'
import { findLayout, guessMeanings, isBelowList, isMeanings, type Layout, type Meaning } from './layout.ts'

/** Answer for one row. What identifies is masked: the list itself stays with its sender and with the person who compares it. */
export interface Compared {
  readonly line: number
  readonly outcome: Outcome
  readonly why: Label
  readonly name?: string
  readonly document?: string
  readonly person?: string
  /** Where a person of the register lives. */
  readonly area?: string
  readonly watch?: string
  /** What was decided on this row of this list before, by somebody whose decisions the asker may read. */
  readonly decided?: Decided
}

export interface Reconciled {
  readonly layout: Layout
  readonly meanings: readonly Meaning[]
  /** The meanings were confirmed for this sender before. */
  readonly remembered: boolean
  /** Absent until name and document have their columns. */
  readonly rows?: readonly Compared[]
  readonly counts?: Readonly<Record<Outcome, number>>
}

export interface ReconcileRequest {
  readonly path: string
  /** Meanings as a person set them; they are remembered for the sender's layout. */
  readonly meanings?: unknown
  readonly purpose: string
  /** Lines that are asked for; all when left out. */
  readonly lines?: ReadonlySet<number>
}

const LONGEST_LIST = 200_000

/** Opens a pushed list and says what its columns mean: as set, as remembered for this sender, or as the headings tell. */
export async function openPushed(
  store: Store,
  path: string,
  set: unknown,
): Promise<Result<{ sheet: Sheet; layout: Layout; meanings: readonly Meaning[]; remembered: boolean }>> {
  const sheet = await openSheet(path)
  const first: SheetRow[] = []
  for await (const batch of sheet.read()) {
    first.push(...batch.slice(0, HEADING_WITHIN - first.length))
    if (first.length >= HEADING_WITHIN) break
  }
  const layout = findLayout(first)
  if (!layout) return no(refuse('list-empty', { zh: '名单里没有数据。', en: 'The list is empty.' }))
  if (sheet.rows > LONGEST_LIST)
    return no(problem('too-large', { limit: { zh: `${LONGEST_LIST}行`, en: `${LONGEST_LIST} rows` } }, { path: 'file' }))
  const name = `reconcile/${layout.fingerprint}`
  if (set !== undefined) {
    if (!isMeanings(set, layout.headings.length))
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
    return ok({ sheet, layout, meanings: set, remembered: true })
  }
  const [kept] = await store.db.query<{ value: unknown }>('select value from facts where name = $1', [name])
  return kept && isMeanings(kept.value, layout.headings.length)
    ? ok({ sheet, layout, meanings: kept.value, remembered: true })
    : ok({ sheet, layout, meanings: guessMeanings(layout.headings), remembered: false })
}

/** The people of a list: all rows below its heading but sums and signatures. */
export async function pushedRows(sheet: Sheet, layout: Layout, meanings: readonly Meaning[]): Promise<readonly Pushed[]> {
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

/**
 * Compares a pushed list with the register, set by set: documents are found by their keyed hash, never one by one and never in clear. The
 * look is logged with its purpose and the number of rows.
 */
export async function reconcile(store: Store, actor: Actor, request: ReconcileRequest): Promise<Result<Reconciled>> {
  const def = store.registry.records.get('person')
  const scope = scopeOf(def?.reveal ?? {}, actor)
  if (!def || (!scope.all && scope.paths.length === 0))
    return no(problem('not-allowed', { action: { zh: '比对名单', en: 'compare a list' } }))
  if (request.purpose.trim().length < 2) return no(problem('required', { field: { zh: '查看目的', en: 'purpose' } }, { path: 'purpose' }))
  const opened = await openPushed(store, request.path, request.meanings)
  if (!opened.ok) return opened
  const { sheet, layout, meanings, remembered } = opened.value
  if (!meanings.includes('document') || !meanings.includes('name')) return ok({ layout, meanings, remembered })
  const rows = await pushedRows(sheet, layout, meanings)
  await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose: request.purpose.trim(), rows: rows.length })
  const day = today(store.clock)
  const days = store.settings.at(day, '')<number>('monitoring.days.listed')
  const lines = new Map<string, number>()
  const faults = rows.map((row) => {
    const found = fault(row, row.document === undefined ? undefined : lines.get(row.document))
    if (row.document !== undefined && !lines.has(row.document)) lines.set(row.document, row.line)
    return found
  })
  const asked = (row: Pushed) => request.lines === undefined || request.lines.has(row.line)
  const known = await lookUp(
    store,
    scope,
    rows.filter((row, i) => faults[i] === undefined && asked(row)),
  )
  const decided = await decisions(store, actor, await digestOf(request.path))
  const [nameField, documentField] = [def.fields.name, def.fields.documentNumber]
  const masked = (field: typeof nameField, value: string | undefined) =>
    value === undefined ? undefined : String(field?.mask(value) ?? '***')
  const counts: Record<Outcome, number> = { found: 0, wrong: 0, missed: 0, notResident: 0, past: 0 }
  const compared = rows.flatMap((row, i): Compared[] => {
    if (!asked(row)) return []
    const wrong = faults[i]
    const before = decided.get(row.line)
    const match = row.document === undefined ? undefined : known.get(row.document)
    const verdict = wrong ? { outcome: 'wrong' as const, why: wrong } : judgeRow(row, match, day, days)
    counts[verdict.outcome] += 1
    const [name, document] = [masked(nameField, row.name), masked(documentField, row.document)]
    const compared = {
      line: row.line,
      ...verdict,
      ...(name === undefined ? {} : { name }),
      ...(document === undefined ? {} : { document }),
      ...(match?.ours && !wrong ? { person: match.person, area: match.area, ...(match.watch ? { watch: match.watch.id } : {}) } : {}),
      ...(before ? { decided: before } : {}),
    }
    return [compared]
  })
  return ok({ layout, meanings, remembered, rows: compared, counts })
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
