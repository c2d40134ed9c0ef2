import * as z from 'zod'
import { isDay } from '../clock.ts'
import { label } from '../label.ts'
import { buildField, type Options } from './build.ts'
import { fullDayWords, minuteWords } from './day-words.ts'

/** `2020-02-14`, `2020/2/14`, `2020.2.14`, `2020年2月14日`, `20200214` → ISO day; undefined when there is no such day. */
export function readDay(written: string): string | undefined {
  const match = /^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?$/.exec(written) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(written)
  if (!match) return undefined
  try {
    const day = Temporal.PlainDate.from({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }, { overflow: 'reject' })
    return day.toString()
  } catch {
    return undefined
  }
}

/** The calendar of the database begins with the year 1. */
const isoDay = z.iso.date().refine((day) => !day.startsWith('0000'))

/** A calendar day in the city, `YYYY-MM-DD`. */
export const date = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'date'>('date', o, {
    schema: () => isoDay,
    plainly: (value) => typeof value === 'string' && isDay(value),
    column: 'date',
    fromColumn: (raw) => (raw instanceof Date ? raw.toISOString().slice(0, 10) : String(raw).slice(0, 10)),
    read: readDay,
    readCell: (cell) =>
      cell instanceof Date && !Number.isNaN(cell.getTime())
        ? cell.toISOString().slice(0, 10)
        : typeof cell === 'number'
          ? readDay(String(cell))
          : undefined,
    expects: label('请填写日期，例如2020-02-14。', 'write a date such as 2020-02-14.'),
    toForm: (value) => value,
    view: (value, at) => fullDayWords(value)[at.lang],
    mask: (value) => `${value.slice(0, 4)}-**-**`,
  })

/** Whole milliseconds since the epoch, written the one way that sorts and compares as text. */
const instantText = (instant: Temporal.Instant) => instant.toString({ smallestUnit: 'millisecond' })

/** `2020-02-14 08:30` in the city's zone, or a full ISO instant. */
export function readMoment(written: string, zone: string): string | undefined {
  try {
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(written)) return instantText(Temporal.Instant.from(written))
    const match = /^(.+?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,3})?)?$/.exec(written)
    const day = readDay(match?.[1] ?? written)
    if (!day) return undefined
    const time = match ? `${(match[2] ?? '').padStart(2, '0')}:${match[3]}:${match[4] ?? '00'}${match[5] ?? ''}` : '00:00:00'
    return instantText(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(zone).toInstant())
  } catch {
    return undefined
  }
}

const local = (value: string, zone: string) => Temporal.Instant.from(value).toZonedDateTimeISO(zone).toPlainDateTime()

/** A point in time, kept in UTC with milliseconds, shown in the city's zone. */
export const moment = <const O extends boolean = false>(o: Options<O>) =>
  buildField<string, O, 'moment'>('moment', o, {
    schema: () =>
      z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
        .refine((value) => !value.startsWith('0000') && !Number.isNaN(Date.parse(value))),
    column: 'timestamptz',
    fromColumn: (raw) => (raw instanceof Date ? raw.toISOString() : new Date(String(raw)).toISOString()),
    read: (written, at) => readMoment(written, at.zone),
    // A sheet's date has no zone: its UTC reading is the wall time in the city.
    readCell: (cell, at) =>
      cell instanceof Date && !Number.isNaN(cell.getTime())
        ? readMoment(cell.toISOString().slice(0, 23).replace('T', ' '), at.zone)
        : undefined,
    expects: label('请填写时间，例如2020-02-14 08:30。', 'write a time such as 2020-02-14 08:30.'),
    toCell: (value, at) => local(value, at.zone).toString({ smallestUnit: 'millisecond' }).replace('T', ' '),
    toForm: (value, at) => local(value, at.zone).toString({ smallestUnit: 'millisecond' }).replace('T', ' '),
    view: (value, at) => minuteWords(value, at.zone)[at.lang],
  })
