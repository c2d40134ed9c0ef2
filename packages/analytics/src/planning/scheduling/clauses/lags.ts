import type { Network } from '../model/network.ts'
import { finishAt, lowerByArc, startBy, startDown, startUp, upperByArc } from '../model/placing.ts'
import { mirrorIndex, mirrorIndexInto } from '../model/windows.ts'
import { BY_ARC, BY_SET, LOWER, type Trail, UPPER } from './trail.ts'

/**
 * Carries bounds along the lags and to the end of everything, which is the last variable. Without calendars a lag shifts a bound by a
 * number; with them the bound is rounded to working slots, and the reason is the bound it came from.
 */
export class LagPropagation {
  private readonly net: Network
  private readonly trail: Trail
  private readonly plain: boolean
  private readonly toInto: Int32Array
  private readonly toOut: Int32Array

  constructor(net: Network, trail: Trail) {
    this.net = net
    this.trail = trail
    this.plain = net.time.every((time) => time === null)
    this.toInto = mirrorIndex(net)
    this.toOut = mirrorIndexInto(net)
  }

  /** What trail entry t means for others; false when a variable has no value left. */
  propagate(t: number): boolean {
    const { trail } = this
    const x = trail.variable[t] as number
    const to = trail.after[t] as number
    if (trail.side[t] === LOWER) return this.plain ? this.forward(x, to) : this.forwardInTime(x, to)
    return this.plain ? this.backward(x, to) : this.backwardInTime(x, to)
  }

  private forward(x: number, to: number): boolean {
    const { trail, net } = this
    if (x === net.size) return true
    const { first, other, lag } = net.outOf
    for (let e = first[x] as number, stop = first[x + 1] as number; e < stop; e++)
      if (!trail.set(other[e] as number, LOWER, to + (lag[e] as number), BY_ARC, x, lag[e] as number)) return false
    const p = net.duration[x] as number
    return trail.set(net.size, LOWER, to + p, BY_ARC, x, p)
  }

  private backward(x: number, to: number): boolean {
    const { trail, net } = this
    if (x === net.size) {
      for (let j = 0; j < net.size; j++) {
        const p = net.duration[j] as number
        if (!trail.set(j, UPPER, to - p, BY_ARC, x, p)) return false
      }
      return true
    }
    const { first, other, lag } = net.into
    for (let e = first[x] as number, stop = first[x + 1] as number; e < stop; e++)
      if (!trail.set(other[e] as number, UPPER, to - (lag[e] as number), BY_ARC, x, lag[e] as number)) return false
    return true
  }

  private forwardInTime(x: number, to: number): boolean {
    const { trail, net } = this
    if (x === net.size) return true
    const start = startUp(net, x, to)
    // The next working slot is a bound of its own, which goes on from there.
    if (start > to) return this.push(x, LOWER, start, x, to)
    for (let e = net.outOf.first[x] as number, stop = net.outOf.first[x + 1] as number; e < stop; e++) {
      const y = net.outOf.other[e] as number
      const least = lowerByArc(net, y, this.toInto[e] as number, start)
      if (least > (trail.bound[LOWER][y] as number) && !this.push(y, LOWER, least, x, to)) return false
    }
    const finish = finishAt(net, x, start)
    return finish <= (trail.bound[LOWER][net.size] as number) || this.push(net.size, LOWER, finish, x, to)
  }

  private backwardInTime(x: number, to: number): boolean {
    const { trail, net } = this
    const upper = trail.bound[UPPER]
    if (x === net.size) {
      for (let j = 0; j < net.size; j++) {
        const most = startDown(net, j, startBy(net, j, to))
        if (most < (upper[j] as number) && !this.push(j, UPPER, most, x, to)) return false
      }
      return true
    }
    const start = startDown(net, x, to)
    if (start < to) return this.push(x, UPPER, start, x, to)
    for (let e = net.into.first[x] as number, stop = net.into.first[x + 1] as number; e < stop; e++) {
      const y = net.into.other[e] as number
      const most = upperByArc(net, y, this.toOut[e] as number, start)
      if (most < (upper[y] as number) && !this.push(y, UPPER, most, x, to)) return false
    }
    return true
  }

  /** Sets a bound of y because x has the bound `because` on the same side. */
  private push(y: number, side: 0 | 1, to: number, x: number, because: number): boolean {
    const { sets } = this.trail
    const at = sets.length
    sets.push(0)
    if (side === LOWER) this.trail.stateAtLeast(x, because, sets)
    else this.trail.stateAtMost(x, because, sets)
    sets[at] = sets.length - at - 1
    return this.trail.set(y, side, to, BY_SET, at, 0)
  }
}
