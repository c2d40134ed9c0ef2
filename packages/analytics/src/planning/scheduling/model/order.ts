import { FROM_FINISH, type Network, TO_FINISH } from './network.ts'

/**
 * Numbers activities so that numbers grow along arcs whose start-to-start lag is not negative (Kahn). Where such arcs close a cycle
 * (activities that begin together), the least position breaks it.
 */
export function topologicalNumbers(
  arcs: readonly { readonly from: number; readonly to: number; readonly lag: number; readonly kind: number }[],
  size: number,
  duration: Int32Array,
): Int32Array {
  const before = new Int32Array(size)
  const next: number[][] = Array.from({ length: size }, () => [])
  for (const { from, to, lag, kind } of arcs) {
    const apart = lag + (kind & FROM_FINISH ? (duration[from] as number) : 0) - (kind & TO_FINISH ? (duration[to] as number) : 0)
    if (apart < 0) continue
    next[from]?.push(to)
    before[to] = (before[to] as number) + 1
  }
  const number = new Int32Array(size).fill(-1)
  const ready: number[] = []
  for (let k = 0; k < size; k++) if (before[k] === 0) ready.push(k)
  let given = 0
  let head = 0
  let scan = 0
  while (given < size) {
    if (head === ready.length) {
      while ((number[scan] as number) >= 0) scan++
      before[scan] = 0
      ready.push(scan)
    }
    const k = ready[head++] as number
    if ((number[k] as number) >= 0) continue
    number[k] = given++
    for (const to of next[k] ?? []) {
      before[to] = (before[to] as number) - 1
      if (before[to] === 0 && (number[to] as number) < 0) ready.push(to)
    }
  }
  return number
}

/** True when lags form a cycle, as a minimal and a maximal lag between the same two do: activities then move only together, step by step. */
export function tiedBothWays(net: Network): boolean {
  const { first, other } = net.outOf
  const before = new Int32Array(net.size)
  for (const j of other) before[j] = (before[j] as number) + 1
  const free: number[] = []
  before.forEach((count, j) => {
    if (count === 0) free.push(j)
  })
  for (let head = 0; head < free.length; head++) {
    const i = free[head] as number
    for (let e = first[i] as number; e < (first[i + 1] as number); e++) {
      const j = other[e] as number
      before[j] = (before[j] as number) - 1
      if (before[j] === 0) free.push(j)
    }
  }
  return free.length < net.size
}
