import type { Network } from '../model/network.ts'
import { grainOf } from './tables.ts'

/** More literals than this would not fit the search's tables well. */
const MOST_ATOMS = 400_000

/** The same where any schedule is asked for, once. */
const MOST_ATOMS_ASKED = 2_000_000

/** Latest end up to which slots are looked at one by one. */
const LONGEST = 3000

/** The latest end up to which a search for any schedule can hold all starts; -1 where it cannot read the problem. */
export function longestRead(net: Network): number {
  if (net.size === 0 || !wholeGrains(net)) return -1
  return Math.min(LONGEST, Math.floor(MOST_ATOMS_ASKED / net.size) - 3)
}

/** True when every material is counted in whole grains. */
function wholeGrains(net: Network): boolean {
  return net.materials.every((_, m) => grainOf(net, m) > 0)
}

/** True when the clause search can hold all starts until `end`. */
function clausesRead(net: Network, end: number): boolean {
  return net.size > 0 && net.size * (end + 2) <= MOST_ATOMS && end <= LONGEST && wholeGrains(net)
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
