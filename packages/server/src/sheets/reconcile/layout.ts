import { createHash } from 'node:crypto'
import { halfWidth } from '@guatu/kernel'
import { HEADING_WITHIN } from '../columns.ts'
import { CellFault, type SheetRow } from '../sheet.ts'

/** What a column of a pushed list can be of use for. */
export const MEANINGS = ['name', 'document', 'phone', 'address', 'arrivedOn', 'note', 'nothing'] as const
export type Meaning = (typeof MEANINGS)[number]

/** Words by which senders head such columns; the first that matches decides. */
const WORDS: readonly (readonly [Meaning, RegExp])[] = [
  ['document', /证件|身份证|证号|idcard|idno|document|passport/],
  ['phone', /电话|手机|联系方式|phone|mobile|tel/],
  ['arrivedOn', /到达|抵达|返回|返巴|返乡|来巴|入境|arriv|return|日期|时间|date/],
  ['address', /地址|住址|现住|居住|村|社区|乡镇|address|village|town/],
  ['name', /姓名|人员|名字|^name|fullname/],
  ['note', /备注|说明|来源|note|remark/],
]

/** The heading of a pushed list, and what its columns mean. */
export interface Layout {
  /** Line of the heading. */
  readonly line: number
  readonly headings: readonly string[]
  /** Stays the same for every list of the same sender, whatever stands in it: headings in their order. */
  readonly fingerprint: string
}

const written = (cell: SheetRow['cells'][number]): string =>
  cell === null || cell instanceof CellFault ? '' : halfWidth(String(cell)).trim()
const plain = (heading: string) => heading.toLowerCase().replace(/[（(].*?[)）]|[*\s_:：]/g, '')

export const guess = (heading: string): Meaning => WORDS.find(([, word]) => word.test(plain(heading)))?.[0] ?? 'nothing'

/** Finds the heading among the first rows: the one with most columns that mean something; the first row when none does. */
export function findLayout(first: readonly SheetRow[]): Layout | undefined {
  let best: { row: SheetRow; hits: number } | undefined
  for (const row of first.slice(0, HEADING_WITHIN)) {
    const hits = new Set(row.cells.map((cell) => guess(written(cell))).filter((one) => one !== 'nothing')).size
    if (!best || hits > best.hits) best = { row, hits }
  }
  if (!best) return undefined
  const headings = best.row.cells.map(written)
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(headings.map(plain)))
    .digest('hex')
    .slice(0, 32)
  return { line: best.row.line, headings, fingerprint }
}

/** The meaning of each column as far as the headings tell; the first of several columns of one meaning counts. */
export function guessMeanings(headings: readonly string[]): readonly Meaning[] {
  const taken = new Set<Meaning>()
  return headings.map((heading) => {
    const meaning = guess(heading)
    if (meaning !== 'nothing' && meaning !== 'note' && taken.has(meaning)) return 'nothing'
    taken.add(meaning)
    return meaning
  })
}

/** Read from outside: one known meaning for each column, none but `note` and `nothing` twice. */
export function isMeanings(value: unknown, columns: number): value is readonly Meaning[] {
  if (!Array.isArray(value) || value.length !== columns) return false
  if (!value.every((one) => MEANINGS.some((meaning) => meaning === one))) return false
  const used = value.filter((one) => one !== 'nothing' && one !== 'note')
  return new Set(used).size === used.length
}
