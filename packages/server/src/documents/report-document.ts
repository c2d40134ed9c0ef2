import { progress } from '@guatu/domains'
import type { Lang } from '@guatu/kernel'
import { type Part, setDocument } from './official/document.ts'

/** A progress report as .docx in the layout of GB/T 9704-2012, from its frozen content and its words as they stand. */
export function reportDocument(content: progress.ReportContent, lang: Lang = 'zh', title?: string): Promise<Buffer> {
  const date = progress.fullDayWords(content.day)[lang]
  return setDocument({
    title: title ?? content.title[lang],
    parts: progress.outlineOf(content, lang).flatMap((line) => partsOf(content, line, lang)),
    issuer: content.issuer,
    date,
    lang,
  })
}

/** A table whose cells hold words gives them more room than figures. */
const WORDY = [3, 2.6, 1.9, 1.9, 4.2]

function partsOf(content: progress.ReportContent, { block, text }: progress.OutlineLine, lang: Lang): readonly Part[] {
  if (block.kind !== 'table')
    return [block.kind === 'heading' ? { kind: 'heading', level: block.level ?? 1, text } : { kind: 'paragraph', text }]
  const wordy = block.rows.some(({ cells }) => cells.filter((cell) => 'text' in cell).length > 2)
  return [
    {
      kind: 'table',
      caption: text,
      columns: block.columns.map((column) => column[lang]),
      rows: block.rows.map(({ cells }) => cells.map((cell) => progress.cellWords(content, cell, lang))),
      ...(wordy ? { widths: WORDY } : {}),
    },
  ]
}
