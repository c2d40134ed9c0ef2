/** Minimise cost·x with row and column bounds; the matrix in compressed columns. */
export interface LinearProgram {
  readonly columns: number
  readonly rows: number
  readonly cost: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly rowLower: Float64Array
  readonly rowUpper: Float64Array
  readonly starts: Int32Array
  readonly index: Int32Array
  readonly value: Float64Array
}

export interface LinearSolution {
  readonly value: Float64Array
  /** Change of the least cost per unit of the row's bound. */
  readonly rowDual: Float64Array
  readonly objective: number
}

/** A loaded program that is solved again and again after small changes, from where it stood. */
export interface LinearProgramSession {
  /** @returns undefined where no optimum was reached (infeasible, unbounded or out of time). */
  solve(): LinearSolution | undefined
  setCosts(cost: Float64Array): void
  setRowBounds(row: number, lower: number, upper: number): void
  setCoefficient(row: number, column: number, value: number): void
  close(): void
}

/** Loads a program; the engine behind it lives outside of the pure library. */
export type LinearProgramSolver = (program: LinearProgram) => LinearProgramSession

/** Collects columns one by one. */
export class ProgramBuilder {
  private readonly cost: number[] = []
  private readonly upper: number[] = []
  private readonly starts: number[] = [0]
  private readonly index: number[] = []
  private readonly value: number[] = []
  private readonly rowLower: number[] = []
  private readonly rowUpper: number[] = []

  get columns(): number {
    return this.cost.length
  }

  addRow(lower: number, upper: number): number {
    this.rowLower.push(lower)
    this.rowUpper.push(upper)
    return this.rowLower.length - 1
  }

  /** A column from zero to `upper` with its entries (row, value). */
  addColumn(cost: number, upper: number, entries: readonly (readonly [number, number])[]): number {
    for (const [row, value] of entries) {
      this.index.push(row)
      this.value.push(value)
    }
    this.cost.push(cost)
    this.upper.push(upper)
    this.starts.push(this.index.length)
    return this.cost.length - 1
  }

  build(): LinearProgram {
    return {
      columns: this.cost.length,
      rows: this.rowLower.length,
      cost: Float64Array.from(this.cost),
      lower: new Float64Array(this.cost.length),
      upper: Float64Array.from(this.upper),
      rowLower: Float64Array.from(this.rowLower),
      rowUpper: Float64Array.from(this.rowUpper),
      starts: Int32Array.from(this.starts),
      index: Int32Array.from(this.index),
      value: Float64Array.from(this.value),
    }
  }
}
