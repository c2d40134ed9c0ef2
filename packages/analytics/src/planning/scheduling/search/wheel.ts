import { type Decoder, IMPOSSIBLE } from '../decode/decoder.ts'
import { finishAt } from '../model/placing.ts'
import { carryBack, Sampler } from './priorities.ts'

/** Rounds without a better schedule after which the wheel rests. */
const PATIENCE = 40

/**
 * Squeaky wheel optimisation (Joslin & Clements 1999, doi:10.1613/jair.561): the list is built by urgency; whoever ends late, and all that
 * it waits for, becomes more urgent; the list is built again. For deadlines and due slots, where it finds in tens of schedules what
 * recombination needs thousands for.
 */
export class SqueakyWheel {
  readonly best: Int32Array
  cost = IMPOSSIBLE
  private readonly decoder: Decoder
  private readonly starts: readonly Int32Array[]
  private readonly urgency: Int32Array
  private readonly bestUrgency: Int32Array
  private readonly sampler: Sampler
  private readonly keys: Int32Array
  private readonly start: Int32Array
  private readonly heaviest: number
  private rounds = 0
  private quiet = 0

  /** @param starts urgencies to begin with, each tried once */
  constructor(decoder: Decoder, starts: readonly Int32Array[]) {
    const { net } = decoder
    this.decoder = decoder
    this.starts = starts
    this.urgency = new Int32Array(net.size)
    this.bestUrgency = new Int32Array(net.size)
    this.sampler = new Sampler(net, this.urgency)
    this.keys = new Int32Array(net.size)
    this.start = new Int32Array(net.size)
    this.best = new Int32Array(net.size)
    this.heaviest = net.weight.reduce((most, w) => Math.max(most, w), 1e-9)
  }

  /** True when it has nothing more to try. */
  get rests(): boolean {
    return this.quiet > PATIENCE && this.rounds >= this.starts.length
  }

  step(): void {
    const { decoder, urgency, keys, start } = this
    const given = this.starts[this.rounds]
    if (given) urgency.set(given)
    else if (this.rounds === this.starts.length) urgency.set(this.bestUrgency)
    if (this.rounds >= this.starts.length) this.squeak(this.rounds === this.starts.length ? this.best : start)
    this.rounds++
    this.sampler.draw(keys, null)
    let cost = decoder.build(keys, start)
    if (cost !== IMPOSSIBLE && cost < this.cost * 1.02) cost = Math.min(cost, decoder.justify(start, cost, start))
    if (cost >= this.cost) {
      this.quiet++
      return
    }
    this.cost = cost
    this.best.set(start)
    this.bestUrgency.set(urgency)
    this.quiet = 0
  }

  /** Makes the late ones, and what they wait for, more urgent. */
  private squeak(start: Int32Array): void {
    const { net } = this.decoder
    const { urgency } = this
    for (let j = 0; j < net.size; j++) {
      const finish = finishAt(net, j, start[j] as number)
      const missed = finish - (net.deadline[j] as number)
      const late = (finish - (net.due[j] as number)) * ((net.weight[j] as number) / this.heaviest)
      const blame = Math.max(missed, 0.25 * late)
      if (blame > 0) urgency[j] = (urgency[j] as number) - Math.ceil(blame)
    }
    carryBack(net, urgency)
  }
}
