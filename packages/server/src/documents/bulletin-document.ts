import { scoreboard } from '@guatu/domains'
import { fullDayWords, type Lang, type RecordState } from '@guatu/kernel'
import { type Part, setDocument } from './official/document.ts'

/** Which level a line of plain text is, by the way it is numbered: 一、 （一） 1. （1） */
const LEVELS = [/^[一二三四五六七八九十]{1,3}、/, /^（[一二三四五六七八九十]{1,3}）/, /^\d{1,2}[.．](?!\d)/, /^（\d{1,2}）/] as const
/** A longer line is a paragraph that begins with a number, not a heading. */
const LONGEST_HEADING = 40

/** Plain text as parts of an official document: one paragraph a line, numbered short lines as headings of their level. */
export function plainParts(text: string): readonly Part[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, i): Part => {
      if (i === 0 && line.endsWith('：')) return { kind: 'paragraph', text: line, flush: true }
      const level = line.length > LONGEST_HEADING ? -1 : LEVELS.findIndex((one) => one.test(line))
      return level < 0 ? { kind: 'paragraph', text: line } : { kind: 'heading', level: (level + 1) as 1 | 2 | 3 | 4, text: line }
    })
}

const text = (row: RecordState, field: string) => String(row.fields[field] ?? '')

/** Names of units and long heads get more room than figures. */
const ANNEX = [3.4, 1, 1.6, 1.6, 1, 2]

/** A bulletin of the supervision office under its red mark: its words as they stand, then the figures that were frozen. */
export function bulletinDocument(
  row: RecordState,
  { issuer, zone }: { readonly issuer: string; readonly zone: string },
  lang: Lang = 'zh',
): Promise<Buffer> {
  const figures = scoreboard.readFigures(row.fields.figures)
  const annex = figures && scoreboard.annexOf(figures, zone, lang)
  const day = text(row, 'publishedOn') || text(row, 'to')
  const date = fullDayWords(day)[lang]
  return setDocument({
    title: text(row, 'title'),
    mark: lang === 'zh' ? '督查通报' : 'Supervision bulletin',
    markLine: [issuer, date],
    parts: [
      ...plainParts(text(row, 'text')),
      ...(annex ? [{ ...annex, kind: 'table' as const, widths: ANNEX, rows: annex.rows.map(({ name, cells }) => [name, ...cells]) }] : []),
    ],
    issuer,
    date,
    lang,
  })
}

/** The minutes of a meeting 会议纪要 under their red mark: its communiqué in the layout of minutes. */
export function minutesDocument(row: RecordState, issuer: string, lang: Lang = 'zh'): Promise<Buffer> {
  const date = fullDayWords(text(row, 'approvedOn') || text(row, 'heldOn'))[lang]
  const session = row.fields.session === undefined ? '' : `（第${row.fields.session}次）`
  return setDocument({
    title: text(row, 'title'),
    mark: lang === 'zh' ? '会议纪要' : 'Minutes',
    markLine: [`${text(row, 'body') || issuer}${lang === 'zh' ? session : ''}`, date],
    parts: plainParts(withoutTitle(text(row, 'text'), text(row, 'title'))),
    lang,
  })
}

/** A communiqué as it was pasted begins with its own title, which stands above it already. */
const withoutTitle = (body: string, title: string): string => {
  const [first = '', ...rest] = body.trimStart().split('\n')
  return first.trim() === title.trim() ? rest.join('\n').trimStart() : body
}
