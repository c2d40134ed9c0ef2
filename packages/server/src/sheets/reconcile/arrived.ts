import { readDay } from '@guatu/kernel'

/** Days as a spreadsheet counts them, from 1 January 2000 to the end of 2099: nothing else is meant where an arrival stands. */
const SERIAL = /^(3[6-9]\d{3}|[4-6]\d{4}|7[0-2]\d{3})(?:\.\d+)?$/
const SERIAL_ZERO = Temporal.PlainDate.from('1899-12-30')
const WHOLE = /^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)/
const YEARLESS = /^(\d{1,2})[-/.月](\d{1,2})(?![-/.\d])/

/**
 * The day of an arrival as senders write it: with or without the hour behind it, as the number of a spreadsheet, or without its year, which
 * is then the last one that does not lie after the list's own date. `unread` for what stands there and is no day.
 * @param written in half width
 * @param day the list's own date
 */
export function arrivedIn(written: string | undefined, day: string | undefined): string | 'unread' | undefined {
  if (written === undefined || /^[-/—无]+$|^不详$/.test(written)) return undefined
  const close = written.replace(/\s*([-/.年月日号])\s*/g, '$1')
  if (SERIAL.test(close)) return SERIAL_ZERO.add({ days: Math.floor(Number(close)) }).toString()
  const whole = WHOLE.exec(close)?.[0] ?? /^\d{8}(?!\d)/.exec(close)?.[0]
  if (whole !== undefined) return readDay(whole) ?? 'unread'
  const short = YEARLESS.exec(close)
  if (!short || day === undefined) return 'unread'
  const [month = '', dayOfMonth = ''] = [short[1], short[2]].map((one) => one?.padStart(2, '0'))
  const year = Number(day.slice(0, 4)) - (`${month}-${dayOfMonth}` > day.slice(5) ? 1 : 0)
  return readDay(`${year}-${month}-${dayOfMonth}`) ?? 'unread'
}
