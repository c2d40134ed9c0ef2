/** Stock, entries and exits by day, area and class, counted from a line list; the balance holds by construction and can be tested on reported figures. */
import { demand } from '../../outcome.ts'
import { dayNumber, isoDay } from './days.ts'

/** One spell of one person in one class and area; a transfer is an exit with its reason plus a new spell. */
export interface Spell {
  readonly area: string
  /** What the person is counted as: confirmed, suspected, under observation, … */
  readonly kind: string
  /** ISO day of entry. */
  readonly entered: string
  /** ISO day of exit; null while the spell lasts. */
  readonly left: string | null
  /** Reason of the exit; needed with `left`. */
  readonly reason: string | null
}

/** The books of one area and class on one day, as of 24:00. */
export interface DayBalance {
  readonly day: string
  readonly area: string
  readonly kind: string
  readonly stockBefore: number
  readonly entries: number
  readonly exits: number
  readonly exitsByReason: Readonly<Record<string, number>>
  readonly stock: number
}

/**
 * Counts the books for every area, class and day between two days, both included. A person who enters and leaves on one day counts in both
 * flows and not in the stock. stock = stock before + entries − exits. An identity, which needs no source.
 *
 * @param spells Who was where as what, from which ISO day to which.
 * @param firstDay ISO day.
 * @param lastDay ISO day, included.
 * @returns One row per area, class and day, in this order; days without movement included.
 * @throws InputError naming the row: `date-unreadable`, `left-before-entered`, `exit-without-reason`, `period-reversed`.
 */
export function stockAndFlows(spells: readonly Spell[], firstDay: string, lastDay: string): DayBalance[] {
  const from = dayNumber(firstDay)
  const days = dayNumber(lastDay) - from + 1
  demand(days > 0, 'period-reversed', '结束日期早于开始日期', 'The period ends before it begins')
  const books = new Map<string, { area: string; kind: string; before: number; entries: Int32Array; exits: Map<string, Int32Array> }>()
  spells.forEach((spell, row) => {
    const entered = dayNumber(spell.entered) - from
    const left = spell.left === null ? Number.POSITIVE_INFINITY : dayNumber(spell.left) - from
    demand(
      left >= entered,
      'left-before-entered',
      `第 ${row + 1} 行：转出日期早于转入日期`,
      `Row ${row + 1}: the exit is dated before the entry`,
    )
    demand(
      spell.left === null || spell.reason !== null,
      'exit-without-reason',
      `第 ${row + 1} 行：缺少转出原因`,
      `Row ${row + 1}: the exit has no reason`,
    )
    const key = JSON.stringify([spell.area, spell.kind])
    const book = books.get(key) ?? { area: spell.area, kind: spell.kind, before: 0, entries: new Int32Array(days), exits: new Map() }
    books.set(key, book)
    if (entered < 0 && left >= 0) book.before += 1
    if (entered >= 0 && entered < days) book.entries[entered] = (book.entries[entered] as number) + 1
    if (left >= 0 && left < days) {
      const reason = spell.reason ?? ''
      const exits = book.exits.get(reason) ?? new Int32Array(days)
      book.exits.set(reason, exits)
      exits[left] = (exits[left] as number) + 1
    }
  })
  const rows: DayBalance[] = []
  const inOrder = [...books.values()].sort((a, b) => compareText(a.area, b.area) || compareText(a.kind, b.kind))
  for (const book of inOrder) {
    let stockBefore = book.before
    for (let day = 0; day < days; day += 1) {
      const entries = book.entries[day] as number
      const exitsByReason: Record<string, number> = {}
      let exits = 0
      for (const [reason, counts] of book.exits) {
        const count = counts[day] as number
        if (count === 0) continue
        exitsByReason[reason] = count
        exits += count
      }
      const stock = stockBefore + entries - exits
      rows.push({ day: isoDay(from + day), area: book.area, kind: book.kind, stockBefore, entries, exits, exitsByReason, stock })
      stockBefore = stock
    }
  }
  return rows
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A day on which reported figures do not balance: stock ≠ stock before + entries − exits. */
export interface Imbalance {
  readonly index: number
  readonly expected: number
  readonly reported: number
  readonly difference: number
  readonly zh: string
  readonly en: string
}

/**
 * Tests reported stocks and flows of one area and class, days in order; the first day only opens the books. difference = stock − (stock
 * before + entries − exits). An identity, which needs no source.
 *
 * @param days Books in order of days, in people.
 * @returns The days that do not balance (index 0 = first) with both figures and words.
 * @throws Nothing.
 */
export function findImbalances(
  days: readonly { readonly day: string; readonly stock: number; readonly entries: number; readonly exits: number }[],
): Imbalance[] {
  return days.flatMap((today, index) => {
    const before = days[index - 1]
    if (before === undefined) return []
    const expected = before.stock + today.entries - today.exits
    const difference = today.stock - expected
    if (difference === 0) return []
    const sum = `${before.stock} + ${today.entries} − ${today.exits} = ${expected}`
    return [
      {
        index,
        expected,
        reported: today.stock,
        difference,
        zh: `${today.day} 账不平：${sum}，上报存量 ${today.stock}，相差 ${difference}`,
        en: `${today.day} does not balance: ${sum}, reported stock ${today.stock}, off by ${difference}`,
      },
    ]
  })
}

/** One day of a cumulative count turned into a flow. */
export interface DailyIncrement {
  readonly cumulative: number
  /** First difference; negative where the source took cases back. Never changed. */
  readonly increment: number
  /** True where the count fell: a correction by the source, which sums keep and which models must be told about. */
  readonly correction: boolean
}

/**
 * First differences of a cumulative count. Corrections are kept and flagged, so that the increments always add up to the last count.
 * increment(t) = count(t) − count(t − 1). An identity, which needs no source.
 *
 * @param opening Count before the first day.
 * @param cumulative Count at the end of each day.
 * @returns One entry a day.
 * @throws Nothing.
 */
export function incrementsOf(cumulative: readonly number[], opening = 0): DailyIncrement[] {
  let before = opening
  return cumulative.map((count) => {
    const increment = count - before
    before = count
    return { cumulative: count, increment, correction: increment < 0 }
  })
}

/**
 * People still under treatment: confirmed − cured − dead, day by day. An identity, which needs no source.
 *
 * @param confirmed Cumulative, by day.
 * @param cured Cumulative, of the same days.
 * @param dead Cumulative, of the same days.
 * @returns People a day.
 * @throws InputError `series-ragged`.
 */
export function activeStock(confirmed: readonly number[], cured: readonly number[], dead: readonly number[]): number[] {
  demand(
    confirmed.length === cured.length && cured.length === dead.length,
    'series-ragged',
    '确诊、治愈、死亡三列长度不一致',
    'The series of confirmed, cured and dead differ in length',
  )
  return confirmed.map((count, day) => count - (cured[day] as number) - (dead[day] as number))
}
