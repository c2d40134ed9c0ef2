import { LineRuleType, type Table, TableRow } from 'docx'
import { SIZE, TEXT_WIDTH } from './layout.ts'
import { cell, ruled } from './ruled.ts'

export interface TablePart {
  readonly kind: 'table'
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Relative widths of the columns. */
  readonly widths?: readonly number[]
}

/** A table of so few rows stands on one page. */
const SMALL = 8

const INSET = 60
/** A letter stands in at most this share of its height: half a Han character, and a little for the wide ones. */
const LETTER = 0.59
/** A column whose texts are all shorter than this stands in the middle. */
const SHORT = 8
/** A name in Han characters is not squeezed below this many on a line. */
const NAME = 5
/** Half-points: 小四, and 五号 for a table whose words would not fit. */
const SIZES = [SIZE.smallFour, 21] as const
/** Lines of 五号 stand closer, twips. */
const CLOSE = { line: 290, lineRule: LineRuleType.EXACT, before: 20, after: 20 } as const

/** How narrow each column may be at most, twips. */
const leastOf = (columns: readonly string[], rows: readonly (readonly string[])[], size: number): readonly number[] =>
  columns.map((head, i) => {
    const texts = [head, ...rows.map((row) => row[i] ?? '')]
    const name = i === 0 ? Math.min(NAME, Math.max(...texts.map((text) => text.match(/\p{Script=Han}/gu)?.length ?? 0))) : 0
    return Math.ceil(Math.max(longestWord(texts) * LETTER, name) * size * 10) + 2 * INSET
  })

/** Width of the longest run of letters or digits, which is never broken; Han characters may be. */
const longestWord = (texts: readonly string[]): number =>
  Math.max(0, ...texts.flatMap((text) => [...text.matchAll(/[^\s\p{Script=Han}，。、；：（）—/-]+/gu)].map(([word]) => word.length)))

/** Widths by their shares, but none narrower than its longest word: the wider ones give what is missing, as far as they have it. */
function sizesOf(least: readonly number[], shares: readonly number[], whole: number): readonly number[] {
  const sum = shares.reduce((a, b) => a + b, 0)
  const wished = shares.map((share) => (whole * share) / sum)
  const missing = wished.reduce((all, wish, i) => all + Math.max(0, (least[i] ?? 0) - wish), 0)
  const spare = wished.reduce((all, wish, i) => all + Math.max(0, wish - (least[i] ?? 0)), 0)
  const given = spare === 0 ? 0 : Math.min(1, missing / spare)
  const filled = missing === 0 ? 1 : Math.min(1, spare / missing)
  return wished.map((wish, i) => {
    const need = least[i] ?? 0
    return Math.floor(wish >= need ? wish - (wish - need) * given : wish + (need - wish) * filled)
  })
}

/** Sets a table over the whole width; its head is repeated on every page, and no row is torn apart. */
export function table({ columns, rows, widths }: TablePart): Table {
  const shares = widths ?? columns.map((_, i) => (i === 0 ? 2 : 1))
  const fits = (size: number) => leastOf(columns, rows, size).reduce((a, b) => a + b, 0) <= TEXT_WIDTH
  const size = SIZES.find(fits) ?? 21
  const sizes = sizesOf(leastOf(columns, rows, size), shares, TEXT_WIDTH)
  const small = rows.length <= SMALL
  const short = columns.map((_, i) => rows.every((row) => (row[i] ?? '').length < SHORT))
  const set = (text: string, i: number, header: boolean, together: boolean) =>
    cell(text, {
      width: sizes[i] ?? 0,
      black: header,
      centred: header || short[i] === true,
      together,
      margins: { left: INSET, right: INSET },
      size,
      ...(size === SIZE.smallFour ? {} : { spacing: CLOSE }),
    })
  return ruled(sizes, [
    new TableRow({ tableHeader: true, cantSplit: true, children: columns.map((one, i) => set(one, i, true, true)) }),
    ...rows.map((row, n) => {
      const together = small && n < rows.length - 1
      return new TableRow({ cantSplit: true, children: row.map((one, i) => set(one, i, false, together)) })
    }),
  ])
}
