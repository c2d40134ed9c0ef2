/** `analyse balance`: stock, entries and exits from a register, or the days on which reported figures do not balance. */
import { dayNumber, findImbalances, type Imbalance, isoDay, type Spell, stockAndFlows } from '../../src/epidemic/linelist/index.ts'
import type { Command } from '../command.ts'
import { cellProblem, countAt, dayAt, dayOrNullAt } from '../input/cells.ts'
import { findColumn, needColumn } from '../input/columns.ts'
import { FileProblem } from '../input/file-problem.ts'
import { nameAt, onlyOnce } from '../input/names.ts'
import type { Table } from '../input/table-file.ts'
import { asOfOption, asOfWords, dayOption } from '../options.ts'
import { colours, dayLabel, figure } from '../picture/drawing.ts'
import { methodWords } from '../picture/method-words.ts'
import { timeChart } from '../picture/time-chart.ts'

const METHOD = 'stock = stock before + entries − exits'

interface BookDay {
  readonly day: string
  readonly stock: number
  readonly entries: number
  readonly exits: number
}

/** Reported books of one area and class; the name is empty where the file has neither. */
interface Series {
  readonly name: string
  readonly books: readonly BookDay[]
}

export const balance: Command = {
  name: 'balance',
  zh: '存量、增量、减量与平衡核对',
  en: 'Stock, entries, exits and their balance',
  options: {
    from: { zh: '起始日期', en: 'first day' },
    to: { zh: '结束日期', en: 'last day' },
  },
  run(table, options) {
    const zh = options.language === 'zh'
    const reported = findColumn(table, 'stock') >= 0
    const rows = reported ? [] : readBooks(table, options.values.from, options.values.to)
    const series = reported ? readReported(table) : []
    const books = sumByDay(reported ? series.flatMap((one) => one.books) : rows)
    const imbalances = reported ? series.flatMap((one) => imbalancesOf(one, books)) : findImbalances(books)
    const last = books.at(-1)
    const asOf = asOfOption(options, last?.day ?? '')
    const wrong = new Set(imbalances.map((one) => one.index))
    return {
      result: {
        ok: true,
        method: METHOD,
        asOf,
        days: books,
        imbalances,
        ...(reported ? {} : { byAreaAndKind: rows }),
      },
      picture: () =>
        timeChart({
          language: options.language,
          days: books.map((book) => book.day),
          title: zh ? '存量与增减' : 'Stock and flows',
          subtitle:
            imbalances.length === 0
              ? zh
                ? `${dayLabel(last?.day ?? '', 'zh')} 24 时存量 ${figure(last?.stock ?? 0)}，逐日平衡`
                : `${figure(last?.stock ?? 0)} at 24:00 on ${dayLabel(last?.day ?? '', 'en')}; every day balances`
              : (imbalances[0]?.[options.language] ?? ''),
          footnote: zh
            ? `方法：${methodWords(METHOD, 'zh')}；不平衡 ${imbalances.length} 天。${asOfWords('zh', asOf)}`
            : `Method: ${METHOD}; ${imbalances.length} days do not balance. ${asOfWords('en', asOf)}`,
          panels: [
            {
              title: zh ? '存量' : 'Stock',
              height: 190,
              layers: [
                {
                  kind: 'bars',
                  values: books.map((book) => book.stock),
                  label: zh ? '24 时在册' : 'at 24:00',
                  highlight: (day) => (wrong.has(day) ? colours.red : undefined),
                },
              ],
            },
            {
              title: zh ? '每日进出' : 'Entries and exits a day',
              height: 150,
              layers: [
                { kind: 'line', values: books.map((book) => book.entries), label: zh ? '进' : 'entries', colour: colours.orange },
                { kind: 'line', values: books.map((book) => book.exits), label: zh ? '出' : 'exits', colour: colours.green },
              ],
            },
          ],
        }),
    }
  },
}

/** Reported figures of each area and class by themselves, every day once and none left out. */
function readReported(table: Table): Series[] {
  const [day, stock, entries, exits] = [
    needColumn(table, 'date'),
    needColumn(table, 'stock'),
    needColumn(table, 'entries'),
    needColumn(table, 'exits'),
  ]
  const [area, kind] = [findColumn(table, 'group'), findColumn(table, 'kind')]
  const once = onlyOnce(table, day, 'day-twice', '请改正日期或删去其一', 'mend the date, or take one out')
  const series = new Map<string, { name: string; books: BookDay[] }>()
  const inOrder = table.rows
    .map((row) => ({ row, at: dayAt(table, row, day) }))
    .sort((one, other) => one.at - other.at || one.row.row - other.row.row)
  for (const { row, at } of inOrder) {
    const name = [area, kind].flatMap((column) => (column < 0 ? [] : [nameAt(table, row, column)])).join(' ')
    once(row, `${at} ${name}`, [isoDay(at), name].join(' ').trim())
    const one = series.get(name) ?? { name, books: [] }
    series.set(name, one)
    const before = one.books.at(-1)?.day
    if (before !== undefined && isoDay(at - 1) !== before)
      throw cellProblem(
        table,
        row,
        day,
        'day-missing',
        `此前缺少 ${isoDay(dayNumber(before) + 1)}，请补上该日的存量、增量、减量`,
        `${isoDay(dayNumber(before) + 1)} is missing before this row: add its stock, entries and exits`,
      )
    one.books.push({
      day: isoDay(at),
      stock: countAt(table, row, stock),
      entries: countAt(table, row, entries),
      exits: countAt(table, row, exits),
    })
  }
  return [...series.values()]
}

function readBooks(table: Table, from: string | undefined, to: string | undefined) {
  const [entered, left, reason, area, kind] = [
    needColumn(table, 'entered'),
    needColumn(table, 'left'),
    findColumn(table, 'reason'),
    findColumn(table, 'group'),
    findColumn(table, 'kind'),
  ]
  const [begin, end] = [from === undefined ? null : dayOption('from', from), to === undefined ? null : dayOption('to', to)]
  const spells = table.rows.map((row): Spell => {
    const [at, out] = [dayAt(table, row, entered), dayOrNullAt(table, row, left)]
    if (out !== null && out < at)
      throw cellProblem(
        table,
        row,
        left,
        'left-before-entered',
        `转出日期早于转入日期 ${isoDay(at)}，请核对这两个日期`,
        `the exit is dated before the entry, ${isoDay(at)}: check both dates`,
      )
    return {
      area: area < 0 ? '' : nameAt(table, row, area),
      kind: kind < 0 ? '' : nameAt(table, row, kind),
      entered: isoDay(at),
      left: out === null ? null : isoDay(out),
      reason: out === null ? null : reason < 0 ? '' : nameAt(table, row, reason),
    }
  })
  const days = spells.flatMap((spell) => (spell.left === null ? [spell.entered] : [spell.entered, spell.left])).sort()
  const [first, last] = [begin === null ? (days[0] ?? '') : isoDay(begin), end === null ? (days.at(-1) ?? '') : isoDay(end)]
  if (last < first)
    throw new FileProblem(
      'period-reversed',
      `结束日期 ${last} 早于开始日期 ${first}，请核对 --from、--to`,
      `the period ends on ${last} before it begins on ${first}: check --from and --to`,
    )
  return stockAndFlows(spells, first, last)
}

function sumByDay(rows: readonly BookDay[]): BookDay[] {
  const days = new Map<string, BookDay>()
  for (const row of rows) {
    const known = days.get(row.day) ?? { day: row.day, stock: 0, entries: 0, exits: 0 }
    days.set(row.day, {
      day: row.day,
      stock: known.stock + row.stock,
      entries: known.entries + row.entries,
      exits: known.exits + row.exits,
    })
  }
  return [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Imbalances of one area and class, counted by the days of all. */
function imbalancesOf(series: Series, all: readonly BookDay[]): Imbalance[] {
  const at = new Map(all.map(({ day }, index) => [day, index]))
  const named = (words: string) => `${series.name} ${words}`.trim()
  return findImbalances(series.books).map((one) => ({
    ...one,
    index: at.get(series.books[one.index]?.day ?? '') ?? 0,
    zh: named(one.zh),
    en: named(one.en),
  }))
}
