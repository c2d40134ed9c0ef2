import type { Lang } from '@guatu/kernel'
import { createElement, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { cellWords, fullDayWords, type OutlineLine, outlineOf, type ReportContent, type TableBlock } from '../../report/index.ts'

interface Props {
  readonly content: ReportContent
  readonly title: string
  readonly lang: Lang
}

const SHEET = 210
const TEXT = 156
/** Between two sheets on the screen, mm. */
const APART = 6
/** A table of so few rows stands on one page. */
const SMALL = 8

/** The report as it will be printed: pages of 22 lines, broken where the printer will break them. */
export function PrintPreview(props: Props) {
  const flow = useRef<HTMLDivElement>(null)
  const [pages, setPages] = useState(1)
  const { content, lang, title } = props
  useLayoutEffect(() => {
    const box = flow.current
    if (!box) return
    const column = box.clientWidth
    const step = (column * (SHEET + APART)) / TEXT
    setPages(Math.max(1, Math.round((box.scrollWidth - column) / step) + 1))
  }, [content, lang, title])
  return (
    <div className="preview">
      <div className="sheets" style={{ width: `${pages * (SHEET + APART)}mm` }}>
        {Array.from({ length: pages }, (_, i) => `${i + 1}`).map((page) => (
          <div
            key={page}
            className={`sheet ${Number(page) % 2 === 1 ? 'sheet-odd' : 'sheet-even'}`}
            style={{ left: `${(Number(page) - 1) * (SHEET + APART)}mm` }}
          >
            <span>— {page} —</span>
          </div>
        ))}
        <div ref={flow} className="flow official">
          <Printed {...props} />
        </div>
      </div>
      {createPortal(
        <div className="print-root official" aria-hidden>
          <Printed {...props} />
        </div>,
        document.body,
      )}
    </div>
  )
}

function Printed({ content, title, lang }: Props) {
  return (
    <>
      <h1>{title}</h1>
      {outlineOf(content, lang).map((line) => (
        <Line key={line.block.id} line={line} content={content} lang={lang} />
      ))}
      <div className="signed">
        <p>{content.issuer}</p>
        <p>{fullDayWords(content.day)[lang]}</p>
      </div>
    </>
  )
}

function Line({
  line: { block, text },
  content,
  lang,
}: {
  readonly line: OutlineLine
  readonly content: ReportContent
  readonly lang: Lang
}) {
  if (block.kind === 'table') return <PrintedTable block={block} caption={text} content={content} lang={lang} />
  if (block.kind === 'paragraph') return <p>{text}</p>
  return createElement(`h${(block.level ?? 1) + 1}`, null, text)
}

function PrintedTable(props: {
  readonly block: TableBlock
  readonly caption: string
  readonly content: ReportContent
  readonly lang: Lang
}) {
  const { block, caption, content, lang } = props
  return (
    <table className={block.rows.length <= SMALL ? 'small' : ''}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {block.columns.map((column) => (
            <th key={column.en} scope="col">
              {column[lang]}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((row, i) => (
          <tr key={i}>
            {row.cells.map((cell, at) => (
              <td key={block.columns[at]?.en}>{cellWords(content, cell, lang)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
