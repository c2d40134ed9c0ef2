/** What an order covers on a day, as the server reads it through the reforms since it began. */
export interface Covered {
  readonly places: readonly {
    readonly area: string
    readonly whole: boolean
    /** What a reform has put into it as a whole: the order does not cover that. */
    readonly without?: readonly string[]
  }[]
  /** Areas that the order names and that are no more, with what lies in their place. */
  readonly ended: readonly { readonly area: string; readonly in: readonly string[] }[]
}

/** Of what an order covers that is still there, what a reform took elsewhere, and what it put there, by where it lies now. */
export function wentApart({ places, ended }: Covered, named: readonly string[]) {
  const known = new Set([...named, ...ended.flatMap((one) => one.in)])
  return {
    left: places.flatMap(({ area, whole }) => (whole && !known.has(area) ? [area] : [])),
    came: places.flatMap(({ area: within, without = [] }) => without.map((area) => ({ area, within }))),
  }
}

/** The smallest area that holds all of them, of those that will do, wherever the order is registered. */
export function aroundAll(all: Iterable<string>, above: (area: string) => readonly string[], willDo: (area: string) => boolean) {
  const [first, ...ways] = [...all].map(above)
  return first?.find((one) => willDo(one) && ways.every((way) => way.includes(one)))
}

/**
 * What is drawn, and whether it is closed as a whole: each place as its village. What lies in a village that the order does not name makes not
 * all of it closed, nor does what came together with others.
 */
export function drawnOf(
  places: Covered['places'],
  named: readonly string[],
  villageOf: (area: string) => string,
): ReadonlyMap<string, boolean> {
  const drawn = new Map<string, boolean>()
  const known = new Set(places.filter(({ area }) => villageOf(area) === area).map(({ area }) => area))
  for (const { area, whole } of places) {
    const village = villageOf(area)
    const all = whole && (area === village || named.includes(area))
    if (area === village || !known.has(village)) drawn.set(village, (drawn.get(village) ?? false) || all)
  }
  return drawn
}
