import { FROM_FINISH, TO_FINISH } from './network.ts'

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
