import type { RecordState } from '@guatu/kernel'

/** The last link of a county's chain. */
export interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}

/** Record states kept in memory at most; those not touched for the longest time go first. */
const MOST_STATES = 20_000

/**
 * What the writer remembers between batches. It holds as long as nobody else writes: every writing statement asks for the turn that
 * is remembered here, and when another process had one in between, nothing is written and everything here is forgotten.
 */
export class Memory {
  /** The turn after which all of this is true; undefined when it has to be read. */
  turn: number | undefined
  readonly #heads = new Map<string, Head>()
  readonly #states = new Map<string, RecordState>()

  state(id: string): RecordState | undefined {
    return this.#states.get(id)
  }

  head(county: string): Head | undefined {
    return this.#heads.get(county)
  }

  /** Takes in what was written. */
  learn(turn: number, heads: Iterable<Head>, states: Iterable<RecordState>): void {
    this.turn = turn
    for (const head of heads) this.#heads.set(head.county, head)
    for (const state of states) {
      this.#states.delete(state.id)
      this.#states.set(state.id, state)
    }
    for (const id of this.#states.keys()) {
      if (this.#states.size <= MOST_STATES) break
      this.#states.delete(id)
    }
  }

  forget(): void {
    this.turn = undefined
    this.#heads.clear()
    this.#states.clear()
  }
}
