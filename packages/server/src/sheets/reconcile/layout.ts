import { createHash } from 'node:crypto'
import { halfWidth, readDay } from '@guatu/kernel'
import { HEADING_WITHIN } from '../columns.ts'
import { CellFault, type SheetRow } from '../sheet.ts'

/** What a column of a pushed list can be of use for. */
export const MEANINGS = ['name', 'document', 'phone', 'birthYear', 'address', 'arrivedOn', 'note', 'nothing'] as const
export type Meaning = (typeof MEANINGS)[number]

/** Words by which senders head such columns; the first that matches decides. */
const WORDS: readonly (readonly [Meaning, RegExp])[] = [
  ['document', /证件|身份证|证号|idcard|idno|document|passport/],
  ['phone', /电话|手机|联系方式|phone|mobile|tel/],
  ['birthYear', /出生(?!地)|生日|birth(?!place)/],
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
  /** Day with its year that stands in the titles above the heading: the list's own date. */
  readonly day?: string
  /** Stays the same for every list of the same sender, whatever stands in it: headings in their order. */
  readonly fingerprint: string
}

const written = (cell: SheetRow['cells'][number]): string =>
  cell === null || cell instanceof CellFault ? '' : halfWidth(String(cell)).trim()
const plain = (heading: string) => heading.toLowerCase().replace(/[（(].*?[)）]|[*\s_:：]/g, '')

/** Headings that name a column beside the one that counts: which document it is, not its number. */
const BESIDE = /类型|类别|种类|type|kind/

export const guess = (heading: string): Meaning =>
  BESIDE.test(plain(heading)) ? 'nothing' : (WORDS.find(([, word]) => word.test(plain(heading)))?.[0] ?? 'nothing')

/** A row that says where the documents stand is the heading, whatever wide words ("人员信息") stand above it. */
const DOCUMENT_COUNTS = 3

/** Finds the heading among the first rows: the one with most columns that mean something; the first row when none does. Of a heading in two rows both count. */
export function findLayout(first: readonly SheetRow[]): Layout | undefined {
  let best: { row: SheetRow; hits: number } | undefined
  for (const row of first.slice(0, HEADING_WITHIN)) {
    const meant = new Set(row.cells.map((cell) => guess(written(cell))).filter((one) => one !== 'nothing'))
    const hits = meant.size + (meant.has('document') ? DOCUMENT_COUNTS : 0)
    if (!best || hits > best.hits) best = { row, hits }
  }
  if (!best) return undefined
  const { row } = best
  const at = first.indexOf(row)
  const below = first[at + 1]
  const own = row.cells.map(written)
  const second = below && isSecondHead(own, below) ? below.cells.map(written) : undefined
  const headings = second ? joined(own, second) : withAbove(own, first[at - 1]?.cells.map(written))
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(headings.map(plain)))
    .digest('hex')
    .slice(0, 32)
  const day = first.slice(0, at).flatMap(({ cells }) => cells.flatMap((cell) => dayWithin(cell) ?? []))[0]
  return { line: second && below ? below.line : row.line, headings, fingerprint, ...(day === undefined ? {} : { day }) }
}

/** A row that goes on with the heading: words alone, some below a wide heading's empty cells, and none where the names of people stand. */
function isSecondHead(own: readonly string[], { cells }: SheetRow): boolean {
  const words = cells.map(written)
  const name = own.findIndex((heading) => guess(heading) === 'name')
  const underWide = words.some((word, i) => word !== '' && ((own[i] ?? '') === '' || own[i] === own[i - 1]))
  return name >= 0 && (words[name] ?? '') === '' && underWide && words.some((word) => word !== '') && !words.some(isValue)
}

/** What stands in a row of somebody: a number, a day, a document, a phone; a heading may well say “14天旅居史”. */
const isValue = (word: string): boolean => /^[\dXx\s/.:年月日-]+$/.test(word) || /\d{5}/.test(word)

/** Columns under one wide heading have their own words below it. */
function joined(own: readonly string[], second: readonly string[]): readonly string[] {
  let wide = ''
  return Array.from({ length: Math.max(own.length, second.length) }, (_, i) => {
    wide = own[i] || wide
    const under = second[i] ?? ''
    if (under === '') return own[i] ?? ''
    return guess(under) === 'nothing' ? wide + under : under
  })
}

/**
 * Columns whose heading reaches down from the row above; a title is one cell alone and heads no column, and who sent the list on which day
 * ("单位：…　填报日期：…") is no heading either: it says another thing on every list.
 */
function withAbove(own: readonly string[], above: readonly string[] | undefined): readonly string[] {
  if (!above || above.filter((word) => word !== '').length < 2 || above.some(saysWhoOrWhen)) return own
  return Array.from({ length: Math.max(own.length, above.length) }, (_, i) => own[i] || above[i] || '')
}

const saysWhoOrWhen = (word: string): boolean => /[:：]\s*\S/.test(word) || dayWithin(word) !== undefined

const dayWithin = (cell: SheetRow['cells'][number]): string | undefined => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10)
  const found = /\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}/.exec(written(cell))?.[0]
  return found === undefined ? undefined : readDay(found.replace(/\s/g, ''))
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

/** Whether people can be told by these columns: a name, and the number of a document or a phone. */
export const identifies = (meanings: readonly Meaning[]): boolean =>
  meanings.includes('name') && (meanings.includes('document') || meanings.includes('phone'))

const TOTAL = /^(合计|总计|小计|共计|总人数|共\s*\d+\s*[人名户条]|grand ?total|sub-?total|total|sum)(?![a-z])/i
const SIGNED =
  /^(填表|填报|制表|审核|报送|联系|单位|负责|盖章|日期|时间|注|备注|说明|filled in|checked|signed|note|contact|date)[^:：]{0,12}[:：]/i

/** Sums and signatures below a list are no people: such a row has such a word where it begins or where names stand, and neither document nor phone. */
export function isBelowList({ cells }: SheetRow, meanings: readonly Meaning[]): boolean {
  const words = cells.map((cell) => written(cell).replace(/\s+(?=[\p{Script=Han}])/gu, ''))
  const of = (meaning: Meaning) => words[meanings.indexOf(meaning)] ?? ''
  if (of('document') !== '' || of('phone') !== '') return false
  const first = words.find((word) => word !== '') ?? ''
  return [first, of('name')].some((word) => TOTAL.test(word) || SIGNED.test(word))
}

/** Read from outside: one known meaning for each column, none but `note` and `nothing` twice. */
export function isMeanings(value: unknown, columns: number): value is readonly Meaning[] {
  if (!Array.isArray(value) || value.length !== columns) return false
  if (!value.every((one) => MEANINGS.some((meaning) => meaning === one))) return false
  const used = value.filter((one) => one !== 'nothing' && one !== 'note')
  return new Set(used).size === used.length
}
