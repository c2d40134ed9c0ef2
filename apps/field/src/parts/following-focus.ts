import { useEffect, useRef } from 'react'

/**
 * Keeps the focus where somebody is working when choosing replaces the box by what was chosen, and back: without it a keyboard or a
 * screen reader starts again at the top of the page. Only what was done here moves it; a value that came from elsewhere does not.
 */
export function useFollowingFocus(chosen: boolean) {
  const chip = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLInputElement>(null)
  const acted = useRef(false)
  useEffect(() => {
    if (!acted.current) return
    acted.current = false
    const next = chosen ? chip.current : box.current
    next?.focus()
  }, [chosen])
  return {
    chip,
    box,
    /** Told before the value is changed by hand. */
    acting: () => {
      acted.current = true
    },
  }
}
