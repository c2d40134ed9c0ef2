import {
  type Actor,
  type Label,
  label,
  no,
  ok,
  type Problem,
  problem,
  type Result,
  refuse,
  type Scope,
  scopeOf,
  today,
} from '@guatu/kernel'
import type { Store } from '../../store/store.ts'
import { fault, isDoubtful, judgeRow, type Outcome } from './classify.ts'
import { type Decided, decisions } from './decided.ts'
import type { Doubt, Meaning } from './headings.ts'
import { lookUp } from './known.ts'
import { identifies, type Layout } from './layout.ts'
import { digestOf, type NotCompared, openPushed, type PlacedSheet, type PushedRow, pushedRows } from './list.ts'

/** Answer for one row. What identifies is masked: the list itself stays with its sender and with the person who compares it. */
export interface Compared {
  /** Names the row to \`decide\`; as it stands in the margin where the list has one sheet. */
  readonly line: number
  /** Name of its sheet and its line there, where the workbook has several. */
  readonly within?: PushedRow['within']
  readonly outcome: Outcome
  readonly why: Label
  readonly name?: string
  readonly document?: string
  /** Where there is no number. */
  readonly phone?: string
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
  /** Meanings that a person has to give to a column before anybody is looked for. */
  readonly doubts: readonly Doubt[]
  /** The meanings were confirmed for this sender before. */
  readonly remembered: boolean
  /** The sheets that are compared together: those of one layout. */
  readonly sheets: readonly PlacedSheet[]
  /** The sheets that are not. */
  readonly left: readonly NotCompared[]
  /** Absent until the name, and the document or the phone, have their columns, and no meaning is in doubt. */
  readonly rows?: readonly Compared[]
  readonly counts?: Readonly<Record<Outcome, number>>
}

export interface ReconcileRequest {
  readonly path: string
  /** Meanings as a person set them; they are remembered for the sender's layout. */
  readonly meanings?: unknown
  readonly purpose: string
  /** The sheet that is meant, with all others of its layout, by its place; the first that looks like a list when left out. */
  readonly sheet?: number | undefined
  /** Lines that are asked for; all when left out. */
  readonly lines?: ReadonlySet<number>
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
  const opened = await openPushed(store, request.path, request)
  if (!opened.ok) return opened
  const { layout, meanings, doubts, remembered, parts, left } = opened.value
  const sheets = parts.map(({ at, name, sheet }) => ({ sheet: at, name, rows: sheet.rows }))
  const told = { layout, meanings, doubts, remembered, sheets, left }
  if (doubts.length > 0 || !identifies(meanings)) return ok(told)
  const rows = await pushedRows(opened.value)
  await store.noteLook({ actor: actor.id, what: 'search', record: 'person', purpose: request.purpose.trim(), rows: rows.length })
  const day = today(store.clock)
  const days = store.settings.at(day, '')<number>('monitoring.days.listed')
  const asked = (row: PushedRow) => request.lines === undefined || request.lines.has(row.line)
  const faults = faultsOf(
    rows,
    day,
    await registeredAs(
      store,
      scope,
      rows.filter((row) => isDoubtful(row) && asked(row)),
    ),
  )
  const known = await lookUp(
    store,
    scope,
    rows.filter((row, i) => faults[i] === undefined && asked(row)),
  )
  const decided = await decisions(store, actor, await digestOf(request.path))
  const [nameField, documentField, phoneField] = [def.fields.name, def.fields.documentNumber, def.fields.phone]
  const masked = (field: typeof nameField, value: string | undefined) =>
    value === undefined ? undefined : String(field?.mask(value) ?? '***')
  const counts: Record<Outcome, number> = { found: 0, wrong: 0, missed: 0, notResident: 0, past: 0 }
  const compared = rows.flatMap((row, i): Compared[] => {
    if (!asked(row)) return []
    const wrong = faults[i]
    const before = decided.get(row.line)
    const match = wrong ? undefined : known.get(row.line)
    const verdict = wrong ? { outcome: 'wrong' as const, why: wrong } : judgeRow(row, match, day, days)
    counts[verdict.outcome] += 1
    const [name, document] = [masked(nameField, row.name), masked(documentField, row.document)]
    const phone = row.document === undefined ? masked(phoneField, row.phone) : undefined
    const compared = {
      line: row.line,
      ...(row.within ? { within: row.within } : {}),
      ...verdict,
      ...(name === undefined ? {} : { name }),
      ...(document === undefined ? {} : { document }),
      ...(phone === undefined ? {} : { phone }),
      ...(match?.ours && match.several === undefined
        ? { person: match.person, area: match.area, ...(match.watch ? { watch: match.watch.id } : {}) }
        : {}),
      ...(before ? { decided: before } : {}),
    }
    return [compared]
  })
  return ok({ ...told, rows: compared, counts })
}

/** Nobody is decided on by columns of which nobody has said what they mean. */
export function unconfirmed({ layout, doubts }: Reconciled): Problem {
  const open = doubts.map(({ columns }) => columns.map((column) => layout.headings[column] || `${column + 1}`))
  const listed = (between: string, within: string) => open.map((columns) => columns.join(within)).join(between)
  return refuse(
    'columns-unconfirmed',
    {
      zh: `${open.length > 0 ? `名单中这些列是谁的、是什么，尚未确认：${listed('；', '、')}。` : '名单中还没有指明姓名和证件号码（或电话）在哪一列。'}请先在“列的含义”中逐列选定，按“记住并比对”，再处理；未处理任何行。`,
      en: `${open.length > 0 ? `Nobody has confirmed what these columns mean and whose they are: ${listed('; ', ', ')}.` : 'Nobody has said which columns hold the name and the document number (or phone).'} First set each under “Columns” and press “Remember and compare”; no row was settled.`,
    },
    { path: 'meanings' },
  )
}

/** Lines whose number, which may be a national ID with a slip, is that of somebody of the register. */
async function registeredAs(store: Store, scope: Scope, rows: readonly PushedRow[]): Promise<ReadonlySet<number>> {
  const known = rows.length === 0 ? [] : [...(await lookUp(store, scope, rows))]
  return new Set(known.flatMap(([line, { byPhone }]) => (byPhone ? [] : [line])))
}

/** What is wrong with each row; who stands there twice is answered once, by the row with the number of a document where there is one. */
function faultsOf(rows: readonly PushedRow[], today: string, registered: ReadonlySet<number>): readonly (Label | undefined)[] {
  const calledOf = (row: PushedRow) => (row.name !== undefined && row.reachable ? `${row.name}/${row.phone}` : undefined)
  const numbered = new Map<string, PushedRow>()
  const called = new Map<string, PushedRow>()
  for (const row of rows) {
    const key = row.document === undefined ? undefined : calledOf(row)
    if (key !== undefined && !called.has(key)) called.set(key, row)
  }
  const first = (seen: Map<string, PushedRow>, key: string | undefined, row: PushedRow): Label | undefined => {
    if (key === undefined) return undefined
    const earlier = seen.get(key)
    if (!earlier) seen.set(key, row)
    return earlier && placeOf(earlier)
  }
  return rows.map((row) =>
    fault(
      row,
      row.document === undefined ? first(called, calledOf(row), row) : first(numbered, row.document, row),
      today,
      registered.has(row.line),
    ),
  )
}

const placeOf = ({ line, within }: PushedRow): Label =>
  within ? label(`“${within.name}”第${within.line}行`, `line ${within.line} of “${within.name}”`) : label(`第${line}行`, `line ${line}`)
