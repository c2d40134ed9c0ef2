import { NEVER, type Network } from '../model/network.ts'
import { finishAt, lowerByArc, startBy, startUp, upperByArc } from '../model/placing.ts'
import { type Decoder, IMPOSSIBLE, type Weights, weightsOf } from './decoder.ts'
import { Profile } from './profile.ts'
import { KeySorter } from './sorting.ts'
import { Stores } from './stores.ts'

/** Placements of a list, in passes over all activities, after which it is given up. */
const MOST_PASSES = 20

/**
 * Serial generation on an event list, for everything the model knows: calendars, changing capacities, stores, maximal lags, fixed
 * starts. Where a maximal lag cannot be kept the activity that sets it is moved later and its successors in the list are placed
 * again (unscheduling, Franck, Neumann & Schwindt 2001).
 */
export class EventDecoder implements Decoder {
  readonly net: Network
  private placements = 0
  private readonly profile: Profile
  private readonly stores: Stores
  private readonly sorter: KeySorter
  private readonly placed: Uint8Array
  private readonly delay: Int32Array
  private readonly position: Int32Array
  private readonly keys: Int32Array
  private readonly weights: Weights
  /** Activity and start whose bound could not be kept in the last impossible list, for the reason. */
  stuck = -1

  constructor(net: Network) {
    this.net = net
    this.profile = new Profile(net)
    this.stores = new Stores(net)
    this.sorter = new KeySorter(net.size, net.horizon)
    this.placed = new Uint8Array(net.size)
    this.delay = new Int32Array(net.size)
    this.position = new Int32Array(net.size)
    this.keys = new Int32Array(net.size)
    this.weights = weightsOf(net)
  }

  get schedules(): number {
    return this.net.size === 0 ? 0 : this.placements / this.net.size
  }

  build(keys: Int32Array, out: Int32Array): number {
    const { net, profile, stores, placed, delay, position } = this
    const { size } = net
    this.sorter.sort(keys, false)
    const order = this.sorter.order
    profile.reset()
    stores.reset()
    placed.fill(0)
    delay.fill(0)
    for (let j = 0; j < size; j++) if ((net.fixed[j] as number) >= 0) this.place(j, net.fixed[j] as number, out)
    for (let q = 0; q < size; q++) position[order[q] as number] = q
    let patience = 64 + 4 * size
    const enough = this.placements + 64 + MOST_PASSES * size
    for (let q = 0; q < size; q++) {
      const j = order[q] as number
      if (placed[j]) continue
      const low = Math.max(this.lower(j, out), delay[j] as number, stores.earliest(j))
      const blocker = this.blocker(j, out)
      const high = blocker < 0 ? NEVER : this.upperFrom(j, blocker, out)
      let start = low > high ? -1 : profile.earliest(j, low, high)
      if (start < 0) {
        // Looking in vain is work too: a search that only fails must come to its end.
        this.placements++
        start = profile.earliest(j, low, net.horizon)
        if (start < 0) {
          this.stuck = j
          return IMPOSSIBLE
        }
        if (blocker >= 0) {
          // The blocker must move later by as much as j misses its window.
          if ((net.fixed[blocker] as number) >= 0 || patience-- === 0 || this.placements > enough) {
            this.stuck = j
            return IMPOSSIBLE
          }
          delay[blocker] = (out[blocker] as number) + (start - high)
          for (let back = q - 1, from = position[blocker] as number; back >= from; back--) this.unplace(order[back] as number, out)
          q = (position[blocker] as number) - 1
          continue
        }
      }
      this.place(j, start, out)
    }
    return this.cost(out)
  }

  justify(start: Int32Array, cost: number, out: Int32Array): number {
    if (cost === IMPOSSIBLE) return cost
    const { net, keys } = this
    const { size } = net
    if (out !== start) out.set(start)
    let end = 0
    for (let j = 0; j < size; j++) end = Math.max(end, finishAt(net, j, out[j] as number))
    this.load(out)
    for (let j = 0; j < size; j++) keys[j] = -finishAt(net, j, out[j] as number)
    this.sorter.sort(keys, true)
    for (let q = 0; q < size; q++) this.moveRight(this.sorter.order[q] as number, end, out)
    for (let j = 0; j < size; j++) keys[j] = out[j] as number
    this.sorter.sort(keys, false)
    for (let q = 0; q < size; q++) this.moveLeft(this.sorter.order[q] as number, out)
    return this.cost(out)
  }

  /** Puts a whole schedule into the profile and the stores, for moves from there. */
  load(start: Int32Array): void {
    this.profile.reset()
    this.stores.reset()
    for (let j = 0; j < this.net.size; j++) {
      this.profile.add(j, start[j] as number, 1)
      this.stores.add(j, start[j] as number, 1)
    }
    this.placed.fill(1)
  }

  /** Latest start of j when nothing else moves and all ends by `end`. The schedule must be loaded; j stays where it is. */
  latestAlone(j: number, end: number, start: Int32Array): number {
    const { net, profile } = this
    const now = start[j] as number
    if ((net.fixed[j] as number) >= 0) return now
    let high = startBy(net, j, Math.min(end, net.deadline[j] as number))
    for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++)
      high = Math.min(high, upperByArc(net, j, e, start[net.outOf.other[e] as number] as number))
    if (high <= now) return now
    profile.add(j, now, -1)
    const found = profile.latest(j, now, high)
    profile.add(j, now, 1)
    return Math.max(now, found)
  }

  /** Moves j of the loaded schedule as late as it can go, not behind its due slot unless it is late already. True when it moves. */
  moveRight(j: number, end: number, start: Int32Array): boolean {
    const { net } = this
    this.placements++
    const now = start[j] as number
    const finish = finishAt(net, j, now)
    const own = Math.max(finish, Math.min(end, net.due[j] as number, net.deadline[j] as number))
    const to = this.latestAlone(j, own, start)
    if (to > now) this.shift(j, to, start)
    return to > now
  }

  /** Moves j of the loaded schedule as early as it can go. */
  moveLeft(j: number, start: Int32Array): void {
    const { net, profile, stores } = this
    if ((net.fixed[j] as number) >= 0) return
    const now = start[j] as number
    profile.add(j, now, -1)
    stores.add(j, now, -1)
    const low = Math.max(this.lower(j, start), stores.earliest(j))
    const found = low >= now ? now : profile.earliest(j, low, now)
    const to = found < 0 ? now : found
    profile.add(j, to, 1)
    stores.add(j, to, 1)
    start[j] = to
    this.placements++
  }

  private shift(j: number, to: number, start: Int32Array): void {
    const now = start[j] as number
    this.profile.add(j, now, -1)
    this.stores.add(j, now, -1)
    this.profile.add(j, to, 1)
    this.stores.add(j, to, 1)
    start[j] = to
  }

  private place(j: number, start: number, out: Int32Array): void {
    out[j] = start
    this.profile.add(j, start, 1)
    this.stores.add(j, start, 1)
    this.placed[j] = 1
    this.placements++
  }

  private unplace(j: number, out: Int32Array): void {
    if (!this.placed[j] || (this.net.fixed[j] as number) >= 0) return
    this.profile.add(j, out[j] as number, -1)
    this.stores.add(j, out[j] as number, -1)
    this.placed[j] = 0
  }

  /** Earliest start of j by its release and the activities placed. */
  private lower(j: number, start: Int32Array): number {
    const { net, placed } = this
    let low = net.release[j] as number
    for (let e = net.into.first[j] as number; e < (net.into.first[j + 1] as number); e++) {
      const i = net.into.other[e] as number
      if (placed[i]) low = Math.max(low, lowerByArc(net, j, e, start[i] as number))
    }
    return startUp(net, j, low)
  }

  /** The placed activity that limits j's start from above the most, or -1. */
  private blocker(j: number, start: Int32Array): number {
    const { net, placed } = this
    let high = NEVER
    let who = -1
    for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++) {
      const i = net.outOf.other[e] as number
      if (!placed[i]) continue
      const most = upperByArc(net, j, e, start[i] as number)
      if (most < high) {
        high = most
        who = i
      }
    }
    return who
  }

  private upperFrom(j: number, blocker: number, start: Int32Array): number {
    const { net } = this
    let high = NEVER
    for (let e = net.outOf.first[j] as number; e < (net.outOf.first[j + 1] as number); e++)
      if (net.outOf.other[e] === blocker) high = Math.min(high, upperByArc(net, j, e, start[blocker] as number))
    return high
  }

  /** Lateness behind deadlines, weighted tardiness and the end, in one number. */
  cost(start: Int32Array): number {
    const { net, weights } = this
    let end = 0
    let tardiness = 0
    let violation = 0
    for (let j = 0; j < net.size; j++) {
      const finish = finishAt(net, j, start[j] as number)
      if (finish > end) end = finish
      if (finish > (net.due[j] as number)) tardiness += (finish - (net.due[j] as number)) * (net.weight[j] as number)
      if (finish > (net.deadline[j] as number)) violation += finish - (net.deadline[j] as number)
    }
    return violation * weights.violation + tardiness * weights.tardiness + end
  }
}
