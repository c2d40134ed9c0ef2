/**
 * A lower bound on weighted tardiness. Activities that share a resource finish one after another at its pace: when k of them are done, their work
 * has been done. Ordered by weight per work (Smith 1956, doi:10.1002/nav.3800030106) no order of finishing has a smaller weighted sum of finishes,
 * even if work could be shared out and interrupted at will; what a set of them is late is at least this sum less their due slots.
 */
import { NEVER, type Network } from '../model/network.ts'
import { finishAt } from '../model/placing.ts'

/** Rounds in which activities that are early anyway leave the set. */
const rounds = 8

/** An activity with a due slot, and its work on the resource at hand. */
interface Owing {
  readonly activity: number
  readonly work: number
  readonly weight: number
}

/** Least weighted tardiness that earliest finishes by time alone, and the work on shared resources, allow. */
export function tardinessBoundOf(net: Network, earliest: Int32Array): number {
  const alone = new Float64Array(net.size)
  const open = new Set<number>()
  for (let j = 0; j < net.size; j++) {
    const due = net.due[j] as number
    if (due >= NEVER) continue
    alone[j] = Math.max(0, finishAt(net, j, earliest[j] as number) - due) * (net.weight[j] as number)
    if ((net.weight[j] as number) > 0) open.add(j)
  }
  const simple = alone.reduce((sum, value) => sum + value, 0)
  if (open.size === 0) return simple
  const from = earliest.reduce((least, start) => Math.min(least, start), NEVER)
  const works = net.resourceIds.map((_, r) => workOn(net, r, open))
  const load = (r: number) => (works[r] ?? []).reduce((sum, { work }) => sum + work, 0) / paceOf(net, r).capacity
  let shared = 0
  // Every activity counts once: on the fullest resource that it needs.
  for (const r of net.resourceIds
    .keys()
    .toArray()
    .sort((a, b) => load(b) - load(a))) {
    const { set, late } = lateness(
      net,
      (works[r] ?? []).filter(({ activity }) => open.has(activity)),
      paceOf(net, r),
      from,
    )
    const before = set.reduce((sum, { activity }) => sum + (alone[activity] as number), 0)
    if (late <= before) continue
    shared += late
    for (const { activity } of set) open.delete(activity)
  }
  for (let j = 0; j < net.size; j++) if (open.has(j) || (net.weight[j] as number) <= 0) shared += alone[j] as number
  const whole = net.weight.every((weight) => Number.isInteger(weight))
  return Math.max(simple, whole ? Math.ceil(shared - 1e-6 * Math.max(1, shared * 1e-6)) : shared * (1 - 1e-12))
}

function workOn(net: Network, r: number, open: ReadonlySet<number>): Owing[] {
  return [...open].flatMap((j) => {
    let work = 0
    for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++)
      if (net.needResource[e] === r) work += (net.needAmount[e] as number) * (net.duration[j] as number)
    return work > 0 ? [{ activity: j, work, weight: net.weight[j] as number }] : []
  })
}

interface Pace {
  /** Units at work in the long run. */
  readonly capacity: number
  /** First slot at which so much work can be done, none of it before slot `from`. */
  from(work: number, from: number): number
}

/** Work possible until slot t is at most `beyond + capacity × t`: the last capacity, and what the slots before offer beyond it. */
function paceOf(net: Network, r: number): Pace {
  const steps = net.steps[r] ?? []
  const capacity = Math.max(1, steps.at(-1)?.capacity ?? (net.capacity[r] as number))
  if (steps.length === 0) return { capacity, from: (work, from) => from + work / capacity }
  let [beyond, sum, at, before] = [0, 0, 0, net.capacity[r] as number]
  for (const step of steps) {
    sum += (before - capacity) * (step.from - at)
    beyond = Math.max(beyond, sum)
    at = step.from
    before = step.capacity
  }
  return { capacity, from: (work) => (work - beyond) / capacity }
}

/**
 * What a set of activities is late at least. Those of `all` that come early in this order count against it, but their work makes the others
 * late: some leave in each round, and the set that says most is taken. @param from no work is done before this slot
 */
function lateness(net: Network, all: readonly Owing[], pace: Pace, from: number) {
  let set = all.toSorted((a, b) => a.work * b.weight - b.work * a.weight || a.activity - b.activity)
  let best: { readonly set: readonly Owing[]; readonly late: number } = { set: [], late: 0 }
  for (let round = 0; round < rounds; round++) {
    let [work, late] = [0, 0]
    const kept = set.filter(({ activity, work: own, weight }) => {
      work += own
      const by = Math.max(from, pace.from(work, from)) - (net.due[activity] as number)
      late += weight * by
      return by >= 0
    })
    if (late > best.late) best = { set, late }
    if (kept.length === set.length) break
    set = kept
  }
  return best
}
