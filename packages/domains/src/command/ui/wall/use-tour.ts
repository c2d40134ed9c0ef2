import { useEffect, useEffectEvent } from 'react'

/** How long one thing is shown while a wall goes round by itself, milliseconds. */
const TOUR_MS = 8_000

/** What a wall that nobody touches goes round: its figures, or the areas below its own. */
const TOURS = ['none', 'indicators', 'areas'] as const
export type Tour = (typeof TOURS)[number]
export const isTour = (value: unknown): value is Tour => TOURS.some((one) => one === value)

/** Goes on to the next of some things, round and round, while the tour lasts. What somebody chose meanwhile is shown as long as all else. */
export function useTour(on: boolean, things: readonly string[], now: string, next: (thing: string) => void): void {
  const goOn = useEffectEvent(() => {
    const after = things[(things.indexOf(now) + 1) % things.length]
    if (after !== undefined) next(after)
  })
  useEffect(() => {
    if (!on) return
    const timer = setInterval(() => goOn(), TOUR_MS)
    return () => clearInterval(timer)
  }, [on, now])
}
