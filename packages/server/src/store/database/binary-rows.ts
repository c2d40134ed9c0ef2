import { BinaryValues } from './binary-values.ts'
import type { RowType } from './row-types.ts'

/** A row by the names of its columns; what is absent is null. */
export type Row = object

const TYPE = {
  bool: 16,
  int8: 20,
  int4: 23,
  text: 25,
  textArray: 1009,
  date: 1082,
  timestamptz: 1184,
  numeric: 1700,
  uuid: 2950,
  jsonb: 3802,
}

/** Between 1970, where JavaScript counts from, and 2000, where PostgreSQL does. */
const EPOCH_MS = 946_684_800_000
const DAY_MS = 86_400_000

/** How the values of the columns are had from what stands for a row; a column that is not named is null. */
export type Columns<T> = ReadonlyMap<string, (row: T) => unknown>

/**
 * Rows as one parameter: an array of the table's row type in PostgreSQL's binary format, for `unnest($1::"table"[])`. The database takes it in
 * in a quarter of the time that it needs to read the same rows as JSON. With `columns`, a row may be anything; else it is a plain object.
 */
export function binaryRows<T extends Row>(type: RowType, rows: readonly T[], columns?: Columns<T>): Buffer {
  const plan = planOf(type, columns as Columns<never> | undefined)
  const out = new BinaryValues(64 + rows.length * plan.expected)
  out.int32(rows.length === 0 ? 0 : 1)
  out.int32(0)
  out.int32(type.oid)
  if (rows.length === 0) return out.done()
  out.int32(rows.length)
  out.int32(1)
  for (const row of rows) {
    const element = out.open()
    out.int32(plan.columns.length)
    for (const { oid, read, write } of plan.columns) {
      const value = read(row)
      if (value === undefined || value === null) out.int32s(oid, -1)
      else {
        out.int32(oid)
        write(out, value)
      }
    }
    out.close(element)
  }
  const bytes = out.done()
  plan.expected = Math.ceil((bytes.length / rows.length) * ROOM)
  return bytes
}

/** Room for rows that are longer than those before. */
const ROOM = 1.1

interface Plan {
  readonly columns: readonly { readonly oid: number; read(row: unknown): unknown; readonly write: Write }[]
  /** Bytes of a row, as the last ones were. */
  expected: number
}

const PLAIN: object = {}
const plans = new WeakMap<RowType, WeakMap<object, Plan>>()

/** How rows of a type are written; made once. */
function planOf(type: RowType, columns: Columns<never> | undefined): Plan {
  const known = plans.get(type) ?? new WeakMap<object, Plan>()
  plans.set(type, known)
  const found = known.get(columns ?? PLAIN)
  if (found) return found
  const reader = (name: string): ((row: unknown) => unknown) =>
    columns ? ((columns.get(name) ?? (() => null)) as (row: unknown) => unknown) : (row) => (row as Readonly<Record<string, unknown>>)[name]
  const made: Plan = {
    columns: type.columns.map(([name, oid]) => ({ oid, read: reader(name), write: writerOf(oid, name) })),
    expected: type.columns.length * 24,
  }
  known.set(columns ?? PLAIN, made)
  return made
}

type Write = (out: BinaryValues, value: unknown) => void

function writerOf(oid: number, column: string): Write {
  switch (oid) {
    case TYPE.bool:
      return (out, value) => {
        out.int32(1)
        out.byte(value === true || value === 'true' ? 1 : 0)
      }
    case TYPE.int4:
      return (out, value) => out.int32s(4, whole(value, column))
    case TYPE.int8:
      return (out, value) => {
        out.int32(8)
        out.int64(whole(value, column))
      }
    case TYPE.text:
      return (out, value) => out.text(String(value))
    case TYPE.uuid:
      return (out, value) => {
        out.int32(16)
        out.uuid(String(value))
      }
    case TYPE.date:
      return dates(column)
    case TYPE.timestamptz:
      return moments(column)
    case TYPE.numeric:
      return (out, value) => {
        if (typeof value !== 'number' || !out.tenths(value)) out.numeric(String(value))
      }
    case TYPE.jsonb:
      return (out, value) => {
        const start = out.open()
        out.byte(1)
        out.bare(JSON.stringify(value))
        out.close(start)
      }
    case TYPE.textArray:
      return texts
    default:
      throw new Error(`column ${column} has a type (${oid}) that is not written in rows`)
  }
}

/** Days and moments come in runs of the same: the last one is remembered. */
function dates(column: string): Write {
  let last: unknown
  let days = 0
  return (out, value) => {
    if (value !== last) {
      days = Math.round((moment(value, column) - EPOCH_MS) / DAY_MS)
      last = value
    }
    out.int32s(4, days)
  }
}

function moments(column: string): Write {
  let last: unknown
  let ms = 0
  return (out, value) => {
    if (value !== last) {
      ms = moment(value, column) - EPOCH_MS
      last = value
    }
    out.int32(8)
    if (Number.isSafeInteger(ms * 1000)) out.int64(ms * 1000)
    else out.large(BigInt(ms) * 1000n)
  }
}

function moment(value: unknown, column: string): number {
  const ms = value instanceof Date ? value.getTime() : Date.parse(String(value))
  if (Number.isNaN(ms)) throw new Error(`column ${column}: not a moment or day`)
  return ms
}

function whole(value: unknown, column: string): number {
  const number = Number(value)
  if (!Number.isSafeInteger(number)) throw new Error(`column ${column}: not a whole number that is exact`)
  return number
}

const texts: Write = (out, value) => {
  const items = value as readonly (string | null)[]
  const start = out.open()
  out.int32(items.length === 0 ? 0 : 1)
  out.int32(items.includes(null) ? 1 : 0)
  out.int32(TYPE.text)
  if (items.length > 0) {
    out.int32(items.length)
    out.int32(1)
    for (const item of items) {
      if (item === null) out.int32(-1)
      else out.text(item)
    }
  }
  out.close(start)
}
