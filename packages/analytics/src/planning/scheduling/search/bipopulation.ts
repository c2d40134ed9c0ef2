import type { SearchRandom } from '../../anytime/random.ts'
import { IMPOSSIBLE } from '../decode/decoder.ts'
import type { GridDecoder } from '../decode/grid.ts'
import type { Sampler } from './priorities.ts'

/** One schedule in the coordinates of its own direction: 0 is the slot where its generation began. */
interface Member {
  readonly start: Int32Array
  readonly end: number
  /** Second criterion among equal ends: work in the last slots. Less leaves less to be moved. */
  readonly tail: number
}

/** Samplers of lists for both directions. */
export interface Samplers {
  readonly forward: Sampler
  readonly backward: Sampler
}

/** Settings of the two populations. */
export interface BipopulationSettings {
  readonly population: number
  /** Chance for an activity's key to be moved a little. */
  readonly mutation: number
  /** Least and additional length of the crossover window as shares of the father's end. */
  readonly windowLeast: number
  readonly windowMore: number
  /** A child this much (a share) above the worst of its population is dropped before it is justified. */
  readonly tolerance: number
  /** So many schedules are sampled for each member kept. */
  readonly sampleFactor: number
  /** The last share of the schedule that counts for the second criterion. */
  readonly tailShare: number
}

/**
 * Two populations, one of left-justified and one of right-justified schedules, each bred from the other, so that every pass is at
 * once a birth and a justification (Debels & Vanhoucke 2005, doi:10.1007/11424925_40; 2007, doi:10.1287/opre.1060.0358). The
 * crossover keeps a window of time of one parent and lets the other order what lies before and behind it, as the peak crossover
 * does (Valls, Ballestín & Quintanilla 2008, doi:10.1016/j.ejor.2006.12.033). For the plain model with the end as the only aim.
 */
export class Bipopulation {
  /** Best forward schedule and its end. */
  readonly best: Int32Array
  bestEnd = IMPOSSIBLE
  private readonly decoder: GridDecoder
  private readonly random: SearchRandom
  private readonly settings: BipopulationSettings
  private readonly samplers: Samplers
  private readonly sides: [Member[], Member[]] = [[], []]
  private readonly keys: Int32Array
  private filling = true
  private spare: Int32Array

  constructor(decoder: GridDecoder, samplers: Samplers, random: SearchRandom, settings: BipopulationSettings) {
    const { size } = decoder.net
    this.decoder = decoder
    this.samplers = samplers
    this.random = random
    this.settings = settings
    this.best = new Int32Array(size)
    this.keys = new Int32Array(size)
    this.spare = new Int32Array(size)
  }

  /** Adds a known forward schedule to both populations. */
  seed(start: Int32Array): void {
    this.keys.set(start)
    const left = this.generate(0)
    this.sides[0].push(left)
    this.sides[1].push(this.justify(left, 0))
  }

  /** One step: a sample and its justifications while the populations fill, then a child and, if it is good enough, its justification. */
  step(): void {
    const { random, settings, sides } = this
    if (this.filling) {
      this.sample()
      return
    }
    const direction = random.below(2) as 0 | 1
    const parents = sides[direction]
    const opposite = (1 - direction) as 0 | 1
    let fatherAt = random.below(parents.length)
    const rival = random.below(parents.length)
    if (better(parents[rival] as Member, parents[fatherAt] as Member)) fatherAt = rival
    let motherAt = random.below(parents.length)
    if (motherAt === fatherAt) motherAt = random.below(parents.length)
    const father = parents[fatherAt] as Member
    const mother = parents[motherAt] as Member
    this.cross(father, mother, opposite)
    const child = this.generate(opposite)
    let worst = 0
    for (const m of sides[opposite]) if (m.end > worst) worst = m.end
    // A schedule that is there already has been justified already.
    if (child.end > worst * (1 + settings.tolerance) || known(sides[opposite], child)) return
    // The worse parent gives way, and so does its justified counterpart at the same place.
    const loser = better(father, mother) ? motherAt : fatherAt
    this.replace(parents, loser, this.justify(child, opposite))
    this.replace(sides[opposite], loser, child)
  }

  /** A sampled schedule, from the end back, and its justifications; the best of them make the populations. */
  private sample(): void {
    const { sides, random, settings, keys } = this
    if (this.bestEnd === IMPOSSIBLE) {
      this.samplers.forward.draw(keys, null)
      const left = this.generate(0)
      sides[0].push(left)
      sides[1].push(this.justify(left, 0))
      return
    }
    this.samplers.backward.draw(keys, () => random.unit())
    const left = this.justify(this.generate(1), 1)
    sides[0].push(left)
    sides[1].push(this.justify(left, 0))
    if (sides[0].length < settings.population * settings.sampleFactor) return
    const value = (k: number) => Math.min((sides[0][k] as Member).end, (sides[1][k] as Member).end)
    const chosen = sides[0]
      .map((_, k) => k)
      .sort((a, b) => value(a) - value(b) || a - b)
      .slice(0, settings.population)
    for (const direction of [0, 1] as const) sides[direction] = chosen.map((k) => sides[direction][k] as Member)
    this.filling = false
  }

  private replace(side: Member[], at: number, child: Member): void {
    if (better(side[at] as Member, child)) return
    if (known(side, child)) return
    side[at] = child
  }

  /** Writes the keys of a child, in the coordinates of the direction opposite to its parents'. */
  private cross(father: Member, mother: Member, direction: 0 | 1): void {
    const { keys, random, settings, decoder } = this
    const { size, duration } = decoder.net
    const span = Math.max(1, Math.floor(father.end * (settings.windowLeast + random.unit() * settings.windowMore)))
    const from = random.below(Math.max(1, father.end - span + 1))
    const to = from + span
    const middle = from + random.unit() * span
    const apart = father.end + mother.end
    for (let j = 0; j < size; j++) {
      const p = duration[j] as number
      const own = father.end - (father.start[j] as number) - p
      let key = own
      if (own < from || own >= to) {
        const other = mother.end - (mother.start[j] as number) - p
        key = other < middle ? other - apart : other + apart
      }
      keys[j] = random.unit() < settings.mutation ? key + random.below(21) - 10 : key
    }
    decoder.repair(keys, direction)
  }

  /** A schedule from the keys in a direction. */
  private generate(direction: 0 | 1): Member {
    const { decoder, settings } = this
    const start = this.spare
    const end = decoder.generate(this.keys, start, direction)
    this.spare = new Int32Array(start.length)
    const { duration, size } = decoder.net
    if (end < this.bestEnd) {
      this.bestEnd = end
      if (direction === 0) this.best.set(start)
      else for (let j = 0; j < size; j++) this.best[j] = end - (start[j] as number) - (duration[j] as number)
    }
    const late = end - Math.max(1, Math.round(end * settings.tailShare))
    let tail = 0
    for (let j = 0; j < size; j++) if ((start[j] as number) + (duration[j] as number) >= late) tail += duration[j] as number
    return { start, end, tail }
  }

  /** The member justified into the other direction. */
  private justify(member: Member, direction: 0 | 1): Member {
    const { duration, size } = this.decoder.net
    for (let j = 0; j < size; j++) this.keys[j] = member.end - (member.start[j] as number) - (duration[j] as number)
    return this.generate((1 - direction) as 0 | 1)
  }
}

/** True when the side holds this very schedule. */
function known(side: readonly Member[], child: Member): boolean {
  return side.some((m) => m.end === child.end && m.tail === child.tail && same(m.start, child.start))
}

function same(a: Int32Array, b: Int32Array): boolean {
  for (let j = 0; j < a.length; j++) if (a[j] !== b[j]) return false
  return true
}

/** True when a is strictly better than b. */
function better(a: Member, b: Member): boolean {
  return a.end < b.end || (a.end === b.end && a.tail < b.tail)
}
