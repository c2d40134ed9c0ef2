import { SaxesParser } from 'saxes'
import { LIMITS, SheetRefused } from '../sheet.ts'
import type { Archive } from './archive.ts'

/** What has to be known of a workbook before its cells can be read. */
export interface Workbook {
  /** Sheets of cells in the order of the workbook, the visible ones first. */
  readonly sheets: readonly BookSheet[]
  readonly strings: readonly string[]
  /** By style number: is the number of such a cell a date? */
  readonly dates: readonly boolean[]
  /** Days are counted from 1904 instead of 1900. */
  readonly from1904: boolean
}

export interface BookSheet {
  readonly name: string
  readonly hidden: boolean
  readonly part: string
}

/** Number formats that Excel keeps for dates and times. */
const DATE_FORMATS = new Set([
  14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58,
])
const MOST_STRINGS = 4_000_000

export async function readWorkbook(archive: Archive): Promise<Workbook> {
  const types = await archive.text('[Content_Types].xml')
  if (types?.includes('macroEnabled')) throw new SheetRefused('sheet-macro')
  const { sheets, from1904 } = parseBook((await archive.text('xl/workbook.xml')) ?? '')
  const targets = parseRelations((await archive.text('xl/_rels/workbook.xml.rels')) ?? '')
  // A part that stands under two names is read once.
  const parts = new Map<string, BookSheet>()
  for (const { name, hidden, relation } of [...sheets.filter((one) => !one.hidden), ...sheets.filter((one) => one.hidden)]) {
    const target = targets.get(relation)
    if (target === undefined || NO_CELLS.test(target)) continue
    const part = target.startsWith('/') ? target.slice(1) : `xl/${target}`
    if (!parts.has(part)) parts.set(part, { name, hidden, part })
  }
  if (parts.size === 0) throw new SheetRefused('sheet-damaged', { part: 'xl/workbook.xml' })
  const styles = await archive.text('xl/styles.xml')
  return { sheets: [...parts.values()], from1904, strings: await readStrings(archive), dates: styles ? parseStyles(styles) : [] }
}

/** Sheets that are a picture or a dialogue. */
const NO_CELLS = /(?:^|\/)(?:chartsheets|dialogsheets)\//

/** Characters without the end of a tag that a parser would hold before anybody could look at them: far more than a cell may have. */
const LONGEST_TEXT = 4_000_000

/** Refuses a part in which no tag ends for too long. */
export function tagWatch(part: string): (text: string) => void {
  let quiet = 0
  return (text) => {
    quiet = text.includes('>') ? text.length - text.lastIndexOf('>') : quiet + text.length
    if (quiet > LONGEST_TEXT) throw new SheetRefused('sheet-bomb', { part })
  }
}

/** Feeds one part to a parser; XML that is not well formed is a damaged part. */
export async function parsePart(archive: Archive, part: string, parser: SaxesParser): Promise<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const watch = tagWatch(part)
  try {
    for await (const piece of archive.read(part)) {
      const text = decoder.decode(piece, { stream: true })
      watch(text)
      parser.write(text)
    }
    parser.write(decoder.decode())
    parser.close()
  } catch (error) {
    throw error instanceof SheetRefused ? error : new SheetRefused('sheet-damaged', { part })
  }
}

function parseText(xml: string, part: string, opened: (name: string, attributes: Record<string, string>) => void): void {
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => opened(localName(tag.name), tag.attributes as Record<string, string>))
  try {
    parser.write(xml).close()
  } catch {
    throw new SheetRefused('sheet-damaged', { part })
  }
}

export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)

function parseBook(xml: string) {
  const sheets: { name: string; relation: string; hidden: boolean }[] = []
  let from1904 = false
  parseText(xml, 'xl/workbook.xml', (name, attributes) => {
    if (name === 'sheet') {
      const relation = Object.entries(attributes).find(([key]) => key.includes(':') && localName(key) === 'id')?.[1] ?? ''
      sheets.push({ name: attributes.name ?? '', relation, hidden: attributes.state !== undefined && attributes.state !== 'visible' })
    } else if (name === 'workbookPr') from1904 = attributes.date1904 === '1' || attributes.date1904 === 'true'
    else if (name === 'externalReference') throw new SheetRefused('sheet-external')
  })
  return { sheets, from1904 }
}

function parseRelations(xml: string): ReadonlyMap<string, string> {
  const targets = new Map<string, string>()
  parseText(xml, 'xl/_rels/workbook.xml.rels', (name, attributes) => {
    if (name === 'Relationship' && attributes.Id && attributes.Target) targets.set(attributes.Id, attributes.Target)
  })
  return targets
}

function parseStyles(xml: string): boolean[] {
  const own = new Map<number, boolean>()
  const dates: boolean[] = []
  let inCells = false
  parseText(xml, 'xl/styles.xml', (name, attributes) => {
    if (name === 'numFmt') own.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''))
    else if (name === 'cellXfs') inCells = true
    else if (name === 'cellStyles') inCells = false
    else if (name === 'xf' && inCells) {
      const format = Number(attributes.numFmtId ?? 0)
      dates.push(own.get(format) ?? DATE_FORMATS.has(format))
    }
  })
  return dates
}

/** A format shows a date when, outside quotes, colours and conditions, it holds one of y m d h s. */
const isDateFormat = (code: string) => /[ymdhs]/i.test(code.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''))

/** Texts that cells refer to by number. Readings (phonetic runs) are left out. */
async function readStrings(archive: Archive): Promise<readonly string[]> {
  const strings: string[] = []
  const part = 'xl/sharedStrings.xml'
  if (!archive.has(part)) return strings
  const parser = new SaxesParser()
  let text = ''
  let inText = false
  let readings = 0
  let held = 0
  const bomb = () => new SheetRefused('sheet-bomb', { part })
  parser.on('opentag', (tag) => {
    const name = localName(tag.name)
    if (name === 'si') text = ''
    else if (name === 'rPh') readings += 1
    else if (name === 't') inText = readings === 0
  })
  parser.on('text', (piece) => {
    if (inText) text += piece
  })
  parser.on('closetag', (tag) => {
    const name = localName(tag.name)
    if (name === 't') inText = false
    else if (name === 'rPh') readings -= 1
    else if (name === 'si') {
      held += text.length
      if (strings.length >= MOST_STRINGS || held > LIMITS.held || text.length > LIMITS.cell) throw bomb()
      strings.push(text)
    }
  })
  await parsePart(archive, part, parser)
  return strings
}
