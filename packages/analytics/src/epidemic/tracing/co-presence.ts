/** All meetings within a set of visits: the interval join on (place, common time). */
import { demand } from '../../outcome.ts'
import { accumulate, createGroupSorter } from './buckets.ts'
import { type ContactRule, compileRules } from './contact-rules.ts'
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
 * Cost: linear in the visits (sorting inside places aside) plus the pairs that are present together.
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
  const offsets = new Uint32Array(places + 1)
  for (let row = 0; row < rows; row += 1) {
    const key = (visits.place[row] as number) + 1
    offsets[key] = (offsets[key] as number) + 1
  }
  accumulate(offsets)
  const next = offsets.slice(0, places)
  const columns = {
    other: new Uint32Array(rows),
    start: new Int32Array(rows),
    end: new Int32Array(rows),
    seat: visits.seat === undefined ? null : new Uint16Array(rows),
  }
  for (let row = 0; row < rows; row += 1) {
    const key = visits.place[row] as number
    const at = next[key] as number
    next[key] = at + 1
    columns.other[at] = visits.person[row] as number
    columns.start[at] = visits.start[row] as number
    columns.end[at] = visits.end[row] as number
    if (columns.seat !== null && visits.seat !== undefined) columns.seat[at] = visits.seat[row] as number
  }
  const sort = createGroupSorter(columns)
  const found = new MeetingColumns(maximalMeetings)
  let present = new Uint32Array(1024)
  for (let place = 0; place < places; place += 1) {
    const from = offsets[place] as number
    const to = offsets[place + 1] as number
    if (to - from < 2) continue
    sort(from, to)
    if (present.length < to - from) present = new Uint32Array((to - from) * 2)
    const kind = placeKind[place] as number
    const minimal = compiled.minimalOverlap[kind] as number
    const rowLimit = compiled.rowsApart[kind] as number
    let count = 0
    for (let row = from; row < to; row += 1) {
      const start = columns.start[row] as number
      const end = columns.end[row] as number
      const person = columns.other[row] as number
      let kept = 0
      for (let k = 0; k < count; k += 1) {
        const earlier = present[k] as number
        const theirEnd = columns.end[earlier] as number
        if (theirEnd <= start) continue
        present[kept] = earlier
        kept += 1
        const until = Math.min(theirEnd, end)
        const other = columns.other[earlier] as number
        if (until - start < minimal || other === person) continue
        if (rowLimit >= 0 && columns.seat !== null && rowsApart(columns.seat[row] as number, columns.seat[earlier] as number) > rowLimit)
          continue
        found.add(person, other, place, start, until)
      }
      present[kept] = row
      count = kept + 1
    }
  }
  return found.meetings()
}

class MeetingColumns {
  #a = new Uint32Array(65_536)
  #b = new Uint32Array(65_536)
  #place = new Uint32Array(65_536)
  #from = new Int32Array(65_536)
  #to = new Int32Array(65_536)
  #count = 0
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  add(person: number, other: number, place: number, from: number, to: number): void {
    const row = this.#count
    if (row === this.#a.length) this.#grow()
    this.#a[row] = Math.min(person, other)
    this.#b[row] = Math.max(person, other)
    this.#place[row] = place
    this.#from[row] = from
    this.#to[row] = to
    this.#count = row + 1
  }

  meetings(): Meetings {
    const count = this.#count
    return {
      count,
      a: this.#a.subarray(0, count),
      b: this.#b.subarray(0, count),
      place: this.#place.subarray(0, count),
      from: this.#from.subarray(0, count),
      to: this.#to.subarray(0, count),
    }
  }

  #grow(): void {
    const limit = this.#limit
    demand(
      this.#count < limit,
      'too-many-meetings',
      `共处记录超过 ${limit} 条：请缩小场所或时间范围`,
      `More than ${limit} meetings: narrow the places or the time`,
    )
    const size = Math.min(limit, this.#a.length * 2)
    const wider = <Column extends Uint32Array | Int32Array>(column: Column, bigger: Column): Column => {
      bigger.set(column)
      return bigger
    }
    this.#a = wider(this.#a, new Uint32Array(size))
    this.#b = wider(this.#b, new Uint32Array(size))
    this.#place = wider(this.#place, new Uint32Array(size))
    this.#from = wider(this.#from, new Int32Array(size))
    this.#to = wider(this.#to, new Int32Array(size))
  }
}
