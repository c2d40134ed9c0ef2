/** Cells of planning workbooks, each read with its meaning; `undefined` where the text does not have it. */

/** A calendar day as `YYYY-MM-DD`. */
export type Day = string

/** What a cell means. `time` is seconds since the midnight on which the plan begins, `pairs` are names with whole numbers. */
export interface Meanings {
  readonly text: string
  readonly number: number
  readonly whole: number
  readonly time: number
  readonly day: Day
  readonly list: readonly string[]
  readonly wholes: readonly number[]
  readonly pairs: readonly (readonly [name: string, amount: number])[]
}
export type Meaning = keyof Meanings

interface Reader {
  read(text: string): unknown
  readonly zh: string
  readonly en: string
}

const WHOLE = /^\d+$/
const parts = (text: string) =>
  text
    .split(/[;；,，、\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

function numberOf(text: string): number | undefined {
  const value = Number(text.replaceAll(',', '').replace(/%$/, ''))
  if (text === '' || !Number.isFinite(value)) return undefined
  return text.endsWith('%') ? value / 100 : value
}

const wholeOf = (text: string): number | undefined => (WHOLE.test(text) ? Number(text) : undefined)

export function dayOf(text: string): Day | undefined {
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00(?::00)?)?$/.exec(text)
  if (!found) return undefined
  const [, year = '', month = '', day = ''] = found
  try {
    return Temporal.PlainDate.from(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`, { overflow: 'reject' }).toString()
  } catch {
    return undefined
  }
}

/** `08:30`, `次日06:00`, `+1 06:00`; a time of day as Excel keeps it stands on the last days of 1899. */
function timeOf(text: string): number | undefined {
  const found = /^(?:(次日)|\+(\d) ?|1899-12-3[01] )?\s*(\d{1,2})[:：](\d{2})(?::\d{2})?$/.exec(text)
  if (!found) return undefined
  const [, next, later, hours, minutes] = found
  const days = next === undefined ? Number(later ?? 0) : 1
  const seconds = Number(hours) * 3600 + Number(minutes) * 60
  return seconds > 86_400 || Number(minutes) > 59 ? undefined : days * 86_400 + seconds
}

function wholesOf(text: string): number[] | undefined {
  const values = parts(text).map(wholeOf)
  return values.every((value) => value !== undefined) ? values : undefined
}

/** `泥工:2;塔吊` where a name alone means one. */
function pairsOf(text: string): (readonly [string, number])[] | undefined {
  const pairs = parts(text).map((part) => {
    const [name = '', amount] = part.split(/[:：]/).map((piece) => piece.trim())
    return [name, amount === undefined ? 1 : Number(amount)] as const
  })
  return pairs.every(([name, amount]) => name !== '' && Number.isInteger(amount)) ? pairs : undefined
}

export const READERS: Readonly<Record<Meaning, Reader>> = {
  text: { read: (text) => (text === '' ? undefined : text), zh: '文字', en: 'text' },
  number: { read: numberOf, zh: '数字', en: 'a number' },
  whole: { read: wholeOf, zh: '非负整数', en: 'a whole number' },
  time: { read: timeOf, zh: '时刻，如 08:30 或 次日06:00', en: 'a time such as 08:30 or +1 06:00' },
  day: { read: dayOf, zh: '日期，如 2020-02-24', en: 'a date such as 2020-02-24' },
  list: { read: (text) => parts(text), zh: '用分号隔开的名称', en: 'names separated by semicolons' },
  wholes: { read: wholesOf, zh: '用分号隔开的整数', en: 'whole numbers separated by semicolons' },
  pairs: { read: pairsOf, zh: '名称:数量，用分号隔开', en: 'name:amount, separated by semicolons' },
}
