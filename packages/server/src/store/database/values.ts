import pg from 'pg'
import { StoreProblem } from './problem.ts'

const { types } = pg
const INT8 = 20
const DATE = 1082
const TIMESTAMPTZ: number = 1184
const INT8_ARRAY = 1016
const DATE_ARRAY = 1182
const TEXT_ARRAY: number = 1009

/** A PostgreSQL bigint as a number. Refuses what a number cannot hold exactly instead of rounding it. */
function exactInteger(text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value)) return value
  throw new StoreProblem('value-out-of-range', {
    zh: `整数 ${text} 超出可精确表示的范围，请在查询中转换为文本。`,
    en: `The integer ${text} is too large to be exact; cast it to text in the query.`,
  })
}

const asTextArray: (source: string) => (string | null)[] = types.getTypeParser(TEXT_ARRAY)

const asMoment: (source: string) => unknown = types.getTypeParser(TIMESTAMPTZ)

/** `2020-02-14 02:00:00.12+00`, as sessions in UTC write moments; everything else is left to the driver, which takes ten times as long. */
function moment(text: string): unknown {
  if (text.length >= 22 && text[4] === '-' && text[10] === ' ' && text.endsWith('+00')) {
    const ms = Date.parse(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
    if (!Number.isNaN(ms)) return new Date(ms)
  }
  return asMoment(text)
}

const nullableArray =
  <T>(parse: (text: string) => T) =>
  (source: string): (T | null)[] =>
    asTextArray(source).map((text) => (text === null ? null : parse(text)))

const parsers = new Map<number, (text: string) => unknown>([
  [INT8, exactInteger],
  [DATE, (text) => text],
  [TIMESTAMPTZ, moment],
  [INT8_ARRAY, nullableArray(exactInteger)],
  [DATE_ARRAY, nullableArray((text) => text)],
])

/**
 * How columns become JavaScript values, the same on both engines: `bigint` and `count(*)` a number (refused when not exact), `date` the text
 * YYYY-MM-DD for `Temporal.PlainDate.from`, `timestamptz` a `Date` (milliseconds), `numeric` exact text, `jsonb` the parsed value, `bytea` a `Buffer`.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    const own = format === 'binary' ? undefined : parsers.get(oid)
    return own ?? types.getTypeParser(oid, format ?? 'text')
  },
}

const temporal = [
  Temporal.Instant,
  Temporal.PlainDate,
  Temporal.PlainDateTime,
  Temporal.PlainTime,
  Temporal.PlainYearMonth,
  Temporal.Duration,
]

function toParameter(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.some((item) => typeof item === 'object' && item !== null) ? value.map(toParameter) : value
  if (value instanceof Temporal.ZonedDateTime) return value.toInstant().toString()
  if (value instanceof Date) return value.toISOString()
  return temporal.some((kind) => value instanceof kind) ? String(value) : value
}

/** Parameters as the driver takes them: `Temporal` values become their ISO text, also inside arrays for `unnest`; everything else is left as it is. */
export const toParameters = (values: readonly unknown[]): unknown[] => values.map(toParameter)
