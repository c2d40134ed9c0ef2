/** What an order covers on a day, as the server reads it through the reforms since it began. */
export interface Covered {
  readonly places: readonly { readonly area: string; readonly whole: boolean }[]
  /** Areas that the order names and that are no more, with what lies in their place. */
  readonly ended: readonly { readonly area: string; readonly in: readonly string[] }[]
}

/**
 * What is drawn, and whether it is closed as a whole: each place as its village. What lies in a village that came together with others does not
 * make all of it closed.
 */
export function drawnOf(places: Covered['places'], villageOf: (area: string) => string): ReadonlyMap<string, boolean> {
  const drawn = new Map<string, boolean>()
  const known = new Set(places.filter(({ area }) => villageOf(area) === area).map(({ area }) => area))
  for (const { area, whole } of places) {
    const village = villageOf(area)
    if (area === village || !known.has(village)) drawn.set(village, (drawn.get(village) ?? false) || whole)
  }
  return drawn
}
