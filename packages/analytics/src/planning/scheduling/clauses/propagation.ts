/** What follows from the bounds on the trail: lags and clauses entry by entry, then the tables of crews and stores that have changed. */
import type { Network } from '../model/network.ts'
import type { Cumulative } from './cumulative.ts'
import { LagPropagation } from './lags.ts'
import type { ClauseStore } from './store.ts'
import { tablesOf } from './tables.ts'
import { LOWER, type Trail, UPPER } from './trail.ts'

export class Propagation {
  /** Literals that cannot all hold, after `run` said false. */
  readonly conflict: number[] = []
  private readonly trail: Trail
  private readonly store: ClauseStore
  private readonly lags: LagPropagation
  private readonly tables: readonly Cumulative[]
  private readonly tablesOf: readonly (readonly number[])[]
  private readonly waiting: Uint8Array
  private head = 0

  /** @param slots length of the tables: all that may be worked in, and one more */
  constructor(net: Network, trail: Trail, store: ClauseStore, slots: number) {
    this.trail = trail
    this.store = store
    this.lags = new LagPropagation(net, trail)
    const { tables, of } = tablesOf(net, trail, slots)
    this.tables = tables
    this.tablesOf = of
    this.waiting = new Uint8Array(tables.length).fill(1)
  }

  /** Looks at everything again, after the trail went back to its beginning. */
  afresh(): void {
    this.head = 0
    this.waiting.fill(1)
  }

  /** Goes on from the end of the trail, after it went back. */
  rewind(): void {
    this.head = Math.min(this.head, this.trail.length)
  }

  /** Propagates everything; on conflict false, with `conflict` filled. */
  run(): boolean {
    const { trail, waiting } = this
    for (;;) {
      while (this.head < trail.length) if (!this.propagateEntry(this.head++)) return false
      const next = waiting.indexOf(1)
      if (next < 0) return true
      waiting[next] = 0
      const table = this.tables[next] as Cumulative
      table.conflict.length = 0
      if (!table.propagate()) {
        if (table.conflict.length === 0) this.emptied()
        else this.conflict.splice(0, this.conflict.length, ...table.conflict)
        return false
      }
    }
  }

  /** The last trail entry emptied its variable: states both bounds as the conflict. */
  private emptied(): void {
    const { trail } = this
    const t = trail.length - 1
    const x = trail.variable[t] as number
    const v = trail.side[t] === LOWER ? (trail.bound[UPPER][x] as number) + 1 : (trail.bound[LOWER][x] as number)
    this.conflict.length = 0
    trail.stateAtLeast(x, v, this.conflict)
    trail.stateAtMost(x, v - 1, this.conflict)
  }

  private propagateEntry(t: number): boolean {
    const { trail } = this
    const x = trail.variable[t] as number
    const side = trail.side[t] as number
    for (const table of this.tablesOf[x] as readonly number[]) this.waiting[table] = 1
    if (!this.lags.propagate(t)) return this.fail()
    const from = trail.before[t] as number
    const to = trail.after[t] as number
    const base = trail.offset[x] as number
    if (side === LOWER) {
      for (let v = from + 1; v <= to; v++) if (!this.visit(2 * (base + v) + 1)) return false
    } else for (let v = from; v > to; v--) if (!this.visit(2 * (base + v))) return false
    return true
  }

  private fail(): false {
    this.emptied()
    return false
  }

  /** Clauses that watch a literal which has become false. */
  private visit(falsified: number): boolean {
    const { store, trail, conflict } = this
    const c = store.visit(falsified)
    if (c < 0) return true
    const clause = store.clauses[c] as Int32Array
    // Either every literal is false, or asserting the first emptied its variable.
    if (trail.value(clause[0] as number) > 0) return this.fail()
    conflict.length = 0
    for (const literal of clause) conflict.push(literal ^ 1)
    store.bump(c)
    return false
  }
}
