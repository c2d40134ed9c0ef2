import type { SearchRandom } from '../../anytime/random.ts'
import { type Decoder, IMPOSSIBLE } from '../decode/decoder.ts'
import { orderingArcs, type Sampler } from './priorities.ts'

/** One schedule of a population. */
export interface Individual {
  start: Int32Array
  cost: number
  /** Second criterion among equal costs: work that ends in the last slots. Less leaves less to be moved. */
  tail: number
  end: number
}

/** Settings of the population. */
export interface GeneticSettings {
  readonly population: number
  /** Chance for an activity's key to be moved a little. */
  readonly mutation: number
  /** Least and additional length of the crossover window as shares of the father's end. */
  readonly windowLeast: number
  readonly windowMore: number
  /** A child this much (a share) above the worst of the population is not justified: two passes saved. */
  readonly tolerance: number
}

/**
 * Steady-state genetic search on schedules. The crossover keeps a window of time of one parent in that parent's order and lets the
 * other parent order what lies before and after it, the idea of the peak crossover (Valls, Ballestín & Quintanilla 2008,
 * doi:10.1016/j.ejor.2006.12.033) and of recombination of sub-schedules (Debels & Vanhoucke 2007, doi:10.1287/opre.1060.0358).
 * Every promising child is doubly justified (Valls, Ballestín & Quintanilla 2005, doi:10.1016/j.ejor.2004.04.008).
 */
export class Genetic {
  readonly members: Individual[] = []
  best: Individual
  private readonly decoder: Decoder
  private readonly random: SearchRandom
  private readonly settings: GeneticSettings
  private readonly sampler: Sampler
  private readonly keys: Int32Array
  private readonly forward: Uint8Array
  private spare: Int32Array

  constructor(decoder: Decoder, sampler: Sampler, random: SearchRandom, settings: GeneticSettings) {
    const { size } = decoder.net
    this.decoder = decoder
    this.random = random
    this.settings = settings
    this.sampler = sampler
    this.keys = new Int32Array(size)
    this.spare = new Int32Array(size)
    this.forward = orderingArcs(decoder.net, decoder.net.outOf, false)
    this.best = { start: new Int32Array(size), cost: IMPOSSIBLE, tail: 0, end: 0 }
  }

  /** Adds a schedule that is known, for example the current plan. */
  seed(start: Int32Array, cost: number): void {
    this.admit(this.individual(Int32Array.from(start), cost))
  }

  /** Empties the population but keeps the best found. */
  restart(): void {
    this.members.length = 0
  }

  /** One step: a sample while the population fills, then a child. */
  step(): void {
    if (this.members.length < this.settings.population) {
      this.sampler.draw(this.keys, this.members.length === 0 && this.best.cost === IMPOSSIBLE ? null : () => this.random.unit())
      const child = this.develop(IMPOSSIBLE)
      if (child) this.admit(child)
      else if (this.members.length === 0) this.misses++
      return
    }
    const father = this.members[this.random.below(this.members.length)] as Individual
    let mother = this.members[this.random.below(this.members.length)] as Individual
    if (mother === father) mother = this.members[this.random.below(this.members.length)] as Individual
    this.cross(father, mother)
    let worst = 0
    for (const m of this.members) if (m.cost > worst) worst = m.cost
    const child = this.develop(worst * (1 + this.settings.tolerance))
    if (!child || this.known(child)) return
    const loser = better(father, mother) ? mother : father
    if (!better(loser, child)) this.members[this.members.indexOf(loser)] = child
    this.record(child)
  }

  /** Lists in a row, from the start, that gave no schedule. */
  misses = 0

  /** Decodes the keys; justifies unless the cost is above `limit`. */
  private develop(limit: number): Individual | null {
    const out = this.spare
    const first = this.decoder.build(this.keys, out)
    if (first === IMPOSSIBLE) return null
    const cost = first > limit ? first : this.decoder.justify(out, first, out)
    this.spare = new Int32Array(out.length)
    return this.individual(out, cost)
  }

  private individual(start: Int32Array, cost: number): Individual {
    const { duration, size } = this.decoder.net
    let end = 0
    for (let j = 0; j < size; j++) end = Math.max(end, (start[j] as number) + (duration[j] as number))
    const late = end - Math.max(1, Math.round(end / 20))
    let tail = 0
    for (let j = 0; j < size; j++) if ((start[j] as number) + (duration[j] as number) >= late) tail += duration[j] as number
    return { start, cost, tail, end }
  }

  private admit(child: Individual): void {
    this.members.push(child)
    this.record(child)
  }

  private record(child: Individual): void {
    if (child.cost < this.best.cost) this.best = child
  }

  private known(child: Individual): boolean {
    return this.members.some((m) => m.cost === child.cost && m.tail === child.tail && m.start.every((t, j) => t === child.start[j]))
  }

  /** Writes the keys of a child of two schedules. */
  private cross(father: Individual, mother: Individual): void {
    const { keys, random, settings, forward } = this
    const { size, outOf } = this.decoder.net
    const span = Math.max(1, Math.floor(father.end * (settings.windowLeast + random.unit() * settings.windowMore)))
    const from = random.below(Math.max(1, father.end - span + 1))
    const to = from + span
    const middle = (from + to) / 2
    const apart = father.end + mother.end
    for (let j = 0; j < size; j++) {
      const own = father.start[j] as number
      if (own >= from && own < to) keys[j] = own
      else {
        const other = mother.start[j] as number
        keys[j] = other < middle ? other - apart : other + apart
      }
      if (random.unit() < settings.mutation) keys[j] = (keys[j] as number) + random.below(21) - 10
    }
    // An activity never stands before one it must follow.
    for (let i = 0; i < size; i++) {
      const key = keys[i] as number
      for (let e = outOf.first[i] as number, stop = outOf.first[i + 1] as number; e < stop; e++) {
        const j = outOf.other[e] as number
        if (forward[e] && (keys[j] as number) < key) keys[j] = key
      }
    }
  }
}

/** True when a is strictly better than b. */
function better(a: Individual, b: Individual): boolean {
  return a.cost < b.cost || (a.cost === b.cost && a.tail < b.tail)
}
