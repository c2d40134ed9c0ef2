import { gather, groupRows } from '../model/arrays.ts'
import type { Network } from '../model/network.ts'
import { propagateEnergy, type Users } from './energy.ts'
import { largestCapacity, WindowState } from './state.ts'
import { TimeTable } from './timetable.ts'

/** How a bound was proven. */
export type BoundMethod = 'critical-path' | 'destructive' | 'clause-learning'

/** Longest horizon for which slots are looked at one by one. */
const SLOT_LIMIT = 20_000

/**
 * Destructive lower bounds (Klein & Scholl 1999, doi:10.1016/S0377-2217(97)00441-2): a slot by which everything is said to end is
 * refuted by narrowing start windows with arcs, pairs that cannot overlap, time-table and energetic reasoning.
 */
export class Refuter {
  private readonly net: Network
  private readonly state: WindowState
  private readonly users: Users[]
  private readonly pairs: readonly (readonly [number, number])[]
  private readonly most: number

  constructor(net: Network) {
    this.net = net
    this.state = new WindowState(net)
    const rows: number[] = []
    const activity: number[] = []
    const amount: number[] = []
    for (let j = 0; j < net.size; j++)
      for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++) {
        rows.push(net.needResource[e] as number)
        activity.push(j)
        amount.push(net.needAmount[e] as number)
      }
    const { first, order } = groupRows(rows, net.capacity.length)
    this.users = Array.from(net.capacity, (_, r) => {
      const own = order.subarray(first[r] as number, first[r + 1] as number)
      return { activity: gather(activity, own), amount: gather(amount, own) }
    })
    this.pairs = net.size <= 400 ? disjointPairs(net, this.users) : []
    this.most = net.size <= 130 ? 400 : Math.max(12, Math.floor(40_000 / net.size))
  }

  /** True when no schedule can end by `end`. */
  refutes(end: number, thorough = true): boolean {
    const { state } = this
    if (!state.reset(end)) return true
    const table = end <= SLOT_LIMIT ? new TimeTable(state, end) : null
    for (let round = 0; round < 20; round++) {
      state.changed = false
      if (!state.propagateArcs()) return true
      for (const [a, b] of this.pairs) if (!this.separate(a, b) || !this.separate(b, a)) return true
      if (table) for (let r = 0; r < this.users.length; r++) if (!table.propagate(state, r, this.users[r] as Users)) return true
      if (state.changed) continue
      if (thorough)
        for (let r = 0; r < this.users.length; r++) if (!propagateEnergy(state, r, this.users[r] as Users, this.most)) return true
      if (!state.changed) return false
    }
    return false
  }

  /** Two activities that cannot overlap: when b cannot follow a, a follows b. */
  private separate(a: number, b: number): boolean {
    const { state } = this
    if (state.earliestFinish(a) <= (state.latest[b] as number)) return true
    return state.raise(a, state.earliestFinish(b)) && state.lower(b, this.latestBefore(b, state.latest[a] as number))
  }

  private latestBefore(j: number, finish: number): number {
    const { net } = this
    const time = net.time[j]
    const p = net.duration[j] as number
    if (!time) return finish - p
    const k = (time.done[finish] as number) - p
    return k < 0 ? -1 : (time.slotOf[k] as number)
  }

  /**
   * The largest end that is refuted plus one, at least `least` and at most `known` (the end of a schedule in hand).
   * `enough` is asked between tests and ends the search early.
   */
  lowerBound(least: number, known: number, enough: () => boolean = () => false): number {
    let low = least
    let high = known
    // Try the near end first: most instances are settled there. Then halve.
    if (low >= high || !this.refutes(low)) return low
    low++
    while (low < high && !enough()) {
      const middle = (low + high - 1) >> 1
      if (this.refutes(middle)) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Pairs whose needs for some resource exceed its largest capacity together. */
function disjointPairs(net: Network, users: readonly Users[]): (readonly [number, number])[] {
  const seen = new Set<number>()
  const pairs: (readonly [number, number])[] = []
  users.forEach(({ activity, amount }, r) => {
    const capacity = largestCapacity(net, r)
    for (let x = 0; x < activity.length; x++)
      for (let y = x + 1; y < activity.length; y++) {
        if ((amount[x] as number) + (amount[y] as number) <= capacity) continue
        const a = activity[x] as number
        const b = activity[y] as number
        // Breaks may let calendared activities interleave.
        if (net.time[a] !== null || net.time[b] !== null || seen.has(a * net.size + b)) continue
        seen.add(a * net.size + b)
        pairs.push([a, b])
      }
  })
  return pairs
}
