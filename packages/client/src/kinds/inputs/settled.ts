import { useDeferredValue, useEffect, useState } from 'react'

/** Milliseconds of silence after which what was typed is looked for. */
const SILENCE = 350

/** What was typed, once the hand rests. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed.trim()), SILENCE)
    return () => clearTimeout(timer)
  }, [typed])
  return useDeferredValue(settled)
}
