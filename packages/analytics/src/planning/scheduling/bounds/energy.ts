import { capacityBetween, type WindowState } from './state.ts'

/** The user rows of one resource: activity and amount. */
export interface Users {
  readonly activity: Int32Array
  readonly amount: Int32Array
}

/** Interval ends that are tried: all while few, evenly chosen ones otherwise. */
function endpoints(values: Iterable<number>, most: number): number[] {
  const sorted = [...new Set(values)].sort((a, b) => a - b)
  if (sorted.length <= most) return sorted
  return Array.from({ length: most }, (_, k) => sorted[Math.floor((k * (sorted.length - 1)) / (most - 1))] as number)
}

/**
 * Energetic reasoning (Baptiste, Le Pape & Nuijten 1999, doi:10.1023/A:1018995000688): in every interval the work that cannot be
 * moved out must fit; an activity whose own work would not fit is pushed out. False when an interval overflows.
 */
export function propagateEnergy(state: WindowState, resource: number, users: Users, most: number): boolean {
  const { net } = state
  const count = users.activity.length
  const left: number[] = []
  const right: number[] = []
  for (const j of users.activity) {
    left.push(state.earliest[j] as number, state.latest[j] as number)
    right.push(state.latestFinish(j), state.earliestFinish(j))
  }
  const begins = endpoints(left, most)
  const ends = endpoints(right, most)
  const early = new Int32Array(count)
  const late = new Int32Array(count)
  const duration = Int32Array.from(users.activity, (j) => net.duration[j] as number)
  const update = (u: number) => {
    const j = users.activity[u] as number
    early[u] = state.workBefore(j, state.earliest[j] as number)
    late[u] = state.workBefore(j, state.latest[j] as number)
  }
  for (let u = 0; u < count; u++) update(u)
  // Interval ends in the coordinates of each activity's work, asked once.
  const from = new Int32Array(count)
  const to = new Int32Array(ends.length * count)
  ends.forEach((b, k) => {
    for (let u = 0; u < count; u++) to[k * count + u] = state.workBefore(users.activity[u] as number, b)
  })
  // Where more room is left than any single activity can want nobody is pushed.
  let largest = 0
  for (let u = 0; u < count; u++)
    if (!net.time[users.activity[u] as number]) largest = Math.max(largest, (duration[u] as number) * (users.amount[u] as number))
  for (const a of begins) {
    for (let u = 0; u < count; u++) from[u] = state.workBefore(users.activity[u] as number, a)
    for (let k = 0; k < ends.length; k++) {
      const b = ends[k] as number
      if (b <= a) continue
      const room = capacityBetween(net, resource, a, b)
      const row = k * count
      let needed = 0
      for (let u = 0; u < count; u++) {
        const p = duration[u] as number
        const begin = from[u] as number
        const end = to[row + u] as number
        let work = end - begin
        if (p < work) work = p
        if ((early[u] as number) + p - begin < work) work = (early[u] as number) + p - begin
        if (end - (late[u] as number) < work) work = end - (late[u] as number)
        if (work > 0) needed += work * (users.amount[u] as number)
      }
      if (needed > room) return false
      if (needed === 0 || room - needed >= largest) continue
      const before = state.changed
      state.changed = false
      for (let u = 0; u < count; u++) {
        const j = users.activity[u] as number
        // Without a calendar the block's coordinate is time itself and the push can be said in slots.
        if (net.time[j]) continue
        const amount = users.amount[u] as number
        const p = duration[u] as number
        const span = Math.min(p, b - a)
        const leftWork = Math.min(span, (early[u] as number) + p - a)
        const rightWork = Math.min(span, b - (late[u] as number))
        const own = Math.max(0, Math.min(leftWork, rightWork))
        const slack = Math.floor((room - needed + own * amount) / amount)
        if (leftWork > slack && !state.raise(j, b - slack)) return false
        if (rightWork > slack && !state.lower(j, a + slack - p)) return false
      }
      if (state.changed) for (let u = 0; u < count; u++) update(u)
      else state.changed = before
    }
  }
  return true
}
