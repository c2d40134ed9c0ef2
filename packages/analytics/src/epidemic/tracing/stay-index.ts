/**
 * The index that answers "who was with whom": every stay twice, once grouped by person and once grouped by place, both in order
 * of time. 32 bytes a stay plus 4 bytes a person and 8 bytes a place.
 */
import { demand } from '../../outcome.ts'
import { END, groupStays, regroup, rowCells } from './stay-rows.ts'
import { checkStays, type Stays } from './stays.ts'

/** Log2 of the number of neighbouring rows that share one latest end. */
export const blockBits = 6

/** Built by `buildStayIndex`; never changed afterwards. Rows have four cells: start, end, other side, seat. */
export interface StayIndex {
  readonly people: number
  readonly places: number
  readonly stays: number
  /** Kind of each place, an index into the contact rules. */
  readonly placeKind: Uint8Array
  readonly personOffsets: Uint32Array
  /** Stays by person; the other side is the place. */
  readonly byPerson: Int32Array
  readonly placeOffsets: Uint32Array
  /** Stays by place; the other side is the person. */
  readonly byPlace: Int32Array
  /** Longest stay at each place: bounds how early a stay that is still going on can have begun. */
  readonly longestStay: Int32Array
  /** Latest end within each block of 64 rows of the view by place. */
  readonly blockEnd: Int32Array
  /** Bytes held by the index. */
  readonly bytes: number
}

/** Rows that one index holds: beyond it a column would pass 2 GiB, which browsers refuse. Split by county then. */
export const maximalStays = 134_000_000

/**
 * Builds the index in linear passes (counting sort by person, then by place, then order of time inside each group). This library's own
 * procedure, which needs no source.
 *
 * @param batches The stays in any number of batches, so that no single column must hold all of them.
 * @param size How many people and places there are, and the kind of each place (all of kind 0 if left out).
 * @returns Stays by person and by place, and the bytes that they hold.
 * @throws InputError for ragged columns, unknown numbers, stays that do not last or lie 2³¹ units apart, or more stays than one index
 *   holds.
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
  for (const batch of batches) {
    checkStays(batch, people, places, stays)
    stays += batch.person.length
  }
  demand(
    stays <= maximalStays,
    'too-many-stays',
    `行程超过 ${maximalStays} 条，请按县拆分`,
    `More than ${maximalStays} stays: split them by county`,
  )
  const persons = groupStays(batches, 'person', people)
  const visited = regroup(persons, places)
  const longestStay = new Int32Array(places)
  const blockEnd = new Int32Array((stays >> blockBits) + 1).fill(-2_147_483_648)
  let [earliest, latest] = [2_147_483_647, -2_147_483_648]
  for (let place = 0; place < places; place += 1) {
    const from = visited.offsets[place] as number
    const to = visited.offsets[place + 1] as number
    let longest = 0
    for (let row = from; row < to; row += 1) {
      const start = visited.rows[row * rowCells] as number
      const end = visited.rows[row * rowCells + END] as number
      if (end - start > longest) longest = end - start
      if (end > (blockEnd[row >> blockBits] as number)) blockEnd[row >> blockBits] = end
      if (start < earliest) earliest = start
      if (end > latest) latest = end
    }
    longestStay[place] = longest
  }
  demand(
    stays === 0 || latest - earliest < 2_147_483_648,
    'stays-too-far-apart',
    '行程的时间跨度过大，请检查时间单位或分段建立索引',
    'The stays lie too far apart in time: check the unit of time, or build one index for each period',
  )
  const index = {
    ...{ people, places, stays, placeKind, longestStay, blockEnd },
    ...{ personOffsets: persons.offsets, byPerson: persons.rows, placeOffsets: visited.offsets, byPlace: visited.rows },
  }
  const held = [placeKind, index.personOffsets, index.placeOffsets, longestStay, blockEnd, index.byPerson, index.byPlace]
  return { ...index, bytes: held.reduce((sum, column) => sum + column.byteLength, 0) }
}
