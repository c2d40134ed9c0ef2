import { createHash } from 'node:crypto'
import {
  type AnyRecord,
  type Command,
  type Field,
  no,
  ok,
  type Problem,
  problem,
  type Result,
  readMoment,
  refuse,
  type Surroundings,
} from '@guatu/kernel'
import { AREA_LABEL, type Column, type ImportPlan, STATE_LABEL } from './columns.ts'
import { CellFault, type SheetCell, type SheetRow } from './sheet.ts'

/** The act of a row, with the record that it describes instead of naming it. */
export interface RowAct extends Command {
  readonly line: number
  readonly brought?: Readonly<Record<string, unknown>>
}

export type RowReader = (row: SheetRow) => Result<RowAct>

export interface RowReaderOptions {
  readonly def: AnyRecord
  readonly plan: ImportPlan
  readonly zone: string
  readonly findArea: (written: string) => Result<string>
  readonly countyOf: (area: string) => string | undefined
  /** Ids of rows follow from this text and the line: the same file gives the same ids. */
  readonly idsFrom: string
  readonly area?: string
}

/** Kinds whose cells are names to be looked up, or repeat themselves: the answer for one text is the answer for all its repetitions. */
const LOOKED_UP: ReadonlySet<string> = new Set(['area', 'unit', 'choice', 'date'])

/** Makes the reader of one sheet: a row in, the act that it asks for out, or everything that is wrong with it. */
export function rowReader(options: RowReaderOptions): RowReader {
  const { def, plan, zone, findArea } = options
  const at: Surroundings = {
    lang: 'zh',
    zone,
    nameOf: () => undefined,
    find: (kind, written) => {
      if (kind === 'area' || kind === 'unit') return findArea(written)
      return /^[0-9a-f-]{36}$/i.test(written) ? ok(written.toLowerCase()) : no(problem('not-found', { what: written }))
    },
  }
  const readers = plan.columns.map((column) => (isOfField(column) ? cellReader(column.field, at) : undefined))
  const seen = new Map<string, { readonly line: number; readonly title: unknown }>()
  const [eventId, recordId] = [idsFrom(`${options.idsFrom}/event`), idsFrom(options.idsFrom)]

  return ({ line, cells }) => {
    const problems: Problem[] = []
    const input: Record<string, unknown> = {}
    const brought: Record<string, unknown> = {}
    let { area } = options
    let happenedAt: string | undefined
    for (let i = 0; i < plan.columns.length; i++) {
      const column = plan.columns[i]
      const cell = cells[i] ?? null
      if (column === undefined || column.means === 'nothing' || cell === null || cell === '') continue
      const refusal = (p: Problem) => problems.push({ ...p, path: `rows.${line}.${isOfField(column) ? column.name : column.means}` })
      if (cell instanceof CellFault) {
        refusal(problem('invalid', { field: labelOf(column), why: cell.message }))
      } else if (isOfField(column)) {
        const value = readers[i]?.(cell)
        if (value?.ok) (column.means === 'field' ? input : brought)[column.name] = value.value
        else if (value) refusal(value.problem)
      } else if (column.means === 'area') {
        const found = findArea(String(cell))
        if (found.ok) area = found.value
        else refusal(found.problem)
      } else if (column.means === 'state') {
        const over = overAs(def, String(cell))
        if (over) refusal(over)
      } else {
        happenedAt = readMoment(cell instanceof Date ? cell.toISOString().slice(0, 19).replace('T', ' ') : String(cell), zone)
        if (happenedAt === undefined) refusal(problem('invalid', { field: labelOf(column), why: MOMENT }))
      }
    }
    for (const column of plan.columns) {
      if (!isOfField(column) || !column.required) continue
      const path = `rows.${line}.${column.name}`
      if ((column.means === 'field' ? input : brought)[column.name] === undefined && !problems.some((one) => one.path === path))
        problems.push(problem('required', { field: column.field.label }, { path }))
    }
    if (area === undefined && !problems.some((one) => one.path === `rows.${line}.area`))
      problems.push(problem('required', { field: AREA_LABEL }, { path: `rows.${line}.area` }))
    const [first] = problems
    if (first) return no(problems.length === 1 ? first : { ...first, problems })
    const twin = area === undefined ? undefined : sameKey(area, input, line)
    if (twin !== undefined) {
      const same = twin.title === input[def.title]
      return no(same ? repeats(def, line, twin.line) : { ...calledOtherwise(def, { line: twin.line }), path: `rows.${line}` })
    }
    return ok({
      id: eventId(line),
      record: def.name,
      recordId: recordId(line),
      action: plan.action,
      input,
      line,
      ...(plan.brings ? { brought } : {}),
      ...(area === undefined ? {} : { area }),
      ...(happenedAt === undefined ? {} : { happenedAt }),
    })
  }

  /** An earlier row of this sheet with the same key in the same county. */
  function sameKey(area: string, input: Readonly<Record<string, unknown>>, line: number) {
    if (!def.key || def.key.some((name) => input[name] === undefined)) return undefined
    const key = JSON.stringify([options.countyOf(area), ...def.key.map((name) => input[name])])
    const earlier = seen.get(key)
    if (earlier === undefined) seen.set(key, { line, title: input[def.title] })
    return earlier
  }
}

const MOMENT = { zh: '请填写时间，例如2020-02-14 08:30。', en: 'write a time such as 2020-02-14 08:30.' }

type OfField = Extract<Column, { readonly field: Field }>
const isOfField = (column: Column): column is OfField => column.means === 'field' || column.means === 'brought'

/** Why a row is not taken in that says of what it describes that it is over. */
function overAs({ alike, states }: AnyRecord, written: string): Problem | undefined {
  const over = alike?.not.find((state) => [state, ...Object.values(states[state] ?? {})].includes(written.trim()))
  return over === undefined
    ? undefined
    : refuse('row-is-over', {
        zh: `这一行的状态是“${written.trim()}”，没有导入；要重新登记的，请删去这一格。`,
        en: `This row says “${written.trim()}” and was not taken in; to register it anew, empty this cell.`,
      })
}

const labelOf = (column: Column) =>
  isOfField(column)
    ? column.field.label
    : column.means === 'area'
      ? AREA_LABEL
      : column.means === 'state'
        ? STATE_LABEL
        : { zh: '发生时间', en: 'Happened at' }

/** What an export shows to whoever may not see the whole: nobody is called so. */
const MASKED = /[*＊]/
const masked = (field: Field): Problem =>
  problem('invalid', {
    field: field.label,
    why: {
      zh: '这是遮盖后的内容（带*），不是真实信息；请填写完整内容，或用经批准的明文导出表。',
      en: 'this is masked text (with *), not what is true; fill in the whole, or use an export in clear that was approved.',
    },
  })

function cellReader(field: Field, at: Surroundings): (cell: Exclude<SheetCell, CellFault>) => Result<unknown> {
  if (field.sensitive) return (cell) => (typeof cell === 'string' && MASKED.test(cell) ? no(masked(field)) : field.fromCell(cell, at))
  if (!LOOKED_UP.has(field.kind)) return (cell) => field.fromCell(cell, at)
  const known = new Map<unknown, Result<unknown>>()
  return (cell) => {
    const found = known.get(cell) ?? field.fromCell(cell, at)
    if (typeof cell === 'string' && known.size < 100_000) known.set(cell, found)
    return found
  }
}

/** A row that says the same again as an earlier one of its sheet. */
export const repeats = (def: AnyRecord, line: number, earlier: number): Problem =>
  refuse(
    'row-repeats',
    {
      zh: `与第${earlier}行是同一条“${def.label.zh}”，请删除其中一行。`,
      en: `This is the same “${def.label.en}” as line ${earlier}; remove one of the two.`,
    },
    { status: 409, path: `rows.${line}`, data: { line: earlier } },
  )

/** A row whose key goes with another title: in the register, or in an earlier line of its sheet. Nothing of it is written onto the other. */
export function calledOtherwise(def: AnyRecord, where: { readonly id: string } | { readonly line: number }): Problem {
  const [key, name] = [def.fields[def.key?.[0] ?? '']?.label ?? def.label, def.fields[def.title]?.label ?? def.label]
  const words = { key: { zh: key.zh, en: key.en.toLowerCase() }, name: { zh: name.zh, en: name.en.toLowerCase() } }
  return refuse(
    'register-says-otherwise',
    'line' in where
      ? {
          zh: `该${words.key.zh}在第${where.line}行对应另一${words.name.zh}，请核对这两行；这一行没有导入。`,
          en: `In line ${where.line} this ${words.key.en} goes with another ${words.name.en}; compare the two lines. This one was not taken in.`,
        }
      : {
          zh: `该${words.key.zh}在名册中对应另一${words.name.zh}，请核对两者。`,
          en: `In the register this ${words.key.en} goes with another ${words.name.en}; compare the two.`,
        },
    { status: 409, data: where },
  )
}

/**
 * Ids of rows (UUID version 8, RFC 9562) that follow from a text and the line: 92 bits of the text's hash around 28 bits of the line. Lines
 * that follow each other have ids that follow each other, so that they enter the indexes of the database side by side.
 */
function idsFrom(text: string): (line: number) => string {
  const hex = createHash('sha256').update(text).digest('hex')
  const head = hex.slice(0, 8)
  const variant = '89ab'[Number.parseInt(hex[8] ?? '0', 16) & 3]
  const tail = `${variant}${hex.slice(9, 12)}-${hex.slice(12, 24)}`
  return (line) => {
    const at = line.toString(16).padStart(7, '0')
    return `${head}-${at.slice(0, 4)}-8${at.slice(4)}-${tail}`
  }
}
