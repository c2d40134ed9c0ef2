/**
 * Counters of how often each stop that must be served was left out. Where the fleet is tight, a plan whose missing stops were missing
 * less often is taken even if it costs more: the search turns to the stops that are hard to place.
 * Source: Christiaens & Vanden Berghe (2020), section on fleet minimisation, doi:10.1287/trsc.2019.0914.
 */
import { mandatoryPrize } from './compiled.ts'
import type { RouteState } from './state.ts'

export class Absences {
  private readonly counts: Float64Array
  private readonly state: RouteState

  constructor(state: RouteState) {
    this.state = state
    this.counts = new Float64Array(state.problem.nodes)
  }

  /** Whether a stop that must be served is missing. */
  get lacking(): boolean {
    return this.state.cost >= mandatoryPrize
  }

  /** Sum of the counters of the stops that are missing now. */
  sum(): number {
    const { absent, absentCount, problem } = this.state
    let sum = 0
    for (let k = 0; k < absentCount; k++) {
      const v = absent[k] as number
      if ((problem.prize[v] as number) >= mandatoryPrize) sum += 1 + (this.counts[v] as number)
    }
    return sum
  }

  /** Counts the stops that are missing now. */
  count(): void {
    const { absent, absentCount } = this.state
    for (let k = 0; k < absentCount; k++) {
      const v = absent[k] as number
      this.counts[v] = (this.counts[v] as number) + 1
    }
  }
}
