import { alignDown, alignUp, earliestStartFor, finishOf, latestStartFor } from './calendar.ts'
import { FROM_FINISH, type Network, TO_FINISH } from './network.ts'

/** Finish of activity j when it starts at `start`. */
export function finishAt(net: Network, j: number, start: number): number {
  const p = net.duration[j] as number
  if (p === 0) return start
  const time = net.time[j]
  return time ? finishOf(time, start, p) : start + p
}

/** First slot at or after t in which j can start, by its calendar. */
export function startUp(net: Network, j: number, t: number): number {
  const time = net.time[j]
  return time ? alignUp(time, t) : t
}

/** Last slot at or before t in which j can start, by its calendar; -1 without one. */
export function startDown(net: Network, j: number, t: number): number {
  const time = net.time[j]
  return time ? alignDown(time, t) : t
}

/** Last start of j with finish at or before `finish`; negative without one. */
export function startBy(net: Network, j: number, finish: number): number {
  const p = net.duration[j] as number
  const time = net.time[j]
  return time && p > 0 ? latestStartFor(time, finish, p) : finish - p
}

/** Earliest start of `to` that entry e of `net.into` allows when the other activity starts at `otherStart`. */
export function lowerByArc(net: Network, to: number, e: number, otherStart: number): number {
  const { lag, kind, other } = net.into
  const k = kind[e] as number
  const base = (k & FROM_FINISH ? finishAt(net, other[e] as number, otherStart) : otherStart) + (lag[e] as number)
  if (!(k & TO_FINISH)) return base
  const time = net.time[to]
  const p = net.duration[to] as number
  return time && p > 0 ? earliestStartFor(time, base, p) : base - p
}

/** Latest start of `from` that entry e of `net.outOf` allows when the other activity starts at `otherStart`. */
export function upperByArc(net: Network, from: number, e: number, otherStart: number): number {
  const { lag, kind, other } = net.outOf
  const k = kind[e] as number
  const base = (k & TO_FINISH ? finishAt(net, other[e] as number, otherStart) : otherStart) - (lag[e] as number)
  return k & FROM_FINISH ? startBy(net, from, base) : base
}
