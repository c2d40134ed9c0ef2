import { NEVER, type Network } from './network.ts'
import { finishAt, lowerByArc, startBy, startDown, startUp, upperByArc } from './placing.ts'

/** Earliest starts by time alone. `cause[j]` is the activity that pushes j, or -1 for its own release. */
export interface Earliest {
  readonly start: Int32Array
  readonly cause: Int32Array
  /** An activity pushed behind its fixed start, deadline or the horizon; -1 when all fit. */
  readonly failed: number
}

/** Latest start that j's own fixed start, deadline and the horizon allow. */
export function ownLatest(net: Network, j: number, end: number): number {
  const fixed = net.fixed[j] as number
  if (fixed >= 0) return fixed
  const deadline = Math.min(net.deadline[j] as number, end)
  return deadline >= NEVER ? NEVER : startBy(net, j, deadline)
}

/**
 * Longest paths from the releases (label correcting, so lags may form cycles). Started or fixed activities stand where they stand.
 */
export function earliestStarts(net: Network, end: number = net.horizon): Earliest {
  const { size, outOf } = net
  const start = new Int32Array(size)
  const cause = new Int32Array(size).fill(-1)
  const queued = new Uint8Array(size).fill(1)
  const queue: number[] = []
  for (let j = 0; j < size; j++) {
    const fixed = net.fixed[j] as number
    start[j] = startUp(net, j, fixed >= 0 ? fixed : (net.release[j] as number))
    queue.push(j)
    if ((start[j] as number) > ownLatest(net, j, end)) return { start, cause, failed: j }
  }
  const inArcOf = mirrorIndex(net)
  for (let head = 0; head < queue.length; head++) {
    const i = queue[head] as number
    queued[i] = 0
    for (let e = outOf.first[i] as number; e < (outOf.first[i + 1] as number); e++) {
      const j = outOf.other[e] as number
      const least = startUp(net, j, lowerByArc(net, j, inArcOf[e] as number, start[i] as number))
      if (least <= (start[j] as number)) continue
      start[j] = least
      cause[j] = i
      if (least > ownLatest(net, j, end)) return { start, cause, failed: j }
      if (!queued[j]) {
        queued[j] = 1
        queue.push(j)
      }
    }
    if (head > 1 << 16 && head * 2 > queue.length) {
      queue.splice(0, head + 1)
      head = -1
    }
  }
  return { start, cause, failed: -1 }
}

/** Latest starts by time alone when everything ends by `end`; negative entries mean that there is no time. */
export function latestStarts(net: Network, end: number): Int32Array {
  const { size, into } = net
  const latest = new Int32Array(size)
  const queued = new Uint8Array(size).fill(1)
  const queue: number[] = []
  for (let j = size - 1; j >= 0; j--) {
    latest[j] = startDown(net, j, ownLatest(net, j, end))
    queue.push(j)
  }
  const outArcOf = mirrorIndexInto(net)
  for (let head = 0; head < queue.length; head++) {
    const j = queue[head] as number
    queued[j] = 0
    for (let e = into.first[j] as number; e < (into.first[j + 1] as number); e++) {
      const i = into.other[e] as number
      const most = startDown(net, i, upperByArc(net, i, outArcOf[e] as number, latest[j] as number))
      if (most >= (latest[i] as number)) continue
      latest[i] = Math.max(-1, most)
      if (most < 0) continue
      if (!queued[i]) {
        queued[i] = 1
        queue.push(i)
      }
    }
  }
  return latest
}

/** For each entry of `outOf`, the entry of `into` that is the same arc. Both lists keep the order of the arcs. */
export function mirrorIndex(net: Network): Int32Array {
  const cached = mirrors.get(net)
  if (cached) return cached.toInto
  return buildMirror(net).toInto
}

/** For each entry of `into`, the entry of `outOf` that is the same arc. */
export function mirrorIndexInto(net: Network): Int32Array {
  return (mirrors.get(net) ?? buildMirror(net)).toOut
}

const mirrors = new WeakMap<Network, { toInto: Int32Array; toOut: Int32Array }>()

function buildMirror(net: Network): { toInto: Int32Array; toOut: Int32Array } {
  const { outOf, into, size } = net
  const toInto = new Int32Array(outOf.other.length)
  const toOut = new Int32Array(outOf.other.length)
  const taken = new Uint8Array(into.other.length)
  for (let i = 0; i < size; i++) {
    for (let e = outOf.first[i] as number; e < (outOf.first[i + 1] as number); e++) {
      const j = outOf.other[e] as number
      for (let f = into.first[j] as number; f < (into.first[j + 1] as number); f++) {
        if (taken[f] || into.other[f] !== i || into.lag[f] !== outOf.lag[e] || into.kind[f] !== outOf.kind[e]) continue
        taken[f] = 1
        toInto[e] = f
        toOut[f] = e
        break
      }
    }
  }
  const built = { toInto, toOut }
  mirrors.set(net, built)
  return built
}

/** End of everything for given starts. */
export function endOf(net: Network, start: Int32Array): number {
  let end = 0
  for (let j = 0; j < net.size; j++) end = Math.max(end, finishAt(net, j, start[j] as number))
  return end
}
