import type { DomainEvent } from '../events/event.ts'
import type { RecordState } from '../records/define.ts'
import { flowOf, type Measure, stockOf } from './measure.ts'

/**
 * One line of the books: what one measure did in one area on one day. For a stock,
 * stock(t) = stock(t−1) + entered − left + movedIn − movedOut (design law 4); for a flow only `entered` is used.
 */
export interface Movement {
  entered: number
  left: number
  movedIn: number
  movedOut: number
}

export interface Posting extends Movement {
  readonly measure: string
  readonly area: string
  readonly day: string
}

/** Ancestors of an area up to its county, itself included, on a day. */
export type Lineage = (area: string, day: string) => readonly string[]

const post = (measure: string, area: string, day: string, movement: Partial<Movement>): Posting => ({
  measure,
  area,
  day,
  entered: 0,
  left: 0,
  movedIn: 0,
  movedOut: 0,
  ...movement,
})

/**
 * What one act enters into the books: measure(after) − measure(before), on the day it happened, for the area and every
 * ancestor. When the record moved to another area the old value moves first, outside of entered and left, and only where the
 * two lineages differ.
 */
export function postings(
  measures: readonly (readonly [string, Measure])[],
  event: DomainEvent,
  before: RecordState | undefined,
  after: RecordState | undefined,
  lineage: Lineage,
): Posting[] {
  const out: Posting[] = []
  const { day } = event
  const to = lineage(after?.area ?? before?.area ?? event.area, day)
  for (const [name, measure] of measures) {
    if (measure.type === 'flow') {
      const amount = after ? flowOf(measure, event.action, after) : 0
      if (amount !== 0) for (const area of to) out.push(post(name, area, day, { entered: amount }))
      continue
    }
    const was = stockOf(measure, before)
    const is = stockOf(measure, after)
    if (was !== 0 && before && after && before.area !== after.area) {
      const from = lineage(before.area, day)
      for (const area of from) if (!to.includes(area)) out.push(post(name, area, day, { movedOut: was }))
      for (const area of to) if (!from.includes(area)) out.push(post(name, area, day, { movedIn: was }))
    }
    const change = is - was
    if (change !== 0) for (const area of to) out.push(post(name, area, day, change > 0 ? { entered: change } : { left: -change }))
  }
  return out
}

/** The same line of the books with every amount turned round: takes back what was entered when history is refolded. */
export const reversed = (p: Posting): Posting => ({
  ...p,
  entered: -p.entered,
  left: -p.left,
  movedIn: -p.movedIn,
  movedOut: -p.movedOut,
})
