import { communique } from '@guatu/domains'
import { getDocumentProxy } from 'unpdf'

/** One printed line: where it begins and ends on the page, its baseline and the size of its letters, in points. */
interface Line {
  readonly text: string
  readonly left: number
  readonly right: number
  readonly base: number
  readonly size: number
}

/** A line of a page with the edges of the column that it stands in. */
interface Placed extends Line {
  readonly column: { readonly left: number; readonly right: number }
}

/** Letters are as large as others up to this factor. */
const ALIKE = 1.15
/** In letters: a gap as wide parts columns, a first line is set in by more than this, and one that ends a paragraph is shorter by more. */
const GAP = 2.5
const SET_IN = 1.2
const SHORT = 2.5

/**
 * The paragraphs of a PDF with text, one a line; undefined when there are more pages than `most`. What the width of the page broke
 * belongs together, also over the end of a column or a page; a title, a heading and a paragraph stand alone, as the page shows
 * them: by the size of the letters, by a first line that is set in and by a last one that ends short. Page numbers are left out, and the
 * blanks that the page has between digits and Chinese.
 */
export async function pdfText(content: Uint8Array, most: number): Promise<string | undefined> {
  const pdf = await getDocumentProxy(content)
  if (pdf.numPages > most) return undefined
  const lines: Placed[] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    lines.push(...placed(withoutNumber(linesOf(items))))
  }
  return communique.closeBlanks(asUnified(paragraphs(lines).join('\n'))).text
}

type Item = Awaited<
  ReturnType<Awaited<ReturnType<Awaited<ReturnType<typeof getDocumentProxy>>['getPage']>>['getTextContent']>
>['items'][number]

/** Pieces on one baseline that follow each other are a line; a wide gap, or a way back, begins another one. */
function linesOf(items: readonly Item[]): Line[] {
  const lines: Line[] = []
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue
    const [left, base] = [Number(item.transform[4]), Number(item.transform[5])]
    const size = item.height || Math.hypot(Number(item.transform[2]), Number(item.transform[3])) || 1
    const last = lines.at(-1)
    const goesOn = last && Math.abs(last.base - base) < size / 2 && left > last.right - size && left < last.right + GAP * size
    if (goesOn) lines[lines.length - 1] = { ...last, text: last.text + item.str, right: left + item.width, size: Math.max(last.size, size) }
    else if (item.str.trim() !== '') lines.push({ text: item.str, left, right: left + item.width, base, size })
  }
  return lines.map((line) => ({ ...line, text: line.text.trim() }))
}

const NUMBER = /^[—–\-－·\s]*\d{1,3}[—–\-－·\s]*$/

/** The number of a page is its highest or its lowest line. */
function withoutNumber(lines: readonly Line[]): readonly Line[] {
  const [low, high] = [Math.min(...lines.map((one) => one.base)), Math.max(...lines.map((one) => one.base))]
  return lines.filter((one) => !(NUMBER.test(one.text) && (one.base === low || one.base === high)))
}

const alike = (a: Line, b: Line) => a.size < b.size * ALIKE && b.size < a.size * ALIKE

/** The column of a line is as wide as all lines with letters of that size above and below it. */
function placed(lines: readonly Line[]): readonly Placed[] {
  return lines.map((line) => {
    const others = lines.filter((one) => alike(one, line) && one.left < line.right && line.left < one.right)
    return { ...line, column: { left: Math.min(...others.map((one) => one.left)), right: Math.max(...others.map((one) => one.right)) } }
  })
}

function paragraphs(lines: readonly Placed[]): readonly string[] {
  const sizes = lines.flatMap((line) => Array<number>(line.text.length).fill(line.size)).sort((a, b) => a - b)
  const body = sizes[sizes.length >> 1] ?? 0
  const out: string[] = []
  lines.forEach((line, k) => {
    const before = lines[k - 1]
    const last = out.at(-1)
    if (before && last !== undefined && goesOn(before, line, body)) out[out.length - 1] = joined(last, line.text)
    else out.push(line.text)
  })
  return out
}

function goesOn(before: Placed, line: Placed, body: number): boolean {
  if (!alike(before, line)) return false
  // A title is centred and broken where it reads well.
  if (line.size > body * ALIKE) return Math.abs(before.base - line.base) < 2.5 * line.size
  return line.left <= line.column.left + SET_IN * line.size && before.right >= before.column.right - SHORT * line.size
}

/** Words of Latin letters keep the blank that the end of the line stood for. */
const joined = (before: string, after: string) =>
  /[\p{Script=Latin}\d,.;:]$/u.test(before) && /^[\p{Script=Latin}]/u.test(after) ? `${before} ${after}` : before + after

/** Radicals of the supplement that fonts of Chinese offices share with a character, which no Unicode form puts right. */
const RADICALS = new Map(
  [
    '⺁厂⺄乙⺅亻⺇几⺉刂⺋卩⺌小⺒巳⺓幺⺗心⺘扌⺙攵⺛旡⺝月⺟母⺠民⺡氵',
    '⺢水⺣灬⺥爫⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺳网⺶羊⺹老⺼肉⺾艹⻁虎',
    '⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻋车⻌辶⻎辶⻏邑⻐钅⻑長⻒镸⻓长⻔门',
    '⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟',
    '⻧卤⻨麦⻩黄⻪黾⻬齐⻮齿⻰龙⻳龟',
  ].flatMap((row) => (row.match(/../gu) ?? []).map((pair) => [pair.slice(0, 1), pair.slice(1)] as const)),
)

/**
 * A PDF often names a character by its radical of the same shape (⽉ for 月, ⻔ for 门), because the font draws both with one sign:
 * on paper they are one, for a reader of dates and words they are not.
 */
const asUnified = (text: string) => text.replace(/[\u2e80-\u2fd5]/g, (sign) => RADICALS.get(sign) ?? sign.normalize('NFKC'))
