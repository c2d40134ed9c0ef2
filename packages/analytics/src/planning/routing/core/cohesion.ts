/** Groups of stops that had better be served by one vehicle: how many of each are in which slot, and what it costs to part them. */
import type { Compiled } from './compiled.ts'

export class Cohesion {
  /** Whether there are any groups to count. */
  readonly counted: boolean
  private readonly problem: Compiled
  /** Stops of a cohesion group in a slot, at `group * slots + r`. */
  private readonly together: Int32Array
  /** Slots that serve the group. */
  private readonly groupSlots: Int32Array

  constructor(problem: Compiled) {
    const groups = problem.surcharge?.groups ?? 0
    this.problem = problem
    this.counted = groups > 0
    this.together = new Int32Array(groups * problem.slots)
    this.groupSlots = new Int32Array(groups)
  }

  /** No slot serves any stop. */
  clear(): void {
    this.together.fill(0)
    this.groupSlots.fill(0)
  }

  /** Counts stop v to its group in slot r. */
  join(v: number, r: number): void {
    const g = this.problem.surcharge?.group[v] ?? -1
    if (g < 0) return
    const at = g * this.problem.slots + r
    if (this.together[at] === 0) this.groupSlots[g] = (this.groupSlots[g] as number) + 1
    this.together[at] = (this.together[at] as number) + 1
  }

  /** Takes stop v out of the count of its group in slot r. */
  leave(v: number, r: number): void {
    const g = this.problem.surcharge?.group[v] ?? -1
    if (g < 0) return
    const at = g * this.problem.slots + r
    this.together[at] = (this.together[at] as number) - 1
    if (this.together[at] === 0) this.groupSlots[g] = (this.groupSlots[g] as number) - 1
  }

  /** Surcharge of serving absent stop v with slot r, besides driving. */
  surchargeOf(v: number, r: number): number {
    const extra = this.problem.surcharge
    if (extra === undefined) return 0
    const home = extra.home[v] as number
    let sum = home >= 0 && home !== r ? extra.changeCost : 0
    const g = extra.group[v] as number
    if (g >= 0 && this.together[g * this.problem.slots + r] === 0 && (this.groupSlots[g] as number) > 0) sum += extra.splitCost
    return sum
  }
}
