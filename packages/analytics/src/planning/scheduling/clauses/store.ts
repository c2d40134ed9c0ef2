import { BY_CLAUSE, BY_DECISION, type Trail } from './trail.ts'

/** The clauses learnt: watched by two literals each, dropped when they are not used. */
export class ClauseStore {
  readonly clauses: (Int32Array | null)[] = []
  private readonly trail: Trail
  private readonly activity: number[] = []
  private readonly watches: (number[] | undefined)[]
  private increment = 1
  private live = 0
  private most = 4000

  constructor(trail: Trail) {
    this.trail = trail
    this.watches = new Array(2 * trail.atoms)
  }

  /** True when it is time to forget. */
  get full(): boolean {
    return this.live > this.most
  }

  /** Visits the clauses that watch a literal which has become false. -1 when all is well; otherwise the clause that is violated. */
  visit(falsified: number): number {
    const list = this.watches[falsified]
    if (list === undefined || list.length === 0) return -1
    const { trail, clauses } = this
    let keep = 0
    for (let k = 0; k < list.length; k++) {
      const c = list[k] as number
      const clause = clauses[c]
      if (!clause) continue
      if (clause[0] === falsified) {
        clause[0] = clause[1] as number
        clause[1] = falsified
      }
      const first = clause[0] as number
      const state = trail.value(first)
      if (state <= 0 && this.watchAnother(clause, c, falsified)) continue
      list[keep++] = c
      if (state > 0 || (state === 0 && trail.assert(first, BY_CLAUSE, c))) continue
      for (k++; k < list.length; k++) list[keep++] = list[k] as number
      list.length = keep
      return c
    }
    list.length = keep
    return -1
  }

  /** Adds a learnt clause and asserts its first literal, which is open. False only where a single literal contradicts the root. */
  learn(clause: Int32Array): boolean {
    const { trail } = this
    if (clause.length === 1) return trail.assert(clause[0] as number, BY_DECISION, 0)
    const c = this.clauses.length
    this.clauses.push(clause)
    this.activity.push(this.increment)
    this.live++
    this.watch(clause[0] as number, c)
    this.watch(clause[1] as number, c)
    trail.assert(clause[0] as number, BY_CLAUSE, c)
    return true
  }

  /** Raises the activity of a clause that took part in a conflict. */
  bump(c: number): void {
    this.activity[c] = (this.activity[c] as number) + this.increment
    if ((this.activity[c] as number) < 1e100) return
    for (let k = 0; k < this.activity.length; k++) this.activity[k] = (this.activity[k] as number) * 1e-100
    this.increment *= 1e-100
  }

  decay(): void {
    this.increment /= 0.999
  }

  /** Drops the less active half of the long clauses. Only at level 0, where no clause is a reason that counts. */
  forget(): void {
    const long: number[] = []
    this.clauses.forEach((clause, c) => {
      if (clause && clause.length > 2) long.push(c)
    })
    long.sort((a, b) => (this.activity[a] as number) - (this.activity[b] as number))
    for (const c of long.slice(0, long.length >> 1)) {
      this.clauses[c] = null
      this.live--
    }
    this.most += 300
  }

  /** Moves a watch to a literal that is not false. */
  private watchAnother(clause: Int32Array, c: number, falsified: number): boolean {
    for (let q = 2; q < clause.length; q++) {
      const literal = clause[q] as number
      if (this.trail.value(literal) < 0) continue
      clause[q] = falsified
      clause[1] = literal
      this.watch(literal, c)
      return true
    }
    return false
  }

  private watch(literal: number, clause: number): void {
    const list = this.watches[literal]
    if (list) list.push(clause)
    else this.watches[literal] = [clause]
  }
}
