/**
 * Adjacent string removal: strings of stops are taken out of routes that lie near one another.
 * Source: Christiaens & Vanden Berghe (2020), Transportation Science 54(2), doi:10.1287/trsc.2019.0914.
 */
import type { SearchRandom } from '../../anytime/random.ts'
import type { Neighbours } from './neighbours.ts'
import type { RouteState } from './state.ts'

export interface RuinSettings {
  /** Mean number of stops removed. */
  readonly meanRemoved: number
  /** Longest string. */
  readonly maxString: number
  /** Share of strings that keep a run of stops in their middle. */
  readonly splitShare: number
  /** Chance of stopping to enlarge the run that is kept; the published depth is 0.01 (its complement continues). */
  readonly splitDepth: number
}

/** Removes strings around one random stop. `ruined` is scratch of one byte per slot, all zero before and after. */
export function ruin(state: RouteState, near: Neighbours, random: SearchRandom, settings: RuinSettings, ruined: Uint8Array): void {
  const { problem, route, size, used } = state
  const { nodes } = problem
  const served = nodes - state.absentCount
  if (served <= 0) return
  const longest = Math.min(settings.maxString, served / used)
  const most = (4 * settings.meanRemoved) / (1 + longest) - 1
  let strings = Math.floor(1 + random.unit() * most)
  const seed = random.below(nodes)
  const list = seed * near.width
  const marks: number[] = []
  let v = seed
  for (let k = 0; strings > 0; k++) {
    const r = route[v] as number
    if (r >= 0 && ruined[r] === 0) {
      const limit = Math.min(size[r] as number, longest)
      const length = Math.floor(1 + random.unit() * limit)
      ruined[r] = 1
      marks.push(r)
      removeString(state, random, v, Math.min(length, size[r] as number), settings)
      strings--
    }
    if (k >= near.width) break
    v = near.stops[list + k] as number
  }
  for (const r of marks) ruined[r] = 0
}

/** Removes `length` stops of the route of v from a stretch that holds v, with or without a kept run in the middle. */
export function removeString(state: RouteState, random: SearchRandom, v: number, length: number, settings: RuinSettings): void {
  const { next, prev, size } = state
  const { nodes } = state.problem
  const r = state.route[v] as number
  let kept = 0
  if (length > 1 && length < (size[r] as number) && random.unit() < settings.splitShare) {
    const most = (size[r] as number) - length
    kept = 1
    while (kept < most && random.unit() > settings.splitDepth) kept++
  }
  const stretch = length + kept
  // The stretch starts at most `stretch - 1` stops before v and must fit between the ends of the route.
  let before = 0
  for (let u = prev[v] as number; u < nodes && before < stretch - 1; u = prev[u] as number) before++
  let after = 0
  for (let u = next[v] as number; u < nodes && after < stretch - 1; u = next[u] as number) after++
  const fewest = Math.max(0, stretch - 1 - after)
  const back = fewest + random.below(before - fewest + 1)
  let first = v
  for (let k = 0; k < back; k++) first = prev[first] as number
  if (kept === 0) {
    let last = first
    for (let k = 1; k < length; k++) last = next[last] as number
    state.removeChain(first, last)
    return
  }
  // Keep `kept` stops somewhere inside; both outer parts may be empty.
  const head = random.below(length + 1)
  let u = first
  if (head > 0) {
    let last = first
    for (let k = 1; k < head; k++) last = next[last] as number
    u = next[last] as number
    state.removeChain(first, last)
  }
  const tail = length - head
  if (tail > 0) {
    for (let k = 0; k < kept; k++) u = next[u] as number
    let last = u
    for (let k = 1; k < tail; k++) last = next[last] as number
    state.removeChain(u, last)
  }
}
