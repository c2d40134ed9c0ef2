import type { Network } from '../model/network.ts'
import { grainOf } from './tables.ts'

/** More literals than this would not fit the search's tables well. */
const MOST_ATOMS = 400_000

/** Latest end up to which slots are looked at one by one. */
const LONGEST = 3000

/** True when the clause search can hold all starts until `end`: what it reads, with materials counted in whole grains. */
export function clausesRead(net: Network, end: number): boolean {
  return net.size > 0 && net.size * (end + 2) <= MOST_ATOMS && end <= LONGEST && net.materials.every((_, m) => grainOf(net, m) > 0)
}

/** True when the clause search serves to prove how good a schedule is: it knows the end, not lateness. */
export function clausesServe(net: Network, end: number): boolean {
  return !net.hasDue && clausesRead(net, end)
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
