import type { Users } from './energy.ts'
import type { WindowState } from './state.ts'

/**
 * Time-table reasoning: slots that an activity covers wherever it stands are taken; the others cannot start into a shortage.
 * Works on slots, so it is kept to horizons where that is cheap.
 */
export class TimeTable {
  private readonly load: Int32Array
  private readonly room: Int32Array[]
  private readonly last: number

  constructor(state: WindowState, last: number) {
    this.last = last
    this.load = new Int32Array(last + 1)
    this.room = Array.from(state.net.capacity, (units, r) => {
      const room = new Int32Array(last).fill(units)
      for (const step of state.net.steps[r] ?? []) if (step.from < last) room.fill(step.capacity, Math.max(0, step.from))
      return room
    })
  }

  /** False when a slot overflows or a window empties. */
  propagate(state: WindowState, resource: number, users: Users): boolean {
    const { load, last } = this
    const { net } = state
    const room = this.room[resource] as Int32Array
    load.fill(0)
    const covers = (j: number, t: number) => {
      const time = net.time[j]
      return !time || time.done[t + 1] !== time.done[t]
    }
    users.activity.forEach((j, u) => {
      for (let t = state.latest[j] as number, stop = Math.min(last, state.earliestFinish(j)); t < stop; t++)
        if (covers(j, t)) load[t] = (load[t] as number) + (users.amount[u] as number)
    })
    for (let t = 0; t < last; t++) if ((load[t] as number) > (room[t] as number) && (load[t] as number) > 0) return false
    for (let u = 0; u < users.activity.length; u++) {
      const j = users.activity[u] as number
      const amount = users.amount[u] as number
      const sureFrom = state.latest[j] as number
      const sureTo = state.earliestFinish(j)
      const blocked = (t: number) =>
        t < last && covers(j, t) && (load[t] as number) + (t >= sureFrom && t < sureTo ? 0 : amount) > (room[t] as number)
      for (let t = state.earliest[j] as number; t < Math.min(last, state.earliestFinish(j)); t++)
        if (blocked(t) && !state.raise(j, t + 1)) return false
      for (let t = Math.min(last, state.latestFinish(j)) - 1; t >= (state.latest[j] as number) && t >= 0; t--) {
        if (!blocked(t)) continue
        const p = net.duration[j] as number
        const before = net.time[j] ? lastStartBefore(state, j, t) : t - p
        if (!state.lower(j, before)) return false
      }
    }
    return true
  }
}

/** Last start of a calendared activity that finishes at or before t. */
function lastStartBefore(state: WindowState, j: number, t: number): number {
  const time = state.net.time[j]
  if (!time) return t - (state.net.duration[j] as number)
  const k = (time.done[t] as number) - (state.net.duration[j] as number)
  return k < 0 ? -1 : (time.slotOf[k] as number)
}
