import { type RefObject, useCallback, useEffect, useState } from 'react'
import { DRAG, WHEEL, type Zoom } from './zoom-buttons.tsx'

/** Left, top, width and height of what is seen of a map. */
export type Box = readonly [left: number, top: number, wide: number, high: number]

/** How much larger than whole a map becomes at most. */
const LARGEST = 60

/**
 * What is seen of a map on a sheet: the box that is asked for, until somebody zooms it with the wheel or drags it. Out as far as can be, the whole is
 * seen again, wherever it was dragged to. Whoever asks for another box leaves what was moved; `asked` and `whole` stay the same object for it.
 */
export function useMovedBox(sheet: RefObject<HTMLElement | null>, asked: Box, whole: Box): { readonly box: Box; readonly zoom: Zoom } {
  const [moved, setMoved] = useState<{ readonly from: Box; readonly box: Box }>()
  const change = useCallback(
    (next: (box: Box) => Box) => setMoved((now) => ({ from: asked, box: next(now?.from === asked ? now.box : asked) })),
    [asked],
  )
  const zoomAt = useCallback(
    (factor: number, across: number, down: number) =>
      change(([left, top, wide, high]) => {
        const by = Math.min(factor, (LARGEST * wide) / whole[2])
        if (wide / by >= whole[2] && high / by >= whole[3]) return whole
        return [left + across * (wide - wide / by), top + down * (high - high / by), wide / by, high / by]
      }),
    [change, whole],
  )
  useEffect(() => {
    const element = sheet.current
    if (!element) return
    let held: { readonly x: number; readonly y: number; readonly moved: boolean } | undefined
    const wheel = (event: WheelEvent) => {
      event.preventDefault()
      const { left, top, width, height } = element.getBoundingClientRect()
      zoomAt(Math.exp(event.deltaY * WHEEL), (event.clientX - left) / width, (event.clientY - top) / height)
    }
    const down = (event: PointerEvent) => {
      held = { x: event.clientX, y: event.clientY, moved: false }
    }
    const move = (event: PointerEvent) => {
      if (held === undefined || event.buttons === 0) return
      const [right, below] = [event.clientX - held.x, event.clientY - held.y]
      if (!held.moved && Math.abs(right) + Math.abs(below) < DRAG) return
      held = { x: event.clientX, y: event.clientY, moved: true }
      const { width, height } = element.getBoundingClientRect()
      change(([left, top, wide, high]) => [left - (right * wide) / width, top - (below * high) / height, wide, high])
    }
    // The press that ends a drag goes into no area.
    const click = (event: Event) => {
      if (held?.moved) event.stopPropagation()
      held = undefined
    }
    element.addEventListener('wheel', wheel, { passive: false })
    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('click', click, { capture: true })
    return () => {
      element.removeEventListener('wheel', wheel)
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('click', click, { capture: true })
    }
  }, [sheet, change, zoomAt])
  const zoom = useCallback<Zoom>((factor) => zoomAt(factor, 0.5, 0.5), [zoomAt])
  return { box: moved?.from === asked ? moved.box : asked, zoom }
}
