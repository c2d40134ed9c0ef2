import { finishOf } from '../model/calendar.ts'
import { NEVER, type Network } from '../model/network.ts'
import { finishAt, lowerByArc, startDown, startUp, upperByArc } from '../model/placing.ts'
import { mirrorIndex, mirrorIndexInto, ownLatest } from '../model/windows.ts'

/** Start windows under the assumption that everything ends by a slot; propagators narrow them until one is empty. */
export class WindowState {
  readonly net: Network
  readonly earliest: Int32Array
  readonly latest: Int32Array
  changed = false
  private readonly toInto: Int32Array
  private readonly toOut: Int32Array

  constructor(net: Network) {
    this.net = net
    this.earliest = new Int32Array(net.size)
    this.latest = new Int32Array(net.size)
    this.toInto = mirrorIndex(net)
    this.toOut = mirrorIndexInto(net)
  }

  /** Windows by the activities' own dates and the end. False when one is empty. */
  reset(end: number): boolean {
    const { net, earliest, latest } = this
    for (let j = 0; j < net.size; j++) {
      const fixed = net.fixed[j] as number
      earliest[j] = startUp(net, j, fixed >= 0 ? fixed : (net.release[j] as number))
      latest[j] = startDown(net, j, ownLatest(net, j, end))
      if ((latest[j] as number) < (earliest[j] as number)) return false
    }
    return true
  }

  /** Raises the earliest start; false when the window is empty. */
  raise(j: number, to: number): boolean {
    if (to <= (this.earliest[j] as number)) return true
    const start = startUp(this.net, j, to)
    this.earliest[j] = start
    this.changed = true
    return start <= (this.latest[j] as number)
  }

  /** Lowers the latest start; false when the window is empty. */
  lower(j: number, to: number): boolean {
    if (to >= (this.latest[j] as number)) return true
    const start = startDown(this.net, j, to)
    this.latest[j] = start
    this.changed = true
    return start >= (this.earliest[j] as number)
  }

  /** Longest paths in both directions until nothing moves. */
  propagateArcs(): boolean {
    const { net, earliest, latest } = this
    const { size, outOf, into } = net
    for (let moved = true; moved; ) {
      moved = false
      for (let i = 0; i < size; i++)
        for (let e = outOf.first[i] as number; e < (outOf.first[i + 1] as number); e++) {
          const j = outOf.other[e] as number
          const least = lowerByArc(net, j, this.toInto[e] as number, earliest[i] as number)
          if (least <= (earliest[j] as number)) continue
          if (!this.raise(j, least)) return false
          moved = true
        }
    }
    for (let moved = true; moved; ) {
      moved = false
      for (let j = size - 1; j >= 0; j--)
        for (let e = into.first[j] as number; e < (into.first[j + 1] as number); e++) {
          const i = into.other[e] as number
          const most = upperByArc(net, i, this.toOut[e] as number, latest[j] as number)
          if (most >= (latest[i] as number)) continue
          if (!this.lower(i, most)) return false
          moved = true
        }
    }
    return true
  }

  earliestFinish(j: number): number {
    return finishAt(this.net, j, this.earliest[j] as number)
  }

  latestFinish(j: number): number {
    const start = this.latest[j] as number
    const p = this.net.duration[j] as number
    const time = this.net.time[j]
    return p === 0 ? start : time ? finishOf(time, start, p) : start + p
  }

  /** Working slots of j before slot t, in the coordinate in which its work is one block. */
  workBefore(j: number, t: number): number {
    const time = this.net.time[j]
    if (!time) return t
    const { done } = time
    return done[t < 0 ? 0 : t < done.length ? t : done.length - 1] as number
  }
}

/** Units of a resource over slots from..to together, by its capacity and steps. */
export function capacityBetween(net: Network, resource: number, from: number, to: number): number {
  let units = net.capacity[resource] as number
  let at = from
  let sum = 0
  for (const step of net.steps[resource] ?? []) {
    if (step.from > at) {
      const until = Math.min(step.from, to)
      sum += units * (until - at)
      at = until
      if (at >= to) return sum
    }
    units = step.capacity
  }
  return sum + units * (Math.min(to, NEVER) - at)
}

/** The largest capacity a resource ever has. */
export function largestCapacity(net: Network, resource: number): number {
  return (net.steps[resource] ?? []).reduce((most, step) => Math.max(most, step.capacity), net.capacity[resource] as number)
}
