/** Rows written to a table before it is looked at for the first time, and how many times more before each next time. */
const FIRST = 1000
const TIMES = 4
/** From here on the database has looked at the table itself: a server within a minute, and so does our upkeep of the embedded one. */
const LAST = 1_000_000

/**
 * Tells the planner of tables that grow fast. What is planned once for an empty table reads all of it, and goes on so while a file fills it with
 * a hundred thousand rows in the minute before the database looks at it by itself: each question is then dearer than the one before.
 */
export class Growth {
  readonly #analyse: (table: string) => Promise<unknown>
  readonly #written = new Map<string, { rows: number; next: number }>()
  #running: Promise<unknown> = Promise.resolve()

  /** `analyse` gathers the statistics of a table anew; plans that were made before are made again then. */
  constructor(analyse: (table: string) => Promise<unknown>) {
    this.#analyse = analyse
  }

  /** So many rows were written to a table. */
  written(table: string, rows: number): void {
    const seen = this.#written.get(table) ?? { rows: 0, next: FIRST }
    this.#written.set(table, seen)
    seen.rows += rows
    if (seen.rows < seen.next || seen.next > LAST) return
    while (seen.next <= seen.rows) seen.next *= TIMES
    // One after another, beside everything else. Statistics are advice: without them all is as right, only slower.
    this.#running = this.#running.then(() => this.#analyse(table)).catch(() => undefined)
  }

  /** Until nothing is being looked at. */
  idle(): Promise<unknown> {
    return this.#running
  }
}
