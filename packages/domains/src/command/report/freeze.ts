import { keepsFigures, type Problem, refuse, sealOf } from '@guatu/kernel'
import { figuresIn, isFigure, type ReportContent, readContent, type WordsBlock } from './content.ts'

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

const opening = (words: string) => words.slice(0, 20)

function strangerIn(block: WordsBlock): Problem | undefined {
  for (const words of [block.words.zh, block.words.en]) {
    const stranger = figuresIn(words).find((id) => !block.figures.includes(id))
    if (stranger !== undefined)
      return refuse(
        'figure-of-another-paragraph',
        {
          zh: `“${opening(words)}…”一段用了不属于本段的数字（${stranger}），请删去。`,
          en: `The paragraph “${words.slice(0, 40)}…” uses a figure that is not its own (${stranger}); take it out.`,
        },
        { path: 'input.content', data: { block: block.id, figure: stranger } },
      )
  }
  return undefined
}

/** Words are edited around the figures: none of another paragraph comes in, none of its own is taken out, typed over or put elsewhere. */
function misplaced(before: ReportContent | undefined, after: ReportContent): Problem | undefined {
  const was = new Map(before?.blocks.map((block) => [block.id, block]))
  for (const block of after.blocks) {
    if (block.kind === 'table') continue
    const stranger = strangerIn(block)
    if (stranger) return stranger
    const old = was.get(block.id)
    for (const lang of ['zh', 'en'] as const) {
      const words = old && old.kind !== 'table' ? old.words[lang] : ''
      if (!keepsFigures(block.figures, words, block.words[lang], isFigure))
        return refuse(
          'figures-of-paragraph',
          {
            zh: `“${opening(block.words.zh)}…”一段的数字须全部保留，各出现一次，先后不变，不能用手写数字代替；请恢复该段的数字，或将整段删空（不印出）。`,
            en: `The figures of the paragraph “${block.words.en.slice(0, 40)}…” have to stay, each once and in their order; no typed number takes their place. Put them back, or empty the whole paragraph, which is then not printed.`,
          },
          { path: 'input.content', data: { block: block.id, lang } },
        )
    }
  }
  return undefined
}

/** May the words be edited so? Every figure, table and source has to be what it was, and every figure where it was among the words. */
export function guardRevise(before: string | undefined, after: string | undefined, hash: string | undefined): Problem | undefined {
  if (before === after) return undefined
  const was = readContent(before)
  const is = readContent(after)
  if (!is.ok) return is.problem
  if (was.ok && hashOf(was.value) !== hashOf(is.value)) return CHANGED
  if (hash !== undefined && hashOf(is.value) !== hash) return CHANGED
  return misplaced(was.ok ? was.value : undefined, is.value)
}
