/**
 * Stays: who was where from when to when, as parallel columns. People and places are numbered 0, 1, 2, … by the caller;
 * times are whole minutes (or any other whole unit) on one clock, half open: [start, end).
 */
import { demand } from '../../outcome.ts'

/** One batch of stays. All columns have the same length; a batch may be any part of the whole, in any order. */
export interface Stays {
  readonly person: Uint32Array
  readonly place: Uint32Array
  readonly start: Int32Array
  readonly end: Int32Array
  /** Seat in a vehicle or hall as made by `seatCode`; 0 means unknown. */
  readonly seat?: Uint16Array
}

const columnBits = 4
const columnMask = (1 << columnBits) - 1

/**
 * Packs a seat into 16 bits. A definition, which needs no source.
 *
 * @param row 1 … 4095, counted from the front.
 * @param column 0 … 15, counted from the left.
 * @returns row × 16 + column; 0 stands for an unknown seat.
 * @throws InputError `seat-out-of-range`.
 */
export function seatCode(row: number, column: number): number {
  const fits = Number.isInteger(row) && row >= 1 && row <= 4095 && Number.isInteger(column) && column >= 0 && column <= columnMask
  demand(
    fits,
    'seat-out-of-range',
    `座位 ${row} 排 ${column} 列超出范围（排 1–4095，列 0–15）`,
    `Seat row ${row}, column ${column} is out of range (rows 1–4095, columns 0–15)`,
  )
  return (row << columnBits) | column
}

/**
 * Rows between two seats, or -1 when either seat is unknown. A definition, which needs no source.
 *
 * @param seatA As `seatCode` packs it.
 * @returns Rows, 0 in the same one.
 * @throws Nothing.
 */
export function rowsApart(seatA: number, seatB: number): number {
  if (seatA === 0 || seatB === 0) return -1
  return Math.abs((seatA >> columnBits) - (seatB >> columnBits))
}

/**
 * Checks the columns of a batch.
 *
 * @throws InputError `stays-ragged`, `stay-unknown-person`, `stay-unknown-place`, `stay-ends-before-it-starts`, each naming the first bad row.
 */
export function checkStays(stays: Stays, people: number, places: number, firstRow = 0): void {
  const { person, place, start, end, seat } = stays
  const rows = person.length
  const even = place.length === rows && start.length === rows && end.length === rows && (seat === undefined || seat.length === rows)
  demand(even, 'stays-ragged', '行程各列长度不一致', 'The columns of the stays differ in length')
  for (let row = 0; row < rows; row += 1) {
    const known = (person[row] as number) < people
    if (!known)
      demand(
        false,
        'stay-unknown-person',
        `第 ${firstRow + row + 1} 条行程：人员编号超出范围`,
        `Stay ${firstRow + row + 1}: person number out of range`,
      )
    if ((place[row] as number) >= places)
      demand(
        false,
        'stay-unknown-place',
        `第 ${firstRow + row + 1} 条行程：场所编号超出范围`,
        `Stay ${firstRow + row + 1}: place number out of range`,
      )
    if ((end[row] as number) <= (start[row] as number))
      demand(
        false,
        'stay-ends-before-it-starts',
        `第 ${firstRow + row + 1} 条行程：离开时间不晚于到达时间`,
        `Stay ${firstRow + row + 1}: it does not end after it starts`,
      )
  }
}

/** A growing batch of stays, for callers that read them row by row. */
export class StayBuilder {
  #person = new Uint32Array(1024)
  #place = new Uint32Array(1024)
  #start = new Int32Array(1024)
  #end = new Int32Array(1024)
  #seat = new Uint16Array(1024)
  #count = 0

  get count(): number {
    return this.#count
  }

  add(person: number, place: number, start: number, end: number, seat = 0): void {
    if (this.#count === this.#person.length) this.#grow()
    const row = this.#count
    this.#person[row] = person
    this.#place[row] = place
    this.#start[row] = start
    this.#end[row] = end
    this.#seat[row] = seat
    this.#count = row + 1
  }

  /** The stays so far; later additions do not show in what was handed out. */
  stays(): Stays {
    const to = this.#count
    return {
      person: this.#person.slice(0, to),
      place: this.#place.slice(0, to),
      start: this.#start.slice(0, to),
      end: this.#end.slice(0, to),
      seat: this.#seat.slice(0, to),
    }
  }

  #grow(): void {
    const size = this.#person.length * 2
    const widen = <Column extends Uint32Array | Int32Array | Uint16Array>(column: Column, wider: Column): Column => {
      wider.set(column)
      return wider
    }
    this.#person = widen(this.#person, new Uint32Array(size))
    this.#place = widen(this.#place, new Uint32Array(size))
    this.#start = widen(this.#start, new Int32Array(size))
    this.#end = widen(this.#end, new Int32Array(size))
    this.#seat = widen(this.#seat, new Uint16Array(size))
  }
}
