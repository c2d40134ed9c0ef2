import { deriveSeed, SearchRandom } from '../../anytime/random.ts'
import { type Decoder, IMPOSSIBLE } from '../decode/decoder.ts'
import { EventDecoder } from '../decode/events.ts'
import { GridDecoder, gridServes } from '../decode/grid.ts'
import type { Network } from '../model/network.ts'
import { finishAt } from '../model/placing.ts'
import { Bipopulation, type Samplers } from './bipopulation.ts'
import { Genetic } from './genetic.ts'
import { Sampler, urgencyByDue } from './priorities.ts'
import { bipopulationSettings, geneticSettings } from './settings.ts'
import { SqueakyWheel } from './wheel.ts'

/** Steps without a better plan, per member of the population, after which the population starts afresh and larger. */
const PATIENCE = 120

/**
 * Evolution with restarts: two populations where the plain model and its end are all that is asked, one population otherwise.
 */
export class EvolutionSearch {
  private readonly net: Network
  private readonly decoder: Decoder
  private readonly samplers: Samplers
  private readonly seed: number
  private engine: Bipopulation | Genetic
  private readonly wheel: SqueakyWheel | null
  private population = 0
  private quiet = 0
  private restarts = 0
  private readonly incumbent: Int32Array
  private incumbentCost = IMPOSSIBLE
  private grant: number

  /**
   * @param likely latest starts by the end that crews allow, where deadlines or due slots are to be met; null otherwise
   * @param grant schedules expected to be granted, by which the population is sized
   */
  constructor(net: Network, earliest: Int32Array, latest: Int32Array, likely: Int32Array | null, seed: number, grant: number) {
    this.net = net
    this.seed = seed
    this.grant = grant
    this.decoder = gridServes(net) ? new GridDecoder(net) : new EventDecoder(net)
    const back = Int32Array.from(earliest, (t, j) => -finishAt(net, j, t))
    const urgency = likely ? urgencyByDue(net, likely) : latest
    this.wheel = likely ? new SqueakyWheel(this.decoder, [urgency, latest]) : null
    this.samplers = { forward: new Sampler(net, urgency), backward: new Sampler(net, back, true) }
    this.incumbent = new Int32Array(net.size)
    this.engine = this.begin()
  }

  get best(): Int32Array {
    return this.incumbent
  }

  get cost(): number {
    return this.incumbentCost
  }

  get schedules(): number {
    return this.decoder.schedules
  }

  step(): void {
    if (this.wheel && !this.wheel.rests) {
      this.turnWheel(this.wheel)
      return
    }
    this.engine.step()
    const cost = this.engine instanceof Bipopulation ? this.engine.bestEnd : this.engine.best.cost
    if (cost < this.incumbentCost) {
      this.incumbentCost = cost
      this.incumbent.set(this.engine instanceof Bipopulation ? this.engine.best : this.engine.best.start)
      this.quiet = 0
    } else if (++this.quiet > PATIENCE * this.population) {
      this.quiet = 0
      this.restarts++
      this.grant *= 2
      this.engine = this.begin()
    }
  }

  /** One round of the wheel; its best goes into the population when it rests. */
  private turnWheel(wheel: SqueakyWheel): void {
    wheel.step()
    if (wheel.cost < this.incumbentCost) {
      this.incumbentCost = wheel.cost
      this.incumbent.set(wheel.best)
    }
    if (wheel.rests && wheel.cost < IMPOSSIBLE) this.adopt(wheel.best.slice())
  }

  /** Sizes the population anew for so many schedules to come; what was found stays. */
  plan(grant: number): void {
    this.grant = grant
    this.engine = this.begin()
    if (this.incumbentCost < IMPOSSIBLE) this.adopt(this.incumbent.slice())
  }

  /** Takes over the order of a schedule that need not keep every rule. */
  follow(start: Int32Array): void {
    const own = new Int32Array(start.length)
    if (this.decoder.build(start, own) < IMPOSSIBLE) this.adopt(own)
  }

  /** Takes in a schedule found elsewhere, which must keep every rule. */
  adopt(start: Int32Array): void {
    if (this.engine instanceof Bipopulation) this.engine.seed(start)
    else this.engine.seed(start, this.decoder.cost(start))
    const cost = this.engine instanceof Bipopulation ? this.engine.bestEnd : this.engine.best.cost
    if (cost >= this.incumbentCost) return
    this.incumbentCost = cost
    this.incumbent.set(this.engine instanceof Bipopulation ? this.engine.best : this.engine.best.start)
  }

  private begin(): Bipopulation | Genetic {
    const { net, decoder, samplers } = this
    const random = new SearchRandom(deriveSeed(this.seed, this.restarts))
    // Releases have no mirror image, dues want justification that respects them: both go to the single population.
    const level = net.release.every((r) => r === 0)
    if (decoder instanceof GridDecoder && level && !net.hasDue) {
      const settings = bipopulationSettings(net.size, this.grant)
      this.population = settings.population
      return new Bipopulation(decoder, samplers, random, settings)
    }
    const settings = geneticSettings(net.size, this.grant)
    this.population = settings.population
    return new Genetic(decoder, samplers.forward, random, settings)
  }
}
