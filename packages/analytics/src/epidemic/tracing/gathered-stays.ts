/** Stays of the first ring at one place, in order of their start: what the other visitors of the place are compared with. */
import { radixOrder } from './radix.ts'

/** Up to so many stays are ordered by insertion. */
const FEW = 24

export class GatheredStays {
  count = 0
  /** Start, end, who, and where they sat. */
  start = new Int32Array(256)
  end = new Int32Array(256)
  who = new Int32Array(256)
  seat = new Int32Array(256)
  #scratch = new Int32Array(256)

  clear(): void {
    this.count = 0
  }

  push(start: number, end: number, who: number, seat: number): void {
    const at = this.count
    if (at === this.start.length) this.#widen()
    this.start[at] = start
    this.end[at] = end
    this.who[at] = who
    this.seat[at] = seat
    this.count = at + 1
  }

  #widen(): void {
    const wider = (column: Int32Array) => {
      const copy = new Int32Array(column.length * 2)
      copy.set(column)
      return copy
    }
    this.start = wider(this.start)
    this.end = wider(this.end)
    this.who = wider(this.who)
    this.seat = wider(this.seat)
    this.#scratch = new Int32Array(this.start.length)
  }

  /** Orders the stays by their start; those that start together keep their order. */
  sort(): void {
    const { count, start } = this
    if (count > FEW) this.#sortMany()
    else
      for (let k = 1; k < count; k += 1) {
        const [from, to, by, place] = [start[k] as number, this.end[k] as number, this.who[k] as number, this.seat[k] as number]
        let hole = k
        for (; hole > 0 && (start[hole - 1] as number) > from; hole -= 1) {
          start[hole] = start[hole - 1] as number
          this.end[hole] = this.end[hole - 1] as number
          this.who[hole] = this.who[hole - 1] as number
          this.seat[hole] = this.seat[hole - 1] as number
        }
        start[hole] = from
        this.end[hole] = to
        this.who[hole] = by
        this.seat[hole] = place
      }
  }

  #sortMany(): void {
    const { count, start } = this
    const scratch = this.#scratch
    let [least, most] = [2_147_483_647, -2_147_483_648]
    for (let k = 0; k < count; k += 1) {
      least = Math.min(least, start[k] as number)
      most = Math.max(most, start[k] as number)
    }
    for (let k = 0; k < count; k += 1) scratch[k] = (start[k] as number) - least
    const order = radixOrder(scratch, count, most - least)
    for (const column of [start, this.end, this.who, this.seat]) {
      scratch.set(column.subarray(0, count))
      for (let k = 0; k < count; k += 1) column[k] = scratch[order[k] as number] as number
    }
  }
}
