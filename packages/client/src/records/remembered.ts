import { useCallback, useState } from 'react'

/** State that this browser remembers until its person signs out: what was typed and not sent, how a screen on a wall stands. */
export function useRemembered<T>(key: string, initial: T, isRight: (value: unknown) => value is T): readonly [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(`guatu.${key}`) ?? 'null')
      return isRight(kept) ? kept : initial
    } catch {
      return initial
    }
  })
  const set = useCallback(
    (next: T) => {
      setValue(next)
      try {
        localStorage.setItem(`guatu.${key}`, JSON.stringify(next))
      } catch {
        // A full or forbidden storage costs the memory, never the choice.
      }
    },
    [key],
  )
  return [value, set]
}
