import {
  type AnyRecord,
  type Brings,
  broughtBy,
  type Field,
  halfWidth,
  inputFields,
  type Label,
  makingAction,
  no,
  ok,
  problem,
  type Result,
  refuse,
} from '@guatu/kernel'
import { CellFault, type SheetRow } from './sheet.ts'

/** What one column of a sheet means for the act that takes its rows in. */
export type Column =
  | { readonly means: 'field'; readonly name: string; readonly field: Field; readonly required: boolean }
  /** Of the record that the row brings along, see `Action.brings`. */
  | { readonly means: 'brought'; readonly name: string; readonly field: Field; readonly required: boolean }
  | { readonly means: 'area' }
  | { readonly means: 'happenedAt' }
  /** Of a record that a sheet may hold after it was over, as an export does. */
  | { readonly means: 'state' }
  | { readonly means: 'nothing' }

/** How the rows of a sheet become acts. */
export interface ImportPlan {
  readonly action: string
  /** What rows describe instead of naming it; absent when the sheet names it by its id. */
  readonly brings?: Brings
  /** Line of the heading; what stands above it is title and is left out. */
  readonly heading: number
  /** By column of the sheet. */
  readonly columns: readonly Column[]
  /** Headings that nobody asked for, as they were written. */
  readonly ignored: readonly string[]
}

const AREA: readonly string[] = ['area', '区划', '所在区划', '地区', '所在地区']
const HAPPENED: readonly string[] = ['happenedat', '发生时间']
export const AREA_LABEL: Label = { zh: '区划', en: 'Area' }
export const STATE_LABEL: Label = { zh: '状态', en: 'State' }
/** Titles, notes and as-of lines stand above a heading, but not many of them. */
export const HEADING_WITHIN = 20

const normal = (heading: string) =>
  halfWidth(heading)
    .toLowerCase()
    .replace(/[（(]必填[)）]|[*＊\s_]/g, '')

/** The action by which rows come in: the first that makes a record and is done by people. */
export function creatingAction(def: AnyRecord): Result<string> {
  const found = makingAction(def)
  return found !== undefined
    ? ok(found)
    : no(
        refuse('import-no-action', {
          zh: `“${def.label.zh}”由系统生成，或在自己的页面办理，不能导入。`,
          en: `“${def.label.en}” is made by the system or on a page of its own and cannot be imported.`,
        }),
      )
}

/**
 * Finds the heading among the first rows and says what each column means, by field name or by label in either language. Refuses before any
 * row is taken when a required column is missing or two columns mean the same.
 */
export function planImport(
  def: AnyRecord,
  first: readonly SheetRow[],
  hasArea: boolean,
  records: ReadonlyMap<string, AnyRecord>,
): Result<ImportPlan> {
  const action = creatingAction(def)
  if (!action.ok) return action
  const possible = broughtBy(def, action.value, records)
  const known = meanings(def, action.value, possible)
  let best: { row: SheetRow; columns: Column[]; hits: number } | undefined
  for (const row of first.slice(0, HEADING_WITHIN)) {
    const columns = row.cells.map((cell): Column => (typeof cell === 'string' && known.get(normal(cell))) || { means: 'nothing' })
    const hits = new Set(columns.filter((one) => one.means !== 'nothing')).size
    if (!best || hits > best.hits) best = { row, columns, hits }
  }
  if (!best || best.hits === 0) return no(missing(def, wanted(def, action.value, hasArea, possible)))
  const { row, columns } = best
  const twice = columns.findIndex((one, i) => one.means !== 'nothing' && columns.indexOf(one) !== i)
  if (twice >= 0) {
    const name = String(row.cells[twice])
    return no(
      refuse('import-column-twice', {
        zh: `第${row.line}行有两列都是“${name}”，请删除一列。`,
        en: `Two columns of line ${row.line} mean “${name}”; remove one.`,
      }),
    )
  }
  const named = columns.some((one) => one.means === 'field' && one.name === possible?.field)
  const brings = named ? undefined : possible
  const absent = wanted(def, action.value, hasArea, brings).filter(({ column }) => !columns.some((one) => same(one, column)))
  if (absent.length > 0) return no(missing(def, absent))
  const ignored = row.cells.flatMap((cell, i) =>
    columns[i]?.means === 'nothing' && cell !== null && !(cell instanceof CellFault) ? [String(cell)] : [],
  )
  return ok({ action: action.value, heading: row.line, columns, ignored, ...(brings ? { brings } : {}) })
}

function meanings(def: AnyRecord, action: string, brings: Brings | undefined): ReadonlyMap<string, Column> {
  const known = new Map<string, Column>()
  for (const column of brings ? columnsOf(brings.def, brings.action, 'brought') : [])
    for (const heading of [column.field.label.en, column.field.label.zh, column.name]) known.set(normal(heading), column)
  for (const name of AREA) known.set(normal(name), AREA_COLUMN)
  for (const name of HAPPENED) known.set(normal(name), HAPPENED_COLUMN)
  if (def.alike) for (const name of Object.values(STATE_LABEL)) known.set(normal(name), STATE_COLUMN)
  for (const column of columnsOf(def, action, 'field'))
    for (const heading of [column.field.label.en, column.field.label.zh, column.name]) known.set(normal(heading), column)
  return known
}

function columnsOf<M extends 'field' | 'brought'>(def: AnyRecord, action: string, means: M) {
  const declared = def.actions[action]
  return (declared ? inputFields(def, declared) : []).map((one) => ({ means, ...one }))
}

const AREA_COLUMN: Column = { means: 'area' }
const HAPPENED_COLUMN: Column = { means: 'happenedAt' }
const STATE_COLUMN: Column = { means: 'state' }

interface Wanted {
  readonly column: Column
  readonly label: Label
}

function wanted(def: AnyRecord, action: string, hasArea: boolean, brings: Brings | undefined): Wanted[] {
  const own = columnsOf(def, action, 'field').filter((one) => one.required && one.name !== brings?.field)
  const brought = brings ? columnsOf(brings.def, brings.action, 'brought').filter((one) => one.required) : []
  return [
    ...[...own, ...brought].map((column): Wanted => ({ column, label: column.field.label })),
    ...(hasArea ? [] : [{ column: AREA_COLUMN, label: AREA_LABEL }]),
  ]
}

const same = (a: Column, b: Column) =>
  a.means === b.means && ((a.means !== 'field' && a.means !== 'brought') || !('name' in b) || a.name === b.name)

function missing(def: AnyRecord, absent: readonly Wanted[]) {
  const names = (lang: 'zh' | 'en') => absent.map(({ label }) => label[lang])
  return refuse(
    'import-columns',
    {
      zh: `“${def.label.zh}”的表缺少必填列：${names('zh').join('、')}；请在表头补上后重试，未导入任何行。`,
      en: `The sheet of “${def.label.en}” lacks required columns: ${names('en').join(', ')}; add them to the heading. No row was taken.`,
    },
    { data: { missing: names('zh') }, problems: absent.map(({ label }) => problem('required', { field: label })) },
  )
}
