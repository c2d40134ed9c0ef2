import { BY_SET, LOWER, type Trail, UPPER } from './trail.ts'

/**
 * Time-table propagation of one resource with pointwise explanations (Schutt, Feydy, Stuckey & Wallace 2011,
 * doi:10.1007/s10601-010-9103-2). Explanations are sets of literals, length first, in the trail's `sets`.
 */
export class Cumulative {
  private readonly trail: Trail
  private readonly capacity: number
  /** Users by falling need, so that explanations are short. */
  private readonly activity: Int32Array
  private readonly need: Int32Array
  private readonly duration: Int32Array
  private readonly load: Int32Array
  /** The explanation of the last conflict: literals that cannot be true together. */
  readonly conflict: number[] = []

  constructor(
    trail: Trail,
    capacity: number,
    users: readonly (readonly [activity: number, need: number])[],
    duration: Int32Array,
    horizon: number,
  ) {
    this.trail = trail
    this.capacity = capacity
    const sorted = [...users].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    this.activity = Int32Array.from(sorted, (u) => u[0])
    this.need = Int32Array.from(sorted, (u) => u[1])
    this.duration = Int32Array.from(sorted, (u) => duration[u[0]] as number)
    this.load = new Int32Array(horizon + 2)
  }

  /** False on conflict; `conflict` then explains it, unless a variable ran empty, which the caller sees from the trail. */
  propagate(): boolean {
    const { trail, activity, need, duration, load, capacity } = this
    const lower = trail.bound[LOWER]
    const upper = trail.bound[UPPER]
    load.fill(0)
    const count = activity.length
    let last = 0
    for (let u = 0; u < count; u++) {
      const x = activity[u] as number
      const from = upper[x] as number
      const to = (lower[x] as number) + (duration[u] as number)
      if (to > last) last = to
      for (let t = from; t < to; t++) load[t] = (load[t] as number) + (need[u] as number)
    }
    for (let t = 0; t < last; t++) {
      if ((load[t] as number) <= capacity) continue
      this.conflict.length = 0
      this.cover(t, capacity + 1, -1, this.conflict)
      return false
    }
    for (let u = 0; u < count; u++) {
      const x = activity[u] as number
      if (lower[x] === upper[x]) continue
      if (!this.pushRight(u, x) || !this.pushLeft(u, x)) return false
    }
    return true
  }

  private pushRight(u: number, x: number): boolean {
    const { trail, load } = this
    const p = this.duration[u] as number
    const room = this.capacity - (this.need[u] as number)
    const lower = trail.bound[LOWER]
    const own = trail.bound[UPPER][x] as number
    for (let moved = true; moved; ) {
      moved = false
      const start = lower[x] as number
      // Its own compulsory part ends before `own` only when there is none: slots from `own` on are its own.
      for (let t = Math.min(start + p, own) - 1; t >= start; t--) {
        if ((load[t] as number) <= room) continue
        const at = this.explain(x, LOWER, t - p + 1, t, room)
        if (!trail.set(x, LOWER, t + 1, BY_SET, at, 0)) return false
        moved = true
        break
      }
    }
    return true
  }

  private pushLeft(u: number, x: number): boolean {
    const { trail, load } = this
    const p = this.duration[u] as number
    const room = this.capacity - (this.need[u] as number)
    const upper = trail.bound[UPPER]
    const own = (trail.bound[LOWER][x] as number) + p
    for (let moved = true; moved; ) {
      moved = false
      const start = upper[x] as number
      for (let t = Math.max(start, own); t < start + p; t++) {
        if ((load[t] as number) <= room) continue
        const at = this.explain(x, UPPER, t, t, room)
        if (!trail.set(x, UPPER, t - p, BY_SET, at, 0)) return false
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
    const { trail, activity, need, duration } = this
    const lower = trail.bound[LOWER]
    const upper = trail.bound[UPPER]
    let sum = 0
    for (let u = 0; u < activity.length && sum < least; u++) {
      const x = activity[u] as number
      if (x === except || (upper[x] as number) > t || (lower[x] as number) + (duration[u] as number) <= t) continue
      sum += need[u] as number
      trail.stateAtLeast(x, t - (duration[u] as number) + 1, out)
      trail.stateAtMost(x, t, out)
    }
  }
}
