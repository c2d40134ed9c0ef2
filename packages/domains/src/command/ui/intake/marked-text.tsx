import type { Row } from '@guatu/client'
import { memo, useEffect, useRef } from 'react'
import { hueOf } from './hues.ts'

interface Props {
  readonly text: string
  readonly rows: readonly Row[]
  readonly active: string | undefined
  onActive(id: string): void
  /** Place in the text where the person clicked: where a split would cut. */
  onPlace(offset: number): void
}

/** The communiqué as printed, each directive underlined in the colour of its domain, unsure ones dashed. */
export const MarkedText = memo(function MarkedText({ text, rows, active, onActive, onPlace }: Props) {
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
          {text.slice(at, start)}
        </span>,
      )
    const dropped = row.state === 'dropped'
    pieces.push(
      <button
        type="button"
        key={row.id}
        data-id={row.id}
        data-from={start}
        className={`mark ${row.id === active ? 'mark-active' : ''} ${row.fields.unsure ? 'mark-unsure' : ''} ${dropped ? 'mark-dropped' : ''}`}
        style={{ '--hue': hueOf(String(row.fields.domain)) } as React.CSSProperties}
        onClick={() => {
          onActive(row.id)
          onPlace(caretOffset() ?? 0)
        }}
        onFocus={() => onActive(row.id)}
      >
        {text.slice(start, end)}
      </button>,
    )
    at = end
  }
  pieces.push(
    <span key={`t${at}`} data-from={at}>
      {text.slice(at)}
    </span>,
  )
  return (
    <div ref={box} className="marked-text">
      {pieces}
    </div>
  )
})

/** Offset in the whole text of where the person clicked or selected. */
function caretOffset(): number | undefined {
  const selection = window.getSelection()
  const node = selection?.anchorNode
  const from = node?.parentElement?.closest<HTMLElement>('[data-from]')?.dataset.from
  return from === undefined || !selection ? undefined : Number(from) + selection.anchorOffset
}
