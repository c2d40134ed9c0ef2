import { NEVER, type Network } from '../model/network.ts'
import { Cumulative, type User } from './cumulative.ts'
import type { Trail } from './trail.ts'

/** Parts of a unit in which materials may be counted. */
const GRAINS = [1, 10, 100, 1000]

/** The least grain in which every amount of a material is whole, or 0 where none is. */
export function grainOf(net: Network, material: number): number {
  const amounts: number[] = [...(net.materials[material]?.total ?? [])]
  net.takeMaterial.forEach((m, e) => {
    if (m === material) amounts.push(net.takeAmount[e] as number)
  })
  const whole = (x: number) => Math.abs(x - Math.round(x)) < 1e-9
  return GRAINS.find((grain) => amounts.every((x) => x * grain < NEVER && whole(x * grain))) ?? 0
}

/** Units of a resource in each slot. */
function unitsOf(net: Network, resource: number, slots: number): Int32Array {
  const units = new Int32Array(slots).fill(net.capacity[resource] as number)
  for (const step of net.steps[resource] ?? []) if (step.from < slots) units.fill(step.capacity, Math.max(0, step.from))
  return units
}

/**
 * A table for each crew that can run short, and for each store: takers hold what they took for good, of what has arrived until then.
 * `of` lists the tables of each variable, the end included.
 */
export function tablesOf(net: Network, trail: Trail, slots: number): { tables: Cumulative[]; of: number[][] } {
  const tables: Cumulative[] = []
  const of: number[][] = Array.from({ length: net.size + 1 }, () => [])
  const add = (units: Int32Array, users: readonly User[]) => {
    const least = units.reduce((a, b) => Math.min(a, b), NEVER)
    if (users.reduce((sum, user) => sum + user.need, 0) <= least) return
    for (const { activity } of users) of[activity]?.push(tables.length)
    tables.push(new Cumulative(trail, units, users))
  }
  for (let r = 0; r < net.capacity.length; r++) {
    const users: User[] = []
    for (let j = 0; j < net.size; j++)
      for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++)
        if (net.needResource[e] === r)
          users.push({ activity: j, need: net.needAmount[e] as number, duration: net.duration[j] as number, time: net.time[j] ?? null })
    add(unitsOf(net, r, slots), users)
  }
  net.materials.forEach(({ at, total }, m) => {
    const grain = grainOf(net, m)
    const takers: User[] = []
    for (let j = 0; j < net.size; j++)
      for (let e = net.takeFirst[j] as number; e < (net.takeFirst[j + 1] as number); e++)
        if (net.takeMaterial[e] === m)
          takers.push({ activity: j, need: Math.round(grain * (net.takeAmount[e] as number)), duration: slots + 1, time: null })
    const units = new Int32Array(slots)
    at.forEach((t, k) => {
      if (t < slots) units.fill(Math.round(grain * (total[k] as number)), Math.max(0, t))
    })
    add(units, takers)
  })
  return { tables, of }
}
