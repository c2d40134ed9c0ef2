import type { Network } from '../model/network.ts'

/** More literals than this would not fit the search's tables well. */
const MOST_ATOMS = 400_000

/** True when the clause search reads the problem: start-to-start lags, constant crews, no calendars, stores or due slots. */
export function clausesServe(net: Network, end: number): boolean {
  return (
    net.size > 0 &&
    net.size * (end + 2) <= MOST_ATOMS &&
    end <= 3000 &&
    !net.hasDue &&
    net.time.every((time) => time === null) &&
    net.takeMaterial.length === 0 &&
    net.steps.every((steps) => steps.length === 0)
  )
}

/** 1, 1, 2, 1, 1, 2, 4, ... (Luby, Sinclair & Zuckerman 1993). */
export function luby(k: number): number {
  let size = 1
  let power = 0
  while (size < k) {
    size = 2 * size + 1
    power++
  }
  let left = k
  while (size !== left) {
    size = (size - 1) >> 1
    power--
    if (left > size) left -= size
  }
  return 2 ** power
}
