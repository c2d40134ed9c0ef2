import { SIZE, TEXT_WIDTH } from './page.ts'

/** What stands in a table. */
export interface TableWords {
  readonly caption: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Relative widths of the columns. */
  readonly widths?: readonly number[]
}

/** How a table is set, wherever it is printed. Lengths in twips, letters in half-points. */
export interface TableSetting {
  readonly size: number
  readonly line: number
  /** Above and below the words of a cell. */
  readonly around: number
  /** Widths of the columns, which fill the text area. */
  readonly sizes: readonly number[]
  /** Whether the words of a column stand in the middle, one entry a column. */
  readonly centred: readonly boolean[]
  /** Stands on one page. */
  readonly small: boolean
}

/** A table of so few rows stands on one page. */
const SMALL = 8

/** Left and right within a cell, twips. */
export const INSET = 60
/** A letter stands in at most this share of its height: half a Han character, and a little for the wide ones. */
const LETTER = 0.59
/** A column whose texts are all shorter than this stands in the middle. */
const SHORT = 8
/** A name in Han characters is not squeezed below this many on a line. */
const NAME = 5
/** Half-points: 小四, and 五号 for a table whose words would not fit. */
const SIZES = [SIZE.smallFour, 21] as const
/** Height of a line within a cell and of what stands above and below it, twips; 五号 stands closer. */
const ROOM = { line: 340, around: 40 } as const
const CLOSE = { line: 290, around: 20 } as const

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

/** Sets a table over the whole width: letters as large as let no word be broken, and no column narrower than its longest. */
export function setTable({ columns, rows, widths }: TableWords): TableSetting {
  const shares = widths ?? columns.map((_, i) => (i === 0 ? 2 : 1))
  const fits = (size: number) => leastOf(columns, rows, size).reduce((a, b) => a + b, 0) <= TEXT_WIDTH
  const size = SIZES.find(fits) ?? 21
  return {
    size,
    ...(size === SIZE.smallFour ? ROOM : CLOSE),
    sizes: sizesOf(leastOf(columns, rows, size), shares, TEXT_WIDTH),
    centred: columns.map((_, i) => rows.every((row) => (row[i] ?? '').length < SHORT)),
    small: rows.length <= SMALL,
  }
}
