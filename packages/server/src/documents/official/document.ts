import { official } from '@guatu/domains'
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentDefaults,
  DocumentGridType,
  Footer,
  ImportedXmlComponent,
  type IParagraphOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  type Table,
  TextRun,
} from 'docx'
import { font, fontTable } from './fonts.ts'
import { type FormPart, form } from './form.ts'
import { type TablePart, table } from './table.ts'

/** Parts of an official document, in their order on the page. */
export type Part =
  | FormPart
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3 | 4; readonly text: string }
  /** `flush`: without the first-line indent, as the line that names the addressees. `together`: on one page with what follows. */
  | { readonly kind: 'paragraph'; readonly text: string; readonly flush?: boolean; readonly together?: boolean }
  | TablePart

export interface OfficialDocument {
  readonly title: string
  /** Red mark of minutes or of a bulletin above the title, such as 督查通报. */
  readonly mark?: string
  /** Line below the mark: issuing body and date. */
  readonly markLine?: readonly [left: string, right: string]
  readonly parts: readonly Part[]
  /** Body that issues it, above the date at the end. */
  readonly issuer?: string
  /** Date in words; right-aligned, four characters in. */
  readonly date?: string
  readonly lang: 'zh' | 'en'
  /** A paper that one person signs: set closer, so that what is signed and the signature stand on one page. */
  readonly oneSheet?: boolean
}

const { CHARACTER, CLOSER, FACES, FOOTER, LINE, MARK_BELOW_TOP, page, SIZE, TEXT_WIDTH, TITLE_LINE, titleLines } = official
/** Letters, half points, and the lines that they stand on, twentieths of a point. */
interface Leading {
  readonly size: number
  readonly line: number
  readonly closer: number
}
const USUAL: Leading = { size: SIZE.three, line: LINE, closer: CLOSER }
const ONE_SHEET: Readonly<Record<OfficialDocument['lang'], Leading>> = {
  zh: { size: SIZE.four, line: 400, closer: 0 },
  en: { size: SIZE.smallFour, line: 320, closer: 0 },
}
const lines = (line: number) => ({ line, lineRule: LineRuleType.EXACT, before: 0, after: 0 }) as const
const RED = 'C00000'

const paragraph = (text: string, options: IParagraphOptions): Paragraph => new Paragraph({ ...options, children: [new TextRun({ text })] })

/** Sets a document in the layout of GB/T 9704-2012 and packs it as .docx. */
export async function setDocument(document: OfficialDocument): Promise<Buffer> {
  const number = [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: font(FACES.number), size: SIZE.four })]
  // Odd pages carry the number at the right, even ones at the left, one character in: always at the outer edge.
  const footer = (odd: boolean) =>
    new Footer({
      children: [
        new Paragraph({
          alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT,
          indent: odd ? { right: SIZE.four * 10 } : { left: SIZE.four * 10 },
          children: number,
        }),
      ],
    })
  const leading = document.oneSheet ? ONE_SHEET[document.lang] : USUAL
  const file = new Document({
    title: document.title,
    ...(document.issuer === undefined ? {} : { creator: document.issuer }),
    evenAndOddHeaderAndFooters: true,
    styles: stylesOf(leading),
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: { ...page.margin, header: page.margin.top / 2, footer: FOOTER, gutter: 0 },
          },
          grid: { type: DocumentGridType.LINES, linePitch: leading.line },
        },
        footers: { default: footer(true), even: footer(false) },
        children: [...head(document, leading), ...document.parts.flatMap((part) => set(part, leading)), ...foot(document)],
      },
    ],
  })
  return Packer.toBuffer(file, undefined, [{ path: 'word/fontTable.xml', data: fontTable() }])
}

/**
 * What every paragraph starts from. Nothing hangs over the margin, no room is put between Han characters and figures, and no line is stretched to
 * the grid: 28 characters fill a line and 22 lines a page by themselves, in a word processor as in the print preview.
 */
const NORMAL = `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr>${[
  'overflowPunct',
  'autoSpaceDE',
  'autoSpaceDN',
  'snapToGrid',
]
  .map((name) => `<w:${name} w:val="0"/>`)
  .join('')}</w:pPr></w:style>`

const stylesOf = ({ size, line, closer }: Leading) => ({
  importedStyles: [
    new DocumentDefaults({
      run: { font: font(FACES.body), size, characterSpacing: closer, language: { value: 'en-GB', eastAsia: 'zh-CN' } },
      paragraph: { spacing: lines(line) },
    }),
    ImportedXmlComponent.fromXmlString(NORMAL),
  ],
  paragraphStyles: [
    {
      id: 'Title',
      name: 'Title',
      basedOn: 'Normal',
      run: { font: font(FACES.title), size: SIZE.two, bold: false, color: '000000' },
      paragraph: { alignment: AlignmentType.CENTER, spacing: lines(TITLE_LINE) },
    },
    {
      id: 'Mark',
      name: 'Red mark',
      basedOn: 'Normal',
      run: { font: font(FACES.title), size: 104, color: RED },
      paragraph: { alignment: AlignmentType.CENTER, spacing: lines(2 * LINE) },
    },
    {
      id: 'Body',
      name: 'Body',
      basedOn: 'Normal',
      // Every page carries its 22 lines: no line is held back for the sake of another.
      paragraph: { alignment: AlignmentType.BOTH, indent: { firstLine: indentOf(size) }, widowControl: false },
    },
    ...[FACES.black, FACES.script, FACES.body, FACES.body].map((face, i) => ({
      id: `Heading${i + 1}`,
      name: `heading ${i + 1}`,
      basedOn: 'Normal',
      next: 'Body',
      quickFormat: true,
      run: { font: font(face), size, bold: false, color: '000000' },
      paragraph: { indent: { firstLine: indentOf(size) }, keepNext: true, outlineLevel: i },
    })),
    {
      id: 'Caption',
      name: 'caption',
      basedOn: 'Normal',
      run: { font: font(FACES.black), size: SIZE.smallFour },
      paragraph: { alignment: AlignmentType.CENTER, keepNext: true },
    },
    {
      id: 'Cell',
      name: 'Table cell',
      basedOn: 'Normal',
      run: { font: font(FACES.body), size: SIZE.smallFour },
      paragraph: { spacing: { line: 340, lineRule: LineRuleType.EXACT, before: 40, after: 40 } },
    },
  ],
})

/** Two characters, whatever their size. */
const indentOf = (size: number) => Math.round((2 * CHARACTER * size) / SIZE.three)

function head({ title, mark, markLine, lang }: OfficialDocument, { line }: Leading): Paragraph[] {
  const empty = () => new Paragraph({ spacing: lines(line) })
  const [left = '', right = ''] = markLine ?? []
  const above =
    mark === undefined
      ? []
      : [
          new Paragraph({ spacing: lines(MARK_BELOW_TOP) }),
          paragraph(mark, { style: 'Mark' }),
          new Paragraph({
            tabStops: [{ type: 'right', position: TEXT_WIDTH }],
            border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 4 } },
            children: [new TextRun({ text: `${left}\t${right}` })],
          }),
          empty(),
        ]
  return [...above, ...titleLines(title, lang).map((one) => paragraph(one, { style: 'Title' })), empty()]
}

function foot({ issuer, date }: OfficialDocument): Paragraph[] {
  if (date === undefined) return []
  const right = (text: string, characters: number, keepNext = false) =>
    paragraph(text, { alignment: AlignmentType.RIGHT, indent: { right: Math.round(characters * CHARACTER) }, keepNext })
  // The body stands centred above its date, which is four characters in.
  const shift = issuer === undefined ? 0 : Math.max(0, 4 + (width(date) - width(issuer)) / 2)
  return [new Paragraph({ keepNext: true }), ...(issuer === undefined ? [] : [right(issuer, shift, true)]), right(date, 4)]
}

/** Width in characters of the grid; digits and Latin letters are half as wide. */
const width = (text: string): number => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.5 : 1), 0)

function set(part: Part, { line }: Leading): (Paragraph | Table)[] {
  const gap = () => new Paragraph({ spacing: lines(line / 2) })
  if (part.kind === 'heading') return [paragraph(part.text, { style: `Heading${part.level}` })]
  if (part.kind === 'paragraph')
    return [
      paragraph(part.text, {
        style: 'Body',
        ...(part.together ? { keepNext: true } : {}),
        ...(part.flush ? { indent: { firstLine: 0 } } : {}),
      }),
    ]
  if (part.kind === 'form') return [form(part), gap()]
  return [paragraph(part.caption, { style: 'Caption' }), table(part), gap()]
}
