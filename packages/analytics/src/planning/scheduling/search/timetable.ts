import { type BoundMethod, Refuter } from '../bounds/destructive.ts'
import { tardinessBoundOf } from '../bounds/tardiness.ts'
import { clausesServe } from '../clauses/limits.ts'
import { openQuestion, type Question } from '../clauses/question.ts'
import { ClauseSearch } from '../clauses/solver.ts'
import { weightsOf } from '../decode/decoder.ts'
import { NEVER, type Network } from '../model/network.ts'
import { finishAt } from '../model/placing.ts'
import { endOf, latestStarts } from '../model/windows.ts'
import { EvolutionSearch } from './search.ts'

/** The end by which every crew could have done its work if it were never idle. */
function workEnd(net: Network): number {
  const work = new Float64Array(net.capacity.length)
  for (let j = 0; j < net.size; j++)
    for (let e = net.needFirst[j] as number; e < (net.needFirst[j + 1] as number); e++) {
      const r = net.needResource[e] as number
      work[r] = (work[r] as number) + (net.needAmount[e] as number) * (net.duration[j] as number)
    }
  return work.reduce((end, units, r) => Math.max(end, Math.ceil(units / Math.max(1, net.capacity[r] as number))), 0)
}

/** A search in progress: evolution and clause search side by side, each told what the other finds. For one thread. */
export class TimetableSearch {
  readonly net: Network
  readonly evolution: EvolutionSearch
  endBound: number
  method: BoundMethod = 'critical-path'
  readonly tardinessBound: number
  private readonly tardinessWeight: number
  private readonly earliest: Int32Array
  private clauses: ClauseSearch | null = null
  /** Asks whether there is any plan, while evolution has none. */
  private question: Question | null = null
  /** Proven: no plan keeps every rule. */
  none = false
  private keptAt = Number.POSITIVE_INFINITY
  private missed: number | null = null

  /** @param earliest earliest starts by time alone, which must exist */
  constructor(net: Network, earliest: Int32Array, seed: number, grant: number) {
    this.net = net
    this.earliest = earliest
    this.endBound = endOf(net, earliest)
    this.tardinessBound = tardinessBoundOf(net, earliest)
    this.tardinessWeight = weightsOf(net).tardiness
    // Dues and deadlines are weighed against the end that crews allow, not against the end that lags alone would allow.
    const limited = net.hasDue || net.deadline.some((d) => d < NEVER)
    const likely = limited ? latestStarts(net, Math.min(net.horizon, Math.max(this.endBound, workEnd(net)))) : null
    this.evolution = new EvolutionSearch(net, earliest, latestStarts(net, this.endBound), likely, seed, grant)
  }

  /** No schedule costs less. */
  get bound(): number {
    return this.tardinessBound * this.tardinessWeight + this.endBound
  }

  /** True when the plan in hand cannot be improved, or there can be none. */
  get proven(): boolean {
    return this.none || this.evolution.cost <= this.bound
  }

  /** A deadline missed by the best schedule in hand, or null. */
  get missedDeadline(): number | null {
    const { net, evolution } = this
    if (evolution.cost === this.keptAt) return this.missed
    this.keptAt = evolution.cost
    const late = (start: number, j: number) => finishAt(net, j, start) > (net.deadline[j] as number)
    const j = evolution.best.findIndex(late)
    this.missed = j < 0 ? null : j
    return this.missed
  }

  /** True when a plan that keeps every rule is in hand. */
  get feasible(): boolean {
    return this.evolution.cost < Number.POSITIVE_INFINITY && this.missedDeadline === null
  }

  /** Placements by all parts of the search over the number of activities: a decision of the clause search counts as a placement. */
  get schedules(): number {
    const decisions = (this.clauses?.decisions ?? 0) + (this.question?.search.decisions ?? 0)
    return this.evolution.schedules + decisions / Math.max(1, this.net.size)
  }

  get conflicts(): number {
    return (this.clauses?.conflicts ?? 0) + (this.question?.search.conflicts ?? 0)
  }

  /** Raises the bound on the end by refutation; `enough` ends it early. */
  raiseBound(enough: () => boolean): void {
    const known = this.evolution.cost < Number.POSITIVE_INFINITY ? endOf(this.net, this.evolution.best) : this.net.horizon
    this.accept(new Refuter(this.net).lowerBound(this.endBound, known, enough), 'destructive')
  }

  /** Takes in a proven bound. */
  accept(bound: number, method: BoundMethod): void {
    if (bound <= this.endBound) return
    this.endBound = bound
    this.method = method
  }

  /** Lets the clause search work on so many conflicts. False where it does not serve the problem or nothing is left to do. */
  prove(conflicts: number, stop: () => boolean): boolean {
    const { net, evolution } = this
    if (this.proven || conflicts <= 0) return false
    if (!this.feasible) return this.settle(conflicts, stop)
    const end = endOf(net, evolution.best)
    if (!this.clauses) {
      if (!clausesServe(net, end)) return false
      this.clauses = new ClauseSearch(net, this.earliest, latestStarts(net, end), this.endBound, end, evolution.best)
    }
    const { clauses } = this
    clauses.adopt(evolution.best, end)
    clauses.raise(this.endBound)
    clauses.run(conflicts, stop)
    if (clauses.found && clauses.best < end) evolution.adopt(clauses.found)
    this.accept(clauses.bound, 'clause-learning')
    return true
  }

  /** Looks for any plan that keeps every rule, or proves that there is none. */
  private settle(conflicts: number, stop: () => boolean): boolean {
    const { net, evolution } = this
    this.question ??= openQuestion(net, this.earliest, evolution.cost < Number.POSITIVE_INFINITY ? evolution.best : this.earliest)
    const { question } = this
    if (question === null) return false
    const { search } = question
    search.run(conflicts, () => search.found !== null || stop())
    if (search.found) evolution.adopt(search.found)
    else if (search.proven) this.none = question.whole
    return search.found !== null || !search.proven
  }
}
