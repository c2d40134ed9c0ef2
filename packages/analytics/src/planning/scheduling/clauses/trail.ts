/** Where a bound came from. */
export const BY_DECISION = 0
export const BY_CLAUSE = 1
export const BY_ARC = 2
export const BY_SET = 3

/** The side of a bound. */
export const LOWER = 0
export const UPPER = 1

/**
 * Integer variables with bounds, and literals about them. The literal of variable x and value v is `2 * atom` for x >= v and
 * `2 * atom + 1` for x < v, atom = offset of x + v. Every change of a bound is kept on a trail with its reason, so that it can be
 * undone and explained.
 */
export class Trail {
  readonly count: number
  /** Current bounds: `bound[LOWER]`, `bound[UPPER]`. */
  readonly bound: readonly [Int32Array, Int32Array]
  /** Bounds at the start: literals beyond them are always true and never stated. */
  readonly least: Int32Array
  readonly most: Int32Array
  readonly offset: Int32Array
  readonly atoms: number
  readonly variableOf: Int32Array
  /** Index of the last change of each side, -1 when it is as at the start. */
  readonly last: readonly [Int32Array, Int32Array]
  variable: Int32Array
  side: Uint8Array
  before: Int32Array
  after: Int32Array
  previous: Int32Array
  level: Int32Array
  reason: Uint8Array
  reasonA: Int32Array
  reasonB: Int32Array
  length = 0
  readonly limits: number[] = []
  /** Sets of literals that explain bounds; cut back with the trail. */
  readonly sets: number[] = []
  private readonly setLimits: number[] = []

  /** @param low least and @param high largest values of the variables */
  constructor(low: Int32Array, high: Int32Array) {
    this.count = low.length
    this.bound = [Int32Array.from(low), Int32Array.from(high)]
    this.least = Int32Array.from(low)
    this.most = Int32Array.from(high)
    this.offset = new Int32Array(this.count)
    let atoms = 0
    for (let x = 0; x < this.count; x++) {
      this.offset[x] = atoms - (low[x] as number)
      atoms += (high[x] as number) - (low[x] as number) + 2
    }
    this.atoms = atoms
    this.variableOf = new Int32Array(atoms)
    for (let x = 0; x < this.count; x++)
      this.variableOf.fill(x, (this.offset[x] as number) + (low[x] as number), (this.offset[x] as number) + (high[x] as number) + 2)
    this.last = [new Int32Array(this.count).fill(-1), new Int32Array(this.count).fill(-1)]
    const room = 4096
    this.variable = new Int32Array(room)
    this.side = new Uint8Array(room)
    this.before = new Int32Array(room)
    this.after = new Int32Array(room)
    this.previous = new Int32Array(room)
    this.level = new Int32Array(room)
    this.reason = new Uint8Array(room)
    this.reasonA = new Int32Array(room)
    this.reasonB = new Int32Array(room)
  }

  get depth(): number {
    return this.limits.length
  }

  /** The literal x >= v. */
  atLeast(x: number, v: number): number {
    return 2 * ((this.offset[x] as number) + v)
  }

  /** The literal x <= v. */
  atMost(x: number, v: number): number {
    return 2 * ((this.offset[x] as number) + v + 1) + 1
  }

  /** Adds x >= v to a list of literals unless it says nothing. */
  stateAtLeast(x: number, v: number, out: number[]): void {
    if (v > (this.least[x] as number)) out.push(this.atLeast(x, v))
  }

  /** Adds x <= v to a list of literals unless it says nothing. */
  stateAtMost(x: number, v: number, out: number[]): void {
    if (v < (this.most[x] as number)) out.push(this.atMost(x, v))
  }

  /** 1 true, -1 false, 0 open. */
  value(literal: number): number {
    const atom = literal >> 1
    const x = this.variableOf[atom] as number
    const v = atom - (this.offset[x] as number)
    const positive = (this.bound[LOWER][x] as number) >= v ? 1 : (this.bound[UPPER][x] as number) < v ? -1 : 0
    return literal & 1 ? 0 - positive : positive
  }

  /** Sets a bound; false when the variable has no value left. Ignores what is known already. */
  set(x: number, side: number, to: number, reason: number, a: number, b: number): boolean {
    const bounds = this.bound[side as 0 | 1]
    const now = bounds[x] as number
    if (side === LOWER ? to <= now : to >= now) return true
    if (this.length === this.variable.length) this.grow()
    const t = this.length++
    this.variable[t] = x
    this.side[t] = side
    this.before[t] = now
    this.after[t] = to
    this.previous[t] = this.last[side as 0 | 1][x] as number
    this.level[t] = this.limits.length
    this.reason[t] = reason
    this.reasonA[t] = a
    this.reasonB[t] = b
    this.last[side as 0 | 1][x] = t
    bounds[x] = to
    return (this.bound[LOWER][x] as number) <= (this.bound[UPPER][x] as number)
  }

  /** Makes a literal true. */
  assert(literal: number, reason: number, a: number): boolean {
    const atom = literal >> 1
    const x = this.variableOf[atom] as number
    const v = atom - (this.offset[x] as number)
    return literal & 1 ? this.set(x, UPPER, v - 1, reason, a, 0) : this.set(x, LOWER, v, reason, a, 0)
  }

  /** Opens a decision level. */
  push(): void {
    this.limits.push(this.length)
    this.setLimits.push(this.sets.length)
  }

  /** Goes back to a level. */
  backTo(level: number): void {
    if (this.limits.length <= level) return
    const keep = this.limits[level] as number
    for (let t = this.length - 1; t >= keep; t--) {
      const x = this.variable[t] as number
      const side = this.side[t] as 0 | 1
      this.bound[side][x] = this.before[t] as number
      this.last[side][x] = this.previous[t] as number
    }
    this.length = keep
    this.sets.length = this.setLimits[level] as number
    this.limits.length = level
    this.setLimits.length = level
  }

  /** The trail entry that made a bound true, or -1 when it has always been. */
  makerOf(x: number, side: number, v: number): number {
    let t = this.last[side as 0 | 1][x] as number
    let made = -1
    while (t >= 0) {
      const reached = this.after[t] as number
      if (side === LOWER ? reached < v : reached > v) break
      made = t
      t = this.previous[t] as number
    }
    return made
  }

  private grow(): void {
    const wider = <T extends Int32Array | Uint8Array>(old: T, make: (n: number) => T): T => {
      const grown = make(2 * old.length)
      grown.set(old)
      return grown
    }
    const int = (n: number) => new Int32Array(n)
    const byte = (n: number) => new Uint8Array(n)
    this.variable = wider(this.variable, int)
    this.side = wider(this.side, byte)
    this.before = wider(this.before, int)
    this.after = wider(this.after, int)
    this.previous = wider(this.previous, int)
    this.level = wider(this.level, int)
    this.reason = wider(this.reason, byte)
    this.reasonA = wider(this.reasonA, int)
    this.reasonB = wider(this.reasonB, int)
  }
}
