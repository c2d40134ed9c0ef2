/** How late an activity could go while everybody else stays, slot by slot. Shares no code with the solvers. */
import { type Placed, works } from './check-placing.ts'
import type { Lag, SchedulingProblem, WorkCalendar } from './types.ts'

interface Standing {
  readonly placed: Placed
  readonly needs: readonly (readonly [free: Int32Array, amount: number])[]
  readonly open: Uint8Array | null
  readonly duration: number
  start: number
  finish: number
}

export class LateRoom {
  private readonly end: number
  private readonly at = new Map<string, Standing>()
  private readonly lags = new Map<string, Lag[]>()

  constructor(problem: SchedulingProblem, placed: ReadonlyMap<string, Placed>, end: number) {
    this.end = end
    const free = new Map<string, Int32Array>()
    for (const resource of problem.resources ?? []) {
      const units = new Int32Array(end + 1).fill(resource.capacity)
      for (const step of [...(resource.steps ?? [])].sort((a, b) => a.from - b.from))
        if (step.from <= end) units.fill(step.capacity, step.from)
      free.set(resource.id, units)
    }
    const calendars = new Map<string, Uint8Array>()
    const openBy = (list: readonly WorkCalendar[]) => {
      const key = list.map((c) => c.id).join('\n')
      const known = calendars.get(key)
      if (known) return known
      const open = Uint8Array.from({ length: end + 1 }, (_, t) => (list.every((c) => works(c, t)) ? 1 : 0))
      calendars.set(key, open)
      return open
    }
    for (const [id, one] of placed) {
      const { activity, row } = one
      const duration = activity.started?.remaining ?? activity.duration
      const amounts = new Map<string, number>()
      if (duration > 0) for (const need of activity.needs ?? []) amounts.set(need.resource, (amounts.get(need.resource) ?? 0) + need.amount)
      const needs = [...amounts].flatMap(([name, amount]) => {
        const units = free.get(name)
        return units && amount > 0 ? [[units, amount] as const] : []
      })
      const open = one.calendars.length > 0 && duration > 0 ? openBy(one.calendars) : null
      for (const [units, amount] of needs)
        for (const [from, to] of one.spans) for (let t = from; t < to; t++) units[t] = (units[t] as number) - amount
      this.at.set(id, { placed: one, needs, open, duration, start: row.start, finish: row.finish })
      this.lags.set(id, [])
    }
    for (const lag of problem.lags ?? []) {
      if (this.at.get(lag.to)?.placed.activity.started) continue
      this.lags.get(lag.from)?.push(lag)
      if (lag.to !== lag.from) this.lags.get(lag.to)?.push(lag)
    }
  }

  /** Finish of the work that begins at `start`; behind the end where it does not fit. */
  finishFrom(id: string, start: number): number {
    const { placed, open, duration, finish } = this.at.get(id) as Standing
    if (placed.activity.started) return finish
    if (open === null) return start + duration
    let left = duration
    let t = start
    for (; left > 0 && t <= this.end; t++) left -= open[t] as number
    return left > 0 ? this.end + 1 : t
  }

  /** Puts the activity elsewhere. */
  move(id: string, start: number): void {
    const one = this.at.get(id) as Standing
    if (one.placed.activity.started || start === one.start) return
    this.hold(one, 1)
    one.start = start
    one.finish = this.finishFrom(id, start)
    this.hold(one, -1)
  }

  /** Latest start from its present one on at which it keeps every rule beside the others and is finished by `limit`. */
  latest(id: string, limit: number): number {
    const one = this.at.get(id) as Standing
    const { activity } = one.placed
    if (activity.started || activity.fixedStart !== undefined) return one.start
    this.hold(one, 1)
    let start = limit - one.duration
    while (start > one.start) {
      const next = this.before(id, one, start, limit)
      if (next === start) break
      start = next
    }
    this.hold(one, -1)
    return Math.max(start, one.start)
  }

  private hold(one: Standing, sign: 1 | -1): void {
    for (const [units, amount] of one.needs)
      for (let t = one.start; t < one.finish; t++) if (one.open === null || one.open[t]) units[t] = (units[t] as number) + sign * amount
  }

  /** `start` where the activity can stand there, else the next earlier start that is worth a look. */
  private before(id: string, one: Standing, start: number, limit: number): number {
    if (one.open !== null && !one.open[start]) return start - 1
    const finish = this.finishFrom(id, start)
    if (finish > limit || !this.keepsLags(id, one, start, finish)) return start - 1
    for (const [units, amount] of one.needs)
      for (let t = finish - 1; t >= start; t--)
        // Without breaks whoever works in a slot that is short must be finished before it.
        if ((one.open === null || one.open[t]) && (units[t] as number) < amount) return one.open === null ? t - one.duration : start - 1
    return start
  }

  private keepsLags(id: string, one: Standing, start: number, finish: number): boolean {
    for (const lag of this.lags.get(id) as Lag[]) {
      const type = lag.type ?? 'FS'
      const from = this.at.get(lag.from)
      const to = this.at.get(lag.to)
      if (!from || !to) continue
      const begin = type[0] === 'F' ? (from === one ? finish : from.finish) : from === one ? start : from.start
      const ended = type[1] === 'F' ? (to === one ? finish : to.finish) : to === one ? start : to.start
      if (ended - begin < (lag.min ?? (lag.max === undefined ? 0 : Number.NEGATIVE_INFINITY))) return false
      if (ended - begin > (lag.max ?? Number.POSITIVE_INFINITY)) return false
    }
    return true
  }
}
