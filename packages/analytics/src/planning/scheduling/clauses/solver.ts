import type { Network } from '../model/network.ts'
import { endOf } from '../model/windows.ts'
import { ActivityHeap } from './heap.ts'
import { Learning } from './learning.ts'
import { luby } from './limits.ts'
import { Propagation } from './propagation.ts'
import { ClauseStore } from './store.ts'
import { BY_DECISION, LOWER, Trail, UPPER } from './trail.ts'

/** Decisions after which a descent asks whether to stop; smaller problems ask between conflicts. */
const LONG_DESCENT = 200

/**
 * Lazy clause generation (Ohrimenko, Stuckey & Codish 2009, doi:10.1007/s10601-008-9064-x; for this problem Schutt et al. 2011,
 * doi:10.1007/s10601-010-9103-2): propagates lags and time tables, learns a clause from every conflict, restarts, and so proves
 * bounds on the end or finds better schedules. Rounds that fix the end at its bound raise the bound; the others look for improvement
 * around the best schedule known.
 */
export class ClauseSearch {
  /** Nothing ends earlier. */
  bound: number
  /** Best end known. */
  best: number
  /** Starts of a better schedule found here, or null. */
  found: Int32Array | null = null
  decisions = 0
  conflicts = 0
  private readonly net: Network
  private readonly size: number
  private readonly trail: Trail
  private readonly store: ClauseStore
  private readonly learning: Learning
  private readonly heap: ActivityHeap
  private readonly propagation: Propagation
  private readonly phase: Int32Array
  private restarts = 0
  private exhausted = false

  /** @param bound a proven bound on the end, @param best the end of the schedule in hand */
  constructor(net: Network, earliest: Int32Array, latest: Int32Array, bound: number, best: number, start: Int32Array) {
    const { size } = net
    this.net = net
    this.size = size
    this.bound = bound
    this.best = best
    const low = Int32Array.from([...earliest, bound])
    const high = Int32Array.from([...latest, best])
    this.trail = new Trail(low, high)
    this.store = new ClauseStore(this.trail)
    this.heap = new ActivityHeap(this.trail.atoms)
    this.learning = new Learning(
      this.trail,
      this.store.clauses,
      (literal) => this.heap.bump(literal >> 1),
      (clause) => this.store.bump(clause),
    )
    this.phase = Int32Array.from([...start, best])
    this.propagation = new Propagation(net, this.trail, this.store, best + 2)
    // Everything ends by `end`, and only better schedules are wanted.
    this.exhausted = !this.closeRoot(best - 1)
  }

  get proven(): boolean {
    return this.bound >= this.best
  }

  /** Takes in a better schedule found elsewhere. */
  adopt(start: Int32Array, end: number): void {
    if (end >= this.best || this.proven) return
    this.best = end
    this.phase.set(start)
    this.phase[this.size] = end
    this.exhausted = !this.closeRoot(end - 1)
  }

  /** Takes in a bound proven elsewhere. */
  raise(bound: number): void {
    if (bound <= this.bound) return
    this.bound = bound
    this.trail.backTo(0)
    this.propagation.afresh()
    this.exhausted = !this.trail.set(this.size, LOWER, bound, BY_DECISION, 0, 0) || !this.propagation.run()
  }

  /** Searches until so many conflicts are done, the best is proven or `stop` says so. */
  run(conflicts: number, stop: () => boolean): void {
    const until = this.conflicts + conflicts
    while (!this.proven && this.conflicts < until && !stop()) {
      if (this.exhausted) {
        this.bound = this.best
        return
      }
      this.restarts++
      this.round(Math.min(until - this.conflicts, 60 * luby(this.restarts)), this.restarts % 2 === 1, stop)
      if (this.store.full) {
        this.trail.backTo(0)
        this.store.forget()
      }
    }
    if (this.exhausted) this.bound = this.best
  }

  /** One restart. */
  private round(conflicts: number, atBound: boolean, stop: () => boolean): void {
    const { trail } = this
    const until = this.conflicts + conflicts
    while (this.conflicts < until) {
      if (!this.propagation.run()) {
        this.conflicts++
        const lesson = this.learning.analyse(this.propagation.conflict)
        if (lesson === null) {
          this.exhausted = true
          return
        }
        trail.backTo(lesson.level)
        this.propagation.rewind()
        for (const literal of lesson.clause) this.heap.insert(literal >> 1)
        if (!this.store.learn(lesson.clause)) this.exhausted = true
        this.heap.decay()
        this.store.decay()
        if (trail.depth === 0) this.bound = Math.max(this.bound, Math.min(this.best, trail.bound[LOWER][this.size] as number))
        if (this.conflicts % Math.max(1, Math.floor(6400 / Math.max(100, this.size))) === 0 && stop()) break
        continue
      }
      if (trail.depth === 0) this.bound = Math.max(this.bound, Math.min(this.best, trail.bound[LOWER][this.size] as number))
      const literal = this.decide(atBound)
      if (literal < 0) {
        this.record()
        return
      }
      this.decisions++
      // Where a descent is long it must not run past its time.
      if (this.decisions % LONG_DESCENT === 0 && this.size >= LONG_DESCENT && stop()) break
      trail.push()
      trail.assert(literal, BY_DECISION, 0)
    }
    trail.backTo(0)
    this.propagation.rewind()
  }

  /** A schedule is complete: keep it and ask for better. */
  private record(): void {
    const { trail } = this
    const start = trail.bound[LOWER].slice(0, this.size)
    trail.backTo(0)
    this.found = start
    this.best = endOf(this.net, start)
    this.phase.set(start)
    this.phase[this.size] = this.best
    this.exhausted = !this.closeRoot(this.best - 1)
  }

  /** At level 0: nothing may end later than `end`. False when that is impossible. */
  private closeRoot(end: number): boolean {
    this.trail.backTo(0)
    this.propagation.afresh()
    return this.trail.set(this.size, UPPER, end, BY_DECISION, 0, 0) && this.propagation.run()
  }

  /** The next decision, or -1 when every start is fixed. */
  private decide(atBound: boolean): number {
    const { trail, heap, size, phase } = this
    const lower = trail.bound[LOWER]
    const upper = trail.bound[UPPER]
    if (atBound && trail.depth === 0 && (lower[size] as number) < (upper[size] as number)) return trail.atMost(size, lower[size] as number)
    while (!heap.empty) {
      const atom = heap.pop()
      const x = trail.variableOf[atom] as number
      const v = atom - (trail.offset[x] as number)
      if (v <= (lower[x] as number) || v > (upper[x] as number)) continue
      return (phase[x] as number) >= v ? 2 * atom : 2 * atom + 1
    }
    let pick = -1
    for (let x = 0; x < size; x++) if (lower[x] !== upper[x] && (pick < 0 || (lower[x] as number) < (lower[pick] as number))) pick = x
    return pick < 0 ? -1 : trail.atMost(pick, lower[pick] as number)
  }
}
