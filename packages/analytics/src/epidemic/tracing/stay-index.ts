/**
 * The index that answers "who was with whom": every stay twice, once grouped by person and once grouped by place, both in order
 * of time. 24 bytes a stay (28 with seats) plus 4 bytes a person and 8 bytes a place.
 */
import { demand } from '../../outcome.ts'
import { accumulate, type Columns, createGroupSorter } from './buckets.ts'
import { checkStays, type Stays } from './stays.ts'

/** Log2 of the number of neighbouring rows that share one latest end. */
export const blockBits = 6

/** Built by `buildStayIndex`; never changed afterwards. */
export interface StayIndex {
  readonly people: number
  readonly places: number
  readonly stays: number
  /** Kind of each place, an index into the contact rules. */
  readonly placeKind: Uint8Array
  readonly personOffsets: Uint32Array
  /** Stays by person; `other` is the place. */
  readonly byPerson: Columns
  readonly placeOffsets: Uint32Array
  /** Stays by place; `other` is the person. */
  readonly byPlace: Columns
  /** Longest stay at each place: bounds how early a stay that is still going on can have begun. */
  readonly longestStay: Int32Array
  /** Latest end within each block of 64 rows of the view by place. */
  readonly blockEnd: Int32Array
  /** Bytes held by the index. */
  readonly bytes: number
}

/** Rows that one index holds: beyond it one column would pass 2 GiB, which browsers refuse. Split by county then. */
export const maximalStays = 500_000_000

/**
 * Builds the index in linear passes (counting sort by person, then by place, then order of time inside each group).
 *
 * @param batches The stays in any number of batches, so that no single column must hold all of them.
 * @param size How many people and places there are, and the kind of each place (all of kind 0 if left out).
 * @throws InputError for ragged columns, unknown numbers, stays that do not last or lie 2³¹ units apart, or more stays than one index holds.
 */
export function buildStayIndex(batches: readonly Stays[], size: { people: number; places: number; placeKind?: Uint8Array }): StayIndex {
  const { people, places } = size
  const placeKind = size.placeKind ?? new Uint8Array(places)
  demand(
    placeKind.length === places,
    'place-kinds-ragged',
    '场所类型数量与场所数不一致',
    'The place kinds do not match the number of places',
  )
  let stays = 0
  let seated = false
  for (const batch of batches) {
    checkStays(batch, people, places, stays)
    stays += batch.person.length
    seated ||= batch.seat !== undefined
  }
  demand(
    stays <= maximalStays,
    'too-many-stays',
    `行程超过 ${maximalStays} 条，请按县拆分`,
    `More than ${maximalStays} stays: split them by county`,
  )

  const { offsets: personOffsets, columns: byPerson } = groupByPerson(batches, people, stays, seated)
  const { offsets: placeOffsets, columns: byPlace } = groupByPlace(byPerson, personOffsets, places, stays)

  const longestStay = new Int32Array(places)
  const sortPlace = createGroupSorter(byPlace)
  for (let place = 0; place < places; place += 1) {
    const from = placeOffsets[place] as number
    const to = placeOffsets[place + 1] as number
    sortPlace(from, to)
    let longest = 0
    for (let row = from; row < to; row += 1) longest = Math.max(longest, (byPlace.end[row] as number) - (byPlace.start[row] as number))
    longestStay[place] = longest
  }
  const blockEnd = new Int32Array((stays >> blockBits) + 1).fill(-2147483648)
  for (let row = 0; row < stays; row += 1) {
    const block = row >> blockBits
    if ((byPlace.end[row] as number) > (blockEnd[block] as number)) blockEnd[block] = byPlace.end[row] as number
  }
  let earliest = 2147483647
  for (let place = 0; place < places; place += 1) {
    const from = placeOffsets[place] as number
    if (from < (placeOffsets[place + 1] as number)) earliest = Math.min(earliest, byPlace.start[from] as number)
  }
  const latest = blockEnd.reduce((most, end) => Math.max(most, end), -2147483648)
  demand(
    latest - earliest < 2_147_483_648,
    'stays-too-far-apart',
    '行程的时间跨度过大，请检查时间单位或分段建立索引',
    'The stays lie too far apart in time: check the unit of time, or build one index for each period',
  )
  const held = [placeKind, personOffsets, placeOffsets, longestStay, blockEnd, ...columnsOf(byPerson), ...columnsOf(byPlace)]
  const bytes = held.reduce((sum, column) => sum + column.byteLength, 0)
  return { people, places, stays, placeKind, personOffsets, byPerson, placeOffsets, byPlace, longestStay, blockEnd, bytes }
}

function emptyColumns(rows: number, seated: boolean): Columns {
  return {
    other: new Uint32Array(rows),
    start: new Int32Array(rows),
    end: new Int32Array(rows),
    seat: seated ? new Uint16Array(rows) : null,
  }
}

function columnsOf(columns: Columns) {
  return columns.seat === null ? [columns.other, columns.start, columns.end] : [columns.other, columns.start, columns.end, columns.seat]
}

function groupByPerson(batches: readonly Stays[], people: number, rows: number, seated: boolean) {
  const offsets = new Uint32Array(people + 1)
  for (const { person } of batches) {
    for (let row = 0; row < person.length; row += 1) {
      const key = (person[row] as number) + 1
      offsets[key] = (offsets[key] as number) + 1
    }
  }
  accumulate(offsets)
  const next = offsets.slice(0, people)
  const columns = emptyColumns(rows, seated)
  for (const batch of batches) {
    for (let row = 0; row < batch.person.length; row += 1) {
      const key = batch.person[row] as number
      const at = next[key] as number
      next[key] = at + 1
      columns.other[at] = batch.place[row] as number
      columns.start[at] = batch.start[row] as number
      columns.end[at] = batch.end[row] as number
      if (columns.seat !== null && batch.seat !== undefined) columns.seat[at] = batch.seat[row] as number
    }
  }
  const sort = createGroupSorter(columns)
  for (let person = 0; person < people; person += 1) sort(offsets[person] as number, offsets[person + 1] as number)
  return { offsets, columns }
}

function groupByPlace(byPerson: Columns, personOffsets: Uint32Array, places: number, rows: number) {
  const offsets = new Uint32Array(places + 1)
  for (let row = 0; row < rows; row += 1) {
    const key = (byPerson.other[row] as number) + 1
    offsets[key] = (offsets[key] as number) + 1
  }
  accumulate(offsets)
  const next = offsets.slice(0, places)
  const columns = emptyColumns(rows, byPerson.seat !== null)
  for (let person = 0; person + 1 < personOffsets.length; person += 1) {
    const to = personOffsets[person + 1] as number
    for (let row = personOffsets[person] as number; row < to; row += 1) {
      const key = byPerson.other[row] as number
      const at = next[key] as number
      next[key] = at + 1
      columns.other[at] = person
      columns.start[at] = byPerson.start[row] as number
      columns.end[at] = byPerson.end[row] as number
      if (columns.seat !== null && byPerson.seat !== null) columns.seat[at] = byPerson.seat[row] as number
    }
  }
  return { offsets, columns }
}
