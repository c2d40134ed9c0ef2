import { demand } from '../../outcome.ts'

/** Days since 1970-01-01 of a proleptic Gregorian date given as ISO text. Errors: InputError for anything else. */
export function dayNumber(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
  const [year, month, day] = match === null ? [0, 0, 0] : [Number(match[1]), Number(match[2]), Number(match[3])]
  const number = numberOf(year, month, day)
  demand(match !== null && isoOf(number) === iso, 'date', `日期应为YYYY-MM-DD，收到“${iso}”`, `a date reads YYYY-MM-DD, got "${iso}"`)
  return number
}

/** Counts days by eras of 400 years that begin on 1 March, so that leap days come last. */
function numberOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468
}

function partsOf(number: number): readonly [number, number, number] {
  const z = number + 719468
  const era = Math.floor(z / 146097)
  const dayOfEra = z - era * 146097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted + (shifted < 10 ? 3 : -9)
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1]
}

/** ISO text of a day number. */
export function isoOf(number: number): string {
  const [year, month, day] = partsOf(number)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** The same day of the year some years before; 29 February becomes 1 March. */
export function yearsBefore(number: number, years: number): number {
  const [year, month, day] = partsOf(number)
  return numberOf(year - years, month, day)
}

/** The same day of the month some months later; the day must exist in every month (at most 28). */
export function monthsAfter(number: number, months: number): number {
  const [year, month, day] = partsOf(number)
  const whole = year * 12 + month - 1 + months
  return numberOf(Math.floor(whole / 12), (((whole % 12) + 12) % 12) + 1, day)
}

/** The day with the same weekday as `reference` that is nearest to `number`. */
export function nearestSameWeekday(number: number, reference: number): number {
  const offset = (((number - reference) % 7) + 7) % 7
  return offset <= 3 ? number - offset : number + 7 - offset
}
