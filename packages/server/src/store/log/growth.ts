/**
 * Rows written to a table after which it is looked at. With thousands of rows no plan reads all of them for a few; what comes after that is a
 * matter of the database's own upkeep, and looking at long tables costs the writing beside it.
 */
const AFTER: readonly number[] = [1000, 8000]

/**
 * Tells the planner of tables that grow fast. What is planned once for an empty table reads all of it, and goes on so while a file fills it with
 * a hundred thousand rows in the minute before the database looks at it by itself: each question is then dearer than the one before.
 */
export class Growth {
  readonly #analyse: (table: string) => Promise<unknown>
  readonly #written = new Map<string, number>()
  #running: Promise<unknown> = Promise.resolve()

  /** `analyse` gathers the statistics of a table anew; plans that were made before are made again then. */
  constructor(analyse: (table: string) => Promise<unknown>) {
    this.#analyse = analyse
  }

  /** So many rows were written to a table. */
  written(table: string, rows: number): void {
    const before = this.#written.get(table) ?? 0
    const now = before + rows
    this.#written.set(table, now)
    if (!AFTER.some((length) => before < length && length <= now)) return
    // One after another, beside everything else. Statistics are advice: without them all is as right, only slower.
    this.#running = this.#running.then(() => this.#analyse(table)).catch(() => undefined)
  }

  /** Until nothing is being looked at. */
  idle(): Promise<unknown> {
    return this.#running
  }
}
