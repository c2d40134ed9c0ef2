import { type ReactNode, useEffect, useRef } from 'react'

/** Lines of a list on the wall: those that have no room stand in a column beside it, unseen, and are no stop for the tab key either. */
export function FittingList({ children }: { readonly children: ReactNode }) {
  const list = useRef<HTMLOListElement>(null)
  useEffect(() => {
    const all = list.current
    if (!all) return
    const look = () => {
      const { right } = all.getBoundingClientRect()
      for (const line of all.children) if (line instanceof HTMLElement) line.inert = line.getBoundingClientRect().left >= right - 1
    }
    const sizes = new ResizeObserver(look)
    sizes.observe(all)
    look()
    return () => sizes.disconnect()
  })
  return (
    <ol ref={list} className="wall-list">
      {children}
    </ol>
  )
}
