import { NEVER, type Network } from '../model/network.ts'
import type { Decoder } from './decoder.ts'
import { KeySorter } from './sorting.ts'

/** Resources packed side by side into 32-bit words, one guard bit above each, so that one subtraction tests all of a word. */
export interface Packing {
  readonly words: number
  /** Word w of activity j: `need[j * words + w]`. */
  readonly need: Int32Array
  readonly capacity: Int32Array
  readonly guard: Int32Array
}

/** Packs needs and capacities, or null when a capacity is too large for a word. */
export function pack(net: Network): Packing | null {
  const place: { word: number; shift: number }[] = []
  let word = 0
  let shift = 0
  for (const capacity of net.capacity) {
    const bits = 33 - Math.clz32(capacity)
    if (bits > 31) return null
    if (shift + bits > 32) {
      word++
      shift = 0
    }
    place.push({ word, shift })
    shift += bits
  }
  const words = word + 1
  const capacity = new Int32Array(words)
  const guard = new Int32Array(words)
  place.forEach((p, r) => {
    const size = net.capacity[r] as number
    const bits = 33 - Math.clz32(size)
    const mark = 1 << (p.shift + bits - 1)
    guard[p.word] = (guard[p.word] as number) | mark
    capacity[p.word] = (capacity[p.word] as number) | (size << p.shift) | mark
  })
  const need = new Int32Array(net.size * words)
  for (let j = 0; j < net.size; j++) {
    for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++) {
      const p = place[net.needResource[e] as number] as { word: number; shift: number }
      const at = j * words + p.word
      need[at] = (need[at] as number) + ((net.needAmount[e] as number) << p.shift)
    }
  }
  return { words, need, capacity, guard }
}

/** True when the grid serves: plain model, horizon and durations short enough that slots are cheaper than events. */
export function gridServes(net: Network): boolean {
  if (!net.plain || net.horizon > 400_000) return false
  let work = 0
  for (const p of net.duration) work += p
  if (work > 48 * net.size) return false
  for (let j = 0; j < net.size; j++) {
    for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
      const back = (net.into.lag[e] as number) + (net.duration[j] as number) - (net.duration[net.into.other[e] as number] as number)
      if (back < 0) return false
    }
  }
  return pack(net) !== null
}

/** Serial generation on a grid of slots in both directions of time. The fast decoder for the plain model. */
export class GridDecoder implements Decoder {
  readonly net: Network
  schedules = 0
  private readonly packing: Packing
  private readonly grid: Int32Array
  private readonly sorter: KeySorter
  private readonly backLag: Int32Array
  private readonly release: Int32Array
  private readonly keys: Int32Array
  private readonly late: Int32Array
  private readonly none: Int32Array

  constructor(net: Network) {
    this.net = net
    this.packing = pack(net) as Packing
    this.grid = new Int32Array((net.horizon + 2) * this.packing.words)
    this.sorter = new KeySorter(net.size, 6 * net.horizon)
    this.release = new Int32Array(net.size)
    this.keys = new Int32Array(net.size)
    this.late = new Int32Array(net.size)
    this.none = new Int32Array(net.size)
    const { outOf, duration } = net
    this.backLag = new Int32Array(outOf.lag.length)
    for (let i = 0; i < net.size; i++)
      for (let e = outOf.first[i] as number; e < (outOf.first[i + 1] as number); e++)
        this.backLag[e] = (outOf.lag[e] as number) + (duration[outOf.other[e] as number] as number) - (duration[i] as number)
  }

  build(keys: Int32Array, out: Int32Array): number {
    this.sorter.sort(keys, false)
    this.pass(this.net.into.first, this.net.into.other, this.net.into.lag, this.net.release, out)
    return this.cost(out)
  }

  /** Serial generation in a direction: forward (0), or from the end back (1), slots counted from where it begins. Returns the end. */
  generate(keys: Int32Array, out: Int32Array, direction: 0 | 1): number {
    const { into, outOf, release } = this.net
    this.sorter.sort(keys, direction === 1)
    return direction === 0
      ? this.pass(into.first, into.other, into.lag, release, out)
      : this.pass(outOf.first, outOf.other, this.backLag, this.none, out)
  }

  /** Raises keys so that no activity stands before one that the direction must place first. */
  repair(keys: Int32Array, direction: 0 | 1): void {
    const { size, into, outOf } = this.net
    for (let q = 0; q < size; q++) {
      const j = direction === 0 ? q : size - 1 - q
      const { first, other } = direction === 0 ? into : outOf
      let key = keys[j] as number
      for (let e = first[j] as number, stop = first[j + 1] as number; e < stop; e++) {
        const before = keys[other[e] as number] as number
        if (before > key) key = before
      }
      keys[j] = key
    }
  }

  justify(start: Int32Array, _cost: number, out: Int32Array): number {
    const { net, keys, release, late } = this
    const { size, duration, due } = net
    let end = 0
    for (let j = 0; j < size; j++) end = Math.max(end, (start[j] as number) + (duration[j] as number))
    for (let j = 0; j < size; j++) {
      const finish = (start[j] as number) + (duration[j] as number)
      keys[j] = end - finish
      // An activity with a due slot must not be carried behind it, nor behind its own finish where it is late already.
      release[j] = (due[j] as number) >= NEVER ? 0 : Math.max(0, end - Math.max(finish, due[j] as number))
    }
    this.sorter.sort(keys, true)
    const back = this.pass(net.outOf.first, net.outOf.other, this.backLag, release, late)
    for (let j = 0; j < size; j++) keys[j] = back - (late[j] as number) - (duration[j] as number)
    return this.build(keys, out)
  }

  /** Cost of starts: the end, and tardiness where something is due. */
  cost(start: Int32Array): number {
    const { net } = this
    let end = 0
    let tardiness = 0
    for (let j = 0; j < net.size; j++) {
      const finish = (start[j] as number) + (net.duration[j] as number)
      if (finish > end) end = finish
      const late = finish - (net.due[j] as number)
      if (late > 0) tardiness += late * (net.weight[j] as number)
    }
    return tardiness * (net.horizon + 1) + end
  }

  private pass(first: Int32Array, other: Int32Array, lag: Int32Array, release: Int32Array, start: Int32Array): number {
    this.schedules++
    return this.packing.words === 1 ? this.passOne(first, other, lag, release, start) : this.passMany(first, other, lag, release, start)
  }

  /** All resources in one word. */
  private passOne(first: Int32Array, other: Int32Array, lag: Int32Array, release: Int32Array, start: Int32Array): number {
    const { grid } = this
    const { size, duration } = this.net
    const order = this.sorter.order
    const needs = this.packing.need
    const full = this.packing.capacity[0] as number
    const guard = this.packing.guard[0] as number
    let top = 0
    let last = 0
    for (let q = 0; q < size; q++) {
      const j = order[q] as number
      const p = duration[j] as number
      const need = needs[j] as number
      let t = release[j] as number
      for (let e = first[j] as number, stop = first[j + 1] as number; e < stop; e++) {
        const least = (start[other[e] as number] as number) + (lag[e] as number)
        if (least > t) t = least
      }
      let end = t + p
      if (need !== 0) {
        const limit = top
        for (let k = t; k < end && k < limit; k++) {
          if ((((grid[k] as number) - need) & guard) !== guard) {
            t = k + 1
            end = t + p
          }
        }
        while (top < end) grid[top++] = full
        for (let k = t; k < end; k++) grid[k] = ((grid[k] as number) - need) | 0
      }
      if (end > last) last = end
      start[j] = t
    }
    return last
  }

  private passMany(first: Int32Array, other: Int32Array, lag: Int32Array, release: Int32Array, start: Int32Array): number {
    const { grid } = this
    const { size, duration } = this.net
    const order = this.sorter.order
    const { words, need: needs, capacity, guard } = this.packing
    let top = 0
    let last = 0
    for (let q = 0; q < size; q++) {
      const j = order[q] as number
      const p = duration[j] as number
      const base = j * words
      let t = release[j] as number
      for (let e = first[j] as number, stop = first[j + 1] as number; e < stop; e++) {
        const least = (start[other[e] as number] as number) + (lag[e] as number)
        if (least > t) t = least
      }
      let end = t + p
      const limit = top
      for (let k = t; k < end && k < limit; k++) {
        for (let w = 0, at = k * words; w < words; w++, at++) {
          const mark = guard[w] as number
          if ((((grid[at] as number) - (needs[base + w] as number)) & mark) !== mark) {
            t = k + 1
            end = t + p
            break
          }
        }
      }
      while (top < end) {
        for (let w = 0; w < words; w++) grid[top * words + w] = capacity[w] as number
        top++
      }
      for (let k = t, at = t * words; k < end; k++)
        for (let w = 0; w < words; w++, at++) grid[at] = ((grid[at] as number) - (needs[base + w] as number)) | 0
      if (end > last) last = end
      start[j] = t
    }
    return last
  }
}
