import { BY_ARC, BY_CLAUSE, BY_SET, LOWER, type Trail, UPPER } from './trail.ts'

/** What a conflict teaches: literals of a clause, the one to be asserted first, and the level to go back to. */
export interface Lesson {
  readonly clause: Int32Array
  readonly level: number
}

/**
 * Conflict analysis to the first unique implication point over bounds. Of two literals on the same bound only the stronger is kept;
 * reasons are asked for the weakest bound that the conflict needs.
 */
export class Learning {
  private readonly trail: Trail
  private readonly clauses: readonly (Int32Array | null)[]
  /** The bound needed per variable and side, valid where `maker` is set. */
  private readonly needed: readonly [Int32Array, Int32Array]
  /** Trail entry that makes the needed bound true, -1 when nothing is needed. */
  private readonly maker: readonly [Int32Array, Int32Array]
  private readonly touched: number[] = []
  private open = 0
  private readonly bump: (literal: number) => void
  private readonly useClause: (clause: number) => void

  constructor(trail: Trail, clauses: readonly (Int32Array | null)[], bump: (literal: number) => void, useClause: (clause: number) => void) {
    this.trail = trail
    this.clauses = clauses
    this.bump = bump
    this.useClause = useClause
    this.needed = [new Int32Array(trail.count), new Int32Array(trail.count)]
    this.maker = [new Int32Array(trail.count).fill(-1), new Int32Array(trail.count).fill(-1)]
  }

  /** Learns from literals that are all true and cannot be. Null when they are true without any decision. */
  analyse(conflict: readonly number[]): Lesson | null {
    const { trail, maker, touched } = this
    this.open = 0
    touched.length = 0
    // The conflict may lie wholly below the current level; go to the level where it belongs first.
    let deepest = 0
    for (const literal of conflict) deepest = Math.max(deepest, this.levelOf(literal))
    if (deepest === 0) return null
    const base = trail.limits[deepest - 1] as number
    for (const literal of conflict) this.need(literal, base)
    let asserted = -1
    for (let t = trail.length - 1; t >= base; t--) {
      const x = trail.variable[t] as number
      const side = trail.side[t] as 0 | 1
      if (maker[side][x] !== t) continue
      const v = this.needed[side][x] as number
      const literal = side === LOWER ? trail.atLeast(x, v) : trail.atMost(x, v)
      this.bump(literal)
      if (this.open === 1) {
        asserted = literal
        break
      }
      maker[side][x] = -1
      this.open--
      this.explain(t, x, side, v, base)
    }
    const clause: number[] = [asserted ^ 1]
    let level = 0
    for (const code of touched) {
      const x = code >> 1
      const side = (code & 1) as 0 | 1
      const t = maker[side][x] as number
      maker[side][x] = -1
      if (t < 0) continue
      const v = this.needed[side][x] as number
      const literal = side === LOWER ? trail.atLeast(x, v) : trail.atMost(x, v)
      if (literal === asserted) continue
      const at = trail.level[t] as number
      clause.push(literal ^ 1)
      if (at > level) {
        level = at
        // The literal of the deepest level stands second, to be watched.
        clause[clause.length - 1] = clause[1] as number
        clause[1] = literal ^ 1
      }
    }
    return { clause: Int32Array.from(clause), level }
  }

  private levelOf(literal: number): number {
    const { trail } = this
    const atom = literal >> 1
    const x = trail.variableOf[atom] as number
    const v = atom - (trail.offset[x] as number)
    const t = literal & 1 ? trail.makerOf(x, UPPER, v - 1) : trail.makerOf(x, LOWER, v)
    return t < 0 ? 0 : (trail.level[t] as number)
  }

  /** Takes a true literal into the conflict. */
  private need(literal: number, base: number): void {
    const { trail } = this
    const atom = literal >> 1
    const x = trail.variableOf[atom] as number
    const v = atom - (trail.offset[x] as number)
    if (literal & 1) this.needBound(x, UPPER, v - 1, base)
    else this.needBound(x, LOWER, v, base)
  }

  private needBound(x: number, side: 0 | 1, v: number, base: number): void {
    const { trail, needed, maker } = this
    const old = maker[side][x] as number
    if (old >= 0 && (side === LOWER ? (needed[side][x] as number) >= v : (needed[side][x] as number) <= v)) return
    const t = trail.makerOf(x, side, v)
    if (t < 0 || trail.level[t] === 0) return
    if (old < 0) this.touched.push(2 * x + side)
    else if (old >= base) this.open--
    needed[side][x] = v
    maker[side][x] = t
    if (t >= base) this.open++
  }

  /** Needs what made the bound v of x true at trail entry t. */
  private explain(t: number, x: number, side: 0 | 1, v: number, base: number): void {
    const { trail } = this
    const a = trail.reasonA[t] as number
    switch (trail.reason[t]) {
      case BY_ARC: {
        const lag = trail.reasonB[t] as number
        if (side === LOWER) {
          if (v - lag > (trail.least[a] as number)) this.needBound(a, LOWER, v - lag, base)
        } else if (v + lag < (trail.most[a] as number)) this.needBound(a, UPPER, v + lag, base)
        return
      }
      case BY_SET: {
        const stop = a + 1 + (trail.sets[a] as number)
        for (let k = a + 1; k < stop; k++) this.need(trail.sets[k] as number, base)
        return
      }
      case BY_CLAUSE: {
        this.useClause(a)
        for (const literal of this.clauses[a] as Int32Array) {
          const atom = literal >> 1
          // The clause's other literals are false; the one on this bound is what it asserted.
          if (trail.variableOf[atom] === x && (literal & 1) === side && this.asserts(literal, t, side)) continue
          this.need(literal ^ 1, base)
        }
      }
    }
  }

  /** True when the literal is the bound that entry t set. */
  private asserts(literal: number, t: number, side: 0 | 1): boolean {
    const { trail } = this
    const x = trail.variable[t] as number
    const v = (literal >> 1) - (trail.offset[x] as number)
    return side === LOWER ? v === trail.after[t] : v - 1 === trail.after[t]
  }
}
