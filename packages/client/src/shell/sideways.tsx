import { type ReactNode, useEffect, useRef } from 'react'
import { useSpeech, w } from './language.tsx'

/** The library measures columns in a hidden row with a second copy of the heading, controls and all: nobody may land in it. */
export const closeMeasures = (frame: HTMLElement | null) => {
  for (const row of frame?.querySelectorAll('.ant-table-measure-row') ?? []) row.setAttribute('inert', '')
}

/**
 * Round a table that may be wider or higher than its place: whoever has no mouse comes to it with the tab key and moves it with the
 * arrow keys. Needed where no cell of the table has anything to come to.
 */
export function Sideways({ children }: { readonly children: ReactNode }) {
  const { t } = useSpeech()
  const around = useRef<HTMLDivElement>(null)
  const said = t(w('表格，可用方向键滚动', 'Table; the arrow keys move it'))
  useEffect(() => {
    const frame = around.current
    if (!frame) return
    const look = () => {
      closeMeasures(frame)
      for (const part of frame.querySelectorAll<HTMLElement>('.ant-table-content, .ant-table-body')) {
        const moves = part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight
        if (moves) part.tabIndex = 0
        else part.removeAttribute('tabindex')
        part.role = moves ? 'region' : null
        part.ariaLabel = moves ? said : null
      }
    }
    // Rows that come, columns that go and a window that changes all change the size of something in the frame.
    const sizes = new ResizeObserver(look)
    for (const part of [frame, ...frame.querySelectorAll('table')]) sizes.observe(part)
    look()
    return () => sizes.disconnect()
  })
  // Beside others it takes no more room than there is.
  return (
    <div ref={around} style={{ minWidth: 0, maxWidth: '100%' }}>
      {children}
    </div>
  )
}
