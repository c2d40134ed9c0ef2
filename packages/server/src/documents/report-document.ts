import { progress } from '@guatu/domains'
import { fullDayWords, type Lang } from '@guatu/kernel'
import { type Part, setDocument } from './official/document.ts'

/** A progress report as .docx in the layout of GB/T 9704-2012, from its frozen content and its words as they stand. */
export function reportDocument(content: progress.ReportContent, lang: Lang = 'zh', title?: string): Promise<Buffer> {
  const date = fullDayWords(content.day)[lang]
  return setDocument({
    title: title ?? content.title[lang],
    parts: progress.outlineOf(content, lang).flatMap((line) => partsOf(content, line, lang)),
    issuer: content.issuer,
    date,
    lang,
  })
}

function partsOf(content: progress.ReportContent, { block, text }: progress.OutlineLine, lang: Lang): readonly Part[] {
  if (block.kind === 'table') return [{ kind: 'table', ...progress.tableWords(content, block, text, lang) }]
  return [block.kind === 'heading' ? { kind: 'heading', level: block.level ?? 1, text } : { kind: 'paragraph', text }]
}
