import { fullDayWords, type Lang } from '@guatu/kernel'
import { type CSSProperties, createElement, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import * as official from '../../official/index.ts'
import { type OutlineLine, outlineOf, type ReportContent, tableWords } from '../../report/index.ts'

interface Props {
  readonly content: ReportContent
  readonly title: string
  readonly lang: Lang
}

const SHEET = 210
const TEXT = 156
/** Between two sheets on the screen, mm. */
const APART = 6
const points = (twips: number) => `${twips / 20}pt`
const family = ({ name, instead }: official.Face) => [name, ...instead].map((one) => `"${one}"`).join()

/** The measures of the page, the same that the .docx is set by. */
const MEASURES = {
  '--line': points(official.LINE),
  '--title-line': points(official.TITLE_LINE),
  '--closer': points(official.CLOSER),
  '--indent': points(Math.round(2 * official.CHARACTER)),
  '--inset': points(official.INSET),
  '--body': family(official.FACES.body),
  '--title': family(official.FACES.title),
  '--black': family(official.FACES.black),
  '--script': family(official.FACES.script),
} as CSSProperties

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
        <div ref={flow} className="flow official" style={MEASURES}>
          <Printed {...props} />
        </div>
      </div>
      {createPortal(
        <div className="print-root official" style={MEASURES} aria-hidden>
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
      <h1>
        {official.titleLines(title, lang).map((line) => (
          <span key={line} className="title-line">
            {line}
          </span>
        ))}
      </h1>
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
  if (block.kind === 'table') return <PrintedTable words={tableWords(content, block, text, lang)} />
  if (block.kind === 'paragraph') return <p>{text}</p>
  return createElement(`h${(block.level ?? 1) + 1}`, null, text)
}

function PrintedTable({ words }: { readonly words: official.TableWords }) {
  const { caption, columns, rows } = words
  const { size, line, around, sizes, centred, small } = official.setTable(words)
  const style = { fontSize: points(size * 10), lineHeight: points(line), '--around': points(around) } as CSSProperties
  return (
    <table className={small ? 'small' : ''} style={style}>
      <caption>{caption}</caption>
      <colgroup>
        {sizes.map((width, i) => (
          <col key={columns[i]} style={{ width: points(width) }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, at) => (
              <td key={columns[at]} className={centred[at] ? 'centred' : ''}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
