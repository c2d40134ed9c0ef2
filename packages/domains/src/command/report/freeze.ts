import { type Problem, refuse, sealOf } from '@guatu/kernel'
import { figuresIn, type ReportContent, readContent } from './content.ts'

/** Everything of a report but its words: figures, acts, tables, sources, the order of the paragraphs. */
function frozenPart(content: ReportContent): object {
  const { title: _title, blocks, ...rest } = content
  return {
    ...rest,
    blocks: blocks.map((block) => {
      if (block.kind === 'table') return block
      const { words: _words, ...kept } = block
      return kept
    }),
  }
}

/** SHA-256 of what is frozen, hex: stays the same whatever words are edited. */
export const hashOf = (content: ReportContent): string => sealOf(frozenPart(content))

const CHANGED = refuse(
  'figures-frozen',
  {
    zh: '报告中的数字、表格和来源已冻结，不能修改；只能修改文字。如需新的数字，请重新生成报告。',
    en: 'Figures, tables and sources of a report are frozen; only words may be edited. For new figures write a new report.',
  },
  { path: 'input.content' },
)

/** A paragraph may drop a figure of its own and take it back, never show another's. */
function strangers(content: ReportContent): Problem | undefined {
  for (const block of content.blocks) {
    if (block.kind === 'table') continue
    for (const words of [block.words.zh, block.words.en]) {
      const stranger = figuresIn(words).find((id) => !block.figures.includes(id))
      if (stranger !== undefined)
        return refuse(
          'figure-of-another-paragraph',
          {
            zh: `“${words.slice(0, 20)}…”一段用了不属于本段的数字（${stranger}），请删去。`,
            en: `The paragraph “${words.slice(0, 40)}…” uses a figure that is not its own (${stranger}); take it out.`,
          },
          { path: 'input.content', data: { block: block.id, figure: stranger } },
        )
    }
  }
  return undefined
}

/** May the words be edited so? Every figure, table and source has to be what it was. */
export function guardRevise(before: string | undefined, after: string | undefined, hash: string | undefined): Problem | undefined {
  if (before === after) return undefined
  const was = readContent(before)
  const is = readContent(after)
  if (!is.ok) return is.problem
  if (was.ok && hashOf(was.value) !== hashOf(is.value)) return CHANGED
  if (hash !== undefined && hashOf(is.value) !== hash) return CHANGED
  return strangers(is.value)
}
