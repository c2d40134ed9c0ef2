import type { Row } from '@guatu/client'
import { Fragment, memo, useEffect, useRef } from 'react'
import { hueOf } from './hues.ts'

interface Props {
  readonly text: string
  readonly rows: readonly Row[]
  readonly active: string | undefined
  /** Where a split would cut, an offset in the text. */
  readonly place: number
  onActive(id: string): void
  /** Place in the text where the person clicked. */
  onPlace(offset: number): void
  /** The card of a directive was asked for by the keyboard. */
  onEnter(): void
}

/** The communiqué as printed, each directive underlined in the colour of its domain, unsure ones dashed. */
export const MarkedText = memo(function MarkedText({ text, rows, active, place, onActive, onPlace, onEnter }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector(`[data-id="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const pieces: React.ReactNode[] = []
  let at = 0
  for (const row of [...rows].sort((a, b) => Number(a.fields.start) - Number(b.fields.start))) {
    const start = Math.max(at, Number(row.fields.start))
    const end = Number(row.fields.end)
    if (end <= start) continue
    if (start > at)
      pieces.push(
        <span key={`t${at}`} data-from={at}>
          {inCells(text, at, start)}
        </span>,
      )
    const dropped = row.state === 'dropped'
    pieces.push(
      <a
        href={`#card-${row.id}`}
        key={row.id}
        data-id={row.id}
        data-from={start}
        draggable={false}
        className={`mark ${row.id === active ? 'mark-active' : ''} ${row.fields.unsure ? 'mark-unsure' : ''} ${dropped ? 'mark-dropped' : ''}`}
        style={{ '--hue': hueOf(String(row.fields.domain)) } as React.CSSProperties}
        onClick={(e) => {
          e.preventDefault()
          onActive(row.id)
          // A press of the Enter key comes as a click without a place.
          if (e.detail === 0) onEnter()
          else onPlace(offsetAt(e.clientX, e.clientY) ?? start)
        }}
        onFocus={() => onActive(row.id)}
      >
        {row.id === active && place > start && place < end ? (
          <>
            <span data-from={start}>{inCells(text, start, place)}</span>
            <span className="cut" />
            <span data-from={place}>{inCells(text, place, end)}</span>
          </>
        ) : (
          inCells(text, start, end)
        )}
      </a>,
    )
    at = end
  }
  pieces.push(
    <span key={`t${at}`} data-from={at}>
      {inCells(text, at, text.length)}
    </span>,
  )
  return (
    <div ref={box} className="marked-text">
      {pieces}
    </div>
  )
})

/** A stretch of the text; the tabs between the cells of a row are drawn as edges, and each piece knows its place. */
function inCells(text: string, from: number, to: number): React.ReactNode {
  const [first = '', ...cells] = text.slice(from, to).split('\t')
  if (cells.length === 0) return first
  let at = from + first.length
  return [
    first,
    ...cells.map((cell) => {
      const edge = at
      at += cell.length + 1
      return (
        <Fragment key={edge}>
          <span className="cell-edge" data-from={edge}>
            {'\t'}
          </span>
          <span data-from={edge + 1}>{cell}</span>
        </Fragment>
      )
    }),
  ]
}

/** Offset in the whole text of the letter under the pointer. */
function offsetAt(x: number, y: number): number | undefined {
  const caret = document.caretPositionFromPoint(x, y)
  const from = caret?.offsetNode.parentElement?.closest<HTMLElement>('[data-from]')?.dataset.from
  return from === undefined || !caret ? undefined : Number(from) + caret.offset
}
