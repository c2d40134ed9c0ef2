import { addDays, today } from '@guatu/kernel'
import type { Store } from '../store/store.ts'

/** An area that lies where one was that ended. */
export interface Successor {
  readonly area: string
  /** It holds what was not there before, too: whoever is given it reaches further. */
  readonly further: boolean
  /** It is of a higher level: the old one left nobody but the area around it. */
  readonly above: boolean
}

export interface EndedArea {
  /** First day on which it was no more, or will be. */
  readonly day: string
  /** What lies in its place today (on that day, where it is still to come), the largest share first. */
  readonly successors: readonly Successor[]
}

/** What took the place of an area; undefined for one of which no end is known. */
export function endedArea(store: Store, area: string): EndedArea | undefined {
  const { tree } = store.areas
  const last = tree.last(area)
  if (!last?.to) return undefined
  const [day, now] = [last.to, today(store.clock)]
  const coming = day > now
  const [eve, on] = [addDays(day, -1), coming ? day : now]
  const [before, view] = [tree.asOf(eve), tree.asOf(on)]
  const heirs = [...tree.successorsOf(area, on, eve)]
  heirs.sort((a, b) => b.numerator * a.denominator - a.numerator * b.denominator)
  const successors = heirs.map(({ id }) => ({
    area: id,
    further: tree.sourcesOf(id, on, eve).some((source) => !before.contains(area, source.id)),
    above: view.get(id)?.level !== last.level,
  }))
  return { day, successors }
}
