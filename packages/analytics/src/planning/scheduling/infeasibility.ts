import { type Infeasible, infeasible } from '../anytime/index.ts'
import { Refuter } from './bounds/destructive.ts'
import { capacityBetween } from './bounds/state.ts'
import { Profile } from './decode/profile.ts'
import { NEVER, type Network } from './model/network.ts'
import { finishAt } from './model/placing.ts'
import { earliestStarts, latestStarts, ownLatest } from './model/windows.ts'
import { chainTo, named, quoted } from './reasons/chain.ts'
import { noRoomInTime } from './reasons/room.ts'

/** A need above what the resource ever has, or that finds no place even alone. */
function needAboveCapacity(net: Network): Infeasible | null {
  const profile = new Profile(net)
  for (let j = 0; j < net.size; j++) {
    const id = net.ids[j] as string
    for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++) {
      const r = net.needResource[e] as number
      const most = (net.steps[r] ?? []).reduce((m, s) => Math.max(m, s.capacity), net.capacity[r] as number)
      const amount = net.needAmount[e] as number
      if (amount <= most) continue
      const resource = net.resourceIds[r] as string
      return infeasible(
        'need-above-capacity',
        `工序“${id}”需要班组“${resource}”${amount}，最多只有 ${most}：请增加人员设备或拆分工序`,
        `Activity "${id}" needs ${amount} of "${resource}", at most ${most} can be had: add capacity or split the activity`,
        [id, resource],
      )
    }
    if ((net.fixed[j] as number) >= 0) continue
    const latest = Math.min(ownLatest(net, j, net.horizon), net.horizon)
    if (profile.earliest(j, net.release[j] as number, latest) >= 0 || ownLatest(net, j, net.horizon) < (net.release[j] as number)) continue
    return infeasible(
      'no-room',
      `工序“${id}”即使单独安排，其班组在允许时段内也没有足够的连续工作时间`,
      `Activity "${id}" finds no stretch with enough of its crews within its allowed time, even alone`,
      [id],
    )
  }
  return null
}

/** Longest paths that contradict fixed starts, deadlines or themselves. */
function timeConflict(net: Network): Infeasible | null {
  const earliest = earliestStarts(net)
  const j = earliest.failed
  if (j < 0) return null
  const { ids, cycle } = chainTo(net, earliest, j)
  const id = net.ids[j] as string
  if (cycle)
    return infeasible(
      'positive-cycle',
      `工序时距互相矛盾，形成正长度的循环：${named([...ids, ids[0] as string])}；请放宽其中一个时距`,
      `The lags contradict each other in a cycle of positive length: ${quoted([...ids, ids[0] as string])}; relax one of them`,
      ids,
    )
  const start = earliest.start[j] as number
  if ((net.fixed[j] as number) >= 0)
    return infeasible(
      'fixed-start',
      `工序“${id}”定于时刻 ${net.fixed[j]} 开工，但最早只能在 ${start} 开工，链条：${named(ids)}`,
      `Activity "${id}" is fixed at slot ${net.fixed[j]} but cannot start before ${start}; chain: ${quoted(ids)}`,
      ids,
    )
  const finish = finishAt(net, j, start)
  return infeasible(
    'deadline-before-earliest-finish',
    `工序“${id}”限期 ${net.deadline[j]}，最早也要到 ${finish} 才能完工，链条：${named(ids)}`,
    `Activity "${id}" has the deadline ${net.deadline[j]} but cannot finish before ${finish}; chain: ${quoted(ids)}`,
    ids,
  )
}

/** Materials that never suffice, or not by the time they must be taken. */
function materialShort(net: Network): Infeasible | null {
  const latest = latestStarts(net, net.horizon)
  for (let m = 0; m < net.materials.length; m++) {
    const { id, at, total } = net.materials[m] as (typeof net.materials)[number]
    const takes: { j: number; amount: number; by: number }[] = []
    for (let j = 0; j < net.size; j++)
      for (let e = net.takeFirst[j] as number; e < (net.takeFirst[j + 1] as number); e++)
        if (net.takeMaterial[e] === m) takes.push({ j, amount: net.takeAmount[e] as number, by: latest[j] as number })
    takes.sort((a, b) => a.by - b.by)
    let sum = 0
    for (const [k, take] of takes.entries()) {
      sum += take.amount
      if (k + 1 < takes.length && takes[k + 1]?.by === take.by) continue
      const everything = total.at(-1) ?? 0
      let had = 0
      at.forEach((t, n) => {
        if (t <= take.by) had = total[n] as number
      })
      if (sum <= had + 1e-9) continue
      const ids = takes.slice(0, k + 1).map((t) => net.ids[t.j] as string)
      const whole = takes.reduce((s, t) => s + t.amount, 0)
      if (whole > everything + 1e-9)
        return infeasible(
          'material-never-enough',
          `材料“${id}”共需 ${whole}，到货总量只有 ${everything}：请追加 ${whole - everything}`,
          `Material "${id}" is needed ${whole} in all, only ${everything} ever arrive: order ${whole - everything} more`,
          [id, ...takes.map((t) => net.ids[t.j] as string)],
        )
      return infeasible(
        'material-too-late',
        `材料“${id}”到时刻 ${take.by} 须取用 ${sum}，届时只到货 ${had}`,
        `By slot ${take.by} ${sum} of material "${id}" must be taken, only ${had} will have arrived`,
        [id, ...ids],
      )
    }
  }
  return null
}

/** Fixed and started activities that need more than there is. */
function fixedOverload(net: Network): Infeasible | null {
  const profile = new Profile(net)
  const fixed: number[] = []
  for (let j = 0; j < net.size; j++) if ((net.fixed[j] as number) >= 0) fixed.push(j)
  fixed.sort((a, b) => (net.fixed[a] as number) - (net.fixed[b] as number))
  for (const [k, j] of fixed.entries()) {
    const start = net.fixed[j] as number
    if (profile.earliest(j, start, start) === start) {
      profile.add(j, start, 1)
      continue
    }
    const id = net.ids[j] as string
    const others = fixed
      .slice(0, k)
      .filter((i) => finishAt(net, i, net.fixed[i] as number) > start)
      .map((i) => net.ids[i] as string)
    return infeasible(
      'fixed-overload',
      `已开工或定时开工的工序“${id}”在时刻 ${start} 起与${others.length > 0 ? named(others) : '班组能力'}冲突：人员设备不足或不在工作时间`,
      `Activity "${id}", started or fixed at slot ${start}, does not fit beside ${others.length > 0 ? quoted(others) : 'what capacity there is'}: too little capacity, or outside working time`,
      [id, ...others],
    )
  }
  return null
}

/** Deadlines that crews cannot keep: refuted by propagation, then thinned out to those that matter. */
function crewsAgainstDeadlines(net: Network): Infeasible | null {
  const bound = net.deadline.some((d) => d < NEVER)
  if (!bound || !new Refuter(net).refutes(net.horizon, net.size <= 300)) return null
  const deadline = Int32Array.from(net.deadline)
  const refuted = (resources: Int32Array) => new Refuter({ ...net, deadline, capacity: resources }).refutes(net.horizon, net.size <= 300)
  let trials = 64
  for (let j = net.size - 1; j >= 0; j--) {
    if ((deadline[j] as number) >= NEVER || trials-- <= 0) continue
    const kept = deadline[j] as number
    deadline[j] = NEVER
    if (!refuted(net.capacity)) deadline[j] = kept
  }
  const capacity = Int32Array.from(net.capacity)
  for (let r = 0; r < capacity.length; r++) {
    if ((net.steps[r]?.length ?? 0) > 0) continue
    const kept = capacity[r] as number
    capacity[r] = Math.max(kept, Math.ceil(capacityBetween(net, r, 0, 1)), 1 << 24)
    if (!refuted(capacity)) capacity[r] = kept
  }
  const late = Array.from(deadline, (d, j) => (d < NEVER ? (net.ids[j] as string) : '')).filter(Boolean)
  const crews = net.resourceIds.filter((_, r) => capacity[r] === net.capacity[r])
  return infeasible(
    'capacity-before-deadline',
    `班组${named(crews)}的能力不足以让${named(late)}按限期完工：请增加人员设备或推迟限期`,
    `The capacity of ${quoted(crews)} cannot bring ${quoted(late)} to an end by the deadlines: add capacity or move a deadline`,
    [...late, ...crews],
  )
}

/** The smallest reason found why no schedule exists, or null when none was found (which proves nothing). */
export function findInfeasibility(net: Network): Infeasible | null {
  return (
    needAboveCapacity(net) ??
    timeConflict(net) ??
    fixedOverload(net) ??
    materialShort(net) ??
    noRoomInTime(net) ??
    crewsAgainstDeadlines(net)
  )
}
