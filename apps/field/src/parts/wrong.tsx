import { type ReactNode, useEffect, useRef } from 'react'

/** What is wrong and what to do, read out as it appears and brought into sight: it may stand far from what was pressed. */
export function Wrong({ children }: { readonly children: ReactNode }) {
  const at = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // Of several the first: that is where to begin.
    if (document.querySelector('.wrong') === at.current) at.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  return (
    <p ref={at} className="wrong" role="alert">
      {children}
    </p>
  )
}
