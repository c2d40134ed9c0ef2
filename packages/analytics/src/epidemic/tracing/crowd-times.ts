/** Meetings of one visitor with a crowd, from sums over the crowd's stays instead of stay by stay. */
import type { GatheredStays } from './gathered-stays.ts'

/** Number of the sorted values [0, to) that are below `limit`, where those before `from` are known to be. */
function countBelow(values: Int32Array, from: number, to: number, limit: number): number {
  let low = from
  let high = to
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] as number) < limit) low = middle + 1
    else high = middle
  }
  return low
}

/**
 * A visitor stays [s, e); of the crowd, those meet them for m units or more who come by e − m and leave from s + m on. Who leaves before s + m
 * has come before s (no stay is shorter than m), so they are a part of those who come by e − m, and numbers and sums over the meetings are
 * differences of sums over the stays in order of their start and in order of their end:
 * number = #{a ≤ e − m} − #{b < s + m}; time together = Σ min(b, e) − Σ max(a, s) over the same two sets. Visitors come in order of their start.
 */
export class CrowdTimes {
  via = 0
  first = 0
  last = 0
  duration = 0
  meetings = 0
  longest = 0
  #count = 0
  /** Stays that are over, and stays that have begun, when the visitor in hand comes. */
  #gone = 0
  #earlier = 0
  #minimal = 1
  #start = new Int32Array(0)
  #end = new Int32Array(0)
  #who = new Int32Array(0)
  /** Latest end among the stays up to each one, in order of their start. */
  #reach = new Int32Array(0)
  #sortedEnd = new Int32Array(0)
  /** Sums of the first k starts and of the first k ends, each in order. */
  #startSum = new Float64Array(0)
  #endSum = new Float64Array(0)

  /** Takes in the stays [from, to), which are in order of their start; none is shorter than `minimal`. */
  gather(stays: GatheredStays, from: number, to: number, minimal: number): void {
    this.#count = to - from
    this.#gone = 0
    this.#earlier = 0
    this.#minimal = minimal
    this.#start = stays.start.subarray(from, to)
    this.#end = stays.end.subarray(from, to)
    this.#who = stays.who.subarray(from, to)
    this.#sortedEnd = stays.end.slice(from, to).sort()
    this.#reach = new Int32Array(this.#count)
    this.#startSum = new Float64Array(this.#count + 1)
    this.#endSum = new Float64Array(this.#count + 1)
    let reach = -2_147_483_648
    for (let k = 0; k < this.#count; k += 1) {
      reach = Math.max(reach, this.#end[k] as number)
      this.#reach[k] = reach
      this.#startSum[k + 1] = (this.#startSum[k] as number) + (this.#start[k] as number)
      this.#endSum[k + 1] = (this.#endSum[k] as number) + (this.#sortedEnd[k] as number)
    }
  }

  /** Whether a visitor who stays [s, e) meets anybody; what comes of it is in the fields. */
  meet(s: number, e: number): boolean {
    const [count, start, ends] = [this.#count, this.#start, this.#sortedEnd]
    const [byThen, until] = [(s + this.#minimal) | 0, (e - this.#minimal + 1) | 0]
    let gone = this.#gone
    while (gone < count && (ends[gone] as number) < byThen) gone += 1
    let earlier = this.#earlier
    while (earlier < count && (start[earlier] as number) <= s) earlier += 1
    this.#gone = gone
    this.#earlier = earlier
    if (e - s < this.#minimal) return false
    const came = countBelow(start, earlier, count, until)
    this.meetings = came - gone
    if (came <= gone) return false
    const before = countBelow(ends, gone, count, e)
    this.first = earlier > gone ? s : (start[earlier] as number)
    this.last = came > before ? e : (ends[before - 1] as number)
    const untils = (this.#endSum[before] as number) - (this.#endSum[gone] as number) + e * (came - before)
    const sinces = s * (earlier - gone) + (this.#startSum[came] as number) - (this.#startSum[earlier] as number)
    this.duration = (untils - sinces) | 0
    this.#findLongest(s, e, earlier, came)
    return true
  }

  /** Of those who were there before the visitor the one who stayed longest, first in order; of the others those who can have been longer. */
  #findLongest(s: number, e: number, earlier: number, came: number): void {
    this.longest = 0
    if (earlier > 0) {
      const reach = Math.min(e, this.#reach[earlier - 1] as number)
      if (reach - s >= this.#minimal) {
        this.longest = reach - s
        this.via = this.#who[countBelow(this.#reach, 0, earlier, reach)] as number
      }
    }
    for (let k = earlier; k < came && e - (this.#start[k] as number) > this.longest; k += 1) {
      const time = Math.min(e, this.#end[k] as number) - (this.#start[k] as number)
      if (time > this.longest) {
        this.longest = time
        this.via = this.#who[k] as number
      }
    }
  }
}
