import type { Lang } from '@guatu/kernel'
import type { TableWords } from '../official/index.ts'
import type { ReportBlock, ReportCell, ReportContent, TableBlock } from './content.ts'
import { chineseNumber, figureWords, printed } from './words.ts'

/** A block as it is printed: headings with their number, paragraphs with their figures, tables with their caption. */
export interface OutlineLine {
  readonly block: ReportBlock
  readonly text: string
}

/** Numbers of headings by GB/T 9704-2012: 一、 （一） 1. */
function numbered(level: 1 | 2 | 3, n: number, lang: Lang): string {
  if (lang === 'en') return level === 1 ? `${n}. ` : level === 2 ? `(${n}) ` : `${n}) `
  return level === 1 ? `${chineseNumber(n)}、` : level === 2 ? `（${chineseNumber(n)}）` : `${n}.`
}

/** Gives each heading its number, in the order of the report. */
function headings(lang: Lang): (level: 1 | 2 | 3) => string {
  const at = [0, 0, 0]
  return (level) => {
    at[level - 1] = (at[level - 1] ?? 0) + 1
    at.fill(0, level)
    return numbered(level, at[level - 1] ?? 1, lang)
  }
}

/** The number of every heading by its block, emptied headings left out. */
export function headingNumbers(content: ReportContent, lang: Lang): ReadonlyMap<string, string> {
  const next = headings(lang)
  return new Map(
    content.blocks.flatMap((block) =>
      block.kind === 'heading' && block.words[lang].trim() !== '' ? [[block.id, next(block.level ?? 1)] as const] : [],
    ),
  )
}

/** The report as it is printed in a language. Blocks whose words were emptied are left out, and numbers close up behind them. */
export function outlineOf(content: ReportContent, lang: Lang): readonly OutlineLine[] {
  const next = headings(lang)
  let table = 0
  return content.blocks.flatMap((block): OutlineLine[] => {
    if (block.kind === 'table') {
      table += 1
      return [{ block, text: lang === 'zh' ? `表${table}　${block.caption.zh}` : `Table ${table}. ${block.caption.en}` }]
    }
    const words = printed(content, block.words, lang).trim()
    if (words === '') return []
    if (block.kind === 'paragraph') return [{ block, text: words }]
    return [{ block, text: next(block.level ?? 1) + words }]
  })
}

/** A cell as it is printed. */
export function cellWords(content: Pick<ReportContent, 'figures'>, cell: ReportCell, lang: Lang): string {
  if ('text' in cell) return cell.text[lang]
  const figure = content.figures.find((one) => one.id === cell.figure)
  return figure ? figureWords(figure, lang) : '—'
}

/** A table whose cells hold words gives them more room than figures. */
const WORDY = [3, 2.6, 1.9, 1.9, 4.2]

/** A table as it is printed. @param caption with its number */
export function tableWords(content: ReportContent, block: TableBlock, caption: string, lang: Lang): TableWords {
  const wordy = block.rows.some(({ cells }) => cells.filter((cell) => 'text' in cell).length > 2)
  return {
    caption,
    columns: block.columns.map((column) => column[lang]),
    rows: block.rows.map(({ cells }) => cells.map((cell) => cellWords(content, cell, lang))),
    ...(wordy ? { widths: WORDY } : {}),
  }
}
