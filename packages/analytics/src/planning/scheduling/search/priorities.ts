import { type Arcs, FROM_FINISH, type Network, TO_FINISH } from '../model/network.ts'

/**
 * Biased random sampling of precedence-feasible lists: an eligible activity is drawn with a weight that falls with its latest start
 * (regret, Drexl 1991; latest start by time alone, Kolisch 1996, doi:10.1016/0272-6963(95)00032-1). Lists for generation from the end
 * back are drawn likewise, successors first.
 */
export class Sampler {
  private readonly net: Network
  private readonly latest: Int32Array
  private readonly waiting: Int32Array
  private readonly count: Int32Array
  private readonly eligible: Int32Array
  private readonly arcs: Arcs
  private readonly orders: Uint8Array

  /** @param latest latest starts by time alone; for lists from the end back the earliest finishes, negated */
  constructor(net: Network, latest: Int32Array, backward = false) {
    this.net = net
    this.latest = latest
    this.waiting = new Int32Array(net.size)
    this.count = new Int32Array(net.size)
    this.eligible = new Int32Array(net.size)
    this.arcs = backward ? net.into : net.outOf
    this.orders = orderingArcs(net, this.arcs, backward)
    this.arcs.other.forEach((j, e) => {
      if (this.orders[e]) this.count[j] = (this.count[j] as number) + 1
    })
  }

  /** Writes ranks 0, 1, ... as keys. `unit` draws from [0, 1); without it the least latest start goes first. */
  draw(keys: Int32Array, unit: (() => number) | null): void {
    const { net, latest, waiting, eligible } = this
    waiting.set(this.count)
    let open = 0
    for (let j = 0; j < net.size; j++) if (waiting[j] === 0) eligible[open++] = j
    for (let rank = 0; open > 0; rank++) {
      let pick = 0
      if (unit) {
        let worst = latest[eligible[0] as number] as number
        for (let k = 1; k < open; k++) worst = Math.max(worst, latest[eligible[k] as number] as number)
        let sum = 0
        for (let k = 0; k < open; k++) sum += worst - (latest[eligible[k] as number] as number) + 1
        let left = unit() * sum
        for (; pick < open - 1; pick++) {
          left -= worst - (latest[eligible[pick] as number] as number) + 1
          if (left <= 0) break
        }
      } else
        for (let k = 1; k < open; k++)
          if ((latest[eligible[k] as number] as number) < (latest[eligible[pick] as number] as number)) pick = k
      const j = eligible[pick] as number
      eligible[pick] = eligible[--open] as number
      keys[j] = rank
      for (let e = this.arcs.first[j] as number; e < (this.arcs.first[j + 1] as number); e++) {
        if (!this.orders[e]) continue
        const to = this.arcs.other[e] as number
        waiting[to] = (waiting[to] as number) - 1
        if (waiting[to] === 0) eligible[open++] = to
      }
    }
  }
}

/** Marks the arcs that order their ends: from a lower to a higher number with a lag that is not negative. */
export function orderingArcs(net: Network, arcs: Arcs, backward: boolean): Uint8Array {
  const mark = new Uint8Array(arcs.other.length)
  for (let i = 0; i < net.size; i++)
    for (let e = arcs.first[i] as number; e < (arcs.first[i + 1] as number); e++)
      if ((arcs.lag[e] as number) >= 0 && (arcs.other[e] as number) > i !== backward) mark[e] = 1
  return mark
}

/** Carries urgency back: nobody is less urgent than what waits for it, by bare durations. */
export function carryBack(net: Network, urgency: Int32Array): void {
  const { outOf, duration } = net
  for (let i = net.size - 1; i >= 0; i--) {
    let at = urgency[i] as number
    for (let e = outOf.first[i] as number; e < (outOf.first[i + 1] as number); e++) {
      const j = outOf.other[e] as number
      const kind = outOf.kind[e] as number
      if (j < i || (outOf.lag[e] as number) < 0) continue
      const apart =
        (outOf.lag[e] as number) + (kind & FROM_FINISH ? (duration[i] as number) : 0) - (kind & TO_FINISH ? (duration[j] as number) : 0)
      at = Math.min(at, (urgency[j] as number) - apart)
    }
    urgency[i] = at
  }
}

/**
 * Latest starts by due slots and deadlines, carried back over the arcs: an order of urgency, negative where it is too late already.
 * Activities with neither behind them keep their latest start by time alone.
 */
export function urgencyByDue(net: Network, latest: Int32Array): Int32Array {
  const urgency = Int32Array.from(latest, (t, j) =>
    Math.min(t, Math.min(net.due[j] as number, net.deadline[j] as number) - (net.duration[j] as number)),
  )
  carryBack(net, urgency)
  return urgency
}
