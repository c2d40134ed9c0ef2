/** Calendar days as whole numbers (1970-01-01 is 0), so that line lists of any size are counted with integer arithmetic. */
import { demand } from '../../outcome.ts'

const millisecondsPerDay = 86_400_000

/**
 * Number of an ISO calendar day. Days since 1970-01-01. A definition, which needs no source.
 *
 * @param iso YYYY-MM-DD.
 * @returns Whole days.
 * @throws InputError `date-unreadable` for anything but an existing day written YYYY-MM-DD.
 */
export function dayNumber(iso: string): number {
  const milliseconds = /^\d{4}-\d{2}-\d{2}$/.test(iso) ? Date.parse(`${iso}T00:00:00Z`) : Number.NaN
  const day = milliseconds / millisecondsPerDay
  demand(
    Number.isInteger(day) && isoDay(day) === iso,
    'date-unreadable',
    `日期“${iso}”无法识别，请写成 2020-02-14`,
    `The date "${iso}" cannot be read: write it as 2020-02-14`,
  )
  return day
}

/**
 * The ISO calendar day of a day number. A definition, which needs no source.
 *
 * @param day Whole days since 1970-01-01.
 * @returns YYYY-MM-DD.
 * @throws RangeError beyond the calendar.
 */
export function isoDay(day: number): string {
  return Temporal.Instant.fromEpochMilliseconds(day * millisecondsPerDay)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toString()
}
