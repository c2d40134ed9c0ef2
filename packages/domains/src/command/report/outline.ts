import type { Lang } from '@guatu/kernel'
import type { ReportBlock, ReportCell, ReportContent } from './content.ts'
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

/** The report as it is printed in a language. Blocks whose words were emptied are left out, and numbers close up behind them. */
export function outlineOf(content: ReportContent, lang: Lang): readonly OutlineLine[] {
  const at = [0, 0, 0]
  let table = 0
  return content.blocks.flatMap((block): OutlineLine[] => {
    if (block.kind === 'table') {
      table += 1
      return [{ block, text: lang === 'zh' ? `表${table}　${block.caption.zh}` : `Table ${table}. ${block.caption.en}` }]
    }
    const words = printed(content, block.words, lang).trim()
    if (words === '') return []
    if (block.kind === 'paragraph') return [{ block, text: words }]
    const level = block.level ?? 1
    at[level - 1] = (at[level - 1] ?? 0) + 1
    at.fill(0, level)
    return [{ block, text: numbered(level, at[level - 1] ?? 1, lang) + words }]
  })
}

/** A cell as it is printed. */
export function cellWords(content: Pick<ReportContent, 'figures'>, cell: ReportCell, lang: Lang): string {
  if ('text' in cell) return cell.text[lang]
  const figure = content.figures.find((one) => one.id === cell.figure)
  return figure ? figureWords(figure, lang) : '—'
}
