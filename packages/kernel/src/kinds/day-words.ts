import type { Label } from '../label.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `2020-02-14` as 2月14日 / 14 Feb: how a day is written wherever the year is plain. */
export function dayWords(day: string): Label {
  const [, month = '1', date = '1'] = day.split('-')
  return { zh: `${Number(month)}月${Number(date)}日`, en: `${Number(date)} ${MONTHS[Number(month) - 1]}` }
}

/** `2020-02-14` as 2020年2月14日 / 14 Feb 2020. */
export function fullDayWords(day: string): Label {
  const { zh, en } = dayWords(day)
  return { zh: `${Number(day.slice(0, 4))}年${zh}`, en: `${en} ${Number(day.slice(0, 4))}` }
}

/** A moment in a zone, to the minute: 2020年2月14日 08:30 / 14 Feb 2020 08:30; or as closely as is asked. */
export function minuteWords(instant: string, zone: string, smallestUnit: 'minute' | 'second' | 'millisecond' = 'minute'): Label {
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone)
  const day = fullDayWords(at.toPlainDate().toString())
  const time = at.toPlainTime().toString({ smallestUnit })
  return { zh: `${day.zh} ${time}`, en: `${day.en} ${time}` }
}
