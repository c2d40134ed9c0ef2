/** All meetings within a set of visits: the interval join on (place, common time). */
import { demand } from '../../outcome.ts'
import { type ContactRule, compileRules } from './contact-rules.ts'
import { END, groupStays, OTHER, rowCells, SEAT } from './stay-rows.ts'
import { checkStays, rowsApart, type Stays } from './stays.ts'

/** Meetings as columns, one row per pair of overlapping stays of two people; `a` < `b` always. */
export interface Meetings {
  readonly count: number
  readonly a: Uint32Array
  readonly b: Uint32Array
  readonly place: Uint32Array
  readonly from: Int32Array
  readonly to: Int32Array
}

/**
 * Joins visits with each other: a sweep over each place in order of time, with the list of those still present.
 *
 * Cost: linear in the visits (sorting inside places aside) plus the pairs that are present together. Two meet while max(starts) <
 * min(ends). This library's own procedure, which needs no source.
 *
 * @param maximalMeetings Refuses beyond so many rows instead of filling the memory (a stadium makes n² pairs). Default 50 million.
 * @throws InputError as `buildStayIndex` does, and `too-many-meetings`.
 */
export function joinCoPresence(
  visits: Stays,
  size: { people: number; places: number; placeKind?: Uint8Array },
  rules: readonly ContactRule[],
  maximalMeetings = 50_000_000,
): Meetings {
  const { places } = size
  const placeKind = size.placeKind ?? new Uint8Array(places)
  checkStays(visits, size.people, places)
  const compiled = compileRules(rules, placeKind)
  const rows = visits.person.length
  const { offsets, rows: byPlace } = groupStays([visits], 'place', places)
  // The columns live in local variables: this loop runs once per meeting, tens of millions of times.
  // Memory that is never written costs nothing; copying rows into wider columns does.
  let room = Math.min(maximalMeetings, Math.max(1 << 16, 16 * rows))
  let a = new Uint32Array(room)
  let b = new Uint32Array(room)
  let where = new Uint32Array(room)
  let since = new Int32Array(room)
  let until = new Int32Array(room)
  let count = 0
  let present = new Uint32Array(1024)
  for (let place = 0; place < places; place += 1) {
    const from = offsets[place] as number
    const to = offsets[place + 1] as number
    if (to - from < 2) continue
    if (present.length < to - from) present = new Uint32Array((to - from) * 2)
    const kind = placeKind[place] as number
    const minimal = compiled.minimalOverlap[kind] as number
    const rowLimit = compiled.rowsApart[kind] as number
    let there = 0
    for (let row = from; row < to; row += 1) {
      const start = byPlace[row * rowCells] as number
      const end = byPlace[row * rowCells + END] as number
      const person = byPlace[row * rowCells + OTHER] as number
      let kept = 0
      for (let k = 0; k < there; k += 1) {
        const earlier = present[k] as number
        const theirEnd = byPlace[earlier * rowCells + END] as number
        if (theirEnd <= start) continue
        present[kept] = earlier
        kept += 1
        const parted = Math.min(theirEnd, end)
        const other = byPlace[earlier * rowCells + OTHER] as number
        if (parted - start < minimal || other === person) continue
        if (rowLimit >= 0 && rowsApart(byPlace[row * rowCells + SEAT] as number, byPlace[earlier * rowCells + SEAT] as number) > rowLimit)
          continue
        if (count === room) {
          demand(
            room < maximalMeetings,
            'too-many-meetings',
            `共处记录超过 ${maximalMeetings} 条：请缩小场所或时间范围`,
            `More than ${maximalMeetings} meetings: narrow the places or the time`,
          )
          room = Math.min(maximalMeetings, room * 2)
          a = widened(a, new Uint32Array(room))
          b = widened(b, new Uint32Array(room))
          where = widened(where, new Uint32Array(room))
          since = widened(since, new Int32Array(room))
          until = widened(until, new Int32Array(room))
        }
        a[count] = Math.min(person, other)
        b[count] = Math.max(person, other)
        where[count] = place
        since[count] = start
        until[count] = parted
        count += 1
      }
      present[kept] = row
      there = kept + 1
    }
  }
  return {
    count,
    a: a.subarray(0, count),
    b: b.subarray(0, count),
    place: where.subarray(0, count),
    from: since.subarray(0, count),
    to: until.subarray(0, count),
  }
}

function widened<Column extends Uint32Array | Int32Array>(column: Column, wider: Column): Column {
  wider.set(column)
  return wider
}
