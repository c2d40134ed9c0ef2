import { NEVER, type Network } from '../model/network.ts'

/** Rounding allowance for amounts of material that are not whole. */
const GRAIN = 1e-9

/**
 * What is in the stores over time, arrivals less what is taken. A taking at t must leave every later level at or above zero, so
 * the earliest slot for it is found from the end.
 */
export class Stores {
  private readonly net: Network
  private readonly at: Int32Array[]
  private readonly level: Float64Array[]
  private readonly length: Int32Array

  constructor(net: Network) {
    this.net = net
    const room = net.size + 2
    this.at = net.materials.map((m) => new Int32Array(m.at.length + room))
    this.level = net.materials.map((m) => new Float64Array(m.at.length + room))
    this.length = new Int32Array(net.materials.length)
    this.reset()
  }

  /** Back to the arrivals alone. */
  reset(): void {
    this.net.materials.forEach((material, m) => {
      const at = this.at[m] as Int32Array
      const level = this.level[m] as Float64Array
      let n = 0
      material.at.forEach((t, k) => {
        if (n > 0 && at[n - 1] === t) n--
        at[n] = t
        level[n++] = material.total[k] as number
      })
      this.length[m] = n
    })
  }

  /** First slot from which the takings of j are in store for good; `NEVER` when they never are. */
  earliest(j: number): number {
    const { takeFirst, takeMaterial, takeAmount } = this.net
    let slot = 0
    for (let e = takeFirst[j] as number; e < (takeFirst[j + 1] as number); e++) {
      const m = takeMaterial[e] as number
      const level = this.level[m] as Float64Array
      let k = (this.length[m] as number) - 1
      while (k >= 0 && (level[k] as number) + GRAIN >= (takeAmount[e] as number)) k--
      if (k + 1 === this.length[m]) return NEVER
      const from = k < 0 ? 0 : ((this.at[m] as Int32Array)[k + 1] as number)
      if (from > slot) slot = from
    }
    return slot
  }

  /** Takes (sign 1) or returns (sign -1) the materials of j at slot t. */
  add(j: number, t: number, sign: 1 | -1): void {
    const { takeFirst, takeMaterial, takeAmount } = this.net
    for (let e = takeFirst[j] as number; e < (takeFirst[j + 1] as number); e++) {
      const m = takeMaterial[e] as number
      const level = this.level[m] as Float64Array
      for (let k = this.slotIndex(m, t), n = this.length[m] as number; k < n; k++)
        level[k] = (level[k] as number) - sign * (takeAmount[e] as number)
    }
  }

  /** First slot in which a store is overdrawn, or null. */
  overdrawn(): { readonly slot: number; readonly material: number } | null {
    let found: { slot: number; material: number } | null = null
    this.net.materials.forEach((_, m) => {
      const level = this.level[m] as Float64Array
      for (let k = 0; k < (this.length[m] as number); k++) {
        const slot = (this.at[m] as Int32Array)[k] as number
        if ((level[k] as number) < -GRAIN && (found === null || slot < found.slot)) found = { slot, material: m }
      }
    })
    return found
  }

  /** Index of the entry at slot t, inserted where there is none. Entries stay: at most one for each activity at a time is in use. */
  private slotIndex(m: number, t: number): number {
    let at = this.at[m] as Int32Array
    let level = this.level[m] as Float64Array
    const n = this.length[m] as number
    let low = 0
    let high = n
    while (low < high) {
      const middle = (low + high) >> 1
      if ((at[middle] as number) < t) low = middle + 1
      else high = middle
    }
    if (low < n && at[low] === t) return low
    if (n === at.length) {
      const widerAt = new Int32Array(2 * n)
      const widerLevel = new Float64Array(2 * n)
      widerAt.set(at)
      widerLevel.set(level)
      this.at[m] = at = widerAt
      this.level[m] = level = widerLevel
    }
    at.copyWithin(low + 1, low, n)
    level.copyWithin(low + 1, low, n)
    at[low] = t
    level[low] = low > 0 ? (level[low - 1] as number) : 0
    this.length[m] = n + 1
    return low
  }
}
