import type { DomainEvent } from '../events/event.ts'
import type { RecordState } from '../records/row.ts'
import { datedOf, flowOf, type Measure, stockChange, stockOf } from './measure.ts'

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

/** A day on which an area came under others: whose books it left, whose it entered. */
export interface LineageChange {
  readonly day: string
  readonly lost: readonly string[]
  readonly gained: readonly string[]
}

/** Whose books an area belongs to: itself and its ancestors up to the county, on any day. */
export interface Lineage {
  at(area: string, day: string): readonly string[]
  /** The days on which that changes, ascending; a reform makes them. */
  changes(area: string): readonly LineageChange[]
}

const posting = (
  measure: string,
  area: string,
  day: string,
  entered: number,
  left: number,
  movedIn: number,
  movedOut: number,
): Posting => ({ measure, area, day, entered, left, movedIn, movedOut })

/** An amount that stands in an area from `day` on goes with it wherever a later reform puts the area. */
function carry(out: Posting[], measure: string, area: string, day: string, amount: number, lineage: Lineage): void {
  for (const change of lineage.changes(area)) {
    if (change.day <= day) continue
    for (const one of change.lost) out.push(posting(measure, one, change.day, 0, 0, 0, amount))
    for (const one of change.gained) out.push(posting(measure, one, change.day, 0, 0, amount, 0))
  }
}

/** A flow by a date of the record: what it counted is taken back on its day and entered on the one that holds now. */
function redated(
  out: Posting[],
  name: string,
  measure: Measure,
  before: RecordState | undefined,
  after: RecordState | undefined,
  lineage: Lineage,
): void {
  const [was, is] = [datedOf(measure, before), datedOf(measure, after)]
  if (was?.day === is?.day && was?.amount === is?.amount && before?.area === after?.area) return
  if (before && was) for (const one of lineage.at(before.area, was.day)) out.push(posting(name, one, was.day, -was.amount, 0, 0, 0))
  if (after && is) for (const one of lineage.at(after.area, is.day)) out.push(posting(name, one, is.day, is.amount, 0, 0, 0))
}

/** By how much one act changes a measure, wherever its record stands: measure(after) − measure(before), or what flows. */
export const changeOf = (measure: Measure, event: DomainEvent, before: RecordState | undefined, after: RecordState | undefined): number =>
  measure.type === 'flow' ? (after ? flowOf(measure, event.action, after) : 0) : stockChange(measure, before, after)

/**
 * What one act enters into the books: measure(after) − measure(before), on the day it happened, for the area and each ancestor
 * of that day. When the record moved to another area the old value moves first, outside of entered and left, and only where
 * the two lineages differ; when the area itself moves under another town or county, what stands in it moves along on that day.
 * A flow by a date of the record is entered on that date, in the area where the record stands.
 * Every posting is linear in the amounts, so the order in which acts arrive makes no difference to the sums.
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
  const area = after?.area ?? before?.area ?? event.area
  const to = lineage.at(area, day)
  for (const [name, measure] of measures) {
    if (measure.on !== undefined) {
      redated(out, name, measure, before, after, lineage)
      continue
    }
    const change = changeOf(measure, event, before, after)
    if (measure.type === 'flow') {
      if (change !== 0) for (const one of to) out.push(posting(name, one, day, change, 0, 0, 0))
      continue
    }
    const was = before && before.area !== area ? stockOf(measure, before) : 0
    if (was !== 0 && before && before.area !== area) {
      const from = lineage.at(before.area, day)
      for (const one of from) if (!to.includes(one)) out.push(posting(name, one, day, 0, 0, 0, was))
      for (const one of to) if (!from.includes(one)) out.push(posting(name, one, day, 0, 0, was, 0))
      carry(out, name, before.area, day, -was, lineage)
      carry(out, name, area, day, was, lineage)
    }
    if (change === 0) continue
    for (const one of to) out.push(posting(name, one, day, Math.max(change, 0), Math.max(-change, 0), 0, 0))
    carry(out, name, area, day, change, lineage)
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
