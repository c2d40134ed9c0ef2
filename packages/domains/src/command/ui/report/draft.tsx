import { type Chip, FiguredWords, PutBack, useSpeech, w } from '@guatu/client'
import { memo, useMemo, useState } from 'react'
import {
  headingNumbers,
  type ReportCell,
  type ReportContent,
  type ReportSource,
  type TableBlock,
  type WordsBlock,
} from '../../report/index.ts'

/** The paragraph or table row that the reader looks at. */
export interface Pointed {
  readonly sources: readonly ReportSource[]
  readonly figures: readonly string[]
  readonly figure?: string
}

interface Props {
  readonly content: ReportContent
  readonly chips: ReadonlyMap<string, Chip>
  readonly editable: boolean
  onEdit(block: string, words: string): void
  onPoint(at: Pointed): void
}

/** The report as words that may be edited, block by block. */
export const Draft = memo(function Draft({ content, chips, editable, onEdit, onPoint }: Props) {
  const { lang } = useSpeech()
  const [active, setActive] = useState<string>()
  const point = (key: string, at: Pointed) => {
    setActive(key)
    onPoint(at)
  }
  const numbers = headingNumbers(content, lang)
  const names = useMemo(() => new Map(content.figures.map(({ id, label }) => [id, label[lang]])), [content, lang])
  return (
    <article className="draft">
      {content.blocks.map((block) =>
        block.kind === 'table' ? (
          <DraftTable key={block.id} block={block} chips={chips} active={active} onPoint={point} />
        ) : (
          <Words
            key={block.id}
            block={block}
            number={numbers.get(block.id) ?? ''}
            chips={chips}
            names={names}
            active={active === block.id}
            editable={editable}
            onEdit={onEdit}
            onPoint={point}
          />
        ),
      )}
    </article>
  )
})

function Words(props: {
  readonly block: WordsBlock
  readonly number: string
  readonly chips: ReadonlyMap<string, Chip>
  /** What each figure is called, in the language that is read. */
  readonly names: ReadonlyMap<string, string>
  readonly active: boolean
  readonly editable: boolean
  onEdit(block: string, words: string): void
  onPoint(key: string, at: Pointed): void
}) {
  const { block, number, chips, names, active, editable, onEdit, onPoint } = props
  const { t, lang } = useSpeech()
  const words = block.words[lang]
  const at = { sources: block.sources, figures: block.figures }
  return (
    <section
      aria-label={t(block.kind === 'heading' ? w('标题', 'Heading') : w('段落', 'Paragraph'))}
      className={`block block-${block.kind}${block.level ?? ''} ${active ? 'block-active' : ''}`}
      onMouseEnter={() => onPoint(block.id, at)}
      onFocus={() => onPoint(block.id, at)}
    >
      <span className="number">{number}</span>
      <FiguredWords
        words={words}
        figures={block.figures}
        chips={chips}
        editable={editable}
        label={block.kind === 'heading' ? t(w('标题', 'Heading')) : t(w('段落', 'Paragraph'))}
        onSave={(next) => onEdit(block.id, next)}
        onFigure={(figure) => onPoint(block.id, { ...at, figure })}
      />
      {editable && (
        <div className="taken-out">
          <PutBack words={words} figures={block.figures} names={names} lang={lang} onWords={(next) => onEdit(block.id, next)} />
        </div>
      )}
    </section>
  )
}

function DraftTable(props: {
  readonly block: TableBlock
  readonly chips: ReadonlyMap<string, Chip>
  readonly active: string | undefined
  onPoint(key: string, at: Pointed): void
}) {
  const { block, chips, active, onPoint } = props
  const { t } = useSpeech()
  return (
    <div className="draft-table">
      <table>
        <caption>{t(block.caption)}</caption>
        <thead>
          <tr>
            {block.columns.map((column) => (
              <th key={column.en} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.rows.map((row, i) => {
            const key = `${block.id}-${i}`
            const figures = row.cells.flatMap((cell) => ('figure' in cell ? [cell.figure] : []))
            const at = { sources: row.sources, figures }
            return (
              <tr
                key={key}
                className={active === key ? 'block-active' : ''}
                onMouseEnter={() => onPoint(key, at)}
                onFocus={() => onPoint(key, at)}
              >
                {row.cells.map((cell, c) => (
                  <td key={block.columns[c]?.en}>
                    <Cell cell={cell} chips={chips} onFigure={(figure) => onPoint(key, { ...at, figure })} />
                  </td>
                ))}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function Cell({
  cell,
  chips,
  onFigure,
}: {
  readonly cell: ReportCell
  readonly chips: ReadonlyMap<string, Chip>
  onFigure(id: string): void
}) {
  const { t } = useSpeech()
  if ('text' in cell) return t(cell.text)
  const chip = chips.get(cell.figure)
  return (
    <button
      type="button"
      className={`figure ${chip?.now === undefined ? '' : 'figure-changed'}`}
      title={chip?.now}
      onClick={() => onFigure(cell.figure)}
    >
      {chip?.text}
    </button>
  )
}
