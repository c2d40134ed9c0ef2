/** `analyse balance`: stock, entries and exits from a register, or the days on which reported figures do not balance. */
import { findImbalances, isoDay, type Spell, stockAndFlows } from '../../src/epidemic/linelist/index.ts'
import type { Command } from '../command.ts'
import { countAt, dayAt, dayOrNullAt, findColumn, needColumn, textAt } from '../input/columns.ts'
import type { Table } from '../input/table-file.ts'
import { asOfOption, asOfWords } from '../options.ts'
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
    const books = reported ? readReported(table) : sumByDay(rows)
    const imbalances = findImbalances(books)
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

function readReported(table: Table): BookDay[] {
  const [day, stock, entries, exits] = [
    needColumn(table, 'date'),
    needColumn(table, 'stock'),
    needColumn(table, 'entries'),
    needColumn(table, 'exits'),
  ]
  return table.rows
    .map((row) => ({
      day: isoDay(dayAt(table, row, day)),
      stock: countAt(table, row, stock),
      entries: countAt(table, row, entries, 'corrections'),
      exits: countAt(table, row, exits, 'corrections'),
    }))
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

function readBooks(table: Table, from: string | undefined, to: string | undefined) {
  const [entered, left, reason, area, kind] = [
    needColumn(table, 'entered'),
    needColumn(table, 'left'),
    findColumn(table, 'reason'),
    findColumn(table, 'group'),
    findColumn(table, 'kind'),
  ]
  const spells = table.rows.map((row): Spell => {
    const out = dayOrNullAt(table, row, left)
    return {
      area: area < 0 ? '' : textAt(row, area),
      kind: kind < 0 ? '' : textAt(row, kind),
      entered: isoDay(dayAt(table, row, entered)),
      left: out === null ? null : isoDay(out),
      reason: out === null ? null : reason < 0 ? '' : textAt(row, reason),
    }
  })
  const days = spells.flatMap((spell) => (spell.left === null ? [spell.entered] : [spell.entered, spell.left])).sort()
  return stockAndFlows(spells, from ?? days[0] ?? '', to ?? days.at(-1) ?? '')
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
  return [...days.values()]
}
