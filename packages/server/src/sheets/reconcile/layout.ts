import { createHash } from 'node:crypto'
import { halfWidth, readDay } from '@guatu/kernel'
import { HEADING_WITHIN } from '../columns.ts'
import { CellFault, type SheetRow } from '../sheet.ts'
import { belongsTogether, guessMeanings, MEANINGS, type Meaning, plain, readHeading } from './headings.ts'

/** The heading of a pushed list, and what its columns mean. */
export interface Layout {
  /** Line of the heading. */
  readonly line: number
  readonly headings: readonly string[]
  /** Day with its year that stands in the titles above the heading: the list's own date. */
  readonly day?: string
  /** Stays the same for every list of the same sender, whatever stands in it: headings in their order. */
  readonly fingerprint: string
}

const written = (cell: SheetRow['cells'][number]): string =>
  cell === null || cell instanceof CellFault ? '' : halfWidth(String(cell)).trim()

/** What stands in brackets says how to fill in, unless it says whose it is. */
const sameForSender = (heading: string): string => (readHeading(heading).others ? halfWidth(heading).replace(/\s/g, '') : plain(heading))

/** A row that says where the documents stand is the heading, whatever wide words ("人员信息") stand above it. */
const DOCUMENT_COUNTS = 3

/** Finds the heading among the first rows: the one with most columns that mean something; the first row when none does. Of a heading in two rows both count. */
export function findLayout(first: readonly SheetRow[]): Layout | undefined {
  let best: { row: SheetRow; hits: number } | undefined
  for (const row of first.slice(0, HEADING_WITHIN)) {
    const meant = new Set(row.cells.map((cell) => readHeading(written(cell)).meaning).filter((one) => one !== 'nothing'))
    const hits = meant.size + (meant.has('document') ? DOCUMENT_COUNTS : 0)
    if (!best || hits > best.hits) best = { row, hits }
  }
  if (!best) return undefined
  const { row } = best
  const at = first.indexOf(row)
  const below = first[at + 1]
  const own = row.cells.map(written)
  const second = below && isSecondHead(own, below) ? below.cells.map(written) : undefined
  const whole = withAbove(first, at)
  const headings = second
    ? joined(whole, second, (wide, under) => readHeading(under).meaning === 'nothing' || belongsTogether(wide, under))
    : whole
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(headings.map(sameForSender)))
    .digest('hex')
    .slice(0, 32)
  const day = first.slice(0, at).flatMap(({ cells }) => cells.flatMap((cell) => dayWithin(cell) ?? []))[0]
  return { line: second && below ? below.line : row.line, headings, fingerprint, ...(day === undefined ? {} : { day }) }
}

/** A row that goes on with the heading: words alone, some below a wide heading's empty cells, and none where the names of people stand. */
function isSecondHead(own: readonly string[], { cells }: SheetRow): boolean {
  const words = cells.map(written)
  const name = own.findIndex((heading) => readHeading(heading).meaning === 'name')
  const underWide = words.some((word, i) => word !== '' && ((own[i] ?? '') === '' || own[i] === own[i - 1]))
  return name >= 0 && (words[name] ?? '') === '' && underWide && words.some((word) => word !== '') && !words.some(isValue)
}

/** What stands in a row of somebody: a number, a day, a document, a phone; a heading may well say “14天旅居史”. */
const isValue = (word: string): boolean => /^[\dXx\s/.:年月日-]+$/.test(word) || /\d{5}/.test(word)

/** Columns under one wide heading have their own words below it; one that has nothing below it heads its own column alone. */
function joined(upper: readonly string[], lower: readonly string[], together: (wide: string, under: string) => boolean): readonly string[] {
  let wide = ''
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, i) => {
    const [over = '', under = ''] = [upper[i], lower[i]]
    if (over !== '') wide = under === '' ? '' : over
    return under === '' ? over : together(wide, under) ? wide + under : under
  })
}

/** Rows above a heading that may be part of it. */
const ROWS_ABOVE = 2

/**
 * A heading with what reaches down to it from the rows above; a title is one cell alone and heads no column, and who sent the list on which day
 * ("单位：…　填报日期：…") is no heading either: it says another thing on every list.
 */
function withAbove(rows: readonly SheetRow[], at: number, left = ROWS_ABOVE): readonly string[] {
  const own = rows[at]?.cells.map(written) ?? []
  const above = rows[at - 1]?.cells.map(written).filter((word) => word !== '') ?? []
  if (left === 0 || above.length < 2 || above.some(saysWhoOrWhen)) return own
  return joined(withAbove(rows, at - 1, left - 1), own, belongsTogether)
}

const saysWhoOrWhen = (word: string): boolean => /[:：]\s*\S/.test(word) || dayWithin(word) !== undefined

const dayWithin = (cell: SheetRow['cells'][number]): string | undefined => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  const found = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/.exec(written(cell))?.[0]
  return found === undefined ? undefined : readDay(found.replace(/\s/g, ''))
}

/** Whether people can be told by these columns: a name, and the number of a document or a phone. */
export const identifies = (meanings: readonly Meaning[]): boolean =>
  meanings.includes('name') && (meanings.includes('document') || meanings.includes('phone'))

/** Whether such columns stand there, be it in doubt which of them. */
export function looksLikeList({ headings }: Layout): boolean {
  const { meanings, doubts } = guessMeanings(headings)
  return identifies([...meanings, ...doubts.map(({ meaning }) => meaning)])
}

const TOTAL = /^(合计|总计|小计|共计|总人数|共\s*\d+\s*[人名户条]|grand ?total|sub-?total|total|sum)(?![a-z])/i
const SIGNED =
  /^(填表|填报|填写|制表|审核|复核|校对|核对|经办|领导|签字|签名|报送|抄送|联系|单位|负责|盖章|日期|时间|打印|截至|数据来源|注|备注|说明|filled in|checked|signed|note|contact|date)[^:：]{0,12}[:：]/i
/** What is written across the width of a list below it; nobody is called so. */
const REMARK = /^(?:注|备注|说明|以上|以下空白|本表|此表|请各|※|\*)|[。；;！!]|.{31}/u
const NUMBER = /(?:\d[\s-]?){5}/

/**
 * Sums, signatures and remarks below a list are no people: such a row has such words where it begins or where names stand, or is one remark alone,
 * and has the number of neither a document nor a phone; who checked the list may well stand in those columns.
 */
export function isBelowList({ cells }: SheetRow, meanings: readonly Meaning[]): boolean {
  const words = cells.map((cell) => written(cell).replace(/\s+(?=[\p{Script=Han}])/gu, ''))
  const of = (meaning: Meaning) => words[meanings.indexOf(meaning)] ?? ''
  if ([of('document'), of('phone')].some((word) => NUMBER.test(word) && !SIGNED.test(word))) return false
  const said = new Set(words.filter((word) => word !== ''))
  const [first = ''] = said
  return [first, of('name')].some((word) => TOTAL.test(word) || SIGNED.test(word)) || (said.size === 1 && REMARK.test(first))
}

/** Read from outside: one known meaning for each column, none but `note` and `nothing` twice. */
export function isMeanings(value: unknown, columns: number): value is readonly Meaning[] {
  if (!Array.isArray(value) || value.length !== columns) return false
  if (!value.every((one) => MEANINGS.some((meaning) => meaning === one))) return false
  const used = value.filter((one) => one !== 'nothing' && one !== 'note')
  return new Set(used).size === used.length
}
