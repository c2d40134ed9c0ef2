import type { WorkingTime } from '../model/calendar.ts'
import { BY_SET, LOWER, type Trail, UPPER } from './trail.ts'

/** One activity at a resource: `duration` working slots of `time`, of all slots where that is null. */
export interface User {
  readonly activity: number
  readonly need: number
  readonly duration: number
  readonly time: WorkingTime | null
}

/**
 * Time-table propagation of one resource with pointwise explanations (Schutt, Feydy, Stuckey & Wallace 2011,
 * doi:10.1007/s10601-010-9103-2). What there is may change from slot to slot and work may pause: an activity covers a working slot when it
 * starts within the last so many working slots. A store is the same with takers who never give back (Neumann & Schwindt 2002,
 * doi:10.1007/s001860200251). Explanations are sets of literals, length first, in the trail's `sets`.
 */
export class Cumulative {
  private readonly trail: Trail
  /** Units in each slot. */
  private readonly units: Int32Array
  /** Users by falling need, so that explanations are short. */
  private readonly activity: Int32Array
  private readonly need: Int32Array
  private readonly duration: Int32Array
  private readonly time: readonly (WorkingTime | null)[]
  private readonly load: Int32Array
  private readonly slots: number
  /** The explanation of the last conflict: literals that cannot be true together. */
  readonly conflict: number[] = []

  constructor(trail: Trail, units: Int32Array, users: readonly User[]) {
    this.trail = trail
    this.units = units
    this.slots = units.length
    const sorted = [...users].sort((a, b) => b.need - a.need || a.activity - b.activity)
    this.activity = Int32Array.from(sorted, (u) => u.activity)
    this.need = Int32Array.from(sorted, (u) => u.need)
    this.duration = Int32Array.from(sorted, (u) => u.duration)
    this.time = sorted.map((u) => u.time)
    this.load = new Int32Array(this.slots)
  }

  /** False on conflict; `conflict` then explains it, unless a variable ran empty, which the caller sees from the trail. */
  propagate(): boolean {
    const { trail, activity, need, load, units } = this
    const lower = trail.bound[LOWER]
    const upper = trail.bound[UPPER]
    load.fill(0)
    const count = activity.length
    let last = 0
    for (let u = 0; u < count; u++) {
      const x = activity[u] as number
      const to = this.end(u, lower[x] as number)
      const amount = need[u] as number
      const time = this.time[u] as WorkingTime | null
      if (to > last) last = to
      for (let t = upper[x] as number; t < to; t++)
        if (time === null || time.done[t + 1] !== time.done[t]) load[t] = (load[t] as number) + amount
    }
    for (let t = 0; t < last; t++) {
      if ((load[t] as number) <= (units[t] as number)) continue
      this.conflict.length = 0
      this.cover(t, (units[t] as number) + 1, -1, this.conflict)
      return false
    }
    for (let u = 0; u < count; u++) {
      const x = activity[u] as number
      if (lower[x] === upper[x]) continue
      if (!this.pushRight(u, x) || !this.pushLeft(u, x)) return false
    }
    return true
  }

  /** Slot behind the work of user u that starts at `start`, within the table. */
  private end(u: number, start: number): number {
    const time = this.time[u] as WorkingTime | null
    if (time === null) return Math.min(this.slots, start + (this.duration[u] as number))
    const k = (time.done[Math.min(start, time.done.length - 1)] as number) + (this.duration[u] as number) - 1
    return k < time.slotOf.length ? Math.min(this.slots, (time.slotOf[k] as number) + 1) : Math.min(this.slots, time.done.length - 1)
  }

  /** First start from which user u still works in slot t; only for slots in which it works. */
  private since(u: number, t: number): number {
    const time = this.time[u] as WorkingTime | null
    if (time === null) return t - (this.duration[u] as number) + 1
    const k = (time.done[t] as number) - (this.duration[u] as number) + 1
    return k <= 0 ? -1 : (time.slotOf[k - 1] as number) + 1
  }

  private works(u: number, t: number): boolean {
    const time = this.time[u] as WorkingTime | null
    return time === null || time.done[t + 1] !== time.done[t]
  }

  private pushRight(u: number, x: number): boolean {
    const { trail, load, units } = this
    const need = this.need[u] as number
    const lower = trail.bound[LOWER]
    const own = trail.bound[UPPER][x] as number
    for (let moved = true; moved; ) {
      moved = false
      const start = lower[x] as number
      // Its own compulsory part ends before `own` only when there is none: slots from `own` on are its own.
      for (let t = Math.min(this.end(u, start), own) - 1; t >= start; t--) {
        const room = (units[t] as number) - need
        if ((load[t] as number) <= room || !this.works(u, t)) continue
        const at = this.explain(x, LOWER, this.since(u, t), t, room)
        if (!trail.set(x, LOWER, t + 1, BY_SET, at, 0)) return false
        moved = true
        break
      }
    }
    return true
  }

  private pushLeft(u: number, x: number): boolean {
    const { trail, load, units } = this
    const need = this.need[u] as number
    const upper = trail.bound[UPPER]
    const own = this.end(u, trail.bound[LOWER][x] as number)
    for (let moved = true; moved; ) {
      moved = false
      const start = upper[x] as number
      for (let t = Math.max(start, own), stop = this.end(u, start); t < stop; t++) {
        const room = (units[t] as number) - need
        if ((load[t] as number) <= room || !this.works(u, t)) continue
        const at = this.explain(x, UPPER, t, t, room)
        if (!trail.set(x, UPPER, this.since(u, t) - 1, BY_SET, at, 0)) return false
        moved = true
        break
      }
    }
    return true
  }

  /** Stores the explanation of a push of x at slot t, given x's own bound v, and returns where. */
  private explain(x: number, side: number, v: number, t: number, room: number): number {
    const { sets } = this.trail
    const at = sets.length
    sets.push(0)
    if (side === LOWER) this.trail.stateAtLeast(x, v, sets)
    else this.trail.stateAtMost(x, v, sets)
    this.cover(t, room + 1, x, sets)
    sets[at] = sets.length - at - 1
    return at
  }

  /** Adds literals saying that activities with needs of at least `least` together cover slot t. */
  private cover(t: number, least: number, except: number, out: number[]): void {
    const { trail, activity, need } = this
    const lower = trail.bound[LOWER]
    const upper = trail.bound[UPPER]
    let sum = 0
    for (let u = 0; u < activity.length && sum < least; u++) {
      const x = activity[u] as number
      if (x === except || (upper[x] as number) > t || !this.works(u, t)) continue
      const since = this.since(u, t)
      if ((lower[x] as number) < since) continue
      sum += need[u] as number
      trail.stateAtLeast(x, since, out)
      trail.stateAtMost(x, t, out)
    }
  }
}
