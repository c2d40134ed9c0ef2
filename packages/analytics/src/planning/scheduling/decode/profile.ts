import type { Network } from '../model/network.ts'
import { finishAt, startBy, startDown, startUp } from '../model/placing.ts'

/**
 * Free capacities over time as a linked list of events, so that cost depends on the number of activities, not on the horizon.
 * A node's row of `free` holds from its time to the next node's. Buckets of time lead to the nodes.
 */
export class Profile {
  private readonly net: Network
  private readonly width: number
  private time: Int32Array
  private next: Int32Array
  private prev: Int32Array
  private free: Int32Array
  private readonly spare: number[] = []
  private used = 1
  private readonly bucket: Int32Array
  private readonly shift: number

  constructor(net: Network) {
    this.net = net
    this.width = Math.max(1, net.capacity.length)
    const room = 4 * net.size + 64
    this.time = new Int32Array(room)
    this.next = new Int32Array(room)
    this.prev = new Int32Array(room)
    this.free = new Int32Array(room * this.width)
    let shift = 0
    while (net.horizon >> shift > 4 * net.size + 256) shift++
    this.shift = shift
    this.bucket = new Int32Array((net.horizon >> shift) + 2)
    this.reset()
  }

  /** Empties the profile to the capacities and their steps. */
  reset(): void {
    const { capacity, steps, horizon } = this.net
    this.bucket.fill(-1)
    this.spare.length = 0
    this.used = 1
    this.time[0] = 0
    this.next[0] = -1
    this.prev[0] = -1
    this.bucket[0] = 0
    capacity.forEach((units, r) => {
      this.free[r] = units
    })
    steps.forEach((list, r) => {
      list.forEach((step, k) => {
        if (step.from > horizon) return
        const until = list[k + 1]?.from ?? -1
        const first = this.nodeAt(step.from)
        const stop = until >= 0 && until <= horizon ? this.nodeAt(until) : -1
        for (let node = first; node !== stop; node = this.next[node] as number) this.free[node * this.width + r] = step.capacity
      })
    })
  }

  /** Takes (sign 1) or returns (sign -1) the needs of j in its working slots from `start`. */
  add(j: number, start: number, sign: 1 | -1): void {
    const p = this.net.duration[j] as number
    if (p === 0 || this.net.needFirst[j] === this.net.needFirst[j + 1]) return
    const time = this.net.time[j]
    if (!time) {
      this.addSpan(j, start, start + p, sign)
      return
    }
    const { done, slotOf } = time
    for (let k = done[start] as number, stop = k + p; k < stop; ) {
      const from = slotOf[k] as number
      let to = from + 1
      for (k++; k < stop && slotOf[k] === to; k++) to++
      this.addSpan(j, from, to, sign)
    }
  }

  /** First start of j in from..to with room in all its working slots, or -1. */
  earliest(j: number, from: number, to: number): number {
    const { net } = this
    let start = startUp(net, j, from)
    const bare = net.duration[j] === 0 || net.needFirst[j] === net.needFirst[j + 1]
    while (start <= to) {
      if (bare) return start
      if (start >= net.horizon || !this.workLeft(j, start)) return -1
      const free = this.conflictEnd(j, start)
      if (free < 0) return start
      start = startUp(net, j, free)
    }
    return -1
  }

  /** Last start of j in from..to with room in all its working slots, or -1. */
  latest(j: number, from: number, to: number): number {
    const { net } = this
    let start = startDown(net, j, to)
    const bare = net.duration[j] === 0 || net.needFirst[j] === net.needFirst[j + 1]
    while (start >= from) {
      if (bare) return start
      const before = this.conflictStart(j, start)
      if (before < 0) return start
      start = startBy(net, j, before)
    }
    return -1
  }

  /** First slot from `from` on in which a resource is overdrawn, or null. */
  overdrawn(from: number): { readonly slot: number; readonly resource: number } | null {
    for (let node = this.find(from); node >= 0; node = this.next[node] as number)
      for (let r = 0; r < this.net.capacity.length; r++)
        if ((this.free[node * this.width + r] as number) < 0) return { slot: Math.max(from, this.time[node] as number), resource: r }
    return null
  }

  /** True when the calendar of j has its duration left from `start` to the horizon. */
  private workLeft(j: number, start: number): boolean {
    const time = this.net.time[j]
    return !time || time.slotOf.length - (time.done[start] as number) >= (this.net.duration[j] as number)
  }

  private fits(j: number, node: number): boolean {
    const { needFirst, needResource, needAmount } = this.net
    const row = node * this.width
    for (let e = needFirst[j] as number, stop = needFirst[j + 1] as number; e < stop; e++)
      if ((this.free[row + (needResource[e] as number)] as number) < (needAmount[e] as number)) return false
    return true
  }

  /** Scans j's working slots from `start` on: the end of the first shortage, or -1. */
  private conflictEnd(j: number, start: number): number {
    const time = this.net.time[j]
    const end = finishAt(this.net, j, start)
    for (let node = this.find(start); node >= 0 && (this.time[node] as number) < end; node = this.next[node] as number) {
      if (this.fits(j, node)) continue
      const after = this.next[node] as number
      const until = after < 0 ? this.net.horizon : (this.time[after] as number)
      if (!time) return until
      // A shortage counts only where the activity works.
      const from = Math.max(start, this.time[node] as number)
      const till = Math.min(end, until)
      if ((time.done[till] as number) > (time.done[from] as number)) return until
    }
    return -1
  }

  /** Scans j's working slots from its finish back: the start of the last shortage (the finish must not be later), or -1. */
  private conflictStart(j: number, start: number): number {
    const time = this.net.time[j]
    const end = finishAt(this.net, j, start)
    let till = end
    for (let node = this.find(end - 1); node >= 0 && till > start; node = this.prev[node] as number) {
      const from = Math.max(start, this.time[node] as number)
      if (!this.fits(j, node) && (!time || (time.done[till] as number) > (time.done[from] as number))) return this.time[node] as number
      till = this.time[node] as number
    }
    return -1
  }

  private addSpan(j: number, from: number, to: number, sign: number): void {
    const { needFirst, needResource, needAmount } = this.net
    const begin = this.nodeAt(from)
    const stop = this.nodeAt(to)
    const low = needFirst[j] as number
    const high = needFirst[j + 1] as number
    for (let node = begin; node !== stop; node = this.next[node] as number) {
      const row = node * this.width
      for (let e = low; e < high; e++) {
        const at = row + (needResource[e] as number)
        this.free[at] = (this.free[at] as number) - sign * (needAmount[e] as number)
      }
    }
    if (sign < 0) {
      this.mergeBack(stop)
      this.mergeBack(begin)
    }
  }

  /** The node whose span holds slot t. */
  private find(t: number): number {
    let b = t >> this.shift
    if (b >= this.bucket.length) b = this.bucket.length - 1
    let node = this.bucket[b] as number
    while (node < 0 || (this.time[node] as number) > t) node = this.bucket[--b] as number
    for (let after = this.next[node] as number; after >= 0 && (this.time[after] as number) <= t; after = this.next[node] as number)
      node = after
    return node
  }

  /** The node that begins at t, made by splitting where there is none. */
  private nodeAt(t: number): number {
    const holder = this.find(t)
    if (this.time[holder] === t) return holder
    const node = this.spare.pop() ?? this.used++
    if (node >= this.time.length) this.grow()
    const after = this.next[holder] as number
    this.time[node] = t
    this.next[node] = after
    this.prev[node] = holder
    this.next[holder] = node
    if (after >= 0) this.prev[after] = node
    for (let r = 0; r < this.width; r++) this.free[node * this.width + r] = this.free[holder * this.width + r] as number
    const b = t >> this.shift
    const head = this.bucket[b] as number
    if (head < 0 || (this.time[head] as number) > t) this.bucket[b] = node
    return node
  }

  /** Unlinks a node that says the same as the one before it. */
  private mergeBack(node: number): void {
    const before = this.prev[node] as number
    if (before < 0) return
    for (let r = 0; r < this.width; r++) if (this.free[node * this.width + r] !== this.free[before * this.width + r]) return
    const after = this.next[node] as number
    this.next[before] = after
    if (after >= 0) this.prev[after] = before
    const b = (this.time[node] as number) >> this.shift
    if (this.bucket[b] === node) this.bucket[b] = after >= 0 && (this.time[after] as number) >> this.shift === b ? after : -1
    this.spare.push(node)
  }

  private grow(): void {
    const wider = (old: Int32Array) => {
      const grown = new Int32Array(old.length * 2)
      grown.set(old)
      return grown
    }
    this.time = wider(this.time)
    this.next = wider(this.next)
    this.prev = wider(this.prev)
    this.free = wider(this.free)
  }
}
