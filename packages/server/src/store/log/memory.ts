import type { RecordState } from '@guatu/kernel'

/** The last link of a county's chain. */
export interface Head {
  readonly county: string
  readonly seq: number
  readonly hash: string
}

/** Record states kept in memory at most; those not touched for the longest time go first. */
const MOST_STATES = 30_000
/** Batches, of some thousand states each with their consequences, that may be learnt while states are read. */
const LEARNT_AT_MOST = 2

/**
 * What the writer remembers between batches. It holds as long as nobody else writes: every writing statement asks for the turn that
 * is remembered here, and when another process had one in between, nothing is written and everything here is forgotten.
 */
export class Memory {
  /** The turn after which all of this is true; undefined when it has to be read. */
  turn: number | undefined
  /** Batches learnt from, and how often everything was forgotten: what was read from the database is older than what was learnt since. */
  #learnt = 0
  #forgotten = 0
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
    this.#learnt += 1
    for (const head of heads) this.#heads.set(head.county, head)
    for (const state of states) {
      this.#states.delete(state.id)
      this.#states.set(state.id, state)
    }
    this.#shrink()
  }

  /** Takes in states that are about to be read; the function is called with what was found. What was learnt meanwhile is newer, and is kept. */
  recalling(): (states: Iterable<RecordState>) => void {
    const [learnt, forgotten] = [this.#learnt, this.#forgotten]
    return (states) => {
      // So few batches cannot have pushed out again what they changed.
      if (this.#forgotten !== forgotten || this.#learnt - learnt > LEARNT_AT_MOST) return
      for (const state of states) if (!this.#states.has(state.id)) this.#states.set(state.id, state)
      this.#shrink()
    }
  }

  #shrink(): void {
    for (const id of this.#states.keys()) {
      if (this.#states.size <= MOST_STATES) break
      this.#states.delete(id)
    }
  }

  forget(): void {
    this.#forgotten += 1
    this.turn = undefined
    this.#heads.clear()
    this.#states.clear()
  }
}
